"""Counts the courses, doses and vials that fit into an approval period, for the request.

Each course begins as early as the policy permits and has full cycles. This is not a plan: neither
the request nor the doses given change a date. Vials are counted by facts of the label.
"""

from collections.abc import Callable
from datetime import date, timedelta

from app.engine.preparation import vials_rule
from app.engine.schedule import FullCourse, full_course_rule
from app.model.case import Case
from app.model.determination import CYCLE_LIMITS, ApprovalPeriod, DoseLimit
from app.model.label import Label
from app.model.policy import Dosing, Limit, Policy
from app.model.treatment import Forecast, ForecastCourse


def forecast_rule(
    policy: Policy, dosing: Dosing, label: Label
) -> Callable[[Case, DoseLimit, ApprovalPeriod], Forecast | None]:
    """Return the rule that forecasts intravenous courses; none without a first dose or cycles.

    No two doses share a vial; vials are counted for the requested dose or else the maximum.
    A course that ends after the period counts in full.
    """
    if not dosing.has_cycles:
        return lambda _case, _limit, _period: None
    full_course, count_vials = full_course_rule(dosing, label), vials_rule(label.preparation)
    citations = _citations(policy, dosing, label)

    def forecast(case: Case, limit: DoseLimit, period: ApprovalPeriod) -> Forecast | None:
        first = case.course.first_dose_at
        if first is None or case.is_til or case.route != "intravenous":
            return None
        dose_iu = case.requested.dose_iu or limit.max_dose_iu
        per_dose = None if dose_iu is None else max(count_vials(dose_iu))
        course = full_course(first)
        courses = _courses(first.date(), course, period, _times(course.doses, per_dose))
        doses, granted = len(courses) * course.doses, case.authorization.units
        vials = _times(doses, per_dose)
        lacking = _lacking(vials, granted)
        return Forecast(courses, doses, vials, dose_iu, per_dose, granted, lacking, citations)

    return forecast


def _citations(policy: Policy, dosing: Dosing, label: Label) -> dict[str, str]:
    timing: dict[str, Limit | None] = {name: getattr(dosing, name) for name in CYCLE_LIMITS}
    return {
        **{name: policy.cite(limit.citation) for name, limit in timing.items() if limit},
        "vials_per_dose": label.cite(label.preparation.vial.citation),
    }


def _courses(
    planned: date, course: FullCourse, period: ApprovalPeriod, vials: int | None
) -> tuple[ForecastCourse, ...]:
    """Return the courses that begin within the period, numbered from 1.

    All full courses that begin at the same clock time span the same number of dates.
    """
    courses: list[ForecastCourse] = []
    doses, length, step = course.doses, course.length, course.step
    first_day, end = _first_within(planned, step, period.start), period.end
    while first_day <= end:
        last_day, number = first_day + length, len(courses) + 1
        courses.append(ForecastCourse(number, first_day, last_day, doses, vials, last_day > end))
        first_day += step
    return tuple(courses)


def _first_within(first_day: date, step: timedelta, start: date) -> date:
    """Return the first day of the first course that begins on `start` or later.

    >>> _first_within(date(2026, 11, 23), timedelta(days=68), date(2026, 11, 24))
    datetime.date(2027, 1, 30)
    """
    if first_day >= start:
        return first_day
    passed_over = -((first_day - start) // step)
    return first_day + passed_over * step


def _times(doses: int, vials_per_dose: int | None) -> int | None:
    return None if vials_per_dose is None else doses * vials_per_dose


def _lacking(wanted: int | None, granted: int | None) -> int | None:
    """Return how many of the wanted vials were not granted; None if either count is unknown.

    >>> _lacking(84, 80), _lacking(84, 90), _lacking(None, 80)
    (4, 0, None)
    """
    if wanted is None or granted is None:
        return None
    return max(0, wanted - granted)
