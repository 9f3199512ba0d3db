"""The documented limit per dose, exact until it is rounded down to whole International Units.

The limit never exceeds the exact product of the policy's rate and the measurement. A policy's
figure in milligrams is already rounded and is never used in a calculation.
"""

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal, localcontext
from functools import lru_cache

from app.engine.bsa import PRECISION, body_surface_area_m2
from app.model.case import DEFAULT_BSA_FORMULA, BsaFormula, Case
from app.model.determination import DoseLimit
from app.model.formatting import bsa_in_words, decimal_in_words, dose_in_words, plain_decimal
from app.model.policy import Dosing, Limit, Policy

LIMIT_NAMES = (
    "max_doses_per_day",
    "max_doses_per_week",
    "max_doses_per_cycle",
    "min_rest_days",
    "min_course_rest_days",
)
_BSA_DIGITS = 30


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


def limit_dose(case: Case, policy: Policy, dosing: Dosing) -> DoseLimit:
    """Return the limit of a documented dosing for this case, rounded down once."""
    factor, missing, bsa = _factor(case, dosing)
    exact_iu = None if factor is None else PRECISION.multiply(factor, dosing.dose.iu)
    max_dose_iu = None if exact_iu is None else round_down(exact_iu)
    stated = _stated(policy, dosing)
    return DoseLimit(
        max_dose_iu=max_dose_iu,
        per="lesion" if dosing.dose.per == "lesion" else "dose",
        basis=_basis(case, dosing, bsa, exact_iu, max_dose_iu),
        also_stated_as=dosing.dose.also_stated_as,
        missing=missing,
        bsa_m2=None if bsa is None else _digits(bsa.m2),
        bsa_formula=None if bsa is None else bsa.formula,
        **stated.values,
        citation=stated.citation,
        citations=stated.citations.copy(),
    )


@dataclass(frozen=True, slots=True)
class _Stated:
    """The limits other than that of the dose, and the citations of all limits."""

    values: dict[str, int | None]
    citation: str
    citations: dict[str, str]


@lru_cache
def _stated(policy: Policy, dosing: Dosing) -> _Stated:
    limits: dict[str, Limit | None] = {name: getattr(dosing, name) for name in LIMIT_NAMES}
    return _Stated(
        values={name: limit.value if limit else None for name, limit in limits.items()},
        citation=policy.cite(dosing.dose.citation),
        citations={name: policy.cite(one.citation) for name, one in limits.items() if one},
    )


def _factor(
    case: Case, dosing: Dosing
) -> tuple[Decimal | None, tuple[str, ...], BodySurfaceArea | None]:
    """Return the multiplier of the rate (kg, m² or 1), the inputs missing for it, and the area."""
    if dosing.dose.per == "lesion":
        return Decimal(1), (), None
    if dosing.dose.per == "kg":
        return case.weight_kg, () if case.weight_kg is not None else ("weight_kg",), None
    bsa = calculated_bsa(case) if case.bsa_m2 is None else BodySurfaceArea(case.bsa_m2, None)
    if bsa is None:
        names = ("bsa_m2", "height_cm", "weight_kg")
        return None, tuple(name for name in names if getattr(case, name) is None), None
    return bsa.m2, (), bsa


def _digits(bsa_m2: Decimal) -> str:
    with localcontext(PRECISION) as context:
        context.prec = _BSA_DIGITS
        return plain_decimal(+bsa_m2)


def _basis(
    case: Case,
    dosing: Dosing,
    bsa: BodySurfaceArea | None,
    exact_iu: Decimal | None,
    max_dose_iu: int | None,
) -> str:
    rate = f"{dosing.dose.iu:,} International Units"
    if dosing.dose.per == "lesion":
        return f"{rate} to each lesion"
    unit, quantity = ("kg", "weight") if dosing.dose.per == "kg" else ("m²", "body surface area")
    if max_dose_iu is None:
        return f"{rate}/{unit} × {quantity}, which is not known yet"
    operand = f"{_plain(case.weight_kg)} kg" if bsa is None else _area(case, bsa)
    result = dose_in_words(max_dose_iu)
    if exact_iu == max_dose_iu:
        return f"{rate}/{unit} × {operand} = {result}"
    return f"{rate}/{unit} × {operand}, rounded down to {result}"


def _area(case: Case, bsa: BodySurfaceArea) -> str:
    if bsa.formula is None:
        return f"{decimal_in_words(bsa.m2)} m² (entered)"
    name = bsa.formula.replace("_", " ").title()
    height, weight = _plain(case.height_cm), _plain(case.weight_kg)
    return f"{bsa_in_words(bsa.m2)} ({name}, {height} cm and {weight} kg, used unrounded)"


def _plain(number: Decimal | None) -> str:
    return "" if number is None else decimal_in_words(number)
