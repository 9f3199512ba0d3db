"""The documented limit per dose, exact until it is rounded down to whole International Units.

The limit never exceeds the exact product of the policy's rate and the measurement. A policy's
figure in milligrams is already rounded and is never used in a calculation.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext

from app.engine.bsa import FORMULA_WORDS, PRECISION, body_surface_area_m2, times_area
from app.engine.regimens import Regimen
from app.model.case import DEFAULT_BSA_FORMULA, BsaFormula, Case
from app.model.determination import LIMIT_NAMES, DoseLimit, LimitFor
from app.model.dosing import Dose, Limit, Rest
from app.model.formatting import (
    MEASUREMENT_WORDS,
    bsa_in_words,
    decimal_in_words,
    dose_in_words,
    plain_decimal,
)

_BSA_DIGITS = 30
_NOT_KNOWN = ", which is not known yet"
_WAITS = ", which waits for a confirmation"


@dataclass(frozen=True, slots=True)
class BodySurfaceArea:
    """A body surface area in m²; `formula` is None where the area was entered."""

    m2: Decimal
    formula: BsaFormula | None


def calculated_bsa(case: Case) -> BodySurfaceArea | None:
    """Return the area by the formula of the case, or None without both height and weight."""
    if case.height_cm is None or case.weight_kg is None:
        return None
    formula = case.bsa_formula or DEFAULT_BSA_FORMULA
    return BodySurfaceArea(body_surface_area_m2(formula, case.height_cm, case.weight_kg), formula)


def round_down(exact_iu: Decimal) -> int:
    """Return a dose rounded down to whole International Units.

    >>> round_down(Decimal("1016584.97"))
    1016584
    """
    return int(exact_iu.to_integral_value(ROUND_FLOOR))


def dose_rule(regimen: Regimen) -> Callable[[Case, bool], DoseLimit]:
    """Return the rule that gives the limit of a regimen, rounded down once.

    Its second argument says whether a measurement that the dose uses waits for a confirmation:
    then it counts as not known.
    """
    dose, limit = regimen.dosing.dose, _limit_of(regimen)
    if not isinstance(dose, Dose):
        return _always(limit(None, _NO_DOSE, (), None, None))
    if dose.per in _FIXED:
        return _always(limit(dose.iu, f"{_rate(dose)} {_FIXED[dose.per]}", (), None, None))
    if dose.per == "kg":
        return _by_weight(dose, limit)
    return _by_area(dose, limit)


_NO_DOSE = "The document states no dose"
_FIXED = {
    "lesion": "to each lesion",
    "dose": "for each dose",
    "visit": "in one visit, all lesions together",
}
# What the limit of a regimen is for; None where it states no dose.
_PER: dict[str, LimitFor] = {"lesion": "lesion", "visit": "visit"}


def _always(limit: DoseLimit) -> Callable[[Case, bool], DoseLimit]:
    return lambda _case, _is_waiting: limit


# max_dose_iu, basis, missing, bsa_m2 and bsa_formula of a limit; the rest is that of the dosing.
_Limit = Callable[[int | None, str, tuple[str, ...], str | None, str | None], DoseLimit]


def _limit_of(regimen: Regimen) -> _Limit:
    """Return the function that adds the other limits and all citations to a dose."""
    dosing, dose = regimen.dosing, regimen.dosing.dose
    per: LimitFor | None = _PER.get(dose.per, "dose") if isinstance(dose, Dose) else None
    also_stated_as = dose.also_stated_as if isinstance(dose, Dose) else None
    place = dosing.citation if dose is None else dose.citation
    citation = "" if place is None else regimen.cite(place)
    stated: dict[str, Limit | Rest | None] = {name: getattr(dosing, name) for name in LIMIT_NAMES}
    values = (one.value if one else None for one in stated.values())
    per_day, per_week, per_cycle, rest_days, course_rest_days = values
    citations = {name: regimen.cite(one.citation) for name, one in stated.items() if one}

    def limit(
        dose_iu: int | None,
        basis: str,
        missing: tuple[str, ...],
        bsa_m2: str | None,
        formula: str | None,
    ) -> DoseLimit:
        return DoseLimit(
            dose_iu,
            per,
            basis,
            also_stated_as,
            missing,
            bsa_m2,
            formula,
            per_day,
            per_week,
            per_cycle,
            rest_days,
            course_rest_days,
            citation,
            citations,
        )

    return limit


def _by_weight(dose: Dose, limit: _Limit) -> Callable[[Case, bool], DoseLimit]:
    rate, rate_iu = f"{_rate(dose)}/kg", Decimal(dose.iu)
    by_weight = f"{rate} × {MEASUREMENT_WORDS['weight_kg']}"
    unknown = limit(None, f"{by_weight}{_NOT_KNOWN}", ("weight_kg",), None, None)
    waits = limit(None, f"{by_weight}{_WAITS}", (), None, None)

    def limit_dose(case: Case, is_waiting: bool) -> DoseLimit:  # noqa: FBT001
        factor = case.weight_kg
        if factor is None:
            return unknown
        if is_waiting:
            return waits
        exact_iu = PRECISION.multiply(factor, rate_iu)
        dose_iu = round_down(exact_iu)
        basis = f"{rate} × {decimal_in_words(factor)} kg{_product(exact_iu, dose_iu)}"
        return limit(dose_iu, basis, (), None, None)

    return limit_dose


def _by_area(dose: Dose, limit: _Limit) -> Callable[[Case, bool], DoseLimit]:
    rate, rate_iu = f"{_rate(dose)}/m²", Decimal(dose.iu)
    by_area = f"{rate} × {MEASUREMENT_WORDS['bsa_m2']}"

    def limit_dose(case: Case, is_waiting: bool) -> DoseLimit:  # noqa: FBT001
        bsa = None if is_waiting else _area(case)
        if bsa is None:
            why = _WAITS if is_waiting else _NOT_KNOWN
            return limit(None, f"{by_area}{why}", _missing(case), None, None)
        exact_iu = times_area(rate_iu, bsa.m2, bsa.formula, case.height_cm, case.weight_kg)
        dose_iu = round_down(exact_iu)
        basis = f"{rate} × {_area_in_words(case, bsa)}{_product(exact_iu, dose_iu)}"
        return limit(dose_iu, basis, (), _digits(bsa.m2), bsa.formula)

    return limit_dose


def _area(case: Case) -> BodySurfaceArea | None:
    return calculated_bsa(case) if case.bsa_m2 is None else BodySurfaceArea(case.bsa_m2, None)


def _missing(case: Case) -> tuple[str, ...]:
    """Return what is not entered: nothing where the area is, or both height and weight are."""
    pair = tuple(name for name in ("height_cm", "weight_kg") if getattr(case, name) is None)
    return ("bsa_m2", *pair) if pair and case.bsa_m2 is None else ()


def _digits(bsa_m2: Decimal) -> str:
    with localcontext(PRECISION) as context:
        context.prec = _BSA_DIGITS
        return plain_decimal(+bsa_m2)


def _rate(dose: Dose) -> str:
    return f"{dose.iu:,} International Units"


def _product(exact_iu: Decimal, dose_iu: int) -> str:
    words = dose_in_words(dose_iu)
    return f" = {words}" if exact_iu == dose_iu else f", rounded down to {words}"


def _area_in_words(case: Case, bsa: BodySurfaceArea) -> str:
    if bsa.formula is None:
        return f"{decimal_in_words(bsa.m2)} m² (entered)"
    name = FORMULA_WORDS[bsa.formula]
    height, weight = _plain(case.height_cm), _plain(case.weight_kg)
    return f"{bsa_in_words(bsa.m2)} ({name}, {height} cm and {weight} kg, used unrounded)"


def _plain(number: Decimal | None) -> str:
    return "" if number is None else decimal_in_words(number)
