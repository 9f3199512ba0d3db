"""The window that shows the current case under every policy, side by side.

It follows each edit while it is open. Its texts come from `app.output.comparison`; it decides
nothing. Closing it clears every text, so that nothing of an older case remains.
"""

from itertools import groupby

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.casework.comparison import compare
from app.casework.outcome import Outcome
from app.gui.look.theme import STATUS_TONE, Role, Tone, set_role, tone_color
from app.gui.widgets.dialogs import set_up_button
from app.gui.widgets.tables import CITATION, DEPTH, CitedCells
from app.output.comparison import compared_rows
from app.output.comparison_rows import (
    DIFFERS,
    ComparedCell,
    ComparedRow,
    column_heading,
    difference_count_text,
)

_PLAIN_COLUMNS = ("What is compared", "Difference")
_LABEL_SHARE = 0.22  # of the width of the table
_HEADING_MARGINS = 18  # pixels, left and right together
_LEAST_EMS = 14  # least width of a column of text; with less room the table scrolls sideways
_LOOK_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange, QEvent.Type.PaletteChange)


class CompareWindow(QDialog):
    """Shows one comparison, or what has to be entered first."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[ComparedRow, ...] = ()
        self.setWindowTitle("Policies side by side")
        self._summary = QLabel()
        self._summary.setObjectName("comparison_summary")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._summary.setWordWrap(True)
        set_role(self._summary, Role.HEADING)
        self._only = QCheckBox("Show &differences only")
        self._only.setObjectName("differences_only")
        self._only.toggled.connect(self._show_rows)
        self._table = ComparisonTable()
        self._lay_out()
        self.finished.connect(lambda: self.show_outcome(None))
        self.resize(1180, 660)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show what each policy says about the case, or what has to be entered first.

        Without an outcome, remove every text of the comparison.
        """
        words, self._rows, self._headings = "", (), ()
        if outcome is not None:
            comparison = compare(outcome.draft, outcome.library)
            sides = comparison.sides
            self._rows = compared_rows(sides, outcome.catalog)
            self._headings = tuple(column_heading(side) for side in sides)
            words = comparison.prompt or difference_count_text(sides, self._rows)
        self._summary.setText(words)
        self._show_rows()

    def _show_rows(self) -> None:
        chosen = (row for row in self._rows if row.differs or not self._only.isChecked())
        self._table.show_comparison(self._headings, tuple(chosen))
        self._table.setVisible(bool(self._rows))
        self._only.setVisible(bool(self._rows))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(18)
        top.addWidget(self._summary, stretch=1)
        top.addWidget(self._only, alignment=Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        set_up_button(buttons.button(QDialogButtonBox.StandardButton.Close), "Close")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self._table, stretch=1)
        layout.addStretch()
        layout.addWidget(buttons)


class ComparisonTable(QTableWidget):
    """A table with a column for each policy; texts wrap, and each row is as tall as its text."""

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
        """Rebuild every row after a change of font, style or colors."""
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
        self.verticalScrollBar().setValue(place)  # keep the reader's place

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
    """Return a heading broken into lines of `width` pixels: Qt's header does not wrap text."""
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
