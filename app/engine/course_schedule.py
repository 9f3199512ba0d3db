"""The one plan of a course: what was given replaces what was planned, and what may follow.

A course is one pattern (`cycle_pattern.py`). Dates and times are local to the clinic, without time
zones. Held doses keep their slots.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple

from app.engine.cycle_pattern import DAY, HOUR, CyclePattern, permitted_after
from app.model.course import Course
from app.model.treatment import (
    Block,
    Cycle,
    CycleBegins,
    CycleSchedule,
    CycleSource,
    Rest,
    rest_between,
)

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


def reports(course: Course, pattern: CyclePattern) -> list[Report]:
    """Return what the case says of each cycle; one before a begun or ended cycle is over."""
    told = {one.number: one for one in course.cycles}
    found = [Report(number) for number in range(1, max([pattern.cycles, *told]) + 1)]
    if not told:
        return found
    for number, one in told.items():
        begin = one.first_dose_at or one.planned_first_at or course.first_dose_at
        doses = pattern.doses_at(course, number, begin)
        found[number - 1] = Report(
            number,
            one.given,
            one.held,
            one.first_dose_at,
            one.last_dose_at,
            one.planned_first_at,
            bool(one.over) or (doses is not None and not one.given and one.held >= doses),
        )
    for place in range(len(found) - 2, -1, -1):
        if found[place + 1].given or found[place + 1].is_over:
            found[place] = found[place]._replace(is_over=True)
    return found


def plan_rule(name: str, pattern: CyclePattern) -> Callable[[Course], CycleSchedule | None]:
    """Return the rule that plans a course; no plan where nothing says when it begins."""
    hours = pattern.interval // HOUR

    def plan(course: Course) -> CycleSchedule | None:
        begin = course.first_dose_at
        if begin is None and not course.cycles:
            return None
        cycles = list(_cycles(course, begin, pattern))
        if not cycles or cycles[0].last_day is None:
            return None
        rest = rest_between(cycles[0], cycles[1]) if len(cycles) > 1 else None
        following = next_course_after(cycles, course, pattern)
        course_rest = None if following is None else _until(cycles, following)
        return CycleSchedule(name, hours, tuple(cycles), rest, course_rest, following)

    return plan


def _cycles(course: Course, begin: datetime | None, pattern: CyclePattern) -> Iterator[Cycle]:
    """Yield the cycles of a course; none is planned once its doses in all are used up."""
    one, *others = reports(course, pattern)
    if begin is not None and not one.given:
        begin += pattern.interval * one.held
    left = pattern.most_in_course
    if left is not None:
        left -= sum(report.given for report in (one, *others))
    before = _cycle(one, (begin, "entered"), course, pattern, left)
    yield before
    if before.first_day is None:
        return
    clock = (one.first or before.doses[0]).time()
    for report in others:
        if left is not None:
            left -= len(before.doses)
            if left <= 0 and not (report.given or report.is_over or report.booked):
                return
        earliest = datetime.combine(earliest_after(before, course, pattern), clock)
        begins: CycleBegins = "entered" if report.booked else "earliest_permitted"
        cycle = _cycle(report, (report.booked or earliest, begins), course, pattern, left)
        yield cycle
        before = cycle if cycle.last_day is not None else before


def earliest_after(cycle: Cycle, course: Course, pattern: CyclePattern) -> date:
    """Return the first permitted date of the cycle after one that has doses."""
    first, last = _days_with_doses(cycle)
    return pattern.next_cycle_after(cycle.number, first, last, discharged_after(cycle, course))


def _days_with_doses(cycle: Cycle) -> tuple[date, date]:
    """Return the days of the first and the last dose of a cycle that has one."""
    first, last = cycle.first_day, cycle.last_day
    if first is None or last is None:
        raise ValueError(f"cycle {cycle.number} has no dose")
    return first, last


def discharged_after(cycle: Cycle, course: Course) -> date | None:
    """Return the discharge after a cycle; None while it is not known or more doses are planned."""
    is_newest = cycle.last_day == course.newest_dose_day
    return course.discharge_date if is_newest and not cycle.doses else None


def next_course_after(cycles: list[Cycle], course: Course, pattern: CyclePattern) -> date | None:
    """Return the first permitted date of the course after one; None if nothing states it."""
    last_cycle = next(one for one in reversed(cycles) if one.last_day is not None)
    first, last = _days_with_doses(last_cycle)
    found = []
    if pattern.days_of(last_cycle.number) is not None:
        found.append(pattern.next_cycle_after(last_cycle.number, first, last, None))
    if pattern.course_rest is not None:
        begun, discharged = cycles[0].first_day or first, discharged_after(last_cycle, course)
        found.append(permitted_after(pattern.course_rest, begun, last, discharged))
    return max(found, default=None)


def _until(cycles: list[Cycle], following: date) -> Rest | None:
    last = next(one.last_day for one in reversed(cycles) if one.last_day is not None)
    days = (following - last).days - 1
    return Rest(last + DAY, following - DAY, days) if days > 0 else None


def _cycle(
    report: Report,
    begin: tuple[datetime | None, CycleBegins],
    course: Course,
    pattern: CyclePattern,
    left: int | None,
) -> Cycle:
    """Return a cycle; one that has not begun and is not over is planned from `begin`.

    No more than `left` doses are planned, where the doses of a course are limited.
    """
    number, first, last = report.number, report.first, report.last
    moment, begins = begin
    if first is not None and last is not None:
        planned = _after_the_given(report, first, last, course, pattern)[:left]
        reached = planned[-1] if planned else last
        source: CycleSource = "given_and_planned" if planned else "given"
        days = first.date(), reached.date()
        blocks = _blocks(report, planned, days, pattern)
        return Cycle(number, source, "given", *days, report.given, planned, blocks)
    if report.is_over or moment is None:
        return Cycle(number, "given", "given", None, None, 0, (), ())
    doses = max(0, (pattern.doses_at(course, number, moment) or 0) - report.held)
    planned = tuple([moment + step for step in pattern.slots(number, moment.time())[:doses]])[:left]
    if not planned:
        return Cycle(number, "planned", begins, None, None, 0, (), ())
    days = moment.date(), planned[-1].date()
    blocks = _blocks(report, planned, days, pattern)
    return Cycle(number, "planned", begins, *days, 0, planned, blocks)


def _after_the_given(
    report: Report, first: datetime, last: datetime, course: Course, pattern: CyclePattern
) -> tuple[datetime, ...]:
    """Return the doses still planned in a cycle that has begun.

    Of the held doses, as many came before the last given dose as there are free slots between the
    first and the last; the others keep the slots after it.
    """
    number = report.number
    doses = pattern.doses_at(course, number, first)
    left = 0 if report.is_over or doses is None else max(0, doses - report.given - report.held)
    if not left:
        return ()
    if pattern.days_of(number) is not None:
        return _slots_after(report, first, last, left, pattern)
    slots = (2 * (last - first) + pattern.interval) // (2 * pattern.interval) + 1
    held_before = min(report.held, max(0, slots - report.given))
    begin = last + pattern.interval * (1 + report.held - held_before)
    return tuple([begin + step for step in pattern.steps[:left]])


def _slots_after(
    report: Report, first: datetime, last: datetime, left: int, pattern: CyclePattern
) -> tuple[datetime, ...]:
    """Return the doses still planned in a cycle with stated days: on its slots, none made up.

    A slot that lies closer to the last given dose than the interval moves with the dose, and is
    left out where it would come to a day without doses.
    """
    steps = pattern.slots(report.number, first.time())
    used = sum(1 for step in steps if first + step <= last + pattern.interval / 2)
    held_after = report.held - min(report.held, max(0, used - report.given))
    late = max(timedelta(), last - (first + steps[max(0, used - 1)])) if used else timedelta()
    found = []
    for step in steps[used + held_after :]:
        moment = first + step
        if moment < last + pattern.interval * (1 + held_after):
            moment += late
        if pattern.is_on(report.number, first.date(), moment.date()):
            found.append(moment)
    return tuple(found[:left])


def _blocks(
    report: Report,
    planned: tuple[datetime, ...],
    days: tuple[date, date],
    pattern: CyclePattern,
) -> tuple[Block, ...]:
    """Return the runs of days with doses; how many doses one has is None where nobody knows.

    What was given over several runs is known in all only.
    """
    stated = pattern.days_of(report.number)
    if stated is None:
        return (Block(*days, report.given + len(planned)),)
    low, found = stated.on[0].from_, []
    spans = [
        (days[0] + DAY * (one.from_ - low), days[0] + DAY * (one.to - low)) for one in stated.on
    ]
    given_to = report.last.date() if report.last else None
    touched = [one for one in spans if given_to is not None and one[0] <= given_to]
    for span in spans:
        of_span = [one.date() for one in planned if span[0] <= one.date() <= span[1]]
        if span in touched and given_to is not None:
            last = max([*of_span, min(given_to, span[1])])
            count = report.given + len(of_span) if len(touched) == 1 else None
            found.append(Block(span[0], last, count))
        elif of_span:
            found.append(Block(of_span[0], of_span[-1], len(of_span)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FullCourse:
    """A course with the most doses allowed, in all of its cycles.

    `length` leads from its first date to its last, `step` to that of the next course: whole days;
    None where nothing states when another course may begin.
    """

    doses: int
    length: timedelta
    step: timedelta | None


def full_course_rule(
    plan: Callable[[Course], CycleSchedule | None],
) -> Callable[[time], FullCourse]:
    """Return the rule for the size of a full course that begins at a clock time.

    It is that of the plan: a late first dose makes a cycle one date longer.
    """

    @lru_cache(maxsize=_CLOCKS)
    def full_course(clock: time) -> FullCourse:
        course = plan(Course(first_dose_at=datetime.combine(_SOME_DAY, clock)))
        if course is None:
            raise ValueError("a course with a first dose has a plan")
        doses = sum(len(one.doses) for one in course.cycles)
        days = [one.last_day for one in course.cycles if one.last_day is not None]
        following = course.next_course_earliest
        step = None if following is None else following - _SOME_DAY
        return FullCourse(doses, max(days) - _SOME_DAY, step)

    return full_course
