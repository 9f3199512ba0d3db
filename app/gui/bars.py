"""What a result rests on: the bar above (policy, date of service), and the line at the bottom.

The line tells how old the policy version is and, until the next edit, what just happened.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QVBoxLayout

from app.casework.draft import Draft
from app.casework.outcome import Outcome
from app.gui.form.choice_fields import ChoiceField
from app.gui.form.fields import Field, TextField
from app.gui.look.theme import Role, Space, Tone, set_role
from app.gui.widgets.labels import WrappedLabel, breakable, tell
from app.library import Library
from app.model.policy import Policy
from app.output.form_hints import readback
from app.output.phrases import in_force_text, policy_age_text
from app.output.site_policies import age_text, review_text, site_text


class PolicyBar(QFrame):
    """Policy and date of service, and the version that is used."""

    edited = Signal(str, object)

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.setProperty("part", "bar")
        label = library.catalog.label
        self._policy = ChoiceField("policy", label("policy"), _choices(library))
        self._day = TextField("date_of_service", label("date_of_service"))
        self._policy.set_mnemonic("P")
        self._day.set_mnemonic("D")
        self._remark = WrappedLabel(role=Role.NEXT)
        self._remark.setObjectName("example_remark")
        self._remark.hide()
        self._version = WrappedLabel(role=Role.QUIET)
        set_role(self._remark, Role.NEXT, Tone.REVIEW)
        right = QVBoxLayout()
        right.addWidget(self._remark)
        right.addWidget(self._version)
        right.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        row.setSpacing(Space.LARGE)
        for part, stretch in ((self._policy, 4), (self._day, 3)):
            row.addWidget(part, stretch, Qt.AlignmentFlag.AlignTop)
        row.addLayout(right, 6)
        for field in self._fields():
            field.edited.connect(self.edited)

    def use(self, library: Library) -> None:
        """Offer the policies of this library from now on."""
        self._policy.set_choices(_choices(library))

    def load(self, draft: Draft) -> None:
        """Show the entries of a draft."""
        for field in self._fields():
            field.set_entry(draft.entries.get(field.key))

    def show_remark(self, words: str) -> None:
        """Show what holds for the whole case."""
        self._remark.show_words(words)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show problems and the version that is used."""
        for field in self._fields():
            text = outcome.draft.entries.get(field.key)
            words = readback(field.key, text) if isinstance(text, str) else ""
            field.show_remarks(outcome.problems.get(field.key, ""), words)
        policy = outcome.policy
        note = outcome.note("policy_review_overdue")
        set_role(self._version, Role.QUIET, Tone.OPEN if note else Tone.NONE)
        lines = _about(policy, note.text if note else "") if policy else []
        self._version.show_words(breakable("\n".join(lines)))

    def _fields(self) -> tuple[Field, ...]:
        return self._policy, self._day


def _choices(library: Library) -> dict[str, str]:
    return {one.id: one.document for one in library.policies}


def _about(policy: Policy, overdue: str) -> list[str]:
    """Return which version is used, how old it is today, its review, and who at a site gave it."""
    today = datetime.now().astimezone().date()
    version = f"{policy.title}, version {policy.version}, {in_force_text(policy)}"
    age = age_text(policy, today)
    lines = [f"{version}: {age if overdue else f'{age}, {review_text(policy, today)}'}."]
    return [*lines, *filter(None, (site_text(policy), overdue))]


class StatusBar:
    """Says what a result rests on; until the next edit, in its place, what was saved or copied."""

    def __init__(self, bar: QStatusBar) -> None:
        self._policy_age = _line("policy_age")
        self._told = _line("told")
        self._told.hide()
        for line in (self._policy_age, self._told):
            bar.addWidget(line, stretch=1)
        bar.setSizeGripEnabled(False)

    def show_outcome(self, outcome: Outcome) -> None:
        """Tell the age of the policy version today, or that none is chosen."""
        policy, today = outcome.policy, datetime.now().astimezone().date()
        text = policy_age_text(policy, today) if policy else "No policy chosen"
        if text != self._policy_age.text():
            self._policy_age.setText(text)
            self._policy_age.setToolTip(text)

    def clear(self) -> None:
        """Keep the line: it is about the policy, not about the case."""

    def tell(self, words: str) -> None:
        """Say what just happened, or nothing any more; a screen reader says it, too."""
        if words != self._told.text():
            self._told.setVisible(bool(words))
            self._policy_age.setHidden(bool(words))
            tell(self._told, words)
            self._told.setToolTip(words)


def _line(name: str) -> QLabel:
    line = QLabel()
    line.setObjectName(name)
    line.setIndent(Space.MEDIUM)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return line
