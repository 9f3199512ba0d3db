"""Columns of a worklist for the questions that installed policies bring."""

import io
import json
from typing import Any

import pytest

from app.casework.determine import Refusal, determine_case
from app.casework.typed_text import cells_of
from app.library import Library
from app.model.case_json import read_case
from app.worklist.csv_format import csv_line
from app.worklist.sheets import Sheet, open_sheet
from app.worklist.template import column_rows, template_csv
from tests.cedar import OWN, case, with_cedar

OWN_COLUMNS = {f"facts.{one}" for one in OWN}


@pytest.fixture(scope="module")
def cedar(library: Library) -> Library:
    return with_cedar(library)


def sheet(rows: list[dict[str, Any]], library: Library, separator: str = ",") -> Sheet:
    """Return the CSV file with these cases, as Aldesk writes their cells."""
    cells = [cells_of(read_case(one, library.fields), library.fields) for one in rows]
    lines = [csv_line(one, separator) for one in (library.fields, *(one.values() for one in cells))]
    return open_sheet(io.BytesIO(b"\n".join(lines)), "list.csv", library.fields)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_a_row_is_the_case_that_it_was(cedar: Library, separator: str) -> None:
    rows = [
        case(),
        case(facts={"serum_albumin": "02.9", "organ_findings": ["heart", "none"]}),
        case(facts={"organ_findings": ["none"], "comorbidity_codes": []}),
        case(facts=dict.fromkeys(OWN)),
    ]
    found = sheet(rows, cedar, separator)
    assert [found.case(one) for one in found.rows()] == [
        read_case(one, cedar.fields) for one in rows
    ]


def test_what_is_typed_into_a_cell_is_read_as_in_the_window(cedar: Library) -> None:
    heads = ("policy", "date_of_service", "indication", "route")
    cells = ("cedar-aldesleukin", "2026-11-23", "melanoma_any_site", "inhaled")
    more = {
        "facts.measurable_disease": "YES",
        "facts.serum_albumin": " 3.5 ",
        "facts.organ_findings": "None of these",
        "facts.comorbidity_codes": "N18.4; E11.9",
        "facts.performance_status": "ecog_1",
    }
    lines = [csv_line((*heads, *more), ","), csv_line((*cells, *more.values()), ",")]
    found = open_sheet(io.BytesIO(b"\n".join(lines)), "list.csv", cedar.fields)
    [row] = found.rows()
    facts = found.case(row).facts
    assert {one: str(facts.answer(one)) for one in OWN} == {
        "measurable_disease": "True",
        "performance_status": "ecog_1",
        "serum_albumin": "3.5",
        "prior_lines": "None",
        "organ_findings": "()",
        "comorbidity_codes": "('N18.4', 'E11.9')",
    }


def test_a_column_of_no_installed_policy_is_refused(library: Library) -> None:
    with pytest.raises(Refusal) as refused:
        open_sheet(io.BytesIO(b"policy,facts.serum_albumin\n"), "list.csv", library.fields)
    assert "Not a known column: facts.serum_albumin." in refused.value.problems[0].message


def test_a_wrong_cell_is_told_at_its_column(cedar: Library) -> None:
    text = csv_line(
        ("policy", "date_of_service", "indication", "route", "facts.serum_albumin"), ","
    )
    row = csv_line(("cedar-aldesleukin", "2026-11-23", "inhaled", "inhaled", "3,5"), ",")
    found = open_sheet(io.BytesIO(b"\n".join([text, row])), "list.csv", cedar.fields)
    [first] = found.rows()
    with pytest.raises(Refusal) as refused:
        found.case(first)
    assert [one.at for one in refused.value.problems] == ["indication", "facts.serum_albumin"]


def test_json_lines_are_judged_by_the_same_answers(cedar: Library) -> None:
    text = "".join(json.dumps(one) + "\n" for one in (case(), case(facts={"prior_lines": "4"})))
    found = open_sheet(io.BytesIO(text.encode()), "list.jsonl", cedar.fields)
    told = [determine_case(found.case(one), cedar).approval_status for one in found.rows()]
    assert told == ["criteria_met", "criteria_not_met"]
    assert set(found.columns) >= OWN_COLUMNS


def test_every_question_is_a_column_of_the_template_and_is_described(cedar: Library) -> None:
    described = {key: allowed for key, _, allowed in column_rows(cedar)}
    assert described["facts.serum_albumin"] == "A number in g/dL from 0 to 10, like 5.0."
    assert described["facts.prior_lines"] == "A number from 0 to 20, like 5."
    assert described["facts.performance_status"] == "One of: ecog_0, ecog_1, ecog_2."
    assert "none of these for none of these" in described["facts.organ_findings"]
    assert described["facts.comorbidity_codes"].endswith("or none for none of these, like C43.9.")
    head = template_csv(cedar.fields).decode("utf-8-sig").splitlines()[0]
    assert set(head.split(",")) == set(cedar.fields) >= OWN_COLUMNS
