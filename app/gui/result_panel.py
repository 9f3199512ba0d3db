"""The right half of the window: status, dose, schedule, criteria and notes of one outcome.

Every text follows from the outcome alone; a label that it does not name is emptied.
"""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout

from app.desk import Outcome
from app.gui.at_rest import at_rest, out_of_sight
from app.gui.cards import Card, NotesCard, Page
from app.gui.clock_cards import ClockCards
from app.gui.criteria_tree import CriteriaTree
from app.gui.icons import pixmap
from app.gui.result_tables import CitedGrid, ScheduleTable
from app.gui.texts import Text
from app.gui.theme import STATUS_TONE, Role, Space, Tone, restyle, set_role, tone_color
from app.gui.timeline import Timeline
from app.model.determination import ApprovalStatus, Determination
from app.model.policy import Policy
from app.model.question import Catalog
from app.output.phrases import limit_rows
from app.output.reasons import problem_rows, reason_rows
from app.output.result_words import announcement, result_texts
from app.output.schedule_words import earliest_rows

_STATUS_ICON: dict[ApprovalStatus, str] = {
    "criteria_met": "status-met",
    "criteria_not_met": "status-not-met",
    "information_missing": "status-missing",
    "clinician_review": "status-review",
}


class ResultPanel(QScrollArea):
    """Shows one outcome."""

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self._labels: dict[str, Text] = {}
        self._told: tuple[Policy | None, ApprovalStatus | None] = (None, None)
        self._said = ""
        self._is_blank = True
        self._shape_shown: tuple[str, str] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Result")
        self.verticalScrollBar().setAccessibleName("Scroll the result")
        page = Page()
        self._cards = QVBoxLayout(page)
        self._cards.setContentsMargins(Space.SMALL, Space.MEDIUM, Space.LARGE, Space.LARGE)
        self._cards.setSpacing(Space.MEDIUM)
        self._add_status()
        self._add_dose()
        self._clock = ClockCards()
        self._cards.addWidget(self._clock.course)
        self._add_schedule()
        self._cards.addWidget(self._clock.preparation)
        self._cards.addWidget(self._clock.forecast)
        self._add_criteria()
        self._notes = NotesCard()
        self._cards.addWidget(self._notes)
        self._pages = (page, *page.findChildren(Card), *page.findChildren(CitedGrid))
        self._cards.addStretch()
        self.setWidget(page)

    def clear(self) -> None:
        """Take every word of an older result away."""
        self._show_texts({})
        self._show_status(None, is_certain=True)
        self._show_parts(None)
        self._reasons.show_rows(())
        self._said = ""

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what follows, or what it waits for; every label gets its text anew."""
        with at_rest(*self._pages):
            if (outcome.determination is None) is self._is_blank:
                self._show(outcome)
            else:
                with out_of_sight(self._status):
                    self._show(outcome)
        self._is_blank = outcome.determination is None
        self._say(announcement(outcome))

    def _show(self, outcome: Outcome) -> None:
        determination = outcome.determination
        told = (outcome.policy, determination.approval_status if determination else None)
        if told != self._told:  # another verdict comes into sight
            self._told = told
            self.verticalScrollBar().setValue(0)
        self._show_texts(result_texts(outcome))
        self._show_status(determination, is_certain=not outcome.held)
        set_role(self._labels["hold"], Role.HEADING, Tone.OPEN)
        held = (Role.HEADING, Tone.OPEN) if outcome.held else (Role.PLAIN, Tone.NONE)
        set_role(self._labels["basis"], *held)
        rows = reason_rows if determination else problem_rows
        self._reasons.show_rows(tuple(rows(outcome, self._catalog)))
        self._show_parts(outcome)

    def _show_texts(self, texts: dict[str, str]) -> None:
        for name, label in self._labels.items():
            label.show_words(texts.get(name, ""))

    def _show_status(self, determination: Determination | None, *, is_certain: bool) -> None:
        """Show the shape and the color that go with the words of the status."""
        status = determination.approval_status if determination else None
        tone = STATUS_TONE[status] if status else Tone.NONE
        shape = (_STATUS_ICON[status], tone_color(tone, self.palette())) if status else None
        if shape != self._shape_shown:
            self._shape_shown = shape
            size = round(self.fontMetrics().height() * 1.7)
            if shape:
                color = QColor(shape[1])
                self._shape.setPixmap(pixmap(shape[0], color, size, self.devicePixelRatioF()))
            self._shape.setVisible(shape is not None)
        set_role(self._labels["approval_status"], Role.STATUS, tone)
        edge = tone if is_certain else Tone.OPEN
        if self._status.property("verdict") != edge:
            self._status.setProperty("verdict", edge)
            restyle(self._status)

    def _show_parts(self, outcome: Outcome | None) -> None:
        determination = outcome.determination if outcome else None
        limit = determination.dose_limit if determination else None
        schedule = determination.schedule if determination else None
        today = datetime.now().astimezone().date()
        limits = (
            (*limit_rows(limit), *earliest_rows(determination)) if determination and limit else ()
        )
        self._limits.show_rows(limits)
        self._clock.show_outcome(outcome, today)
        self._timeline.show_schedule(schedule, today)
        self._schedule.show_schedule(schedule)
        self._criteria.show_criteria(determination.eligibility.criteria if determination else None)
        self._notes.show_notes(determination.notes if determination else ())
        self._dose.setVisible(determination is not None)
        self._plan.setVisible(bool(self._labels["schedule_title"].text()))
        self._judged.setVisible(determination is not None)

    def _say(self, words: str) -> None:
        """Let a screen reader hear a status or dose that has changed."""
        if words != self._said:
            self._said = words
            event = QAccessibleAnnouncementEvent(self._labels["approval_status"], words)
            QAccessible.updateAccessibility(event)

    def _add_status(self) -> None:
        self._status = self._card("status")
        self._add_text(self._status, "hold", Role.HEADING)
        self._shape = QLabel()
        self._shape.setObjectName("status_shape")
        self._shape.hide()
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._shape)
        row.addWidget(self._label("approval_status", Role.STATUS), stretch=1)
        self._status.add_layout(row)
        self._add_text(self._status, "state_title", Role.STATUS)
        self._add_text(self._status, "summary", Role.PLAIN)
        self._add_text(self._status, "approval_period", Role.QUIET)
        self._add_text(self._status, "reasons_title", Role.HEADING)
        self._reasons = CitedGrid((2, 6, 4))
        self._reasons.setObjectName("reasons")
        self._status.add(self._reasons)
        self._add_text(self._status, "hint", Role.QUIET)

    def _add_dose(self) -> None:
        self._dose = self._card("dose")
        self._add_text(self._dose, "dose_title", Role.HEADING)
        self._add_text(self._dose, "max_dose", Role.DOSE)
        self._add_text(self._dose, "basis", Role.PLAIN)
        self._limits = CitedGrid((3, 3, 5))
        self._dose.add(self._limits)
        self._add_text(self._dose, "dose_source", Role.QUIET)

    def _add_schedule(self) -> None:
        self._plan = self._card("schedule")
        self._add_text(self._plan, "schedule_title", Role.HEADING)
        self._timeline = Timeline()
        self._plan.add(self._timeline)
        self._schedule = ScheduleTable()
        self._plan.add(self._schedule)

    def _add_criteria(self) -> None:
        self._judged = self._card("criteria")
        self._add_text(self._judged, "criteria_title", Role.HEADING)
        self._criteria = CriteriaTree(self._catalog)
        self._judged.add(self._criteria)

    def _card(self, part: str) -> Card:
        card = Card(part)
        self._cards.addWidget(card)
        return card

    def _add_text(self, card: Card, name: str, role: Role) -> None:
        card.add(self._label(name, role))

    def _label(self, name: str, role: Role) -> Text:
        label = Text(role=role)
        label.setObjectName(name)
        label.hide()
        self._labels[name] = label
        return label
