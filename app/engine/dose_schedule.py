"""The plan of a therapy: a course in cycles, or the doses of a regimen without cycles.

Dates and times are local to the clinic, without time zones. The request changes no plan.
"""

from collections.abc import Callable
from datetime import timedelta

from app.engine.course_schedule import CoursePattern, plan_rule
from app.model.case import Case
from app.model.dosing import Dosing
from app.model.treatment import DoseSchedule, Schedule

_WEEKS_SHOWN = 4


def schedule_rule(
    dosing: Dosing, pattern: CoursePattern | None
) -> Callable[[Case], Schedule | None]:
    """Return the rule that plans; no plan where nothing says when to begin, or how often.

    A case after tumor-infiltrating lymphocytes has no plan: its regimen is another. Outside
    intravenous courses only the first dose counts, and no dose given changes the plan.
    """
    if pattern is None:
        return _doses_rule(dosing)
    plan = plan_rule(dosing.name, pattern)
    return lambda case: None if case.is_til else plan(case.course)


def _doses_rule(dosing: Dosing) -> Callable[[Case], DoseSchedule | None]:
    per_week = _most_per_week(dosing)
    if per_week is None:
        return lambda _case: None
    # Up to 7 doses a week: whole dates apart (0, 2, 4 for three a week). More: whole hours apart.
    of_a_week = [
        timedelta(days=place * 7 // per_week)
        if per_week <= 7  # noqa: PLR2004
        else timedelta(hours=place * 168 // per_week)
        for place in range(per_week)
    ]
    steps = [timedelta(weeks=week) + step for week in range(_WEEKS_SHOWN) for step in of_a_week]

    def plan(case: Case) -> DoseSchedule | None:
        first = case.course.first_dose_at
        if first is None or case.is_til:
            return None
        return DoseSchedule(dosing.name, tuple([first + step for step in steps]))

    return plan


def _most_per_week(dosing: Dosing) -> int | None:
    limits = []
    if dosing.max_doses_per_week is not None:
        limits.append(dosing.max_doses_per_week.value)
    if dosing.max_doses_per_day is not None:
        limits.append(dosing.max_doses_per_day.value * 7)
    return min(limits, default=None)
