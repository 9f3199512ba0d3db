"""Measurements at random: weights, heights and areas at what is usual, allowed or a tenth away.

All are counted in whole millionths, the finest step that a case may have.
"""

from decimal import Decimal
from fractions import Fraction
from math import isqrt
from random import Random
from typing import Any

from tests.policies.independent.evaluator import squared_area

ONE = 1_000_000
MEASURED = ("weight_kg", "height_cm", "bsa_m2", "previous_weight_kg", "bsa_formula", "confirmed")
TICK = (0, 0, 1, -1)  # exactly there, or a millionth beside
FORMULAS = ("mosteller", "du_bois", "haycock", "gehan_george", "boyd")


def clip(millionths: int, lowest: int, highest: int) -> int:
    return min(max(millionths, lowest), highest)


def measure(r: Random, lowest: int, highest: int) -> int:
    step = r.choice((ONE, ONE, 100_000, 10_000, 1_000, 1, 1))
    return clip(r.randint(lowest // step, highest // step) * step, lowest, highest)


def written(r: Random, millionths: int) -> str | int:
    whole, rest = divmod(millionths, ONE)
    if not rest and r.random() < 0.3:
        return whole
    places = f"{rest:06}".rstrip("0").ljust(r.choice((0, 0, 1, 6)), "0")
    return f"{whole}.{places}" if places else str(whole)


KINDS_OF_BODY = (
    *(["everyday"] * 27 + ["allowed"] * 13 + ["bmi"] * 18 + ["weight"] * 10),
    *(["bsa"] * 26 + [""] * 6),
)


def body(r: Random) -> tuple[int | None, int | None]:
    """Weight and height."""
    weight: int | None = None
    height: int | None = None
    kind = r.choice(KINDS_OF_BODY)
    if kind == "everyday":
        weight, height = measure(r, 35 * ONE, 130 * ONE), measure(r, 140 * ONE, 200 * ONE)
    elif kind == "allowed":
        edges = (ONE // 2, ONE // 2 + 1, 650 * ONE - 1, 650 * ONE)
        weight = r.choice((*edges, measure(r, ONE // 2, 650 * ONE)))
        height = r.choice((25 * ONE, 275 * ONE, measure(r, 25 * ONE, 275 * ONE)))
    elif kind == "bmi":  # at a limit of what is usual
        height = r.choice((200_000_000, 100_000_000, 150_000_000, 160_500_000, 175_250_000))
        weight = r.choice((10, 15, 40, 45)) * height**2 // (10_000 * ONE) + r.choice(TICK)
    elif kind == "weight":
        weight = r.choice((40, 120)) * ONE + r.choice((*TICK, -20 * ONE, 34 * ONE))
    elif kind == "bsa":  # by Mosteller whole square meters, or thirds, or just beside
        whole = ((3, 48), (36, 100), (80, 180), (100, 144), (150, 216), (162, 200), (180, 180))
        thirds = ((64, 100), (50, 200), (112, 175), (128, 200))  # 4, 5, 7 and 8 thirds
        weight, height = (ONE * value for value in r.choice(whole + thirds))
        weight += r.choice(TICK)
    return (None if r.random() < 0.12 else weight), (None if r.random() < 0.15 else height)


def area(r: Random, formula: str | None, weight: int | None, height: int | None) -> int:
    """A body surface area as entered: at a limit, or at or a tenth beside the calculated one."""
    if weight is None or height is None or r.random() < 0.25:
        edges = (100_000, 200_000, 199_999, 3 * ONE, 3 * ONE + 1, 4_500_000, 1_730_000)
        return r.choice((*edges, measure(r, 100_000, 4_500_000), measure(r, 1_200_000, 2_600_000)))
    body = {"height_cm": Decimal(height) / ONE, "weight_kg": Decimal(weight) / ONE}
    square = squared_area(body | {"bsa_formula": formula}) or 0
    near = isqrt(Fraction(r.choice((9, 9, 10, 11, 11)) * ONE, 10) ** 2 * square // 1)
    return clip(near + r.choice(TICK), 100_000, 4_500_000)


def measurements(r: Random) -> dict[str, Any]:
    weight, height = body(r)
    formula, bsa, before = r.choice((None, None, None, None, *FORMULAS)), None, None
    if r.random() < 0.45:
        bsa = area(r, formula, weight, height)
    if r.random() < 0.3:
        before = measure(r, ONE // 2, 650 * ONE)
        if weight is not None and height is None and bsa is None and r.random() < 0.6:
            before = r.choice((36_500_000, 70_000_000, 82_350_000, 100_000_000, 61_234_500))
            weight = before * r.choice((9, 11)) // 10 + r.choice(TICK)
        elif weight is not None and r.random() < 0.8:
            before = clip(weight * 10 // r.choice((9, 11)) + r.choice(TICK), ONE // 2, 650 * ONE)
    values = zip(MEASURED, (weight, height, bsa, before), strict=False)
    known: dict[str, Any] = {k: written(r, v) for k, v in values if v is not None}
    if formula:
        known["bsa_formula"] = formula
    if r.random() < 0.5:
        known["confirmed"] = r.sample(["weight_kg", "height_cm", "bsa_m2"], r.randint(0, 3))
    return known
