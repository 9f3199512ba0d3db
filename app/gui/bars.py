"""The policy bar at the top of the window and the status bar at the bottom.

The policy bar has the policy and the date of service. The status bar shows the age of the policy
version or, until the next edit, what was just saved or copied.
"""

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QStatusBar, QVBoxLayout

from app.casework.draft import Draft
from app.casework.outcome import Outcome
from app.gui.form.choice_fields import ChoiceField
from app.gui.form.fields import Field, TextField
from app.gui.look.theme import Role, Space, Tone, set_role
from app.gui.widgets.labels import WrappedLabel, breakable, show_message
from app.model.catalog import Catalog
from app.model.policy import Policy
from app.output.form_hints import readback
from app.output.phrases import in_force_text
from app.output.site_policies import (
    age_text,
    policy_age_text,
    policy_names,
    review_text,
    site_text,
)


class PolicyBar(QFrame):
    """The fields for policy and date of service, and the policy version that follows from them."""

    edited = Signal(str, object)

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self.setProperty("part", "bar")
        policy, day = (catalog.entry(key) for key in ("policy", "date_of_service"))
        self._choices: dict[str, str] = {}
        self._policy = ChoiceField("policy", policy.label, self._choices)
        self._day = TextField("date_of_service", day.label)
        self._policy.set_mnemonic(policy.mnemonic)
        self._day.set_mnemonic(day.mnemonic)
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

    def load(self, draft: Draft) -> None:
        """Show the entries of a draft."""
        for field in self._fields():
            field.set_entry(draft.entries.get(field.key))

    def show_remark(self, words: str) -> None:
        """Show a remark about the whole case; an empty text hides the remark."""
        self._remark.show_words(words)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show problems and readbacks of both entries, and the policy version that is used.

        None changes nothing, because nothing here is a result.
        """
        if outcome is None:
            return
        self._offer(outcome)
        for field in self._fields():
            words = readback(field.key, outcome.draft.entries.get(field.key))
            field.show_remarks(outcome.problems.get(field.key, ""), words)
        policy = outcome.policy
        is_overdue = outcome.note("policy_review_overdue") is not None
        set_role(self._version, Role.QUIET, Tone.OPEN if is_overdue else Tone.NONE)
        lines = _about(policy) if policy else []
        self._version.show_words(breakable("\n".join(lines)))

    def _offer(self, outcome: Outcome) -> None:
        """Offer the policies of the outcome's library, of which one version may be new or gone."""
        choices = policy_names(outcome.library)
        if choices != self._choices:
            self._choices = choices
            self._policy.set_choices(choices)
            self._policy.set_entry(outcome.draft.entries.get("policy"))

    def _fields(self) -> tuple[Field, ...]:
        return self._policy, self._day


def _about(policy: Policy) -> list[str]:
    """Return lines on the version in use: its age today, its review, and the site's provider."""
    today = datetime.now().astimezone().date()
    version = f"{policy.title}, version {policy.version}, {in_force_text(policy)}"
    age = age_text(policy, today)
    lines = [f"{version}: {age}, {review_text(policy, today)}."]
    return [*lines, *filter(None, (site_text(policy),))]


class StatusBar:
    """Shows the age of the policy version or, until the next edit, what was saved or copied."""

    def __init__(self, bar: QStatusBar) -> None:
        self._policy_age = _line("policy_age")
        self._told = _line("told")
        self._told.hide()
        for line in (self._policy_age, self._told):
            bar.addWidget(line, stretch=1)
        bar.setSizeGripEnabled(False)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show the age of the policy version today, or that no policy is chosen.

        None changes nothing, because the line is about the policy and not about the result.
        """
        if outcome is None:
            return
        policy, today = outcome.policy, datetime.now().astimezone().date()
        text = policy_age_text(policy, today) if policy else "No policy chosen"
        if text != self._policy_age.text():
            self._policy_age.setText(text)
            self._policy_age.setToolTip(text)

    def tell(self, words: str) -> None:
        """Show and announce what just happened; an empty text brings the policy's age back."""
        if words != self._told.text():
            self._told.setVisible(bool(words))
            self._policy_age.setHidden(bool(words))
            show_message(self._told, words)
            self._told.setToolTip(words)


def _line(name: str) -> QLabel:
    line = QLabel()
    line.setObjectName(name)
    line.setIndent(Space.MEDIUM)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return line
