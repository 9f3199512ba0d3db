"""The second computation of preparations and vials, against sums by hand.

Volumes and vials were worked out with pencil and paper from the label's facts.
"""

from typing import Any

import pytest

from tests.policies.independent.basics import CIGNA, GVHD, IL, IV, MELANOMA, RENAL, SC, Case
from tests.policies.independent.evaluator import determine
from tests.policies.independent.preparation import measurable, prepared, whole_vials

ANSWERS = {"metastatic_disease": True, "single_agent": True}
FACTS = ANSWERS | {"prior_systemic_therapy": True, "prescriber_specialties": ["oncologist"]}
INFUSION: Case = {"policy": CIGNA, "date_of_service": "2026-11-23", "indication": RENAL}
INFUSION |= {"route": IV, "age_years": 60, "weight_kg": "70", "facts": FACTS}


@pytest.mark.parametrize(
    ("dose_iu", "volume", "holds", "vials", "bag_ml"),
    [
        (1, "0.00", 0, (1, 1), 25),
        (180_000, "0.01", 180_000, (1, 1), 25),
        (21_600_000, "1.20", 21_600_000, (1, 1), 25),
        (21_600_001, "1.20", 21_600_000, (1, 2), 25),
        (22_000_000, "1.22", 21_960_000, (1, 2), 25),
        (22_000_001, "1.22", 21_960_000, (2, 2), 25),
        (25_400_000, "1.41", 25_380_000, (2, 2), 25),
        (25_400_001, "1.41", 25_380_000, (2, 2), 50),
        (42_300_000, "2.35", 42_300_000, (2, 2), 50),  # 70.5 kg
        (43_800_000, "2.43", 43_740_000, (2, 3), 50),  # 73 kg
        (60_000_000, "3.33", 59_940_000, (3, 3), 50),
        (60_000_001, "3.33", 59_940_000, (3, 3), 100),
        (109_200_000, "6.06", 109_080_000, (5, 6), 100),  # 182 kg
    ],
)
def test_a_dose_takes_so_many_vials_by_content_and_by_volume_and_this_bag(
    dose_iu: int, volume: str, holds: int, vials: tuple[int, int], bag_ml: int
) -> None:
    got = prepared(dose_iu)
    assert (got["volume_ml"], got["volume_holds_iu"]) == (volume, holds)
    assert (got["vials_by_content"], got["vials_by_volume"]) == vials
    assert got["bag_ml"] == bag_ml


def test_the_counts_of_vials_differ_between_these_tenths_of_a_kilogram() -> None:
    """One to five vials of 21.6 and of 22 million, divided by 600,000 to the kilogram."""
    ranges = ((361, 366), (721, 733), (1_081, 1_100), (1_441, 1_466), (1_801, 1_833))
    differing = [tenth for low, high in ranges for tenth in range(low, high + 1)]
    doses = {tenth: prepared(tenth * 60_000) for tenth in range(5, 2_100)}
    apart = [n for n, got in doses.items() if got["vials_by_content"] < got["vials_by_volume"]]
    assert apart == differing


@pytest.mark.parametrize(
    ("dose_iu", "alone", "with_drug", "outside"),
    [
        # 2.4444... mg in 50 and in 52.22 mL
        (40_000_000, "0.0488", "0.0468", False),
        # 0.7333... mg in 25 and in 25.66 mL
        (12_000_000, "0.0293", "0.0285", True),
        # 0.75 mg in 25 mL is the bound; with the drug's 0.68 mL it lies below
        (12_272_728, "0.0300", "0.0292", False),
        (12_272_727, "0.0299", "0.0292", True),
        # 3.6666... mg in 50 mL lies above 0.07, with 3.33 mL it does not
        (60_000_000, "0.0733", "0.0687", False),
        # 11 mg in 100 and in 110 mL
        (180_000_000, "0.1100", "0.1000", True),
        (1, "0.0000", "0.0000", True),
    ],
)
def test_a_strength_is_cut_after_four_decimals_and_judged_uncut(
    dose_iu: int, alone: str, with_drug: str, outside: bool
) -> None:
    got = prepared(dose_iu)
    assert got["concentration_mg_per_ml"] == alone
    assert got["concentration_with_drug_mg_per_ml"] == with_drug
    assert got["concentration_outside_label"] is outside


@pytest.mark.parametrize(
    ("dose_iu", "volume", "marked", "marked_holds"),
    [
        (17_999_999, "0.99", "0.99", 17_820_000),
        (18_000_000, "1.00", "1.00", 18_000_000),
        (18_180_000, "1.01", "1.00", 18_000_000),
        (19_800_000, "1.10", "1.10", 19_800_000),
        (42_000_000, "2.33", "2.30", 41_400_000),
    ],
)
def test_a_larger_syringe_is_marked_in_tenths(
    dose_iu: int, volume: str, marked: str, marked_holds: int
) -> None:
    got = prepared(dose_iu)
    syringe = {"syringe_volume_ml": marked, "syringe_holds_iu": marked_holds}
    assert got | syringe | {"volume_ml": volume} == got
    assert (
        measurable(dose_iu) == {"volume_ml": volume, "holds_iu": got["volume_holds_iu"]} | syringe
    )


def test_what_is_left_over_is_what_the_vials_yield_less_what_was_drawn() -> None:
    assert prepared(40_000_000) | {"left_over_ml": "0.18", "left_over_iu": 3_240_000} == (
        prepared(40_000_000)
    )
    got = prepared(21_600_001)  # two vials, 1.20 mL
    assert (got["left_over_ml"], got["left_over_iu"]) == ("1.20", 21_600_000)


@pytest.mark.parametrize(
    ("highest", "vials"),
    [
        (24_000_000, {"vials": 1, "holds_iu": 21_600_000}),  # nine tenths exactly
        (24_000_001, None),
        (21_600_000, {"vials": 1, "holds_iu": 21_600_000}),
        (21_599_999, None),
        (45_000_000, {"vials": 2, "holds_iu": 43_200_000}),
    ],
)
def test_whole_vials_within_the_limit(highest: int, vials: dict[str, int] | None) -> None:
    assert whole_vials(highest) == vials


def supplied(**changes: Any) -> dict[str, Any]:
    got = determine(INFUSION | changes)["units"]
    assert got
    return dict(got)


def test_the_vials_of_a_session_are_those_of_the_dose_within_the_limit_or_of_the_limit() -> None:
    keys = ("of", "dose_iu", "lesions", "total_iu", "vials_by_content", "vials_by_volume")

    def told(**changes: Any) -> tuple[Any, ...]:
        got = supplied(**changes)
        return tuple(got[key] for key in keys)

    most: tuple[Any, ...] = ("maximum", 42_000_000, 1, 42_000_000, 2, 2)
    assert told() == told(requested={"dose_iu": 42_000_001, "lesions": 3}) == most
    assert told(requested={"dose_iu": 4_200_000}) == most  # a tenth waits
    asked: tuple[Any, ...] = ("requested", 21_900_000, 1, 21_900_000, 1, 2)
    assert told(requested={"dose_iu": 21_900_000}) == asked
    local: Case = {"indication": MELANOMA, "route": IL}
    assert told(**local, requested={"lesions": 4}) == ("maximum", 6_000_000, 4, 24_000_000, 2, None)
    asked = ("requested", 1_000_000, 1, 1_000_000, 1, None)
    assert told(**local, requested={"dose_iu": 1_000_000}) == asked
    under_skin: Case = {"indication": GVHD, "route": SC, "bsa_m2": "1.999999"}
    assert told(**under_skin, requested={"lesions": 4}) == (
        *("maximum", 1_999_999, 1, 1_999_999, 1),
        None,
    )
    assert determine(INFUSION | {"weight_kg": None})["units"] is None


@pytest.mark.parametrize(
    ("asked", "granted", "is_prepared"),
    [
        (42_000_000, None, True),
        (42_000_001, None, False),
        (42_000_001, 42_000_000, False),
        (42_000_001, 42_000_001, True),
    ],
)
def test_a_dose_above_the_limit_is_prepared_where_the_payer_granted_it(
    asked: int, granted: int | None, is_prepared: bool
) -> None:
    case = INFUSION | {"requested": {"dose_iu": asked}, "authorization": {"dose_iu": granted}}
    got = determine(case)["preparation"]
    assert (got is not None) is is_prepared
    if got:
        assert got["approved_outside_policy"] is (asked > 42_000_000)
