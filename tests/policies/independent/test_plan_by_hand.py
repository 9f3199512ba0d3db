"""The second computation of a plan, against doses counted on a calendar."""

from typing import Any

import pytest

from tests.policies.independent.basics import GVHD, IL, IV, MELANOMA, RENAL, SC, Case
from tests.policies.independent.plan import planned_days, schedule

NINE = {
    "number": 1,
    "doses_given": 9,
    "first_dose_at": "2026-11-23T08:00",
    "last_dose_at": "2026-11-26T00:00",  # 64 hours later: no slot was free
}


def plan(*cycles: dict[str, Any], **course: Any) -> dict[str, Any]:
    got = schedule({"indication": RENAL, "route": IV, "course": {**course, "cycles": list(cycles)}})
    assert got
    return got


def test_a_plan_as_in_the_table_of_the_label() -> None:
    got = plan(first_dose_at="2026-11-02T08:00")
    first, second = got["cycles"]
    assert (first["first_day"], first["last_day"]) == ("2026-11-02", "2026-11-06")
    assert (second["first_day"], second["last_day"]) == ("2026-11-16", "2026-11-20")
    assert (len(first["doses"]), first["doses"][13]) == (14, "2026-11-06T16:00")
    assert (first["source"], first["begins"]) == ("planned", "entered")
    assert (second["source"], second["begins"]) == ("planned", "earliest_permitted")
    assert got["rest"] == {"first_day": "2026-11-07", "last_day": "2026-11-15", "days": 9}
    assert got["course_rest"] == {"first_day": "2026-11-21", "last_day": "2027-01-08", "days": 49}
    assert got["next_course_earliest"] == "2027-01-09"


@pytest.mark.parametrize(
    ("held", "last_dose_at", "doses"),
    [
        # how many slots lie free up to the last dose, and so how many held doses come after it
        (2, "2026-11-26T00:00", ["2026-11-27T00:00", "2026-11-27T08:00", "2026-11-27T16:00"]),
        (2, "2026-11-26T08:00", ["2026-11-27T00:00", "2026-11-27T08:00", "2026-11-27T16:00"]),
        (2, "2026-11-26T16:00", ["2026-11-27T00:00", "2026-11-27T08:00", "2026-11-27T16:00"]),
        # 3 hours 59 minutes late is no slot, 4 hours are one
        (4, "2026-11-26T03:59", ["2026-11-27T19:59"]),
        (4, "2026-11-26T04:00", ["2026-11-27T12:00"]),
        (5, "2026-11-26T00:00", []),
    ],
)
def test_held_doses_keep_their_slots(held: int, last_dose_at: str, doses: list[str]) -> None:
    cycle = plan(NINE | {"doses_held": held, "last_dose_at": last_dose_at})["cycles"][0]
    assert cycle["doses"] == doses
    assert cycle["source"] == ("given_and_planned" if doses else "given")
    assert (cycle["doses_given"], cycle["begins"]) == (9, "given")


def test_doses_held_before_a_cycle_begins_move_the_first_but_not_a_second_cycle() -> None:
    first, second = plan({"number": 1, "doses_held": 2}, first_dose_at="2026-11-23T08:00")["cycles"]
    assert (first["doses"][0], first["doses"][-1]) == ("2026-11-24T00:00", "2026-11-27T16:00")
    assert second["doses"][0] == "2026-12-07T00:00"
    held = {"number": 2, "doses_held": 2}
    second = plan(held, first_dose_at="2026-11-23T08:00")["cycles"][1]
    assert (second["doses"][0], len(second["doses"])) == ("2026-12-07T08:00", 12)


@pytest.mark.parametrize(
    "second",
    [
        {"number": 2, "over": True},
        {"number": 2, "doses_held": 14},
        {"number": 2, "doses_held": 10},
    ],
)
def test_a_second_cycle_without_a_dose_ends_the_course_and_the_first_cycle(
    second: dict[str, Any],
) -> None:
    """The last dose was given on November 26; ten held doses are all where ten make a cycle."""
    got = plan(NINE, second, doses_per_cycle=10 if second.get("doses_held") == 10 else 14)
    first, none = got["cycles"]
    assert (first["doses"], none["doses"], none["source"]) == ([], [], "given")
    assert (none["first_day"], none["last_day"], got["rest"]) == (None, None, None)
    assert got["course_rest"] == {"first_day": "2026-11-27", "last_day": "2027-01-14", "days": 49}
    assert got["next_course_earliest"] == "2027-01-15"


def test_given_doses_of_the_second_cycle_end_the_first_and_are_followed_up() -> None:
    two = {"number": 2, "doses_given": 2, "doses_held": 1, "first_dose_at": "2026-12-08T08:00"}
    got = plan(NINE, two | {"last_dose_at": "2026-12-08T16:00"})
    first, second = got["cycles"]
    assert (first["source"], second["source"]) == ("given", "given_and_planned")
    # the held dose keeps the slot at midnight; 11 more end 80 hours after 08:00 on the 9th
    assert (second["doses"][0], second["doses"][-1]) == ("2026-12-09T08:00", "2026-12-12T16:00")
    assert got["rest"] == {"first_day": "2026-11-27", "last_day": "2026-12-07", "days": 11}


def test_a_booked_second_cycle_stays_where_it_was_booked() -> None:
    booked = {"number": 2, "planned_first_at": "2026-11-28T07:00"}
    got = plan(booked, first_dose_at="2026-11-23T08:00")
    assert got["cycles"][1]["begins"] == "entered"
    assert (got["cycles"][1]["doses"][0], got["rest"]) == ("2026-11-28T07:00", None)


@pytest.mark.parametrize(
    "course",
    [
        {},
        {"cycles": [{"number": 1, "over": True}], "first_dose_at": "2026-11-23T08:00"},
        {"cycles": [{"number": 1, "doses_held": 14}], "first_dose_at": "2026-11-23T08:00"},
        {"cycles": [{"number": 2, "over": True}], "first_dose_at": "2026-11-23T08:00"},
        {"cycles": [{"number": 2, "planned_first_at": "2026-11-23T08:00"}]},
    ],
)
def test_there_is_no_plan_without_a_beginning(course: dict[str, Any]) -> None:
    assert schedule({"indication": RENAL, "route": IV, "course": course}) is None


@pytest.mark.parametrize(
    ("use", "route", "count", "some"),
    [
        (MELANOMA, IL, 12, {0: "2026-11-23", 1: "2026-11-25", 2: "2026-11-27", 3: "2026-11-30"}),
        (GVHD, SC, 28, {0: "2026-11-23", 1: "2026-11-24", 27: "2026-12-20"}),
    ],
)
def test_injections_are_spread_over_four_weeks(
    use: str, route: str, count: int, some: dict[int, str]
) -> None:
    case: Case = {"indication": use, "route": route}
    case |= {"course": {"first_dose_at": "2026-11-23T23:59"}}
    got = schedule(case)
    assert got
    assert len(got["doses"]) == len(planned_days(case, got)) == count
    assert {place: got["doses"][place] for place in some} == {
        place: f"{day}T23:59" for place, day in some.items()
    }
    assert schedule(case | {"indication": "other"}) is None


def test_the_days_to_be_covered_leave_out_a_second_cycle_that_nobody_booked() -> None:
    case: Case = {"indication": RENAL, "route": IV}
    case |= {"course": {"first_dose_at": "2026-11-23T08:00"}}
    assert [day.day for day in planned_days(case, schedule(case))] == [23, 24, 25, 26, 27]
    case["course"]["cycles"] = [{"number": 2, "planned_first_at": "2026-12-07T08:00"}]
    assert [day.day for day in planned_days(case, schedule(case))][5:] == [7, 8, 9, 10, 11]
