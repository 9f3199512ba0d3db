"""A list of boxes to tick that shows every choice whole; the keys Y, N, U and C work in it."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
)

PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier)
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CheckList(QListWidget):
    """A list that shows every choice whole, at any width and text size.

    Y ticks the row of the cursor, N says "none of these", U takes every tick away.
    """

    clause_wanted = Signal()
    finished = Signal()
    unticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pressed: QListWidgetItem | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the wheel takes none
        self.setWordWrap(True)
        self.setSpacing(1)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by a letter; every other key does what it does in a list."""
        key = event.key()
        row = self.currentItem() if key == Qt.Key.Key_Y else self.item(self.count() - 1)
        if event.modifiers() not in PLAIN:
            super().keyPressEvent(event)
        elif key in (Qt.Key.Key_Y, Qt.Key.Key_N):
            if row is not None:
                row.setCheckState(Qt.CheckState.Checked)
        elif key in ENTER:
            self.finished.emit()
        elif key == Qt.Key.Key_U:
            self.unticked.emit()
        elif key == Qt.Key.Key_C:
            self.clause_wanted.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the first row, where the keyboard comes in."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.setCurrentRow(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave no row marked: only a tick is an answer."""
        super().focusOutEvent(event)
        self.setCurrentRow(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a click began."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self.itemAt(event.position().toPoint()) if is_left else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a click on the words tick the box, too, if it ends where it began."""
        item = self.itemAt(event.position().toPoint())
        before = item.checkState() if item else None
        super().mouseReleaseEvent(event)
        if item is not None and item is self._pressed and item.checkState() is before:
            ticked = before is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Become as tall as the choices, wrapped at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Become as tall as the choices at the new text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()

    def _fit_height(self) -> None:
        self.doItemsLayout()
        first, last = self.item(0), self.item(self.count() - 1)
        if first is not None:
            rows = self.visualItemRect(first).united(self.visualItemRect(last)).height()
            self.setFixedHeight(rows + 2 * self.frameWidth() + 4)
