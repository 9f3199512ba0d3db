"""The plan of a therapy: a course in cycles, or the doses of a regimen without cycles.

Dates and times are local to the clinic, without time zones. The request changes no plan.
"""

from collections.abc import Callable
from datetime import timedelta

from app.engine.course_schedule import plan_rule
from app.engine.cycle_pattern import CyclePattern, lowest
from app.engine.regimens import Regimen
from app.model.case import Case
from app.model.dosing import Dosing
from app.model.treatment import DoseSchedule, Schedule

_WEEKS_SHOWN = 4


def schedule_rule(
    regimen: Regimen, pattern: CyclePattern | None
) -> Callable[[Case], Schedule | None]:
    """Return the rule that plans; no plan where nothing says when to begin, or how often.

    A case after tumor-infiltrating lymphocytes has a plan by a regimen that asks for the therapy
    only. Without cycles only the first dose counts, and no dose given changes the plan.
    """
    name = regimen.dosing.name or ""
    doses = _doses_rule(regimen, name)
    if pattern is None:
        return doses
    plan = plan_rule(name, pattern)
    if regimen.dosing.has_cycles:
        return lambda case: plan(case.course) if regimen.is_for(case) else None
    return lambda case: plan(case.course) or doses(case) if regimen.is_for(case) else None


def _doses_rule(regimen: Regimen, name: str) -> Callable[[Case], DoseSchedule | None]:
    per_week = _most_per_week(regimen.dosing)
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
        if first is None or not regimen.is_for(case):
            return None
        return DoseSchedule(name, tuple([first + step for step in steps]))

    return plan


def _most_per_week(dosing: Dosing) -> int | None:
    weekly = lowest(dosing.max_doses_per_week, dosing.most("doses_per_week"))
    daily = lowest(dosing.max_doses_per_day, dosing.most("doses_per_day"))
    limits = [weekly, None if daily is None else daily * 7]
    return min((one for one in limits if one is not None), default=None)
