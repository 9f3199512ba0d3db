"""What a report is made from, and its tables: reasons, limits, request, plan, case, criteria.

A place in the policy's document is told without the document's name, which the head of its column
has. What is held back shows neither itself nor a number that tells it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest

from app.casework.outcome import Outcome
from app.model.case import Case, known
from app.model.catalog import Catalog
from app.model.determination import (
    Determination,
    DoseLimit,
    Finding,
    Judged,
    JudgedComparison,
    children,
)
from app.model.policy import Policy
from app.model.treatment import CycleSchedule, Schedule
from app.output.course_sections import ScheduleRow, earliest_rows, schedule_rows
from app.output.html import Cell, Columns, table
from app.output.phrases import (
    UNCONFIRMED_TOO,
    CitedRow,
    finding_text,
    limit_rows,
    requested_text,
    result_text,
    seen_text,
)
from app.output.sections import entered_rows, reason_rows

_LABEL, _QUIET, _RESULT = "label", "quiet", "result"
_DEEPEST = 4
_Cells = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """A result with all that it was made from; `printed_at` is the clock where it is printed.

    `remark` is what holds for the whole case, such as that it is a worked example.
    """

    outcome: Outcome
    determination: Determination
    policy: Policy
    case: Case
    catalog: Catalog
    printed_at: datetime
    remark: str

    @property
    def is_unconfirmed(self) -> bool:
        """Whether a measurement waits for a confirmation: then no dose is told."""
        return bool(self.outcome.unconfirmed)

    def place(self, citation: str | None) -> str:
        """Return a place in the policy's document without its name, which stands above it."""
        return (citation or "").removeprefix(f"{self.policy.document}: ")


def report_of(outcome: Outcome, catalog: Catalog, printed_at: datetime, remark: str = "") -> Report:
    """Return the report of an outcome. Raises ValueError where there is no result to report."""
    determination, policy, case = outcome.determination, outcome.policy, outcome.draft.case
    if determination is None or policy is None or case is None:
        raise ValueError("There is no result to report.")
    return Report(outcome, determination, policy, case, catalog, printed_at, remark)


def reasons_table(report: Report) -> str:
    """Return what decides the status."""
    rows = reason_rows(report.outcome, report.catalog)
    return table(Columns((11, 61, 28)), (_cited(report, row, _RESULT) for row in rows))


def limits_table(report: Report, limit: DoseLimit) -> str:
    """Return every documented limit beside the dose, and from when what follows may begin."""
    rows = (*limit_rows(limit), *earliest_rows(report.determination))
    return table(Columns((26, 43, 31)), (_cited(report, row, _LABEL) for row in rows))


def rows_table(report: Report, rows: Iterable[CitedRow]) -> str:
    """Return statements of the course, the preparation or the forecast, each with its source."""
    return table(Columns((20, 49, 31)), (_cited(report, row, _LABEL) for row in rows))


def request_table(report: Report) -> str:
    """Return each requested value with what was found about it."""
    found = {one.field: one for one in report.determination.request_check.findings}
    requested = known(report.case.requested)
    findings = (
        found.get(name, Finding(name, value, None, "no_limit_stated", None))
        for name, value in requested.items()
    )
    heads = ("Requested", "", "Against the limit", _place_head(report))
    rows = (_finding_cells(report, one) for one in findings)
    return table(Columns((22, 20, 27, 31), heads), rows)


def _finding_cells(report: Report, finding: Finding) -> _Cells:
    is_unconfirmed = report.is_unconfirmed and finding.field == "dose_iu"
    words = (
        ("", UNCONFIRMED_TOO)
        if is_unconfirmed
        else (requested_text(finding), finding_text(finding))
    )
    label = report.catalog.label(f"requested.{finding.field}")
    return Cell(label, _LABEL), *map(Cell, words), _place(report, finding.citation)


def schedule_table(schedule: Schedule) -> str:
    """Return the plan in two halves beside each other: both cycles, or earlier and later dates."""
    rows = tuple(schedule_rows(schedule))
    half = -(-len(rows) // 2)
    if isinstance(schedule, CycleSchedule):
        half = [row.part for row in rows].index("Cycle 2")
    sides = zip_longest(rows[:half], rows[half:], fillvalue=ScheduleRow("", "", ""))
    cells = ((*_dates(left), *_dates(right)) for left, right in sides)
    return table(Columns((9, 17, 24) * 2, ("Part", "Dates", "Doses") * 2), cells)


def _dates(row: ScheduleRow) -> _Cells:
    return Cell(row.part, _LABEL), Cell(row.dates), Cell(row.doses)


def entered_table(report: Report) -> str:
    """Return the case as it was entered, in two halves beside each other."""
    rows = tuple(entered_rows(report.case, report.catalog))
    half = -(-len(rows) // 2)
    sides = zip_longest(rows[:half], rows[half:], fillvalue=("", ""))
    cells = ((*_entry(*left), *_entry(*right)) for left, right in sides)
    return table(Columns((29, 21) * 2), cells)


def _entry(label: str, words: str) -> _Cells:
    return Cell(label, _LABEL), Cell(words)


def criteria_table(report: Report) -> str:
    """Return every criterion with its result, what was seen, and its place."""
    heads = ("Criterion", "Result", "Answer", _place_head(report))
    rows = _criterion_rows(report, report.determination.eligibility.criteria)
    return table(Columns((42, 13, 17, 28), heads), rows)


def _criterion_rows(report: Report, judged: Judged, depth: int = 0) -> Iterator[_Cells]:
    seen = seen_text(judged, report.catalog) if isinstance(judged, JudgedComparison) else ""
    text = Cell(judged.text, f"depth{min(depth, _DEEPEST)}")
    yield text, Cell(result_text(judged), _RESULT), Cell(seen), _place(report, judged.citation)
    for child in children(judged):
        yield from _criterion_rows(report, child, depth + 1)


def _cited(report: Report, row: CitedRow, role: str) -> _Cells:
    return Cell(row.label, role), Cell(row.text), _place(report, row.citation)


def _place(report: Report, citation: str | None) -> Cell:
    return Cell(report.place(citation), _QUIET)


def _place_head(report: Report) -> str:
    return f"Place in {report.policy.document}"
