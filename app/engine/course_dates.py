"""The earliest permitted dates of the next steps of a course, counted from the doses given.

Dates are whole calendar dates at the clinic: a dose at 23:30 counts for its date, and n days of
rest are n whole dates without a dose. A rest counts from the last dose that was given. A limit that
the documented dosing does not state gives no date.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.engine.schedule import rest_after
from app.model.case import Course
from app.model.label import Days, Label
from app.model.policy import Dosing, Limit, Policy
from app.model.treatment import LimitsSource

FIRST, SECOND = 1, 2  # the cycles of a course


@dataclass(frozen=True, slots=True)
class CourseLimits:
    """The limits of cycles and courses in a document; None for a limit that it does not state."""

    source: LimitsSource
    document: str
    doses_per_cycle: Limit | None
    doses_per_day: Limit | None
    rest_days: Limit | None
    course_rest_days: Limit | None

    def cite(self, limit: Limit) -> str:
        """Return the citation of a limit as text: document, heading and item."""
        return f"{self.document}: {limit.citation}"


@dataclass(frozen=True, slots=True)
class GivenDoses:
    """The doses given in one cycle: their count, and local times of the first and the last."""

    cycle: int
    count: int
    first: datetime
    last: datetime

    @property
    def dates(self) -> int:
        """The number of calendar dates from first to last, both included."""
        return (self.last.date() - self.first.date()).days + 1


def course_limits(dosing: Dosing | None, policy: Policy, label: Label) -> CourseLimits:
    """Return the limits of the documented dosing, or the label's where none is documented."""
    if dosing is None:
        facts = label.course
        return CourseLimits(
            "label",
            label.document,
            facts.doses_per_cycle,
            facts.doses_per_day,
            facts.rest_days,
            facts.course_rest_days,
        )
    return CourseLimits(
        "policy",
        policy.document,
        dosing.max_doses_per_cycle,
        dosing.max_doses_per_day,
        dosing.min_rest_days,
        dosing.min_course_rest_days,
    )


def doses_of(course: Course, number: int) -> GivenDoses | None:
    """Return the doses given in a cycle, or None if none was given."""
    for cycle in course.cycles:
        first, last = cycle.first_dose_at, cycle.last_dose_at
        if cycle.number == number and cycle.doses_given and first and last:
            return GivenDoses(number, cycle.doses_given, first, last)
    return None


def second_cycle_earliest(course: Course, limits: CourseLimits) -> date | None:
    """Return the first permitted date of cycle 2, or None if unknown.

    After 9 days of rest, it is 10 dates after the last dose of cycle 1.
    """
    first = doses_of(course, FIRST)
    return _after(first.last.date() if first else None, limits.rest_days)


def next_course_earliest(course: Course, limits: CourseLimits) -> date | None:
    """Return the first permitted date of another course, or None if unknown.

    After 49 days of rest, it is 50 dates after the last dose of cycle 2, or of cycle 1 where
    cycle 2 is over without a dose.
    """
    last = doses_of(course, SECOND)
    if last is None and any(one.number == SECOND and one.over for one in course.cycles):
        last = doses_of(course, FIRST)
    return _after(last.last.date() if last else None, limits.course_rest_days)


def this_course_earliest(course: Course, limits: CourseLimits) -> date | None:
    """Return the first permitted date of this course, after the last dose of the previous one."""
    return _after(course.previous_last_dose_on, limits.course_rest_days)


def next_course_by_discharge(course: Course, rest: Days) -> date | None:
    """Return the label's first date of another course: `rest` days after the discharge."""
    discharged = course.discharge_date
    return None if discharged is None else discharged + timedelta(days=rest.days)


def _after(last_day: date | None, rest: Limit | None) -> date | None:
    if last_day is None or rest is None:
        return None
    return rest_after(last_day, timedelta(days=rest.value)).last_day + timedelta(days=1)
