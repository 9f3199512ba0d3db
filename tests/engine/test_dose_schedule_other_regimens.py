"""Plans for regimens that no shipped policy has, but another payer's may."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from app.engine.cycle_pattern import cycle_pattern
from app.engine.dose_schedule import schedule_rule
from app.engine.regimens import Regimen
from app.library import Library
from app.model.adapters import adapter
from app.model.case_json import read_case
from app.model.dosing import Dosing
from app.model.treatment import CycleSchedule, DoseSchedule, Schedule
from tests.cases import case

CITATION = {"heading": "Dosing"}
FIRST = datetime(2026, 11, 23, 8)


def plan_for(library: Library, **limits: int) -> Schedule | None:
    data: dict[str, Any] = {name: {"value": n, "citation": CITATION} for name, n in limits.items()}
    dose = {"iu": 1_000_000, "per": "lesion", "citation": CITATION}
    dosing = adapter(Dosing).validate_python({"name": "Made up", "dose": dose, **data})
    first = read_case(case(course={"first_dose_at": f"{FIRST:%Y-%m-%dT%H:%M}"}))
    regimen = Regimen(dosing, str, "intravenous", None, is_for_therapy=False)
    pattern = cycle_pattern(regimen, "intravenous", library.reference_data.label)
    return schedule_rule(regimen, pattern)(first)


def days(schedule: Schedule | None) -> list[float]:
    assert isinstance(schedule, DoseSchedule)
    return [(dose - FIRST) / timedelta(days=1) for dose in schedule.doses]


def interval(library: Library, **limits: int) -> int:
    found = plan_for(
        library, max_doses_per_cycle=4, min_rest_days=9, min_course_rest_days=49, **limits
    )
    assert isinstance(found, CycleSchedule)
    assert found.regimen == "Made up"
    return found.interval_hours


def test_without_a_stated_frequency_there_is_no_plan(library: Library) -> None:
    assert plan_for(library) is None


@pytest.mark.parametrize(
    ("per_week", "first_week"), [(1, [0]), (2, [0, 3]), (3, [0, 2, 4]), (5, [0, 1, 2, 4, 5])]
)
def test_doses_of_a_week_are_spread_over_its_dates(
    library: Library, per_week: int, first_week: list[int]
) -> None:
    found = days(plan_for(library, max_doses_per_week=per_week))
    assert found[:per_week] == first_week
    assert len(found) == 4 * per_week


@pytest.mark.parametrize(
    ("per_week", "first_week"),
    [
        (7, [0, 24, 48, 72, 96, 120, 144]),
        (8, [0, 21, 42, 63, 84, 105, 126, 147]),
        (9, [0, 18, 37, 56, 74, 93, 112, 130, 149]),  # 18 2/3 hours apart, in whole hours
    ],
)
def test_more_doses_than_dates_are_spread_over_the_hours_of_a_week(
    library: Library, per_week: int, first_week: list[int]
) -> None:
    found = plan_for(library, max_doses_per_week=per_week)
    assert isinstance(found, DoseSchedule)
    assert found.regimen == "Made up"
    hours = [(dose - FIRST) / timedelta(hours=1) for dose in found.doses]
    assert hours[:per_week] == first_week


def test_two_doses_a_day_are_twelve_hours_apart(library: Library) -> None:
    found = days(plan_for(library, max_doses_per_day=2))
    assert len(found) == 56
    assert {after - before for before, after in pairwise(found)} == {0.5}


def test_the_stricter_of_a_daily_and_a_weekly_limit_counts(library: Library) -> None:
    assert len(days(plan_for(library, max_doses_per_day=1, max_doses_per_week=3))) == 12
    assert len(days(plan_for(library, max_doses_per_day=1, max_doses_per_week=9))) == 28


def test_more_than_seven_a_week_never_pass_the_limit_in_seven_dates(library: Library) -> None:
    found = plan_for(library, max_doses_per_week=10)
    assert isinstance(found, DoseSchedule)
    for shift in range(21):
        start = date(2026, 11, 23) + timedelta(days=shift)
        dates = [start + timedelta(days=place) for place in range(7)]
        assert sum(dose.date() in dates for dose in found.doses) <= 10


@pytest.mark.parametrize(
    ("limits", "hours"),
    [
        ({}, 8),
        ({"max_doses_per_day": 1}, 24),
        ({"max_doses_per_day": 2}, 12),
        ({"max_doses_per_day": 3}, 8),
        ({"max_doses_per_day": 6}, 8),
    ],
)
def test_doses_of_a_cycle_keep_the_label_interval_or_a_longer_one(
    library: Library, limits: dict[str, int], hours: int
) -> None:
    found = interval(library, **limits)
    assert (found, type(found)) == (hours, int)  # a file for machines has no "12.0"
