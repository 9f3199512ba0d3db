"""What happened in a course that departs from the policy's limits or from the label's advice.

Each finding is a sentence that says what was given or planned, and what is allowed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Literal

from app.engine.course_schedule import CoursePattern, Report
from app.model.course import Course
from app.model.dosing import Dosing, Limit
from app.model.formatting import count_in_words, date_in_words, frequency_in_words, time_in_words
from app.model.policy import Policy
from app.model.reference_data import ReferenceData
from app.model.treatment import CourseFinding, CourseRule, CycleSchedule

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_DAYS_OF_A_WEEK = 7
_SECOND = 1  # the place of cycle 2 in a plan


class CourseFindings:
    """The limits of one regimen, with the sentences about a course that breaks them."""

    def __init__(
        self,
        policy: Policy,
        dosing: Dosing,
        pattern: CoursePattern,
        reference_data: ReferenceData,
    ) -> None:
        self._policy, self._dosing, self._pattern = policy, dosing, pattern
        self._label, self._checks = reference_data.label, reference_data.checks
        self._texts = reference_data.checks.texts

    def _cite(self, limit: Limit) -> str:
        return self._policy.cite(limit.citation)

    def violations(self, course: Course, cycles: list[Report]) -> Iterator[CourseFinding]:
        """Yield a finding for each cycle with more doses than the policy allows."""
        for one in cycles:
            yield from self._too_many_doses(one, course)
            yield from self._too_many_doses_daily(one, course)

    def advisories(self, course: Course, cycles: list[Report]) -> Iterator[CourseFinding]:
        """Yield a finding for each cycle whose doses lie closer than the label's interval."""
        for one in cycles:
            yield from self._doses_too_close(one, course)

    def _too_many_doses(self, one: Report, course: Course) -> Iterator[CourseFinding]:
        most = self._dosing.max_doses_per_cycle
        if most is None or one.given <= most.value:
            return
        message = self._texts.too_many_doses.format(
            cycle=one.number, given=count_in_words(one.given, "dose"), most=most.value
        )
        at = _key(course, one.number, "doses_given")
        yield CourseFinding("too_many_doses", "violation", at, message, self._cite(most))

    def _too_many_doses_daily(self, one: Report, course: Course) -> Iterator[CourseFinding]:
        """Yield a finding if the daily maximum on each date from first to last allows fewer."""
        most = self._dosing.max_doses_per_day
        if most is None or one.first is None or one.last is None:
            return
        dates = (one.last.date() - one.first.date()).days + 1
        if one.given <= most.value * dates:
            return
        message = self._texts.too_many_doses_daily.format(
            cycle=one.number,
            given=count_in_words(one.given, "dose"),
            dates=count_in_words(dates, "date"),
            frequency=frequency_in_words(most.value, "daily"),
        )
        at = _key(course, one.number, "doses_given")
        yield CourseFinding("too_many_doses_daily", "violation", at, message, self._cite(most))

    def rest_too_short(
        self,
        course: Course,
        schedule: CycleSchedule | None,
        earliest: date | None,
        *,
        is_provisional: bool,
    ) -> Iterator[CourseFinding]:
        """Yield a finding if cycle 2 begun or booked begins before its first permitted date."""
        rest = self._dosing.min_rest_days
        if schedule is None or earliest is None or rest is None:
            return
        two = schedule.cycles[_SECOND]
        if two.first_day is None or two.first_day >= earliest:
            return
        message = self._texts.rest_too_short.format(
            first=date_in_words(two.first_day),
            rest=count_in_words(rest.value, "day"),
            earliest=date_in_words(earliest),
            provisional=self._texts.if_planned_doses_are_given if is_provisional else "",
        )
        name = "first_dose_at" if two.begins == "given" else "planned_first_at"
        at = _key(course, two.number, name)
        yield CourseFinding("rest_too_short", "violation", at, message, self._cite(rest))

    def course_rest(
        self, course: Course, begins: date | None, wanted: Literal["violation", "advisory"]
    ) -> Iterator[CourseFinding]:
        """Yield a finding if this course begins too early after the one before.

        One that begins after whole weeks to the day is an advisory: the policy does not say
        whether they would do.
        """
        first, previous = begins, course.previous_last_dose_on
        rest = self._dosing.min_course_rest_days
        if first is None or previous is None or rest is None:
            return
        days = (first - previous).days
        is_to_the_day = days == rest.value and days % _DAYS_OF_A_WEEK == 0
        if days > rest.value or is_to_the_day != (wanted == "advisory"):
            return
        given = course.cycle(1)
        has_begun = given is not None and given.first_dose_at is not None
        at = _key(course, 1, "first_dose_at") if has_begun else "course.first_dose_at"
        rule: CourseRule = "seven_weeks_to_the_day" if is_to_the_day else "course_rest_too_short"
        if is_to_the_day:
            message = self._texts.seven_weeks_to_the_day.format(
                first=date_in_words(first),
                weeks=count_in_words(days // _DAYS_OF_A_WEEK, "week"),
                dates=count_in_words(days - 1, "date"),
            )
        else:
            message = self._texts.course_rest_too_short.format(
                first=date_in_words(first),
                rest=count_in_words(rest.value, "day"),
                earliest=date_in_words(previous + self._pattern.course_rest + _DAY),
            )
        yield CourseFinding(rule, wanted, at, message, self._cite(rest))

    def _doses_too_close(self, one: Report, course: Course) -> Iterator[CourseFinding]:
        """Yield a finding if doses lie closer than the interval, with an allowance for charts."""
        if one.first is None or one.last is None:
            return
        interval = self._label.dose_interval
        allowance_hours = self._checks.plausibility.charted_time_hours
        needed = _HOUR * (interval.hours * (one.given - 1) - allowance_hours)
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
