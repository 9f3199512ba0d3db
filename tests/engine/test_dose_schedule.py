"""The plan: calendar dates and wall clock, rest in whole dose-free dates."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library import Library
from app.model.treatment import CycleSchedule, DoseSchedule, Rest, Schedule
from tests.cases import case, determine

moments = st.datetimes(datetime(2020, 1, 1), datetime(2099, 12, 31, 23, 59)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


def schedule(library: Library, first: str, **changes: Any) -> Schedule | None:
    course = {"first_dose_at": first, **changes.pop("course", {})}
    return determine(library, case(course=course, **changes)).schedule


def cycles(library: Library, first: str, **changes: Any) -> CycleSchedule:
    found = schedule(library, first, **changes)
    assert isinstance(found, CycleSchedule)
    return found


def test_a_morning_start_gives_cycle_rest_cycle_and_rest_day_by_day(library: Library) -> None:
    """Days 1 to 5, rest days 6 to 16, days 17 to 21, another course on day 78."""
    plan = cycles(library, "2026-11-23T08:00")
    day_1 = date(2026, 11, 23)

    def day(number: int) -> date:
        return day_1 + timedelta(days=number - 1)

    one, two = plan.cycles
    assert (one.number, two.number) == (1, 2)
    assert (one.first_day, one.last_day) == (day(1), day(5))
    assert plan.rest == Rest(day(6), day(16), 11)
    assert (two.first_day, two.last_day) == (day(17), day(21))
    assert plan.course_rest is not None
    assert (plan.course_rest.first_day, plan.course_rest.days) == (day(22), 56)
    assert plan.next_course_earliest == day(78)


def test_an_evening_start_reaches_a_sixth_date(library: Library) -> None:
    plan = cycles(library, "2026-11-23T20:00")
    assert plan.cycles[0].last_day == date(2026, 11, 28)
    assert plan.cycles[1].doses[0] == datetime(2026, 12, 10, 20)


def test_fewer_planned_doses_end_the_cycle_earlier(library: Library) -> None:
    plan = cycles(library, "2026-11-23T08:00", course={"doses_per_cycle": 3})
    assert [len(one.doses) for one in plan.cycles] == [3, 3]
    assert plan.cycles[0].last_day == date(2026, 11, 24)
    assert plan.rest == Rest(date(2026, 11, 25), date(2026, 12, 5), 11)


def test_leap_days_and_year_ends_are_ordinary_dates(library: Library) -> None:
    plan = cycles(library, "2028-02-26T08:00")
    assert plan.cycles[0].last_day == date(2028, 3, 1)
    assert plan.rest == Rest(date(2028, 3, 2), date(2028, 3, 12), 11)
    assert cycles(library, "2027-12-29T08:00").cycles[0].last_day == date(2028, 1, 2)


@given(first=moments, planned=st.integers(1, 14))
def test_no_plan_has_an_eleventh_dose_a_third_on_a_date_or_a_short_rest(
    library: Library, first: datetime, planned: int
) -> None:
    plan = cycles(library, f"{first:%Y-%m-%dT%H:%M}", course={"doses_per_cycle": planned})
    one, two = plan.cycles
    for cycle in plan.cycles:
        assert len(cycle.doses) == min(planned, 10)
        assert all(b - a == timedelta(hours=12) for a, b in pairwise(cycle.doses))
        dates = [dose.date() for dose in cycle.doses]
        assert max(dates.count(day) for day in dates) <= 2
    assert (two.doses[0].date() - one.doses[-1].date()).days == 12
    assert two.doses[0].time() == first.time()
    assert plan.next_course_earliest is not None
    assert (plan.next_course_earliest - two.doses[-1].date()).days == 57


def test_intralesional_doses_fall_on_dates_0_and_3_of_four_weeks(library: Library) -> None:
    plan = schedule(library, "2026-11-23T08:00", route="intralesional")
    assert isinstance(plan, DoseSchedule)
    days = [(dose.date() - date(2026, 11, 23)).days for dose in plan.doses]
    assert days == [0, 3, 7, 10, 14, 17, 21, 24]
    assert {dose.hour for dose in plan.doses} == {8}


def test_five_subcutaneous_doses_a_week_are_spread_over_its_dates(library: Library) -> None:
    plan = schedule(
        library,
        "2026-11-23T08:00",
        indication="graft_versus_host_disease",
        route="subcutaneous",
        facts=None,
    )
    assert isinstance(plan, DoseSchedule)
    assert [(dose.date() - date(2026, 11, 23)).days for dose in plan.doses] == [
        7 * week + day for week in range(4) for day in (0, 1, 2, 4, 5)
    ]


@pytest.mark.parametrize(
    "changes",
    [
        {"regimen": "til"},
        {"route": "subcutaneous"},
        {"indication": "other"},
    ],
)
def test_there_is_no_plan_without_a_documented_regimen_of_cycles(
    library: Library, changes: dict[str, Any]
) -> None:
    assert schedule(library, "2026-11-23T08:00", **changes) is None


def test_til_has_no_effect_on_renal_cell_carcinoma(library: Library) -> None:
    assert schedule(library, "2026-11-23T08:00", indication="renal_cell_carcinoma", regimen="til")


def test_there_is_no_plan_without_a_first_dose(library: Library) -> None:
    assert determine(library, case()).schedule is None


def test_the_request_does_not_shape_the_plan(library: Library) -> None:
    asked = {"dose_iu": 20_000_000, "doses_per_cycle": 5, "doses_per_day": 1, "rest_days": 20}
    plain = cycles(library, "2026-11-23T08:00")
    assert plain == cycles(library, "2026-11-23T08:00", requested=asked)


@pytest.mark.parametrize(
    "use",
    [
        {"route": "intralesional"},
        {"indication": "graft_versus_host_disease", "route": "subcutaneous", "facts": None},
    ],
)
def test_outside_courses_by_vein_only_the_first_dose_counts(
    library: Library, use: dict[str, Any]
) -> None:
    given = {
        "number": 1,
        "doses_given": 2,
        "first_dose_at": "2026-10-01T08:00",
        "last_dose_at": "2026-10-02T08:00",
    }
    more = {"number": 2, "doses_per_cycle": 3, "cycles": [given]}
    plain = schedule(library, "2026-11-23T08:00", **use)
    assert plain is not None
    assert schedule(library, "2026-11-23T08:00", course=more, **use) == plain
    assert determine(library, case(course=more, **use)).schedule is None
