"""The measurements of a case as fractions, and the body surface area out of them.

The area is handed out squared: Mosteller's formula is then exact, without a root. The other four
go through logarithms in fixed point, good for some 70 decimal places.
"""

from fractions import Fraction
from typing import Any

Case = dict[str, Any]

ONE = 1 << 256  # a fixed-point number is a whole number of 1/ONE


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


def squared_bsa(formula: str, height_cm: Fraction, weight_kg: Fraction) -> Fraction:
    """The square of the area in m²."""
    if formula == "mosteller":
        return height_cm * weight_kg / 3600
    if formula == "boyd":
        log_weight = logarithm(1000 * weight_kg)
        factor, of_height, of_weight = "0.0003207", Fraction("0.3"), Fraction("0.7285")
        of_weight -= Fraction("0.0188") * Fraction(log_weight, LN_10)
    else:
        log_weight = logarithm(weight_kg)
        factor, of_height, of_weight = {
            "du_bois": ("0.007184", Fraction("0.725"), Fraction("0.425")),
            "haycock": ("0.024265", Fraction("0.3964"), Fraction("0.5378")),
            "gehan_george": ("0.0235", Fraction("0.42246"), Fraction("0.51456")),
        }[formula]
    sum_of_logs = of_height * logarithm(height_cm) + of_weight * log_weight
    area = exponential(logarithm(Fraction(factor)) + int(sum_of_logs))
    return area * area


def number(case: Case, key: str) -> Fraction | None:
    return None if case.get(key) is None else Fraction(case[key])


def squared_bsa_of(case: Case) -> Fraction | None:
    height, weight = number(case, "height_cm"), number(case, "weight_kg")
    if height is None or weight is None:
        return None
    return squared_bsa(case.get("bsa_formula") or "mosteller", height, weight)
