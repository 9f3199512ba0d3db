"""Judged criteria as a tree, as tall as its content."""

from collections.abc import Iterator

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.gui.theme import RESULT_TONE, tone_color
from app.model.determination import (
    Judged,
    JudgedComparison,
    children,
    is_for_another_route,
)
from app.model.question import Catalog
from app.output.phrases import result_text, seen_text

# Criterion, result, seen, citation.
_COLUMN_SHARES = (0.38, 0.14, 0.2, 0.28)


class _Wrapping(QStyledItemDelegate):
    """Gives a cell of a tree the height that its wrapped text needs."""

    def __init__(self, tree: QTreeWidget) -> None:
        super().__init__(tree)
        self._tree = tree
        self._sizes: dict[tuple[str, int], QSize] = {}

    def sizeHint(
        self,
        option: QStyleOptionViewItem,  # noqa: ARG002
        index: QModelIndex | QPersistentModelIndex,
    ) -> QSize:
        """Return the size of the text at the column's width, measured once."""
        margin = self._tree.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        width = self._tree.columnWidth(index.column()) - 2 * margin - self._indent(index)
        key = (str(index.data()), width)
        if key not in self._sizes:
            room = QRect(0, 0, max(width, 1), 10_000)
            flags = Qt.TextFlag.TextWordWrap
            text = self._tree.fontMetrics().boundingRect(room, flags, key[0])
            self._sizes[key] = QSize(width, text.height() + 4)
        return self._sizes[key]

    def forget(self) -> None:
        """Measure anew: the font or the width is another one."""
        self._sizes.clear()

    def _indent(self, index: QModelIndex | QPersistentModelIndex) -> int:
        depth = 1
        parent = index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        return depth * self._tree.indentation() if index.column() == 0 else 0


class CriteriaTree(QTreeWidget):
    """Every criterion with its result, what was seen, and its citation."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._shown: Judged | None = None
        self._items: list[tuple[str, QTreeWidgetItem]] = []
        self.setObjectName("criteria")
        self.setAccessibleName("Criteria")
        self.setHeaderLabels(["Criterion", "Result", "Answer", "Citation"])
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self._wrapping = _Wrapping(self)
        self.setItemDelegate(self._wrapping)
        header = self.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.hide()

    def show_criteria(self, judged: Judged | None) -> None:
        """Show judged criteria, or nothing. The same criteria only get new results."""
        if judged == self._shown:
            return
        self._shown = judged
        self.setVisible(judged is not None)
        if judged is None:
            return
        if self._ids(judged) != [item_id for item_id, _ in self._items]:
            self.clear()
            self._items = []
            self.addTopLevelItem(self._item(judged))
            self.expandAll()
        self._fill(judged, iter(self._items))
        self._fit_height()

    def _ids(self, judged: Judged) -> list[str]:
        return [judged.id, *(one for child in children(judged) for one in self._ids(child))]

    def _item(self, judged: Judged) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        self._items.append((judged.id, item))
        for child in children(judged):
            item.addChild(self._item(child))
        return item

    def _fill(self, judged: Judged, items: Iterator[tuple[str, QTreeWidgetItem]]) -> None:
        """Write a criterion and those below it into the items, in the order of the tree."""
        _, item = next(items)
        seen = seen_text(judged, self._catalog) if isinstance(judged, JudgedComparison) else ""
        texts = (judged.text, result_text(judged), seen, judged.citation)
        for column, text in enumerate(texts):
            if item.text(column) != text:
                item.setText(column, text)
        is_passed_over = is_for_another_route(judged)
        color = None if is_passed_over else tone_color(RESULT_TONE[judged.result], self.palette())
        item.setForeground(1, QBrush(QColor(color)) if color else QBrush())
        for child in children(judged):
            self._fill(child, items)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns; long texts wrap."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._wrapping.forget()
            for column, share in enumerate(_COLUMN_SHARES):
                self.setColumnWidth(column, int(self.viewport().width() * share))
            self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Stay as tall as the rows when the text size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._wrapping.forget()
            self._fit_height()

    def _fit_height(self) -> None:
        self.doItemsLayout()
        height = self.header().sizeHint().height() + 2 * self.frameWidth()
        index = self.model().index(0, 0)
        while index.isValid():
            height += self.rowHeight(index)
            index = self.indexBelow(index)
        self.setFixedHeight(height)
