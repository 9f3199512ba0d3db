"""The card of the one plan: its drawing, what was given, and a table of its dates."""

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from app.casework.outcome import Outcome
from app.gui.look.theme import Role
from app.gui.result.timeline import Timeline
from app.gui.widgets.cards import Card, CitedGrid
from app.gui.widgets.labels import WrappedLabel
from app.model.treatment import CycleSchedule
from app.output.course_sections import HELD_DOSES
from app.output.phrases import Row, Section


class PlanCard(Card):
    """The one plan: what it breaks, its drawing, what was given, and each date in a table."""

    def __init__(self) -> None:
        super().__init__("schedule")
        self._title = WrappedLabel(role=Role.HEADING)
        self._title.setObjectName("schedule_title")
        self._held = WrappedLabel(role=Role.QUIET)
        self._timeline = Timeline()
        self._given = CitedGrid((3, 6, 4))
        self._given.setObjectName("course")
        self._schedule = ScheduleTable()
        for one in (self._title, self._timeline, self._held, self._given, self._schedule):
            self.add(one)
        self.hide()

    def show_plan(
        self, outcome: Outcome | None, told: Mapping[str, Section], title: str, today: date
    ) -> None:
        """Show the plan of an outcome under a title, or hide the card."""
        found, case = (outcome.determination, outcome.draft.case) if outcome else (None, None)
        given, plan = told.get("course"), told.get("schedule")
        self._title.show_words(title or (given.title if given else ""))
        has_cycles = found is not None and isinstance(found.schedule, CycleSchedule)
        self._held.show_words(HELD_DOSES if has_cycles else "")
        if found and case:
            self._timeline.show_schedule(found.schedule, today, case.course, found.course_check)
        else:
            self._timeline.show_schedule(None, today)
        self._given.show_rows(given.rows if given else ())
        self._schedule.show_rows(plan.rows if plan else ())
        self.setVisible(bool(self._title.text()))


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
