"""The contents of the worklist window, in its states: empty, refused, running, done.

Reads and writes no file.
"""

from collections import Counter

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.gui.look.theme import Role, Space, set_role
from app.gui.widgets.dialogs import reading_dialog, set_up_button
from app.gui.widgets.labels import message_label, show_message
from app.gui.widgets.page import ReadingPage, plain_view
from app.gui.worklist.filters import WorklistFilters
from app.gui.worklist.table import WorklistTable
from app.library import Library
from app.model.catalog import Catalog
from app.output.html import HEAD, Cell, Columns, paragraph, table
from app.worklist.held import HeldRow
from app.worklist.results import RowKind
from app.worklist.template import INTRODUCTION, column_rows
from app.worklist.text import COLUMN_HEADINGS, EMPTY, NOTHING_FOUND, details

_FULL = 1000  # steps of the progress bar
_LEAST_DETAIL_LINES, _MOST_DETAIL_LINES = 3, 6


class WorklistView(QWidget):
    """The contents of the window; `activated` is emitted to open the selected row."""

    activated = Signal()

    def __init__(self, catalog: Catalog) -> None:
        super().__init__()
        self._catalog = catalog
        self.open = _button("&Open…", "Open a worklist")
        self.save_csv = _button("Save as &CSV…", "Save the rows with their results as CSV")
        self.save_json = _button("Save as &JSON Lines…", "Save the results as JSON Lines")
        self.template = _button("Save the &template…", "Save a template of a worklist")
        self.columns = _button("Col&umns…", "What each column may hold")
        self.open_row = _button("Open in the main &window", "Open this row in the main window")
        self.cancel = _button("Ca&ncel", "Cancel what is being done")
        self.close_window = _button("Clo&se", "Close the worklist")
        self.table = WorklistTable()
        self._filters = WorklistFilters()
        self._page = QLabel(EMPTY)
        self._stack = QStackedWidget()
        self._details = plain_view("", "The chosen row")
        self._told = message_label("worklist_told")
        self._bar = QProgressBar()
        self._prepare()
        self._lay_out()
        self.show_running(is_running=False)

    def start_anew(self, page: str = "", role: Role = Role.PLAIN) -> None:
        """Remove every row, and show the text `page` while there are none."""
        self.table.clear()
        self._filters.start_anew()
        self._page.setText(page)
        set_role(self._page, role)
        self.tell("")
        self._show_page()

    @property
    def counts(self) -> Counter[RowKind]:
        """How many rows there are of each kind."""
        return self.table.rows.listing.counts

    def add(self, entries: list[HeldRow]) -> None:
        """Show rows that were just done."""
        self.table.rows.add(entries)
        self._filters.show_counts(self.counts)
        self._show_page()

    def show_running(self, *, is_running: bool) -> None:
        """Enable what can be done while a job runs, or while none does."""
        for button in (self.open, self.template):
            button.setEnabled(not is_running)
        has_rows = bool(self.table.rows.listing.entries)
        for button in (self.save_csv, self.save_json):
            button.setEnabled(has_rows and not is_running)
        had_focus = self.cancel.hasFocus()
        self._bar.setVisible(is_running)
        self._bar.setValue(0)
        self.cancel.setVisible(is_running)
        self.cancel.setEnabled(is_running)
        if is_running:
            self.cancel.setFocus()
        elif had_focus:
            (self.table if has_rows else self.open).setFocus()

    def show_progress(self, done: float, words: str) -> None:
        """Show how much is done, from 0 to 1, without announcing it to a screen reader."""
        self._bar.setValue(int(done * _FULL))
        self._told.setText(words)

    def tell(self, words: str) -> None:
        """Show and announce what happened."""
        show_message(self._told, words)

    def changeEvent(self, event: QEvent) -> None:
        """Adapt to a new text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_details()

    def _prepare(self) -> None:
        self._page.setObjectName("worklist_page")
        self._page.setTextFormat(Qt.TextFormat.PlainText)
        self._page.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._page.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._page.setWordWrap(True)
        self._page.setMargin(Space.WIDE)
        self._stack.addWidget(self._page)
        self._stack.addWidget(self.table)
        self._details.setObjectName("worklist_row")
        self._bar.setObjectName("worklist_progress")
        self._bar.setAccessibleName("Progress")
        self._bar.setRange(0, _FULL)
        self._filters.changed.connect(self._show_only)
        self.table.activated.connect(self.activated)
        self.table.selectionModel().selectionChanged.connect(self._show_details)
        self.table.rows.modelReset.connect(self._show_details)
        self.open_row.clicked.connect(self.activated)
        self._show_details()

    def _show_only(self, kind: RowKind | None, words: str) -> None:
        self.table.show_only(kind, words)
        self._show_page()

    def _show_page(self) -> None:
        """Show the table, or say why it is empty."""
        listing = self.table.rows.listing
        if listing.entries and not listing.in_sight:
            self._page.setText(NOTHING_FOUND)
        self._stack.setCurrentWidget(self.table if listing.in_sight else self._page)

    def _show_details(self) -> None:
        entry = self.table.chosen
        text = "\n".join(details(entry, self._catalog)) if entry else ""
        if text != self._details.toPlainText():
            self._details.setPlainText(text)
        self.open_row.setEnabled(entry is not None)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(self._top())
        layout.addWidget(self._filters)
        layout.addWidget(self._stack, stretch=4)
        below = QHBoxLayout()
        below.addWidget(self._details, stretch=1)
        below.addWidget(self.open_row, alignment=Qt.AlignmentFlag.AlignTop)
        layout.addLayout(below, stretch=1)
        last = QHBoxLayout()
        last.addWidget(self._told, stretch=1)
        last.addWidget(self._bar, stretch=1)
        last.addWidget(self.cancel)
        last.addWidget(self.close_window)
        layout.addLayout(last)

    def _top(self) -> QHBoxLayout:
        top = QHBoxLayout()
        for button in (self.open, self.save_csv, self.save_json):
            top.addWidget(button)
        top.addStretch()
        for button in (self.template, self.columns):
            top.addWidget(button)
        return top

    def _fit_details(self) -> None:
        """Keep the details of a row three to six lines tall at any text size."""
        room = 2 * self._details.document().documentMargin() + 2 * self._details.frameWidth()
        line = self._details.fontMetrics().lineSpacing()
        self._details.setMinimumHeight(_LEAST_DETAIL_LINES * line + int(room))
        self._details.setMaximumHeight(_MOST_DETAIL_LINES * line + int(room))


def columns_dialog(library: Library, parent: QWidget) -> QDialog:
    """Return the window that explains what each column of a worklist may contain."""
    title = "Columns of a worklist"
    return reading_dialog(title, parent, ReadingPage(title, html=_columns_html(library)))


def _columns_html(library: Library) -> str:
    top = tuple(Cell(one, HEAD) for one in COLUMN_HEADINGS)
    rows = (tuple(Cell(text, "") for text in row) for row in column_rows(library))
    return paragraph(INTRODUCTION) + table(Columns((0, 0, 0)), (top, *rows), "")


def _button(text: str, name: str) -> QPushButton:
    button = QPushButton(text)
    set_up_button(button, name)
    return button
