"""Body surface area in m² by five published formulas, with 50 significant digits.

Never rounds further and never clamps: only the dose is rounded, and only texts are shortened.
"""

from collections.abc import Callable
from decimal import Context, Decimal, localcontext

from app.model.case import BsaFormula

# A dose limit has far fewer digits before the point, so the error can reach a whole unit only
# where the exact product is one: `times_area` keeps that whole.
PRECISION = Context(prec=50)


def body_surface_area_m2(formula: BsaFormula, height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Return the body surface area in m², with 50 significant digits.

    >>> body_surface_area_m2("mosteller", Decimal(180), Decimal(80))
    Decimal('2')
    """
    with localcontext(PRECISION):
        return _FORMULAS[formula](height_cm, weight_kg)


def times_area(
    rate_iu: Decimal,
    area_m2: Decimal,
    formula: BsaFormula | None,
    height_cm: Decimal | None,
    weight_kg: Decimal | None,
) -> Decimal:
    """Return International Units per m² times the area, with 50 significant digits.

    Mosteller's area can be a fraction without an end whose product is a whole number; then that
    number is returned. The other formulas have no such areas, and an entered area (None) ends.

    >>> times_area(Decimal(3), Decimal("0.33"), "mosteller", Decimal(20), Decimal(20))
    Decimal('1')
    """
    with localcontext(PRECISION):
        if formula != "mosteller" or height_cm is None or weight_kg is None:
            return rate_iu * area_m2
        return (rate_iu * rate_iu * height_cm * weight_kg).sqrt() / 60


def _mosteller(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Mosteller RD. Simplified calculation of body-surface area. N Engl J Med 1987;317:1098."""
    return (height_cm * weight_kg / 3600).sqrt()


def _du_bois(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Du Bois D, Du Bois EF. Arch Intern Med 1916;17:863-871."""
    return Decimal("0.007184") * height_cm ** Decimal("0.725") * weight_kg ** Decimal("0.425")


def _haycock(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Haycock GB, Schwartz GJ, Wisotsky DH. J Pediatr 1978;93:62-66."""
    return Decimal("0.024265") * height_cm ** Decimal("0.3964") * weight_kg ** Decimal("0.5378")


def _gehan_george(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Gehan EA, George SL. Cancer Chemother Rep 1970;54:225-235."""
    return Decimal("0.0235") * height_cm ** Decimal("0.42246") * weight_kg ** Decimal("0.51456")


def _boyd(height_cm: Decimal, weight_kg: Decimal) -> Decimal:
    """Boyd E. The growth of the surface area of the human body. Minneapolis, 1935 (in grams)."""
    weight_g = weight_kg * 1000
    exponent = Decimal("0.7285") - Decimal("0.0188") * weight_g.log10()
    return Decimal("0.0003207") * height_cm ** Decimal("0.3") * weight_g**exponent


_FORMULAS: dict[BsaFormula, Callable[[Decimal, Decimal], Decimal]] = {
    "mosteller": _mosteller,
    "du_bois": _du_bois,
    "haycock": _haycock,
    "gehan_george": _gehan_george,
    "boyd": _boyd,
}
# How each formula is called where a figure is computed with it: Mosteller, Du Bois, Gehan George.
FORMULA_WORDS = {name: name.replace("_", " ").title() for name in _FORMULAS}
