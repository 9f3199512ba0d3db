"""How many courses, doses and vials fit into an approval period: a figure for the request.

Each course begins as early as the policy permits, with full cycles. No plan: neither what is
requested nor what happened moves a date. Vials are counted by facts of the label.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from app.engine.preparation import count_vials
from app.engine.schedule import plan_in_full
from app.model.case import Case
from app.model.determination import ApprovalPeriod, CycleSchedule, DoseLimit
from app.model.dosing_clock import Forecast, ForecastCourse
from app.model.handbook import Label
from app.model.policy import Dosing

_TIMING = ("max_doses_per_cycle", "min_rest_days", "min_course_rest_days")


def forecast_courses(
    case: Case, dosing: Dosing, limit: DoseLimit, period: ApprovalPeriod, label: Label
) -> Forecast | None:
    """Return the forecast for an intravenous course, or None without a plan of cycles.

    Every dose has its own vials, for the requested dose or else the maximum, also in a course that
    ends after the period.
    """
    course = plan_in_full(case, dosing, label)
    if case.route != "intravenous" or not isinstance(course, CycleSchedule):
        return None
    dose_iu = case.requested.dose_iu or limit.max_dose_iu
    per_dose = None if dose_iu is None else max(count_vials(dose_iu, label.preparation))
    courses = tuple(_courses(course, period, per_dose))
    total_doses = sum(one.doses for one in courses)
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
    course: CycleSchedule, period: ApprovalPeriod, vials_per_dose: int | None
) -> Iterator[ForecastCourse]:
    """Yield the courses that begin within the period, with numbers from 1.

    Full courses at one clock time all take the same number of dates.
    """
    one, two = course.cycles
    length, step = two.last_day - one.first_day, course.next_course_earliest - one.first_day
    doses = len(one.doses) + len(two.doses)
    vials = _times(doses, vials_per_dose)
    first_day = _first_within(one.first_day, step, period.start)
    for number in range(1, (period.end - first_day) // step + 2):
        last_day = first_day + length
        ends_after = last_day > period.end
        yield ForecastCourse(number, first_day, last_day, doses, vials, ends_after)
        first_day += step


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
    """Return how many of the wanted vials were not granted.

    >>> _lacking(84, 80), _lacking(84, 90), _lacking(None, 80)
    (4, 0, None)
    """
    if wanted is None or granted is None:
        return None
    return max(0, wanted - granted)
