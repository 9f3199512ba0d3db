"""The worklist window: reads many cases from a file, shows their results and saves them.

Long work runs in short slices, so that the window stays responsive. Only chosen files are written.
"""

from collections.abc import Callable, Generator, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from app.atomic_file import why_not
from app.casework.determine import Refusal
from app.gui.leaving import ask_to_stop
from app.gui.look.theme import Role
from app.gui.widgets.dialogs import file_to_open
from app.gui.widgets.jobs import Job, JobRunner, done_ahead
from app.gui.worklist.exports import FinishedRows, WorklistExports
from app.gui.worklist.reading import Answers, Found, rows_in
from app.gui.worklist.view import WorklistView, columns_dialog
from app.library import Library
from app.output.messages import reading_words
from app.output.plain_text import refusal_text
from app.worklist.held import HeldRow
from app.worklist.sheets import Sheet
from app.worklist.text import (
    NO_CASE,
    NO_ROWS,
    NOTHING_SAVED,
    READING,
    WORKLIST_FAILED,
    cancelled_words,
    done_words,
    full_words,
    refused_words,
)

_WORKLISTS = "Worklists (*.csv *.jsonl);;All files (*)"
OTHER_POLICIES = "The policies have changed since the worklist was read. Open it again."


class WorklistWindow(QDialog):
    """Shows one worklist; `row_wanted` emits the case of a row for the main window."""

    row_wanted = Signal(object)

    def __init__(self, library: Library, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._sheet: Sheet | None = None
        self._source = Path()
        self._pending: list[HeldRow] = []
        self._is_part = self._is_reading = self._is_outdated = False
        self._told = ""
        self._jobs = JobRunner(self)
        self._jobs.moved.connect(self._show_progress)
        self._jobs.ended.connect(self._end)
        self._view = WorklistView(library.catalog)
        self._exports = WorklistExports(
            self, self._view, lambda: self._library.fields, self._finished_rows, self._start_saving
        )
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
        """Use this library from now on; if it is another one, remove the rows of the previous.

        A save that runs is completed first, by the library of its rows.
        """
        if library is self._library:
            return
        self._library = library
        if self._sheet is None:
            return
        self._is_outdated = True
        if not self._is_saving:
            self.cancel()
            self._remove_outdated()

    def open_file(self, path: Path) -> None:
        """Read a worklist, and determine each row; ask first if one is being saved."""
        if self._is_saving:
            ask_to_stop(self, partial(self._stop_and, partial(self.open_file, path)))
            return
        self.cancel()
        self._sheet, self._pending, self._is_part = None, [], True
        self._source, self._is_outdated = path, False
        self._view.start_anew(READING)
        self.setWindowTitle(f"Worklist: {path.name}")
        self._start(self._reading(path), partial(reading_words, path.name), is_reading=True)

    def export(self, path: Path) -> None:
        """Save all rows that are done, with their results; the name of the file tells its kind."""
        self._exports.export(path)

    def cancel(self) -> None:
        """Stop at once, and keep the rows that are done; a save that is all written goes on."""
        if self.is_running and self._view.cancel.isEnabled():
            self._jobs.stop()
            self._show_pending()
            rows = len(self._entries)
            self._told = cancelled_words(rows) if self._is_reading else NOTHING_SAVED
            self._end()

    def reject(self) -> None:
        """On Escape, cancel reading, ask about saving, or close the window if nothing runs."""
        if self._is_saving:
            self.close()
        elif self.is_running:
            self.cancel()
        else:
            super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask if something runs; keep the rows until another file is opened or Aldesk ends."""
        if self.is_running and self._view.cancel.isEnabled():
            event.ignore()
            ask_to_stop(self, partial(self._stop_and, self.close))
        else:
            super().closeEvent(event)

    def _stop_and(self, go_on: Callable[[], object]) -> None:
        self.cancel()
        go_on()

    @property
    def _is_saving(self) -> bool:
        return self.is_running and not self._is_reading

    @property
    def _entries(self) -> list[HeldRow]:
        return self._view.table.rows.listing.entries

    def _connect(self) -> None:
        view, exports = self._view, self._exports
        for button, act in (
            (view.open, self._choose),
            (view.save_csv, partial(exports.choose, "csv")),
            (view.save_json, partial(exports.choose, "json_lines")),
            (view.template, exports.choose_template),
            (view.columns, lambda: columns_dialog(self._library, self).show()),
            (view.cancel, self.cancel),
            (view.close_window, self.close),
        ):
            button.clicked.connect(act)
        view.activated.connect(self._open_row)

    def _start(self, job: Job, what_is_lost: Callable[[float], str], *, is_reading: bool) -> None:
        self._is_reading, self._told = is_reading, WORKLIST_FAILED
        self._jobs.start(job, what_is_lost)
        self._view.show_running(is_running=True)

    def _start_saving(self, job: Job, what_is_lost: Callable[[float], str]) -> None:
        self._start(self._then_tell(job), what_is_lost, is_reading=False)

    def _then_tell(self, job: Job) -> Job:
        yield from job
        self._told = self._exports.told

    def _finished_rows(self) -> FinishedRows | None:
        """Return the rows that can be saved, none while something runs."""
        if self._sheet is None or self.is_running:
            return None
        return FinishedRows(self._sheet, self._library, self._source, self._entries, self._is_part)

    def _reading(self, path: Path) -> Job:
        answers = Answers(self._library)
        try:
            with closing(done_ahead(partial(rows_in, path, self._library.fields))) as found:
                self._is_part = yield from self._determining(found, answers)
        except OSError as error:
            self._refuse(path.name, why_not(error))
        except Refusal as refusal:
            self._refuse(path.name, refusal_text(refusal.problems))
        else:
            rows = len(self._entries) + len(self._pending)
            self._told = full_words(rows) if self._is_part else ""
            if not rows:
                self._view.start_anew(NO_ROWS)

    def _determining(
        self, found: Iterable[Found | None], answers: Answers
    ) -> Generator[float, None, bool]:
        """Determine each row; return whether there are more than the window holds."""
        done = 0.0
        for one in found:
            if one is not None:
                self._sheet, row, done = one
                if row is not None and answers.is_full:
                    return True
                if row is not None:
                    self._pending.append(answers.answer(self._sheet, row))
            yield done
        return False

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
        told = self._told or done_words(self._view.counts)
        self._remove_outdated()
        self._view.tell(told)

    def _remove_outdated(self) -> None:
        """Remove the rows of a library that is not used any more."""
        if self._is_outdated:
            self._sheet, self._is_outdated = None, False
            self._view.start_anew(OTHER_POLICIES)
            self._view.show_running(is_running=False)

    def _refuse(self, name: str, why: str) -> None:
        self._sheet, self._pending = None, []
        self._view.start_anew(refused_words(name, why), Role.PROBLEM)
        self._told = f"{name} was not opened."

    def _choose(self) -> None:
        path = file_to_open(self, "Open a worklist", _WORKLISTS)
        if path is not None:
            self.open_file(path)

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
