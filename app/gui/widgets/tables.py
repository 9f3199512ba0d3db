"""Read-only tables of texts: the model, the view, and cells with a citation below their text.

Has no rows of its own: a subclass of the model provides them.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QTableWidget,
)

from app.gui.look.theme import quiet_color

DEPTH = Qt.ItemDataRole.UserRole  # levels of indentation
CITATION = Qt.ItemDataRole.UserRole + 1  # the last line of the cell's text
_MARGIN = 6  # pixels
_WRAP = Qt.TextFlag.TextWordWrap
Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_LOOK_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class WordsModel(QAbstractTableModel):
    """A table model of texts; a subclass provides the rows and the texts of their cells."""

    def __init__(self, headings: Sequence[str]) -> None:
        super().__init__()
        self._headings = headings

    def count(self) -> int:
        """Return the number of rows that are shown."""
        raise NotImplementedError

    def cells(self, row: int) -> Sequence[str]:
        """Return the texts of a row, one for each heading."""
        raise NotImplementedError

    def rowCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  # Qt's name
        """Return the number of rows that are shown."""
        return 0 if parent.isValid() else self.count()

    def columnCount(self, parent: Index = _NO_INDEX) -> int:  # noqa: N802  # Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell; its tooltip has it, too, because the cell may cut it off."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.cells(index.row())[index.column()]
        return None

    def headerData(  # noqa: N802  # Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the heading of a column."""
        is_heading = orientation is Qt.Orientation.Horizontal
        is_wanted = is_heading and role == Qt.ItemDataRole.DisplayRole
        return self._headings[section] if is_wanted else None


class PlainTable(QTableView):
    """A table in which one row is selected at a time.

    Each column is as wide as its sample text; the last one takes the remaining width.
    """

    def __init__(self, model: QAbstractTableModel, name: str, samples: Sequence[str]) -> None:
        super().__init__()
        self._samples = samples
        self.setModel(model)
        self.setAccessibleName(name)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setAccessibleName(f"Scroll: {name}")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the table to the text size and the colors."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self.fit()

    def fit(self) -> None:
        """Fit columns and rows to the text size."""
        metrics = self.fontMetrics()
        margin = 2 * metrics.horizontalAdvance("M")
        self.verticalHeader().setDefaultSectionSize(metrics.height() + margin // 2)
        for column, sample in enumerate(self._samples):
            self.setColumnWidth(column, metrics.horizontalAdvance(sample) + margin)


class CitedCells(QStyledItemDelegate):
    """Draws a cell: its text, indented by its depth, and below it the citation in a quiet color."""

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the cell's background as the style does, then its text."""
        cell = self._styled(option, index)
        cell.text = ""
        drawn = QStyle.ControlElement.CE_ItemViewItem
        self._table.style().drawControl(drawn, cell, painter, self._table)
        painter.save()
        painter.setFont(cell.font)
        parts = zip(self._parts(cell, index), self._colors(cell), strict=True)
        for (area, words), color in parts:
            painter.setPen(color)
            painter.drawText(area, _WRAP, words)
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of the text as it wraps in the width of the column."""
        _, (below, _) = self._parts(self._styled(option, index), index)
        return QSize(option.rect.width(), below.bottom() - option.rect.top() + _MARGIN)

    def _styled(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QStyleOptionViewItem:
        styled = QStyleOptionViewItem(option)
        self.initStyleOption(styled, index)
        return styled

    def _colors(self, cell: QStyleOptionViewItem) -> tuple[QColor, QColor]:
        if cell.state & QStyle.StateFlag.State_Selected:
            chosen = cell.palette.color(QPalette.ColorRole.HighlightedText)
            return chosen, chosen
        words = cell.palette.color(QPalette.ColorRole.Text)
        return words, QColor(quiet_color(self._table.palette()))

    def _parts(
        self, cell: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> tuple[tuple[QRect, str], tuple[QRect, str]]:
        """Return the areas and texts of words and citation; an empty text takes no height."""
        indent = int(index.data(DEPTH) or 0) * 2 * cell.fontMetrics.averageCharWidth()
        citation = str(index.data(CITATION) or "")
        words = str(index.data()).removesuffix(f"\n{citation}")
        room = cell.rect.adjusted(_MARGIN + indent, _MARGIN, -_MARGIN, 0)
        above = _text_area(cell.fontMetrics, room, words)
        room.setTop(above.bottom() + 1)
        return (above, words), (_text_area(cell.fontMetrics, room, citation), citation)


def _text_area(metrics: QFontMetrics, room: QRect, words: str) -> QRect:
    free = QRect(room.topLeft(), QSize(max(room.width(), 1), 100_000))
    free.setHeight(metrics.boundingRect(free, _WRAP, words).height() if words else 0)
    return free
