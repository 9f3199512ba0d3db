"""The results of the rows of a worklist: as values to list and count, as CSV and as JSON Lines.

Each row gives one line of output, in the same order. Cells are for machines, too: plain numbers,
ISO dates, the contract's own words.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

from app.casework.determine import Refusal, determine_case
from app.casework.typed_text import SEPARATOR
from app.files.json_forms import determination_json
from app.library import Library
from app.model.determination import ApprovalStatus, Determination, RequestStatus
from app.model.treatment import CycleSchedule
from app.output.plain_text import refusal_text
from app.worklist.csv_format import BYTE_ORDER_MARK, CSV_LINE_END, RESULT_COLUMNS, csv_line
from app.worklist.sheets import Sheet, SheetRow, kind_of

RowKind = ApprovalStatus | Literal["problem"]
ROW_KINDS: tuple[RowKind, ...] = (
    "criteria_met",
    "criteria_not_met",
    "information_missing",
    "clinician_review",
    "problem",
)
JSON_LINE_END = b"\n"


@dataclass(frozen=True, slots=True)
class Result:
    """The result of one row; without a status there are `problems`, one per line.

    `unconfirmed` are the unusual measurements that are not confirmed; `to_check` has the texts of
    Aldesk's checks.
    """

    reference: str = ""
    status: ApprovalStatus | None = None
    summary: str = ""
    max_dose_iu: int | None = None
    per: str = ""
    missing: tuple[str, ...] = ()
    request_status: RequestStatus | None = None
    second_cycle_earliest: date | None = None
    next_course_earliest: date | None = None
    approval_start: date | None = None
    approval_end: date | None = None
    policy_version: str = ""
    policy_sha256: str = ""
    site_policy: str = ""
    unconfirmed: tuple[str, ...] = ()
    to_check: str = ""
    problems: str = ""


def refused(refusal: Refusal, reference: str) -> Result:
    """Return the result of a row without a determination; the reference identifies the row."""
    return Result(reference=reference, problems=refusal_text(refusal.problems))


def result_of(determination: Determination) -> Result:
    """Return the values that a worklist shows of a determination."""
    limit, period = determination.dose_limit, determination.approval_period
    checks = [note for note in determination.notes if note.kind == "check"]
    second_cycle, next_course = _earliest(determination)
    return Result(
        reference=determination.reference or "",
        status=determination.approval_status,
        summary=determination.summary,
        max_dose_iu=limit.max_dose_iu if limit else None,
        per=limit.per if limit else "",
        missing=(*determination.eligibility.missing, *(limit.missing if limit else ())),
        request_status=determination.request_check.status,
        second_cycle_earliest=second_cycle,
        next_course_earliest=next_course,
        approval_start=period.start if period else None,
        approval_end=period.end if period else None,
        policy_version=determination.policy.version,
        policy_sha256=determination.policy.sha256,
        site_policy=" ".join(one.text for one in determination.notes if one.id == "site_policy"),
        unconfirmed=determination.unconfirmed,
        to_check=" ".join(note.text for note in checks),
    )


def result_cells(number: int, result: Result) -> tuple[str, ...]:
    """Return the cells of the result columns for the row with this number."""
    return (
        str(number),
        result.status or "",
        result.summary,
        "" if result.max_dose_iu is None or result.unconfirmed else str(result.max_dose_iu),
        result.per,
        SEPARATOR.join(result.missing),
        result.request_status or "",
        *(
            "" if day is None else day.isoformat()
            for day in (
                result.second_cycle_earliest,
                result.next_course_earliest,
                result.approval_start,
                result.approval_end,
            )
        ),
        result.policy_version,
        result.policy_sha256,
        result.site_policy,
        result.to_check,
        result.problems.replace("\n", " "),
    )


def _earliest(determination: Determination) -> tuple[date | None, date | None]:
    """Return the earliest dates of the second cycle and of another course, None if unknown.

    They count from the doses given or, without any, from the plan.
    """
    check = determination.course_check
    if check is not None:
        return check.second_cycle_earliest, check.next_course_earliest
    plan = determination.schedule
    if not isinstance(plan, CycleSchedule):
        return None, None
    return plan.cycles[1].first_day, plan.next_course_earliest


@dataclass(frozen=True, slots=True)
class AnsweredRow:
    """A row with its result."""

    row: SheetRow
    result: Result

    @property
    def kind(self) -> RowKind:
        """The status, or "problem" without one."""
        return self.result.status or "problem"

    def has(self, words: str) -> bool:
        """Return whether the row contains these words, which must be in lower case."""
        result = self.result
        return words in f"{result.reference}\n{result.summary}\n{result.problems}".casefold()


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output without its line break; `bad` if the row has no determination."""

    text: bytes
    bad: bool


def answered(sheet: Sheet, row: SheetRow, library: Library) -> Result:
    """Return the result of one row."""
    try:
        return result_of(determine_case(sheet.case(row), library))
    except Refusal as refusal:
        cells = dict(zip(sheet.columns, sheet.cells(row), strict=True))
        return refused(refusal, cells.get("reference", ""))


def csv_answers(sheet: Sheet, library: Library) -> Iterator[Line]:
    """Yield each row with its result in further cells; `csv_heading` is the row before them."""
    for row in sheet.rows():
        yield csv_answer(sheet, row, answered(sheet, row, library))


def json_answers(sheet: Sheet, library: Library) -> Iterator[Line]:
    """Yield the determination of each row, or its error."""
    for row in sheet.rows():
        yield json_answer(sheet, row, library)


def csv_heading(sheet: Sheet) -> bytes:
    """Return the row of headings of an output, with its line break."""
    line = csv_line((*sheet.columns, *RESULT_COLUMNS), sheet.separator)
    return BYTE_ORDER_MARK + line + CSV_LINE_END


def csv_answer(sheet: Sheet, row: SheetRow, result: Result) -> Line:
    """Return a row with its result in further cells."""
    cells = (*sheet.cells(row), *result_cells(row.number, result))
    return Line(csv_line(cells, sheet.separator), bad=result.status is None)


def json_answer(sheet: Sheet, row: SheetRow, library: Library) -> Line:
    """Return the determination of a row, or its error with the number of the row."""
    try:
        return Line(determination_json(determine_case(sheet.case(row), library)), bad=False)
    except Refusal as refusal:
        place = sheet.place(row)
        problems = (replace(one, message=f"{place}{one.message}") for one in refusal.problems)
        told = Refusal(refusal.kind, tuple(problems))
        return Line(json.dumps(told.as_json()).encode(), bad=True)


def file_parts(
    sheet: Sheet, entries: Iterable[AnsweredRow], library: Library, name: str
) -> Iterator[bytes]:
    """Yield a file of finished rows in pieces, of the kind that its name tells. Raises Refusal."""
    if kind_of(name) == "csv":
        yield csv_heading(sheet)
        for entry in entries:
            yield csv_answer(sheet, entry.row, entry.result).text + CSV_LINE_END
    else:
        for entry in entries:
            yield json_answer(sheet, entry.row, library).text + JSON_LINE_END
