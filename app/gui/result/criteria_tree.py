"""The tree of judged criteria, which is as tall as its content."""

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.gui.look.theme import RESULT_TONE, Tone, tone_color
from app.model.catalog import Catalog
from app.model.determination import (
    Judged,
    JudgedComparison,
    children,
    is_for_another_route,
)
from app.output.phrases import result_text, seen_text

# Of the width, for criterion, result, answer and citation.
_COLUMN_SHARES = (0.38, 0.14, 0.2, 0.28)


@dataclass(frozen=True)
class _Row:
    """A criterion's id, its item, and its depth in the tree, from 1."""

    criterion: str
    item: QTreeWidgetItem
    depth: int


class CriteriaTree(QTreeWidget):
    """Shows every criterion with its result, the answer that was judged, and its citation."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._shown: Judged | None = None
        self._rows: list[_Row] = []
        self._heights: dict[tuple[str, int], int] = {}
        self.setObjectName("criteria")
        self.setAccessibleName("Criteria")
        self.setHeaderLabels(["Criterion", "Result", "Answer", "Citation"])
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.hide()

    def show_criteria(self, judged: Judged | None) -> None:
        """Show judged criteria, or hide the tree. The same criteria keep their items."""
        if judged == self._shown:
            return
        self._shown = judged
        self.setVisible(judged is not None)
        if judged is None:
            return
        if [judged.id for judged in _all(judged)] == [row.criterion for row in self._rows]:
            self._fill(judged)
        else:
            self._rebuild(judged)

    def _rebuild(self, judged: Judged) -> None:
        """Replace the items by those of other criteria; only complete items enter the tree."""
        self.clear()
        self._rows = []
        root = self._item(judged, 1)
        self._fill(judged)
        self.addTopLevelItem(root)
        self.expandAll()

    def _item(self, judged: Judged, depth: int) -> QTreeWidgetItem:
        item = QTreeWidgetItem()
        self._rows.append(_Row(judged.id, item, depth))
        for child in children(judged):
            item.addChild(self._item(child, depth + 1))
        return item

    def _fill(self, judged: Judged) -> None:
        """Write each criterion into its item."""
        for row, one in zip(self._rows, _all(judged), strict=True):
            seen = seen_text(one, self._catalog) if isinstance(one, JudgedComparison) else ""
            for column, text in enumerate((one.text, result_text(one), seen, one.citation)):
                if row.item.text(column) != text:
                    row.item.setText(column, text)
            tone = Tone.NONE if is_for_another_route(one) else RESULT_TONE[one.result]
            color = QColor(tone_color(tone, self.palette()))
            if row.item.foreground(1).color() != color:
                row.item.setForeground(1, QBrush(color))
        self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns; long texts wrap."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._heights.clear()
            for column, share in enumerate(_COLUMN_SHARES):
                self.setColumnWidth(column, int(self.viewport().width() * share))
            self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Stay as tall as the rows when the text size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._heights.clear()
            self._fit_height()

    def _fit_height(self) -> None:
        height = self.header().sizeHint().height() + 2 * self.frameWidth()
        for row in self._rows:
            needed = max(self._height(row, column) for column in range(self.columnCount()))
            height += needed
            if row.item.sizeHint(0).height() != needed:
                for column in range(self.columnCount()):
                    row.item.setSizeHint(column, QSize(0, needed))
        self.setFixedHeight(height)

    def _height(self, row: _Row, column: int) -> int:
        """Return the height in pixels of a text as it wraps in its column; cached."""
        margin = self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        indent = row.depth * self.indentation() if column == 0 else 0
        asked = row.item.text(column), self.columnWidth(column) - 2 * margin - indent
        if asked not in self._heights:
            room = QRect(0, 0, max(asked[1], 1), 10_000)
            text = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, asked[0])
            self._heights[asked] = text.height() + 4
        return self._heights[asked]


def _all(judged: Judged) -> Iterator[Judged]:
    """Yield a criterion and those below it, in the order of the tree."""
    yield judged
    for child in children(judged):
        yield from _all(child)
