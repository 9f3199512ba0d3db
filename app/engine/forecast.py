"""Counts the courses, doses and vials of an approval period: this course, then the most after it.

The first course is the plan's own. Each further one begins as early as the policy permits and has
full cycles: a ceiling of the policy's timing, not a plan. Vials are counted by facts of the label.
"""

from collections.abc import Callable
from datetime import date, time
from typing import NamedTuple

from app.engine.course_schedule import full_course_rule, plan_rule
from app.engine.cycle_pattern import CyclePattern
from app.engine.regimens import Regimen
from app.engine.units import DoseVials, dose_vials_rule
from app.model.case import Case
from app.model.determination import CYCLE_LIMITS, ApprovalPeriod, DoseLimit, Finding
from app.model.document import Cited
from app.model.reference_data import ReferenceData
from app.model.supply import Forecast, ForecastCourse
from app.model.treatment import CycleSchedule, Schedule


class _Counts(NamedTuple):
    """A course: its first and last day, its doses, and those of them that take vials."""

    first_day: date
    last_day: date
    doses: int
    paid_for: int


ForecastRule = Callable[
    [Case, DoseLimit, Finding | None, Schedule | None, ApprovalPeriod], Forecast | None
]


def forecast_rule(
    regimen: Regimen, pattern: CyclePattern, reference_data: ReferenceData
) -> ForecastRule:
    """Return the rule that forecasts courses in cycles; none without a plan.

    No two doses share a vial; vials are counted for the requested dose if it is within the limit,
    or else for the maximum. A course that ends after the period counts in full.
    """
    full_course = full_course_rule(plan_rule(regimen.dosing.name or "", pattern))
    vials_of = dose_vials_rule(reference_data, regimen.route)
    citations = _citations(regimen, reference_data)

    def count(case: Case, schedule: CycleSchedule, period: ApprovalPeriod) -> list[_Counts]:
        """Return this course, then those that begin in the period as early as they may."""
        begins, end = schedule.cycles[0].first_day, period.end
        if begins is None or begins > end:
            return []
        full = full_course(_clock(case, schedule))
        doses, length, step = full.doses, full.length, full.step
        found = [_this_course(schedule, period)]
        if schedule.next_course_earliest is None:
            return found
        first_day = max(schedule.next_course_earliest, period.start)
        while step is not None and first_day <= end:
            found.append(_Counts(first_day, first_day + length, doses, doses))
            first_day += step
        return found

    def forecast(
        case: Case,
        limit: DoseLimit,
        finding: Finding | None,
        schedule: Schedule | None,
        period: ApprovalPeriod,
    ) -> Forecast | None:
        if not isinstance(schedule, CycleSchedule):
            return None
        vials = vials_of(limit, finding)
        counts = count(case, schedule, period)
        courses, paid_for = _courses(counts, period, vials), sum(one.paid_for for one in counts)
        granted = case.authorization.units if courses else None
        return Forecast(
            courses,
            sum(one.doses for one in counts),
            paid_for * vials.by_content if vials else None,
            _times(paid_for, vials.by_volume if vials else None),
            paid_for * vials.larger if vials else None,
            vials.dose_iu if vials else None,
            vials.larger if vials else None,
            granted,
            _short(courses[0].vials if courses else None, granted),
            _short(paid_for * vials.larger if vials else None, granted),
            citations,
        )

    return forecast


def _citations(regimen: Regimen, reference_data: ReferenceData) -> dict[str, str]:
    label, dosing = reference_data.label, regimen.dosing
    timing: dict[str, Cited | None] = {name: getattr(dosing, name) for name in CYCLE_LIMITS}
    timing["pattern"] = dosing.pattern[0] if dosing.pattern else None
    return {
        **{name: regimen.cite(stated.citation) for name, stated in timing.items() if stated},
        "vials_per_dose": label.cite(label.preparation.vial.citation),
    }


def _clock(case: Case, schedule: CycleSchedule) -> time:
    """Return the clock time of the first dose of cycle 1, given or planned."""
    given = case.course.cycle(1)
    first = given.first_dose_at if given else None
    return (first or schedule.cycles[0].doses[0]).time()


def _this_course(schedule: CycleSchedule, period: ApprovalPeriod) -> _Counts:
    """Return the plan's own course; what was given before the period is used up and paid."""
    doses = paid_for = 0
    days = []
    for cycle in schedule.cycles:
        doses += cycle.doses_given + len(cycle.doses)
        paid_for += len(cycle.doses)
        if cycle.first_day is not None and cycle.last_day is not None:
            days += [cycle.first_day, cycle.last_day]
            if period.start <= cycle.first_day <= period.end:
                paid_for += cycle.doses_given
    return _Counts(days[0], days[-1], doses, paid_for)


def _courses(
    counts: list[_Counts], period: ApprovalPeriod, vials: DoseVials | None
) -> tuple[ForecastCourse, ...]:
    """Return the courses, numbered from 1; their vials are unknown with the dose."""
    end = period.end
    if vials is None:
        return tuple(
            ForecastCourse(number, first, last, doses, None, None, None, last > end)
            for number, (first, last, doses, _) in enumerate(counts, start=1)
        )
    by_content, by_volume, larger = vials.by_content, vials.by_volume, vials.larger
    return tuple(
        [
            ForecastCourse(
                number,
                first,
                last,
                doses,
                paid_for * by_content,
                _times(paid_for, by_volume),
                paid_for * larger,
                last > end,
            )
            for number, (first, last, doses, paid_for) in enumerate(counts, start=1)
        ]
    )


def _times(doses: int, vials: int | None) -> int | None:
    return None if vials is None else doses * vials


def _short(wanted: int | None, granted: int | None) -> int | None:
    """Return how many of the wanted vials were not granted; None if either count is unknown.

    >>> _short(84, 80), _short(84, 90), _short(None, 80)
    (4, 0, None)
    """
    if wanted is None or granted is None:
        return None
    return max(0, wanted - granted)
