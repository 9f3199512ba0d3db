"""Counts the courses, doses and vials that fit into an approval period, for the request.

Each course begins as early as the policy permits and has full cycles. This is not a plan: neither
the request nor the doses given change a date. Vials are counted by facts of the label.
"""

from datetime import date, timedelta

from app.engine.preparation import count_vials
from app.engine.schedule import FullCourse, full_course
from app.model.case import Case
from app.model.determination import ApprovalPeriod, DoseLimit
from app.model.label import Label
from app.model.policy import Dosing
from app.model.treatment import Forecast, ForecastCourse

_TIMING = ("max_doses_per_cycle", "min_rest_days", "min_course_rest_days")


def forecast_courses(
    case: Case, dosing: Dosing, limit: DoseLimit, period: ApprovalPeriod, label: Label
) -> Forecast | None:
    """Return the forecast of intravenous courses, or None without a first dose or without cycles.

    No two doses share a vial; vials are counted for the requested dose or else the maximum.
    A course that ends after the period counts in full.
    """
    first = case.course.first_dose_at
    if first is None or case.is_til or case.route != "intravenous" or not dosing.has_cycles:
        return None
    dose_iu = case.requested.dose_iu or limit.max_dose_iu
    per_dose = None if dose_iu is None else max(count_vials(dose_iu, label.preparation))
    course = full_course(first, dosing, label)
    courses = _courses(first.date(), course, period, _times(course.doses, per_dose))
    total_doses = len(courses) * course.doses
    total_vials = _times(total_doses, per_dose)
    granted = case.authorization.units
    return Forecast(
        courses=courses,
        total_doses=total_doses,
        total_vials=total_vials,
        dose_iu=dose_iu,
        vials_per_dose=per_dose,
        units_granted=granted,
        units_short=_lacking(total_vials, granted),
        citations={
            **{name: limit.citations[name] for name in _TIMING},
            "vials_per_dose": label.cite(label.preparation.vial.citation),
        },
    )


def _courses(
    planned: date, course: FullCourse, period: ApprovalPeriod, vials: int | None
) -> tuple[ForecastCourse, ...]:
    """Return the courses that begin within the period, numbered from 1.

    All full courses that begin at the same clock time span the same number of dates.
    """
    courses: list[ForecastCourse] = []
    length, step = timedelta(days=course.length_days), timedelta(days=course.step_days)
    first_day, end = _first_within(planned, step, period.start), period.end
    while first_day <= end:
        last_day, number = first_day + length, len(courses) + 1
        courses.append(
            ForecastCourse(number, first_day, last_day, course.doses, vials, last_day > end)
        )
        first_day += step
    return tuple(courses)


def _first_within(first_day: date, step: timedelta, start: date) -> date:
    """Return the first day of the first course that begins on `start` or later.

    >>> _first_within(date(2026, 11, 23), timedelta(days=68), date(2026, 11, 24))
    datetime.date(2027, 1, 30)
    """
    passed_over = max(0, -((first_day - start) // step))
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
