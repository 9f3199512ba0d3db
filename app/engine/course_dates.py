"""From which date on the next step of a course is permitted, after what was really given.

Whole calendar dates of the clinic: a dose at 23:30 counts for its date, and n days of rest are n
whole dates without a dose. Rest counts from the last dose that was given. A limit that a documented
dosing does not state gives no date.
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
    """What a document states about cycles and courses; None for what it leaves open."""

    source: LimitsSource
    document: str
    doses_per_cycle: Limit | None
    doses_per_day: Limit | None
    rest_days: Limit | None
    course_rest_days: Limit | None

    def cite(self, limit: Limit) -> str:
        """Return document, heading and item of a limit."""
        return f"{self.document}: {limit.citation}"


@dataclass(frozen=True, slots=True)
class GivenDoses:
    """The doses that were given in one cycle: how many, and when the first and the last."""

    cycle: int
    count: int
    first: datetime
    last: datetime

    @property
    def dates(self) -> int:
        """Calendar dates from first to last, both included."""
        return (self.last.date() - self.first.date()).days + 1


def course_limits(dosing: Dosing | None, policy: Policy, label: Label) -> CourseLimits:
    """Return the limits of a documented dosing; the label's where no dosing is documented."""
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
    """Return what was given in a cycle, or None where no dose was."""
    for cycle in course.cycles:
        first, last = cycle.first_dose_at, cycle.last_dose_at
        if cycle.number == number and cycle.doses_given and first and last:
            return GivenDoses(number, cycle.doses_given, first, last)
    return None


def second_cycle_earliest(course: Course, limits: CourseLimits) -> date | None:
    """Return the first date for cycle 2: 10 dates after the last dose of cycle 1, for 9 of rest."""
    first = doses_of(course, FIRST)
    return _after(first.last.date() if first else None, limits.rest_days)


def next_course_earliest(course: Course, limits: CourseLimits) -> date | None:
    """Return the first date for another course: 50 dates after the last dose, for 49 of rest.

    That is the last dose of cycle 2, or of cycle 1 where cycle 2 is over without a dose.
    """
    last = doses_of(course, SECOND)
    if last is None and any(one.number == SECOND and one.over for one in course.cycles):
        last = doses_of(course, FIRST)
    return _after(last.last.date() if last else None, limits.course_rest_days)


def this_course_earliest(course: Course, limits: CourseLimits) -> date | None:
    """Return the first date for this course, after the last dose of the course before."""
    return _after(course.previous_last_dose_on, limits.course_rest_days)


def next_course_by_discharge(course: Course, rest: Days) -> date | None:
    """Return the label's first date for another course: `rest` days after the discharge."""
    discharged = course.discharge_date
    return None if discharged is None else discharged + timedelta(days=rest.days)


def _after(last_day: date | None, rest: Limit | None) -> date | None:
    if last_day is None or rest is None:
        return None
    return rest_after(last_day, rest.value).last_day + timedelta(days=1)
