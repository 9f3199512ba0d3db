"""Compares what happened in an intravenous course with the policy's limits and label's interval.

Each finding is a sentence that says what was given and what is allowed. Held doses are not made up.
The earliest dates of what may follow are those of the plan; they are never computed twice.
"""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from typing import Literal

from app.engine.course_findings import CourseFindings
from app.engine.course_schedule import CoursePattern, Report, reports, rest_after
from app.model.case import Case
from app.model.course import Course
from app.model.dosing import Dosing
from app.model.label import Label
from app.model.policy import Policy
from app.model.reference_data import ReferenceData
from app.model.treatment import CheckedCycle, CourseCheck, Cycle, CycleSchedule, Schedule

_DAY = timedelta(days=1)
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
    """The pattern of one regimen, the findings about a course, and the citations of its dates."""

    def __init__(
        self,
        policy: Policy,
        dosing: Dosing,
        pattern: CoursePattern,
        reference_data: ReferenceData,
    ) -> None:
        self._pattern, self._discharge_rest = pattern, reference_data.label.discharge_rest
        self._findings = CourseFindings(policy, dosing, pattern, reference_data)
        self._citations = _citations(policy, dosing, reference_data.label)

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
                *self._findings.violations(course, cycles),
                *self._findings.rest_too_short(
                    course, schedule, second, is_provisional=is_second_provisional
                ),
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


def _citations(policy: Policy, dosing: Dosing, label: Label) -> dict[str, str]:
    """Return the citation of each stated rule, even if its date is not known yet."""
    stated = {
        "doses_left": dosing.max_doses_per_cycle,
        "second_cycle_earliest": dosing.min_rest_days,
        "next_course_earliest": dosing.min_course_rest_days,
        "this_course_earliest": dosing.min_course_rest_days,
    }
    return {
        **{key: policy.cite(limit.citation) for key, limit in stated.items() if limit is not None},
        "by_discharge": label.cite(label.discharge_rest.citation),
    }


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
