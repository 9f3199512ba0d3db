"""Reads the file of a worklist row by row, and the case of each row.

A bad row has a problem and does not affect the others; a file is refused only if it cannot be read
as a whole. Rows are streamed, so memory does not grow with their number.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from app.casework.determine import Refusal, read_json_case
from app.casework.typed_text import cells_of, read_cells
from app.model.case import Case
from app.model.case_fields import CASE_FIELDS, Fields
from app.model.case_json import InvalidCase, NotJson, parse_json
from app.worklist.csv_format import ROW_NUMBERS_START, Header, Records
from app.worklist.lines import LINE_FEED, SAVE_AS_UTF8, TOO_LONG, Lines, refusal

Kind = Literal["csv", "json_lines"]
_KINDS: dict[str, Kind] = {
    ".csv": "csv",
    ".jsonl": "json_lines",
    ".ndjson": "json_lines",
    ".json": "json_lines",
}
_SUFFIX: dict[Kind, str] = {"csv": ".csv", "json_lines": ".jsonl"}
_WORDS: dict[Kind, str] = {"csv": "CSV", "json_lines": "JSON Lines"}
_STREAM = "-"
_NO_KIND = "The name of a worklist ends in .csv, or for JSON Lines in .jsonl, .ndjson or .json."
_WORKBOOK = f"A workbook is neither read nor written as a worklist. {SAVE_AS_UTF8} {_NO_KIND}"
_ADVICE = {
    **dict.fromkeys((".xlsx", ".xlsm", ".xls", ".ods"), _WORKBOOK),
    **dict.fromkeys(
        (".tsv", ".tab", ".txt"), f"{_NO_KIND} Cells in a .csv may also be separated by tabs."
    ),
}

_LONGEST_REFERENCE = 40


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

    @property
    def blank_rows(self) -> int:
        """How many rows without any cell were passed over so far; they have no line of output."""

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows in the order of the file; can be used only once."""

    def case(self, row: SheetRow) -> Case:
        """Return the case of a row. Raises Refusal."""

    def cells(self, row: SheetRow) -> tuple[str, ...]:
        """Return the cells of a row, in the order of the columns."""

    def place(self, row: SheetRow) -> str:
        """Return a prefix for an error in JSON Lines if the row may be on another line, or ""."""


def kind_of(name: str) -> Kind:
    """Return the kind of a worklist by its name, the same for reading and writing; - is a stream.

    Raises Refusal for a name that tells none: the kind is never guessed.

    >>> kind_of("list.CSV"), kind_of("-")
    ('csv', 'json_lines')
    """
    suffix = Path(name).suffix.lower()
    if name == _STREAM or suffix in _KINDS:
        return _KINDS.get(suffix, "json_lines")
    raise refusal(_ADVICE.get(suffix, _NO_KIND))


def name_as(name: str, kind: Kind) -> str:
    """Return a name of this kind: the name itself or, if it tells no kind, with the suffix added.

    Raises Refusal for a name that tells another kind.

    >>> name_as("Results 11.2026", "csv"), name_as("Results.CSV", "csv")
    ('Results 11.2026.csv', 'Results.CSV')
    """
    suffix = Path(name).suffix.lower()
    if suffix in _ADVICE:
        raise refusal(_ADVICE[suffix])
    if suffix not in _KINDS:
        return f"{name}{_SUFFIX[kind]}"
    if _KINDS[suffix] != kind:
        raise refusal(f"A name in {suffix} is not one for {_WORDS[kind]}. {_NO_KIND}")
    return name


def open_sheet(source: BinaryIO, name: str, fields: Fields = CASE_FIELDS) -> Sheet:
    """Return the worklist in an open file; `fields` are those of its cases. Raises Refusal."""
    kind = CsvSheet if kind_of(name) == "csv" else LineSheet
    return kind(source, fields)


class CsvSheet:
    """A CSV file: a row of headings, and below it one case in each row."""

    def __init__(self, source: BinaryIO, fields: Fields = CASE_FIELDS) -> None:
        self._fields = fields
        self._records = Records(source)
        self._header = Header(self._records, fields)
        self.columns = self._header.columns
        self.separator = self._records.separator
        self.blank_rows = 0

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that are not blank. Raises Refusal if not every line was accounted for."""
        rows = 0
        for number, found in self._records:
            if isinstance(found, str):
                rows += 1
                yield SheetRow(number, b"", found)
            elif any(cell.strip() for cell in found):
                rows += 1
                cells, problem = self._header.arrange(found)
                yield SheetRow(number, json.dumps(cells).encode(), problem)
            else:
                self.blank_rows += 1
        _reconcile(self._records.lines, self._records.lines_of_headings + rows + self.blank_rows)

    def case(self, row: SheetRow) -> Case:
        """Return the case of a row. Raises Refusal."""
        if row.problem:
            raise refusal(row.problem)
        try:
            cells = dict(zip(self.columns, self.cells(row), strict=True))
            return read_cells(cells, self._fields)
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

    def __init__(self, source: BinaryIO, fields: Fields = CASE_FIELDS) -> None:
        self._fields = fields
        self._lines = Lines(source, LINE_FEED)
        self.columns = tuple(fields)
        self.separator = ","
        self.blank_rows = 0

    def rows(self) -> Iterator[SheetRow]:
        """Yield every line, including blank ones. Raises Refusal if one was lost."""
        number = 0
        for number, line in enumerate(self._lines, start=ROW_NUMBERS_START):
            yield SheetRow(number, line or b"", TOO_LONG if line is None else "")
        _reconcile(self._lines, number)

    def case(self, row: SheetRow) -> Case:
        """Return the case of a line. Raises Refusal."""
        if row.problem:
            raise refusal(row.problem)
        return read_json_case(row.content, self._fields)

    def cells(self, row: SheetRow) -> tuple[str, ...]:
        """Return the case of a line as cells; of a bad line its reference only, if it has one."""
        try:
            return tuple(cells_of(self.case(row), self._fields).values())
        except Refusal:
            reference = _reference(row.content)
            return tuple(reference if one == "reference" else "" for one in self.columns)

    def place(self, row: SheetRow) -> str:  # noqa: ARG002  # part of the protocol
        """Return "": a line of input and its line of output have the same number."""
        return ""


def _reference(line: bytes) -> str:
    """Return the reference that a bad line states in the form of the contract, or ""."""
    try:
        found = parse_json(line.decode("utf-8-sig"))
    except (UnicodeDecodeError, NotJson):
        return ""
    stated = found.get("reference") if isinstance(found, dict) else None
    is_one = isinstance(stated, str) and len(stated) <= _LONGEST_REFERENCE and stated.isprintable()
    return str(stated) if is_one else ""


def _reconcile(lines: Lines, accounted_for: int) -> None:
    if lines.count != accounted_for:
        raise refusal(
            f"The file has {lines.count:,} lines, but {accounted_for:,} are accounted for; do not "
            "use the results."
        )
