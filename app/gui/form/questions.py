"""The questions of a policy, each with its clause on demand; a settled question is folded.

A question is settled when no answer to it can change the result any more. The engine decides that,
and the order in which the questions are asked.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.casework.outcome import Outcome
from app.gui.form.fields import INDENT, Field, remark_line
from app.gui.look.theme import Role, Space, set_role
from app.gui.widgets.labels import WrappedLabel
from app.model.catalog import QUESTIONS, Input, case_key
from app.output.form_hints import clauses_text, open_text

_NONE_YET = "Choose policy, indication and route to see the questions."


class QuestionField(Field):
    """A field for a question of the criteria; shows its clause on demand, folds when settled."""

    def __init__(self, key: str, label: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__(key, label, editor, help_text)
        self._clauses = remark_line(Role.QUIET)
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
        """The widgets that Tab stops at; the button that unfolds comes before the editor."""
        return (self._fold_button, self._editor, self._clause_button)

    def show_clauses(self, text: str) -> None:
        """Set the text of the clause with its citation; the clause button shows and hides it."""
        if self._clauses.text() != text:
            self._clauses.setText(text)
        self._clause_button.setVisible(bool(text))
        self._clauses.setVisible(bool(text) and self._clause_button.isChecked())

    def toggle_clauses(self) -> None:
        """Show or hide the clause."""
        if not self._clause_button.isHidden():
            self._clause_button.toggle()

    def show_settled(self, *, is_settled: bool) -> None:
        """Fold the field while the question is settled; the echo says by what."""
        if is_settled != self._is_settled:
            self._is_settled = is_settled
            self._fold_button.setChecked(False)
            self.fold()

    def fold(self) -> None:
        """Hide or show the choices; never hide them while they have the focus."""
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


class QuestionList(QWidget):
    """The questions that the policy asks; the field of each is made when it is first asked."""

    ask_sheet_wanted = Signal()

    def __init__(self, make_field: Callable[[str], Field]) -> None:
        super().__init__()
        self._make_field = make_field
        self._fields: dict[str, Field] = {}
        self._words: dict[str, Input] = {}
        self._order: tuple[str, ...] = ()
        self._open = WrappedLabel(role=Role.QUIET)
        self._open.setIndent(INDENT)
        self._none_yet = WrappedLabel(_NONE_YET, Role.QUIET)
        self._none_yet.setIndent(INDENT)
        self._ask_sheet = QPushButton("Ask sheet…")
        self._ask_sheet.setToolTip("What is still missing, by who can answer it, to copy or print")
        self._ask_sheet.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._ask_sheet.clicked.connect(self.ask_sheet_wanted)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Space.MEDIUM)
        head = QHBoxLayout()
        head.addWidget(self._open, stretch=1)
        head.addStretch()
        head.addWidget(self._ask_sheet)
        self._rows.addLayout(head)
        self._rows.addWidget(self._none_yet)

    @property
    def stops(self) -> list[QWidget]:
        """The widgets that the Tab key stops at, in order."""
        return [self._ask_sheet, *(stop for key in self._order for stop in self._fields[key].stops)]

    def prepare(self, outcome: Outcome) -> None:
        """Make the fields of the questions that are asked for the first time, or in other words.

        A question that has its place in another section of the form is not made again.
        """
        for key in map(case_key, outcome.questions):
            entry = outcome.catalog.entry(key)
            if entry.section == QUESTIONS and self._words.get(key) != entry:
                self._remove(key)
                self._words[key] = entry
                field = self._fields[key] = self._make_field(key)
                field.set_entry(outcome.draft.entries.get(key))
                self._rows.addWidget(field)

    def _remove(self, key: str) -> None:
        """Remove the field of a question that the policy before asked in other words."""
        field = self._fields.pop(key, None)
        if field is not None:
            self._order = ()
            self._rows.removeWidget(field)
            field.hide()
            field.deleteLater()

    def show_outcome(self, outcome: Outcome) -> bool:
        """Show clauses and fold settled questions; return whether the order has changed."""
        waits = bool(set(outcome.draft.unanswered) & {"policy", "indication", "route"})
        self._none_yet.setVisible(waits and not outcome.questions)
        self._open.show_words(open_text(outcome))
        self._ask_sheet.setVisible(bool(outcome.questions))
        clauses = outcome.clauses
        for question in outcome.questions:
            field = self._fields.get(case_key(question))
            if isinstance(field, QuestionField):
                field.show_clauses(clauses_text(clauses[question], outcome.policy))
                field.show_settled(is_settled=question in outcome.settled)
        return self._arrange(tuple(case_key(one) for one in outcome.questions))

    def _arrange(self, asked: tuple[str, ...]) -> bool:
        keys = tuple(key for key in asked if key in self._fields)
        if keys == self._order or not keys:
            return False
        self._order = keys
        for key in keys:
            self._rows.addWidget(self._fields[key])  # moves it to the end
        return True
