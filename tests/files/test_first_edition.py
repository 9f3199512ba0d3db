"""A list of confirmed keys is read where 0.1.0 wrote it, and nowhere else."""

from typing import Any

import pytest

from app.files.case_file import CaseFileError, open_case_file, read_case_file
from app.files.first_edition import case_of_0_1_0
from app.files.record import verify
from app.files.sealed_json import add_checksum
from app.library import Library
from app.model.case_json import InvalidCase, read_case
from tests.cases import case

LISTED = case(weight_kg="154", height_cm="175", confirmed=["weight_kg", "height_cm", "weight_kg"])
WHAT_TO_WRITE = (
    "A list does not say which value was checked. Write an object of each key and the very value, "
    'like {"weight_kg": "154"}.'
)


def test_the_values_of_the_file_are_the_confirmed_ones() -> None:
    assert case_of_0_1_0(LISTED)["confirmed"] == {"weight_kg": "154", "height_cm": "175"}
    assert LISTED["confirmed"] == ["weight_kg", "height_cm", "weight_kg"]


@pytest.mark.parametrize("listed", [[], ["bsa_m2"], ["height_cm", "bsa_m2"]])
def test_a_key_without_a_value_confirms_nothing(listed: list[str]) -> None:
    assert case_of_0_1_0(case(height_cm=None, confirmed=listed))["confirmed"] == {}


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        case(),
        case(confirmed=None),
        case(confirmed={"weight_kg": "70.5"}),
        case(confirmed=["requested.dose_iu"]),  # 0.1.0 confirmed no dose
        case(confirmed=["weight_kg", ["height_cm"]]),
    ],
)
def test_everything_else_stays_as_it_is(content: Any) -> None:
    assert case_of_0_1_0(content) == content


def test_only_a_file_of_version_1_is_read_with_a_list() -> None:
    read = read_case_file(add_checksum("aldesk-case", 1, {"case": LISTED}))
    assert (str(read.confirmed.weight_kg), str(read.confirmed.height_cm)) == ("154", "175")
    with pytest.raises(CaseFileError) as refused:
        read_case_file(add_checksum("aldesk-case", 2, {"case": LISTED}))
    assert [(one.at, one.message) for one in refused.value.problems] == [
        ("confirmed", WHAT_TO_WRITE)
    ]


def test_a_list_in_a_case_is_refused_and_told_what_to_write() -> None:
    with pytest.raises(InvalidCase) as refused:
        read_case(LISTED)
    assert [(one.at, one.message) for one in refused.value.problems] == [
        ("confirmed", WHAT_TO_WRITE)
    ]


def test_a_case_that_is_refused_comes_with_what_the_file_holds() -> None:
    wrong = case(requested={"doses_per_day": 1001})
    for version in (1, 2):
        opened = open_case_file(add_checksum("aldesk-case", version, {"case": wrong}))
        assert (opened.case, opened.content) == (None, wrong)
        assert [one.at for one in opened.problems] == ["requested.doses_per_day"]


def test_a_record_of_version_1_is_read_with_a_list(library: Library) -> None:
    """Its determination says nothing at all, so that only its case counts here."""
    body = {
        "case": LISTED,
        "determination": {},
        "policy": {"id": LISTED["policy"], "version": "2026-03-02", "sha256": ""},
        "program_version": "0.1.0",
    }
    assert verify(add_checksum("aldesk-record", 1, body), library).result == "policy_not_at_hand"
    found = verify(add_checksum("aldesk-record", 2, body), library)
    assert (found.result, found.problems[0].at) == ("damaged", "case.confirmed")
