"""The documents' limit for a dose a second time: whole numbers, and logarithms where there is none.

Measurements are counted in millionths, the finest step that a case may have.
"""

from dataclasses import dataclass
from decimal import Context, Decimal, localcontext
from math import isqrt

ONE = 1_000_000
IU_OF_A_KG = 600_000  # both policies: FDA-Approved Indications 1, Dosing A, and 2, Dosing A
IU_OF_A_LESION = 6_000_000  # 1, Dosing B
IU_OF_A_M2 = 1_000_000  # 3, Dosing
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


def cap_iu(indication: str, route: str, body: Body) -> int | None:
    """Return the highest whole dose that is not above the document's product, if there is one."""
    if route == "intravenous" and indication in ("cutaneous_melanoma", "renal_cell_carcinoma"):
        return None if body.weight is None else IU_OF_A_KG * body.weight // ONE
    if (indication, route) == ("cutaneous_melanoma", "intralesional"):
        return IU_OF_A_LESION
    if (indication, route) == ("graft_versus_host_disease", "subcutaneous"):
        return _cap_by_area_iu(body)
    return None


def _cap_by_area_iu(body: Body) -> int | None:
    if body.area is not None:
        return IU_OF_A_M2 * body.area // ONE
    if body.height is None or body.weight is None:
        return None
    if body.formula in (None, "mosteller"):
        # The whole part of a root is the root of the whole part; the millionths cancel out.
        return isqrt(IU_OF_A_M2**2 * body.height * body.weight // (3600 * ONE**2))
    with localcontext(DIGITS):
        return int(IU_OF_A_M2 * _logarithm_of_area(body.formula, body.height, body.weight).exp())


def _logarithm_of_area(formula: str, height: int, weight: int) -> Decimal:
    height_cm, weight_kg = Decimal(height) / ONE, Decimal(weight) / ONE
    if formula == "boyd":
        grams = weight_kg * 1000
        power = Decimal("0.7285") - Decimal("0.0188") * grams.ln() / Decimal(10).ln()
        return Decimal("0.0003207").ln() + Decimal("0.3") * height_cm.ln() + power * grams.ln()
    factor, of_height, of_weight = map(Decimal, POWERS[formula])
    return factor.ln() + of_height * height_cm.ln() + of_weight * weight_kg.ln()
