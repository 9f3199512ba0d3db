"""The second computation of forecasts, against courses counted on a calendar."""

from typing import Any

import pytest

from tests.policies.independent.evaluator import determine
from tests.policies.independent.test_supply_by_hand import INFUSION


def planned(first_dose_at: str | None, **changes: Any) -> dict[str, Any]:
    case = INFUSION | {"weight_kg": "70.5", "course": {"first_dose_at": first_dose_at}}
    if first_dose_at:
        case["date_of_service"] = first_dose_at[:10]
    got = determine(case | changes)["forecast"]
    assert got
    return dict(got)


@pytest.mark.parametrize(
    ("first_dose_at", "last_day", "next_course"),
    [
        ("2026-11-02T08:00", "2026-11-20", "2027-01-09"),
        ("2026-11-02T15:59", "2026-11-20", "2027-01-09"),
        ("2026-11-02T16:00", "2026-11-22", "2027-01-11"),  # each cycle ends a date later
        ("2026-11-02T20:00", "2026-11-22", "2027-01-11"),
        ("2028-02-14T08:00", "2028-03-03", "2028-04-22"),
        ("2027-02-14T08:00", "2027-03-04", "2027-04-23"),
    ],
)
def test_courses_follow_the_table_over_evenings_leap_days_and_the_turn_of_a_year(
    first_dose_at: str, last_day: str, next_course: str
) -> None:
    first, second = planned(first_dose_at)["courses"][:2]
    assert (first["first_day"], first["last_day"]) == (first_dose_at[:10], last_day)
    assert second["first_day"] == next_course


def test_a_year_holds_six_courses_of_28_doses_and_as_many_vials_as_their_volume_takes() -> None:
    got = planned("2026-11-02T08:00", weight_kg="73", authorization={"units": 300})
    days = ["2026-11-02", "2027-01-09", "2027-03-18", "2027-05-25", "2027-08-01", "2027-10-08"]
    assert [course["first_day"] for course in got["courses"]] == days
    assert [course["number"] for course in got["courses"]] == [1, 2, 3, 4, 5, 6]
    vials = ("doses", "vials_by_content", "vials_by_volume", "vials")
    for course in got["courses"]:
        assert [course[key] for key in vials] == [28, 56, 84, 84]
    assert [got[f"total_{key}"] for key in vials] == [168, 336, 504, 504]
    assert (got["units_granted"], got["units_short_first_course"]) == (300, 0)
    assert got["units_short"] == 204
    assert not any(course["ends_after_approval"] for course in got["courses"])


@pytest.mark.parametrize(
    ("end", "count", "after"),
    [
        ("2027-01-08", 1, False),
        ("2027-01-09", 2, True),
        ("2027-01-26", 2, True),
        ("2027-01-27", 2, False),
    ],
)
def test_a_course_counts_when_it_begins_on_the_last_day_of_the_approval(
    end: str, count: int, after: bool
) -> None:
    got = planned("2026-11-02T08:00", authorization={"start": "2026-11-02", "end": end})
    assert len(got["courses"]) == count
    assert got["courses"][-1]["ends_after_approval"] is after


def test_a_smaller_dose_takes_fewer_vials_and_none_is_short_where_more_are_granted() -> None:
    got = planned(
        "2026-11-02T08:00", requested={"dose_iu": 21_600_000}, authorization={"units": 169}
    )
    assert (got["total_vials"], got["units_short"]) == (168, 0)


def test_without_a_dose_no_vials_are_counted() -> None:
    got = planned("2026-11-02T08:00", weight_kg=None, authorization={"units": 5})
    assert (got["total_doses"], got["total_vials"], got["units_short"]) == (168, None, None)
    assert (got["units_granted"], got["units_short_first_course"]) == (5, None)


def begun(*cycles: dict[str, Any]) -> dict[str, Any]:
    return {"date_of_service": "2026-11-23", "course": {"cycles": list(cycles)}}


NINE: dict[str, Any] = {"number": 1, "doses_given": 9, "over": True}
NINE |= {"first_dose_at": "2026-11-22T08:00", "last_dose_at": "2026-11-25T00:00"}


@pytest.mark.parametrize(
    ("start", "vials"),
    [("2026-11-22", 46), ("2026-11-23", 28)],  # 9 given and 14 planned, two vials each
)
def test_given_doses_take_vials_where_their_cycle_began_within_the_period(
    start: str, vials: int
) -> None:
    got = planned(None, **begun(NINE), authorization={"start": start, "units": 30})
    assert (got["courses"][0]["doses"], got["courses"][0]["vials"]) == (23, vials)
    assert got["units_short_first_course"] == max(0, vials - 30)


def test_a_course_wholly_before_the_period_stands_first_and_later_ones_not_before_the_start() -> (
    None
):
    """The only cycle ended on January 20, 2026; another course might have begun on March 11."""
    early: dict[str, Any] = {"number": 1, "doses_given": 14, "first_dose_at": "2026-01-16T08:00"}
    early |= {"last_dose_at": "2026-01-20T16:00"}
    first, second = planned(None, **begun(early, {"number": 2, "over": True}))["courses"][:2]
    assert (first["first_day"], first["last_day"], first["vials"]) == (
        "2026-01-16",
        "2026-01-20",
        0,
    )
    assert (second["number"], second["first_day"]) == (2, "2026-11-23")
    assert (second["last_day"], second["vials"]) == ("2026-12-11", 56)


def test_a_course_after_the_period_is_left_out_and_with_it_every_other() -> None:
    changes: dict[str, Any] = {"date_of_service": "2026-11-23", "authorization": {"units": 5}}
    got = planned("2027-11-23T08:00", **changes)
    assert (got["courses"], got["total_doses"], got["total_vials"]) == ([], 0, 0)
    assert (got["units_granted"], got["units_short"]) == (None, None)
    assert len(planned("2027-11-22T08:00", **changes)["courses"]) == 1
