"""The worklist window: reads many cases from a file, shows their results and saves them.

Long work runs in short slices, so that the window stays responsive. Only chosen files are written.
"""

import io
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from typing import BinaryIO

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.atomic_file import save, why_not
from app.bounded_file import open_file
from app.casework.determine import Refusal
from app.gui.look.theme import Role
from app.gui.widgets.dialogs import file_to_open, file_to_save
from app.gui.widgets.jobs import Job, JobRunner
from app.gui.worklist.view import WorklistView, columns_dialog
from app.library import Library
from app.output.plain_text import refusal_text
from app.worklist.results import AnsweredRow, answered, file_parts
from app.worklist.sheets import Sheet, kind_of, open_sheet
from app.worklist.template import template_csv
from app.worklist.text import (
    NO_CASE,
    NO_ROWS,
    NOTHING_SAVED,
    SAME_FILE,
    WORKLIST_FAILED,
    cancelled_words,
    done_words,
    not_saved_words,
    refused_words,
    saved_words,
)

_CSV, _JSON = "CSV (*.csv)", "JSON Lines (*.jsonl)"
_WORKLISTS = "Worklists (*.csv *.jsonl);;All files (*)"
_WAIT_S = 0.005  # seconds
OTHER_POLICIES = "The policies have changed since the worklist was read. Open it again."


class WorklistWindow(QDialog):
    """Shows one worklist; `row_wanted` emits the case of a row for the main window."""

    row_wanted = Signal(object)

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._sheet: Sheet | None = None
        self._source = Path()
        self._pending: list[AnsweredRow] = []
        self._is_part = self._is_reading = False
        self._told = ""
        self._jobs = JobRunner(self)
        self._jobs.moved.connect(self._show_progress)
        self._jobs.ended.connect(self._end)
        self._view = WorklistView(library.catalog)
        self._connect()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self.setWindowTitle("Worklist")
        self.resize(1180, 660)

    @property
    def is_running(self) -> bool:
        """Whether a file is being read or written."""
        return self._jobs.is_running

    def use(self, library: Library) -> None:
        """Use this library from now on; if it is another one, remove the rows of the previous."""
        if library is self._library:
            return
        self._library = library
        if self._sheet is not None:
            self.cancel()
            self._sheet = None
            self._view.start_anew(OTHER_POLICIES)
            if not self.is_running:  # a save that has begun is completed
                self._view.show_running(is_running=False)

    def open_file(self, path: Path) -> None:
        """Read a worklist, and determine each row."""
        self.cancel()
        self._sheet, self._pending, self._is_part = None, [], True
        self._source = path
        self._view.start_anew()
        self.setWindowTitle(f"Worklist: {path.name}")
        self._start(self._reading(path), is_reading=True)

    def export(self, path: Path) -> None:
        """Save all rows that are done, with their results, as CSV or JSON Lines by the file name.

        Refuses to overwrite the file that the rows come from.
        """
        if self._sheet is None or self.is_running:
            return
        if self._is_source(path):
            self._view.tell(not_saved_words(path.name, SAME_FILE))
            return
        try:
            kind_of(path.name)
        except Refusal as refused:
            self._view.tell(not_saved_words(path.name, refusal_text(refused.problems)))
        else:
            self._start(self._writing(self._sheet, path), is_reading=False)

    def _is_source(self, path: Path) -> bool:
        try:
            return path.samefile(self._source)
        except OSError:  # one of the two files does not exist
            return False

    def cancel(self) -> None:
        """Stop at once, and keep the rows that are done; a save that has begun is completed."""
        if self.is_running and self._view.cancel.isEnabled():
            self._jobs.stop()
            self._show_pending()
            rows = len(self._entries)
            self._told = cancelled_words(rows) if self._is_reading else NOTHING_SAVED
            self._end()

    def reject(self) -> None:
        """Cancel the running job on Escape; close the window if there is none."""
        if self.is_running:
            self.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Cancel the running job; keep the rows until another file is opened or Aldesk ends."""
        self.cancel()
        super().closeEvent(event)

    @property
    def _entries(self) -> list[AnsweredRow]:
        return self._view.table.rows.listing.entries

    def _connect(self) -> None:
        view = self._view
        for button, act in (
            (view.open, self._choose),
            (view.save_csv, lambda: self._choose_export(_CSV, "csv")),
            (view.save_json, lambda: self._choose_export(_JSON, "jsonl")),
            (view.template, self._choose_template),
            (view.columns, self._show_columns),
            (view.cancel, self.cancel),
            (view.close_window, self.close),
        ):
            button.clicked.connect(act)
        view.activated.connect(self._open_row)

    def _start(self, job: Job, *, is_reading: bool) -> None:
        self._is_reading, self._told = is_reading, WORKLIST_FAILED
        self._jobs.start(job)
        self._view.show_running(is_running=True)

    def _reading(self, path: Path) -> Job:
        try:
            with open_file(path) as source:
                self._sheet = open_sheet(source, path.name)
                yield from self._determining(self._sheet, source, path.stat().st_size)
        except OSError as error:
            self._refuse(path.name, why_not(error))
        except Refusal as refusal:
            self._refuse(path.name, refusal_text(refusal.problems))
        else:
            self._is_part, self._told = False, ""
            if not (self._entries or self._pending):
                self._view.start_anew(NO_ROWS)

    def _determining(self, sheet: Sheet, source: BinaryIO, size: int) -> Job:
        for row in sheet.rows():
            self._pending.append(AnsweredRow(row, answered(sheet, row, self._library)))
            yield source.tell() / max(size, 1)

    def _writing(self, sheet: Sheet, path: Path) -> Job:
        entries, data = self._entries, io.BytesIO()
        for place, part in enumerate(file_parts(sheet, entries, self._library, path.name)):
            data.write(part)
            yield place / (len(entries) + 1)
        self._view.cancel.setEnabled(False)
        with ThreadPoolExecutor(1) as pool:  # so that a slow disk does not block the window
            saving = pool.submit(save, path, data.getvalue())
            while not saving.done():
                wait([saving], _WAIT_S)
                yield 1.0
        try:
            saving.result()
        except OSError as error:
            self._told = not_saved_words(path.name, why_not(error))
        else:
            self._told = saved_words(path.name, len(entries), is_part=self._is_part)

    def _show_progress(self, done: float) -> None:
        self._show_pending()
        self._view.show_progress(done, done_words(self._view.counts))

    def _show_pending(self) -> None:
        pending, self._pending = self._pending, []
        self._view.add(pending)

    def _end(self) -> None:
        """Show the result of a job that has ended or was canceled."""
        self._show_pending()
        self._view.show_running(is_running=False)
        self._view.tell(self._told or done_words(self._view.counts))

    def _refuse(self, name: str, why: str) -> None:
        self._sheet, self._pending = None, []
        self._view.start_anew(refused_words(name, why), Role.PROBLEM)
        self._told = f"{name} was not opened."

    def _choose(self) -> None:
        path = file_to_open(self, "Open a worklist", _WORKLISTS)
        if path is not None:
            self.open_file(path)

    def _choose_export(self, kind: str, suffix: str) -> None:
        name = f"Worklist with results.{suffix}"
        path = file_to_save(self, "Save the results", kind, suffix, name)
        if path is not None:
            self.export(path)

    def _choose_template(self) -> None:
        name = "Worklist template.csv"
        path = file_to_save(self, "Save a template", _CSV, "csv", name)
        if path is None:
            return
        try:
            save(path, template_csv())
        except OSError as error:
            self._view.tell(not_saved_words(path.name, why_not(error)))
        else:
            self._view.tell(f"Saved as {path.name}.")

    def _show_columns(self) -> None:
        columns_dialog(self._library, self).show()

    def _open_row(self) -> None:
        entry = self._view.table.chosen
        if entry is None or self._sheet is None:
            return
        try:
            case = self._sheet.case(entry.row)
        except Refusal:
            self._view.tell(NO_CASE)
        else:
            self.row_wanted.emit(case)
