"""The editors of a policy that is being written: one for each entry, with what is wrong below it.

The object name of an editor is its path in the policy, joined by points. An editor accepts any
text; what cannot be read is told below it.
"""

from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

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
        super().__init__(entry, name)
        letters = _LEAST_LETTERS * self._box.fontMetrics().averageCharWidth()
        self._box.setMinimumWidth(2 * letters)
        self._box.currentIndexChanged.connect(
            lambda _place: self.edited.emit(self._box.currentData())
        )

    def parts(self) -> list[QWidget]:
        """Return the box."""
        return [self._box]

    def show_value(self, value: Any) -> None:
        """Choose the value."""
        self._box.blockSignals(True)
        if value is not None and self._place(value) < 0:
            self._box.addItem(text_of(value), value)
        self._box.setCurrentIndex(max(self._place(value), 0))
        self._box.blockSignals(False)

    def _place(self, value: Any) -> int:
        places = range(self._box.count())
        return next((one for one in places if self._box.itemData(one) == value), -1)


def _choices(entry: Entry) -> dict[Any, str]:
    return {True: "Yes", False: "No"} if entry.shape.kind == "yes_no" else dict(entry.choices)


class YesEditor(Editor):
    """A box that is ticked or not."""

    def __init__(self, entry: Entry, name: str) -> None:
        self._box = QCheckBox(name)
        super().__init__(entry, name)
        self._box.clicked.connect(lambda is_on: self.edited.emit(is_on or None))

    def parts(self) -> list[QWidget]:
        """Return the box."""
        return [self._box]

    def show_value(self, value: Any) -> None:
        """Tick the box for yes; what is neither yes nor missing is told below."""
        self._box.setChecked(value is True)


class ListEditor(Editor):
    """Several of the choices, each a box; a value that is not among them keeps a box of its own."""

    def __init__(self, entry: Entry, name: str) -> None:
        written = entry.value if isinstance(entry.value, list) else []
        self._choices: dict[Any, str] = {
            **entry.choices,
            **{one: text_of(one) for one in written if one not in entry.choices},
        }
        self._boxes = [QCheckBox(words) for words in self._choices.values()]
        for box, words in zip(self._boxes, self._choices.values(), strict=True):
            box.setAccessibleName(f"{name}: {words}")
            box.clicked.connect(self._tell)
        super().__init__(entry, name)
        for box, value in zip(self._boxes, self._choices, strict=True):
            box.setObjectName(f"{name_of(entry.path)}={value}")

    def parts(self) -> list[QWidget]:
        """Return the boxes."""
        return list(self._boxes)

    def show_value(self, value: Any) -> None:
        """Tick the boxes of the values."""
        wanted = value if isinstance(value, list) else []
        for box, one in zip(self._boxes, self._choices, strict=True):
            box.setChecked(one in wanted)

    def _tell(self) -> None:
        ticked = zip(self._boxes, self._choices, strict=True)
        self.edited.emit([one for box, one in ticked if box.isChecked()] or None)


def editor_of(entry: Entry, name: str) -> Editor:
    """Return the editor for an entry; `name` is what a screen reader calls it."""
    kind = entry.shape.kind
    if kind == "yes":
        return YesEditor(entry, name)
    if kind == "list" and entry.choices:
        return ListEditor(entry, name)
    return (ChoiceEditor if kind == "yes_no" or entry.choices else TextEditor)(entry, name)
