"""Exports of the current outcome: report, summary, calendar and record.

Nothing is exported while an unusual value waits to be confirmed.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from app.atomic_file import save, why_not
from app.casework.outcome import Outcome
from app.gui.widgets.dialogs import file_to_save, show_problem
from app.output.messages import not_saved

if TYPE_CHECKING:  # not needed at startup
    from app.output.report_parts import Report

_RECORD_SUFFIX = "aldesk-record"
RECORD_KIND = f"Aldesk record (*.{_RECORD_SUFFIX})"


class Exports:
    """Exports the outcome in each form, or says why there is nothing to export yet."""

    def __init__(self, window: QWidget, tell: Callable[[str], None]) -> None:
        self._window = window
        self._tell = tell
        self._outcome: Outcome | None = None
        self._remark = ""

    def show_remark(self, words: str) -> None:
        """Put a remark about the whole case into reports and summaries; an empty text puts none."""
        self._remark = words

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Export this outcome, or nothing, from now on; clear the message about an older one."""
        self._outcome = outcome
        self._tell("")

    def copy_summary(self) -> None:
        """Put the summary for a chart note on the clipboard."""
        from app.output.chart_note import chart_note  # noqa: PLC0415  # not needed at startup

        if (outcome := self._exportable("summary")) is not None:
            QApplication.clipboard().setText(chart_note(outcome, self._remark))
            self._tell("The summary is on the clipboard.")

    def print_report(self) -> None:
        """Print the report, or save it where there is no printer."""
        from app.gui.printing import print_report  # noqa: PLC0415  # not needed at startup

        if (outcome := self._exportable("report")) is not None:
            self._tell(print_report(self._report(outcome), self._window))

    def save_report(self) -> None:
        """Save the report as a PDF file."""
        from app.gui.printing import PDF_KIND  # noqa: PLC0415  # not needed at startup
        from app.paper.report import save_report_pdf  # noqa: PLC0415  # not needed at startup

        outcome = self._exportable("report")
        if outcome is None:
            return
        path = self._place("Save the report", PDF_KIND, "pdf", "Aldesk report.pdf")
        if path is not None:
            self._tell(save_report_pdf(self._report(outcome), path))

    def save_calendar(self) -> None:
        """Save the dates of the schedule as a calendar file."""
        from app.output.calendar import calendar_bytes  # noqa: PLC0415  # not needed at startup

        outcome = self._exportable("calendar")
        if outcome is None or outcome.determination is None or outcome.draft.case is None:
            return
        data = calendar_bytes(outcome.determination, outcome.draft.case.date_of_service)
        if data is None:
            words = "There are no dates. Enter the first dose of a therapy with documented dosing."
            show_problem(self._window, "No calendar yet", words)
            return
        path = self._place("Save the calendar", "Calendar (*.ics)", "ics", "Aldesk calendar.ics")
        self._write(path, data)

    def save_record(self) -> None:
        """Save the determination with its case and the policy version that it rests on."""
        from app.files.record import record_bytes  # noqa: PLC0415  # not needed at startup

        outcome = self._exportable("record")
        if outcome is None or outcome.draft.case is None or outcome.determination is None:
            return
        name = f"Aldesk record.{_RECORD_SUFFIX}"
        path = self._place("Save the record", RECORD_KIND, _RECORD_SUFFIX, name)
        self._write(path, record_bytes(outcome.draft.case, outcome.determination))

    def _exportable(self, wanted: str) -> Outcome | None:
        """Return the outcome if it may be exported; otherwise say why not and return None."""
        outcome = self._outcome
        if outcome is None or outcome.determination is None:
            words = outcome.prompt if outcome else "There is no result."
        elif outcome.unconfirmed:
            labels = ", ".join(outcome.library.catalog.label(key) for key in outcome.unconfirmed)
            words = f"First check on the chart, and confirm beside the field: {labels}."
        else:
            return outcome
        show_problem(self._window, f"No {wanted} yet", words)
        return None

    def _report(self, outcome: Outcome) -> "Report":
        from app.output.report_parts import report_of  # noqa: PLC0415  # not needed at startup

        return report_of(outcome, datetime.now().astimezone(), self._remark)

    def _place(self, title: str, kind: str, suffix: str, name: str) -> Path | None:
        return file_to_save(self._window, title, kind, suffix, name)

    def _write(self, path: Path | None, data: bytes) -> None:
        if path is None:
            return
        try:
            save(path, data)
        except OSError as error:
            show_problem(self._window, "Not saved", not_saved(path.name, why_not(error)))
        else:
            self._tell(f"Saved as {path.name}.")
