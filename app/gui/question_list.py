"""The questions of a policy for a therapy, in the order in which they can settle the case."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from app.casework.outcome import Outcome
from app.gui.fields import INDENT, Field
from app.gui.question_field import QuestionField
from app.gui.texts import Text
from app.gui.theme import Role, Space
from app.model.catalog import case_key
from app.model.determination import Judged
from app.output.form_hints import clauses_text, open_text

_NONE_YET = "The questions appear with the policy, the indication and the route."


class QuestionList(QWidget):
    """Questions by their key, of which those of the policy are shown; each is made when asked."""

    ask_sheet_wanted = Signal()

    def __init__(self, make_field: Callable[[str], Field]) -> None:
        super().__init__()
        self._make_field = make_field
        self._fields: dict[str, Field] = {}
        self._order: tuple[str, ...] = ()
        self._open = Text(role=Role.QUIET)
        self._open.setIndent(INDENT)
        self._none_yet = Text(_NONE_YET, Role.QUIET)
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
        """What the Tab key stops at, in order."""
        return [self._ask_sheet, *(stop for key in self._order for stop in self._fields[key].stops)]

    def prepare(self, outcome: Outcome) -> None:
        """Make the fields that are asked for the first time."""
        for key in (case_key(one) for one in outcome.questions if one != "age_years"):
            if key not in self._fields:
                field = self._fields[key] = self._make_field(key)
                field.set_entry(outcome.draft.entries.get(key))
                self._rows.addWidget(field)

    def show_outcome(self, outcome: Outcome, settled: Mapping[str, Judged]) -> bool:
        """Show clauses and what is settled; return whether the order is another one."""
        waits = bool(set(outcome.draft.unanswered) & {"policy", "indication", "route"})
        self._none_yet.setVisible(waits and not outcome.questions)
        self._open.show_words(open_text(outcome))
        self._ask_sheet.setVisible(bool(outcome.questions))
        clauses = outcome.clauses
        for question in outcome.questions:
            field = self._fields.get(case_key(question))
            if isinstance(field, QuestionField):
                field.show_clauses(clauses_text(clauses[question], outcome.policy))
                field.show_settled(is_settled=question in settled)
        return self._arrange(tuple(case_key(one) for one in outcome.questions))

    def _arrange(self, asked: tuple[str, ...]) -> bool:
        keys = tuple(key for key in asked if key in self._fields)
        if keys == self._order or not keys:
            return False
        self._order = keys
        for key in keys:
            self._rows.addWidget(self._fields[key])  # moves it to the end
        return True
