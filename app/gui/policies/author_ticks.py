"""The editors of a policy that is being written which are boxes to tick."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.casework.policy_form_file import text_of
from app.casework.policy_form_lines import Entry
from app.gui.look.theme import Space
from app.gui.policies.author_fields import ChoiceEditor, Editor, TextEditor, name_of
from app.gui.widgets.labels import WrappedLabel


class _Tick(QWidget):
    """A box to tick, with words beside it that wrap; a click on the words ticks it, too."""

    def __init__(self, words: str, name: str) -> None:
        super().__init__()
        self.box = QCheckBox()
        self.box.setAccessibleName(name)
        self.setFocusProxy(self.box)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.box, alignment=Qt.AlignmentFlag.AlignTop)
        row.addWidget(WrappedLabel(words), stretch=1)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick the box."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(
            event.position().toPoint()
        ):
            self.box.click()


class YesEditor(Editor):
    """A box that is ticked or not."""

    def __init__(self, entry: Entry, name: str) -> None:
        self._tick = _Tick(entry.label, name)
        super().__init__(entry, name)
        self._tick.box.setObjectName(name_of(entry.path))
        self._tick.setObjectName("")
        self._tick.box.clicked.connect(lambda is_on: self.edited.emit(is_on or None))

    def parts(self) -> list[QWidget]:
        """Return the box with its words."""
        return [self._tick]

    def show_value(self, value: Any) -> None:
        """Tick the box for yes; what is neither yes nor missing is told below."""
        self._tick.box.setChecked(value is True)


class ListEditor(Editor):
    """Several of the choices, each a box; a value that is not among them keeps a box of its own."""

    def __init__(self, entry: Entry, name: str) -> None:
        written = entry.value if isinstance(entry.value, list) else []
        others = {one: text_of(one) for one in map(_hashable, written) if one not in entry.choices}
        self._choices: dict[Any, str] = {**entry.choices, **others}
        self._ticks = [_Tick(words, f"{name}: {words}") for words in self._choices.values()]
        super().__init__(entry, name)
        for tick, value in zip(self._ticks, self._choices, strict=True):
            tick.setObjectName("")
            tick.box.setObjectName(f"{name_of(entry.path)}={value}")
            tick.box.clicked.connect(self._tell)

    def parts(self) -> list[QWidget]:
        """Return the boxes with their words."""
        return list(self._ticks)

    def show_value(self, value: Any) -> None:
        """Tick the boxes of the values."""
        wanted = value if isinstance(value, list) else []
        for tick, one in zip(self._ticks, self._choices, strict=True):
            tick.box.setChecked(one in wanted)

    def _tell(self) -> None:
        ticked = zip(self._ticks, self._choices, strict=True)
        self.edited.emit([one for tick, one in ticked if tick.box.isChecked()] or None)


def _hashable(value: Any) -> Any:
    return str(value) if isinstance(value, dict | list) else value


def editor_of(entry: Entry, name: str) -> Editor:
    """Return the editor for an entry; `name` is what a screen reader calls it."""
    kind = entry.shape.kind
    if kind == "yes":
        return YesEditor(entry, name)
    if kind == "list" and entry.choices:
        return ListEditor(entry, name)
    return (ChoiceEditor if kind == "yes_no" or entry.choices else TextEditor)(entry, name)
