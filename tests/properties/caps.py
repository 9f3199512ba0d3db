"""The limit for a dose a second time: whole numbers, and logarithms where there is none.

Measurements are counted in millionths, the finest step that a case may have.
"""

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from math import isqrt

from tests.fixture_library import (
    ALDER,
    ALDER_VERSION,
    ALDER_VERSION_BEFORE,
    BIRCH,
    BIRCH_VERSION,
)

ONE = 1_000_000
SKIN, LESION = ("cutaneous_melanoma", "intravenous"), ("cutaneous_melanoma", "intralesional")
KIDNEY = ("renal_cell_carcinoma", "intravenous")
GRAFT = ("graft_versus_host_disease", "subcutaneous")
# International Units for each kilogram, lesion or square meter, by hand from the fixture's files.
RATES: dict[str, dict[tuple[str, str], int]] = {
    f"{ALDER}-{ALDER_VERSION_BEFORE}": {SKIN: 250_000},
    f"{ALDER}-{ALDER_VERSION}": {
        SKIN: 400_000,
        LESION: 2_500_000,
        KIDNEY: 320_000,
        GRAFT: 1_500_000,
    },
    f"{BIRCH}-{BIRCH_VERSION}": {
        SKIN: 300_000,
        LESION: 4_000_000,
        KIDNEY: 280_000,
        GRAFT: 1_200_000,
    },
}
DIGITS = Context(prec=70)
# Factor, and powers of height in cm and weight in kg; Boyd's weight is in g and has its own power.
POWERS = {
    "du_bois": ("0.007184", "0.725", "0.425"),
    "haycock": ("0.024265", "0.3964", "0.5378"),
    "gehan_george": ("0.0235", "0.42246", "0.51456"),
}
FORMULAS = ("mosteller", *POWERS, "boyd")


@dataclass(frozen=True)
class Body:
    """Measurements in millionths of a kilogram, centimeter and square meter."""

    weight: int | None = None
    height: int | None = None
    area: int | None = None
    formula: str | None = None


def cap_iu(version: str, use: tuple[str, str], body: Body) -> int | None:
    """Return the highest whole dose that is not above the version's product, if there is one."""
    rate = RATES[version].get(use)
    if rate is None:
        return None
    if use == GRAFT:
        return _cap_by_area_iu(rate, body)
    if use == LESION:
        return rate
    return None if body.weight is None else rate * body.weight // ONE


def _cap_by_area_iu(rate: int, body: Body) -> int | None:
    if body.area is not None:
        return rate * body.area // ONE
    if body.height is None or body.weight is None:
        return None
    if body.formula in (None, "mosteller"):
        # The whole part of a root is the root of the whole part; the millionths cancel out.
        return isqrt(rate**2 * body.height * body.weight // (3600 * ONE**2))
    with localcontext(DIGITS):
        return int(rate * _logarithm_of_area(body.formula, body.height, body.weight).exp())


def _logarithm_of_area(formula: str, height: int, weight: int) -> Decimal:
    height_cm, weight_kg = Decimal(height) / ONE, Decimal(weight) / ONE
    if formula == "boyd":
        grams = weight_kg * 1000
        power = Decimal("0.7285") - Decimal("0.0188") * grams.ln() / Decimal(10).ln()
        return Decimal("0.0003207").ln() + Decimal("0.3") * height_cm.ln() + power * grams.ln()
    factor, of_height, of_weight = map(Decimal, POWERS[formula])
    return factor.ln() + of_height * height_cm.ln() + of_weight * weight_kg.ln()
