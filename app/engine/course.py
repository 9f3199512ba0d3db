"""Compares the doses given in a course with the policy's limits and the label's interval.

Each finding is a sentence that says what was given and what is allowed. Only given doses count, and
a limit that the documented dosing does not state cannot be exceeded. Held doses are not made up.
Must not change the plan of the course.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from app.engine.course_dates import (
    FIRST,
    SECOND,
    CourseLimits,
    GivenDoses,
    course_limits,
    doses_of,
    next_course_by_discharge,
    next_course_earliest,
    second_cycle_earliest,
    this_course_earliest,
)
from app.model.case import Case, Course, GivenCycle
from app.model.checks import CheckTexts
from app.model.formatting import count_in_words, date_in_words, frequency_in_words, time_in_words
from app.model.label import Label
from app.model.policy import Dosing, Limit, Policy
from app.model.reference_data import ReferenceData
from app.model.treatment import CheckedCycle, CourseCheck, CourseFinding

_HOUR = timedelta(hours=1)


def course_rule(
    policy: Policy, dosing: Dosing | None, reference_data: ReferenceData
) -> Callable[[Case], CourseCheck | None]:
    """Return the rule that checks an intravenous course; nothing where the case reports no doses.

    `dosing` is None where the policy documents none; then the label's limits apply.
    """
    label, texts = reference_data.label, reference_data.checks.texts
    limits = course_limits(dosing, policy, label)
    citations = _citations(limits, label)

    def check(case: Case) -> CourseCheck | None:
        course = case.course
        has_report = course.cycles or course.previous_last_dose_on is not None
        if case.route != "intravenous" or case.is_til or not has_report:
            return None
        return CourseCheck(
            cycles=tuple(_check_cycle(one, limits) for one in _in_order(course)),
            findings=(*violations(course, limits, texts), *advisories(course, label, texts)),
            second_cycle_earliest=second_cycle_earliest(course, limits),
            next_course_earliest=next_course_earliest(course, limits),
            this_course_earliest=this_course_earliest(course, limits),
            next_course_by_discharge=next_course_by_discharge(course, label.discharge_rest),
            limits_from=limits.source,
            citations=citations,
        )

    return check


def _in_order(course: Course) -> list[GivenCycle]:
    return sorted(course.cycles, key=lambda cycle: cycle.number)


def _check_cycle(cycle: GivenCycle, limits: CourseLimits) -> CheckedCycle:
    return CheckedCycle(cycle.number, cycle.doses_given, _doses_left(cycle, limits))


def _doses_left(cycle: GivenCycle, limits: CourseLimits) -> int | None:
    """Return how many doses are still allowed in a cycle, at least 0; None without a limit."""
    if cycle.over:
        return 0
    if limits.doses_per_cycle is None:
        return None
    return max(0, limits.doses_per_cycle.value - cycle.doses_given - (cycle.doses_held or 0))


def _citations(limits: CourseLimits, label: Label) -> dict[str, str]:
    """Return the citation of each stated rule, even if the date is not known yet."""
    stated = {
        "doses_left": limits.doses_per_cycle,
        "second_cycle_earliest": limits.rest_days,
        "next_course_earliest": limits.course_rest_days,
        "this_course_earliest": limits.course_rest_days,
    }
    return {
        **{key: limits.cite(limit) for key, limit in stated.items() if limit is not None},
        "next_course_by_discharge": label.cite(label.discharge_rest.citation),
    }


def violations(course: Course, limits: CourseLimits, texts: CheckTexts) -> Iterator[CourseFinding]:
    """Yield a finding for each limit that was exceeded."""
    for number in (FIRST, SECOND):
        given = doses_of(course, number)
        if given is not None:
            yield from _too_many_doses(given, limits, texts)
            yield from _too_many_doses_daily(given, limits, texts)
    yield from _rest_too_short(course, limits, texts)
    yield from _course_rest_too_short(course, limits, texts)


def advisories(course: Course, label: Label, texts: CheckTexts) -> Iterator[CourseFinding]:
    """Yield a finding for each cycle with less time between its doses than the label's interval."""
    for number in (FIRST, SECOND):
        given = doses_of(course, number)
        if given is not None:
            yield from _doses_too_close(given, label, texts)


def _doses_too_close(given: GivenDoses, label: Label, texts: CheckTexts) -> Iterator[CourseFinding]:
    """Yield a finding if there is less than one interval for each dose after the first."""
    interval = label.dose_interval
    # In whole hours, because a very large count would overflow a timedelta.
    if (given.last - given.first) // _HOUR >= interval.hours * (given.count - 1):
        return
    message = texts.doses_too_close.format(
        cycle=given.cycle,
        given=count_in_words(given.count, "dose"),
        first=time_in_words(given.first),
        last=time_in_words(given.last),
        interval=count_in_words(interval.hours, "hour"),
    )
    at = f"course.cycles.{given.cycle}.last_dose_at"
    citation = label.cite(interval.citation)
    yield CourseFinding("doses_too_close", "advisory", at, message, citation)


def _too_many_doses(
    given: GivenDoses, limits: CourseLimits, texts: CheckTexts
) -> Iterator[CourseFinding]:
    most = limits.doses_per_cycle
    if most is None or given.count <= most.value:
        return
    message = texts.too_many_doses.format(
        cycle=given.cycle,
        given=count_in_words(given.count, "dose"),
        most=most.value,
        source=limits.source,
    )
    at = f"course.cycles.{given.cycle}.doses_given"
    citation = limits.cite(most)
    yield CourseFinding("too_many_doses", "violation", at, message, citation)


def _too_many_doses_daily(
    given: GivenDoses, limits: CourseLimits, texts: CheckTexts
) -> Iterator[CourseFinding]:
    """Yield a finding if the daily maximum on each date from first to last allows fewer doses."""
    most = limits.doses_per_day
    if most is None or given.count <= most.value * given.dates:
        return
    message = texts.too_many_doses_daily.format(
        cycle=given.cycle,
        given=count_in_words(given.count, "dose"),
        dates=count_in_words(given.dates, "date"),
        frequency=frequency_in_words(most.value, "daily"),
        source=limits.source,
    )
    at = f"course.cycles.{given.cycle}.doses_given"
    citation = limits.cite(most)
    yield CourseFinding("too_many_doses_daily", "violation", at, message, citation)


def _rest_too_short(
    course: Course, limits: CourseLimits, texts: CheckTexts
) -> Iterator[CourseFinding]:
    second, rest = doses_of(course, SECOND), limits.rest_days
    if second is None or rest is None:
        return
    earliest = second_cycle_earliest(course, limits)
    message = _began_early(second.first.date(), earliest, rest, limits.source, texts.rest_too_short)
    if message:
        at = f"course.cycles.{SECOND}.first_dose_at"
        citation = limits.cite(rest)
        yield CourseFinding("rest_too_short", "violation", at, message, citation)


def _course_rest_too_short(
    course: Course, limits: CourseLimits, texts: CheckTexts
) -> Iterator[CourseFinding]:
    """Yield a finding if the first dose, given or else planned, comes before the permitted date."""
    one, rest = doses_of(course, FIRST), limits.course_rest_days
    first = course.first_dose_at if one is None else one.first
    if first is None or rest is None:
        return
    earliest = this_course_earliest(course, limits)
    message = _began_early(first.date(), earliest, rest, limits.source, texts.course_rest_too_short)
    if message:
        at = "course.first_dose_at" if one is None else f"course.cycles.{FIRST}.first_dose_at"
        citation = limits.cite(rest)
        yield CourseFinding("course_rest_too_short", "violation", at, message, citation)


def _began_early(
    first_day: date, earliest: date | None, rest: Limit, source: str, text: str
) -> str:
    """Return the message; "" where the date is permitted, or no earliest date is known."""
    if earliest is None or first_day >= earliest:
        return ""
    return text.format(
        first=date_in_words(first_day),
        rest=count_in_words(rest.value, "day"),
        earliest=date_in_words(earliest),
        source=source,
    )
