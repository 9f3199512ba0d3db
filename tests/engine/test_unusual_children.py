"""Weights and heights of children: the bounds at each age from 2 to 17, by hand.

The percentiles are those of `resources/checks.yaml` (CDC 2000). The body mass index has its bounds
at 80% of the 5th and 120% of the 95th percentile, the weight at 70% and 120%.
"""

from decimal import ROUND_DOWN, Decimal
from typing import Any

import pytest

from app.library import Library
from tests.engine.people import GRAFT, found

STEP = Decimal("0.000001")
POUND = Decimal("0.45359237")
# Age: 80% and 120% of the body mass index, then 70% and 120% of the weight in kg.
BOUNDS = {
    2: ("11.36", "22.44", "7.63", "19.56"),
    3: ("11.12", "21.72", "8.61", "22.44"),
    4: ("10.88", "21.72", "9.66", "26.28"),
    5: ("10.8", "22.2", "10.85", "30.48"),
    6: ("10.72", "23.04", "12.04", "35.04"),
    7: ("10.8", "24.12", "13.37", "40.32"),
    8: ("10.88", "25.44", "14.77", "46.44"),
    9: ("11.12", "26.76", "16.38", "53.64"),
    10: ("11.36", "28.2", "18.27", "61.56"),
    11: ("11.68", "29.64", "20.16", "69.72"),
    12: ("12", "30.84", "22.54", "77.4"),
    13: ("12.4", "32.04", "25.27", "84"),
    14: ("12.8", "33.24", "27.51", "90.72"),
    15: ("13.2", "34.2", "29.33", "97.68"),
    16: ("13.6", "35.04", "30.59", "103.8"),
    17: ("13.92", "36", "31.43", "108.6"),
}
# The 5th percentile of the body mass index at each age, the lowest for which pounds must be seen.
BMI_5TH = {
    age: text
    for ages, texts in (
        (range(2, 10), ("14.2", "13.9", "13.6", "13.5", "13.4", "13.5", "13.6", "13.9")),
        (range(10, 18), ("14.2", "14.6", "15", "15.5", "16", "16.5", "17", "17.4")),
    )
    for age, text in zip(ages, texts, strict=True)
}
# Weight in kg and height in cm of an ordinary boy and an ordinary girl of each age: about the
# medians of growth charts, in whole numbers.
ORDINARY = {
    2: ((13, 87), (12, 85)),
    3: ((14, 95), (14, 94)),
    4: ((16, 102), (16, 101)),
    5: ((18, 109), (18, 108)),
    6: ((21, 115), (20, 115)),
    7: ((23, 122), (23, 121)),
    8: ((26, 128), (26, 128)),
    9: ((29, 134), (29, 133)),
    10: ((32, 139), (33, 138)),
    11: ((36, 143), (37, 144)),
    12: ((41, 149), (42, 151)),
    13: ((46, 156), (46, 157)),
    14: ((51, 164), (49, 160)),
    15: ((56, 170), (52, 162)),
    16: ((61, 173), (54, 162)),
    17: ((65, 175), (55, 163)),
}
BOTH, WEIGHT = ("height_cm", "weight_kg"), ("weight_kg",)


def by_area(library: Library, **changes: Any) -> tuple[str, ...]:
    """What waits for a dose by an area that is calculated from weight and height."""
    return found(library, **{**GRAFT, **changes}).unconfirmed


def by_weight(library: Library, **changes: Any) -> tuple[str, ...]:
    return found(library, **changes).unconfirmed


@pytest.mark.parametrize("age", BOUNDS)
def test_the_body_mass_index_has_bounds_at_every_age(library: Library, age: int) -> None:
    """At 100 cm the index is the weight in kg; for an area both measurements wait."""
    low, high = map(Decimal, BOUNDS[age][:2])
    for weight, waits in ((low, False), (low - STEP, True), (high, False), (high + STEP, True)):
        size = {"age_years": age, "height_cm": "100", "weight_kg": f"{weight:f}"}
        assert by_area(library, **size) == (BOTH if waits else ()), weight
        assert by_weight(library, **size) == (WEIGHT if waits else ()), weight


@pytest.mark.parametrize("age", BOUNDS)
def test_the_weight_alone_has_bounds_at_every_age(library: Library, age: int) -> None:
    low, high = map(Decimal, BOUNDS[age][2:])
    for weight, waits in ((low, False), (low - STEP, True), (high, False), (high + STEP, True)):
        size = {"age_years": age, "weight_kg": f"{weight:f}"}
        assert by_weight(library, **size) == (WEIGHT if waits else ()), weight
        assert by_area(library, **size) == (WEIGHT if waits else ()), weight


@pytest.mark.parametrize("age", BMI_5TH)
@pytest.mark.parametrize("height", range(75, 196, 5))
def test_pounds_for_kilograms_at_the_true_height_wait_at_every_age(
    library: Library, age: int, height: int
) -> None:
    """Even of a child as slender as the 5th percentile; the scale shows tenths of a pound."""
    kg = Decimal(BMI_5TH[age]) * height * height / 10_000
    pounds = (kg / POUND).quantize(Decimal("0.1"), ROUND_DOWN)
    size = {"age_years": age, "height_cm": str(height), "weight_kg": str(pounds)}
    assert by_area(library, **size) == BOTH
    assert by_weight(library, **size) == WEIGHT


@pytest.mark.parametrize(
    ("age", "height", "pounds"), [(8, "128", "60"), (9, "130", "62"), (17, "175", "118")]
)
def test_the_pounds_of_a_child_wait(library: Library, age: int, height: str, pounds: str) -> None:
    size = {"age_years": age, "height_cm": height, "weight_kg": pounds}
    assert by_area(library, **size) == BOTH


@pytest.mark.parametrize("age", ORDINARY)
def test_no_ordinary_child_waits(library: Library, age: int) -> None:
    for weight, height in ORDINARY[age]:
        size = {"age_years": age, "weight_kg": str(weight)}
        assert by_weight(library, **size) == ()
        assert by_weight(library, **size, height_cm=str(height)) == ()
        assert by_area(library, **size, height_cm=str(height)) == ()


@pytest.mark.parametrize(("age", "waits"), [(1, ()), (2, BOTH), (17, BOTH), (18, ()), (None, ())])
def test_the_ages_of_childhood_are_2_to_17(
    library: Library, age: int | None, waits: tuple[str, ...]
) -> None:
    """An index of 39 at 150 cm and 87.75 kg is an adult's; 16 kg at 60 cm is an infant's 44."""
    size = {"height_cm": "150", "weight_kg": "87.75"}
    if age == 1:
        size = {"height_cm": "60", "weight_kg": "16"}
    assert by_area(library, age_years=age, **size) == waits
