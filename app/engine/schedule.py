"""The plan: dose times, rest days and next course, from the first dose and the regimen's limits.

Dates and times are local to the clinic, without time zones. 9 days of rest are 9 whole dose-free
dates. Neither the request nor the doses given change the plan.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.model.case import Case
from app.model.label import Label
from app.model.policy import Dosing
from app.model.treatment import Cycle, CycleSchedule, DoseSchedule, Rest, Schedule

_DAY = timedelta(days=1)
_WEEKS_SHOWN = 4


@dataclass(frozen=True, slots=True)
class _Pace:
    """The counts and intervals that all courses of a regimen share."""

    most_doses: int
    interval_hours: int
    rest_days: int
    course_rest_days: int


@dataclass(frozen=True, slots=True)
class FullCourse:
    """A course with the most doses allowed, in both of its cycles.

    `length` leads from its first date to its last, `step` to that of the next course: whole days.
    """

    doses: int
    length: timedelta
    step: timedelta


def plan_rule(dosing: Dosing, label: Label) -> Callable[[Case], Schedule | None]:
    """Return the rule that plans from the first dose; no plan without one or without a frequency.

    A case after tumor-infiltrating lymphocytes has no plan: its regimen is another.
    """
    plan_from = _cycles_rule(dosing, label) if dosing.has_cycles else _doses_rule(dosing)

    def plan(case: Case) -> Schedule | None:
        first = case.course.first_dose_at
        if first is None or case.is_til:
            return None
        return plan_from(first, case.course.doses_per_cycle)

    return plan


_PlanFrom = Callable[[datetime, int | None], Schedule | None]


def _cycles_rule(dosing: Dosing, label: Label) -> _PlanFrom:
    pace, name = _pace(dosing, label), dosing.name
    interval_hours = pace.interval_hours
    steps = [timedelta(hours=pace.interval_hours * place) for place in range(pace.most_doses)]
    between, after = timedelta(days=pace.rest_days), timedelta(days=pace.course_rest_days)

    def plan(first: datetime, planned: int | None) -> CycleSchedule:
        planned_steps = steps[:planned]  # all of them, too, where more are planned
        one = _cycle(1, first, planned_steps)
        rest = rest_after(one.last_day, between)
        second_first = datetime.combine(rest.last_day + _DAY, first.time())
        two = _cycle(2, second_first, planned_steps)
        course_rest = rest_after(two.last_day, after)
        next_course = course_rest.last_day + _DAY
        return CycleSchedule(name, interval_hours, (one, two), rest, course_rest, next_course)

    return plan


def full_course_rule(dosing: Dosing, label: Label) -> Callable[[datetime], FullCourse]:
    """Return the rule for the size of a course with the most doses, whatever the case plans."""
    pace = _pace(dosing, label)
    to_last = timedelta(hours=pace.interval_hours * (pace.most_doses - 1))
    # A late first dose makes a cycle one date longer.
    sizes = [_full_course(pace, to_last.days), _full_course(pace, to_last.days + 1)]

    def full_course(first: datetime) -> FullCourse:
        cycle_days = (first + to_last).toordinal() - first.toordinal()
        return sizes[cycle_days - to_last.days]

    return full_course


def _full_course(pace: _Pace, cycle_days: int) -> FullCourse:
    length_days = cycle_days + pace.rest_days + 1 + cycle_days
    step_days = length_days + pace.course_rest_days + 1
    return FullCourse(2 * pace.most_doses, timedelta(days=length_days), timedelta(days=step_days))


def rest_after(last_dose_day: date, rest: timedelta) -> Rest:
    """Return the rest of whole dates that follows the day of the last dose.

    >>> rest_after(date(2026, 11, 27), timedelta(days=9)).last_day
    datetime.date(2026, 12, 6)
    """
    return Rest(last_dose_day + _DAY, last_dose_day + rest, rest.days)


def _pace(dosing: Dosing, label: Label) -> _Pace:
    """Return the pace of a regimen with cycles; such a regimen states all three limits."""
    limits = (dosing.max_doses_per_cycle, dosing.min_rest_days, dosing.min_course_rest_days)
    most, rest_days, course_rest_days = (limit.value for limit in limits if limit is not None)
    return _Pace(most, _interval_hours(dosing, label), rest_days, course_rest_days)


def _cycle(number: int, first: datetime, steps: list[timedelta]) -> Cycle:
    doses = tuple([first + step for step in steps])
    return Cycle(number, doses[0].date(), doses[-1].date(), doses)


def _interval_hours(dosing: Dosing, label: Label) -> int:
    """Return the label's interval in hours, or a longer one if the policy allows fewer doses a day.

    24 hours divided by the daily maximum are rounded up to whole hours.
    """
    hours = label.dose_interval.hours
    if dosing.max_doses_per_day is None:
        return hours
    return max(hours, -(-24 // dosing.max_doses_per_day.value))


def _doses_rule(dosing: Dosing) -> _PlanFrom:
    per_week = _most_per_week(dosing)
    if per_week is None:
        return lambda _first, _planned: None
    # Up to 7 doses a week: whole dates apart (0, 2, 4 for three a week). More: whole hours apart.
    of_a_week = [
        timedelta(days=place * 7 // per_week)
        if per_week <= 7  # noqa: PLR2004
        else timedelta(hours=place * 168 // per_week)
        for place in range(per_week)
    ]
    steps = [timedelta(weeks=week) + step for week in range(_WEEKS_SHOWN) for step in of_a_week]

    def plan(first: datetime, _planned: int | None) -> DoseSchedule:
        return DoseSchedule(dosing.name, tuple([first + step for step in steps]))

    return plan


def _most_per_week(dosing: Dosing) -> int | None:
    limits = []
    if dosing.max_doses_per_week is not None:
        limits.append(dosing.max_doses_per_week.value)
    if dosing.max_doses_per_day is not None:
        limits.append(dosing.max_doses_per_day.value * 7)
    return min(limits, default=None)
