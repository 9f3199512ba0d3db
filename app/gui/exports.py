"""Exports of the current outcome: each is one row of `EXPORTS`, beside summary and print."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication, QWidget

from app.atomic_file import save, why_not
from app.casework.outcome import Outcome
from app.files.sealed_json import SealedJsonError
from app.files.standing import Standing
from app.gui.saving import Save
from app.gui.widgets.dialogs import file_to_save, show_problem
from app.output.messages import not_saved, record_too_large

if TYPE_CHECKING:  # not needed at startup
    from app.output.report import Report


def _pdf(report: "Report") -> bytes:
    from app.paper.report import report_pdf  # noqa: PLC0415  # not needed at startup

    return report_pdf(report)


def _calendar(report: "Report") -> bytes | None:
    from app.output.calendar import calendar_bytes  # noqa: PLC0415  # not needed at startup

    return calendar_bytes(report.determination, report.case)


def _record(report: "Report") -> bytes:
    from app.files.record import record_bytes  # noqa: PLC0415  # not needed at startup

    return record_bytes(report.case, report.determination)


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of file; `write` returns None where the result has none, and `why_none` says why."""

    wanted: str
    command: str
    kind: str
    suffix: str
    write: "Callable[[Report], bytes | None]"
    why_none: str = ""

    @property
    def kinds(self) -> str:
        """The name filter of a file dialog."""
        return f"{self.kind} (*.{self.suffix})"


_NO_DATES = "There are no dates. Enter the first dose of a therapy with documented dosing."
RECORD = Export("record", "Sa&ve a record…", "Aldesk record", "aldesk-record", _record)
EXPORTS = (
    Export("report", "Save the report as P&DF…", "PDF file", "pdf", _pdf),
    Export("calendar", "Save the ca&lendar…", "Calendar", "ics", _calendar, _NO_DATES),
    RECORD,  # the last one, because a line stands above it in the menu
)


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

        if (report := self._exportable("summary")) is not None:
            QApplication.clipboard().setText(chart_note(report.outcome, self._remark))
            self._tell("The summary is on the clipboard.")

    def print_report(self) -> None:
        """Print the report, or save it where there is no printer."""
        from app.gui.printing import print_report  # noqa: PLC0415  # not needed at startup

        if (report := self._exportable("report")) is not None:
            self._tell(print_report(report, self._window))

    def save(self, export: Export) -> None:
        """Save one kind of file where the person chooses, or say why there is none."""
        if (report := self._exportable(export.wanted)) is None:
            return
        try:
            data = export.write(report)
        except SealedJsonError:
            words = record_too_large(report.determination)
            show_problem(self._window, "The record was not saved", words)
            return
        if data is None:
            show_problem(self._window, f"No {export.wanted} yet", export.why_none)
            return
        self._choose(export, data)

    def _choose(self, export: Export, data: bytes) -> None:
        """Let the person choose a file; ask before another one is replaced."""
        title, name = f"Save the {export.wanted}", f"Aldesk {export.wanted}.{export.suffix}"
        path = file_to_save(self._window, title, export.kinds, export.suffix, name)
        if path is None:
            return

        def write(standing: Standing) -> None:
            save(path, data, standing)
            self._tell(f"Saved as {path.name}.")

        def fail(error: OSError) -> None:
            show_problem(self._window, "Not saved", not_saved(path.name, why_not(error)))

        Save(self._window, path, write, lambda: self._choose(export, data), fail).begin()

    def _exportable(self, wanted: str) -> "Report | None":
        """Return the result; if there is none, say why not and return None."""
        outcome = self._outcome
        if outcome is None or outcome.determination is None:
            words = outcome.prompt if outcome else "There is no result."
        else:
            from app.output.report import report_of  # noqa: PLC0415  # not needed at startup

            return report_of(outcome, datetime.now().astimezone(), self._remark)
        show_problem(self._window, f"No {wanted} yet", words)
        return None
