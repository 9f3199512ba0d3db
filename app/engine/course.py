"""What was really given in a course, against the policy's limits and the label's interval.

A limit that a documented dosing does not state is never passed. Held doses are not made up. Must
not shape the plan: that is how a course is meant, this is how it went.
"""

from app.engine.course_dates import (
    CourseLimits,
    course_limits,
    next_course_by_discharge,
    next_course_earliest,
    second_cycle_earliest,
    this_course_earliest,
)
from app.engine.course_findings import advisories, violations
from app.model.case import Case, Course, GivenCycle
from app.model.dosing_clock import CheckedCycle, CourseCheck
from app.model.handbook import Handbook, Label
from app.model.policy import Dosing, Policy


def check_course(
    case: Case, policy: Policy, dosing: Dosing | None, handbook: Handbook
) -> CourseCheck | None:
    """Return the check of an intravenous course, or None where nothing is told to have happened.

    `dosing` is None where the policy documents none; then the label's course is the measure.
    """
    course, label, texts = case.course, handbook.label, handbook.checks.texts
    is_told = course.cycles or course.previous_last_dose_on is not None
    if case.route != "intravenous" or case.is_til or not is_told:
        return None
    limits = course_limits(dosing, policy, label)
    return CourseCheck(
        cycles=tuple(_checked(one, limits) for one in _in_order(course)),
        findings=(
            *violations(course, limits, texts),
            *advisories(course, label, texts),
        ),
        second_cycle_earliest=second_cycle_earliest(course, limits),
        next_course_earliest=next_course_earliest(course, limits),
        this_course_earliest=this_course_earliest(course, limits),
        next_course_by_discharge=next_course_by_discharge(course, label.discharge_rest),
        limits_from=limits.source,
        citations=_citations(limits, label),
    )


def _in_order(course: Course) -> list[GivenCycle]:
    return sorted(course.cycles, key=lambda cycle: cycle.number)


def _checked(cycle: GivenCycle, limits: CourseLimits) -> CheckedCycle:
    return CheckedCycle(cycle.number, cycle.doses_given, _doses_left(cycle, limits))


def _doses_left(cycle: GivenCycle, limits: CourseLimits) -> int | None:
    """Return how many doses are still allowed in a cycle, at least 0."""
    if cycle.over:
        return 0
    if limits.doses_per_cycle is None:
        return None
    return max(0, limits.doses_per_cycle.value - cycle.doses_given - (cycle.doses_held or 0))


def _citations(limits: CourseLimits, label: Label) -> dict[str, str]:
    """Return where each rule stands, also of a date that is not known yet."""
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
