"""The left half of the window: every input of a case, in sections, built from the catalog."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.desk import Outcome
from app.draft import MEASUREMENTS, Draft
from app.gui.choice_fields import AnswerField, ChoiceField, ListField
from app.gui.fields import Field, MeasurementField, TextField
from app.gui.theme import Role, set_role
from app.model.determination import Finding
from app.model.question import Catalog, Question
from app.output.echo import bsa_echo, echo
from app.output.phrases import ANSWERED_BY, finding_text

_SECTIONS: dict[str, tuple[tuple[str, ...], ...]] = {
    "Therapy": (("indication",), ("route",), ("regimen",)),
    "Patient": (
        ("age_years", "weight_kg"),
        ("height_cm", "bsa_m2"),
        ("bsa_formula",),
    ),
    "Criteria": (),
    "Request (optional)": (
        ("requested.dose_iu",),
        ("requested.doses_per_day", "requested.doses_per_week"),
        ("requested.doses_per_cycle", "requested.rest_days"),
        ("requested.course_rest_days",),
    ),
    "Course (optional)": (
        ("course.first_dose_at",),
        ("course.number", "course.doses_per_cycle"),
        ("previous_weight_kg",),
    ),
    "Authorization granted (optional)": (("authorization.start", "authorization.end"),),
}
_MNEMONICS = {
    "indication": "I",
    "route": "R",
    "age_years": "A",
    "weight_kg": "W",
    "height_cm": "H",
    "bsa_m2": "B",
    "requested.dose_iu": "o",
    "course.first_dose_at": "F",
}


class CaseForm(QScrollArea):
    """All fields of a case; tells of each edit by key and entry."""

    edited = Signal(str, object)

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._fields: dict[str, Field] = {}
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._page = QWidget()
        self._layout = QVBoxLayout(self._page)
        self._layout.setContentsMargins(16, 12, 16, 16)
        self._layout.setSpacing(10)
        for title, rows in _SECTIONS.items():
            self._add_section(title, rows)
        self._layout.addStretch()
        self.setWidget(self._page)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow_focus)

    def begin(self) -> None:
        """Lead to the first field, at the top."""
        self.verticalScrollBar().setValue(0)
        self._fields["indication"].begin()

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        """Keep the field in sight that has the focus, however it got it."""
        if QApplication.mouseButtons() is not Qt.MouseButton.NoButton:
            return  # nothing may move under a pressed mouse
        field = now
        while field is not None and not isinstance(field, Field):
            field = field.parentWidget()
        if field is not None and self._page.isAncestorOf(field):
            self.ensureWidgetVisible(field, 0, 24)

    def minimumSizeHint(self) -> QSize:
        """Never be narrower than the fields, whatever the text size."""
        page, bar = self._page.minimumSizeHint(), self.verticalScrollBar().sizeHint()
        return QSize(page.width() + bar.width(), super().minimumSizeHint().height())

    def load(self, draft: Draft) -> None:
        """Show the entries of a draft."""
        for key, field in self._fields.items():
            field.set_entry(draft.entries.get(key))

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what follows from the entries beside each of them."""
        waits = bool(set(outcome.draft.unanswered) & {"policy", "indication", "route"})
        self._no_questions.setVisible(waits and not outcome.questions)
        for key, field in self._fields.items():
            field.setVisible(key not in outcome.draft.hidden)
            field.show_problem(self._problem(key, outcome))
            field.show_echo(self._echo(key, outcome))
        self._show_confirmations(outcome)
        self._mark_questions(outcome)

    def _add_section(self, title: str, rows: tuple[tuple[str, ...], ...]) -> None:
        heading = QLabel(title)
        set_role(heading, Role.HEADING)
        self._layout.addWidget(heading)
        for keys in rows or self._question_rows():
            row = QGridLayout()
            row.setHorizontalSpacing(14)
            for column, key in enumerate(keys):
                field = self._field(key)
                row.addWidget(field, 0, column, Qt.AlignmentFlag.AlignTop)
                row.setColumnStretch(column, 1)
            self._layout.addLayout(row)
        if not rows:
            self._no_questions = QLabel(
                "The questions appear with the policy, the indication and the route."
            )
            self._no_questions.setWordWrap(True)
            set_role(self._no_questions, Role.QUIET)
            self._layout.addWidget(self._no_questions)
        self._layout.addSpacing(8)

    def _question_rows(self) -> tuple[tuple[str, ...], ...]:
        return tuple((f"facts.{one}",) for one in self._catalog.questions if one != "age_years")

    def _field(self, key: str) -> Field:
        field = self._make(key)
        field.edited.connect(self.edited)
        field.set_mnemonic(_MNEMONICS.get(key, ""))
        self._fields[key] = field
        return field

    def _make(self, key: str) -> Field:
        entry = self._catalog.entry(key)
        help_text = entry.help or ""
        if isinstance(entry, Question) and entry.kind == "choices":
            return ListField(key, entry.label, entry.choices, help_text)
        if isinstance(entry, Question) and entry.kind == "yes_no":
            return AnswerField(key, entry.label, help_text)
        if entry.choices:
            return ChoiceField(key, entry.label, entry.choices, help_text)
        kind = MeasurementField if key in MEASUREMENTS else TextField
        return kind(key, entry.label, help_text)

    def _echo(self, key: str, outcome: Outcome) -> str:
        """Return the remark under a field: who can answer, or the entry in words."""
        entry = self._catalog.entry(key)
        if isinstance(entry, Question) and key.startswith("facts."):
            is_next = outcome.next_question == key.removeprefix("facts.")
            settled = self._is_settled(key, outcome)
            return _joined(
                "Next question." if is_next else "",
                "No longer changes the result." if settled else "",
                f"{ANSWERED_BY[entry.answered_by]}.",
                entry.help or "",
            )
        if key == "bsa_m2" and outcome.calculated_bsa_m2 is not None:
            return bsa_echo(outcome.calculated_bsa_m2)
        text = outcome.draft.entries.get(key)
        words = echo(key, text) if isinstance(text, str) else ""
        found = self._finding(key, outcome)
        if key.startswith("requested.") and text and _has_no_dosing(outcome):
            return _joined(f"{words}." if words else "", "No dosing is documented for this route.")
        if found is None or found.result == "exceeds":
            return words
        return _joined(f"{words}." if words else "", finding_text(found))

    def _problem(self, key: str, outcome: Outcome) -> str:
        """Return what is wrong with an entry, unusual about it, or beyond a limit."""
        if key in outcome.problems:
            return outcome.problems[key]
        if key in outcome.held:
            return "Unusual: check it on the chart and tick the box. Were pounds or inches meant?"
        found = self._finding(key, outcome)
        return finding_text(found) if found and found.result == "exceeds" else ""

    def _finding(self, key: str, outcome: Outcome) -> Finding | None:
        """Return the finding for a field; none that a held dose is behind."""
        part, _, name = key.rpartition(".")
        if part != "requested" or outcome.determination is None:
            return None
        if name == "dose_iu" and outcome.held:
            return None
        found = outcome.determination.request_check.findings
        return next((one for one in found if one.field == name), None)

    def _show_confirmations(self, outcome: Outcome) -> None:
        for key, field in self._fields.items():
            if isinstance(field, MeasurementField):
                field.show_confirmation(
                    is_held=key in outcome.held,
                    is_confirmed=outcome.draft.entries.get(f"confirmed.{key}") is True,
                )

    def _mark_questions(self, outcome: Outcome) -> None:
        for key, field in self._fields.items():
            bare = key.removeprefix("facts.")
            if bare in self._catalog.questions:
                field.show_mark(
                    is_next=bare == outcome.next_question,
                    is_settled=self._is_settled(key, outcome),
                )

    def _is_settled(self, key: str, outcome: Outcome) -> bool:
        """Return whether an open question can no longer change the result."""
        bare = key.removeprefix("facts.")
        return (
            key.startswith("facts.")
            and outcome.determination is not None
            and bare not in outcome.missing
            and outcome.draft.entries.get(key) is None
        )


def _has_no_dosing(outcome: Outcome) -> bool:
    determination = outcome.determination
    return determination is not None and determination.request_check.status == "no_regimen"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)
