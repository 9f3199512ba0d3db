"""What the safety case says about pounds that no bound tells, reckoned again from the checks.

The shares of children rest on an assumption, which the safety case names: the weights of an age are
log-normal between the 5th and the 95th percentile.
"""

import math
import re
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal
from statistics import NormalDist
from typing import Any

import pytest

from app.help.hazard_log import read_safety_case
from app.library import Library
from app.model.checks import Plausibility
from tests.cases import case, determine
from tests.engine.people import GRAFT

KG = Decimal("0.45359237")  # of a pound, exactly
TENTH = Decimal("0.1")
[HAZARD] = [one for one in read_safety_case().hazards if one.id == "pounds_for_kilograms"]
TOLD = " ".join(HAZARD.residual_risk.split())


@pytest.fixture
def usual(library: Library) -> Plausibility:
    return library.reference_data.checks.plausibility


def told(pattern: str) -> tuple[str, ...]:
    """The numbers that the safety case tells at a place."""
    found = re.search(pattern, TOLD)
    assert found is not None, pattern
    return found.groups()


def waits(library: Library, **changes: Any) -> bool:
    return "weight_kg" in determine(library, case(**changes)).unconfirmed


def in_pounds(kg: Decimal) -> str:
    """A weight in pounds, as exactly as a case can have it."""
    return str((kg / KG).quantize(Decimal("0.000001"), ROUND_HALF_UP))


def share_that_waits(age: int, usual: Plausibility) -> float:
    """The share of children of an age whose weight in pounds lies outside the bounds in kg."""
    [row] = [one for one in usual.percentiles if one.age_years == age]
    fifth, ninety_fifth = math.log(row.weight_kg_5th), math.log(row.weight_kg_95th)
    spread = (ninety_fifth - fifth) / (2 * NormalDist().inv_cdf(0.95))
    weights = NormalDist((fifth + ninety_fifth) / 2, spread)
    bounds = usual.child_weight_kg(age)
    low, high = (weights.cdf(math.log(one * KG)) for one in (bounds.low, bounds.high))
    return low + 1 - high


def test_pounds_of_adults_with_a_height(library: Library, usual: Plausibility) -> None:
    [index] = map(Decimal, told(r"a true body mass index up to ([0-9.]+), "))
    assert index == (usual.adult_bmi.high * KG).quantize(TENTH, ROUND_FLOOR)
    for true, is_seen in ((index, False), (index + TENTH, True)):
        pounds = in_pounds(true * 4)  # at 200 cm
        assert waits(library, weight_kg=pounds, height_cm="200") is is_seen
        # without an age a child is judged like an adult from 150 cm on
        assert waits(library, weight_kg=pounds, height_cm="200", age_years=None) is is_seen
    for height, waiting in (("149.9", ("height_cm",)), ("150", ())):
        size = {"weight_kg": "70", "height_cm": height, "age_years": None}
        assert determine(library, case(**{**GRAFT, **size})).unconfirmed == waiting


def test_pounds_of_adults_without_a_height(library: Library, usual: Plausibility) -> None:
    low, high = map(Decimal, told(r"adults from ([0-9.]+) to ([0-9.]+) kg without a height"))
    bounds = usual.adult_weight_kg
    assert low == (bounds.low * KG).quantize(TENTH, ROUND_CEILING)
    assert high == (bounds.high * KG).quantize(TENTH, ROUND_FLOOR)
    for true, is_seen in ((low - TENTH, True), (low, False), (high, False), (high + TENTH, True)):
        assert waits(library, weight_kg=in_pounds(true)) is is_seen


def test_pounds_of_infants(library: Library, usual: Plausibility) -> None:
    first_year, second_year = usual.infant_weight_kg
    numbers = told(
        r"in the first year of life for those above ([0-9.]+) kg, "
        r"in the second for those above ([0-9.]+) kg"
    )
    for age, (bounds, most) in enumerate(zip((first_year, second_year), numbers, strict=True)):
        assert Decimal(most) == (bounds.high * KG).quantize(TENTH, ROUND_HALF_UP)
        for more, is_seen in ((TENTH, True), (-TENTH, False)):
            pounds = in_pounds(Decimal(most) + more)
            assert waits(library, weight_kg=pounds, age_years=age) is is_seen


def test_pounds_of_children_without_a_height(usual: Plausibility) -> None:
    groups = told(
        r"about ([0-9]+)% at ([0-9]+) to ([0-9]+) years, ([0-9]+) to ([0-9]+)% at ([0-9]+) to "
        r"([0-9]+) and ([0-9]+) to ([0-9]+)% at ([0-9]+) to ([0-9]+);"
    )
    least, *others = map(int, groups)
    shares = [(least, least, *others[:2]), tuple(others[2:6]), tuple(others[6:])]
    ages = [age for _, _, first, last in shares for age in range(first, last + 1)]
    assert ages == list(range(usual.child_from_years, usual.adult_from_years))
    for low, high, first, last in shares:
        found = [round(100 * share_that_waits(age, usual)) for age in range(first, last + 1)]
        assert (min(found), max(found)) == (low, high)


def test_pounds_of_children_with_a_height(usual: Plausibility) -> None:
    """The bound counts down to the told distance below the 5th percentile, and not much farther."""
    [percent] = map(Decimal, told(r"lies more than ([0-9]+)% below the 5th percentile"))
    hidden = [
        usual.child_bmi(one.age_years).high * KG * 100 / one.bmi_5th for one in usual.percentiles
    ]
    assert max(hidden) < 100 - percent < max(hidden) + 1
