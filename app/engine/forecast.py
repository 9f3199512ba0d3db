"""Counts the courses, doses and vials of an approval period: this course, then the most after it.

The first course is the plan's own. Each further one begins as early as the policy permits and has
full cycles: a ceiling of the policy's timing, not a plan. Vials are counted by facts of the label.
"""

from collections.abc import Callable, Iterator
from datetime import date, time

from app.engine.course_plan import CoursePattern, FullCourse, full_course_rule
from app.engine.units import DoseVials, dose_vials_rule
from app.model.case import Case
from app.model.determination import CYCLE_LIMITS, ApprovalPeriod, DoseLimit, Finding
from app.model.policy import Dosing, Limit, Policy
from app.model.reference_data import ReferenceData
from app.model.treatment import CycleSchedule, Forecast, ForecastCourse, Schedule

ForecastRule = Callable[
    [Case, DoseLimit, Finding | None, Schedule | None, ApprovalPeriod], Forecast | None
]


def forecast_rule(
    policy: Policy, dosing: Dosing, pattern: CoursePattern, reference_data: ReferenceData
) -> ForecastRule:
    """Return the rule that forecasts intravenous courses; none without a plan.

    No two doses share a vial; vials are counted for the requested dose if it is within the limit,
    or else for the maximum. A course that ends after the period counts in full.
    """
    full_course, vials_of = full_course_rule(pattern), dose_vials_rule(reference_data)
    citations = _citations(policy, dosing, reference_data)

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
        courses: tuple[ForecastCourse, ...] = ()
        begins = schedule.cycles[0].first_day
        if begins is not None and begins <= period.end:
            full = full_course(_clock(case, schedule))
            courses = (
                _this_course(schedule, period, vials),
                *_further(schedule, full, period, vials),
            )
        granted = case.authorization.units if courses else None
        total = _total([one.vials for one in courses])
        return Forecast(
            courses,
            sum(one.doses for one in courses),
            _total([one.vials_by_content for one in courses]) if vials else None,
            _total([one.vials_by_volume for one in courses]) if vials else None,
            total if vials else None,
            vials.dose_iu if vials else None,
            vials.larger if vials else None,
            granted,
            _short(courses[0].vials if courses else None, granted),
            _short(total if vials else None, granted),
            citations,
        )

    return forecast


def _total(counts: list[int | None]) -> int:
    return sum(count or 0 for count in counts)


def _citations(policy: Policy, dosing: Dosing, reference_data: ReferenceData) -> dict[str, str]:
    label = reference_data.label
    timing: dict[str, Limit | None] = {name: getattr(dosing, name) for name in CYCLE_LIMITS}
    return {
        **{name: policy.cite(limit.citation) for name, limit in timing.items() if limit},
        "vials_per_dose": label.cite(label.preparation.vial.citation),
    }


def _clock(case: Case, schedule: CycleSchedule) -> time:
    """Return the clock time of the first dose of cycle 1, given or planned."""
    given = case.course.cycle(1)
    first = given.first_dose_at if given else None
    return (first or schedule.cycles[0].doses[0]).time()


def _this_course(
    schedule: CycleSchedule, period: ApprovalPeriod, vials: DoseVials | None
) -> ForecastCourse:
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
    return _course(1, (days[0], days[-1]), (doses, paid_for), period, vials)


def _course(
    number: int,
    days: tuple[date, date],
    doses: tuple[int, int],
    period: ApprovalPeriod,
    vials: DoseVials | None,
) -> ForecastCourse:
    """Return a course of its first and last day, its doses, and those that take vials."""
    counted, ends_after = doses[1], days[1] > period.end
    if vials is None:
        return ForecastCourse(number, *days, doses[0], None, None, None, ends_after)
    return ForecastCourse(
        number,
        *days,
        doses[0],
        counted * vials.by_content,
        counted * vials.by_volume,
        counted * vials.larger,
        ends_after,
    )


def _further(
    schedule: CycleSchedule, full: FullCourse, period: ApprovalPeriod, vials: DoseVials | None
) -> Iterator[ForecastCourse]:
    """Yield the full courses that begin within the period, each as early as the policy permits."""
    first_day, number = max(schedule.next_course_earliest, period.start), 2
    while first_day <= period.end:
        days = (first_day, first_day + full.length)
        yield _course(number, days, (full.doses, full.doses), period, vials)
        first_day, number = first_day + full.step, number + 1


def _short(wanted: int | None, granted: int | None) -> int | None:
    """Return how many of the wanted vials were not granted; None if either count is unknown.

    >>> _short(84, 80), _short(84, 90), _short(None, 80)
    (4, 0, None)
    """
    if wanted is None or granted is None:
        return None
    return max(0, wanted - granted)
