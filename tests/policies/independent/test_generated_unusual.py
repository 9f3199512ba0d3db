"""The unusual cases reach every bound at every age and are valid; no program is needed to tell."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from tests.policies.independent.areas import squared_area
from tests.policies.independent.basics import IV, SC, Case, amounts
from tests.policies.independent.comparing import RARE, Answer, by_the_documents
from tests.policies.independent.measures_generator import bounds_of_weight
from tests.policies.independent.refusals import refused
from tests.policies.independent.unusual import ADULT_INDEX, CHILD_INDEX
from tests.policies.independent.unusual_generator import cases

ORDINARY, ORDINARY_SEEDS = 2_000, range(1, 5)
SHORT = (Fraction(150), Fraction("149.999999"))


def corners_of_bounds(case: Case) -> Iterator[str]:
    """Weights and body mass indices exactly at what is still usual."""
    (weight, height), age = amounts(case, "weight_kg", "height_cm"), case.get("age_years")
    if weight is None:
        return
    years = age if age is None or age < 18 else 18
    if height is None or (age is not None and age < 2):
        for place, bound in enumerate(bounds_of_weight(age)):
            if weight == bound:
                yield f"weight {place}: {years}"
    else:
        bounds = CHILD_INDEX[age] if age is not None and age < 18 else ADULT_INDEX
        for place, bound in enumerate(bounds):
            if weight * 10_000 == bound * height**2:
                yield f"index {place}: {years}"


def corners_of_tenths(case: Case) -> Iterator[str]:
    weight, bsa, before = amounts(case, "weight_kg", "bsa_m2", "previous_weight_kg")
    square = squared_area(case)
    for tenths in (8, 9, 11, 12):
        if weight and before and weight == before * tenths / 10:
            yield f"weight: {tenths} tenths"
        if bsa and square and bsa**2 == square * Fraction(tenths, 10) ** 2:
            yield f"area: {tenths} tenths"


def corners(case: Case, answer: Answer) -> Iterator[str]:
    yield from corners_of_bounds(case)
    yield from corners_of_tenths(case)
    (height,) = amounts(case, "height_cm")
    if height and case.get("age_years") is None and case["route"] == SC:
        yield f"height of unknown age: {height}"
    limit, asked = answer["dose_limit"], (case.get("requested") or {}).get("dose_iu")
    if limit["max_dose_iu"] and asked:
        for tenths in (1, 9, 10, 15):
            beside = asked - limit["max_dose_iu"] * tenths // 10
            yield f"{case['route']}: {tenths} tenths {beside:+}"
    yield f"waits: {', '.join(answer['unconfirmed'])}: {answer['approval_status']}"


def wanted_corners() -> Iterator[str]:
    yield from (f"weight {place}: {age}" for place in (0, 1) for age in (None, *range(19)))
    yield from (f"index {place}: {age}" for place in (0, 1) for age in (None, *range(2, 19)))
    yield from (f"height of unknown age: {cm}" for cm in SHORT)
    yield from (f"weight: {tenths} tenths" for tenths in (8, 9, 11, 12))
    yield from (f"area: {tenths} tenths" for tenths in (9, 11))
    for route in (IV, SC):
        yield from (f"{route}: {tenths} tenths +0" for tenths in (1, 9, 10, 15))
    for keys in ("weight_kg", "height_cm", "height_cm, weight_kg", "bsa_m2", "requested.dose_iu"):
        yield f"waits: {keys}: information_missing"
    yield "waits: : criteria_met"


def test_the_unusual_cases_reach_every_corner() -> None:
    reached: Counter[str] = Counter()
    for seed in ORDINARY_SEEDS:
        for case in cases(seed, ORDINARY):
            assert refused(case) == [], case
            reached.update(corners(case, by_the_documents(case)))
    rare = {corner: reached[corner] for corner in wanted_corners() if reached[corner] < RARE}
    assert rare == {}
