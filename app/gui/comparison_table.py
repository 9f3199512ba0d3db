"""The table of a comparison: a row for each thing that is compared, a column for each policy."""

from itertools import groupby

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
)

from app.gui.cited_cells import CITATION, DEPTH, CitedCells
from app.gui.theme import STATUS_TONE, Tone, tone_color
from app.output.comparison_rows import DIFFERS, ComparedCell, ComparedRow

_PLAIN_COLUMNS = ("What is compared", "Difference")
_LABEL_SHARE = 0.22
_HEADING_MARGINS = 18
_LEAST_EMS = 14  # no column of words gets narrower: the table scrolls sideways instead
_LOOK_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


class ComparisonTable(QTableWidget):
    """One column for each policy; the rows wrap and are as tall as their words."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[ComparedRow, ...] = ()
        self._headings: tuple[str, ...] = ()
        self.setObjectName("comparison")
        self.setAccessibleName("Policies side by side")
        self.setItemDelegate(CitedCells(self))
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)

    def show_comparison(self, headings: tuple[str, ...], rows: tuple[ComparedRow, ...]) -> None:
        """Show a column for each policy, and these rows with a title above each section."""
        if (headings, rows) != (self._headings, self._shown):
            self._headings, self._shown = headings, rows
            self._fill()

    def changeEvent(self, event: QEvent) -> None:
        """Write every row anew in the colors and the text size of now."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._fill()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns; long texts wrap."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fill(self) -> None:
        place = self.verticalScrollBar().value()
        self.clearSpans()
        self.setRowCount(0)
        columns = [*_PLAIN_COLUMNS, *self._headings] if self._headings else []
        self.setColumnCount(len(columns))
        for section, of_section in groupby(self._shown, key=lambda row: row.section):
            self._add_title(section)
            for row in of_section:
                self._add_row(row)
        self._fit()
        self.updateGeometries()
        self.verticalScrollBar().setValue(place)  # where somebody reads

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        names = [*_PLAIN_COLUMNS, *self._headings] if self._headings else []
        for column, (name, width) in enumerate(zip(names, self._widths(metrics), strict=False)):
            self.setColumnWidth(column, width)
            heading = _wrapped(name, metrics, width - _HEADING_MARGINS)
            self.setHorizontalHeaderItem(column, QTableWidgetItem(heading))
        self.resizeRowsToContents()

    def _widths(self, metrics: QFontMetrics) -> list[int]:
        em, free = metrics.horizontalAdvance("M"), self.viewport().width()
        mark = metrics.horizontalAdvance(max(_PLAIN_COLUMNS[1], DIFFERS, key=len)) + 2 * em
        label = max(int(free * _LABEL_SHARE), _LEAST_EMS * em)
        each = (free - label - mark) // max(len(self._headings), 1)
        return [label, mark, *(max(each, _LEAST_EMS * em) for _ in self._headings)]

    def _add_title(self, section: str) -> None:
        [title] = self._add_items([section])
        self.setSpan(title.row(), 0, 1, self.columnCount())
        title.setBackground(self.palette().brush(QPalette.ColorRole.Button))
        self._embolden(title)

    def _add_row(self, row: ComparedRow) -> None:
        mark = DIFFERS if row.differs else ""
        texts = [_cell_text(cell) for cell in row.cells]
        label, difference, *said = self._add_items([row.label, mark, *texts])
        label.setData(DEPTH, row.depth)
        self._embolden(difference, Tone.OPEN)
        for item, cell in zip(said, row.cells, strict=True):
            item.setData(CITATION, cell.citation)
            if cell.status:
                self._embolden(item, STATUS_TONE[cell.status])

    def _add_items(self, texts: list[str]) -> list[QTableWidgetItem]:
        number = self.rowCount()
        self.insertRow(number)
        items = [QTableWidgetItem(text) for text in texts]
        for column, item in enumerate(items):
            self.setItem(number, column, item)
        return items

    def _embolden(self, item: QTableWidgetItem, tone: Tone = Tone.NONE) -> None:
        font = item.font()
        font.setWeight(QFont.Weight.DemiBold)
        item.setFont(font)
        if tone is not Tone.NONE:
            item.setForeground(QBrush(QColor(tone_color(tone, self.palette()))))


def _cell_text(cell: ComparedCell) -> str:
    return f"{cell.text}\n{cell.citation}" if cell.citation else cell.text


def _wrapped(text: str, metrics: QFontMetrics, width: int) -> str:
    """Return a heading with its lines broken: a header does not break them itself."""
    lines: list[str] = []
    for line in text.split("\n"):
        lines.append("")
        for word in line.split():
            longer = f"{lines[-1]} {word}".strip()
            if lines[-1] and metrics.horizontalAdvance(longer) > width:
                lines.append(word)
            else:
                lines[-1] = longer
    return "\n".join(lines)
