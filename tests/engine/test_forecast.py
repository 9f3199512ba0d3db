"""The most that the timing allows in an approval period: dates counted by hand on a calendar."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.approval import approval_rule
from app.engine.dose import dose_rule
from app.engine.forecast import forecast_rule
from app.library import Library
from app.model.adapters import adapter
from app.model.case_json import read_case
from app.model.policy import Dosing
from app.model.treatment import Forecast
from tests.cases import case, determine

CITATION = {"heading": "Dosing"}
MORNING, EVENING = "2026-11-23T08:00", "2026-11-23T20:00"


def found(library: Library, first: str | None, **changes: Any) -> Forecast | None:
    course = {"first_dose_at": first, **changes.pop("course", {})}
    return determine(library, case(course=course, **changes)).forecast


def forecast(library: Library, first: str, **changes: Any) -> Forecast:
    one = found(library, first, **changes)
    assert one is not None
    return one


def first_days(one: Forecast) -> list[str]:
    return [course.first_day.isoformat() for course in one.courses]


def test_a_morning_start_gives_a_course_every_77_dates(library: Library) -> None:
    """Day 78 of one course is day 1 of the next; a course has 21 dates; ten months of approval."""
    one = forecast(library, MORNING)
    assert first_days(one) == ["2026-11-23", "2027-02-08", "2027-04-26", "2027-07-12"]
    assert [course.number for course in one.courses] == [1, 2, 3, 4]
    assert [(course.last_day - course.first_day).days for course in one.courses] == [20] * 4
    assert not any(course.ends_after_approval for course in one.courses)
    assert [course.doses for course in one.courses] == [20] * 4
    assert one.total_doses == 80


def test_an_evening_start_takes_six_dates_a_cycle(library: Library) -> None:
    one = forecast(library, EVENING, authorization={"end": "2027-08-01"})
    assert first_days(one) == ["2026-11-23", "2027-02-10", "2027-04-30", "2027-07-18"]
    assert one.courses[-1].last_day == date(2027, 8, 9)
    assert [course.ends_after_approval for course in one.courses] == [False] * 3 + [True]


def test_a_leap_day_is_an_ordinary_date(library: Library) -> None:
    one = forecast(library, "2028-02-25T08:00", date_of_service="2028-02-25")
    assert first_days(one)[:2] == ["2028-02-25", "2028-05-12"]
    other = forecast(library, "2027-02-25T08:00", date_of_service="2027-02-25")
    assert first_days(other)[:2] == ["2027-02-25", "2027-05-13"]


@pytest.mark.parametrize(
    ("end", "days", "ends_after"),
    [
        ("2027-02-07", ["2026-11-23"], [False]),
        ("2027-02-08", ["2026-11-23", "2027-02-08"], [False, True]),
        ("2027-02-27", ["2026-11-23", "2027-02-08"], [False, True]),
        ("2027-02-28", ["2026-11-23", "2027-02-08"], [False, False]),
        ("2026-11-23", ["2026-11-23"], [True]),
    ],
)
def test_a_course_counts_by_its_first_day_and_says_if_it_ends_after(
    library: Library, end: str, days: list[str], ends_after: list[bool]
) -> None:
    one = forecast(library, MORNING, authorization={"end": end})
    assert first_days(one) == days
    assert [course.ends_after_approval for course in one.courses] == ends_after


@pytest.mark.parametrize(
    ("start", "days"),
    [
        ("2026-11-23", ["2026-11-23", "2027-02-08", "2027-04-26"]),
        ("2026-11-24", ["2027-02-08", "2027-04-26"]),
        ("2027-02-08", ["2027-02-08", "2027-04-26"]),
        ("2027-02-09", ["2027-04-26"]),
        ("2027-04-27", []),
    ],
)
def test_courses_that_begin_before_the_period_do_not_count(
    library: Library, start: str, days: list[str]
) -> None:
    one = forecast(library, MORNING, authorization={"start": start, "end": "2027-07-11"})
    assert first_days(one) == days
    assert [course.number for course in one.courses] == list(range(1, len(days) + 1))
    assert one.total_doses == 20 * len(days)


def test_a_first_dose_after_the_period_leaves_nothing(library: Library) -> None:
    one = forecast(library, "2027-09-23T08:00", authorization={"units": 10})
    assert (one.courses, one.total_doses, one.total_vials, one.units_short) == ((), 0, 0, 0)


@pytest.mark.parametrize(
    ("changes", "dose_iu", "per_dose"),
    [
        ({}, 28_200_000, 2),
        ({"weight_kg": "54.45"}, 21_780_000, 2),  # 1 vial by content, 2 by volume
        ({"weight_kg": "108.75"}, 43_500_000, 3),
        ({"requested": {"dose_iu": 21_600_000}}, 21_600_000, 1),
        ({"requested": {"dose_iu": 21_700_000}}, 21_700_000, 2),
        ({"requested": {"doses_per_day": 2}}, 28_200_000, 2),
    ],
)
def test_vials_are_those_of_the_requested_dose_or_else_of_the_maximum(
    library: Library, changes: dict[str, Any], dose_iu: int, per_dose: int
) -> None:
    one = forecast(library, MORNING, **changes)
    assert (one.dose_iu, one.vials_per_dose) == (dose_iu, per_dose)
    assert [course.vials for course in one.courses] == [20 * per_dose] * 4
    assert one.total_vials == 80 * per_dose


def test_vials_are_unknown_while_the_dose_is(library: Library) -> None:
    one = forecast(library, MORNING, weight_kg=None, authorization={"units": 10})
    assert {course.vials for course in one.courses} == {None}
    assert (one.total_doses, one.total_vials, one.units_short) == (80, None, None)
    assert one.units_granted == 10


@pytest.mark.parametrize(
    ("units", "short"), [(None, None), (0, 160), (159, 1), (160, 0), (161, 0), (10**30, 0)]
)
def test_what_was_granted_is_compared_with_the_total(
    library: Library, units: int | None, short: int | None
) -> None:
    one = forecast(library, MORNING, authorization={"units": units})
    assert (one.units_granted, one.units_short) == (units, short)


def test_neither_a_shorter_plan_nor_what_happened_changes_the_forecast(library: Library) -> None:
    given = {"number": 1, "doses_given": 2, "over": True}
    times = {"first_dose_at": MORNING, "last_dose_at": "2026-11-23T16:00"}
    more = {"doses_per_cycle": 3, "cycles": [{**given, **times}]}
    shorter = forecast(library, MORNING, course=more, requested={"doses_per_cycle": 5})
    assert shorter == forecast(library, MORNING)


def test_timing_is_cited_from_the_policy_and_vials_from_the_label(library: Library) -> None:
    citations = forecast(library, MORNING).citations
    assert citations["min_rest_days"] == "Alder 12: Skin doses 4"
    assert citations["vials_per_dose"] == (
        "Proleukin prescribing information "
        "(Iovance, SPL f3c516ad, version 7, December 20, 2024): How Supplied"
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"route": "intralesional"},
        {"regimen": "til"},
        {"age_years": 17},
        {"requested": {"dose_iu": 28_200_001}},
        {"indication": "other"},
    ],
)
def test_there_is_none_without_an_approval_or_a_plan_of_intravenous_cycles(
    library: Library, changes: dict[str, Any]
) -> None:
    assert found(library, MORNING, **{"facts": case()["facts"], **changes}) is None


def test_a_route_that_meets_its_criteria_but_is_not_intravenous_has_none(library: Library) -> None:
    facts = {"lesion_status": ["unresectable"], "prescriber_specialties": ["oncologist"]}
    result = determine(
        library,
        case(route="intralesional", facts=facts, course={"first_dose_at": MORNING}),
    )
    assert result.schedule is not None
    assert result.approval_period is not None
    assert result.forecast is None


def test_there_is_none_without_a_first_dose(library: Library) -> None:
    assert determine(library, case()).forecast is None


def made_up(library: Library, route: str, **limits: int) -> Forecast | None:
    data: dict[str, Any] = {name: {"value": n, "citation": CITATION} for name, n in limits.items()}
    dose = {"iu": 450_000, "per": "kg", "citation": CITATION}
    dosing = adapter(Dosing).validate_python({"name": "Made up", "dose": dose, **data})
    read = read_case(case(route=route, course={"first_dose_at": MORNING}))
    policy = library.in_force(read.policy, read.date_of_service)
    period = approval_rule(policy.coverage["cutaneous_melanoma"].approval)(read)
    limit = dose_rule(policy, dosing)(read)
    return forecast_rule(policy, dosing, library.reference_data.label)(read, limit, period)


def test_cycles_and_rests_are_those_of_the_policy_in_force(library: Library) -> None:
    """12 doses, 2 a day: Nov 23 to 28, rest of 12, Dec 11 to 16, rest of 63, Feb 18."""
    limits = {"max_doses_per_cycle": 12, "min_rest_days": 12, "min_course_rest_days": 63}
    one = made_up(library, "intravenous", max_doses_per_day=2, **limits)
    assert one is not None
    assert first_days(one)[:2] == ["2026-11-23", "2027-02-18"]
    assert one.courses[0].last_day == date(2026, 12, 16)
    assert (one.courses[0].doses, one.dose_iu) == (24, 31_725_000)
    assert made_up(library, "subcutaneous", max_doses_per_day=2, **limits) is None


def test_without_cycles_there_is_no_forecast(library: Library) -> None:
    assert made_up(library, "intravenous", max_doses_per_day=2) is None


@given(
    first=st.datetimes(datetime(2026, 11, 23), datetime(2027, 11, 22, 23, 59)),
    days=st.integers(0, 2000),
)
def test_courses_never_have_a_shorter_rest_and_none_is_left_out(
    library: Library, first: datetime, days: int
) -> None:
    end = date(2026, 11, 23) + timedelta(days=days)
    one = forecast(library, f"{first:%Y-%m-%dT%H:%M}", authorization={"end": f"{end}"})
    doses = [first.replace(second=0, microsecond=0) + timedelta(hours=12 * n) for n in range(10)]
    span = (doses[-1].date() - first.date()).days  # 4 or 5
    step = 2 * span + 12 + 57
    days_left = (end - first.date()).days
    expected = [first.date() + timedelta(days=n) for n in range(0, days_left + 1, step)]
    assert [course.first_day for course in one.courses] == expected
    for before, after in zip(one.courses, one.courses[1:], strict=False):
        assert (after.first_day - before.last_day).days == 57
    assert all(course.doses == 20 for course in one.courses)
