"""One input of the form: label, editor, an echo of the entry in words, and its problem beside it.

The editor's object name is the key of a case. Fields accept any text; they never correct it.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from app.draft import Entry
from app.gui.theme import Role, set_role

_DATE = "year-month-day"
_PLACEHOLDERS = {
    "date_of_service": _DATE,
    "authorization.start": _DATE,
    "authorization.end": _DATE,
    "course.first_dose_at": "year-month-day hour:minute",
}


class Field(QWidget):
    """The common part; a subclass brings the editor and says what is entered in it."""

    edited = Signal(str, object)

    def __init__(self, key: str, label: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.key = key
        self._editor = editor
        self._label = QLabel(label)
        self._label.setWordWrap(True)
        self._label.setBuddy(editor)
        self._echo = _line(Role.QUIET)
        self._problem = _line(Role.PROBLEM)
        editor.setObjectName(key)
        editor.setAccessibleName(label)
        editor.setToolTip(help_text)
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(3)
        for part in (self._label, editor, self._echo, self._problem):
            self._parts.addWidget(part)

    def entry(self) -> Entry:
        """Return what is entered, as it was entered."""
        raise NotImplementedError

    def set_entry(self, entry: Entry) -> None:
        """Show an entry without telling anybody that it was edited."""
        raise NotImplementedError

    def set_mnemonic(self, letter: str) -> None:
        """Let Alt and a letter of the label lead to the editor."""
        if letter:
            self._label.setText(self._label.text().replace(letter, f"&{letter}", 1))

    def begin(self) -> None:
        """Put the focus into the editor."""
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_echo(self, text: str) -> None:
        """Show the entry in words, or another remark, under the editor."""
        _show(self._echo, text)

    def show_problem(self, text: str) -> None:
        """Show what is wrong with the entry, or nothing."""
        _show(self._problem, text)
        self._editor.setAccessibleDescription(text)

    def show_mark(self, *, is_next: bool, is_settled: bool) -> None:
        """Mark the question to answer next; let one fade that can no longer change the result."""
        plain = Role.QUIET if is_settled else Role.PLAIN
        set_role(self._label, Role.NEXT if is_next else plain)

    def _tell(self) -> None:
        self.edited.emit(self.key, self.entry())


class TextField(Field):
    """A line of text, with a box to confirm it where the entry can be unusual."""

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        self._line = QLineEdit()
        self._line.setPlaceholderText(_PLACEHOLDERS.get(key, ""))
        super().__init__(key, label, self._line, help_text)
        self._line.textChanged.connect(self._tell)

    def entry(self) -> Entry:
        """Return the text as typed."""
        return self._line.text()

    def set_entry(self, entry: Entry) -> None:
        """Show a text."""
        self._line.blockSignals(True)
        self._line.setText(entry if isinstance(entry, str) else "")
        self._line.blockSignals(False)


class MeasurementField(TextField):
    """A measurement; an unusual one asks for a confirmation beside it."""

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        super().__init__(key, label, help_text)
        self._confirmation = QCheckBox("Checked on the chart")
        self._confirmation.setObjectName(f"confirmed.{key}")
        self._confirmation.setAccessibleName(f"{label}: unusual value, checked on the chart")
        self._confirmation.toggled.connect(
            lambda checked: self.edited.emit(f"confirmed.{key}", checked)
        )
        self._confirmation.hide()
        self._parts.addWidget(self._confirmation)

    def show_confirmation(self, *, is_held: bool, is_confirmed: bool) -> None:
        """Show the box while the value waits for a confirmation or has one."""
        self._confirmation.blockSignals(True)
        self._confirmation.setChecked(is_confirmed)
        self._confirmation.blockSignals(False)
        self._confirmation.setVisible(is_held or is_confirmed)


def _line(role: Role) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    # A text without a blank, however long, never widens the form.
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_role(label, role)
    label.hide()
    return label


def _show(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setVisible(bool(text))
