"""Compares what happened in an intravenous course with the policy's limits and label's interval.

Each finding is a sentence that says what was given and what is allowed. Held doses are not made up.
The earliest dates of what may follow are those of the plan; they are never computed twice.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal

from app.engine.course_plan import CoursePattern, Report, reports, rest_after
from app.model.case import Case, Course
from app.model.checks import Checks
from app.model.formatting import count_in_words, date_in_words, frequency_in_words, time_in_words
from app.model.label import Label
from app.model.policy import Dosing, Limit, Policy
from app.model.reference_data import ReferenceData
from app.model.treatment import (
    CheckedCycle,
    CourseCheck,
    CourseFinding,
    CourseRule,
    Cycle,
    CycleSchedule,
    Schedule,
)

_DAY, _HOUR = timedelta(days=1), timedelta(hours=1)
_DAYS_OF_A_WEEK = 7
_FIRST, _SECOND = 0, 1  # places of the cycles of a course

Check = Callable[[Case, Schedule | None], CourseCheck | None]


def course_rule(
    policy: Policy, dosing: Dosing, pattern: CoursePattern, reference_data: ReferenceData
) -> Check:
    """Return the rule that checks a course; nothing where the case tells nothing of one."""
    checker = _Checker(policy, dosing, pattern, reference_data)

    def check(case: Case, schedule: Schedule | None) -> CourseCheck | None:
        if case.is_til or not _tells(case.course):
            return None
        return checker.check(case.course, schedule if isinstance(schedule, CycleSchedule) else None)

    return check


def _tells(course: Course) -> bool:
    return course.previous_last_dose_on is not None or any(
        one.given or one.held or one.over or one.planned_first_at for one in course.cycles
    )


class _Checker:
    """The limits of one regimen, with their citations and the sentences about them."""

    def __init__(
        self,
        policy: Policy,
        dosing: Dosing,
        pattern: CoursePattern,
        reference_data: ReferenceData,
    ) -> None:
        self._policy, self._dosing, self._pattern = policy, dosing, pattern
        self._label: Label = reference_data.label
        self._checks: Checks = reference_data.checks
        self._texts = reference_data.checks.texts
        self._citations = self._all_citations()

    def check(self, course: Course, schedule: CycleSchedule | None) -> CourseCheck:
        """Return what happened against the limits, and the earliest dates of what may follow."""
        cycles = reports(course, self._pattern)
        begins, second, next_course = course.first_dose_day, None, None
        is_second_provisional = is_next_provisional = False
        if schedule is not None:
            one, last = schedule.cycles[_FIRST], _last_with_doses(schedule)
            begins = one.first_day
            second = one.last_day and one.last_day + self._pattern.rest + _DAY
            next_course = schedule.next_course_earliest
            is_second_provisional, is_next_provisional = bool(one.doses), bool(last.doses)
        discharge_of = _discharge_of(course, cycles, is_next_provisional=is_next_provisional)
        discharged = course.discharge_date if discharge_of else None
        return CourseCheck(
            cycles=tuple(self._checked_cycles(course, cycles)),
            findings=(
                *self._violations(course, cycles),
                *self._rest_too_short(course, schedule, second, is_second_provisional),
                *self._course_rest(course, begins, "violation"),
                *self._advisories(course, cycles),
                *self._course_rest(course, begins, "advisory"),
            ),
            second_cycle_earliest=second,
            second_cycle_provisional=is_second_provisional,
            next_course_earliest=next_course,
            next_course_provisional=is_next_provisional,
            this_course_earliest=self._this_course_earliest(course),
            by_discharge=discharged
            and discharged + timedelta(days=self._label.discharge_rest.days),
            by_discharge_of=discharge_of,
            citations=self._citations,
        )

    def _all_citations(self) -> dict[str, str]:
        """Return the citation of each stated rule, even if its date is not known yet."""
        dosing = self._dosing
        stated = {
            "doses_left": dosing.max_doses_per_cycle,
            "second_cycle_earliest": dosing.min_rest_days,
            "next_course_earliest": dosing.min_course_rest_days,
            "this_course_earliest": dosing.min_course_rest_days,
        }
        return {
            **{key: self._cite(limit) for key, limit in stated.items() if limit is not None},
            "by_discharge": self._label.cite(self._label.discharge_rest.citation),
        }

    def _cite(self, limit: Limit) -> str:
        return self._policy.cite(limit.citation)

    def _checked_cycles(self, course: Course, cycles: list[Report]) -> Iterator[CheckedCycle]:
        doses = self._pattern.doses_of(course)
        for one in cycles:
            if course.cycle(one.number) is not None:
                left = 0 if one.is_over else max(0, doses - one.given - one.held)
                yield CheckedCycle(one.number, one.given, left)

    def _this_course_earliest(self, course: Course) -> date | None:
        previous = course.previous_last_dose_on
        if previous is None:
            return None
        return rest_after(previous, self._pattern.course_rest).last_day + _DAY

    def _violations(self, course: Course, cycles: list[Report]) -> Iterator[CourseFinding]:
        for one in cycles:
            yield from self._too_many_doses(one, course)
            yield from self._too_many_doses_daily(one, course)

    def _advisories(self, course: Course, cycles: list[Report]) -> Iterator[CourseFinding]:
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

    def _rest_too_short(
        self,
        course: Course,
        schedule: CycleSchedule | None,
        earliest: date | None,
        is_provisional: bool,  # noqa: FBT001
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

    def _course_rest(
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


def _last_with_doses(schedule: CycleSchedule) -> Cycle:
    return next(one for one in reversed(schedule.cycles) if one.last_day is not None)


def _discharge_of(
    course: Course, cycles: list[Report], *, is_next_provisional: bool
) -> Literal["this_course", "next_course"] | None:
    """Return which course waits for the discharge; None without one, or in an unfinished course."""
    if course.discharge_date is None:
        return None
    if course.previous_last_dose_on is not None and not any(one.given for one in cycles):
        return "this_course"
    two = cycles[_SECOND]
    is_finished = bool(two.given) or two.is_over
    return "next_course" if is_finished and not is_next_provisional else None


def _key(course: Course, number: int, name: str) -> str:
    """Return the case key of a cycle's value, with the place of the cycle in its list."""
    place = next(at for at, one in enumerate(course.cycles) if one.number == number)
    return f"course.cycles.{place}.{name}"
