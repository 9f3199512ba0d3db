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
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from app.casework.outcome import Outcome
from app.gui.look.theme import Role, Space, Tone, set_role
from app.gui.result.criteria_tree import CriteriaTree
from app.gui.result.timeline import Timeline
from app.gui.widgets.cards import Card, CitedGrid, SectionCard
from app.gui.widgets.labels import WrappedLabel, breakable
from app.model.determination import Determination
from app.output.course_sections import earliest_rows
from app.output.phrases import NOTE_GROUPS, Row, Section, limit_rows
from app.output.sections import SECTION_KINDS, sections

# The sections that have a card of their own kind, and those that stand beside the entries or in the
# card of the status. Every other section has a card with rows.
_OWN = ("schedule", "criteria", "notes")
_ELSEWHERE = ("request", "approval", "missing")


class DeterminationCards:
    """Shows one determination, or nothing."""

    def __init__(self) -> None:
        self._labels: dict[str, WrappedLabel] = {}
        kinds = (one for one in SECTION_KINDS if one not in (*_OWN, *_ELSEWHERE))
        self._sections = {kind: SectionCard(kind) for kind in kinds}
        self._notes = NotesCard()
        self._add_dose()
        self._add_schedule()
        self._add_criteria()
        course, *others = self._sections.values()
        above = (self._dose, course, self._plan)
        self.cards: tuple[Card, ...] = (*above, *others, self._judged, self._notes)

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
        found = outcome.determination if outcome else None
        told = sections(found, outcome.library.catalog) if outcome and found else {}
        for kind, card in self._sections.items():
            card.show_section(told.get(kind))
        self._show_limits(found)
        self._show_timeline(outcome, today)
        self._schedule.show_rows(_rows(told, "schedule"))
        self._plan.setVisible(bool(self._labels["schedule_title"].text()))
        self._criteria.show_rows(_rows(told, "criteria"))
        self._notes.show_rows(_rows(told, "notes"))
        self._judged.setVisible(found is not None)

    def _show_timeline(self, outcome: Outcome | None, today: date) -> None:
        case = outcome.draft.case if outcome else None
        found = outcome.determination if outcome else None
        if case and found:
            plan = found.schedule
            self._timeline.show_schedule(plan, today, case.course, found.course_check)
        else:
            self._timeline.show_schedule(None, today)

    def _show_limits(self, found: Determination | None) -> None:
        limit = found.dose_limit if found else None
        rows = (*limit_rows(limit), *earliest_rows(found)) if found and limit else ()
        self._limits.show_rows(rows)
        self._dose.setVisible(found is not None)

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

    def _add_criteria(self) -> None:
        self._judged = Card("criteria")
        self._add_text(self._judged, "criteria_title", Role.HEADING)
        self._criteria = CriteriaTree()
        self._judged.add(self._criteria)

    def _add_text(self, card: Card, name: str, role: Role) -> None:
        label = WrappedLabel(role=role)
        label.setObjectName(name)
        label.hide()
        self._labels[name] = label
        card.add(label)


def _rows(told: Mapping[str, Section], kind: str) -> tuple[Row, ...]:
    return told[kind].rows if kind in told else ()


class NotesCard(Card):
    """The notes of a determination by kind, each with its citation."""

    def __init__(self) -> None:
        super().__init__("notes")
        self.setObjectName("notes")
        self.setAccessibleName("Notes")
        self._shown: tuple[Row, ...] = ()
        title = QLabel("Notes")
        set_role(title, Role.HEADING)
        self.add(title)
        self._groups = {words: _NoteGroup(words) for words in NOTE_GROUPS.values()}
        for group in self._groups.values():
            self.add(group)
        self.hide()

    def show_rows(self, notes: tuple[Row, ...]) -> None:
        """Show notes, or hide the card."""
        if notes == self._shown:
            return
        self._shown = notes
        self.hide()  # so that Qt lays it out once, when it is shown again
        for words, group in self._groups.items():
            group.show_texts(
                [f"• {one.text} [{one.citation}]" for one in notes if one.label == words]
            )
        self.setVisible(bool(notes))


class _NoteGroup(QWidget):
    """The notes of one kind under a title, each in a label of its own."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Space.TIGHT)
        title = QLabel(words)
        set_role(title, Role.NEXT)
        self._rows.addWidget(title)
        self._labels: list[WrappedLabel] = []

    def show_texts(self, texts: list[str]) -> None:
        """Show exactly these notes; hide the group if there are none."""
        while len(self._labels) < len(texts):
            self._labels.append(WrappedLabel())
            self._rows.addWidget(self._labels[-1])
        for place, label in enumerate(self._labels):
            label.show_words(breakable(texts[place]) if place < len(texts) else "")
        self.setVisible(bool(texts))


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
        self._shown: tuple[Row, ...] = ()
        self.hide()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show a schedule, or hide the table."""
        if rows == self._shown:
            return
        self._shown = rows
        self.setRowCount(len(rows))
        for place, row in enumerate(rows):
            for column, text in enumerate((row.label, row.text, row.detail)):
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
