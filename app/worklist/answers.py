"""The answers to a worklist: one line of CSV or JSON Lines for each row, in the same order."""

import csv
import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from app.batch import Refusal, determine_case
from app.library import Library
from app.output.machine import determination_json
from app.worklist.formulas import guarded
from app.worklist.listing import Entry
from app.worklist.results import RESULT_COLUMNS, Result, refused, result_cells, result_of
from app.worklist.sheets import Row, Sheet, is_csv

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # by which a spreadsheet knows UTF-8
CSV_LINE_END = b"\r\n"
JSON_LINE_END = b"\n"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of output, without its line break."""

    text: bytes
    bad: bool


def answered(sheet: Sheet, row: Row, library: Library) -> Result:
    """Return the result of one row."""
    try:
        return result_of(determine_case(sheet.case(row), library))
    except Refusal as refusal:
        cells = dict(zip(sheet.columns, sheet.cells(row), strict=True))
        return refused(refusal, cells.get("reference", ""))


def csv_answers(sheet: Sheet, library: Library) -> Iterator[Line]:
    """Yield each row with its result beside it; the row of headings comes before them."""
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


def csv_answer(sheet: Sheet, row: Row, result: Result) -> Line:
    """Return a row with its result beside it."""
    cells = (*sheet.cells(row), *result_cells(row.number, result))
    return Line(csv_line(cells, sheet.separator), bad=result.status is None)


def json_answer(sheet: Sheet, row: Row, library: Library) -> Line:
    """Return the determination of a row, or its error with the place of the row."""
    try:
        return Line(determination_json(determine_case(sheet.case(row), library)), bad=False)
    except Refusal as refusal:
        place = sheet.place(row)
        problems = (replace(one, message=f"{place}{one.message}") for one in refusal.problems)
        told = Refusal(refusal.kind, tuple(problems))
        return Line(json.dumps(told.as_json()).encode(), bad=True)


def file_parts(
    sheet: Sheet, entries: Iterable[Entry], library: Library, name: str
) -> Iterator[bytes]:
    """Yield a file of rows that are done, piece by piece: CSV or JSON Lines by its name."""
    if is_csv(name):
        yield csv_heading(sheet)
        for entry in entries:
            yield csv_answer(sheet, entry.row, entry.result).text + CSV_LINE_END
    else:
        for entry in entries:
            yield json_answer(sheet, entry.row, library).text + JSON_LINE_END


def csv_line(cells: Iterable[str], separator: str) -> bytes:
    """Return one row of CSV without its line break."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerow(guarded(cell) for cell in cells)
    return text.getvalue().encode().removesuffix(CSV_LINE_END)
