"""Cells of a table that wrap: words, moved right by their depth, and a citation quietly below."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableWidget

from app.gui.theme import quiet_color

DEPTH = Qt.ItemDataRole.UserRole
CITATION = Qt.ItemDataRole.UserRole + 1  # the last line of the cell's text
_MARGIN = 6
_WRAP = Qt.TextFlag.TextWordWrap


class CitedCells(QStyledItemDelegate):
    """Draws a cell: its words, moved right by their depth, and its citation quietly below."""

    def __init__(self, table: QTableWidget) -> None:
        super().__init__(table)
        self._table = table

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint the cell's background as the style does, then its words."""
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
        """Return the size of the words as they wrap in the width of the column."""
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
        """Return where the words and the citation stand; what is empty takes no room."""
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
