"""The requested dose in vial, syringe and bag: figures worked out by hand from the label.

A dose of 18,000,000 International Units is 1 mL and 1.1 mg.
"""

from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library import Library
from app.model.supply import Preparation
from tests.cases import case, determine

HEAVY = "650"  # kg; the limit is 260 million, so that every dose below is within it
LABEL = "Proleukin prescribing information (Iovance, SPL f3c516ad, version 7, December 20, 2024)"


def found(library: Library, dose_iu: int | None, **changes: Any) -> Preparation | None:
    """The preparation of a dose; whatever is unusual about weight and dose is confirmed."""
    requested = {"dose_iu": dose_iu, **changes.pop("requested", {})}
    data = case(**{"weight_kg": HEAVY, **changes, "requested": requested})
    confirmed = {"weight_kg": data["weight_kg"], "requested.dose_iu": dose_iu}
    return determine(library, {"confirmed": confirmed, **data}).preparation


def prepared(library: Library, dose_iu: int, **changes: Any) -> Preparation:
    one = found(library, dose_iu, **changes)
    assert one is not None
    return one


def warned(library: Library, dose_iu: int) -> list[str]:
    return [one.id for one in prepared(library, dose_iu).warnings]


def test_an_ordinary_dose_is_prepared_as_the_label_says(library: Library) -> None:
    """42.3 million: 2.35 mL, 2 vials, 50 mL; 2.585 mg in 50 mL, and in 52.35 mL."""
    one = prepared(library, 42_300_000, weight_kg="105.75")
    assert (one.dose_iu, one.approved_outside_policy) == (42_300_000, False)
    assert (one.volume_ml, one.volume_holds_iu) == ("2.35", 42_300_000)
    assert (one.syringe_volume_ml, one.syringe_holds_iu) == ("2.30", 41_400_000)
    assert (one.vials_by_content, one.vials_by_volume, one.vials) == (2, 2, 2)
    assert (one.left_over_ml, one.left_over_iu) == ("0.05", 900_000)
    assert (one.bag_ml, one.concentration_mg_per_ml) == (50, "0.0517")
    assert one.concentration_with_drug_mg_per_ml == "0.0493"
    assert one.concentration_outside_label is False
    assert (one.infusion_minutes, one.storage_hours, one.warnings) == (15, 48, ())
    assert one.label == LABEL


@pytest.mark.parametrize(
    ("dose_iu", "drawn", "syringe"),
    [
        # Up to 1 mL a syringe has marks of 0.01 mL, above that of 0.1 mL.
        (18_000_000, ("1.00", 18_000_000), ("1.00", 18_000_000)),
        (17_999_999, ("0.99", 17_820_000), ("0.99", 17_820_000)),
        (18_179_999, ("1.00", 18_000_000), ("1.00", 18_000_000)),
        (18_180_000, ("1.01", 18_180_000), ("1.00", 18_000_000)),
        (19_799_999, ("1.09", 19_620_000), ("1.00", 18_000_000)),
        (19_800_000, ("1.10", 19_800_000), ("1.10", 19_800_000)),
        (42_074_074, ("2.33", 41_940_000), ("2.30", 41_400_000)),
        (45_000_000, ("2.50", 45_000_000), ("2.50", 45_000_000)),
        (180_000, ("0.01", 180_000), ("0.01", 180_000)),
        (179_999, ("0.00", 0), ("0.00", 0)),
        (1, ("0.00", 0), ("0.00", 0)),
    ],
)
def test_the_volume_is_rounded_down_to_a_mark(
    library: Library, dose_iu: int, drawn: tuple[str, int], syringe: tuple[str, int]
) -> None:
    one = prepared(library, dose_iu)
    assert (one.volume_ml, one.volume_holds_iu) == drawn
    assert (one.syringe_volume_ml, one.syringe_holds_iu) == syringe
    assert ("volume_too_small" in warned(library, dose_iu)) is (drawn[1] == 0)


@pytest.mark.parametrize(
    ("dose_iu", "is_far"),
    [
        # 1.1 mL hold 19.8 million: 95% of 20,842,105.26.
        (20_842_105, False),
        (20_842_106, True),
        (21_599_999, True),  # 1.19 mL, in the syringe 1.1
        (21_600_000, False),
        (18_000_001, False),
        (18_947_368, False),  # 1.05 mL, in the syringe 1: 95% of 18,947,368.4
        (18_947_369, True),
        # 0.01 mL hold 180,000: less than 95% of it, but up to 1 mL the marks are fine already.
        (189_474, False),
    ],
)
def test_a_syringe_that_holds_more_than_a_twentieth_less_is_warned_of(
    library: Library, dose_iu: int, is_far: bool
) -> None:
    assert ("syringe_far_below" in warned(library, dose_iu)) is is_far


def test_the_warning_about_the_syringe_offers_finer_marks(library: Library) -> None:
    [one] = [
        each for each in prepared(library, 21_500_000).warnings if each.id == "syringe_far_below"
    ]
    assert one.text == (
        "A syringe marked in 0.1 mL holds more than 5% less than the ordered dose. Use marks of "
        "0.01 mL, or two syringes."
    )
    assert (one.citation, one.check_current_label) == ("Aldesk input checks", False)


@pytest.mark.parametrize(
    ("weight_kg", "dose_iu", "by_content", "by_volume"),
    [
        # At 400,000 International Units/kg; the counts differ only within the label's gaps.
        ("54", 21_600_000, 1, 1),
        ("54.15", 21_660_000, 1, 2),
        ("54.9", 21_960_000, 1, 2),
        ("55.05", 22_020_000, 2, 2),
        ("108", 43_200_000, 2, 2),
        ("108.15", 43_260_000, 2, 3),
        ("109.95", 43_980_000, 2, 3),
        ("110.1", 44_040_000, 3, 3),
        ("162", 64_800_000, 3, 3),
        ("162.15", 64_860_000, 3, 4),
        ("165", 66_000_000, 3, 4),
        ("165.15", 66_060_000, 4, 4),
        ("216.15", 86_460_000, 4, 5),
        ("219.9", 87_960_000, 4, 5),
        ("220.05", 88_020_000, 5, 5),
        ("270.15", 108_060_000, 5, 6),
        ("274.95", 109_980_000, 5, 6),
        ("275.1", 110_040_000, 6, 6),
    ],
)
def test_vials_are_counted_by_content_and_by_volume(
    library: Library, weight_kg: str, dose_iu: int, by_content: int, by_volume: int
) -> None:
    one = prepared(library, dose_iu, weight_kg=weight_kg)
    assert (one.vials_by_content, one.vials_by_volume) == (by_content, by_volume)
    assert one.vials == by_volume


@pytest.mark.parametrize(
    ("dose_iu", "by_content", "by_volume"),
    [(22_000_000, 1, 2), (22_000_001, 2, 2), (21_600_000, 1, 1), (21_600_001, 1, 2), (1, 1, 1)],
)
def test_one_unit_more_than_a_vial_takes_another(
    library: Library, dose_iu: int, by_content: int, by_volume: int
) -> None:
    one = prepared(library, dose_iu)
    assert (one.vials_by_content, one.vials_by_volume) == (by_content, by_volume)


@pytest.mark.parametrize(
    ("dose_iu", "bag_ml"),
    [
        (1, 25),
        (25_400_000, 25),
        (25_400_001, 50),
        (60_000_000, 50),
        (60_000_001, 100),
        (260_000_000, 100),
    ],
)
def test_the_bag_is_chosen_by_international_units(
    library: Library, dose_iu: int, bag_ml: int
) -> None:
    assert prepared(library, dose_iu).bag_ml == bag_ml


@pytest.mark.parametrize(
    ("dose_iu", "is_outside"),
    [
        # Below: 0.03 mg/mL × 25 mL × 18 million / 1.1 mg is 12,272,727.3 International Units.
        (12_272_727, True),
        (12_272_728, False),
        (25_400_000, False),
        (25_400_001, False),
        # Above 0.07 in 50 mL alone, but with the drawn volume 0.06875 at most.
        (57_272_728, False),
        (60_000_000, False),
        (60_000_001, False),
        # 6.79 mL and 100 mL: 0.07 × 106.79 mL × 18 million / 1.1 mg is 122,323,090.9.
        (122_323_090, False),
        (122_323_091, True),
        (122_400_000, True),  # 6.8 mL: 7.48 mg in 106.8 mL are 0.07004
    ],
)
def test_a_concentration_is_outside_only_where_both_reckonings_are(
    library: Library, dose_iu: int, is_outside: bool
) -> None:
    one = prepared(library, dose_iu)
    assert one.concentration_outside_label is is_outside
    assert ("concentration_outside_range" in {each.id for each in one.warnings}) is is_outside


@pytest.mark.parametrize(
    ("dose_iu", "alone", "with_drug"),
    [
        (40_000_000, "0.0488", "0.0468"),  # 2.4444 mg: 0.04888 in 50 mL, 0.04681 in 52.22 mL
        (12_000_000, "0.0293", "0.0285"),  # 0.7333 mg: 0.02933 in 25 mL, 0.02858 in 25.66 mL
        (60_000_000, "0.0733", "0.0687"),  # 3.6667 mg: 0.07333 in 50 mL, 0.06875 in 53.33 mL
        (22_500_000, "0.0550", "0.0523"),  # 1.375 mg: 0.055 in 25 mL, 0.05238 in 26.25 mL
        (1, "0.0000", "0.0000"),
    ],
)
def test_concentrations_are_cut_after_four_decimals(
    library: Library, dose_iu: int, alone: str, with_drug: str
) -> None:
    one = prepared(library, dose_iu)
    assert one.concentration_mg_per_ml == alone
    assert one.concentration_with_drug_mg_per_ml == with_drug


def test_a_warning_tells_bag_both_concentrations_and_range(library: Library) -> None:
    """180 million: 10 mL and 11 mg, 0.11 in 100 mL and exactly 0.1 in 110 mL."""
    [one] = prepared(library, 180_000_000).warnings
    assert one.text == (
        "In 100 mL the dose comes to 0.11 mg/mL, with the drawn volume added to 0.1 mg/mL: both "
        "outside the label's range from 0.03 mg/mL to 0.07 mg/mL. Settle the volume with the "
        "current label before preparing."
    )
    assert one.citation == f"{LABEL}: Dosage and Administration"
    assert one.check_current_label
    [cut] = prepared(library, 12_000_000).warnings
    assert "to about 0.0293 mg/mL, with the drawn volume added to about 0.0285 mg/mL" in cut.text


def test_a_dose_too_small_to_draw_up_is_told_and_not_guessed(library: Library) -> None:
    one = prepared(library, 1)
    small, thin = one.warnings
    assert (small.id, thin.id) == ("volume_too_small", "concentration_outside_range")
    assert small.citation == "Aldesk input checks"
    assert small.text == (
        "The volume comes to less than 0.01 mL: as it stands, this dose cannot be drawn up. Settle "
        "the preparation before going on."
    )
    assert small.check_current_label is False
    assert "comes to less than 0.0001 mg/mL" in thin.text


def test_every_advice_is_the_labels_own_text_with_its_place(library: Library) -> None:
    facts = library.reference_data.label.preparation
    for one in prepared(library, 1).advice:
        fact = getattr(facts, one.id)
        assert (one.text, one.citation) == (
            fact.text,
            library.reference_data.label.cite(fact.citation),
        )


def test_what_one_source_alone_has_asks_for_the_current_label(library: Library) -> None:
    marks = {one.id: one.check_current_label for one in prepared(library, 1).advice}
    assert marks == {
        "vial": False,
        "solution": False,
        "dilution": True,
        "handling": True,
        "infusion": False,
        "storage": True,
        "billing": False,
    }


@given(dose_iu=st.integers(1, 260_000_000))
def test_what_is_drawn_up_never_passes_the_dose_and_the_vials_hold_it(
    library: Library, dose_iu: int
) -> None:
    one = prepared(library, dose_iu)
    exact_ml = Fraction(dose_iu, 18_000_000)
    volume_ml, syringe_ml = Fraction(one.volume_ml), Fraction(one.syringe_volume_ml)
    assert volume_ml * 100 == floor(exact_ml * 100)
    assert syringe_ml == (Fraction(floor(volume_ml * 10), 10) if volume_ml > 1 else volume_ml)
    assert one.volume_holds_iu == volume_ml * 18_000_000 <= dose_iu
    assert one.syringe_holds_iu == syringe_ml * 18_000_000 <= one.volume_holds_iu
    assert one.vials_by_content == ceil(Fraction(dose_iu, 22_000_000))
    assert one.vials_by_volume == ceil(exact_ml / Fraction("1.2"))
    assert one.vials == max(one.vials_by_content, one.vials_by_volume)
    assert Fraction(one.left_over_ml) == one.vials_by_volume * Fraction("1.2") - volume_ml >= 0
    assert one.left_over_iu == one.vials_by_volume * 21_600_000 - one.volume_holds_iu >= 0
    outside = []
    for volume, told in (
        (Fraction(one.bag_ml), one.concentration_mg_per_ml),
        (one.bag_ml + volume_ml, one.concentration_with_drug_mg_per_ml),
    ):
        exact = exact_ml * Fraction("1.1") / volume
        assert 0 <= exact - Fraction(told) < Fraction(1, 10_000)
        outside.append(not Fraction("0.03") <= exact <= Fraction("0.07"))
    assert one.concentration_outside_label is all(outside)
