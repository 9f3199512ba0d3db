"""The second computation of what happened in a course, against sums by hand.

Day 1 is a date; what follows was counted on a calendar with the label's table in hand: days 1 to 5,
rest on days 6 to 14, days 15 to 19, another course from day 69.
"""

from typing import Any

import pytest

from tests.policies.independent.basics import GVHD, IL, IV, MELANOMA, RENAL, Case
from tests.policies.independent.course import course_check


def given(number: int, doses: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    times = {"first_dose_at": first, "last_dose_at": last}
    return {"number": number, "doses_given": doses, **times, **more}


FIRST = given(1, 14, "2026-11-02T08:00", "2026-11-06T16:00")
SECOND = given(2, 14, "2026-11-16T08:00", "2026-11-20T16:00")


def checked(*cycles: dict[str, Any], **course: Any) -> dict[str, Any]:
    case = {"indication": MELANOMA, "route": IV, "course": {**course, "cycles": list(cycles)}}
    check = course_check(case)
    assert check
    return check


def rules(check: dict[str, Any]) -> list[tuple[str, str]]:
    return [(found["rule"], found["kind"]) for found in check["findings"]]


def test_a_course_as_in_the_label_is_faultless_and_the_next_begins_on_day_69() -> None:
    assert checked(FIRST, SECOND, discharge_date="2026-11-21") == {
        "cycles": [{"number": n, "doses_given": 14, "doses_left": 0} for n in (1, 2)],
        "second_cycle_earliest": "2026-11-16",
        "second_cycle_provisional": False,
        "next_course_earliest": "2027-01-09",
        "next_course_provisional": False,
        "this_course_earliest": None,
        "by_discharge": "2027-01-09",
        "by_discharge_of": "next_course",
        "findings": [],
    }


@pytest.mark.parametrize(
    ("cycle", "size", "left"),
    [
        ({"doses_given": 9}, 14, 5),
        ({"doses_given": 9}, 10, 1),
        ({"doses_given": 9, "doses_held": 2}, 14, 3),
        ({"doses_given": 9, "doses_held": 2, "over": True}, 14, 0),
        ({"doses_given": 14, "doses_held": 3}, 14, 0),
        ({"doses_given": 10}, 10, 0),
    ],
)
def test_held_doses_are_not_made_up(cycle: dict[str, Any], size: int, left: int) -> None:
    got = checked({**FIRST, **cycle}, doses_per_cycle=size)["cycles"]
    assert got == [{"number": 1, "doses_given": cycle["doses_given"], "doses_left": left}]


def test_a_first_cycle_leaves_nothing_once_the_second_is_begun_or_over() -> None:
    first = given(1, 9, "2026-11-02T08:00", "2026-11-05T00:00")
    begun = given(2, 1, "2026-11-16T08:00", "2026-11-16T08:00")
    for second in (begun, {"number": 2, "over": True}, {"number": 2, "doses_held": 14}):
        assert checked(first, second)["cycles"][0]["doses_left"] == 0
    assert checked(first, {"number": 2, "doses_held": 13})["cycles"][0]["doses_left"] == 5


@pytest.mark.parametrize(
    ("doses", "first", "last", "faults"),
    [
        (15, "2026-11-02T08:00", "2026-11-07T00:00", ["too_many_doses"]),
        (6, "2026-11-02T01:00", "2026-11-03T23:00", []),
        # 6 intervals are 48 hours; 47 hours 59 minutes lie within the hour, 46 hours 59 do not
        (7, "2026-11-02T00:00", "2026-11-03T23:59", ["too_many_doses_daily"]),
        (7, "2026-11-02T01:00", "2026-11-03T23:59", ["doses_too_close", "too_many_doses_daily"]),
        (7, "2026-11-02T01:00", "2026-11-04T00:00", []),
        (3, "2026-11-02T08:00", "2026-11-02T23:00", []),
        (3, "2026-11-02T08:00", "2026-11-02T22:59", ["doses_too_close"]),
        (1, "2026-11-02T08:00", "2026-11-02T08:00", []),
    ],
)
def test_doses_are_counted_by_cycle_by_date_and_by_hour(
    doses: int, first: str, last: str, faults: list[str]
) -> None:
    found = rules(checked(given(1, doses, first, last)))
    assert [rule for rule, _ in found] == faults
    assert {kind for rule, kind in found if rule == "doses_too_close"} <= {"advisory"}
    assert {kind for rule, kind in found if rule != "doses_too_close"} <= {"violation"}


@pytest.mark.parametrize(
    ("again", "faults"),
    [("2026-11-15T23:59", [("rest_too_short", "violation")]), ("2026-11-16T00:00", [])],
)
def test_the_second_cycle_waits_for_nine_whole_dates(again: str, faults: list[Any]) -> None:
    first = given(1, 5, "2026-11-02T08:00", "2026-11-06T23:59", over=True)
    assert rules(checked(first, given(2, 4, again, "2026-11-18T08:00"))) == faults
    assert rules(checked(first, {"number": 2, "planned_first_at": again})) == faults


def test_a_booked_second_cycle_waits_for_the_doses_that_are_still_planned() -> None:
    """Two more doses, at 00:00 and 08:00 on the 7th: ten dates later is the 17th."""
    first = given(1, 12, "2026-11-02T08:00", "2026-11-06T16:00")
    for day, faults in (("16", ["rest_too_short"]), ("17", [])):
        got = checked(first, {"number": 2, "planned_first_at": f"2026-11-{day}T08:00"})
        assert [rule for rule, _ in rules(got)] == faults
        assert got["second_cycle_earliest"] == "2026-11-17"
        assert got["second_cycle_provisional"] is True


@pytest.mark.parametrize(
    ("second", "next_course", "provisional"),
    [
        (None, "2027-01-09", True),  # the second cycle is planned for the 16th to the 20th
        ({"number": 2, "doses_given": 0}, "2027-01-09", True),
        ({"number": 2, "doses_held": 13}, "2027-01-05", True),  # one dose, on the 16th
        ({"number": 2, "doses_given": 0, "over": True}, "2026-12-26", False),
        ({"number": 2, "doses_held": 14}, "2026-12-26", False),
        (given(2, 1, "2026-11-20T08:00", "2026-11-20T08:00", over=True), "2027-01-09", False),
        # 13 doses more from 16:00 on: the last of them on the 24th at 16:00
        (given(2, 1, "2026-11-20T08:00", "2026-11-20T08:00"), "2027-01-13", True),
    ],
)
def test_a_course_ends_with_the_last_dose_that_it_has(
    second: dict[str, Any] | None, next_course: str, provisional: bool
) -> None:
    got = checked(*([FIRST, second] if second else [FIRST]), discharge_date="2026-12-01")
    assert got["next_course_earliest"] == next_course
    assert got["next_course_provisional"] is provisional
    assert got["by_discharge"] == (None if provisional else "2027-01-19")
    assert got["by_discharge_of"] == (None if provisional else "next_course")


VIOLATION = [("course_rest_too_short", "violation")]
ADVISORY = [("seven_weeks_to_the_day", "advisory")]


@pytest.mark.parametrize(
    ("course", "earliest", "faults"),
    [
        ({"previous_last_dose_on": "2026-09-13", "cycles": [FIRST]}, "2026-11-02", []),
        ({"previous_last_dose_on": "2026-09-14", "cycles": [FIRST]}, "2026-11-03", ADVISORY),
        ({"previous_last_dose_on": "2026-09-15", "cycles": [FIRST]}, "2026-11-04", VIOLATION),
        ({"previous_last_dose_on": "2028-01-11"}, "2028-03-01", []),
        (
            {"previous_last_dose_on": "2028-01-10", "first_dose_at": "2028-02-28T23:59"},
            "2028-02-29",
            ADVISORY,
        ),
        # one dose held moves the first to midnight of the 29th
        (
            {
                "previous_last_dose_on": "2028-01-10",
                "first_dose_at": "2028-02-28T16:00",
                "cycles": [{"number": 1, "doses_held": 1}],
            },
            "2028-02-29",
            [],
        ),
        (
            {
                "previous_last_dose_on": "2026-09-13",
                "first_dose_at": "2026-10-01T08:00",
                "cycles": [FIRST],
            },
            "2026-11-02",
            [],
        ),
    ],
)
def test_a_course_waits_for_seven_whole_weeks(
    course: dict[str, Any], earliest: str, faults: list[tuple[str, str]]
) -> None:
    check = course_check({"indication": RENAL, "route": IV, "course": course})
    assert check
    assert check["this_course_earliest"] == earliest
    assert rules(check) == faults


def test_a_discharge_belongs_to_this_course_while_none_of_it_was_given() -> None:
    before = {"previous_last_dose_on": "2026-10-01", "discharge_date": "2026-10-05"}
    got = checked(**before)
    assert (got["by_discharge"], got["by_discharge_of"]) == ("2026-11-23", "this_course")
    got = checked(FIRST, previous_last_dose_on="2026-09-01", discharge_date="2026-11-07")
    assert (got["by_discharge"], got["by_discharge_of"]) == (None, None)


@pytest.mark.parametrize(
    "changes",
    [
        {"regimen": "til"},
        {"route": IL},
        {"indication": GVHD},
        {"course": None},
        {"course": {"discharge_date": "2026-11-21"}},
        {"course": {"first_dose_at": "2026-11-23T08:00", "cycles": [{"number": 1}]}},
        {"course": {"cycles": []}},
    ],
)
def test_nothing_is_checked_outside_the_regimen_or_where_nothing_happened(changes: Case) -> None:
    case = {"indication": MELANOMA, "route": IV, "course": {"cycles": [FIRST]}}
    assert course_check(case)
    assert course_check(case | changes) is None
