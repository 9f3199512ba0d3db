"""Body surface areas, as squares: by Mosteller exact, by the others to 50 digits."""

from decimal import Decimal, localcontext
from fractions import Fraction

from tests.policies.independent.basics import Case, numbers

# A factor, the power of the height in cm, that of the weight in kg, for Boyd in g.
AREAS = {"du_bois": "0.007184 0.725 0.425", "haycock": "0.024265 0.3964 0.5378"}
AREAS |= {"gehan_george": "0.0235 0.42246 0.51456", "boyd": "0.0003207 0.3 0.7285"}


def squared_area(case: Case) -> Fraction | None:
    """By height and weight as they are entered, whether they wait or not."""
    (height, weight), formula = numbers(case, "height_cm", "weight_kg"), case.get("bsa_formula")
    if height is None or weight is None:
        return None
    if formula in (None, "mosteller"):
        return Fraction(height) * Fraction(weight) / 3600
    factor, of_height, of_weight = map(Decimal, AREAS[formula].split())
    with localcontext(prec=50):
        if formula == "boyd":
            weight *= 1000
            of_weight -= Decimal("0.0188") * weight.log10()
        return Fraction(factor * height**of_height * weight**of_weight) ** 2
