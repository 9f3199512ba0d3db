"""Values that wait for somebody to confirm them: weights, heights, areas and requested doses.

Every bound is compared in whole numbers and fractions.
"""

from fractions import Fraction
from typing import Any

from tests.policies.independent.areas import squared_area
from tests.policies.independent.basics import IL, IV, Case, amounts, dosing_of, exact, requested

# Age, then 5th and 95th percentile of the body mass index, then of the weight in kg.
PERCENTILES = """
 2 14.2 18.7 10.9 16.3
 3 13.9 18.1 12.3 18.7
 4 13.6 18.1 13.8 21.9
 5 13.5 18.5 15.5 25.4
 6 13.4 19.2 17.2 29.2
 7 13.5 20.1 19.1 33.6
 8 13.6 21.2 21.1 38.7
 9 13.9 22.3 23.4 44.7
10 14.2 23.5 26.1 51.3
11 14.6 24.7 28.8 58.1
12 15.0 25.7 32.2 64.5
13 15.5 26.7 36.1 70.0
14 16.0 27.7 39.3 75.6
15 16.5 28.5 41.9 81.4
16 17.0 29.2 43.7 86.5
17 17.4 30.0 44.9 90.5
"""
Bounds = tuple[Fraction, Fraction]  # the lowest and the highest value that is not unusual
ADULT_INDEX: Bounds = (Fraction(15), Fraction(40))
ADULT_WEIGHT: Bounds = (Fraction(40), Fraction(110))
INFANT_WEIGHT: dict[int, Bounds] = {
    0: (Fraction(2), Fraction(13)),
    1: (Fraction(2), Fraction(16)),
}
CHILD_INDEX: dict[int, Bounds] = {}
CHILD_WEIGHT: dict[int, Bounds] = {}
for _age, *_row in (line.split() for line in PERCENTILES.strip().splitlines()):
    _thin, _stout, _light, _heavy = map(Fraction, _row)
    CHILD_INDEX[int(_age)] = (_thin * 80 / 100, _stout * 120 / 100)
    CHILD_WEIGHT[int(_age)] = (_light * 70 / 100, _heavy * 120 / 100)
AREA_ENTERED: Bounds = (Fraction(2, 10), Fraction(3))
SHORT_CM = 150  # under this a person of unknown age may be a child


def outside(value: Fraction, bounds: Bounds) -> bool:
    return not bounds[0] <= value <= bounds[1]


def uses(case: Case) -> set[str]:
    """The measurements from which the documented dose follows."""
    if dosing_of(case) is None or case["route"] == IL:
        return set()
    if case["route"] == IV:
        return {"weight_kg"}
    return {"weight_kg", "height_cm"} if case.get("bsa_m2") is None else {"bsa_m2"}


def has_unusual_index(case: Case) -> bool:
    """Only from 2 years on; who is of unknown age is taken for an adult."""
    (weight, height), age = amounts(case, "weight_kg", "height_cm"), case.get("age_years")
    if weight is None or height is None or (age is not None and age < 2):
        return False
    bounds = CHILD_INDEX[age] if age is not None and age < 18 else ADULT_INDEX
    return outside(weight * 10_000 / height**2, bounds)


def has_unusual_weight(case: Case) -> bool:
    weight, height, before = amounts(case, "weight_kg", "height_cm", "previous_weight_kg")
    if weight is None:
        return False
    if before is not None and abs(weight - before) * 5 > before:
        return True
    age = case.get("age_years")
    if age is not None and age < 2:
        return outside(weight, INFANT_WEIGHT[age])
    if height is not None:
        return has_unusual_index(case)
    return outside(weight, ADULT_WEIGHT if age is None or age >= 18 else CHILD_WEIGHT[age])


def has_unusual_height(case: Case) -> bool:
    (height,) = amounts(case, "height_cm")
    if height is None:
        return False
    return has_unusual_index(case) or (case.get("age_years") is None and height < SHORT_CM)


def has_unusual_area(case: Case) -> bool:
    (entered,), square = amounts(case, "bsa_m2"), squared_area(case)
    if entered is None:
        return False
    if outside(entered, AREA_ENTERED):
        return True
    return square is not None and not 81 * square <= 100 * entered**2 <= 121 * square


JUDGED = {"weight_kg": has_unusual_weight, "height_cm": has_unusual_height}
JUDGED |= {"bsa_m2": has_unusual_area}


def is_confirmed(case: Case, key: str, value: Any) -> bool:
    checked = (case.get("confirmed") or {}).get(key)
    return checked is not None and exact(checked) == exact(value)


def waiting_measurements(case: Case) -> list[str]:
    used = uses(case)
    found = [key for key, is_unusual in JUDGED.items() if key in used and is_unusual(case)]
    return sorted(key for key in found if not is_confirmed(case, key, case[key]))


def dose_waits(case: Case, limit_iu: int | None) -> bool:
    """A tenth of the limit or less; for each lesion only what is less than a tenth."""
    asked = requested(case).get("dose_iu")
    if asked is None or limit_iu is None:
        return False
    is_small = asked * 10 < limit_iu or (asked * 10 == limit_iu and case["route"] != IL)
    return is_small and not is_confirmed(case, "requested.dose_iu", asked)
