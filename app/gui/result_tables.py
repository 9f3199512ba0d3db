"""Cited statements and the plan in rows and columns, each as tall as its content."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.gui.texts import Text
from app.gui.theme import Role, Space
from app.model.treatment import Schedule
from app.output.course_sections import schedule_rows
from app.output.phrases import CitedRow


class CitedGrid(QWidget):
    """Short statements in columns: label, text and citation."""

    def __init__(self, stretches: tuple[int, int, int]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.TIGHT)
        for column, stretch in enumerate(stretches):
            self._grid.setColumnStretch(column, stretch)
        self._rows: list[tuple[Text, ...]] = []
        self._shown: tuple[CitedRow, ...] = ()
        self.hide()

    def show_rows(self, rows: tuple[CitedRow, ...]) -> None:
        """Show these statements and no other."""
        if rows == self._shown:
            return
        if len(rows) != len(self._shown):
            self.hide()  # what appears in it appears at once
        self._shown = rows
        while len(self._rows) < len(rows):
            self._rows.append(self._add_row())
        for place, labels in enumerate(self._rows):
            row = rows[place] if place < len(rows) else CitedRow("", "", "")
            for label, text in zip(labels, (row.label, row.text, row.citation), strict=True):
                label.show_words(text)
        self.setVisible(bool(rows))

    def _add_row(self) -> tuple[Text, ...]:
        labels = (Text(), Text(), Text(role=Role.QUIET))
        for column, label in enumerate(labels):
            self._grid.addWidget(label, len(self._rows), column, Qt.AlignmentFlag.AlignTop)
        return labels


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
        """Show a plan, or nothing."""
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
        """Wrap dates and times at the new width; none is ever cut off."""
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
