"""Rows of CSV are spoiled at random: no line is lost, and no row harms another.

What a spoiled row becomes is not foretold: it may be bad, blank or, rarely, still a case. That it
stands alone is.
"""

import io
import json
from collections.abc import Callable, Iterable
from random import Random

import pytest

from app.library import Library
from app.worklist.results import answered, csv_answer, csv_heading
from app.worklist.sheets import Sheet, SheetRow, open_sheet
from tests.cases import ALDER

HEADINGS = ["policy", "date_of_service", "indication", "route", "weight_kg", "reference"]
ROWS = 40
END = "\r\n"


def insert(*wanted: bytes) -> Callable[[bytes, Random], bytes]:
    def spoil(row: bytes, dice: Random) -> bytes:
        for _ in range(dice.randint(1, 3)):
            at = dice.randint(0, len(row))
            row = row[:at] + dice.choice(wanted) + row[at:]
        return row

    return spoil


def before_a_cell(row: bytes, dice: Random) -> bytes:
    cells = row.split(b",")
    at = dice.randrange(len(cells))
    return b",".join([*cells[:at], b'"' + cells[at], *cells[at + 1 :]])


def cut(row: bytes, dice: Random) -> bytes:
    return row[: dice.randrange(len(row))]


def too_long(row: bytes, dice: Random) -> bytes:
    return row + b"x" * dice.choice([140_000, 1_000_001])


SPOILERS: dict[str, Callable[[bytes, Random], bytes]] = {
    "a quotation mark": insert(b'"'),
    "a quotation mark before a cell": before_a_cell,
    "two of them": insert(b'""', b'" "'),
    "a carriage return": insert(b"\r"),
    "a line feed": insert(b"\n"),
    "a line end in quotation marks": insert(b'"a\nb"', b'"a\r\nb"', b'"\r'),
    "a zero": insert(b"\0"),
    "no UTF-8": insert(b"\xff", b"\xe4\xf6", b"\xed\xa0\x80"),
    "separators": insert(b",", b";", b"\t", b",,,,,,,"),
    "other ends of a line": insert(b"\x0b", b"\x0c", b"\x1c", b"\x85", "\u2028".encode()),
    "a mark of byte order": insert(b"\xef\xbb\xbf"),
    "an escape": insert(b"\\", b'\\"', b"'", b"="),
    "an end": cut,
    "a long cell or line": too_long,
}


def file_rows() -> list[bytes]:
    start = f"{ALDER},2026-11-23,cutaneous_melanoma,intravenous"
    return [f"{start},{50 + at},row {at}".encode() for at in range(ROWS)]


def opened(lines: list[bytes]) -> Sheet:
    content = END.encode().join([",".join(HEADINGS).encode(), *lines, b""])
    return open_sheet(io.BytesIO(content), "list.csv")


def breaks(line: bytes) -> int:
    """How many line ends of an editor stand in a line."""
    return len(line.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")) - 1


@pytest.mark.parametrize("spoiler", SPOILERS)
@pytest.mark.parametrize(
    "rounds", [8, pytest.param(200, marks=pytest.mark.proof)], ids="{} rounds".format
)
def test_a_spoiled_row_harms_no_other_and_no_line_is_lost(
    spoiler: str, rounds: int, library: Library
) -> None:
    dice = Random(spoiler)  # noqa: S311
    for _ in range(rounds):
        rows = file_rows()
        spoiled = {dice.randrange(ROWS) for _ in range(dice.randint(1, 5))}
        for at in spoiled:
            rows[at] = SPOILERS[spoiler](rows[at], dice)
        sheet = opened(rows)
        found = {row.number: row for row in sheet.rows()}
        lines = ROWS + sum(map(breaks, rows))
        assert len(found) + sheet.blank_rows == lines
        number = 2
        for at, row in enumerate(rows):
            if at not in spoiled:
                assert sheet.cells(found[number])[-1] == f"row {at}"
                assert answered(sheet, found[number], library).status is not None
            number += breaks(row) + 1
        assert_each_answer_is_one_line(sheet, found.values(), library)


def assert_each_answer_is_one_line(
    sheet: Sheet, rows: Iterable[SheetRow], library: Library
) -> None:
    for row in rows:
        line = csv_answer(sheet, row, answered(sheet, row, library)).text
        assert breaks(line) == 0
    assert breaks(csv_heading(sheet)) == 1


def test_one_quotation_mark_in_a_hundred_rows_spoils_one_row(library: Library) -> None:
    rows = file_rows() + file_rows() + file_rows()[:20]
    rows[55] = rows[55].replace(b",row", b',"row')
    sheet = opened(rows)
    results = [answered(sheet, row, library) for row in sheet.rows()]
    assert len(results) == 100
    assert [at for at, one in enumerate(results) if one.status is None] == [55]
    assert "quotation marks of this row do not match" in results[55].problems


def test_a_row_number_is_the_line_of_an_editor() -> None:
    rows = file_rows()
    sheet = opened([rows[0], b"", b'"a', b'b"', b",,", rows[1]])
    numbers = [(row.number, bool(row.problem)) for row in sheet.rows()]
    assert numbers == [(2, False), (4, True), (5, False), (7, False)]
    assert sheet.blank_rows == 2


def test_json_lines_have_a_row_for_each_line_feed(library: Library) -> None:
    content = b'{"a": 1}\r\n\n\0\n"\n' + b"x" * 1_000_001 + b"\n{}"
    sheet = open_sheet(io.BytesIO(content), "list.jsonl")
    rows = list(sheet.rows())
    assert [row.number for row in rows] == [1, 2, 3, 4, 5, 6]
    results = [answered(sheet, row, library) for row in rows]
    assert [one.status for one in results] == [None] * 6
    assert results[4].problems == "This row has more than 1,000,000 bytes; it was not read."
    assert json.loads(rows[5].content) == {}
