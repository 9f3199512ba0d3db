"""The plan: dose times, rest days and next course, from the first dose and the regimen's limits.

Dates and times are local to the clinic, without time zones. 9 days of rest are 9 whole dose-free
dates. Neither the request nor the doses given change the plan.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

from app.model.case import Case
from app.model.label import Label
from app.model.policy import Dosing
from app.model.treatment import Cycle, CycleSchedule, DoseSchedule, Rest, Schedule, result

_DAY = timedelta(days=1)
_WEEKS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Pace:
    """The counts and intervals that all courses of a regimen share."""

    most_doses: int
    interval_hours: int
    rest_days: int
    course_rest_days: int


@result
class FullCourse:
    """A course with the most doses allowed, in both of its cycles.

    `length_days` lead from its first date to its last, `step_days` to that of the next course.
    """

    doses: int
    length_days: int
    step_days: int


def plan(case: Case, dosing: Dosing, label: Label) -> Schedule | None:
    """Return the plan from the first dose, or None without a first dose or a stated frequency."""
    first = case.course.first_dose_at
    if first is None or case.is_til:
        return None
    if dosing.has_cycles:
        return _plan_cycles(first, case.course.doses_per_cycle, dosing, label)
    return _plan_doses(first, dosing)


def _plan_cycles(
    first: datetime, planned: int | None, dosing: Dosing, label: Label
) -> CycleSchedule:
    pace = _pace(dosing, label)
    count = pace.most_doses if planned is None else min(planned, pace.most_doses)
    steps = _steps(count, pace.interval_hours)
    one = _cycle(1, first, steps)
    rest = rest_after(one.last_day, pace.rest_days)
    second_first = datetime.combine(rest.last_day + _DAY, first.time())
    two = _cycle(2, second_first, steps)
    course_rest = rest_after(two.last_day, pace.course_rest_days)
    return CycleSchedule(
        regimen=dosing.name,
        interval_hours=pace.interval_hours,
        cycles=(one, two),
        rest=rest,
        course_rest=course_rest,
        next_course_earliest=course_rest.last_day + _DAY,
    )


def full_course(first: datetime, dosing: Dosing, label: Label) -> FullCourse:
    """Return the size of a course of two cycles with the most doses, whatever the case plans."""
    pace = _pace(dosing, label)
    last = first + timedelta(hours=pace.interval_hours * (pace.most_doses - 1))
    cycle_days = last.toordinal() - first.toordinal()
    length_days = cycle_days + pace.rest_days + 1 + cycle_days
    return FullCourse(2 * pace.most_doses, length_days, length_days + pace.course_rest_days + 1)


def rest_after(last_dose_day: date, days: int) -> Rest:
    """Return the rest of `days` whole dates that follows the day of the last dose.

    >>> rest_after(date(2026, 11, 27), 9).last_day
    datetime.date(2026, 12, 6)
    """
    return Rest(last_dose_day + _DAY, last_dose_day + timedelta(days=days), days)


@lru_cache
def _pace(dosing: Dosing, label: Label) -> _Pace:
    """Return the pace of a regimen with cycles; such a regimen states all three limits."""
    limits = (dosing.max_doses_per_cycle, dosing.min_rest_days, dosing.min_course_rest_days)
    most, rest_days, course_rest_days = (limit.value for limit in limits if limit is not None)
    return _Pace(most, _interval_hours(dosing, label), rest_days, course_rest_days)


def _cycle(number: int, first: datetime, steps: tuple[timedelta, ...]) -> Cycle:
    doses = tuple([first + step for step in steps])
    return Cycle(number, doses[0].date(), doses[-1].date(), doses)


@lru_cache
def _steps(count: int, interval_hours: int) -> tuple[timedelta, ...]:
    return tuple(timedelta(hours=interval_hours * place) for place in range(count))


def _interval_hours(dosing: Dosing, label: Label) -> int:
    """Return the label's interval in hours, or a longer one if the policy allows fewer doses a day.

    24 hours divided by the daily maximum are rounded up to whole hours.
    """
    hours = label.dose_interval.hours
    if dosing.max_doses_per_day is None:
        return hours
    return max(hours, -(-24 // dosing.max_doses_per_day.value))


def _plan_doses(first: datetime, dosing: Dosing) -> DoseSchedule | None:
    per_week = _most_per_week(dosing)
    if per_week is None:
        return None
    # Up to 7 doses a week: whole dates apart (0, 2, 4 for three a week). More: whole hours apart.
    steps = [
        timedelta(days=place * 7 // per_week)
        if per_week <= 7  # noqa: PLR2004
        else timedelta(hours=place * 168 // per_week)
        for place in range(per_week)
    ]
    doses = (first + timedelta(weeks=week) + step for week in range(_WEEKS_SHOWN) for step in steps)
    return DoseSchedule(dosing.name, tuple(doses))


def _most_per_week(dosing: Dosing) -> int | None:
    limits = []
    if dosing.max_doses_per_week is not None:
        limits.append(dosing.max_doses_per_week.value)
    if dosing.max_doses_per_day is not None:
        limits.append(dosing.max_doses_per_day.value * 7)
    return min(limits, default=None)
