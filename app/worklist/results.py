"""The results of the rows of a worklist: to list and count, as CSV and as JSON Lines.

Each row gives one line of output, in the same order.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal

from app.casework.determine import Refusal, determine_case
from app.files.json_forms import determination_json
from app.library import Library
from app.model.determination import ApprovalStatus
from app.worklist.csv_format import BYTE_ORDER_MARK, CSV_LINE_END, RESULT_COLUMNS, csv_line
from app.worklist.result import Result, refused, result_cells, result_of
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
class AnsweredRow:
    """A row with its result."""

    row: SheetRow
    result: Result

    @property
    def kind(self) -> RowKind:
        """The status, or "problem" without one."""
        return self.result.status or "problem"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output without its line break; `bad` if the row has no determination."""

    text: bytes
    bad: bool


def answered(sheet: Sheet, row: SheetRow, library: Library) -> Result:
    """Return the result of one row."""
    try:
        case = sheet.case(row)
        return result_of(determine_case(case, library), case)
    except Refusal as refusal:
        cells = dict(zip(sheet.columns, sheet.cells(row), strict=True))
        return refused(refusal, cells.get("reference", ""))


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
