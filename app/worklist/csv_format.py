"""CSV as spreadsheets write and read it: separators, quotes, byte order mark, headings, formulas.

Nothing is guessed: a file that is not UTF-8, or has unclear headings, is refused as a whole with a
sentence. A cell that a spreadsheet would run as a formula is written with an apostrophe before it;
`unguarded` removes exactly that apostrophe, so a file that is written and read again has the same
content. Negative numbers are no formulas and stay unchanged.
"""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from app.casework.determine import Refusal
from app.model.case_fields import CASE_FIELDS
from app.model.case_json import Problem

BYTE_ORDER_MARK = b"\xef\xbb\xbf"  # by it, a spreadsheet recognizes UTF-8
CSV_LINE_END = b"\r\n"

RESULT_COLUMNS = (
    "row",
    "approval_status",
    "summary",
    "max_dose_iu",
    "per",
    "missing",
    "unconfirmed",
    "request_status",
    "excess_percent",
    "vials_by_content",
    "vials_by_volume",
    "course_findings",
    "second_cycle_begins",
    "second_cycle_earliest",
    "second_cycle_provisional",
    "next_course_earliest",
    "next_course_provisional",
    "this_course_earliest",
    "by_discharge",
    "by_discharge_of",
    "approval_start",
    "approval_end",
    "approval_start_assumed",
    "policy_version",
    "policy_sha256",
    "policy_review_overdue",
    "site_policy",
    "to_check",
    "problems",
)

ROW_NUMBERS_START = 1
_SEPARATORS = (",", ";", "\t")
_DECLARED_SEPARATOR = re.compile(r'"?sep=(.)"?\r?\n?', re.IGNORECASE)
_CHUNK_BYTES = 1 << 18
_NOT_UTF8 = (
    "The file is not UTF-8 text. In the spreadsheet, save it as “CSV UTF-8” and use that file."
)
_NO_HEADINGS = "The file has no row of headings."
_QUOTES = "The quotation marks of this row do not match, or a cell is far too long."
_TOO_MANY_CELLS = "The row has more cells than the file has headings."

# A column that is gone, with what to write in its place.
_GONE = {
    "confirmed": "The column confirmed is gone: remove it. Write the very value that somebody has "
    "checked into {instead}. It counts while it equals the value of the row, so 154 in "
    "confirmed.weight_kg goes with 154 in weight_kg."
}

# Also after quotes and blanks, which some programs drop; also as full-width characters.
_FORMULA = re.compile(r"""[\s"'`]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]""")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
_GUARD = "'"


class Records:
    """The rows of a file with their numbers; a row that cannot be split is the reason as a text.

    The file must be UTF-8, which `refuse_other_encodings` checks before. Raises Refusal.
    """

    def __init__(self, source: BinaryIO) -> None:
        text = io.TextIOWrapper(source, encoding="utf-8-sig", newline="")
        first = text.readline()
        told = _DECLARED_SEPARATOR.fullmatch(first)
        self._text = text  # kept, because the file is closed when this wrapper is deleted
        self._lines = iter(text) if told else _with_first(first, text)
        if told and told[1] not in _SEPARATORS:
            raise _refusal("Cells may be separated by commas, semicolons or tabs only.")
        heading = "" if told else first
        self.separator = told[1] if told else max(_SEPARATORS, key=heading.count)
        self._reader = csv.reader(self._lines, delimiter=self.separator, strict=True)
        self._number = ROW_NUMBERS_START - 1

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        return self

    def __next__(self) -> tuple[int, list[str] | str]:
        self._number += 1
        try:
            return self._number, [unguarded(cell) for cell in next(self._reader)]
        except csv.Error:
            return self._number, _QUOTES


def _with_first(first: str, rest: Iterator[str]) -> Iterator[str]:
    yield first
    yield from rest


class Header:
    """The headings of a file, with the place of each column. Raises Refusal if one is unclear."""

    def __init__(self, found: Records) -> None:
        names = [name.strip() for name in _first_row(found)]
        _refuse_unclear(names)
        places = [place for place, name in enumerate(names) if name in CASE_FIELDS]
        self._names = names
        self._places = places
        self.columns = tuple(names[place] for place in places)

    def arrange(self, cells: list[str]) -> tuple[list[str], str]:
        """Return the cells of the known columns, and the problem of the row ("" if none).

        A row may be shorter than the headings: its missing cells are empty.
        """
        stray = (
            cell
            for place, cell in enumerate(cells)
            if cell.strip() and (place >= len(self._names) or not self._names[place])
        )
        problem = _TOO_MANY_CELLS if any(stray) else ""
        return [cells[place] if place < len(cells) else "" for place in self._places], problem


def _first_row(found: Records) -> list[str]:
    """Return the first row that is not blank. Raises Refusal."""
    for _, row in found:
        if isinstance(row, str):
            raise _refusal(f"The row of headings cannot be read. {row}")
        if any(cell.strip() for cell in row):
            return row
    raise _refusal(_NO_HEADINGS)


def _refuse_unclear(names: list[str]) -> None:
    known = {*CASE_FIELDS, *RESULT_COLUMNS}
    counts = Counter(name for name in names if name)
    required = [key for key, column in CASE_FIELDS.items() if column.is_required]
    problems = [
        f"{words}: {', '.join(found)}."
        for words, found in (
            ("Not a known column", [one for one in counts if one not in {*known, *_GONE}]),
            ("More than one column is named", [name for name in counts if counts[name] > 1]),
            ("A required column is missing", [name for name in required if name not in counts]),
        )
        if found
    ]
    instead = ", ".join(key for key in CASE_FIELDS if key.startswith("confirmed."))
    problems += [words.format(instead=instead) for name, words in _GONE.items() if name in counts]
    if problems:
        raise Refusal("unreadable", tuple(Problem("", one) for one in problems))


def refuse_other_encodings(source: BinaryIO) -> Iterator[None]:
    """Read a file once as UTF-8, chunk by chunk, and go back to its start. Raises Refusal.

    UTF-16 can be valid UTF-8, but it contains zero bytes.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := source.read(_CHUNK_BYTES):
            decoder.decode(chunk)
            if b"\0" in chunk:
                raise _refusal(_NOT_UTF8)
            yield
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        raise _refusal(_NOT_UTF8) from None
    source.seek(0)


def _refusal(message: str) -> Refusal:
    return Refusal("unreadable", (Problem("", message),))


def csv_line(cells: Iterable[str], separator: str) -> bytes:
    """Return one row of CSV without its line break."""
    text = io.StringIO(newline="")
    csv.writer(text, delimiter=separator).writerow(guarded(cell) for cell in cells)
    return text.getvalue().encode().removesuffix(CSV_LINE_END)


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula.

    >>> guarded("=1+1"), guarded("-5"), guarded("70.5")
    ("'=1+1", '-5', '70.5')
    """
    return f"{_GUARD}{cell}" if _is_formula(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell without the apostrophe that `guarded` added.

    >>> unguarded("'=1+1"), unguarded("'quoted'")
    ('=1+1', "'quoted'")
    """
    inner = cell.removeprefix(_GUARD)
    return inner if cell != inner and _is_formula(inner) else cell


def _is_formula(cell: str) -> bool:
    return bool(_FORMULA.match(cell)) and not _NUMBER.fullmatch(cell)
