"""Judges saved cases by two versions of a policy, with a table row for each change.

Works in short slices, so that the window stays responsive. Reads the chosen files, writes none.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QModelIndex
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.atomic_file import why_not
from app.bounded_file import open_file
from app.casework.replay import Replay, replay
from app.gui.widgets.dialogs import files_to_open, set_up_button
from app.gui.widgets.jobs import Job, JobRunner, done_ahead
from app.gui.widgets.labels import WrappedLabel, message_label, show_message
from app.gui.widgets.page import plain_view
from app.gui.widgets.tables import PlainTable, WordsModel
from app.library import Library
from app.library.site import NewPolicy
from app.model.case import Case
from app.model.case_fields import Fields
from app.model.policy import Policy
from app.output.messages import judging_words
from app.output.policy_changes import NO_REPLAY
from app.output.replay import (
    MEANING,
    REPLAY_FAILED,
    REPLAY_HEADINGS,
    REPLAY_STOPPED,
    ReplayRow,
    ReplayTally,
)
from app.worklist.case_sources import cases_in

_KINDS = "Cases and worklists (*.aldesk *.json *.jsonl *.csv);;All files (*)"
_FULL = 1000  # steps of the progress bar
_DETAIL_LINES = 3
_SAMPLES = (
    "Worklist.csv, row 10,000",
    "Its reference",
    "Rest before the second cycle",
    "42,300,000 International Units (42.3 million)",
    "",  # the last column takes the remaining width
)


class _Rows(WordsModel):
    """The table model of the changes."""

    def __init__(self) -> None:
        super().__init__(REPLAY_HEADINGS)
        self.rows: list[ReplayRow] = []

    def count(self) -> int:
        """Return the number of rows."""
        return len(self.rows)

    def cells(self, row: int) -> Sequence[str]:
        """Return the texts of a row."""
        one = self.rows[row]
        return one.name, one.reference, one.what, one.before, one.after

    def clear(self) -> None:
        """Remove every row."""
        self.beginResetModel()
        self.rows = []
        self.endResetModel()

    def add(self, rows: Sequence[ReplayRow]) -> None:
        """Append rows."""
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()


class ReplayTable(PlainTable):
    """Shows the changes in the order in which they were found."""

    def __init__(self) -> None:
        self.rows = _Rows()
        super().__init__(self.rows, "Cases that change", _SAMPLES)
        self.setObjectName("replay")

    def chosen_text(self) -> str:
        """Return the full text of the selected row, or an empty text."""
        found = self.selectionModel().selectedRows()
        if not found:
            return ""
        row = self.rows.rows[found[0].row()]
        case = ", ".join(filter(None, (row.name, row.reference)))
        sides = (f"Before: {row.before}", f"Now: {row.after}") if row.before else (row.after,)
        return "\n".join((f"{case}: {row.what}", *sides))


class ReplayView(QWidget):
    """Asks for files with cases, and shows those whose result changes."""

    def __init__(self, new: NewPolicy, library: Library) -> None:
        super().__init__()
        self._new = new
        self._reference_data, self._fields = library.reference_data, library.fields
        self._tally = ReplayTally()
        self._pending: list[ReplayRow] = []
        self._is_stopped = self._is_whole = False
        self._jobs = JobRunner(self)
        self._jobs.moved.connect(self._show_progress)
        self._jobs.ended.connect(self._end)
        self._judge = QPushButton("&Judge saved cases…")
        self._stop = QPushButton("Sto&p")
        self._bar = QProgressBar()
        self._told = message_label("replay_told")
        self._table = ReplayTable()
        self._details = plain_view("", "The chosen row")
        self._prepare()
        self._lay_out()
        self._show_running(is_running=False)

    @property
    def is_running(self) -> bool:
        """Whether cases are being judged."""
        return self._jobs.is_running

    def judge_files(self, paths: Sequence[Path]) -> None:
        """Judge the cases of these files by both versions, if there is an earlier version."""
        if self._new.before is None:
            return
        self._jobs.stop()
        self._tally, self._pending = ReplayTally(), []
        self._is_stopped = self._is_whole = False
        self._table.rows.clear()
        self._jobs.start(self._judging(paths, self._new.before), judging_words)
        self._show_running(is_running=True)

    def stop(self) -> None:
        """Stop at once; keep what was found so far."""
        if self.is_running:
            self._jobs.stop()
            self._is_stopped = True
            self._end()

    def changeEvent(self, event: QEvent) -> None:
        """Keep the details of a row three lines tall at any text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            margins = 2 * int(self._details.document().documentMargin())
            lines = _DETAIL_LINES * self._details.fontMetrics().lineSpacing()
            self._details.setFixedHeight(lines + margins)

    def _prepare(self) -> None:
        set_up_button(self._judge, "Judge saved cases by both versions")
        set_up_button(self._stop, "Stop judging")
        self._judge.clicked.connect(self._choose)
        self._stop.clicked.connect(self.stop)
        self._bar.setAccessibleName("Progress")
        self._bar.setRange(0, _FULL)
        self._details.setObjectName("replay_row")
        self._details.verticalScrollBar().setAccessibleName("Scroll the chosen row")
        self.setAutoFillBackground(True)
        self._table.selectionModel().selectionChanged.connect(self._show_details)
        self._table.rows.modelReset.connect(self._show_details)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self._judge)
        top.addWidget(self._bar, stretch=1)
        top.addWidget(self._stop)
        top.addStretch()
        layout = QVBoxLayout(self)
        layout.addWidget(WrappedLabel(MEANING if self._new.before else NO_REPLAY))
        layout.addLayout(top)
        layout.addWidget(self._told)
        layout.addWidget(self._table, stretch=3)
        layout.addWidget(self._details)
        layout.addStretch()
        self._table.hide()
        self._details.hide()

    def _choose(self) -> None:
        paths = files_to_open(self, "Judge saved cases", _KINDS)
        if paths:
            self.judge_files(paths)

    def _judging(self, paths: Sequence[Path], before: Policy) -> Job:
        for place, path in enumerate(paths):
            done = 0.0
            try:
                with closing(done_ahead(partial(_cases_in, path, self._fields))) as cases:
                    for one in cases:
                        if one is not None:
                            found, done = one
                            self._judge_one(found, before)
                        yield (place + min(done, 1)) / len(paths)
            except OSError as error:
                self._add(Replay(0, 0, ((path.name, why_not(error)),), ()))
        self._is_whole = True

    def _judge_one(self, found: tuple[str, Case | str], before: Policy) -> None:
        self._add(replay([found], before, self._new.policy, self._reference_data))

    def _add(self, part: Replay) -> None:
        self._pending += self._tally.add(part)

    def _show_progress(self, done: float) -> None:
        self._show_pending()
        self._bar.setValue(int(done * _FULL))
        self._told.setText(self._tally.text())

    def _show_pending(self) -> None:
        pending, self._pending = self._pending, []
        self._table.rows.add(pending)
        has_rows = bool(self._table.rows.rows)
        self._table.setVisible(has_rows)
        self._details.setVisible(has_rows)

    def _end(self) -> None:
        """Show the counts, and say so if not every case was judged."""
        self._show_pending()
        self._show_running(is_running=False)
        missing = "" if self._is_whole else REPLAY_STOPPED if self._is_stopped else REPLAY_FAILED
        show_message(self._told, f"{self._tally.text()} {missing}".strip())

    def _show_running(self, *, is_running: bool) -> None:
        had_focus = self._stop.hasFocus()
        self._judge.setEnabled(not is_running and self._new.before is not None)
        for one in (self._bar, self._stop):
            one.setVisible(is_running)
        self._bar.setValue(0)
        if is_running:
            self._stop.setFocus()
        elif had_focus:
            self._judge.setFocus()

    def _show_details(self) -> None:
        self._details.setPlainText(self._table.chosen_text())


def _cases_in(path: Path, fields: Fields) -> Iterator[tuple[tuple[str, Case | str], float]]:
    """Yield the cases in a file, each with how much is read, from 0 to 1. Raises OSError."""
    with open_file(path) as source:
        size = max(path.stat().st_size, 1)
        for found in cases_in(source, path.name, fields):
            yield found, source.tell() / size
