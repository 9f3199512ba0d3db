"""The bounds of entries on the help page are those of the program.

They are the same under every policy.
"""

import re
from decimal import ROUND_FLOOR, Decimal

import pytest

from app.files.json_forms import case_schema
from app.library import Library
from app.model.case_values import BSA, HEIGHT, WEIGHT
from app.model.formatting import (
    decimal_in_words,
)
from app.model.quantities import POUNDS
from tests.policies.help_page import FLOWING, table
from tests.policies.versions import the_two


@pytest.fixture(scope="module")
def library() -> Library:
    """The two versions that the page is about."""
    return the_two()


def test_the_bounds_of_the_entries_are_those_of_a_case(library: Library) -> None:
    age = case_schema()["properties"]["age_years"]["anyOf"][0]
    label = library.catalog.label
    assert {name: (Decimal(low), Decimal(high)) for name, low, high in table("Entry")} == {
        label("age_years"): (age["minimum"], age["maximum"]),
        label("weight_kg"): (WEIGHT.low, WEIGHT.high),
        label("height_cm"): (HEIGHT.low, HEIGHT.high),
        label("bsa_m2"): (BSA.low, BSA.high),
    }


def test_the_unusual_measurements_are_those_of_the_checks(library: Library) -> None:
    usual = library.reference_data.checks.plausibility
    ranges = [usual.adult_bmi, usual.adult_weight_kg, *usual.infant_weight_kg, usual.bsa_m2]
    rows = table("What is looked at")
    assert [(Decimal(row[1]), Decimal(row[2])) for row in rows] == [
        (one.low, one.high) for one in ranges
    ]
    assert all(str(usual.adult_from_years) in row[0] for row in rows[:2])
    for words in (
        f"area more than {usual.bsa_may_differ_percent}% away",
        f"height below {usual.adult_height_cm} cm without an age waits",
        f"A weight more than {usual.weight_may_differ_percent}% away",
        f"From {usual.weight_changed_percent}% on a note says so",
    ):
        assert words in FLOWING
    assert usual.small_dose_percent == 10
    assert "A requested dose of at most a tenth of the known limit waits" in FLOWING


@pytest.mark.parametrize("row", table("Age"), ids=lambda row: row[0])
def test_the_bounds_of_a_child_are_those_of_the_checks(library: Library, row: list[str]) -> None:
    usual, age = library.reference_data.checks.plausibility, int(row[0])
    index, weight = usual.child_bmi(age), usual.child_weight_kg(age)
    bounds = [index.low, index.high, weight.low, weight.high]
    assert row[1:] == [decimal_in_words(one) for one in bounds]


def test_every_age_of_a_child_is_on_the_page(library: Library) -> None:
    usual = library.reference_data.checks.plausibility
    ages = range(usual.child_from_years, usual.adult_from_years)
    assert [int(row[0]) for row in table("Age")] == list(ages)
    index, weight = usual.child_bmi_percent, usual.child_weight_percent
    assert (
        f"{index.of_5th}% of the 5th and {index.of_95th}% of the 95th percentile of body mass "
        f"index, or without a height {weight.of_5th}% and {weight.of_95th}% of those of weight"
    ) in FLOWING


def test_what_no_bound_can_tell_is_worked_out_right(library: Library) -> None:
    """Pounds are 2.2046 times the kilograms: of an index of 18.1 they make one of 39.9."""
    usual = library.reference_data.checks.plausibility
    index = re.search(r"true index up to ([0-9.]+)", FLOWING)
    weight = re.search(r"adults of up to ([0-9.]+) kg without a height", FLOWING)
    assert index is not None
    assert weight is not None
    for told, most in ((index[1], usual.adult_bmi.high), (weight[1], usual.adult_weight_kg.high)):
        assert Decimal(told) == (most * POUNDS.factor).quantize(Decimal("0.1"), ROUND_FLOOR)


def test_the_body_mass_index_of_pounds_is_worked_out_right() -> None:
    found = re.search(r"([0-9.]+) at ([0-9.]+) cm is a body mass index of ([0-9]+\.[0-9])", FLOWING)
    assert found is not None
    weight, height, index = (Decimal(one) for one in found.groups())
    assert round(weight / (height / 100) ** 2, 1) == index
