"""The cards that only a determination fills: dose, schedule, course, criteria and notes.

Every text follows from the outcome alone; a label that it does not name is emptied.
"""

from collections.abc import Mapping
from datetime import date

from PySide6.QtWidgets import QWidget

from app.casework.outcome import Outcome
from app.gui.cards import Card, NotesCard
from app.gui.clock_cards import ClockCards
from app.gui.criteria_tree import CriteriaTree
from app.gui.result_tables import CitedGrid, ScheduleTable
from app.gui.texts import Text
from app.gui.theme import Role, Tone, set_role
from app.gui.timeline import Timeline
from app.model.catalog import Catalog
from app.output.course_sections import earliest_rows
from app.output.phrases import limit_rows


class DeterminationCards:
    """Shows one determination, or nothing."""

    def __init__(self, catalog: Catalog) -> None:
        self._labels: dict[str, Text] = {}
        self._clock = ClockCards()
        self._notes = NotesCard()
        self._add_dose()
        self._add_schedule()
        self._add_criteria(catalog)
        clock = self._clock
        self.cards: tuple[Card, ...] = (
            *(self._dose, clock.course, self._plan, clock.preparation, clock.forecast),
            *(self._judged, self._notes),
        )

    @property
    def pages(self) -> tuple[QWidget, ...]:
        """All that lays out what is in it, the outer before the inner."""
        return (*self.cards, *(grid for one in self.cards for grid in one.findChildren(CitedGrid)))

    def show_outcome(self, outcome: Outcome | None, texts: Mapping[str, str], today: date) -> None:
        """Show what follows as seen from today; every label gets its text anew."""
        for name, label in self._labels.items():
            label.show_words(texts.get(name, ""))
        is_unconfirmed = outcome is not None and bool(outcome.unconfirmed)
        unconfirmed = (Role.HEADING, Tone.OPEN) if is_unconfirmed else (Role.PLAIN, Tone.NONE)
        set_role(self._labels["basis"], *unconfirmed)
        self._clock.show_outcome(outcome, today)
        self._show_limits(outcome)
        self._show_plan(outcome, today)
        self._show_judged(outcome)

    def _show_limits(self, outcome: Outcome | None) -> None:
        determination = outcome.determination if outcome else None
        limit = determination.dose_limit if determination else None
        self._limits.show_rows(
            (*limit_rows(limit), *earliest_rows(determination)) if determination and limit else ()
        )
        self._dose.setVisible(determination is not None)

    def _show_plan(self, outcome: Outcome | None, today: date) -> None:
        determination = outcome.determination if outcome else None
        schedule = determination.schedule if determination else None
        self._timeline.show_schedule(schedule, today)
        self._schedule.show_schedule(schedule)
        self._plan.setVisible(bool(self._labels["schedule_title"].text()))

    def _show_judged(self, outcome: Outcome | None) -> None:
        determination = outcome.determination if outcome else None
        self._criteria.show_criteria(determination.eligibility.criteria if determination else None)
        self._notes.show_notes(determination.notes if determination else ())
        self._judged.setVisible(determination is not None)

    def _add_dose(self) -> None:
        self._dose = Card("dose")
        self._add_text(self._dose, "dose_title", Role.HEADING)
        self._add_text(self._dose, "max_dose", Role.DOSE)
        self._add_text(self._dose, "basis", Role.PLAIN)
        self._limits = CitedGrid((3, 3, 5))
        self._dose.add(self._limits)
        self._add_text(self._dose, "dose_source", Role.QUIET)

    def _add_schedule(self) -> None:
        self._plan = Card("schedule")
        self._add_text(self._plan, "schedule_title", Role.HEADING)
        self._timeline = Timeline()
        self._plan.add(self._timeline)
        self._schedule = ScheduleTable()
        self._plan.add(self._schedule)

    def _add_criteria(self, catalog: Catalog) -> None:
        self._judged = Card("criteria")
        self._add_text(self._judged, "criteria_title", Role.HEADING)
        self._criteria = CriteriaTree(catalog)
        self._judged.add(self._criteria)

    def _add_text(self, card: Card, name: str, role: Role) -> None:
        label = Text(role=role)
        label.setObjectName(name)
        label.hide()
        self._labels[name] = label
        card.add(label)
