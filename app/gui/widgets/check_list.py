"""A list of check boxes that shows every choice in full and handles the keys Y, N, U and C."""

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
    """A list of check boxes that shows every choice in full, at any width and text size.

    Y ticks the current row, N the last row ("none of these"). U emits `unticked` to remove every
    tick, C emits `clause_wanted`, and Enter emits `finished`.
    """

    clause_wanted = Signal()
    finished = Signal()
    unticked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pressed: QListWidgetItem | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the mouse wheel sets no focus
        self.setWordWrap(True)
        self.setSpacing(1)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Y, N, U, C and Enter; handle every other key as a list does."""
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
        """Make the first row current when the focus comes by the keyboard."""
        super().focusInEvent(event)
        if self.currentRow() < 0 and event.reason() is not Qt.FocusReason.MouseFocusReason:
            self.setCurrentRow(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave no row current, because only a tick is an answer."""
        super().focusOutEvent(event)
        self.setCurrentRow(-1)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember the row in which a click began."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        self._pressed = self.itemAt(event.position().toPoint()) if is_left else None
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let a click on the text toggle the box, too, if it ends in the row where it began."""
        item = self.itemAt(event.position().toPoint())
        before = item.checkState() if item else None
        super().mouseReleaseEvent(event)
        if item is not None and item is self._pressed and item.checkState() is before:
            ticked = before is Qt.CheckState.Checked
            item.setCheckState(Qt.CheckState.Unchecked if ticked else Qt.CheckState.Checked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the choices, wrapped at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the height to the choices at the new text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()

    def _fit_height(self) -> None:
        self.doItemsLayout()
        first, last = self.item(0), self.item(self.count() - 1)
        if first is not None:
            rows = self.visualItemRect(first).united(self.visualItemRect(last)).height()
            self.setFixedHeight(rows + 2 * self.frameWidth() + 4)
