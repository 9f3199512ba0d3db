"""Body surface area agrees with values that others published for the same five formulas."""

from decimal import Decimal, localcontext
from fractions import Fraction
from math import isqrt
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from app.engine.bsa import body_surface_area_m2, times_area
from app.model.case import BsaFormula

PUBLISHED: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent / "published_bsa.yaml").read_text("utf-8")
)
VALUES = [
    (one["source"], formula, height, weight, value)
    for one in PUBLISHED
    for formula, height, weight, value in one["values"]
]


@pytest.mark.parametrize(("source", "formula", "height", "weight", "published"), VALUES)
def test_the_area_agrees_with_a_published_value(
    source: str, formula: BsaFormula, height: str, weight: str, published: str
) -> None:
    area = body_surface_area_m2(formula, Decimal(height), Decimal(weight))
    digits = len(published.partition(".")[2])
    # Values with 11 or more decimals come from binary floating point: their last digits differ.
    tolerance = Decimal("1e-10") if digits > 10 else Decimal(5).scaleb(-digits - 1)
    assert abs(area - Decimal(published)) <= tolerance, source


def test_every_formula_has_at_least_four_published_values() -> None:
    counts = [sum(value[1] == formula for value in VALUES) for formula in get_args(BsaFormula)]
    assert min(counts) >= 4


def test_an_exact_square_gives_an_exact_area() -> None:
    assert body_surface_area_m2("mosteller", Decimal(200), Decimal(72)) == 2


def test_the_area_has_50_right_digits() -> None:
    area = body_surface_area_m2("mosteller", Decimal(171), Decimal(73))
    with localcontext(prec=80):
        exact = Decimal(isqrt(171 * 73 * 10**140)).scaleb(-70) / 60  # by whole numbers only
        assert abs(area - exact) < Decimal("1e-48")


@pytest.mark.parametrize("formula", get_args(BsaFormula))
def test_every_formula_is_computed_with_50_digits(formula: BsaFormula) -> None:
    area = body_surface_area_m2(formula, Decimal(171), Decimal(73))
    assert len(area.as_tuple().digits) == 50


@pytest.mark.parametrize(
    ("rate_iu", "side", "exact_iu"),
    [
        (1_200_000, "25.05865", 501_173),  # 25.05865 / 60 does not end, 1,200,000 times it does
        (3_000_000, "70.01", 3_500_500),
        (1_000_000, "120", 2_000_000),
    ],
)
def test_a_whole_product_is_whole_where_the_area_by_mosteller_does_not_end(
    rate_iu: int, side: str, exact_iu: int
) -> None:
    """Of as many kilograms as centimeters, the root is the number itself: no digit is lost."""
    number = Decimal(side)
    assert Fraction(number) * rate_iu / 60 == exact_iu
    area = body_surface_area_m2("mosteller", number, number)
    assert times_area(Decimal(rate_iu), area, "mosteller", number, number) == exact_iu
