"""CSV as spreadsheets write and read it: separators, quotes, byte order mark, headings, formulas.

A line is a row, and no cell holds a line break: a stray quotation mark spoils its own row and no
other, and the number of a row is that of its line in an editor. Nothing is guessed: a row that is
not UTF-8 is told, and a file with unclear headings is refused as a whole with a sentence. A cell
that a spreadsheet would run as a formula is written with an apostrophe before it; `unguarded`
removes exactly that apostrophe, so a file that is written and read again has the same content.
Negative numbers are no formulas and stay unchanged.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from app.casework.determine import Refusal
from app.model.case_fields import CASE_FIELDS, Fields
from app.model.case_json import Problem
from app.worklist.lines import ANY_LINE_END, SAVE_AS_UTF8, TOO_LONG, Lines, refusal

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
    "vials_of",
    "vials_by_content",
    "vials_by_volume",
    "course_findings",
    "second_cycle_begins",
    "second_cycle_first_day",
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
    "approval_end_reckoned",
    "policy_version",
    "policy_sha256",
    "policy_review_overdue",
    "site_policy",
    "to_check",
    "problems",
)

ROW_NUMBERS_START = 1
_SEPARATORS = (",", ";", "\t")
_DECLARED_SEPARATOR = re.compile(rb'"?sep=(.)"?', re.IGNORECASE)
LONGEST_CELL = 131_072  # characters, the limit of Python's reader
_BLANK_CELLS = b' ,;\t"'
_NOT_UTF8 = f"This row is not UTF-8 text. {SAVE_AS_UTF8}"
_ZEROS = f"This row has zero bytes, as another encoding has. {SAVE_AS_UTF8}"
_NO_HEADINGS = "The file has no row of headings."
_UNREADABLE_HEADINGS = "The row of headings cannot be read."
_QUOTES = (
    "The quotation marks of this row do not match, a cell has a line break, or a cell is far too "
    "long."
)
_TOO_MANY_CELLS = "The row has more cells than the file has headings."
_MOST_TOLD = 100

# A column that is gone, with what to write in its place.
_GONE = {
    "confirmed": "The column confirmed is gone: remove it. Write the very value that somebody has "
    "checked into {instead}. It counts while it equals the value of the row, so 154 in "
    "confirmed.weight_kg goes with 154 in weight_kg."
}

csv.field_size_limit(LONGEST_CELL)

# Also after quotes and blanks, which some programs drop; also as full-width characters.
_FORMULA = re.compile(r"""[\s"'`]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]""")
_LINE_BREAKS = re.compile(r"[\r\n]+")
_NUMBER = re.compile(r"-[0-9]+(\.[0-9]+)?")
_GUARD = "'"


class Records:
    """The rows of a file with their line numbers; a row that cannot be read is the reason as text.

    The headings are the first line that is not blank, below a line that tells the separator.
    Raises Refusal for headings that cannot be read.
    """

    def __init__(self, source: BinaryIO) -> None:
        self.lines = Lines(source, ANY_LINE_END)
        self._numbered = enumerate(self.lines, start=ROW_NUMBERS_START)
        told, self.lines_of_headings, line = self._head()
        self.separator = told or max(_SEPARATORS, key=line.decode("utf-8", "replace").count)
        headings = self._cells(line)
        if isinstance(headings, str):
            raise refusal(f"{_UNREADABLE_HEADINGS} {headings}")
        self.headings = headings

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        for number, line in self._numbered:
            yield number, self._cells(line)

    def _head(self) -> tuple[str, int, bytes]:
        """Return the separator that the first line tells or "", and the headings with their line.

        Raises Refusal.
        """
        told = ""
        for number, line in self._numbered:
            if line is None:
                raise refusal(f"{_UNREADABLE_HEADINGS} {TOO_LONG}")
            text = line.removeprefix(BYTE_ORDER_MARK) if number == ROW_NUMBERS_START else line
            declared = _DECLARED_SEPARATOR.fullmatch(text) if number == ROW_NUMBERS_START else None
            if declared:
                told = declared[1].decode("ascii", "replace")
                if told not in _SEPARATORS:
                    raise refusal("Cells may be separated by commas, semicolons or tabs only.")
            elif text.strip(_BLANK_CELLS):
                return told, number, text
        raise refusal(_NO_HEADINGS)

    def _cells(self, line: bytes | None) -> list[str] | str:
        """Return the cells of one line, or the reason why it cannot be split."""
        if line is None:
            return TOO_LONG
        if b"\0" in line:
            return _ZEROS
        try:
            found = next(csv.reader([line.decode()], delimiter=self.separator, strict=True))
        except UnicodeDecodeError:
            return _NOT_UTF8
        except csv.Error:
            return _QUOTES
        return [unguarded(cell) for cell in found]


class Header:
    """The headings of a file, with the place of each column of `fields`.

    Raises Refusal if one is unclear.
    """

    def __init__(self, found: Records, fields: Fields) -> None:
        names = [name.strip() for name in found.headings]
        _refuse_unclear(names, fields)
        places = [place for place, name in enumerate(names) if name in fields]
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


def _refuse_unclear(names: list[str], fields: Fields) -> None:
    known = {*fields, *RESULT_COLUMNS}
    counts = Counter(name for name in names if name)
    required = [key for key, column in fields.items() if column.is_required]
    problems = [
        f"{words}: {_listed(found)}."
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


def _listed(names: list[str]) -> str:
    rest = len(names) - _MOST_TOLD
    return ", ".join([*names[:_MOST_TOLD], *([f"and {rest:,} more"] if rest > 0 else [])])


def csv_line(cells: Iterable[str], separator: str) -> bytes:
    """Return one row of CSV without its line break; a line break in a cell becomes a blank."""
    text = io.StringIO(newline="")
    one_line = (_LINE_BREAKS.sub(" ", cell) for cell in cells)
    csv.writer(text, delimiter=separator).writerow(guarded(cell) for cell in one_line)
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
