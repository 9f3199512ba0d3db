"""The requested dose in vial, syringe and bag: figures worked out by hand from the label."""

from fractions import Fraction
from math import ceil, floor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library import Library
from app.model.treatment import Preparation
from tests.cases import BIRCH, case, determine

HEAVY = "650"  # kg; the limit is 260 million, so that every dose below is within it


def found(library: Library, dose_iu: int | None, **changes: Any) -> Preparation | None:
    requested = {"dose_iu": dose_iu, **changes.pop("requested", {})}
    data = case(**{"weight_kg": HEAVY, **changes, "requested": requested})
    return determine(library, data).preparation


def prepared(library: Library, dose_iu: int, **changes: Any) -> Preparation:
    one = found(library, dose_iu, **changes)
    assert one is not None
    return one


def warned(library: Library, dose_iu: int) -> list[str]:
    return [one.id for one in prepared(library, dose_iu).warnings]


def test_an_ordinary_dose_is_prepared_as_the_label_says(library: Library) -> None:
    """42.3 million: 2.35 mL, 2 vials, 50 mL; 2.35 mL × 1.1 mg / 50 mL = 0.0517 mg/mL."""
    one = prepared(library, 42_300_000, weight_kg="105.75")
    assert (one.dose_iu, one.volume_ml, one.volume_holds_iu) == (42_300_000, "2.35", 42_300_000)
    assert (one.vials_by_content, one.vials_by_volume, one.vials) == (2, 2, 2)
    assert (one.left_over_by_content_iu, one.left_over_by_volume_ml) == (1_700_000, "0.05")
    assert (one.bag_ml, one.concentration_mg_per_ml) == (50, "0.0517")
    assert (one.infusion_minutes, one.storage_hours, one.warnings) == (15, 48, ())
    assert (
        one.label
        == "Proleukin prescribing information (Iovance, SPL f3c516ad, version 7, December 20, 2024)"
    )


@pytest.mark.parametrize(
    ("dose_iu", "volume_ml", "holds_iu"),
    [
        (18_000_000, "1", 18_000_000),
        (17_999_999, "0.99", 17_820_000),
        (18_179_999, "1", 18_000_000),
        (18_180_000, "1.01", 18_180_000),
        (42_074_074, "2.33", 41_940_000),
        (45_000_000, "2.5", 45_000_000),
        (180_000, "0.01", 180_000),
        (179_999, "0", 0),
        (1, "0", 0),
    ],
)
def test_the_volume_is_rounded_down_to_a_hundredth_of_a_milliliter(
    library: Library, dose_iu: int, volume_ml: str, holds_iu: int
) -> None:
    one = prepared(library, dose_iu)
    assert (one.volume_ml, one.volume_holds_iu) == (volume_ml, holds_iu)
    assert ("volume_too_small" in warned(library, dose_iu)) is (holds_iu == 0)


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
    ("dose_iu", "outside"),
    [
        # 0.03 mg/mL × 25 mL × 18 million / 1.1 mg is 12,272,727.3 International Units.
        (12_272_727, True),
        (12_272_728, False),
        (25_400_000, False),
        (25_400_001, False),
        # 0.07 mg/mL × 50 mL is 57,272,727.3.
        (57_272_727, False),
        (57_272_728, True),
        (57_300_000, True),
        (60_000_000, True),
        (60_000_001, False),
        # 0.07 mg/mL × 100 mL is 114,545,454.5.
        (114_545_454, False),
        (114_545_455, True),
    ],
)
def test_a_concentration_outside_the_range_is_warned_of(
    library: Library, dose_iu: int, outside: bool
) -> None:
    assert warned(library, dose_iu) == (["concentration_outside_range"] if outside else [])


def test_a_warning_tells_bag_concentration_and_range(library: Library) -> None:
    [one] = prepared(library, 60_000_000).warnings
    assert one.text.startswith(
        "In 50 mL the dose comes to about 0.0733 mg/mL, "
        "outside the label's range from 0.03 mg/mL to 0.07 mg/mL."
    )
    assert one.citation == (
        "Proleukin prescribing information "
        "(Iovance, SPL f3c516ad, version 7, December 20, 2024): Dosage and Administration"
    )
    assert one.check_current_label


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
    assert "less than 0.0001 mg/mL" in thin.text
    assert one.concentration_mg_per_ml == "0"


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
        "infusion": False,
        "storage": True,
    }


@pytest.mark.parametrize(
    ("dose_iu", "changes"),
    [
        (None, {"requested": {"doses_per_day": 2}}),
        (None, {}),
        (28_200_001, {"weight_kg": "70.5"}),
        (28_200_000, {"weight_kg": "70.5", "requested": {"doses_per_day": 3}}),
        (28_200_000, {"weight_kg": None}),
        (2_500_000, {"route": "intralesional"}),
        (1_000_000, {"route": "subcutaneous"}),
        (
            1_000_000,
            {
                "route": "subcutaneous",
                "indication": "graft_versus_host_disease",
                "bsa_m2": "1.7",
            },
        ),
        (1_000_000, {"indication": "graft_versus_host_disease"}),
        (1_000_000, {"indication": "other"}),
    ],
)
def test_there_is_none_unless_an_intravenous_dose_is_within_the_limits(
    library: Library, dose_iu: int | None, changes: dict[str, Any]
) -> None:
    assert found(library, dose_iu, **changes) is None


def test_eligibility_and_payer_change_no_preparation(library: Library) -> None:
    plain = found(library, 42_300_000)
    assert plain == found(library, 42_300_000, age_years=17)
    assert plain == found(library, 42_300_000, policy=BIRCH)
    assert plain == found(library, 42_300_000, regimen="til")


@given(dose_iu=st.integers(1, 260_000_000))
def test_what_is_drawn_up_never_passes_the_dose_and_the_vials_hold_it(
    library: Library, dose_iu: int
) -> None:
    one = prepared(library, dose_iu)
    exact_ml = Fraction(dose_iu, 18_000_000)
    volume_ml = Fraction(one.volume_ml)
    assert volume_ml * 100 == floor(exact_ml * 100)
    assert one.volume_holds_iu == volume_ml * 18_000_000 <= dose_iu
    assert one.vials_by_content == ceil(Fraction(dose_iu, 22_000_000))
    assert one.vials_by_volume == ceil(exact_ml / Fraction("1.2"))
    assert one.vials == max(one.vials_by_content, one.vials_by_volume)
    assert Fraction(one.left_over_by_volume_ml) == one.vials * Fraction("1.2") - volume_ml >= 0
    assert one.left_over_by_content_iu == one.vials * 22_000_000 - one.volume_holds_iu >= 0
    exact_mg_per_ml = exact_ml * Fraction("1.1") / one.bag_ml
    assert 0 <= exact_mg_per_ml - Fraction(one.concentration_mg_per_ml) < Fraction(1, 10**6)
    outside = not Fraction("0.03") <= exact_mg_per_ml <= Fraction("0.07")
    assert ("concentration_outside_range" in {w.id for w in one.warnings}) is outside
