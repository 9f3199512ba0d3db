"""The preparation of the requested dose, and the forecast, as rows of text.

The preparation is label data, never a policy limit; a fact from a single source asks the reader to
check the current label. The forecast is a figure for the authorization request, never a plan.
"""

from collections.abc import Iterator
from decimal import ROUND_CEILING, Decimal

from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.formatting import (
    concentration_in_words,
    count_in_words,
    decimal_in_words,
    dose_in_words,
    span_in_words,
)
from app.model.supply import Forecast, ForecastCourse, LabelAdvice, Preparation
from app.output.phrases import Row, Section
from app.output.units_section import in_ml, vials_text

CHECK_LABEL = "Check the current label."
OUTSIDE_POLICY = "approved outside the policy"
_OUTSIDE = (
    "This dose is above the policy's documented limit. It is prepared because the entries say that "
    "the payer's clinician approved it: check that in the authorization itself."
)
_STEPS = {
    "vial": "Vial",
    "solution": "Reconstitution",
    "dilution": "Dilution",
    "handling": "Handling",
    "infusion": "Infusion",
    "storage": "Storage",
    "billing": "Billing",
}

FORECAST_MEANING = (
    "This course first; then the ceiling of the policy's timing: a figure for the authorization "
    "request, not a plan. Each further course needs tumor shrinkage first."
)
_NO_COURSE = "No course begins within the approval period."


def preparation_section(found: Determination, _: Catalog) -> Section | None:
    """Return the preparation of the requested dose, or None without one."""
    if found.preparation is None:
        return None
    rows = tuple(preparation_rows(found.preparation))
    return Section(preparation_title(found.preparation), rows)


def forecast_section(found: Determination, _: Catalog) -> Section | None:
    """Return the forecast, or None without one."""
    if found.forecast is None:
        return None
    rows = tuple(forecast_rows(found.forecast))
    return Section("Forecast for the approval period", rows, FORECAST_MEANING)


def preparation_title(preparation: Preparation) -> str:
    """Return the title of the preparation, which says that it is label data."""
    outside = f", {OUTSIDE_POLICY}" if preparation.approved_outside_policy else ""
    what = f"Preparation of the requested dose{outside}"
    return f"{what}: label data, no limits ({preparation.label})"


def preparation_rows(preparation: Preparation) -> Iterator[Row]:
    """Yield the warnings, then dose, volume, vials and bag, then the label's advice."""
    sources = {one.id: one for one in preparation.advice}
    if preparation.approved_outside_policy:
        yield Row("Outside the policy", _OUTSIDE)
    for warning in preparation.warnings:
        yield Row("Check first", _checked(warning.text, warning), warning.citation)
    yield Row("Dose", dose_in_words(preparation.dose_iu), sources["solution"].citation)
    yield Row("Volume", volume_text(preparation), sources["solution"].citation)
    yield Row("Syringe", syringe_text(preparation), sources["solution"].citation)
    vials = vials_text(preparation.vials_by_content, preparation.vials_by_volume)
    yield Row("Vials", f"{vials}.", sources["vial"].citation)
    yield Row("Left over", left_over_text(preparation), sources["vial"].citation)
    bag = _checked(bag_text(preparation), sources["dilution"])
    yield Row("Bag", bag, sources["dilution"].citation)
    for one in preparation.advice:
        yield Row(_STEPS[one.id], _checked(one.text, one), one.citation)


def volume_text(preparation: Preparation) -> str:
    """Return the volume to draw up in mL, and the dose that it holds in International Units."""
    holds = dose_in_words(preparation.volume_holds_iu)
    return f"{in_ml(preparation.volume_ml)}, rounded down to 0.01 mL; it holds {holds}."


def syringe_text(preparation: Preparation) -> str:
    """Return the volume by the marks of a syringe, and how far it is below the ordered dose."""
    volume, holds_iu = preparation.syringe_volume_ml, preparation.syringe_holds_iu
    marks = "0.01 mL" if volume == preparation.volume_ml else "0.1 mL"
    holds = dose_in_words(holds_iu)
    below = _below(preparation.dose_iu, holds_iu)
    return f"{in_ml(volume)} in a syringe marked in {marks}, which holds {holds}, {below}."


def _below(dose_iu: int, holds_iu: int) -> str:
    """Return by how many percent a volume is below the dose, rounded up to two decimals."""
    if holds_iu == dose_iu:
        return "exactly the ordered dose"
    percent = Decimal(dose_iu - holds_iu) * 100 / dose_iu
    shown = decimal_in_words(percent.quantize(Decimal("0.01"), ROUND_CEILING))
    return f"{shown}% below the ordered dose"


def left_over_text(preparation: Preparation) -> str:
    """Return what is left in the vials, by volume."""
    vials = count_in_words(preparation.vials_by_volume, "vial")
    holds = dose_in_words(preparation.left_over_iu)
    return f"{in_ml(preparation.left_over_ml)} of {vials} by volume, which holds {holds}."


def bag_text(preparation: Preparation) -> str:
    """Return the volume of the bag in mL and both concentrations of the dose in it."""
    alone = _concentration(preparation.concentration_mg_per_ml)
    with_drug = _concentration(preparation.concentration_with_drug_mg_per_ml)
    return (
        f"{preparation.bag_ml:,} mL, which makes {alone} in the bag's volume alone and {with_drug} "
        "with the drawn volume added."
    )


def _concentration(cut: str) -> str:
    """Return a concentration that was cut after 4 decimals."""
    words = concentration_in_words(Decimal(cut))
    return words if words.startswith("less than") else f"about {words}"


def _checked(text: str, source: LabelAdvice) -> str:
    """Return a text that asks to check the label where one source alone has it, and never twice."""
    is_asked = not source.check_current_label or "current label" in text
    return text if is_asked else f"{text} {CHECK_LABEL}"


def forecast_rows(forecast: Forecast) -> Iterator[Row]:
    """Yield the first course, the authorized vials, the further courses and their ceiling."""
    if not forecast.courses:
        yield Row("Courses", _NO_COURSE)
        return
    timing = forecast.citations.get("min_course_rest_days") or forecast.citations.get("pattern", "")
    vials = forecast.citations["vials_per_dose"]
    first, *further = forecast.courses
    yield Row(f"Course {first.number}", course_text(first, forecast.vials_per_dose), timing)
    yield Row("Each dose", each_dose_text(forecast), vials)
    if forecast.units_granted is not None:
        yield Row("Authorized", granted_text(forecast))
    for course in further:
        text = course_text(course, forecast.vials_per_dose)
        yield Row(f"Ceiling, course {course.number}", text, timing)
    if further:
        yield Row("Ceiling in all", total_text(forecast), vials)


def course_text(course: ForecastCourse, vials_per_dose: int | None) -> str:
    """Return the dates of a course with its doses and vials."""
    after = "; it ends after the approval" if course.ends_after_approval else ""
    dates = span_in_words(course.first_day, course.last_day)
    counted = _counted(course.vials, vials_per_dose)
    amount = _amount(course.doses, course.vials_by_content, course.vials_by_volume, counted)
    return f"{dates}: {amount}{after}"


def each_dose_text(forecast: Forecast) -> str:
    """Return how many vials one dose takes, or that this is not known."""
    if forecast.dose_iu is None or forecast.vials_per_dose is None:
        return "the vials are not known before the dose"
    vials = count_in_words(forecast.vials_per_dose, "vial")
    return f"{vials} for {dose_in_words(forecast.dose_iu)}; no two doses share one"


def total_text(forecast: Forecast) -> str:
    """Return the most doses and vials that the policy's timing allows in the period."""
    counted = _counted(forecast.total_vials, forecast.vials_per_dose)
    by_content, by_volume = forecast.total_vials_by_content, forecast.total_vials_by_volume
    return _amount(forecast.total_doses, by_content, by_volume, counted)


def granted_text(forecast: Forecast) -> str:
    """Return the vials that were granted, and how many more the courses need.

    They are called enough only for vials that are known and still needed.
    """
    granted = count_in_words(forecast.units_granted or 0, "vial")
    first, every = forecast.courses[0].vials, forecast.total_vials
    told = [granted]
    if first is not None and forecast.units_short_first_course is not None:
        told.append(_short(forecast.units_short_first_course, first, "the first course"))
    if every is not None and forecast.units_short is not None and len(forecast.courses) > 1:
        told.append(_short(forecast.units_short, every, "all courses of the ceiling"))
    return "; ".join(told)


def _short(short: int, needed: int, what: str) -> str:
    if not needed:
        return f"no vial is counted for {what}"
    return f"{short:,} short of {what}" if short else f"enough for {what}"


def _counted(vials: int | None, vials_per_dose: int | None) -> int:
    """Return of how many doses the vials are."""
    return vials // vials_per_dose if vials and vials_per_dose else 0


def _amount(doses: int, by_content: int | None, by_volume: int | None, counted: int) -> str:
    """Return doses with their vials; doses given before the approval period take none of it."""
    words = count_in_words(doses, "dose")
    if by_content is None:
        return words
    if not counted:
        return f"{words}, given before the period: no vials counted"
    vials = vials_text(by_content, by_volume)
    before = doses - counted
    if not before:
        return f"{words}, {vials}"
    return f"{words}; {before:,} of them given before the period: no vials counted; {vials}"
