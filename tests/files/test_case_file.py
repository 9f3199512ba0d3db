"""Case files: every case comes back as it was, and a damaged file never becomes a case."""

import json
from dataclasses import asdict, replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings

from app.files.case_file import CaseFileError, case_bytes, case_data, read_case_file
from app.files.sealed_json import add_checksum
from app.model.case import Case
from app.model.case_json import InvalidCase, parse_json, read_case
from tests.any_case import any_case
from tests.cases import case
from tests.damage import changed, cut_off
from tests.fixture_cases import EXAMPLES, Example
from tests.random_cases import cases

CYCLE = {
    "number": 1,
    "doses_given": 3,
    "first_dose_at": "2026-11-23T08:00",
    "last_dose_at": "2026-11-24T00:05",
}
DATA = case(
    course={"cycles": [CYCLE], "discharge_date": "2026-11-30"},
    confirmed={"weight_kg": "70.5", "requested.dose_iu": 42_300_000},
    reference="Zeile 7 – é",
)


def values(found: object) -> Any:
    """A case down to its texts, so that 70.5 and 70.50 are two values."""
    return json.dumps(asdict(found) if isinstance(found, Case) else found, default=repr)


def refused(data: bytes) -> CaseFileError:
    with pytest.raises(CaseFileError) as error:
        read_case_file(data)
    assert error.value.problems
    assert all(one.message in str(error.value) for one in error.value.problems)
    return error.value


@settings(max_examples=50)
@given(any_case)
def test_every_case_comes_back_from_its_file(any_one: Case) -> None:
    again = read_case_file(case_bytes(any_one))
    assert (again, values(again)) == (any_one, values(any_one))
    assert case_bytes(again) == case_bytes(any_one)


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_comes_back_from_its_file(example: Example) -> None:
    read = read_case(example.case)
    assert values(read_case_file(case_bytes(read))) == values(read)
    assert values(read_case(case_data(read))) == values(read)


def test_cases_at_random_come_back_from_their_json_form() -> None:
    for data in cases(seed=7, count=300):
        read = read_case(data)
        assert values(read_case(case_data(read))) == values(read)


def test_the_json_form_is_that_of_the_contract() -> None:
    assert case_data(read_case(DATA)) == DATA


def test_what_is_not_known_has_no_key_and_none_of_these_has_one() -> None:
    written = case(
        height_cm=None,
        requested={"dose_iu": None},
        course={"cycles": []},
        authorization=None,
        confirmed={},
        facts={"lesion_site": [], "lesion_status": None, "single_agent": False},
    )
    found = case_data(read_case(written))
    assert found == {
        **{key: case()[key] for key in ("policy", "date_of_service", "indication", "route")},
        "age_years": 54,
        "weight_kg": "70.5",
        "facts": {"lesion_site": [], "single_agent": False},
    }


@pytest.mark.parametrize("text", ["70.50", "70.500000", "0.500001", "100", "650.0"])
def test_a_decimal_keeps_the_form_in_which_it_was_written(text: str) -> None:
    found = case_data(read_case(case(weight_kg=text)))
    assert found["weight_kg"] == text


def test_a_decimal_has_no_exponent() -> None:
    made = replace(read_case(case()), weight_kg=Decimal("7E+1"))
    assert case_data(made)["weight_kg"] == "70"


def test_every_beginning_of_a_file_is_refused() -> None:
    for damaged in cut_off(case_bytes(read_case(DATA))):
        assert refused(damaged).kind == "unreadable"


def test_ten_thousand_damaged_files_are_refused() -> None:
    kinds = {refused(one).kind for one in changed(case_bytes(read_case(DATA)), 10_000)}
    assert kinds == {"unreadable"}


@pytest.mark.parametrize("body", [{}, {"case": DATA, "more": 1}, {"cases": DATA}], ids=list)
def test_a_right_checksum_makes_no_case_file_of_other_parts(body: dict[str, Any]) -> None:
    assert refused(add_checksum("aldesk-case", 2, body)).kind == "unreadable"


@pytest.mark.parametrize(
    "data", [None, [], "x", {}, {**DATA, "patient_name": "x"}, {**DATA, "weight_kg": "154 lb"}]
)
def test_a_right_checksum_makes_no_case_of_what_is_none(data: Any) -> None:
    found = refused(add_checksum("aldesk-case", 2, {"case": data}))
    with pytest.raises(InvalidCase) as invalid:
        read_case(data)
    assert (found.kind, found.problems) == ("invalid_case", invalid.value.problems)


def test_each_reason_has_its_words() -> None:
    assert "damaged" in str(refused(b""))
    assert "newer Aldesk" in str(refused(add_checksum("aldesk-case", 3, {"case": DATA})))
    assert "not the kind" in str(refused(add_checksum("aldesk-record", 2, {"case": DATA})))
    assert "million bytes" in str(refused(b" " * 1_000_001))
    wrong = add_checksum("aldesk-case", 2, {"case": {**DATA, "age_years": 131}})
    assert str(refused(wrong)) == "age_years: Must be 0 to 130."


def test_a_file_is_text_for_people_and_programs() -> None:
    text = case_bytes(read_case(DATA)).decode()
    assert text.endswith("}\n")
    assert '\n    "reference": "Zeile 7 – é",\n' in text
    content: Any = parse_json(text)
    assert (content["format"], content["version"], content["case"]) == ("aldesk-case", 2, DATA)
