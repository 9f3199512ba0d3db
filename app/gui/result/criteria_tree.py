"""The tree of judged criteria, which is as tall as its content."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QResizeEvent
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QTreeWidget,
    QTreeWidgetItem,
)

from app.gui.look.theme import RESULT_TONE, Tone, tone_color
from app.output.phrases import Row

# Of the width, for criterion, result, answer and citation.
_COLUMN_SHARES = (0.38, 0.14, 0.2, 0.28)


class CriteriaTree(QTreeWidget):
    """Shows every criterion with its result, the answer that was judged, and its citation."""

    def __init__(self) -> None:
        super().__init__()
        self._shown: tuple[Row, ...] = ()
        self._items: list[QTreeWidgetItem] = []  # one for each row, in its order
        self._keys: tuple[str, ...] = ()
        self._depths: tuple[int, ...] = ()
        self._heights: dict[tuple[str, int], int] = {}
        self.setObjectName("criteria")
        self.setAccessibleName("Criteria")
        self.setHeaderLabels(["Criterion", "Result", "Answer", "Citation"])
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrap(True)
        self.header().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.hide()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show judged criteria, or hide the tree. The same criteria keep their items."""
        if rows == self._shown:
            return
        self._shown = rows
        self.setVisible(bool(rows))
        if not rows:
            return
        if (keys := tuple(row.key for row in rows)) == self._keys:
            self._fill()
        else:
            self._keys, self._depths = keys, tuple(row.depth for row in rows)
            self._rebuild()

    def _rebuild(self) -> None:
        """Replace the items by those of other criteria; only complete items enter the tree."""
        self.clear()
        self._items = []
        above: list[QTreeWidgetItem] = []  # the last item of each depth
        for row in self._shown:
            item = QTreeWidgetItem()
            self._items.append(item)
            del above[row.depth :]
            if above:
                above[-1].addChild(item)
            above.append(item)
        self._fill()
        self.addTopLevelItem(self._items[0])
        self.expandAll()

    def _fill(self) -> None:
        """Write each criterion into its item."""
        for row, item in zip(self._shown, self._items, strict=True):
            for column, text in enumerate((row.text, row.label, row.detail, row.citation)):
                if item.text(column) != text:
                    item.setText(column, text)
            tone = RESULT_TONE[row.result] if row.result else Tone.NONE
            color = QColor(tone_color(tone, self.palette()))
            if item.foreground(1).color() != color:
                item.setForeground(1, QBrush(color))
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
        for depth, item in zip(self._depths, self._items, strict=True):
            needed = max(self._height(item, depth, column) for column in range(self.columnCount()))
            height += needed
            if item.sizeHint(0).height() != needed:
                for column in range(self.columnCount()):
                    item.setSizeHint(column, QSize(0, needed))
        self.setFixedHeight(height)

    def _height(self, item: QTreeWidgetItem, depth: int, column: int) -> int:
        """Return the height in pixels of a text as it wraps in its column; cached."""
        margin = self.style().pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin) + 1
        indent = (depth + 1) * self.indentation() if column == 0 else 0
        asked = item.text(column), self.columnWidth(column) - 2 * margin - indent
        if asked not in self._heights:
            room = QRect(0, 0, max(asked[1], 1), 10_000)
            text = self.fontMetrics().boundingRect(room, Qt.TextFlag.TextWordWrap, asked[0])
            self._heights[asked] = text.height() + 4
        return self._heights[asked]
