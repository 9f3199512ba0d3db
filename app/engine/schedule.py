"""The plan: dose times, rest days and next course, from the first dose and the regimen's limits.

Calendar dates and the clinic's wall clock, no time zones. 9 days of rest are 9 whole dose-free
dates. The plan is never shaped by what is requested or by what happened.
"""

from datetime import date, datetime, timedelta

from app.model.case import Case
from app.model.determination import Cycle, CycleSchedule, DoseSchedule, Rest, Schedule
from app.model.handbook import Label
from app.model.policy import Dosing

_DAY = timedelta(days=1)
_WEEKS_SHOWN = 4


def plan(case: Case, dosing: Dosing, label: Label) -> Schedule | None:
    """Return the plan from the first dose, or None without one or without a stated frequency."""
    return _plan(case, case.course.doses_per_cycle, dosing, label)


def plan_in_full(case: Case, dosing: Dosing, label: Label) -> Schedule | None:
    """Return the plan with the most doses in each cycle, whatever is planned."""
    return _plan(case, None, dosing, label)


def _plan(case: Case, planned: int | None, dosing: Dosing, label: Label) -> Schedule | None:
    first = case.course.first_dose_at
    if first is None or case.is_til:
        return None
    if dosing.has_cycles:
        return _plan_cycles(first, planned, dosing, label)
    return _plan_doses(first, dosing)


def _plan_cycles(
    first: datetime, planned: int | None, dosing: Dosing, label: Label
) -> CycleSchedule:
    most, rest_days, course_rest_days = _cycle_limits(dosing)
    count = most if planned is None else min(planned, most)
    interval = _interval_hours(dosing, label)
    one = _cycle(1, first, count, interval)
    rest = rest_after(one.last_day, rest_days)
    second_first = datetime.combine(rest.last_day + _DAY, first.time())
    two = _cycle(2, second_first, count, interval)
    course_rest = rest_after(two.last_day, course_rest_days)
    return CycleSchedule(
        regimen=dosing.name,
        interval_hours=interval,
        cycles=(one, two),
        rest=rest,
        course_rest=course_rest,
        next_course_earliest=course_rest.last_day + _DAY,
    )


def rest_after(last_dose_day: date, days: int) -> Rest:
    """Return `days` whole dates without a dose after the day of the last dose.

    >>> rest_after(date(2026, 11, 27), 9).last_day
    datetime.date(2026, 12, 6)
    """
    return Rest(last_dose_day + _DAY, last_dose_day + timedelta(days=days), days)


def _cycle_limits(dosing: Dosing) -> tuple[int, int, int]:
    """Return most doses, rest and course rest; a regimen with cycles states all three."""
    limits = (dosing.max_doses_per_cycle, dosing.min_rest_days, dosing.min_course_rest_days)
    most, rest_days, course_rest_days = (limit.value for limit in limits if limit is not None)
    return most, rest_days, course_rest_days


def _cycle(number: int, first: datetime, count: int, interval_hours: int) -> Cycle:
    doses = tuple(first + timedelta(hours=interval_hours * place) for place in range(count))
    return Cycle(number, doses[0].date(), doses[-1].date(), doses)


def _interval_hours(dosing: Dosing, label: Label) -> int:
    """Return the label's interval, or a longer one where the policy allows fewer doses a day."""
    hours = label.dose_interval.hours
    if dosing.max_doses_per_day is None:
        return hours
    return max(hours, -(-24 // dosing.max_doses_per_day.value))


def _plan_doses(first: datetime, dosing: Dosing) -> DoseSchedule | None:
    per_week = _most_per_week(dosing)
    if per_week is None:
        return None
    # Up to daily, whole dates apart (0, 2, 4 for three a week); beyond that, hours apart.
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
