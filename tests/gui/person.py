"""A person at the window: enters a case by key events only, and reads what the window shows."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLabel, QLineEdit, QListWidget, QWidget

from app.gui.form.choice_fields import NONE_OF_THESE
from app.gui.main_window import MainWindow

ANSWER_KEYS = {True: "y", False: "n", None: "u"}
# What decides which other fields are there is entered first, as a person would.
_FIRST = ("policy", "indication", "route")
_CONFIRMED = "confirmed."
# Labels that the window makes when they have something to say for the first time.
_LATER = (
    *("dose_title", "max_dose", "hold", "basis", "weight", "dose_source"),
    *("schedule_title", "criteria_title"),
)


class Person:
    """Types into one window and looks at it."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window

    def enter_case(self, case: dict[str, Any]) -> None:
        """Enter every known key of a case in its JSON form, but no answer that is not asked for."""
        known = dict(flat(case))
        for key in (*_FIRST, *(one for one in known if one not in _FIRST)):
            is_asked = not key.startswith("facts.") or self.window.findChildren(QWidget, key)
            if known[key] is not None and is_asked and not key.startswith(_CONFIRMED):
                self.enter(key, known[key])
        for key in known:
            if key.startswith(_CONFIRMED):
                self._confirm_at_some_time(key.removeprefix(_CONFIRMED), known)

    def _confirm_at_some_time(self, key: str, known: dict[str, Any]) -> None:
        """Confirm a value, and type what stands there now if that is another one."""
        confirmed, now = str(known[f"{_CONFIRMED}{key}"]), str(known[key])
        if now == confirmed:
            self.confirm(key)
            return
        self.type_over(key, confirmed)
        self.confirm(key)
        self.type_over(key, now)

    def confirm(self, *keys: str) -> None:
        """Tick the box beside each value, or take the tick away, by the keyboard."""
        for key in keys:
            QTest.keyClick(self.confirmation(key), Qt.Key.Key_Space)

    def enter(self, key: str, value: Any) -> None:
        """Enter one value by the keyboard."""
        editor = self.editor(key)
        if isinstance(editor, QLineEdit):
            self.type_over(key, str(value))
        elif isinstance(editor, QListWidget):
            self._tick(editor, value)
        elif isinstance(editor, QComboBox) and (value is None or isinstance(value, bool)):
            QTest.keyClicks(editor, ANSWER_KEYS[value])
        elif isinstance(editor, QComboBox):
            QTest.keyClick(editor, Qt.Key.Key_Home)
            for _ in range(editor.findData(value)):
                QTest.keyClick(editor, Qt.Key.Key_Down)

    def type_over(self, key: str, text: str) -> None:
        """Replace a text, key by key."""
        editor = self.editor(key)
        QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(editor, Qt.Key.Key_Delete)
        QTest.keyClicks(editor, text)

    def editor(self, key: str) -> QWidget:
        """Return the one input with this object name."""
        found = self.window.findChildren(QWidget, key)
        assert len(found) == 1, f"{len(found)} inputs are named {key}"
        return found[0]

    def is_asked(self, key: str) -> bool:
        """Return whether the window shows an input."""
        return any(one.isVisible() for one in self.window.findChildren(QWidget, key))

    def read(self, name: str) -> str:
        """Return the text of a label; one that is hidden or not there yet says nothing."""
        label = self.window.findChild(QLabel, name)
        if label is None and (name in _LATER or name.startswith("problem.")):
            return ""
        assert isinstance(label, QLabel)
        return label.text()

    def status(self) -> str:
        """Return the words of the status that go with the shape beside the headline."""
        return self.editor("status_shape").accessibleName()

    def problem(self, key: str) -> str:
        """Return what the window says is wrong with an entry."""
        return self.read(f"problem.{key}")

    def confirmation(self, key: str) -> QCheckBox:
        """Return the box that confirms an unusual value."""
        box = self.editor(f"confirmed.{key}")
        assert isinstance(box, QCheckBox)
        return box

    def _tick(self, editor: QListWidget, values: list[str]) -> None:
        QTest.keyClick(editor, Qt.Key.Key_Home)
        for place in range(editor.count()):
            item = editor.item(place)
            wanted = item.data(Qt.ItemDataRole.UserRole) in (values or [NONE_OF_THESE])
            if wanted is not (item.checkState() is Qt.CheckState.Checked):
                QTest.keyClick(editor, Qt.Key.Key_Space)
            QTest.keyClick(editor, Qt.Key.Key_Down)


def flat(case: dict[str, Any]) -> list[tuple[str, Any]]:
    """Return the entries of a case by the names of their inputs."""
    pairs: list[tuple[str, Any]] = []
    for key, value in case.items():
        if isinstance(value, dict):
            pairs += [(f"{key}.{name}", inner) for name, inner in flat(value)]
        elif key == "cycles":
            pairs += [
                (f"{key}.{cycle['number']}.{name}", inner)
                for cycle in value
                for name, inner in cycle.items()
                if name != "number"
            ]
        else:
            pairs.append((key, value))
    return pairs
