"""This course and the most that may follow in an approval period: dates counted on a calendar.

Birch: 12 doses 8 hours apart, 8 and 42 days of rest, 7 months of approval, 300,000 a kg. From a
morning start a full course has 18 dates, and the next one begins 60 dates after its first day.
"""

from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library import Library
from app.model.supply import Forecast
from tests.engine.people import LESION, VEIN_BIRCH, cycle, found
from tests.engine.test_course_schedule import FIRST, SLOTS

FULL = cycle(1, 12, SLOTS[0], SLOTS[11])  # November 23 to 27
THREE = cycle(1, 3, SLOTS[0], SLOTS[2])  # November 23 to 24
OVER = {"number": 2, "over": True}


def forecast_of(library: Library, course: dict[str, Any], **changes: Any) -> Forecast | None:
    return found(library, **{**VEIN_BIRCH, **changes}, course=course).forecast


def forecast(library: Library, *cycles: dict[str, Any], **changes: Any) -> Forecast:
    course = {"first_dose_at": FIRST, "cycles": list(cycles), **changes.pop("course", {})}
    one = forecast_of(library, course, **changes)
    assert one is not None
    return one


def first_days(one: Forecast) -> list[str]:
    return [course.first_day.isoformat() for course in one.courses]


def test_a_morning_start_gives_a_course_every_60_dates(library: Library) -> None:
    """Approved to June 22, 2027; a fifth course could begin on July 21."""
    one = forecast(library)
    assert first_days(one) == ["2026-11-23", "2027-01-22", "2027-03-23", "2027-05-22"]
    assert [course.number for course in one.courses] == [1, 2, 3, 4]
    assert [(course.last_day - course.first_day).days for course in one.courses] == [17] * 4
    assert [course.doses for course in one.courses] == [24] * 4
    assert one.total_doses == 96
    assert not any(course.ends_after_approval for course in one.courses)


def test_an_early_start_takes_a_date_less_for_each_cycle(library: Library) -> None:
    """From 7:00 on the last of 12 doses falls on the fourth date: a course every 58 dates."""
    one = forecast(library, course={"first_dose_at": "2026-11-23T07:00"})
    assert first_days(one) == ["2026-11-23", "2027-01-20", "2027-03-19", "2027-05-16"]
    assert one.courses[1].last_day == date(2027, 2, 4)


def test_later_courses_have_the_clock_of_the_given_first_dose(library: Library) -> None:
    early = cycle(1, 12, "2026-11-23T07:00", "2026-11-26T23:00")
    assert first_days(forecast(library, early)) == [
        *("2026-11-23", "2027-01-20", "2027-03-19", "2027-05-16")
    ]


@pytest.mark.parametrize(
    ("end", "days", "ends_after"),
    [
        ("2027-01-21", ["2026-11-23"], [False]),
        ("2027-01-22", ["2026-11-23", "2027-01-22"], [False, True]),
        ("2027-02-07", ["2026-11-23", "2027-01-22"], [False, True]),
        ("2027-02-08", ["2026-11-23", "2027-01-22"], [False, False]),
        # The second cycle is not booked, and may lie after the period.
        ("2026-11-27", ["2026-11-23"], [True]),
        ("2026-12-09", ["2026-11-23"], [True]),
        ("2026-12-10", ["2026-11-23"], [False]),
    ],
)
def test_a_course_counts_by_its_first_day_and_says_if_it_ends_after(
    library: Library, end: str, days: list[str], ends_after: list[bool]
) -> None:
    one = forecast(library, authorization={"end": end})
    assert first_days(one) == days
    assert [course.ends_after_approval for course in one.courses] == ends_after


def test_a_shorter_course_stands_first_and_full_ones_follow(library: Library) -> None:
    """5 doses, to November 24; December 3 and 4; the next course from January 16."""
    one = forecast(library, course={"doses_per_cycle": 5})
    assert first_days(one) == ["2026-11-23", "2027-01-16", "2027-03-17", "2027-05-16"]
    assert one.courses[0].last_day == date(2026, 12, 4)
    assert [course.doses for course in one.courses] == [10, 24, 24, 24]
    assert one.total_doses == 82


@pytest.mark.parametrize(
    ("cycles", "start", "expected"),
    [
        # 75 kg: two vials a dose. All of the first cycle was given in the period, or before it.
        ([FULL], "2026-11-23", ("2026-11-23", "2026-12-10", 24, 48, "2027-01-22")),
        ([FULL], "2026-11-24", ("2026-11-23", "2026-12-10", 24, 24, "2027-01-22")),
        # Three were given; what is planned counts always.
        ([THREE], "2026-11-23", ("2026-11-23", "2026-12-10", 24, 48, "2027-01-22")),
        ([THREE], "2026-11-24", ("2026-11-23", "2026-12-10", 24, 42, "2027-01-22")),
        # Held doses are not made up, and take no vials.
        (
            [{**THREE, "doses_held": 2}],
            "2026-11-24",
            ("2026-11-23", "2026-12-10", 22, 38, "2027-01-22"),
        ),
        # Nothing more is planned.
        ([THREE, OVER], "2026-11-23", ("2026-11-23", "2026-11-24", 3, 6, "2027-01-06")),
        ([THREE, OVER], "2026-11-24", ("2026-11-23", "2026-11-24", 3, 0, "2027-01-06")),
        # A booked second cycle, and one that was given in the period after a first one before it.
        (
            [FULL, {"number": 2, "planned_first_at": "2026-12-08T08:00"}],
            "2026-11-24",
            ("2026-11-23", "2026-12-12", 24, 24, "2027-01-24"),
        ),
        (
            [FULL, cycle(2, 2, "2026-12-08T08:00", "2026-12-08T16:00")],
            "2026-11-28",
            ("2026-11-23", "2026-12-12", 24, 24, "2027-01-24"),
        ),
    ],
)
def test_what_was_given_before_the_period_is_used_up_and_paid(
    library: Library,
    cycles: list[dict[str, Any]],
    start: str,
    expected: tuple[str, str, int, int, str],
) -> None:
    """Expected are first and last day, doses and vials of this course, and when another begins."""
    granted = {"start": start, "end": "2027-02-01"}
    one = forecast(library, *cycles, weight_kg="75", date_of_service=start, authorization=granted)
    assert one.vials_per_dose == 2
    course = one.courses[0]
    days = (course.first_day.isoformat(), course.last_day.isoformat())
    assert (*days, course.doses, course.vials, *first_days(one)[1:]) == expected
    assert (course.number, course.vials_by_content) == (1, course.vials)


def test_a_course_begins_not_before_the_period_though_it_might(library: Library) -> None:
    """Ended on June 5, the course before might be followed from July 18 on."""
    given = cycle(1, 12, "2026-06-01T08:00", "2026-06-05T00:00")
    one = forecast(library, given, OVER)
    assert first_days(one) == [
        *("2026-06-01", "2026-11-23", "2027-01-22", "2027-03-23", "2027-05-22")
    ]
    assert [course.number for course in one.courses] == [1, 2, 3, 4, 5]
    assert (one.courses[0].doses, one.courses[0].vials) == (12, 0)


@pytest.mark.parametrize(
    ("course", "changes"),
    [
        ({}, {}),  # nothing says when it begins
        ({"first_dose_at": FIRST}, {"regimen": "til"}),
        ({"first_dose_at": FIRST}, {"age_years": 17}),
        ({"first_dose_at": FIRST}, {"requested": {"dose_iu": 21_150_001}}),
        ({"first_dose_at": FIRST}, {"indication": "other"}),
        ({"first_dose_at": FIRST}, {"weight_kg": "154"}),  # waits for a confirmation
        ({"first_dose_at": FIRST}, {"authorization": {"end": "2026-11-26"}}),
        # A violation: 13 doses given, the second cycle or the whole course too early.
        ({"cycles": [cycle(1, 13, SLOTS[0], SLOTS[12])]}, {}),
        ({"cycles": [FULL, {"number": 2, "planned_first_at": "2026-12-05T08:00"}]}, {}),
        ({"first_dose_at": FIRST, "previous_last_dose_on": "2026-10-20"}, {}),
    ],
)
def test_there_is_none_without_an_approval_and_a_plan_or_beside_a_violation(
    library: Library, course: dict[str, Any], changes: dict[str, Any]
) -> None:
    assert forecast_of(library, course, **changes) is None


def test_an_advisory_takes_nothing_away(library: Library) -> None:
    """Six weeks to the day after the last dose of the course before."""
    one = forecast_of(library, {"first_dose_at": FIRST, "previous_last_dose_on": "2026-10-12"})
    assert one is not None
    assert len(one.courses) == 4


def test_a_route_that_is_not_intravenous_has_none(library: Library) -> None:
    one = found(library, **LESION, course={"first_dose_at": FIRST})
    assert one.schedule is not None
    assert one.approval_period is not None
    assert one.forecast is None


@given(
    first=st.datetimes(datetime(2026, 11, 23), datetime(2027, 6, 22, 23, 59)),
    days=st.integers(0, 2_000),
)
def test_courses_never_have_a_shorter_rest_and_none_is_left_out(
    library: Library, first: datetime, days: int
) -> None:
    begins = first.replace(second=0, microsecond=0)
    last = date.fromordinal(min(first.date().toordinal() + 4 + days, date(2099, 1, 1).toordinal()))
    one = forecast(
        library,
        course={"first_dose_at": f"{begins:%Y-%m-%dT%H:%M}"},
        authorization={"end": f"{last}"},
    )
    span = 4 if begins.hour >= 8 else 3
    step = 2 * span + 9 + 43
    expected = [
        date.fromordinal(day)
        for day in range(begins.date().toordinal(), last.toordinal() + 1, step)
    ]
    assert [course.first_day for course in one.courses] == expected
    for before, after in zip(one.courses, one.courses[1:], strict=False):
        assert (after.first_day - before.last_day).days == 43
    assert one.total_doses == 24 * len(expected)
    assert one.total_vials == sum(course.vials or 0 for course in one.courses)
