"""Read-only views: pages and plain texts.

QtGui's classes are named by their module: PySide creates each when it is first named, and none is
needed at startup.
"""

import re
from collections.abc import Iterator

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextBrowser

from app.gui.look.theme import colors_of
from app.library import RESOURCES

_LINE_HEIGHT_PERCENT = 118


class ReadingPage(QTextBrowser):
    """A page to read, from a shipped Markdown file or from HTML that Aldesk made."""

    def __init__(self, title: str, *, file: str = "", html: str = "") -> None:
        super().__init__()
        self.setOpenLinks(False)  # a link fetches nothing and starts no program
        self.setAccessibleName(title)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setAccessibleName(f"Scroll: {title}")
        self.setWordWrapMode(QtGui.QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDocumentMargin(16)
        if file:
            self.setMarkdown(_unbroken((RESOURCES / file).read_text("utf-8")))
            self._dress()
        else:
            self.show_html(html)

    def show_html(self, html: str) -> None:
        """Show HTML that Aldesk made, from its beginning."""
        self.setHtml(html)
        self._dress()

    def _dress(self) -> None:
        self._space_lines()
        self._use_the_bold_of_the_window()
        self._draw_tables()

    def _space_lines(self) -> None:
        """Increase the line spacing, because these pages have long sentences."""
        whole = QtGui.QTextCursor(self.document())
        whole.select(QtGui.QTextCursor.SelectionType.Document)
        spaced = QtGui.QTextBlockFormat()
        spaced.setLineHeight(
            _LINE_HEIGHT_PERCENT, QtGui.QTextBlockFormat.LineHeightTypes.ProportionalHeight.value
        )
        whole.mergeBlockFormat(spaced)
        block = self.document().begin()
        while block.isValid():
            if block.blockFormat().headingLevel() and block.blockNumber():
                above = QtGui.QTextBlockFormat()
                above.setTopMargin(20)
                QtGui.QTextCursor(block).mergeBlockFormat(above)
            block = block.next()

    def _use_the_bold_of_the_window(self) -> None:
        """Use the weight of the bundled bold font; Qt would imitate a heavier one, blurred."""
        bold = QtGui.QTextCharFormat()
        bold.setFontWeight(QtGui.QFont.Weight.DemiBold)
        for start, end in list(_bold_spans(self.document())):
            cursor = QtGui.QTextCursor(self.document())
            cursor.setPosition(start)
            cursor.setPosition(end, QtGui.QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(bold)

    def _draw_tables(self) -> None:
        """Give tables thin borders and padding, in the colors of the window."""
        line = QtGui.QBrush(QtGui.QColor(colors_of(QApplication.palette()).border))
        for frame in self.document().rootFrame().childFrames():
            if isinstance(frame, QtGui.QTextTable):
                look = frame.format()
                look.setBorderCollapse(True)
                look.setBorder(1)
                look.setBorderBrush(line)
                look.setBorderStyle(QtGui.QTextFrameFormat.BorderStyle.BorderStyle_Solid)
                look.setCellPadding(6)
                look.setTopMargin(8)
                look.setRightMargin(2)  # collapsed borders reach one pixel too far
                look.setBottomMargin(12)
                frame.setFormat(look)


def _bold_spans(document: "QtGui.QTextDocument") -> Iterator[tuple[int, int]]:
    """Yield the positions where each bold text begins and ends."""
    block = document.begin()
    while block.isValid():
        spans = block.begin()
        while not spans.atEnd():
            piece = spans.fragment()
            if piece.charFormat().fontWeight() > QtGui.QFont.Weight.DemiBold:
                yield piece.position(), piece.position() + piece.length()
            spans += 1
        block = block.next()


def plain_view(text: str, title: str) -> QPlainTextEdit:
    """Return a read-only view of a plain text, which mouse and keyboard can select."""
    view = QPlainTextEdit(text)
    view.setReadOnly(True)
    view.setTabChangesFocus(True)
    view.setAccessibleName(title)
    view.document().setDocumentMargin(10)
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return view


def _unbroken(text: str) -> str:
    """Return a text with no-break spaces between a number and its unit, and in citations."""
    text = re.sub(
        r"(?<=[0-9]) (?=(?:million|kg|cm|m²|mg|days|weeks|doses|hours)\b)", "\u00a0", text
    )
    return re.sub(r"(?<=[0-9A-Z],) (?=i+\b)", "\u00a0", text)
