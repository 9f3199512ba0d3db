"""The request check: equal is within, one beyond exceeds, and what has no limit never counts."""

from typing import Any

import pytest

from app.library import Library
from app.model.determination import RequestCheck
from tests.cases import case, determine


def check(library: Library, requested: dict[str, Any] | None, **changes: Any) -> RequestCheck:
    return determine(library, case(requested=requested, **changes)).request_check


@pytest.mark.parametrize(
    ("field", "limit", "beyond"),
    [
        ("dose_iu", 28_200_000, 28_200_001),
        ("doses_per_day", 2, 3),
        ("doses_per_cycle", 10, 11),
        ("rest_days", 11, 10),
        ("course_rest_days", 56, 55),
    ],
)
def test_the_limit_itself_is_within_and_one_further_is_beyond(
    library: Library, field: str, limit: int, beyond: int
) -> None:
    at_limit, over = check(library, {field: limit}), check(library, {field: beyond})
    assert (at_limit.status, at_limit.findings[0].result) == ("within_limits", "within")
    assert (over.status, over.findings[0].result) == ("exceeds_limits", "exceeds")
    assert over.findings[0].limit == limit
    assert over.findings[0].requested == beyond
    assert over.findings[0].citation


def test_a_field_that_the_regimen_does_not_limit_never_counts(library: Library) -> None:
    found = check(library, {"doses_per_week": 500})
    assert found.status == "within_limits"
    assert [(one.result, one.limit) for one in found.findings] == [("no_limit_stated", None)]


def test_no_limit_is_derived_from_another(library: Library) -> None:
    found = check(library, {"doses_per_day": 3, "doses_per_week": 2}, route="intralesional")
    assert [one.result for one in found.findings] == ["no_limit_stated", "within"]


@pytest.mark.parametrize("nothing", [None, {}, {"dose_iu": None, "rest_days": None}])
def test_nothing_but_nulls_is_no_request(library: Library, nothing: dict[str, Any] | None) -> None:
    assert check(library, nothing) == RequestCheck("not_requested", ())


def test_a_dose_without_a_weight_cannot_be_checked(library: Library) -> None:
    found = check(library, {"dose_iu": 1, "doses_per_day": 2}, weight_kg=None)
    assert found.status == "incomplete"
    assert [one.result for one in found.findings] == ["unknown", "within"]


def test_one_exceeded_limit_decides_whatever_else_is_unknown(library: Library) -> None:
    found = check(library, {"dose_iu": 1, "doses_per_day": 3}, weight_kg=None)
    assert found.status == "exceeds_limits"


def test_without_a_documented_regimen_there_is_nothing_to_check(library: Library) -> None:
    found = check(library, {"dose_iu": 1}, route="subcutaneous")
    assert found == RequestCheck("no_regimen", ())
