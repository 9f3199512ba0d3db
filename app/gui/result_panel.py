"""The right half of the window: status, dose, schedule, criteria and notes of one outcome.

Every text follows from the outcome alone; a label that it does not name is emptied.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.desk import Outcome
from app.gui.result_tables import CriteriaTree, LimitGrid, ScheduleTable
from app.gui.theme import STATUS_TONE, Role, Tone, set_role
from app.model.determination import Determination
from app.model.policy import Policy
from app.model.question import Catalog
from app.model.wording import dose_in_words
from app.output.phrases import (
    STATUS,
    STATUS_SHAPE,
    dose_title,
    limit_rows,
    period_text,
    stated_as_text,
)
from app.output.schedule_words import schedule_title

_HELD = (
    "Held back: a measurement is unusual, and whatever depends on it is not certain. "
    "Check it on the chart, then confirm it beside its field."
)
_NO_DOSING = "No dosing is documented for this use by this route."
_OTHER_REGIMEN = "No schedule: this regimen is another one; see the notes."


class ResultPanel(QScrollArea):
    """Shows one outcome."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Result")
        self._labels: dict[str, QLabel] = {}
        self._policy: Policy | None = None
        page = QWidget()
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(20, 14, 20, 20)
        self._layout.setSpacing(6)
        self._add_status()
        self._add_dose()
        self._add_text("schedule_title", Role.HEADING)
        self._schedule = ScheduleTable()
        self._layout.addWidget(self._schedule)
        self._add_text("criteria_title", Role.HEADING)
        self._criteria = CriteriaTree(catalog)
        self._layout.addWidget(self._criteria)
        self._add_text("notes_title", Role.HEADING)
        self._add_text("notes", Role.PLAIN)
        self._layout.addStretch()
        self.setWidget(page)

    def clear(self) -> None:
        """Take every word of an older result away."""
        self._show_texts({})
        self._show_parts(None)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what follows, or what it waits for; every label gets its text anew."""
        determination = outcome.determination
        if outcome.policy is not self._policy:  # another policy: its verdict comes into sight
            self._policy = outcome.policy
            self.verticalScrollBar().setValue(0)
        if determination is None:
            self._show_texts({"summary": outcome.prompt})
        else:
            self._show_texts(_texts(determination, is_held=bool(outcome.held)))
            for name in ("status_shape", "approval_status"):
                tone = STATUS_TONE[determination.approval_status]
                set_role(self._labels[name], Role.STATUS, tone)
            held = (Role.HEADING, Tone.OPEN) if outcome.held else (Role.PLAIN, Tone.NONE)
            set_role(self._labels["basis"], *held)
        self._show_parts(determination)

    def _show_texts(self, texts: dict[str, str]) -> None:
        for name, label in self._labels.items():
            text = texts.get(name, "")
            if label.text() != text:
                label.setText(text)
                label.setVisible(bool(text))

    def _show_parts(self, determination: Determination | None) -> None:
        limit = determination.dose_limit if determination else None
        self._limits.show_limits(tuple(limit_rows(limit)) if limit else ())
        self._schedule.show_schedule(determination.schedule if determination else None)
        self._criteria.show_criteria(determination.eligibility.criteria if determination else None)

    def _add_status(self) -> None:
        row = QHBoxLayout()
        row.addWidget(self._label("status_shape", Role.STATUS))
        row.addWidget(self._label("approval_status", Role.STATUS), stretch=1)
        self._layout.addLayout(row)
        self._add_text("summary", Role.PLAIN)
        self._add_text("approval_period", Role.QUIET)

    def _add_dose(self) -> None:
        self._layout.addSpacing(10)
        self._add_text("dose_title", Role.HEADING)
        self._add_text("max_dose", Role.DOSE)
        self._add_text("basis", Role.PLAIN)
        self._limits = LimitGrid()
        self._layout.addWidget(self._limits)
        self._add_text("dose_source", Role.QUIET)
        self._layout.addSpacing(10)

    def _add_text(self, name: str, role: Role) -> None:
        label = self._label(name, role)
        label.setWordWrap(True)
        self._layout.addWidget(label)

    def _label(self, name: str, role: Role) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        label.hide()
        set_role(label, role)
        self._labels[name] = label
        return label


def _texts(determination: Determination, *, is_held: bool) -> dict[str, str]:
    """Return the text of each label by its name; a label without one stays empty."""
    texts = {
        "status_shape": STATUS_SHAPE[determination.approval_status],
        "approval_status": STATUS[determination.approval_status],
        "summary": determination.summary,
        **_dose_texts(determination, is_held=is_held),
        "criteria_title": "Criteria",
        "notes_title": "Notes",
        "notes": "\n\n".join(f"{one.text} [{one.citation}]" for one in determination.notes),
    }
    if determination.approval_period is not None:
        texts["approval_period"] = f"Approval period: {period_text(determination.approval_period)}"
    if determination.schedule is not None:
        texts["schedule_title"] = schedule_title(determination.schedule)
    elif any(note.id == "til_regimen_differs" for note in determination.notes):
        texts["schedule_title"] = _OTHER_REGIMEN
    return texts


def _dose_texts(determination: Determination, *, is_held: bool) -> dict[str, str]:
    limit = determination.dose_limit
    if limit is None:
        return {"dose_title": _NO_DOSING}
    shown = not is_held and limit.max_dose_iu is not None
    return {
        "dose_title": dose_title(determination),
        "max_dose": dose_in_words(limit.max_dose_iu or 0) if shown else "",
        "basis": _HELD if is_held else limit.basis,
        "dose_source": f"{limit.citation}. {stated_as_text(limit)}",
    }
