"""The editors of a policy that is being written: one for each entry, with what is wrong below it.

The object name of an editor is its path in the policy, joined by points. An editor accepts any
text; what cannot be read is told below it.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.casework.policy_form_file import text_of, value_of
from app.casework.policy_form_lines import Entry
from app.gui.look.theme import Role, Space
from app.gui.widgets.labels import WrappedLabel

_NOT_CHOSEN = "Not chosen"
_SEPARATOR = ", "
_LEAST_LETTERS = 9  # that a text field has room for


def name_of(path: tuple[str | int, ...]) -> str:
    """Return the object name of the editor at a path."""
    return ".".join(map(str, path))


class Editor(QWidget):
    """The base of all editors: shows a value, and emits `edited` with each change by a person."""

    edited = Signal(object)
    left = Signal()

    def __init__(self, entry: Entry, name: str) -> None:
        super().__init__()
        self.entry = entry
        self.problem, self.problem_of_row = (WrappedLabel(role=Role.PROBLEM) for _ in range(2))
        self._below = QVBoxLayout(self)
        self._below.setContentsMargins(0, 0, 0, 0)
        self._below.setSpacing(Space.TIGHT)
        for part in self.parts():
            self._below.addWidget(part)
        first = self.parts()[0]
        first.setObjectName(name_of(entry.path))
        if not first.accessibleName():
            first.setAccessibleName(name)
        first.setAccessibleDescription(entry.help)
        self.setFocusProxy(first)
        for label in (self.problem, self.problem_of_row):
            label.hide()
            self._below.addWidget(label)
        self.show_value(entry.value)

    def parts(self) -> list[QWidget]:
        """Return the widgets of the editor, the first of which gets the focus."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Show a value without emitting `edited`."""
        raise NotImplementedError


class TextEditor(Editor):
    """A text, a number, a date, or texts that are set apart by commas."""

    def __init__(self, entry: Entry, name: str) -> None:
        self._line = QLineEdit()
        self._is_list = entry.shape.kind == "list"
        super().__init__(entry, name)
        letters = _LEAST_LETTERS * self._line.fontMetrics().averageCharWidth()
        self._line.setMinimumWidth(letters)
        self._line.textEdited.connect(lambda text: self.edited.emit(self._value(text)))
        self._line.editingFinished.connect(self.left)

    def parts(self) -> list[QWidget]:
        """Return the line."""
        return [self._line]

    def show_value(self, value: Any) -> None:
        """Show the value, unless what is typed there means the same."""
        if self._value(self._line.text()) != value:
            listed = value if self._is_list and isinstance(value, list) else [value]
            self._line.setText(_SEPARATOR.join(map(text_of, listed)))

    def _value(self, text: str) -> Any:
        shape = self.entry.shape
        if not self._is_list or shape.item is None:
            return value_of(shape, text)
        found = [value_of(shape.item, one.strip()) for one in text.split(",")]
        return [one for one in found if one is not None] or None


class _Box(QComboBox):
    """A combo box that leaves the mouse wheel to the page."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def showPopup(self) -> None:  # noqa: N802  # Qt's name
        """Open the list of choices and name it: Qt does not create the list before."""
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the mouse wheel to the page, which scrolls."""
        event.ignore()


class ChoiceEditor(Editor):
    """One of several values; one that is not among them is shown as it is written."""

    def __init__(self, entry: Entry, name: str, *, is_always_chosen: bool = False) -> None:
        self._box = _Box()
        if not is_always_chosen:
            self._box.addItem(_NOT_CHOSEN, None)
        for value, words in _choices(entry).items():
            self._box.addItem(words, value)
        self._whole = WrappedLabel(role=Role.QUIET)
        self._whole.hide()
        super().__init__(entry, name)
        letters = _LEAST_LETTERS * self._box.fontMetrics().averageCharWidth()
        self._box.setMinimumWidth(letters)
        self._box.currentIndexChanged.connect(self._tell)

    def parts(self) -> list[QWidget]:
        """Return the box, and the label that tells in full what has no room in it."""
        return [self._box, self._whole]

    @property
    def told_in_full(self) -> str:
        """What is told below the box, because it has no room for it."""
        return self._whole.text() if not self._whole.isHidden() else ""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the choice in full where the box has no room for it."""
        super().resizeEvent(event)
        self._tell_in_full()

    def _tell(self) -> None:
        self._tell_in_full()
        self.edited.emit(self._box.currentData())

    def _tell_in_full(self) -> None:
        words = self._box.currentText()
        needed = self._box.fontMetrics().horizontalAdvance(words)
        arrow = 2 * self._box.fontMetrics().height()
        self._whole.show_words(words if needed > self._box.width() - arrow else "")

    def show_value(self, value: Any) -> None:
        """Choose the value."""
        self._box.blockSignals(True)
        if value is not None and self._place(value) < 0:
            self._box.addItem(text_of(value), value)
        self._box.setCurrentIndex(max(self._place(value), 0))
        self._box.blockSignals(False)
        self._tell_in_full()

    def _place(self, value: Any) -> int:
        places = range(self._box.count())
        return next((one for one in places if self._box.itemData(one) == value), -1)


def _choices(entry: Entry) -> dict[Any, str]:
    return {True: "Yes", False: "No"} if entry.shape.kind == "yes_no" else dict(entry.choices)
