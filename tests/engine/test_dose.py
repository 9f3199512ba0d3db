"""Dose limits: exact products, cut once, never above the policy's own product."""

from decimal import ROUND_FLOOR, ROUND_UP, Context, Decimal, localcontext
from fractions import Fraction
from math import isqrt
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.dose import round_down
from app.library import Library
from app.model.determination import DoseLimit
from tests.cases import ALDER, BIRCH, case, determine

GVHD = {"indication": "graft_versus_host_disease", "route": "subcutaneous", "facts": None}
decimals = st.decimals("0.5", "650", places=6).map(lambda number: f"{number:f}")
heights = st.decimals("25", "275", places=6).map(lambda number: f"{number:f}")


def limit(library: Library, **changes: object) -> DoseLimit:
    """The limit of a case in which every measurement was checked, however unusual it is."""
    data = case(**changes)
    confirmed = {key: data.get(key) for key in ("weight_kg", "height_cm", "bsa_m2")}
    found = determine(library, {**data, "confirmed": confirmed}).dose_limit
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("weight", "dose"),
    [
        ("70.5", 28_200_000),
        ("82.35", 32_940_000),
        ("70.256", 28_102_400),
        ("70.123457", 28_049_382),  # 28,049,382.8
        ("0.5", 200_000),
        ("650", 260_000_000),
        ("70.000001", 28_000_000),  # 28,000,000.4
        ("70.000002", 28_000_000),  # 28,000,000.8
        ("70.000003", 28_000_001),  # 28,000,001.2
    ],
)
def test_the_limit_is_the_product_cut_to_whole_units(
    library: Library, weight: str, dose: int
) -> None:
    assert limit(library, weight_kg=weight).max_dose_iu == dose


@given(weight=decimals)
def test_the_limit_is_never_above_the_product_and_less_than_one_unit_below(
    library: Library, weight: str
) -> None:
    found = limit(library, weight_kg=weight).max_dose_iu
    product = Fraction(weight) * 400_000
    assert found is not None
    assert found <= product < found + 1


@given(weight=decimals, height=heights)
def test_a_mosteller_limit_equals_the_whole_number_root(
    library: Library, weight: str, height: str
) -> None:
    square = Fraction(weight) * Fraction(height) / 3600 * 1_500_000**2
    found = limit(library, **GVHD, weight_kg=weight, height_cm=height).max_dose_iu
    assert found == isqrt(int(square))


def test_an_entered_area_wins_over_a_calculated_one(library: Library) -> None:
    found = limit(library, **GVHD, weight_kg="28.4", height_cm="131", bsa_m2="1.73")
    assert (found.max_dose_iu, found.bsa_m2, found.bsa_formula) == (2_595_000, "1.73", None)


def test_the_formula_travels_with_the_result(library: Library) -> None:
    found = limit(library, **GVHD, weight_kg="28.4", height_cm="131", bsa_formula="du_bois")
    assert found.bsa_formula == "du_bois"
    assert "Du Bois" in found.basis


def test_a_calculated_area_is_given_with_30_digits(library: Library) -> None:
    found = limit(library, **GVHD, weight_kg="73", height_cm="171")
    assert found.bsa_m2 is not None
    assert len(found.bsa_m2) == len("1.") + 29
    assert abs(Fraction(found.bsa_m2) * 10**30 - isqrt(171 * 73 * 10**60 // 3600)) <= 10


@pytest.mark.parametrize(
    ("known", "missing"),
    [
        ({"weight_kg": None}, ("bsa_m2", "height_cm", "weight_kg")),
        ({"weight_kg": "28.4"}, ("bsa_m2", "height_cm")),
        ({"weight_kg": None, "height_cm": "131"}, ("bsa_m2", "weight_kg")),
        ({"weight_kg": None, "bsa_m2": "1.1"}, ()),
    ],
)
def test_missing_measurements_are_named(
    library: Library, known: dict[str, str], missing: tuple[str, ...]
) -> None:
    found = limit(library, **GVHD, **known)
    assert found.missing == missing
    assert (found.max_dose_iu is None) == bool(missing)


def test_a_missing_weight_leaves_the_limit_unknown(library: Library) -> None:
    found = limit(library, weight_kg=None)
    assert (found.max_dose_iu, found.missing) == (None, ("weight_kg",))
    assert found.basis == "400,000 International Units/kg × weight, which is not known yet"


def test_the_lesion_limit_needs_no_measurement(library: Library) -> None:
    found = limit(library, route="intralesional", weight_kg=None)
    assert (found.max_dose_iu, found.per, found.missing) == (2_500_000, "lesion", ())
    assert (found.max_doses_per_week, found.max_doses_per_day) == (2, None)


@pytest.mark.parametrize(
    ("indication", "route"),
    [
        ("other", "intravenous"),
        ("cutaneous_melanoma", "subcutaneous"),
        ("renal_cell_carcinoma", "intralesional"),
        ("graft_versus_host_disease", "intravenous"),
    ],
)
def test_no_limit_is_shown_where_none_is_documented(
    library: Library, indication: str, route: str
) -> None:
    for policy in (ALDER, BIRCH):
        found = determine(library, case(policy=policy, indication=indication, route=route))
        assert found.dose_limit is None
        assert found.request_check.status == "no_regimen"


def test_the_basis_shows_the_numbers_in_words(library: Library) -> None:
    assert limit(library).basis == (
        "400,000 International Units/kg × 70.5 kg = 28,200,000 International Units (28.2 million)"
    )
    assert limit(library, weight_kg="70.123457").basis == (
        "400,000 International Units/kg × 70.123457 kg, rounded down to "
        "28,049,382 International Units (about 28.049 million)"
    )


@pytest.mark.parametrize(
    ("changes", "basis"),
    [
        ({"route": "intralesional"}, "2,500,000 International Units to each lesion"),
        (
            {**GVHD, "bsa_m2": "1.73"},
            (
                "1,500,000 International Units/m² × 1.73 m² (entered) = "
                "2,595,000 International Units (2.595 million)"
            ),
        ),
        (  # 180 cm × 80 kg / 3600 = 4, and its root is 2.
            {**GVHD, "height_cm": "180", "weight_kg": "80"},
            (
                "1,500,000 International Units/m² × 2 m² (Mosteller, 180 cm and 80 kg, used "
                "unrounded) = 3,000,000 International Units (3 million)"
            ),
        ),
        (
            {**GVHD, "weight_kg": "80"},
            "1,500,000 International Units/m² × body surface area, which is not known yet",
        ),
    ],
)
def test_the_basis_says_what_is_multiplied(
    library: Library, changes: dict[str, Any], basis: str
) -> None:
    assert limit(library, **changes).basis == basis


def test_a_known_weight_leaves_nothing_missing(library: Library) -> None:
    found = limit(library)
    assert (found.missing, found.per, found.bsa_m2) == ((), "dose", None)
    assert found.also_stated_as == "0.025 mg/kg"
    assert limit(library, **GVHD, bsa_m2="1.73").per == "dose"


def test_the_ambient_decimal_context_has_no_effect(library: Library) -> None:
    weight, area = {"weight_kg": "70.123457"}, {**GVHD, "weight_kg": "70", "height_cm": "170"}
    before = limit(library, **area)
    course = {"first_dose_at": "2026-11-23T08:00"}
    prepared = case(requested={"dose_iu": 27_123_457}, height_cm="171.5", course=course)
    plain = determine(library, prepared)
    with localcontext(Context(prec=3, rounding=ROUND_UP)):
        assert limit(library, **weight).max_dose_iu == 28_049_382
        assert limit(library, **area) == before
        assert determine(library, prepared) == plain


@given(st.decimals("0", "1e9", places=9))
def test_rounding_down_is_the_floor(exact: Decimal) -> None:
    assert round_down(exact) == int(exact.quantize(Decimal(1), ROUND_FLOOR))
