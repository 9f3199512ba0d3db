"""The fields of the form: label, editor, an echo of the entry in words, and its problem.

The editor's object name is the key of the case. Fields accept any text and never correct it.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.casework.typed_text import Entry, text_of
from app.gui.look.theme import Role, Space
from app.gui.widgets.labels import WrappedLabel
from app.model.case_fields import CASE_FIELDS, FieldKind

INDENT = 9  # pixels left of a field and of texts in line with it: room for the mark "next question"
_BAR_WIDTH = 4  # pixels
_LINES = {Role.QUIET: "echo", Role.PROBLEM: "problem"}
_PLACEHOLDERS: dict[FieldKind, str] = {
    "date": "year-month-day",
    "time": "year-month-day hour:minute",
}


class Field(QWidget):
    """The base of all fields; a subclass provides the editor and reads and sets its entry."""

    edited = Signal(str, object)
    finished = Signal()

    def __init__(self, key: str, label: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.key = key
        self._bar: QWidget | None = None
        self._lines: dict[Role, WrappedLabel] = {}
        self._editor = editor
        self._shown = ("", "", False)
        self._label = QLabel(label)
        self._label.setWordWrap(True)
        self._label.setBuddy(editor)
        editor.setObjectName(key)
        editor.setAccessibleName(label)
        editor.setToolTip(help_text)
        self._help = help_text
        self._head = QHBoxLayout()
        self._head.addWidget(self._label, stretch=1)
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(INDENT, 0, 0, 0)
        self._parts.setSpacing(3)
        self._parts.addLayout(self._head)
        self._parts.addWidget(editor)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The widgets that the Tab key stops at, in order."""
        return (self._editor,)

    def entry(self) -> Entry:
        """Return the entry exactly as it was entered."""
        raise NotImplementedError

    def set_entry(self, entry: Entry) -> None:
        """Show an entry without emitting `edited`."""
        raise NotImplementedError

    def set_mnemonic(self, letter: str | None) -> None:
        """Make Alt and a letter of the label move the focus to the editor."""
        if letter:
            self._label.setText(self._label.text().replace(letter, f"&{letter}", 1))

    def begin(self) -> None:
        """Move the focus to the editor."""
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_remarks(self, problem: str = "", echo: str = "", *, is_next: bool = False) -> None:
        """Show the entry's problem, its echo in words, and whether it is the next question."""
        if self._shown == (problem, echo, is_next):
            return
        was_next, self._shown = self._shown[2], (problem, echo, is_next)
        self._show_line(Role.QUIET, echo)
        self._show_line(Role.PROBLEM, problem)
        if is_next is not was_next:
            self._mark(is_next=is_next)
            self._editor.setToolTip("Next question" if is_next else self._help)
        told = problem or echo  # a screen reader reads only one of the two
        self._editor.setAccessibleDescription(f"Next question. {told}" if is_next else told)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the mark of the next question as tall as the field."""
        super().resizeEvent(event)
        if self._bar is not None:
            self._bar.resize(self._bar.width(), self.height())

    def _mark(self, *, is_next: bool) -> None:
        """Show the bar, or set its width to 0: hiding and showing a widget is slow in Qt."""
        if self._bar is None:
            self._bar = QWidget(self)
            self._bar.setBackgroundRole(QPalette.ColorRole.Highlight)
            self._bar.setAutoFillBackground(True)
            self._bar.show()
        self._bar.setGeometry(0, 0, _BAR_WIDTH if is_next else 0, self.height())

    def _show_line(self, role: Role, words: str) -> None:
        """Show words below the editor, the echo above the problem; make the line when needed."""
        if words and role not in self._lines:
            line = self._lines[role] = remark_line(role)
            line.setObjectName(f"{_LINES[role]}.{self.key}")
            self._add_line(role, line)
        if role in self._lines:
            self._lines[role].show_words(words)

    def _add_line(self, role: Role, line: QWidget) -> None:
        is_below = role is Role.PROBLEM and Role.QUIET in self._lines
        self._parts.insertWidget(self._parts.indexOf(self._editor) + 1 + is_below, line)

    def _tell(self) -> None:
        self.edited.emit(self.key, self.entry())


class EntryLine(QLineEdit):
    """A line of text that shows an entry without telling of it as an edit."""

    def entry(self) -> Entry:
        """Return the text as typed."""
        return self.text()

    def show_entry(self, entry: Entry) -> None:
        """Show a text, or codes as a text."""
        self.blockSignals(True)
        self.setText(text_of(entry))
        self.blockSignals(False)


class TextField(Field):
    """A field with one line of text."""

    def __init__(
        self, key: str, label: str, help_text: str = "", kind: FieldKind | None = None
    ) -> None:
        self._line = EntryLine()
        self._line.setPlaceholderText(_PLACEHOLDERS.get(kind or CASE_FIELDS[key].kind, ""))
        super().__init__(key, label, self._line, help_text)
        self._line.textChanged.connect(self._tell)
        self._line.returnPressed.connect(self.finished)

    def entry(self) -> Entry:
        """Return the text as typed."""
        return self._line.entry()

    def set_entry(self, entry: Entry) -> None:
        """Show a text."""
        self._line.show_entry(entry)


class BelowRow(QWidget):
    """What stands below the whole row of a field: its problem and the box that confirms its value.

    A click on the words of the box ticks it, too.
    """

    def __init__(self, key: str, label: str) -> None:
        super().__init__()
        self._label = label
        self.box = QCheckBox()
        self.box.setObjectName(f"confirmed.{key}")
        self._words = WrappedLabel()
        self._line = QHBoxLayout()
        self._line.setSpacing(Space.SMALL)
        self._line.addWidget(self.box, alignment=Qt.AlignmentFlag.AlignTop)
        self._line.addWidget(self._words, stretch=1)
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(INDENT, 0, 0, Space.TIGHT)
        self._parts.setSpacing(Space.TIGHT)
        self._parts.addLayout(self._line)
        self.show_words("")
        self.hide()

    def add_problem(self, line: QWidget) -> None:
        """Put the line of the problem above the box."""
        self._parts.insertWidget(0, line)

    def show_words(self, words: str) -> None:
        """Set what a tick confirms; without words there is no box."""
        self._words.show_words(words)
        self.box.setAccessibleName(f"{self._label}: {words}")
        self.box.setVisible(bool(words))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Accept a press, so that its release comes here."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Tick or untick the box for a left click on its words."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        is_there = self._words.isVisible() and self._words.geometry().contains(
            event.position().toPoint()
        )
        if is_left and is_there:
            self.box.toggle()


class ConfirmedField(TextField):
    """A field of a value that is judged as usual or not, with a box that confirms an unusual one.

    Problem and box stand below the whole row, in `below_row`; the Tab key reaches the box after all
    editors of the section.
    """

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        super().__init__(key, label, help_text)
        self.below_row = BelowRow(key, label)
        self.confirmation.toggled.connect(
            lambda checked: self.edited.emit(f"confirmed.{key}", checked)
        )

    @property
    def confirmation(self) -> QCheckBox:
        """The box to tick when an unusual value was checked."""
        return self.below_row.box

    def show_confirmation(self, words: str, *, is_confirmed: bool) -> None:
        """Show the box with what it confirms, ticked or not; without words, hide it."""
        self.confirmation.blockSignals(True)
        self.confirmation.setChecked(is_confirmed)
        self.confirmation.blockSignals(False)
        self.below_row.show_words(words)
        self.below_row.setVisible(bool(words or self._shown[0]))

    def _add_line(self, role: Role, line: QWidget) -> None:
        if role is Role.PROBLEM:
            self.below_row.add_problem(line)
        else:
            super()._add_line(role, line)


def remark_line(role: Role) -> WrappedLabel:
    """Return an empty, hidden label for a text below an editor."""
    line = WrappedLabel(role=role)
    # A long text without spaces must not widen the form.
    line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    line.hide()
    return line
