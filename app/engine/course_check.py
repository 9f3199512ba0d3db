"""Compares what happened in a course with the policy's limits and, by vein, the label's interval.

Each finding is a sentence that says what was given and what is allowed. Held doses are not made up.
The earliest dates of what may follow are those of the plan; they are never computed twice.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal, NamedTuple

from app.engine.course_findings import CourseFindings
from app.engine.course_schedule import Report, earliest_after, reports
from app.engine.cycle_pattern import CyclePattern, permitted_after
from app.engine.regimens import Regimen
from app.model.case import Case
from app.model.course import Course
from app.model.label import Label
from app.model.reference_data import ReferenceData
from app.model.treatment import CheckedCycle, CourseCheck, Cycle, CycleSchedule, Schedule

PREVIOUS_DISCHARGE, DISCHARGE = "course.previous_discharge_on", "course.discharge_date"


class CheckedCourse(NamedTuple):
    """The check, and the case keys without which a rest of it cannot be checked."""

    check: CourseCheck | None
    missing: tuple[str, ...] = ()


Check = Callable[[Case, Schedule | None], CheckedCourse]
UNCHECKED = CheckedCourse(None)


def course_rule(regimen: Regimen, pattern: CyclePattern, reference_data: ReferenceData) -> Check:
    """Return the rule that checks a course; nothing where the case tells nothing of one."""
    checker = _Checker(regimen, pattern, reference_data)

    def check(case: Case, schedule: Schedule | None) -> CheckedCourse:
        if not _tells(case.course) or not regimen.is_for(case):
            return UNCHECKED
        plan = schedule if isinstance(schedule, CycleSchedule) else None
        missing = checker.missing(case.course, plan)
        return CheckedCourse(checker.check(case.course, plan), missing)

    return check


def _tells(course: Course) -> bool:
    return course.previous_last_dose_on is not None or any(
        one.given or one.held or one.over or one.planned_first_at for one in course.cycles
    )


class _Checker:
    """The pattern of one regimen, the findings about a course, and the citations of its dates."""

    def __init__(
        self, regimen: Regimen, pattern: CyclePattern, reference_data: ReferenceData
    ) -> None:
        self._pattern, self._discharge_rest = pattern, reference_data.label.discharge_rest
        self._findings = CourseFindings(regimen, pattern, reference_data)
        self._citations = _citations(regimen, reference_data.label)

    def check(self, course: Course, schedule: CycleSchedule | None) -> CourseCheck:
        """Return what happened against the limits, and the earliest dates of what may follow."""
        cycles = reports(course, self._pattern)
        begins, second, next_course = course.first_dose_day, None, None
        is_second_provisional = is_next_provisional = False
        if schedule is not None:
            one, last = schedule.cycles[0], _last_with_doses(schedule)
            begins = one.first_day
            if len(cycles) > 1:
                second = earliest_after(one, course, self._pattern)
                is_second_provisional = bool(one.doses)
            next_course = schedule.next_course_earliest
            is_next_provisional = next_course is not None and bool(last.doses)
        discharge_of = self._discharge_of(course, cycles, is_next_provisional=is_next_provisional)
        discharged = course.discharge_date if discharge_of else None
        return CourseCheck(
            cycles=tuple(self._checked_cycles(course, cycles)),
            findings=(
                *self._findings.violations(course, cycles),
                *self._findings.rests_too_short(course, schedule),
                *self._findings.course_rest(course, begins, "violation"),
                *self._findings.advisories(course, cycles),
                *self._findings.course_rest(course, begins, "advisory"),
            ),
            second_cycle_earliest=second,
            second_cycle_provisional=is_second_provisional,
            next_course_earliest=next_course,
            next_course_provisional=is_next_provisional,
            this_course_earliest=self._this_course_earliest(course),
            by_discharge=discharged and discharged + timedelta(days=self._discharge_rest.days),
            by_discharge_of=discharge_of,
            citations=self._citations,
        )

    def missing(self, course: Course, schedule: CycleSchedule | None) -> tuple[str, ...]:
        """Return the discharges that are not known, where a rest may not be over without them."""
        found = []
        rest, previous = self._pattern.course_rest, course.previous_last_dose_on
        begins = schedule.cycles[0].first_day if schedule else course.first_dose_day
        if (
            rest is not None
            and rest.from_ == "discharge"
            and previous is not None
            and course.previous_discharge_on is None
            and begins is not None
            and begins >= permitted_after(rest, previous, previous, None)
        ):
            found.append(PREVIOUS_DISCHARGE)
        if schedule is not None and self._waits_for_discharge(course, schedule):
            found.append(DISCHARGE)
        return tuple(found)

    def _waits_for_discharge(self, course: Course, schedule: CycleSchedule) -> bool:
        """Return whether a later cycle is booked or begun after a rest from an unknown discharge.

        The discharge before a cycle that has begun is not in the case: only that rest is held
        against the last dose.
        """
        for before, after in zip(schedule.cycles, schedule.cycles[1:], strict=False):
            rest = self._pattern.rest_after_cycle(before.number)
            is_booked = after.begins == "entered" and before.last_day is not None
            if rest is None or rest.from_ != "discharge" or not is_booked:
                continue
            if course.discharge_date is None and not before.doses:
                return True
        return False

    def _checked_cycles(self, course: Course, cycles: list[Report]) -> Iterator[CheckedCycle]:
        for one in cycles:
            told = course.cycle(one.number)
            if told is not None:
                moment = told.first_dose_at or told.planned_first_at or course.first_dose_at
                doses = self._pattern.doses_at(course, one.number, moment)
                left = None if doses is None else max(0, doses - one.given - one.held)
                left = 0 if one.is_over else left
                yield CheckedCycle(one.number, one.given, left)

    def _this_course_earliest(self, course: Course) -> date | None:
        """Return the first permitted date of this course; None while it is not known."""
        rest, previous = self._pattern.course_rest, course.previous_last_dose_on
        if rest is None:
            return None
        if rest.from_ == "discharge":
            discharged = course.previous_discharge_on
            return discharged and permitted_after(rest, discharged, discharged, discharged)
        if previous is None or rest.from_ == "first_dose":
            return None
        return permitted_after(rest, previous, previous, None)

    def _discharge_of(
        self, course: Course, cycles: list[Report], *, is_next_provisional: bool
    ) -> Literal["this_course", "next_course"] | None:
        """Return which course waits for the discharge; None without one, or while unfinished."""
        if course.discharge_date is None:
            return None
        if course.previous_last_dose_on is not None and not any(one.given for one in cycles):
            return "this_course"
        last = cycles[-1]
        is_finished = bool(last.given) or last.is_over
        return "next_course" if is_finished and not is_next_provisional else None


def _citations(regimen: Regimen, label: Label) -> dict[str, str]:
    """Return the citation of each stated rule, even if its date is not known yet."""
    dosing = regimen.dosing
    days = dosing.pattern[0] if dosing.pattern else None
    stated = {
        "doses_left": dosing.max_doses_per_cycle or dosing.most("doses_per_cycle") or days,
        "second_cycle_earliest": dosing.min_rest_days or days,
        "next_course_earliest": dosing.min_course_rest_days or days,
        "this_course_earliest": dosing.min_course_rest_days,
    }
    return {
        **{key: regimen.cite(one.citation) for key, one in stated.items() if one is not None},
        "by_discharge": label.cite(label.discharge_rest.citation),
    }


def _last_with_doses(schedule: CycleSchedule) -> Cycle:
    return next(one for one in reversed(schedule.cycles) if one.last_day is not None)
