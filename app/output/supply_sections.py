"""The preparation of the requested dose, and the forecast, as rows of text.

The preparation is label data, never a policy limit; a fact from a single source asks the reader to
check the current label. The forecast is a figure for the authorization request, never a plan.
"""

from collections.abc import Iterator
from decimal import Decimal

from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.formatting import (
    concentration_in_words,
    count_in_words,
    decimal_in_words,
    dose_in_words,
    span_in_words,
)
from app.model.treatment import Forecast, ForecastCourse, LabelAdvice, Preparation
from app.output.phrases import Row, Section

CHECK_LABEL = "Check the current label."
_STEPS = {
    "vial": "Vial",
    "solution": "Reconstitution",
    "dilution": "Dilution",
    "infusion": "Infusion",
    "storage": "Storage",
}

FORECAST_MEANING = (
    "The most that the policy's timing allows: a figure for the authorization request, not a plan."
)
_NO_COURSE = "No course begins within the approval period."


def preparation_section(found: Determination, _: Catalog) -> Section | None:
    """Return the preparation of the requested dose, or None without one or while it is withheld."""
    if found.preparation is None or found.unconfirmed:
        return None
    rows = tuple(preparation_rows(found.preparation))
    return Section(preparation_title(found.preparation), rows)


def forecast_section(found: Determination, _: Catalog) -> Section | None:
    """Return the forecast, or None without one, or while the dose is withheld."""
    if found.forecast is None or found.unconfirmed:
        return None
    rows = tuple(forecast_rows(found.forecast))
    return Section("Forecast for the approval period", rows, FORECAST_MEANING)


def preparation_title(preparation: Preparation) -> str:
    """Return the title of the preparation, which says that it is label data."""
    return f"Preparation of the requested dose: label data, no limits ({preparation.label})"


def preparation_rows(preparation: Preparation) -> Iterator[Row]:
    """Yield the warnings, then dose, volume, vials and bag, then the label's advice."""
    sources = {one.id: one for one in preparation.advice}
    for warning in preparation.warnings:
        yield Row("Check first", _checked(warning.text, warning), warning.citation)
    yield Row("Dose", dose_in_words(preparation.dose_iu), sources["solution"].citation)
    yield Row("Volume", volume_text(preparation), sources["solution"].citation)
    yield Row("Vials", vials_text(preparation), sources["vial"].citation)
    yield Row("Left over", left_over_text(preparation), sources["vial"].citation)
    bag = _checked(bag_text(preparation), sources["dilution"])
    yield Row("Bag", bag, sources["dilution"].citation)
    for one in preparation.advice:
        yield Row(_STEPS[one.id], _checked(one.text, one), one.citation)


def volume_text(preparation: Preparation) -> str:
    """Return the volume to draw up in mL, and the dose that it holds in International Units."""
    holds = dose_in_words(preparation.volume_holds_iu)
    return f"{_ml(preparation.volume_ml)}, rounded down; it holds {holds}."


def vials_text(preparation: Preparation) -> str:
    """Return the number of vials to plan, and both counts if they differ."""
    vials = count_in_words(preparation.vials, "vial")
    by_content, by_volume = preparation.vials_by_content, preparation.vials_by_volume
    if by_content == by_volume:
        return f"{vials}."
    return f"{vials}: {by_content:,} by content, {by_volume:,} by volume; plan with the larger."


def left_over_text(preparation: Preparation) -> str:
    """Return the rest in the vials, by volume in mL and by content in International Units."""
    by_volume = _ml(preparation.left_over_by_volume_ml)
    by_content = dose_in_words(preparation.left_over_by_content_iu)
    return f"{by_volume} by volume; {by_content} by content."


def bag_text(preparation: Preparation) -> str:
    """Return the volume of the bag in mL and the concentration of the dose in it."""
    concentration = concentration_in_words(Decimal(preparation.concentration_mg_per_ml))
    return f"{preparation.bag_ml:,} mL, which makes {concentration}."


def _ml(volume: str) -> str:
    return f"{decimal_in_words(Decimal(volume))} mL"


def _checked(text: str, source: LabelAdvice) -> str:
    return f"{text} {CHECK_LABEL}" if source.check_current_label else text


def forecast_rows(forecast: Forecast) -> Iterator[Row]:
    """Yield the courses, the total with its vials, and the authorized vials."""
    timing = forecast.citations["min_course_rest_days"]
    for course in forecast.courses:
        yield Row(f"Course {course.number}", course_text(course), timing)
    yield Row("Total", total_text(forecast), forecast.citations["vials_per_dose"])
    if forecast.units_granted is not None:
        yield Row("Authorized", granted_text(forecast))


def course_text(course: ForecastCourse) -> str:
    """Return the dates of a course with its doses and vials."""
    after = "; it ends after the approval" if course.ends_after_approval else ""
    dates = span_in_words(course.first_day, course.last_day)
    return f"{dates}: {_amount(course.doses, course.vials)}{after}"


def total_text(forecast: Forecast) -> str:
    """Return the total of doses and vials, and how many vials one dose takes."""
    if not forecast.courses:
        return _NO_COURSE
    total = _amount(forecast.total_doses, forecast.total_vials)
    if forecast.dose_iu is None or forecast.vials_per_dose is None:
        return f"{total}; the vials are not known before the dose"
    per_dose = count_in_words(forecast.vials_per_dose, "vial")
    return f"{total}, with {per_dose} for each dose of {dose_in_words(forecast.dose_iu)}"


def granted_text(forecast: Forecast) -> str:
    """Return the vials that were granted, and how many more the forecast needs."""
    granted = count_in_words(forecast.units_granted or 0, "vial")
    if forecast.units_short is None:
        return granted
    if forecast.units_short == 0:
        return f"{granted}, enough for the forecast"
    return f"{granted}, {forecast.units_short:,} short of the forecast"


def _amount(doses: int, vials: int | None) -> str:
    words = count_in_words(doses, "dose")
    return words if vials is None else f"{words}, {count_in_words(vials, 'vial')}"
