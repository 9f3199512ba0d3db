"""Reads the file of a worklist row by row, and the case of each row.

A bad row has a problem and does not affect the others; a file is refused only if it cannot be read
as a whole. Rows are streamed, so memory does not grow with their number.
"""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from app.casework.determine import Refusal, read_json_case
from app.casework.typed_text import cells_of, read_cells
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS
from app.model.case_json import InvalidCase, Problem
from app.worklist.csv_format import ROW_NUMBERS_START, Header, Records, refuse_other_encodings

CSV_SUFFIX = ".csv"


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row: its number in the spreadsheet or editor, and its content as JSON.

    `problem` says why the row cannot be split into cells, else it is empty.
    """

    number: int
    content: bytes
    problem: str = ""


class Sheet(Protocol):
    """A worklist that is open."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the input, which an output repeats."""

    @property
    def separator(self) -> str:
        """The separator between the cells of a CSV output."""

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows in the order of the file; can be used only once."""

    def case(self, row: SheetRow) -> Case:
        """Return the case of a row. Raises Refusal."""

    def cells(self, row: SheetRow) -> tuple[str, ...]:
        """Return the cells of a row, in the order of the columns."""

    def place(self, row: SheetRow) -> str:
        """Return a prefix for an error in JSON Lines if the row may be on another line, or ""."""


def is_csv(name: str) -> bool:
    """Return whether a file name ends in .csv; all other worklists are JSON Lines."""
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
    """Open a worklist in short steps, each yielding 0 as its progress. Raises Refusal."""
    if not is_csv(name):
        return LineSheet(source)
    for _ in refuse_other_encodings(source):
        yield 0.0
    return CsvSheet(source)


class CsvSheet:
    """A CSV file: a row of headings, and below it one case in each row."""

    def __init__(self, source: BinaryIO) -> None:
        self._records = Records(source)
        self._header = Header(self._records)
        self.columns = self._header.columns
        self.separator = self._records.separator

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that are not blank."""
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
        """Return the cells as in the file; empty cells for an unreadable row."""
        return tuple(json.loads(row.content)) if row.content else ("",) * len(self.columns)

    def place(self, row: SheetRow) -> str:
        """Return the number of the row, because blank rows have no line in the output."""
        return f"Row {row.number}: "


class LineSheet:
    """A JSON Lines file: one case on each line."""

    def __init__(self, source: BinaryIO) -> None:
        self._source = source
        self.columns = tuple(CASE_FIELDS)
        self.separator = ","

    def rows(self) -> Iterator[SheetRow]:
        """Yield every line, including blank ones."""
        for number, line in enumerate(self._source, start=ROW_NUMBERS_START):
            yield SheetRow(number, line)

    def case(self, row: SheetRow) -> Case:
        """Return the case of a line. Raises Refusal."""
        return read_json_case(row.content)

    def cells(self, row: SheetRow) -> tuple[str, ...]:
        """Return the case of a line as cells; empty cells for a bad line."""
        try:
            return tuple(cells_of(self.case(row)).values())
        except Refusal:
            return ("",) * len(self.columns)

    def place(self, row: SheetRow) -> str:  # noqa: ARG002  # part of the protocol
        """Return "": a line of input and its line of output have the same number."""
        return ""
