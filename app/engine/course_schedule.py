"""The one plan of a course: what was given replaces what was planned, and what may follow.

A course is one pattern: cycles of doses at an interval, a rest after each cycle and another after
the last one, both counted from the last dose. Dates and times are local to the clinic, without time
zones; n days of rest are n whole dates without a dose. Held doses keep their slots.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache
from typing import NamedTuple

from app.model.course import Course
from app.model.dosing import Dosing
from app.model.label import Label
from app.model.treatment import Cycle, CycleBegins, CycleSchedule, CycleSource, Rest

_DAY = timedelta(days=1)
_CLOCKS = 256  # how many clock times are remembered, each with the size of its course
_SOME_DAY = date(2026, 1, 1)  # every day is as long as any other


class Report(NamedTuple):
    """What the case says of one cycle. It is over also where every dose was held."""

    number: int
    given: int = 0
    held: int = 0
    first: datetime | None = None
    last: datetime | None = None
    booked: datetime | None = None
    is_over: bool = False


@dataclass(frozen=True)
class CoursePattern:
    """How every course of a regimen is built.

    `doses` is the most in one of the `cycles`; `rest` and `course_rest` are whole days, counted
    from the last dose of a cycle and of a course.
    """

    cycles: int
    doses: int
    interval: timedelta
    rest: timedelta
    course_rest: timedelta

    @cached_property
    def steps(self) -> tuple[timedelta, ...]:
        """The time from the first dose of a cycle to each of its doses."""
        return tuple(self.interval * place for place in range(self.doses))

    @cached_property
    def untold(self) -> tuple[Report, ...]:
        """What a case says of the cycles where it names none."""
        return tuple(Report(number) for number in range(1, self.cycles + 1))

    def doses_of(self, course: Course) -> int:
        """Return how many doses a cycle of this course is to have, at most the policy's number."""
        return min(course.doses_per_cycle or self.doses, self.doses)


def course_pattern(dosing: Dosing, label: Label) -> CoursePattern | None:
    """Return the pattern of a regimen with cycles, or None; such a regimen states all limits.

    The interval is the label's, or a longer one if the policy allows fewer doses a day: 24 hours
    divided by the daily maximum, rounded up to whole hours.
    """
    limits = (dosing.max_doses_per_cycle, dosing.min_rest_days, dosing.min_course_rest_days)
    stated = [limit.value for limit in limits if limit is not None]
    if len(stated) < len(limits):
        return None
    doses, rest_days, course_rest_days = stated
    hours = label.dose_interval.hours
    if dosing.max_doses_per_day is not None:
        hours = max(hours, -(-24 // dosing.max_doses_per_day.value))
    return CoursePattern(
        cycles=2,
        doses=doses,
        interval=timedelta(hours=hours),
        rest=timedelta(days=rest_days),
        course_rest=timedelta(days=course_rest_days),
    )


def reports(course: Course, pattern: CoursePattern) -> list[Report]:
    """Return what the case says of each cycle; one before a begun or ended cycle is over."""
    found = [*pattern.untold]
    if not course.cycles:
        return found
    doses = pattern.doses_of(course)
    for one in course.cycles:
        is_over = bool(one.over) or (not one.given and one.held >= doses)
        found[one.number - 1] = Report(
            one.number,
            one.given,
            one.held,
            one.first_dose_at,
            one.last_dose_at,
            one.planned_first_at,
            is_over,
        )
    for place in range(len(found) - 2, -1, -1):
        if found[place + 1].given or found[place + 1].is_over:
            found[place] = found[place]._replace(is_over=True)
    return found


def plan_rule(name: str, pattern: CoursePattern) -> Callable[[Course], CycleSchedule | None]:
    """Return the rule that plans a course; no plan where nothing says when it begins."""
    hours = pattern.interval // timedelta(hours=1)

    def plan(course: Course) -> CycleSchedule | None:
        begin = course.first_dose_at
        if begin is None and not course.cycles:
            return None
        doses = pattern.doses_of(course)
        one, *others = reports(course, pattern)
        if begin is not None and not one.given:
            begin += pattern.interval * one.held
        cycles = [_cycle(one, begin, "entered", doses, pattern)]
        last_day = cycles[0].last_day
        if last_day is None:
            return None
        clock = (one.first or cycles[0].doses[0]).time()
        for report in others:
            earliest = datetime.combine(last_day + pattern.rest + _DAY, clock)
            begins: CycleBegins = "entered" if report.booked else "earliest_permitted"
            cycles.append(_cycle(report, report.booked or earliest, begins, doses, pattern))
            last_day = cycles[-1].last_day or last_day
        rest = _between(cycles[0].last_day, cycles[1].first_day)
        course_rest = rest_after(last_day, pattern.course_rest)
        following = course_rest.last_day + _DAY
        return CycleSchedule(name, hours, tuple(cycles), rest, course_rest, following)

    return plan


def _cycle(
    report: Report,
    begin: datetime | None,
    begins: CycleBegins,
    doses: int,
    pattern: CoursePattern,
) -> Cycle:
    """Return a cycle; one that has not begun and is not over is planned from `begin`."""
    number, first, last = report.number, report.first, report.last
    if first is not None and last is not None:
        planned = _after_the_given(report, last, doses, pattern)
        reached = planned[-1] if planned else last
        source: CycleSource = "given_and_planned" if planned else "given"
        return Cycle(number, source, "given", first.date(), reached.date(), report.given, planned)
    if report.is_over or begin is None:
        return Cycle(number, "given", "given", None, None, 0, ())
    planned = tuple([begin + step for step in pattern.steps[: doses - report.held]])
    return Cycle(number, "planned", begins, begin.date(), planned[-1].date(), 0, planned)


def _after_the_given(
    report: Report, last: datetime, doses: int, pattern: CoursePattern
) -> tuple[datetime, ...]:
    """Return the doses still planned in a cycle that has begun.

    Of the held doses, as many came before the last given dose as there are free slots between the
    first and the last; the others keep the slots after it.
    """
    left = 0 if report.is_over else max(0, doses - report.given - report.held)
    if not left or report.first is None:
        return ()
    slots = (2 * (last - report.first) + pattern.interval) // (2 * pattern.interval) + 1
    held_before = min(report.held, max(0, slots - report.given))
    first = last + pattern.interval * (1 + report.held - held_before)
    return tuple([first + step for step in pattern.steps[:left]])


def _between(last_day: date | None, first_day: date | None) -> Rest | None:
    """Return the dates between two cycles; None where there are none."""
    if last_day is None or first_day is None or first_day <= last_day + _DAY:
        return None
    days = (first_day - last_day).days - 1
    return Rest(last_day + _DAY, first_day - _DAY, days)


def rest_after(last_dose_day: date, rest: timedelta) -> Rest:
    """Return the rest of whole dates that follows the day of the last dose.

    >>> rest_after(date(2026, 11, 27), timedelta(days=9)).last_day
    datetime.date(2026, 12, 6)
    """
    return Rest(last_dose_day + _DAY, last_dose_day + rest, rest.days)


@dataclass(frozen=True, slots=True)
class FullCourse:
    """A course with the most doses allowed, in all of its cycles.

    `length` leads from its first date to its last, `step` to that of the next course: whole days.
    """

    doses: int
    length: timedelta
    step: timedelta


def full_course_rule(pattern: CoursePattern) -> Callable[[time], FullCourse]:
    """Return the rule for the size of a full course that begins at a clock time.

    A late first dose makes a cycle one date longer.
    """
    to_last = pattern.steps[-1]

    @lru_cache(maxsize=_CLOCKS)
    def full_course(clock: time) -> FullCourse:
        begin = datetime.combine(_SOME_DAY, clock)
        cycle = (begin + to_last).date() - _SOME_DAY
        length = cycle * pattern.cycles + (pattern.rest + _DAY) * (pattern.cycles - 1)
        step = length + pattern.course_rest + _DAY
        return FullCourse(pattern.cycles * pattern.doses, length, step)

    return full_course
