"""The areas of the second computation once more, by series of whole numbers instead of decimals.

Logarithms are in fixed point, good for some 70 decimal places.
"""

from fractions import Fraction
from itertools import product

import pytest

from tests.policies.independent.areas import squared_area

ONE = 1 << 256  # a fixed-point number is a whole number of 1/ONE
POWERS = {  # a factor, the power of the height in cm, that of the weight in kg
    "du_bois": ("0.007184", Fraction("0.725"), Fraction("0.425")),
    "haycock": ("0.024265", Fraction("0.3964"), Fraction("0.5378")),
    "gehan_george": ("0.0235", Fraction("0.42246"), Fraction("0.51456")),
}
HEIGHTS_CM, WEIGHTS_KG = ("25", "99.999999", "175.25", "275"), ("0.5", "1", "70.5", "650")


def logarithm(x: Fraction) -> int:
    """Natural, in fixed point: x is halved or doubled into 1 to 2, then ln x = 2 artanh(z)."""
    halvings = 0
    while x >= 2:
        x, halvings = x / 2, halvings + 1
    while x < 1:
        x, halvings = x * 2, halvings - 1
    z = (x - 1) * ONE // (x + 1)
    total, power, n = 0, z, 1
    while power:
        total += power // n
        power, n = power * z * z // ONE**2, n + 2
    return 2 * total + (halvings * LN_2 if halvings else 0)


LN_2 = 2 * sum(ONE // (n * 3**n) for n in range(1, 171, 2))  # 2 artanh(1/3)
LN_10 = logarithm(Fraction(10))


def exponential(x: int) -> Fraction:
    """E to the power of a fixed-point number: 2^n times the power series of what is left."""
    n, rest = divmod(x, LN_2)
    total, term, k = 0, ONE, 0
    while term:
        total, k = total + term, k + 1
        term = term * rest // (ONE * k)
    return Fraction(total, ONE) * (2**n if n >= 0 else Fraction(1, 2**-n))


def area(formula: str, height_cm: Fraction, weight_kg: Fraction) -> Fraction:
    if formula == "boyd":
        log_weight = logarithm(1000 * weight_kg)
        of_weight = Fraction("0.7285") - Fraction("0.0188") * Fraction(log_weight, LN_10)
        factor, of_height = "0.0003207", Fraction("0.3")
    else:
        log_weight = logarithm(weight_kg)
        factor, of_height, of_weight = POWERS[formula]
    sum_of_logs = of_height * logarithm(height_cm) + of_weight * log_weight
    return exponential(logarithm(Fraction(factor)) + int(sum_of_logs))


@pytest.mark.parametrize("formula", [*POWERS, "boyd"])
def test_the_areas_agree_to_35_digits(formula: str) -> None:
    for height, weight in product(HEIGHTS_CM, WEIGHTS_KG):
        case = {"height_cm": height, "weight_kg": weight, "bsa_formula": formula}
        square, by_series = squared_area(case), area(formula, Fraction(height), Fraction(weight))
        assert square is not None
        assert abs(square / by_series**2 - 1) < Fraction(1, 10**35), case


def test_the_area_by_mosteller_is_exact() -> None:
    case = {"height_cm": "100", "weight_kg": "64"}
    for formula in (None, "mosteller"):
        assert squared_area(case | {"bsa_formula": formula}) == Fraction(4, 3) ** 2
