"""The cards that only a determination fills: dose, schedule, course, criteria and notes.

Every text comes from the outcome alone; a label without a text in it is cleared.
"""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.casework.outcome import Outcome
from app.gui.look.theme import Role, Tone, set_role
from app.gui.result.criteria_tree import CriteriaTree
from app.gui.result.statements import CitedGrid, NotesCard
from app.gui.result.timeline import Timeline
from app.gui.widgets.cards import Card
from app.gui.widgets.labels import WrappedLabel
from app.model.catalog import Catalog
from app.model.treatment import Schedule
from app.output.course_sections import course_timeline, earliest_rows, schedule_rows
from app.output.phrases import limit_rows
from app.output.sections import TreatmentKind, TreatmentSection, treatment_sections
from app.output.timeline import TimelinePlan


class DeterminationCards:
    """Shows one determination, or nothing."""

    def __init__(self, catalog: Catalog) -> None:
        self._labels: dict[str, WrappedLabel] = {}
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
        """The widgets whose layouts an update suspends, the outer before the inner."""
        return (*self.cards, *(grid for one in self.cards for grid in one.findChildren(CitedGrid)))

    def show_outcome(self, outcome: Outcome | None, texts: Mapping[str, str], today: date) -> None:
        """Show an outcome as seen from today, or clear the cards; every label gets a new text."""
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
        label = WrappedLabel(role=role)
        label.setObjectName(name)
        label.hide()
        self._labels[name] = label
        card.add(label)


class ClockCard(Card):
    """A card with one section of the outcome and its cited rows; hidden without a section."""

    def __init__(self, part: TreatmentKind) -> None:
        super().__init__(part)
        self.setObjectName(part)
        self._shown: TreatmentSection | None = None
        self._title = WrappedLabel(role=Role.HEADING)
        self._meaning = WrappedLabel(role=Role.NEXT)
        self.grid = CitedGrid((3, 6, 4))
        self._meaning.hide()
        for one in (self._title, self._meaning, self.grid):
            self.add(one)
        self.hide()

    def show_part(self, part: TreatmentSection | None) -> None:
        """Show a section, or hide the card."""
        if part == self._shown:
            return
        self._shown = part
        self.hide()  # so that Qt lays it out once, when it is shown again
        self._title.show_words(part.title if part else "")
        self._meaning.show_words(part.meaning if part else "")
        self.grid.show_rows(part.rows if part else ())
        self.setVisible(part is not None)


class ClockCards:
    """The cards for course, preparation and forecast; the first has a timeline of given doses."""

    def __init__(self) -> None:
        self.course, self.preparation, self.forecast = (
            ClockCard("course"),
            ClockCard("preparation"),
            ClockCard("forecast"),
        )
        self._timeline = Timeline()
        self._timeline.setObjectName("given_timeline")
        self._timeline.setAccessibleName("Timeline of what was given")
        self.course.add(self._timeline)

    def show_outcome(self, outcome: Outcome | None, today: date) -> None:
        """Show the sections that the outcome has, and hide the other cards."""
        parts = {one.kind: one for one in treatment_sections(outcome)} if outcome else {}
        self._timeline.show_plan(_plan(outcome, today))
        self.course.show_part(parts.get("course"))
        self.preparation.show_part(parts.get("preparation"))
        self.forecast.show_part(parts.get("forecast"))


def _plan(outcome: Outcome | None, today: date) -> TimelinePlan | None:
    case = outcome.draft.case if outcome else None
    check = outcome.determination.course_check if outcome and outcome.determination else None
    return course_timeline(case.course, check, today) if case and check else None


class ScheduleTable(QTableWidget):
    """One row for each treatment date, each rest and the next course."""

    def __init__(self) -> None:
        super().__init__(0, 3)
        self.setObjectName("schedule")
        self.setAccessibleName("Schedule")
        self.setHorizontalHeaderLabels(["Part", "Dates", "Doses"])
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.ResizeToContents)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        self._shown: Schedule | None = None
        self.hide()

    def show_schedule(self, schedule: Schedule | None) -> None:
        """Show a schedule, or hide the table."""
        if schedule == self._shown:
            return
        self._shown = schedule
        rows = list(schedule_rows(schedule)) if schedule else []
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate((row.part, row.dates, row.doses)):
                self.setItem(place, column, QTableWidgetItem(text))
        self.setVisible(bool(rows))
        if rows:
            self._fit_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap dates and times at the new width, so that none is cut off."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_height()

    def changeEvent(self, event: QEvent) -> None:
        """Stay as tall as the rows when the text size changes."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()

    def _fit_height(self) -> None:
        self.resizeRowsToContents()
        frame = 2 * self.frameWidth()
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(self.verticalHeader().length() + header + frame)
