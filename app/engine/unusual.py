"""Which measurements of a case are unusual: an unusual one counts as not known until confirmed.

Only measurements that the dose uses are judged: a weight for a dose per kg; for one per m² the
entered area, or else weight and height. All comparisons are exact. The bounds are Aldesk's own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from app.engine.bsa import FORMULA_WORDS
from app.engine.dose import BodySurfaceArea, calculated_bsa
from app.model.case import Case, Confirmable
from app.model.checks import Checks, CheckTexts, Plausibility
from app.model.document import Range
from app.model.dosing import Dose, Dosing
from app.model.formatting import count_in_words, decimal_in_words

_PERCENT = 100


@dataclass(frozen=True, slots=True)
class Doubt:
    """An unusual value that nobody has confirmed: its case key, and sentences that say why."""

    key: Confirmable
    reasons: tuple[str, ...]


Doubts = tuple[Doubt, ...]


def doubts_rule(dosing: Dosing | None, checks: Checks) -> Callable[[Case], Doubts]:
    """Return the rule that gives the doubts about the measurements that the dose uses, by key."""
    dose = None if dosing is None else dosing.dose
    if not isinstance(dose, Dose) or dose.per not in ("kg", "m2"):
        return lambda _case: ()
    usual, texts = checks.plausibility, checks.texts
    is_per_kg = dose.per == "kg"

    def doubts(case: Case) -> Doubts:
        if is_per_kg:
            return _doubt("weight_kg", case, _why_weight(case, usual, texts))
        if case.bsa_m2 is not None:
            return _doubt("bsa_m2", case, _why_area(case, case.bsa_m2, usual, texts))
        return (
            *_doubt("height_cm", case, _why_height(case, usual, texts)),
            *_doubt("weight_kg", case, _why_weight(case, usual, texts)),
        )

    return doubts


def _doubt(key: Confirmable, case: Case, reasons: list[str]) -> Doubts:
    if not reasons or getattr(case.confirmed, key) == getattr(case, key):
        return ()
    return (Doubt(key, tuple(reasons)),)


def _why_weight(case: Case, usual: Plausibility, texts: CheckTexts) -> list[str]:
    weight = case.weight_kg
    if weight is None:
        return []
    if _is_infant(case, usual):
        reasons = _why_infant(case, weight, usual, texts)
    elif case.height_cm is not None:
        reasons = _why_body_mass_index(case, weight, case.height_cm, usual, texts)
    else:
        reasons = _why_weight_alone(case, weight, usual, texts)
    return [*reasons, *_why_against_previous(case, weight, usual, texts)]


def _why_height(case: Case, usual: Plausibility, texts: CheckTexts) -> list[str]:
    height = case.height_cm
    if height is None:
        return []
    reasons = []
    if case.weight_kg is not None and not _is_infant(case, usual):
        reasons = _why_body_mass_index(case, case.weight_kg, height, usual, texts)
    if case.age_years is None and height < usual.adult_height_cm:
        least = decimal_in_words(usual.adult_height_cm)
        reasons.append(texts.unusual_height_without_age.format(least=least))
    return reasons


def _is_infant(case: Case, usual: Plausibility) -> bool:
    return case.age_years is not None and case.age_years < usual.child_from_years


def _is_child(case: Case, usual: Plausibility) -> bool:
    return case.age_years is not None and case.age_years < usual.adult_from_years


def _person(case: Case, usual: Plausibility) -> str:
    if case.age_years is None or not _is_child(case, usual):
        return "an adult"
    return f"a child of {count_in_words(case.age_years, 'year')}"


def _why_infant(case: Case, weight: Decimal, usual: Plausibility, texts: CheckTexts) -> list[str]:
    bounds = usual.infant_weight_kg[case.age_years or 0]
    year = "second" if case.age_years else "first"
    person = f"a child in the {year} year of life"
    return _weight_outside(weight, bounds, texts.unusual_weight_infant, person, texts)


def _why_weight_alone(
    case: Case, weight: Decimal, usual: Plausibility, texts: CheckTexts
) -> list[str]:
    bounds = usual.adult_weight_kg
    if case.age_years is not None and _is_child(case, usual):
        bounds = usual.child_weight_kg(case.age_years)
    return _weight_outside(weight, bounds, texts.unusual_weight_alone, _person(case, usual), texts)


def _weight_outside(
    weight: Decimal, bounds: Range, text: str, person: str, texts: CheckTexts
) -> list[str]:
    """Return why a weight is unusual, and what looks like it: pounds are never too few."""
    reasons = _outside(weight, bounds, text, person)
    if reasons:
        reasons.append(_looks_like(texts, is_above=weight > bounds.high))
    return reasons


def _looks_like(texts: CheckTexts, *, is_above: bool) -> str:
    return texts.looks_like_pounds if is_above else texts.looks_like_lost_digit


def _outside(value: Decimal, bounds: Range, text: str, person: str) -> list[str]:
    if bounds.holds(value):
        return []
    low, high = decimal_in_words(bounds.low), decimal_in_words(bounds.high)
    return [text.format(low=low, high=high, person=person)]


def _why_body_mass_index(
    case: Case, weight: Decimal, height: Decimal, usual: Plausibility, texts: CheckTexts
) -> list[str]:
    """Return why weight in kg and height in cm do not fit, by the body mass index in kg/m²."""
    bounds = usual.adult_bmi
    if case.age_years is not None and _is_child(case, usual):
        bounds = usual.child_bmi(case.age_years)
    square_m2 = height * height / 10_000  # multiplying by it is exact, dividing by it is not
    if bounds.low * square_m2 <= weight <= bounds.high * square_m2:
        return []
    low, high = decimal_in_words(bounds.low), decimal_in_words(bounds.high)
    return [
        texts.unusual_bmi.format(low=low, high=high, person=_person(case, usual)),
        _looks_like(texts, is_above=weight > bounds.high * square_m2),
    ]


def _why_against_previous(
    case: Case, weight: Decimal, usual: Plausibility, texts: CheckTexts
) -> list[str]:
    previous, percent = case.previous_weight_kg, usual.weight_may_differ_percent
    if previous is None or abs(weight - previous) * _PERCENT <= previous * percent:
        return []
    reasons = [texts.unusual_against_previous.format(percent=decimal_in_words(percent))]
    smaller, larger = sorted((weight, previous))
    if usual.pounds_to_kg.low * smaller <= larger <= usual.pounds_to_kg.high * smaller:
        reasons.append(texts.one_may_be_pounds)
    return reasons


def _why_area(case: Case, area_m2: Decimal, usual: Plausibility, texts: CheckTexts) -> list[str]:
    reasons = _outside(area_m2, usual.bsa_m2, texts.unusual_area, "")
    calculated = calculated_bsa(case)
    if calculated and _differs(area_m2, calculated, case, usual.bsa_may_differ_percent):
        reasons.append(
            texts.area_differs_from_calculated.format(
                percent=decimal_in_words(usual.bsa_may_differ_percent),
                formula=FORMULA_WORDS[calculated.formula] if calculated.formula else "",
            )
        )
    return reasons


def _differs(area_m2: Decimal, calculated: BodySurfaceArea, case: Case, percent: Decimal) -> bool:
    """Return whether an entered area is more than `percent` away from the calculated one.

    Mosteller's area is compared by its square, because an area such as 5/3 m² has no end.
    """
    low, high = (_PERCENT - percent) / _PERCENT, (_PERCENT + percent) / _PERCENT
    if calculated.formula == "mosteller" and case.height_cm and case.weight_kg:
        square, entered = case.height_cm * case.weight_kg, 3600 * area_m2 * area_m2
        return not low * low * square <= entered <= high * high * square
    return not low * calculated.m2 <= area_m2 <= high * calculated.m2
