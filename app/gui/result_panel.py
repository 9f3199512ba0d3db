"""The right half of the window: status, dose, schedule, criteria and notes of one outcome.

Everything is set anew from each outcome; nothing here remembers an older one.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.desk import Outcome
from app.gui.result_tables import CriteriaTree, LimitGrid, ScheduleTable
from app.gui.theme import STATUS_TONE, Role, Tone, set_role
from app.model.determination import Determination, DoseLimit
from app.model.question import Catalog
from app.model.wording import dose_in_words
from app.output.phrases import (
    STATUS,
    STATUS_SHAPE,
    dose_title,
    limit_rows,
    period_text,
    schedule_title,
    stated_as_text,
)

_HELD = (
    "Held back: a measurement is unusual. Check it on the chart, then confirm it beside its field."
)
_NO_DOSING = "No dosing is documented for this route."


class ResultPanel(QScrollArea):
    """Shows one outcome."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName("Result")
        self._labels: list[QLabel] = []
        page = QWidget()
        self._layout = QVBoxLayout(page)
        self._layout.setContentsMargins(20, 14, 20, 20)
        self._layout.setSpacing(6)
        self._add_status()
        self._add_dose()
        self._schedule_title = self._text("schedule_title", Role.HEADING)
        self._schedule = ScheduleTable()
        self._layout.addWidget(self._schedule)
        self._criteria_title = self._text("criteria_title", Role.HEADING)
        self._criteria = CriteriaTree(catalog)
        self._layout.addWidget(self._criteria)
        self._notes_title = self._text("notes_title", Role.HEADING)
        self._notes = self._text("notes", Role.PLAIN)
        self._layout.addStretch()
        self.setWidget(page)

    def clear(self) -> None:
        """Take every word of an older result away."""
        for label in self._labels:
            label.clear()
            label.hide()
        self._limits.show_limits(())
        self._schedule.show_schedule(None)
        self._criteria.show_criteria(None)

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what follows, or what it waits for."""
        self.clear()
        determination = outcome.determination
        if determination is None:
            _show(self._summary, outcome.prompt)
            return
        self._show_status(determination)
        self._show_dose(determination, is_held=bool(outcome.held))
        if determination.schedule is not None:
            _show(self._schedule_title, schedule_title(determination.schedule))
        self._schedule.show_schedule(determination.schedule)
        _show(self._criteria_title, "Criteria")
        self._criteria.show_criteria(determination.eligibility.criteria)
        _show(self._notes_title, "Notes")
        notes = (f"{one.text} [{one.citation}]" for one in determination.notes)
        _show(self._notes, "\n\n".join(notes))

    def _add_status(self) -> None:
        row = QHBoxLayout()
        self._shape, self._status = QLabel(), QLabel()
        self._status.setObjectName("approval_status")
        row.addWidget(self._shape)
        row.addWidget(self._status, stretch=1)
        self._labels += [self._shape, self._status]
        self._layout.addLayout(row)
        self._summary = self._text("summary", Role.PLAIN)
        self._period = self._text("approval_period", Role.QUIET)

    def _add_dose(self) -> None:
        self._layout.addSpacing(10)
        self._dose_title = self._text("dose_title", Role.HEADING)
        self._dose = self._text("max_dose", Role.DOSE)
        self._basis = self._text("basis", Role.PLAIN)
        self._limits = LimitGrid()
        self._layout.addWidget(self._limits)
        self._dose_source = self._text("dose_source", Role.QUIET)
        self._layout.addSpacing(10)

    def _show_status(self, determination: Determination) -> None:
        status = determination.approval_status
        for label, text in ((self._shape, STATUS_SHAPE[status]), (self._status, STATUS[status])):
            set_role(label, Role.STATUS, STATUS_TONE[status])
            _show(label, text)
        _show(self._summary, determination.summary)
        if determination.approval_period is not None:
            _show(self._period, f"Approval period: {period_text(determination.approval_period)}")

    def _show_dose(self, determination: Determination, *, is_held: bool) -> None:
        limit = determination.dose_limit
        if limit is None:
            _show(self._dose_title, _NO_DOSING)
            return
        _show(self._dose_title, dose_title(determination))
        if is_held:
            _show(self._basis, _HELD)
        else:
            self._show_amount(limit)
        self._limits.show_limits(tuple(limit_rows(limit)))
        _show(self._dose_source, f"{limit.citation}. {stated_as_text(limit)}")

    def _show_amount(self, limit: DoseLimit) -> None:
        if limit.max_dose_iu is not None:
            _show(self._dose, dose_in_words(limit.max_dose_iu))
        _show(self._basis, limit.basis)

    def _text(self, name: str, role: Role) -> QLabel:
        label = QLabel()
        label.setObjectName(name)
        label.setWordWrap(True)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        set_role(label, role, Tone.NONE)
        self._layout.addWidget(label)
        self._labels.append(label)
        return label


def _show(label: QLabel, text: str) -> None:
    label.setText(text)
    label.show()
