"""A sheet accounts for every line, and a bad line keeps the reference by which it is found."""

import io
import json
from collections.abc import Iterator

import pytest

from app.casework.determine import Refusal
from app.library import Library
from app.worklist.lines import Lines
from app.worklist.results import AnsweredRow, answered, csv_answer, file_parts
from app.worklist.sheets import Kind, kind_of, name_as, open_sheet
from tests.cases import ALDER, case

HEADINGS = b"policy,date_of_service,indication,route,weight_kg\n"
ROW = f"{ALDER},2026-11-23,cutaneous_melanoma,intravenous,70\n".encode()


@pytest.mark.parametrize("name", ["list.csv", "list.jsonl"])
def test_a_line_that_is_lost_is_noticed(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Lines.__iter__

    def forgetful(lines: Lines) -> Iterator[bytes | None]:
        yield from (line for at, line in enumerate(whole(lines)) if at != 2)

    monkeypatch.setattr(Lines, "__iter__", forgetful)
    sheet = open_sheet(io.BytesIO(HEADINGS + ROW * 3), name)
    with pytest.raises(Refusal) as refused:
        list(sheet.rows())
    assert refused.value.problems[0].message == (
        "The file has 4 lines, but 3 are accounted for; do not use the results."
    )


BAD = {
    "a wrong value": (case(weight_kg="70,5", reference="row 7"), "row 7"),
    "a missing key": ({"reference": "row 7"}, "row 7"),
    "a longer reference": ({"reference": "x" * 41}, ""),
    "the longest reference": ({"reference": "x" * 40}, "x" * 40),
    "a reference that cannot be printed": ({"reference": "a\nb"}, ""),
    "no text": ({"reference": 7}, ""),
    "a list": ([{"reference": "row 7"}], ""),
}


@pytest.mark.parametrize(("data", "reference"), BAD.values(), ids=BAD)
def test_a_bad_line_of_json_keeps_its_reference(
    data: object, reference: str, library: Library
) -> None:
    sheet = open_sheet(io.BytesIO(json.dumps(data).encode()), "list.jsonl")
    [row] = sheet.rows()
    result = answered(sheet, row, library)
    assert (result.status, result.reference) == (None, reference)
    cells = dict(zip(sheet.columns, sheet.cells(row), strict=True))
    assert cells.pop("reference") == reference
    assert set(cells.values()) == {""}
    assert reference.encode() in csv_answer(sheet, row, result).text


@pytest.mark.parametrize("line", [b"{", b"\xff", b'{"reference": "a", "reference": "b"}'])
def test_what_is_no_json_has_no_reference(line: bytes) -> None:
    sheet = open_sheet(io.BytesIO(line), "list.jsonl")
    [row] = sheet.rows()
    assert set(sheet.cells(row)) == {""}


def test_blanks_around_the_policy_of_a_row_do_not_count(library: Library) -> None:
    sheet = open_sheet(io.BytesIO(HEADINGS + b" \t" + ROW.replace(b",2026", b" ,2026")), "l.csv")
    [row] = sheet.rows()
    assert answered(sheet, row, library).problems == ""


def test_a_cell_may_have_131_072_characters_and_no_more() -> None:
    rows = [b'"' + b"x" * count + b'"\n' for count in (131_072, 131_073)]
    found = [
        row.problem for row in open_sheet(io.BytesIO(HEADINGS + b"".join(rows)), "l.csv").rows()
    ]
    assert [bool(one) for one in found] == [False, True]
    assert "far too long" in found[1]


def test_a_file_is_never_written_under_a_name_that_tells_no_kind(library: Library) -> None:
    sheet = open_sheet(io.BytesIO(HEADINGS + ROW), "list.csv")
    entries = [AnsweredRow(row, answered(sheet, row, library)) for row in sheet.rows()]
    with pytest.raises(Refusal):
        list(file_parts(sheet, entries, library, "Results 11.2026"))
    assert kind_of("Results 11.2026.csv") == "csv"


def test_no_output_has_a_line_break_in_a_cell(library: Library) -> None:
    sheet = open_sheet(io.BytesIO(HEADINGS + ROW), "list.csv")
    [row] = sheet.rows()
    text = csv_answer(sheet, row, answered(sheet, row, library)).text
    assert not set(text) & set(b"\r\n")


@pytest.mark.parametrize(
    ("name", "kind", "named"),
    [
        ("Results 11.2026", "csv", "Results 11.2026.csv"),
        ("Results 11.2026", "json_lines", "Results 11.2026.jsonl"),
        ("Results", "csv", "Results.csv"),
        ("a.CSV", "csv", "a.CSV"),
        ("a.ndjson", "json_lines", "a.ndjson"),
        ("a.json", "json_lines", "a.json"),
    ],
)
def test_a_name_that_tells_no_kind_gets_the_suffix_of_the_chosen_one(
    name: str, kind: Kind, named: str
) -> None:
    assert name_as(name, kind) == named
    assert kind_of(named) == kind


@pytest.mark.parametrize(
    ("name", "kind", "words"),
    [
        ("a.jsonl", "csv", "A name in .jsonl is not one for CSV."),
        ("a.csv", "json_lines", "A name in .csv is not one for JSON Lines."),
        ("a.xlsx", "csv", "A workbook is neither read nor written"),
        ("a.tsv", "csv", "Cells in a .csv may also be separated by tabs."),
    ],
)
def test_a_name_of_another_kind_is_refused_in_words(name: str, kind: Kind, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        name_as(name, kind)
    assert words in refused.value.problems[0].message
