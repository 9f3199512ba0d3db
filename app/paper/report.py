"""The report on paper: its style, its pages, and the footer of each page.

Black on white: words and a shape show each result, never a color. Has no texts of its own.
"""

from functools import cache, partial

from PySide6.QtCore import QMarginsF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPainter,
    QPalette,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextFormat,
)

from app.output.report import REPORT_TITLE, Report, report_footer, report_html
from app.paper import fonts
from app.paper.page import pdf_bytes

_POINTS = 9.0
_FOOTER_POINTS = 7.5
_FOOTER_LINES = 1.6
_BELOW = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignHCenter
_LINE_HEIGHT_PERCENT = 90
_MARGINS_MM = QMarginsF(15, 12, 15, 9)
_STYLE = """
p { margin: 0; }
p.title { font-size: 15pt; font-weight: 600; margin-bottom: 3px; }
p.as_written { white-space: pre-wrap; }
p.status { font-size: 15pt; font-weight: 600; margin-top: 6px; }
p.hold { font-weight: 600; }
p.dose { font-size: 20pt; font-weight: 600; }
p.limit { font-size: 12pt; font-weight: 600; }
p.small { font-size: 8pt; }
h3 { font-weight: 600; margin-top: 6px; margin-bottom: 1px; }
span.beside { font-weight: 400; }
p.origin, td { font-size: 8.5pt; }
td { padding-right: 6px; }
p.note, th { font-size: 8pt; }
p.note { margin-left: 6px; text-indent: -6px; }
p.source, span.source, td.quiet { font-size: 7.5pt; color: #404040; }
th { font-weight: 600; text-align: left; border-bottom: 1px solid #808080; padding-bottom: 1px; }
td.result, td.label { font-weight: 600; }
td.depth1 { padding-left: 9px; }
td.depth2 { padding-left: 18px; }
td.depth3 { padding-left: 27px; }
td.depth4 { padding-left: 36px; }
td.box { border: 1px solid #404040; padding: 3px; }
td.line { border-bottom: 1px solid black; }
table.signed { margin-top: 10px; }
"""


def report_document(report: Report) -> QTextDocument:
    """Return the report as a document in the bundled font, whatever the window looks like."""
    document = QTextDocument()
    document.setDefaultFont(_font(_POINTS))
    document.setDocumentMargin(0)
    document.setDefaultStyleSheet(_STYLE)
    document.setHtml(report_html(report))
    _set_lines(document)
    return document


def report_pdf(report: Report) -> bytes:
    """Return the report as a PDF file."""
    return pdf_bytes(partial(draw_report, report), REPORT_TITLE)


def draw_report(report: Report, device: QPagedPaintDevice) -> None:
    """Draw all pages of a report, each with its footer; draw nothing if the device fails."""
    device.setPageMargins(_MARGINS_MM, QPageLayout.Unit.Millimeter)
    painter = QPainter(device)
    if not painter.isActive():
        return
    painter.setFont(_font(_FOOTER_POINTS))
    room = QRectF(painter.viewport())
    foot = _FOOTER_LINES * painter.fontMetrics().height()
    document = report_document(report)
    document.documentLayout().setPaintDevice(device)
    document.setPageSize(QSizeF(room.width(), room.height() - foot))
    _keep_parts_whole(document)
    pages = document.pageCount()
    for page in range(pages):
        if page:
            device.newPage()
        _draw_page(document, painter, page)
        painter.drawText(room, _BELOW, report_footer(report, page + 1, pages))
    painter.end()


def _set_lines(document: QTextDocument) -> None:
    """Reduce the line spacing, because the report has short statements in rows."""
    whole = QTextCursor(document)
    whole.select(QTextCursor.SelectionType.Document)
    close = QTextBlockFormat()
    close.setLineHeight(
        _LINE_HEIGHT_PERCENT, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
    )
    whole.mergeBlockFormat(close)


def _keep_parts_whole(document: QTextDocument) -> None:
    """Begin a part on a new page if it would be split and fits on one page.

    A longer part is split by Qt, which repeats the headings of its tables.
    """
    height = document.pageSize().height()
    for part in _parts(document):
        top, bottom = _extent(document, part)
        if top // height != bottom // height and bottom - top < height:
            broken = QTextBlockFormat()
            broken.setPageBreakPolicy(QTextFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            QTextCursor(part[0]).mergeBlockFormat(broken)
            # Lay out everything again: Qt leaves out lines of blocks that it only moves.
            document.markContentsDirty(0, document.characterCount())


def _parts(document: QTextDocument) -> list[list[QTextBlock]]:
    """Return the blocks of each part, its heading first."""
    parts: list[list[QTextBlock]] = []
    block = document.begin()
    while block.isValid():
        if block.blockFormat().headingLevel():
            parts.append([])
        if parts:
            parts[-1].append(block)
        block = block.next()
    return parts


def _extent(document: QTextDocument, blocks: list[QTextBlock]) -> tuple[float, float]:
    """Return the top and bottom of blocks, in dots from the top of the first page."""
    rooms = [document.documentLayout().blockBoundingRect(block) for block in blocks]
    return rooms[0].top(), max(room.bottom() for room in rooms)


def _draw_page(document: QTextDocument, painter: QPainter, page: int) -> None:
    size = document.pageSize()
    context = QAbstractTextDocumentLayout.PaintContext()
    context.palette.setColor(QPalette.ColorRole.Text, QColor(Qt.GlobalColor.black))
    # One dot less, or Qt would also draw, out of view, what begins on the next page.
    context.clip = QRectF(0, page * size.height(), size.width(), size.height() - 1)
    painter.save()
    painter.translate(0, -page * size.height())
    painter.setClipRect(context.clip)
    document.documentLayout().draw(painter, context)
    painter.restore()


def _font(points: float) -> QFont:
    font = QFont(_family())
    font.setPointSizeF(points)
    return font


@cache
def _family() -> str:
    return fonts.load()
