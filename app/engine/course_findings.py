"""What happened in a course that departs from the policy's limits or from the label's advice.

Each finding is a sentence that says what was given or planned, and what is allowed.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from app.engine.course_schedule import Report, discharged_after, earliest_after
from app.engine.cycle_pattern import DAY, HOUR, CyclePattern, lowest, permitted_after
from app.engine.regimens import Regimen
from app.model.course import Course
from app.model.document import Cited
from app.model.dosing import LimitOver, Pattern, Rest
from app.model.formatting import count_in_words, date_in_words, frequency_in_words, time_in_words
from app.model.reference_data import ReferenceData
from app.model.treatment import CourseFinding, CourseRule, Cycle, CycleSchedule

_DAYS_OF_A_WEEK = 7
_FROM_WORDS = {
    "last_dose": "of rest",
    "discharge": "from the discharge",
    "first_dose": "from the first dose",
}


class CourseFindings:
    """The limits of one regimen, with the sentences about a course that breaks them."""

    def __init__(
        self, regimen: Regimen, pattern: CyclePattern, reference_data: ReferenceData
    ) -> None:
        self._regimen, self._dosing, self._pattern = regimen, regimen.dosing, pattern
        self._label, self._checks = reference_data.label, reference_data.checks
        self._texts = reference_data.checks.texts
        daily = regimen.dosing.max_doses_per_day, regimen.dosing.most("doses_per_day")
        self._per_day = next((one for one in daily if lowest(one) == pattern.per_day and one), None)
        self._is_by_vein = regimen.route == "intravenous"

    def _cite(self, stated: Cited) -> str:
        return self._regimen.cite(stated.citation)

    def violations(self, course: Course, cycles: list[Report]) -> Iterator[CourseFinding]:
        """Yield a finding for each limit that the given doses of a cycle or of all break."""
        for one in cycles:
            yield from self._too_many_doses(one, course)
            yield from self._too_many_doses_daily(one, course)
            yield from self._dose_on_a_day_off(one, course)
        yield from self._too_many_in_all(course, cycles)

    def advisories(self, course: Course, cycles: list[Report]) -> Iterator[CourseFinding]:
        """Yield a finding for each cycle whose doses lie closer than the label's interval."""
        for one in cycles if self._is_by_vein else ():
            yield from self._doses_too_close(one, course)

    def _too_many_doses(self, one: Report, course: Course) -> Iterator[CourseFinding]:
        for stated in (self._dosing.max_doses_per_cycle, self._dosing.most("doses_per_cycle")):
            if stated is None:
                continue
            most = stated.at_most if isinstance(stated, LimitOver) else stated.value
            if one.given > most:
                message = self._texts.too_many_doses.format(
                    cycle=one.number, given=count_in_words(one.given, "dose"), most=most
                )
                at = _key(course, one.number, "doses_given")
                cited = self._cite(stated)
                yield CourseFinding("too_many_doses", "violation", at, message, cited)
                return

    def _dose_on_a_day_off(self, one: Report, course: Course) -> Iterator[CourseFinding]:
        """Yield a finding if the last given dose is not on a day with doses."""
        days = self._pattern.days_of(one.number)
        if days is None or one.first is None or one.last is None:
            return
        if self._pattern.is_on(one.number, one.first.date(), one.last.date()):
            return
        place = (one.last.date() - one.first.date()).days + days.on[0].from_
        message = self._texts.dose_on_a_day_off.format(
            cycle=one.number,
            last=date_in_words(one.last.date()),
            day=place,
            days=days_in_words(days),
        )
        at = _key(course, one.number, "last_dose_at")
        yield CourseFinding("dose_on_a_day_off", "violation", at, message, self._cite(days))

    def _too_many_in_all(self, course: Course, cycles: list[Report]) -> Iterator[CourseFinding]:
        """Yield a finding for each limit over a course, or over so many days, that is passed."""
        begun = [one for one in cycles if one.first is not None]
        if not begun:
            return
        counts = {"doses": sum(one.given for one in begun), "cycles": len(begun)}
        at = _key(course, begun[-1].number, "doses_given")
        for limit in self._dosing.limits:
            count = counts.get(limit.of, 0)
            if limit.per == "days" and limit.of == "doses":
                count = _most_given_in(begun, limit.days or 0)
            elif limit.per != "course":
                continue
            if count > limit.at_most:
                noun = limit.of.removesuffix("s")
                message = self._texts.too_many_in_all.format(
                    given=count_in_words(count, noun),
                    most=limit.at_most,
                    time="a course" if limit.days is None else count_in_words(limit.days, "day"),
                )
                yield CourseFinding("too_many_in_all", "violation", at, message, self._cite(limit))

    def _too_many_doses_daily(self, one: Report, course: Course) -> Iterator[CourseFinding]:
        """Yield a finding if the daily maximum on each date from first to last allows fewer."""
        most, stated = self._pattern.per_day, self._per_day
        if most is None or stated is None or one.first is None or one.last is None:
            return
        dates = self._pattern.dates_on(one.number, one.first.date(), one.last.date())
        if one.given <= most * dates:
            return
        message = self._texts.too_many_doses_daily.format(
            cycle=one.number,
            given=count_in_words(one.given, "dose"),
            dates=count_in_words(dates, "date"),
            frequency=frequency_in_words(most, "daily"),
        )
        at = _key(course, one.number, "doses_given")
        yield CourseFinding("too_many_doses_daily", "violation", at, message, self._cite(stated))

    def rests_too_short(
        self, course: Course, schedule: CycleSchedule | None
    ) -> Iterator[CourseFinding]:
        """Yield a finding for each later cycle begun or booked before its first permitted date."""
        before: Cycle | None = None
        for cycle in schedule.cycles if schedule else ():
            if before is not None and cycle.first_day is not None:
                earliest = earliest_after(before, course, self._pattern)
                if cycle.first_day < earliest:
                    yield self._too_early(course, before, cycle, earliest)
            before = cycle if cycle.first_day is not None else before

    def _too_early(
        self, course: Course, before: Cycle, cycle: Cycle, earliest: date
    ) -> CourseFinding:
        """Return the finding about a cycle that begins before `earliest`, by what leads there."""
        cited: Cited | None
        rest = self._pattern.rest_after_cycle(before.number)
        days = self._pattern.days_of(before.number)
        first, last = before.first_day, before.last_day
        by_rest = (
            permitted_after(rest, first, last, discharged_after(before, course))
            if rest is not None and first is not None and last is not None
            else None
        )
        if rest is not None and by_rest == earliest:
            text, length, cited = self._texts.rest_too_short, rest_in_words(rest), rest
        else:
            length = count_in_words(days.cycle_days, "day") if days else ""
            text, cited = self._texts.cycle_not_over, days
        message = text.format(
            cycle=cycle.number,
            first=date_in_words(cycle.first_day) if cycle.first_day else "",
            rest=length,
            before=before.number,
            earliest=date_in_words(earliest),
            provisional=self._texts.if_planned_doses_are_given if before.doses else "",
        )
        name = "first_dose_at" if cycle.begins == "given" else "planned_first_at"
        at = _key(course, cycle.number, name)
        citation = self._cite(cited) if cited else ""
        return CourseFinding("rest_too_short", "violation", at, message, citation)

    def course_rest(
        self, course: Course, begins: date | None, wanted: Literal["violation", "advisory"]
    ) -> Iterator[CourseFinding]:
        """Yield a finding if this course begins too early after the one before.

        One that begins after whole weeks to the day is an advisory: the policy does not say
        whether they would do.
        """
        rest = self._pattern.course_rest
        earliest = _course_earliest(course, rest)
        if begins is None or rest is None or earliest is None or begins >= earliest:
            return
        previous = course.previous_last_dose_on
        is_to_the_day = (
            rest.from_ == "last_dose"
            and previous is not None
            and (begins - previous).days == rest.value
            and rest.value % _DAYS_OF_A_WEEK == 0
        )
        if is_to_the_day != (wanted == "advisory"):
            return
        given = course.cycle(1)
        has_begun = given is not None and given.first_dose_at is not None
        at = _key(course, 1, "first_dose_at") if has_begun else "course.first_dose_at"
        rule: CourseRule = "seven_weeks_to_the_day" if is_to_the_day else "course_rest_too_short"
        if is_to_the_day:
            message = self._texts.seven_weeks_to_the_day.format(
                first=date_in_words(begins),
                weeks=count_in_words(rest.value // _DAYS_OF_A_WEEK, "week"),
                dates=count_in_words(rest.value - 1, "date"),
            )
        else:
            message = self._texts.course_rest_too_short.format(
                first=date_in_words(begins),
                rest=rest_in_words(rest),
                earliest=date_in_words(earliest),
            )
        yield CourseFinding(rule, wanted, at, message, self._cite(rest))

    def _doses_too_close(self, one: Report, course: Course) -> Iterator[CourseFinding]:
        """Yield a finding if doses lie closer than the interval, with an allowance for charts."""
        if one.first is None or one.last is None:
            return
        interval = self._label.dose_interval
        allowance_hours = self._checks.plausibility.charted_time_hours
        needed = HOUR * (interval.hours * (one.given - 1) - allowance_hours)
        if one.last - one.first >= needed:
            return
        message = self._texts.doses_too_close.format(
            cycle=one.number,
            given=count_in_words(one.given, "dose"),
            first=time_in_words(one.first),
            last=time_in_words(one.last),
            interval=count_in_words(interval.hours, "hour"),
        )
        at = _key(course, one.number, "last_dose_at")
        citation = self._label.cite(interval.citation)
        yield CourseFinding("doses_too_close", "advisory", at, message, citation)


def _key(course: Course, number: int, name: str) -> str:
    """Return the case key of a cycle's value, with the place of the cycle in its list."""
    place = next(at for at, one in enumerate(course.cycles) if one.number == number)
    return f"course.cycles.{place}.{name}"


def _course_earliest(course: Course, rest: Rest | None) -> date | None:
    """Return the earliest date that a rest before this course can permit; None if unknown.

    A discharge is not before the last dose, so that the latter bounds a rest from the former. What
    counts from the first dose of the course before is in no case.
    """
    previous, discharged = course.previous_last_dose_on, course.previous_discharge_on
    if rest is None or rest.from_ == "first_dose":
        return None
    known = discharged or previous if rest.from_ == "discharge" else previous
    return known and permitted_after(rest, known, known, None)


def _most_given_in(begun: list[Report], days: int) -> int:
    """Return the most doses that were certainly given within so many dates in a row."""
    spans = [
        (one.first.date(), one.last.date(), one.given) for one in begun if one.first and one.last
    ]
    sums = [
        sum(given for first, last, given in spans if first >= start and last < start + DAY * days)
        for start, _, _ in spans
    ]
    return max(sums, default=0)


def rest_in_words(rest: Rest) -> str:
    """Return a rest with what it counts from."""
    return f"{count_in_words(rest.value, 'day')} {_FROM_WORDS[rest.from_]}"


def days_in_words(days: Pattern) -> str:
    """Return the days of a cycle that have doses."""
    runs = [f"{one.from_} to {one.to}" if one.to > one.from_ else f"{one.from_}" for one in days.on]
    return f"days {', '.join(runs)} of {days.cycle_days}"
