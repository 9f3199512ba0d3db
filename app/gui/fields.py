"""One input of the form: label, editor, an echo of the entry in words, and its problem beside it.

The editor's object name is the key of a case. Fields accept any text; they never correct it. A
question shows its clause on demand, and folds while its answer no longer changes anything.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.draft import Entry
from app.gui.texts import Text
from app.gui.theme import Role, restyle, set_role

_DATE = "year-month-day"
_PLACEHOLDERS = {
    "date_of_service": _DATE,
    "authorization.start": _DATE,
    "authorization.end": _DATE,
    "course.first_dose_at": "year-month-day hour:minute",
}


class Field(QFrame):
    """The common part; a subclass brings the editor and says what is entered in it."""

    edited = Signal(str, object)
    finished = Signal()

    def __init__(self, key: str, label: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.key = key
        self.setProperty("next", False)
        self._editor = editor
        self._words = label
        self._label = QLabel(label)
        self._label.setWordWrap(True)
        self._label.setBuddy(editor)
        self._echo = _line(Role.QUIET)
        self._problem = _line(Role.PROBLEM)
        self._problem.setObjectName(f"problem.{key}")
        editor.setObjectName(key)
        editor.setAccessibleName(label)
        editor.setToolTip(help_text)
        self._help = help_text
        self._head = QHBoxLayout()
        self._head.addWidget(self._label, stretch=1)
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(3)
        self._parts.addLayout(self._head)
        for part in (editor, self._echo, self._problem):
            self._parts.addWidget(part)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at, in order."""
        return (self._editor,)

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
        self._echo.show_words(text)
        self._describe()

    def show_problem(self, text: str) -> None:
        """Show what is wrong with the entry, or nothing."""
        self._problem.show_words(text)
        self._describe()

    def show_next(self, *, is_next: bool) -> None:
        """Mark the field as the one to answer next."""
        if self.property("next") is not is_next:
            self.setProperty("next", is_next)
            restyle(self)
            self._editor.setToolTip("Next question" if is_next else self._help)
            self._describe()

    def _describe(self) -> None:
        """Let a screen reader tell the problem; without one, what stands under the editor."""
        told = self._problem.text() or self._echo.text()
        description = f"Next question. {told}" if self.property("next") else told
        if self._editor.accessibleDescription() != description:
            self._editor.setAccessibleDescription(description)

    def _tell(self) -> None:
        self.edited.emit(self.key, self.entry())


class QuestionField(Field):
    """A question that criteria ask: shows its clause on demand, and folds where it is settled."""

    def __init__(self, key: str, label: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__(key, label, editor, help_text)
        self._clauses = _line(Role.QUIET)
        self._parts.addWidget(self._clauses)
        self._clause_button = self._add_button("Clause", "Show what the policy asks (C)")
        self._clause_button.setAccessibleName(f"Clause of: {label}")
        self._clause_button.toggled.connect(self._clauses.setVisible)
        self._fold_button = self._add_button("Answer anyway", "Show the choices")
        self._fold_button.setAccessibleName(f"Answer anyway: {label}")
        self._fold_button.toggled.connect(self._unfold)
        self._is_settled = False

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at: the button that unfolds stands before the editor."""
        return (self._fold_button, self._editor, self._clause_button)

    def show_clauses(self, text: str) -> None:
        """Have this text ready as what the policy asks, with its place in the document."""
        if self._clauses.text() != text:
            self._clauses.setText(text)
        self._clause_button.setVisible(bool(text))
        self._clauses.setVisible(bool(text) and self._clause_button.isChecked())

    def toggle_clauses(self) -> None:
        """Show or hide the clause."""
        if not self._clause_button.isHidden():
            self._clause_button.toggle()

    def show_settled(self, *, is_settled: bool) -> None:
        """Fold while the answer changes nothing; what stands under the editor says why."""
        if is_settled != self._is_settled:
            self._is_settled = is_settled
            self._fold_button.setChecked(False)
        self.fold()

    def fold(self) -> None:
        """Hide or show the choices; never under the keyboard's focus."""
        wants = self._is_settled and not self._fold_button.isChecked()
        if wants and self._editor.hasFocus():
            return
        self._editor.setVisible(not wants)
        self._fold_button.setVisible(self._is_settled)
        set_role(self._label, Role.QUIET if self._is_settled else Role.PLAIN)

    def _unfold(self, is_wanted: bool) -> None:  # noqa: FBT001
        self.fold()
        if is_wanted:
            self.begin()

    def _add_button(self, text: str, tip: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        button.hide()
        self._head.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        return button


class TextField(Field):
    """A line of text, with a box to confirm it where the entry can be unusual."""

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        self._line = QLineEdit()
        self._line.setPlaceholderText(_PLACEHOLDERS.get(key, ""))
        super().__init__(key, label, self._line, help_text)
        self._line.textChanged.connect(self._tell)
        self._line.returnPressed.connect(self.finished)

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

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """What the Tab key stops at in the row of measurements; the box comes after the row."""
        return (self._editor,)

    @property
    def confirmation(self) -> QCheckBox:
        """The box that says that an unusual value was checked."""
        return self._confirmation

    def show_confirmation(self, *, is_held: bool, is_confirmed: bool) -> None:
        """Show the box while the value waits for a confirmation or has one."""
        self._confirmation.blockSignals(True)
        self._confirmation.setChecked(is_confirmed)
        self._confirmation.blockSignals(False)
        self._confirmation.setVisible(is_held or is_confirmed)


def _line(role: Role) -> Text:
    line = Text(role=role)
    # A text without a blank, however long, never widens the form.
    line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    line.hide()
    return line
