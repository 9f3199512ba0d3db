"""The second computation of what happened in a course, against sums by hand.

Day 1 is a date; what follows was counted on a calendar with the label's table in hand: days 1 to 5,
rest on days 6 to 14, days 15 to 19, another course from day 69.
"""

from typing import Any

import pytest

from tests.policies.independent.course import course_check
from tests.policies.independent.evaluator import IL, IV, MELANOMA, RENAL, Case


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


def test_a_course_as_in_the_label_is_faultless_and_the_next_begins_on_day_69() -> None:
    assert checked(FIRST, SECOND, discharge_date="2026-11-21") == {
        "cycles": [{"number": n, "doses_given": 14, "doses_left": 0} for n in (1, 2)],
        "second_cycle_earliest": "2026-11-16",
        "next_course_earliest": "2027-01-09",
        "this_course_earliest": None,
        "next_course_by_discharge": "2027-01-09",
        "findings": [],
    }


@pytest.mark.parametrize(
    ("cycle", "left"),
    [
        ({"doses_given": 9}, 5),
        ({"doses_given": 9, "doses_held": 2}, 3),
        ({"doses_given": 9, "doses_held": 2, "over": True}, 0),
        ({"doses_given": 14, "doses_held": 3}, 0),
        ({"doses_given": 0}, 14),
    ],
)
def test_held_doses_are_not_made_up(cycle: dict[str, Any], left: int) -> None:
    got = checked({**FIRST, **cycle})["cycles"]
    assert got == [{"number": 1, "doses_given": cycle["doses_given"], "doses_left": left}]


@pytest.mark.parametrize(
    ("doses", "first", "last", "faults"),
    [
        (15, "2026-11-02T08:00", "2026-11-07T00:00", ["too_many_doses"]),
        (6, "2026-11-02T01:00", "2026-11-03T23:00", []),
        (7, "2026-11-02T00:00", "2026-11-03T23:59", ["doses_too_close", "too_many_doses_daily"]),
        (3, "2026-11-02T08:00", "2026-11-03T00:00", []),
        (3, "2026-11-02T08:00", "2026-11-02T23:59", ["doses_too_close"]),
        (1, "2026-11-02T08:00", "2026-11-02T08:00", []),
    ],
)
def test_doses_are_counted_by_cycle_by_date_and_by_hour(
    doses: int, first: str, last: str, faults: list[str]
) -> None:
    found = checked(given(1, doses, first, last))["findings"]
    assert [rule for rule, _ in found] == faults
    assert {kind for rule, kind in found if rule == "doses_too_close"} <= {"advisory"}
    assert {kind for rule, kind in found if rule != "doses_too_close"} <= {"violation"}


@pytest.mark.parametrize(
    ("again", "faults"),
    [("2026-11-15T23:59", [("rest_too_short", "violation")]), ("2026-11-16T00:00", [])],
)
def test_the_second_cycle_waits_for_nine_whole_dates(again: str, faults: list[Any]) -> None:
    first = given(1, 5, "2026-11-02T08:00", "2026-11-06T23:59")
    assert checked(first, given(2, 4, again, "2026-11-18T08:00"))["findings"] == faults


@pytest.mark.parametrize(
    ("second", "next_course"),
    [
        (None, None),
        ({"number": 2, "doses_given": 0}, None),
        ({"number": 2, "doses_given": 0, "over": True}, "2026-12-26"),
        (given(2, 1, "2026-11-20T08:00", "2026-11-20T08:00", over=True), "2027-01-09"),
    ],
)
def test_a_course_ends_with_the_last_dose_that_it_has(
    second: dict[str, Any] | None, next_course: str | None
) -> None:
    cycles = [FIRST, second] if second else [FIRST]
    assert checked(*cycles)["next_course_earliest"] == next_course


@pytest.mark.parametrize(
    ("course", "earliest", "faults"),
    [
        ({"previous_last_dose_on": "2026-09-13", "cycles": [FIRST]}, "2026-11-02", 0),
        ({"previous_last_dose_on": "2026-09-14", "cycles": [FIRST]}, "2026-11-03", 1),
        ({"previous_last_dose_on": "2028-01-11"}, "2028-03-01", 0),
        (
            {"previous_last_dose_on": "2028-01-10", "first_dose_at": "2028-02-28T23:59"},
            "2028-02-29",
            1,
        ),
        (
            {
                "previous_last_dose_on": "2026-09-13",
                "first_dose_at": "2026-10-01T08:00",
                "cycles": [FIRST],
            },
            "2026-11-02",
            0,
        ),
    ],
)
def test_a_course_waits_for_seven_whole_weeks(
    course: dict[str, Any], earliest: str, faults: int
) -> None:
    check = course_check({"indication": RENAL, "route": IV, "course": course})
    assert check
    assert check["this_course_earliest"] == earliest
    assert check["findings"] == [("course_rest_too_short", "violation")] * faults


@pytest.mark.parametrize(
    "changes",
    [
        {"regimen": "til"},
        {"route": IL},
        {"course": None},
        {"course": {"discharge_date": "2026-11-21"}},
    ],
)
def test_nothing_is_checked_outside_the_regimen_or_where_nothing_happened(changes: Case) -> None:
    case = {"indication": MELANOMA, "route": IV, "course": {"cycles": [FIRST]}}
    assert course_check(case)
    assert course_check(case | changes) is None
