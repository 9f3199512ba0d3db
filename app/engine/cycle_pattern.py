"""How the courses of a regimen are built: its cycles, their days, and the rests between them.

Every plan, check and forecast is made by this one pattern. Days are counted from 1; the first dose
of a cycle is on the first day that has doses.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property, lru_cache

from app.engine.regimens import Regimen
from app.model.course import Course
from app.model.dosing import Limit, Pattern, Rest
from app.model.label import Label

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_HOURS_OF_A_DAY, _WEEK = 24, 7
_CLOCKS = 256  # how many clock times are remembered
_DOSES_PER = "doses_per_{}"

Steps = tuple[timedelta, ...]


@dataclass(frozen=True)
class CyclePattern:
    """How every course of a regimen is built.

    `doses` is the most in one of the `cycles`, None where only its days are stated; `days` are the
    days of its cycles. A rest counts from a dose or a discharge. What follows the last cycle of a
    course that is `closed` is another course.
    """

    cycles: int
    doses: int | None
    per_day: int | None
    interval: timedelta
    rest: Rest | None
    course_rest: Rest | None
    days: tuple[Pattern, ...] = ()
    most_in_course: int | None = None
    closed: bool = True

    @cached_property
    def steps(self) -> Steps:
        """The time from the first dose of a cycle without stated days to each of its doses."""
        return tuple(self.interval * place for place in range(self.doses or 0))

    def days_of(self, number: int) -> Pattern | None:
        """Return the stated days of a cycle, or None."""
        return next((one for one in self.days if one.cycles is None or number in one.cycles), None)

    def slots(self, number: int, clock: time) -> Steps:
        """Return the time from the first dose of a cycle, at a clock time, to each of its doses."""
        days = self.days_of(number)
        return self.steps if days is None else self._slots_of_days(days, clock)

    @cached_property
    def _slots_of_days(self) -> "_SlotsOfDays":
        return _SlotsOfDays(self)

    def doses_at(self, course: Course, number: int, first: datetime | None) -> int | None:
        """Return how many doses a cycle is to have; None where nothing is stated of it.

        There are at most as many as slots.
        """
        if self.doses is None and self.days_of(number) is None:
            return None
        most = len(self.slots(number, first.time() if first else time()))
        return min(course.doses_per_cycle or most, most)

    def is_on(self, number: int, first_day: date, day: date) -> bool:
        """Return whether a date of a cycle that began on `first_day` is one with doses."""
        days = self.days_of(number)
        if days is None:
            return True
        place = (day - first_day).days + days.on[0].from_
        return any(one.from_ <= place <= one.to for one in days.on)

    def dates_on(self, number: int, first_day: date, last_day: date) -> int:
        """Return how many dates with doses lie from the first to the last of a cycle."""
        days = self.days_of(number)
        if days is None:
            return (last_day - first_day).days + 1
        low = days.on[0].from_
        high = (last_day - first_day).days + low
        return sum(max(0, min(one.to, high) - one.from_ + 1) for one in days.on)

    def next_cycle_after(
        self, number: int, first_day: date, last_day: date, discharged: date | None
    ) -> date:
        """Return the first permitted date of the cycle after one, by its days and its rest.

        The discharge is not before the last dose, so that a rest from an unknown one counts from
        there.
        """
        found = [last_day + DAY]
        days, following = self.days_of(number), self.days_of(number + 1)
        if days is not None:
            begins = following.on[0].from_ if following else days.on[0].from_
            found.append(first_day + DAY * (days.cycle_days - days.on[0].from_ + begins))
        rest = self.rest_after_cycle(number)
        if rest is not None:
            found.append(permitted_after(rest, first_day, last_day, discharged))
        return max(found)

    def rest_after_cycle(self, number: int) -> Rest | None:
        """Return the rest after a cycle: after the last one of a course, that between courses."""
        is_last = self.closed and number >= self.cycles
        return self.course_rest if is_last else self.rest


class _SlotsOfDays:
    """The slots of cycles with stated days, remembered by the clock time of the first dose."""

    def __init__(self, pattern: CyclePattern) -> None:
        self._pattern = pattern
        self._of = lru_cache(maxsize=_CLOCKS)(self._slots)

    def __call__(self, days: Pattern, clock: time) -> Steps:
        return self._of(days, clock)

    def _slots(self, days: Pattern, clock: time) -> Steps:
        """Return a slot at each interval that lies on a day with doses, at most so many a day."""
        pattern = self._pattern
        begin, found = timedelta(hours=clock.hour, minutes=clock.minute), []
        for block in days.on:
            first = DAY * (block.from_ - days.on[0].from_)
            end = DAY * (block.to - days.on[0].from_ + 1)
            step = begin + first
            while step < end:
                found.append(step - begin)
                step += pattern.interval
        return tuple(found if pattern.doses is None else found[: pattern.doses])


def permitted_after(rest: Rest, first_day: date, last_day: date, discharged: date | None) -> date:
    """Return the first permitted date after a rest; without a discharge, the earliest possible.

    A rest from the last dose is so many whole dates without one; any other counts days.

    >>> from app.model.document import Citation
    >>> nine = Rest(value=9, citation=Citation(heading="Doses"))
    >>> permitted_after(nine, date(2026, 11, 23), date(2026, 11, 27), None)
    datetime.date(2026, 12, 7)
    """
    if rest.from_ == "last_dose":
        return last_day + DAY * (rest.value + 1)
    if rest.from_ == "first_dose":
        return max(first_day + DAY * rest.value, last_day + DAY)
    return (discharged or last_day) + DAY * rest.value


def cycle_pattern(regimen: Regimen, route: str, label: Label) -> CyclePattern | None:
    """Return the pattern of a regimen with cycles, or with a rest or a limit of a course; or None.

    By vein the interval is the label's, or a longer one if the policy allows fewer doses a day: 24
    hours divided by the daily maximum, rounded up to whole hours. Where days are stated and no
    daily maximum is, one dose a day is planned; so it is for other routes.
    """
    dosing = regimen.dosing
    in_course = dosing.most("doses_per_course")
    in_cycles = dosing.most("cycles_per_course")
    if not (dosing.has_cycles or dosing.rests or in_course or in_cycles):
        return None
    per_day = lowest(dosing.max_doses_per_day, dosing.most(_DOSES_PER.format("day")))
    doses = lowest(dosing.max_doses_per_cycle, dosing.most(_DOSES_PER.format("cycle")))
    hours = label.dose_interval.hours if route == "intravenous" else 1
    if per_day is not None:
        hours = max(hours, -(-_HOURS_OF_A_DAY // per_day))
    elif dosing.pattern or route != "intravenous":
        hours = _HOURS_OF_A_DAY
    return CyclePattern(
        cycles=dosing.cycles,
        doses=doses,
        per_day=per_day,
        interval=timedelta(hours=hours),
        rest=dosing.min_rest_days,
        course_rest=dosing.min_course_rest_days,
        days=dosing.pattern,
        most_in_course=in_course.at_most if in_course else None,
        closed=_is_closed(regimen),
    )


def _is_closed(regimen: Regimen) -> bool:
    """Return whether a course ends with its last planned cycle.

    It does not where only its doses in all are limited, or where its cycles have no stated number.
    """
    dosing = regimen.dosing
    if dosing.most("cycles_per_course") or any(one.cycles for one in dosing.pattern):
        return True
    return not dosing.pattern and dosing.most("doses_per_course") is None


def lowest(*stated: Limit | object | None) -> int | None:
    """Return the lowest number that limits state, or None if none is stated."""
    values = (getattr(one, "value", None) or getattr(one, "at_most", None) for one in stated if one)
    return min((one for one in values if one is not None), default=None)


def most_dates_in_a_week(patterns: Iterable[Pattern]) -> int:
    """Return the most dates with doses in 7 consecutive ones, also across the end of a cycle."""
    on, start = [], 0
    cycles = sorted(
        ((number, one) for one in patterns for number in one.cycles or (1,)),
        key=lambda pair: pair[0],
    )
    length = sum(one.cycle_days for _, one in cycles)
    for _ in range(_WEEK // length + 2):
        for _, one in cycles:
            on += [start + day for block in one.on for day in range(block.from_, block.to + 1)]
            start += one.cycle_days
    return max(bisect_right(on, day + _WEEK - 1) - place for place, day in enumerate(on))


def dates_in_a_cycle(pattern: Pattern) -> int:
    """Return how many dates of a cycle have doses."""
    return sum(one.to - one.from_ + 1 for one in pattern.on)
