"""Measurements at random: weights, heights and areas at what is usual, allowed or a tenth away.

All are counted in whole millionths, the finest step that a case may have.
"""

from decimal import Decimal
from fractions import Fraction
from math import isqrt
from random import Random
from typing import Any

from tests.policies.independent.areas import squared_area
from tests.policies.independent.unusual import (
    ADULT_INDEX,
    ADULT_WEIGHT,
    CHILD_INDEX,
    CHILD_WEIGHT,
    INFANT_WEIGHT,
    Bounds,
)

ONE = 1_000_000
TICK = (0, 0, 1, -1)  # exactly there, or a millionth beside
FORMULAS = ("mosteller", "du_bois", "haycock", "gehan_george", "boyd")
KEYS = ("weight_kg", "height_cm", "bsa_m2", "previous_weight_kg")
MEASURED = (*KEYS, "bsa_formula", "confirmed")
LOWEST_KG, HIGHEST_KG = ONE // 2, 650 * ONE
AGES = [None, None, 0, 1, *range(2, 18), *range(2, 18), *[18] * 8, 19, *[54] * 8, 66, 130]
# By Mosteller whole square meters, or thirds.
WHOLE_AREAS = ((3, 48), (36, 100), (80, 180), (100, 144), (150, 216), (162, 200), (180, 180))
THIRDS = ((64, 100), (50, 200), (112, 175), (128, 200))  # 4, 5, 7 and 8 thirds
Body = tuple[int | None, int | None]  # weight and height


def clip(millionths: int, lowest: int, highest: int) -> int:
    return min(max(millionths, lowest), highest)


def kilograms(millionths: int) -> int:
    return clip(millionths, LOWEST_KG, HIGHEST_KG)


def measure(r: Random, lowest: int, highest: int) -> int:
    step = r.choice((ONE, ONE, 100_000, 10_000, 1_000, 1, 1))
    return clip(r.randint(lowest // step, highest // step) * step, lowest, highest)


def written(r: Random, millionths: int) -> str | int:
    whole, rest = divmod(millionths, ONE)
    if not rest and r.random() < 0.3:
        return whole
    places = f"{rest:06}".rstrip("0").ljust(r.choice((0, 0, 1, 6)), "0")
    return f"{whole}.{places}" if places else str(whole)


def is_adult(age: int | None) -> bool:
    return age is None or age >= 18


def bounds_of_weight(age: int | None) -> Bounds:
    if age is None or age >= 18:
        return ADULT_WEIGHT
    return INFANT_WEIGHT[age] if age < 2 else CHILD_WEIGHT[age]


def usual_weight(r: Random, age: int | None) -> int:
    lowest, highest = bounds_of_weight(age)
    return measure(r, int(lowest * ONE) + ONE // 10, int(highest * ONE))


def usual_height(r: Random, age: int | None, weight: int) -> int:
    """Of a body mass index in the middle of what is usual."""
    adult = age is None or age >= 18
    index = 24 if adult or age is None else 16 if age < 14 else 20
    height = isqrt(weight * 10_000 * ONE // index)
    return clip(round(height, -6) + r.choice((0, 0, ONE, -ONE, 345_678)), 25 * ONE, 275 * ONE)


def everyday(r: Random, age: int | None) -> Body:
    weight = usual_weight(r, age)
    return weight, usual_height(r, age, weight)


def allowed(r: Random, _: int | None) -> Body:
    edges = (LOWEST_KG, LOWEST_KG + 1, HIGHEST_KG - 1, HIGHEST_KG)
    weight = r.choice((*edges, measure(r, LOWEST_KG, HIGHEST_KG)))
    return weight, r.choice((25 * ONE, 275 * ONE, measure(r, 25 * ONE, 275 * ONE)))


def at_index(r: Random, age: int | None) -> Body:
    """At a bound of the body mass index; of an infant at a bound that is not judged."""
    edges = ADULT_INDEX if age is None or age >= 18 else CHILD_INDEX[max(2, age)]
    height = r.choice((200, 100, 150, 131, 175, 160, 149, 144)) if is_adult(age) else 0
    height = height or r.choice((81, 88, 100, 110, 131, 150, 170))
    weight = r.choice(edges) * height**2 / 10_000 * ONE
    return kilograms(int(weight) + r.choice(TICK)), height * ONE


def at_weight(r: Random, age: int | None) -> Body:
    """At a bound of the weight, mostly without a height."""
    weight = kilograms(int(r.choice(bounds_of_weight(age)) * ONE) + r.choice((*TICK, ONE, -ONE)))
    return weight, usual_height(r, age, weight) if r.random() < 0.2 else None


def at_short(r: Random, age: int | None) -> Body:
    """Beside 150 cm, where somebody of unknown age may be a child."""
    height = 150 * ONE + r.choice((*TICK, -6 * ONE))
    weight = int(r.choice((22, 24, 30)) * Fraction(height, 100 * ONE) ** 2) * ONE
    return r.choice((weight, weight, None)) if age is None else weight, height


def at_area(r: Random, _: int | None) -> Body:
    weight, height = (ONE * value for value in r.choice(WHOLE_AREAS + THIRDS))
    return kilograms(weight + r.choice(TICK)), height


def in_pounds(r: Random, age: int | None) -> Body:
    weight, height = everyday(r, age)
    return kilograms(int((weight or 0) * Fraction("2.204623"))), r.choice((height, height, None))


KINDS = [everyday] * 30 + [allowed] * 8 + [at_index] * 20 + [at_weight] * 12 + [at_short] * 6
KINDS += [at_area] * 14 + [in_pounds] * 5


def area(r: Random, formula: str | None, body: Body) -> int:
    """A body surface area as entered: at a limit, or at or a tenth beside the calculated one."""
    weight, height = body
    if weight is None or height is None or r.random() < 0.25:
        edges = (100_000, 200_000, 199_999, 3 * ONE, 3 * ONE + 1, 4_500_000, 1_730_000)
        return r.choice((*edges, measure(r, 100_000, 4_500_000), measure(r, 1_200_000, 2_600_000)))
    known = {"height_cm": Decimal(height) / ONE, "weight_kg": Decimal(weight) / ONE}
    square = squared_area(known | {"bsa_formula": formula}) or 0
    near = isqrt(Fraction(r.choice((9, 9, 10, 11, 11)) * ONE, 10) ** 2 * square // 1)
    return clip(near + r.choice(TICK), 100_000, 4_500_000)


def before(r: Random, body: Body) -> tuple[int, Body]:
    """The weight of an earlier course and the body now, a tenth, a fifth or far away from it."""
    weight, height = body
    kind = r.random()
    if weight is None or kind < 0.15:
        return measure(r, LOWEST_KG, HIGHEST_KG), body
    parts = r.choice((8, 9, 10, 11, 12, 12, 22, 7, 15))
    if height is None and kind < 0.6:  # exactly so many tenths, of a weight that is written short
        known = r.choice((50_000_000, 70_000_000, 82_350_000, 61_234_500))
        return known, (kilograms(known * parts // 10 + r.choice(TICK)), None)
    if kind < 0.7:  # the other way round, exactly where the weight can be divided
        return kilograms(weight * 10 // parts + r.choice(TICK)), body
    return kilograms(weight * r.choice((10, 22, 10)) // r.choice((10, 10, 22))), body


def otherwise_written(value: str) -> str:
    """The same number with one more zero behind the point, where there is room."""
    whole, _, decimals = value.partition(".")
    return f"{whole}.{decimals}0" if len(decimals) < 6 else value


def confirmed(r: Random, known: dict[str, Any], keys: tuple[str, ...]) -> dict[str, Any]:
    """The very value, perhaps written otherwise; another one; or nothing."""
    checked: dict[str, Any] = {}
    for key in keys:
        value, kind = known.get(key), r.random()
        if kind < 0.3:
            continue
        if kind < 0.38 or value is None:
            checked[key] = None
        elif kind < 0.55:
            checked[key] = r.choice((1, 2)) if key == "bsa_m2" else r.choice((30, 70, 154))
        elif kind < 0.7:
            checked[key] = otherwise_written(str(value))
        else:
            checked[key] = value
    return checked


def measurements(r: Random, age: int | None) -> dict[str, Any]:
    body = r.choice(KINDS)(r, age)
    weight, height = body
    body = (None if r.random() < 0.08 else weight), (None if r.random() < 0.12 else height)
    formula, bsa, earlier = r.choice((None, None, None, None, *FORMULAS)), None, None
    if r.random() < 0.35:
        bsa = area(r, formula, body)
    if r.random() < 0.3:
        earlier, body = before(r, body)
    values = zip(KEYS, (*body, bsa, earlier), strict=True)
    known: dict[str, Any] = {k: written(r, v) for k, v in values if v is not None}
    if formula:
        known["bsa_formula"] = formula
    if r.random() < 0.4:
        known["confirmed"] = confirmed(r, known, KEYS[:3])
    return known
