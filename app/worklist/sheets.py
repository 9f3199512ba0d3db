"""A worklist as a file has it: its rows one by one, and the case of each.

A bad row has a problem in its place and the others stay; only a file that cannot be understood as
a whole is refused. Streams, so memory does not grow with the number of rows.
"""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from app.casework.determine import Refusal, read_json_case
from app.casework.entries import cells_of, read_cells
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS
from app.model.case_json import InvalidCase, Problem
from app.worklist.csv_format import ROW_NUMBERS_START, Header, Records, refuse_other_encodings

CSV_SUFFIX = ".csv"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number as the spreadsheet or editor shows it, and its content packed.

    `problem` says why the row cannot be told apart into cells, else it is empty.
    """

    number: int
    content: bytes
    problem: str = ""


class Sheet(Protocol):
    """A worklist that is open."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that an output repeats."""

    @property
    def separator(self) -> str:
        """What stands between the cells of a CSV output."""

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows in their order; once only."""

    def case(self, row: SheetRow) -> Case:
        """Return the case of a row. Raises Refusal."""

    def cells(self, row: SheetRow) -> tuple[str, ...]:
        """Return what a row has in the columns."""

    def place(self, row: SheetRow) -> str:
        """Return the place that an error in JSON Lines is told with, if its line is another."""


def is_csv(name: str) -> bool:
    """Return whether a file is CSV by its name; all others are JSON Lines."""
    return Path(name).suffix.lower() == CSV_SUFFIX


def open_sheet(source: BinaryIO, name: str) -> Sheet:
    """Return the worklist in an open file. Raises Refusal."""
    steps = opening(source, name)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            sheet: Sheet = end.value
            return sheet


def opening(source: BinaryIO, name: str) -> Generator[float, None, Sheet]:
    """Open a worklist in short steps, none of which is any progress. Raises Refusal."""
    if not is_csv(name):
        return LineSheet(source)
    for _ in refuse_other_encodings(source):
        yield 0.0
    return CsvSheet(source)


class CsvSheet:
    """A CSV file: a row of headings, and below it one case a row."""

    def __init__(self, source: BinaryIO) -> None:
        self._records = Records(source)
        self._header = Header(self._records)
        self.columns = self._header.columns
        self.separator = self._records.separator

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that hold something."""
        for number, found in self._records:
            if isinstance(found, str):
                yield SheetRow(number, b"", found)
            elif any(cell.strip() for cell in found):
                cells, problem = self._header.arrange(found)
                yield SheetRow(number, json.dumps(cells).encode(), problem)

    def case(self, row: SheetRow) -> Case:
        """Return the case of a row. Raises Refusal."""
        if row.problem:
            raise Refusal("unreadable", (Problem("", row.problem),))
        try:
            return read_cells(dict(zip(self.columns, self.cells(row), strict=True)))
        except InvalidCase as error:
            raise Refusal("invalid_case", error.problems) from None

    def cells(self, row: SheetRow) -> tuple[str, ...]:
        """Return the cells as the file has them; of an unreadable row, empty ones."""
        return tuple(json.loads(row.content)) if row.content else ("",) * len(self.columns)

    def place(self, row: SheetRow) -> str:
        """Return the row: blank rows have no line in an output."""
        return f"Row {row.number}: "


class LineSheet:
    """JSON Lines: one case a line."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.columns = tuple(CASE_FIELDS)
        self.separator = ","

    def rows(self) -> Iterator[SheetRow]:
        """Yield every line, blank ones too."""
        for number, line in enumerate(self._source, start=ROW_NUMBERS_START):
            yield SheetRow(number, line)

    def case(self, row: SheetRow) -> Case:
        """Return the case of a line. Raises Refusal."""
        return read_json_case(row.content)

    def cells(self, row: SheetRow) -> tuple[str, ...]:
        """Return the case of a line as cells; of a bad line, empty ones."""
        try:
            return tuple(cells_of(self.case(row)).values())
        except Refusal:
            return ("",) * len(self.columns)

    def place(self, row: SheetRow) -> str:  # noqa: ARG002  # an error stands in the line's own place
        """Return nothing: a line of input and its line of output have the same number."""
        return ""
