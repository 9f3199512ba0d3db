"""The forecast in words, row by row: a figure for the authorization request, never a plan."""

from collections.abc import Iterator

from app.model.dosing_clock import Forecast, ForecastCourse
from app.model.wording import count_in_words, dose_in_words, span_in_words
from app.output.phrases import Row

FORECAST_TITLE = "Forecast for the approval period"
FORECAST_MEANING = (
    "The most that the policy's timing allows: a figure for the authorization request, not a plan."
)
_NO_COURSE = "No course begins within the approval period."


def forecast_rows(forecast: Forecast) -> Iterator[Row]:
    """Yield the courses, the total with its vials, and what was granted."""
    timing = forecast.citations["min_course_rest_days"]
    for course in forecast.courses:
        yield Row(f"Course {course.number}", course_text(course), timing)
    yield Row("Total", total_text(forecast), forecast.citations["vials_per_dose"])
    if forecast.units_granted is not None:
        yield Row("Authorized", granted_text(forecast), "")


def course_text(course: ForecastCourse) -> str:
    """Return the dates of a course with its doses and vials."""
    after = "; it ends after the approval" if course.ends_after_approval else ""
    dates = span_in_words(course.first_day, course.last_day)
    return f"{dates}: {_amount(course.doses, course.vials)}{after}"


def total_text(forecast: Forecast) -> str:
    """Return all doses and vials, and how many vials one dose takes."""
    if not forecast.courses:
        return _NO_COURSE
    total = _amount(forecast.total_doses, forecast.total_vials)
    if forecast.dose_iu is None or forecast.vials_per_dose is None:
        return f"{total}; the vials are not known before the dose"
    per_dose = count_in_words(forecast.vials_per_dose, "vial")
    return f"{total}, with {per_dose} for each dose of {dose_in_words(forecast.dose_iu)}"


def granted_text(forecast: Forecast) -> str:
    """Return the vials that were granted, and how many the forecast lacks."""
    granted = count_in_words(forecast.units_granted or 0, "vial")
    if forecast.units_short is None:
        return granted
    if forecast.units_short == 0:
        return f"{granted}, enough for the forecast"
    return f"{granted}, {forecast.units_short:,} short of the forecast"


def _amount(doses: int, vials: int | None) -> str:
    words = count_in_words(doses, "dose")
    return words if vials is None else f"{words}, {count_in_words(vials, 'vial')}"
