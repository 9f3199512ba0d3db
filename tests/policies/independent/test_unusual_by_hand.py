"""What is unusual, against bounds worked out by hand."""

from typing import Any

import pytest

from tests.policies.independent.basics import CIGNA, GVHD, IL, IV, MELANOMA, RENAL, SC, Case
from tests.policies.independent.dosing import dose_limit, excess_percent, unconfirmed
from tests.policies.independent.evaluator import determine
from tests.policies.independent.refusals import refused
from tests.policies.independent.refusals_generator import named

INFUSION: Case = {"policy": CIGNA, "date_of_service": "2026-11-23"}
INFUSION |= {"indication": RENAL, "route": IV, "age_years": 60}
INJECTION = INFUSION | {"indication": GVHD, "route": SC}
WEIGHT, HEIGHT, BOTH = ["weight_kg"], ["height_cm"], ["height_cm", "weight_kg"]


def waiting(case: Case, **changes: Any) -> list[str]:
    case = case | changes
    return unconfirmed(case, dose_limit(case))


@pytest.mark.parametrize(
    ("age", "weight", "height", "keys"),
    [
        (60, "40", None, []),
        (60, "39.999999", None, WEIGHT),
        (None, "110", None, []),
        (18, "110.000001", None, WEIGHT),
        (60, "60", "200", []),  # an index of 15
        (60, "59.999999", "200", WEIGHT),
        (60, "160", "200", []),  # 40
        (None, "160.000001", "200", WEIGHT),
        (60, "45", "200", WEIGHT),  # by the index, not by the weight alone
        (60, "111", "170", []),
        # without a height: 120 % of 90.5 kg are 108.6, 70 % of 44.9 are 31.43
        (17, "108.6", None, []),
        (17, "108.600001", None, WEIGHT),
        (17, "31.43", None, []),
        (17, "31.429999", None, WEIGHT),
        # at 2 years: 120 % of 16.3 kg are 19.56, 70 % of 10.9 are 7.63
        (2, "19.56", None, []),
        (2, "19.560001", None, WEIGHT),
        (2, "7.629999", None, WEIGHT),
        # at 2 years and 100 cm the index is the weight: 80 % of 14.2 and 120 % of 18.7
        (2, "11.36", "100", []),
        (2, "11.359999", "100", WEIGHT),
        (2, "22.44", "100", []),
        (2, "22.440001", "100", WEIGHT),
        # infants, whatever their height
        (1, "16", "60", []),
        (1, "16.000001", None, WEIGHT),
        (0, "13", None, []),
        (0, "13.000001", "90", WEIGHT),
        (0, "2", None, []),
        (1, "1.999999", None, WEIGHT),
    ],
)
def test_a_weight_is_judged_by_age_and_height(
    age: int | None, weight: str, height: str | None, keys: list[str]
) -> None:
    assert waiting(INFUSION, age_years=age, weight_kg=weight, height_cm=height) == keys


@pytest.mark.parametrize(
    ("weight", "before", "keys", "is_told"),
    [
        ("84", "70", [], True),
        ("84.000001", "70", WEIGHT, False),
        ("56", "70", [], True),
        ("55.999999", "70", WEIGHT, False),
        ("77", "70", [], True),
        ("76.999999", "70", [], False),
        ("63.000001", "70", [], False),
        ("63", "70", [], True),
    ],
)
def test_a_weight_is_held_against_the_one_of_before(
    weight: str, before: str, keys: list[str], is_told: bool
) -> None:
    case = INFUSION | {"weight_kg": weight, "previous_weight_kg": before}
    assert waiting(case) == keys
    assert ("weight_changed" in determine(case)["note_ids"]) is is_told
    told = determine(case | {"confirmed": {"weight_kg": weight}})
    assert told["unconfirmed"] == []
    assert ("weight_changed" in told["note_ids"]) is (is_told or bool(keys))


def test_a_height_waits_with_the_weight_where_the_area_needs_both() -> None:
    # at 9 years and 131 cm: 1.2 x 22.3 = 26.76, times 1.7161 = 45.922836 kg
    assert waiting(INJECTION, age_years=9, weight_kg="45.922836", height_cm="131") == []
    assert waiting(INJECTION, age_years=9, weight_kg="45.922837", height_cm="131") == BOTH
    assert waiting(INJECTION, age_years=1, weight_kg="16.1", height_cm="80") == WEIGHT
    short: dict[str, Any] = {"age_years": None, "weight_kg": "54"}
    assert waiting(INJECTION, **short, height_cm="150") == []
    assert waiting(INJECTION, **short, height_cm="149.999999") == HEIGHT
    assert waiting(INFUSION, **short, height_cm="149.999999") == []
    assert waiting(INJECTION, weight_kg="70", height_cm="149") == []


@pytest.mark.parametrize(
    ("area", "is_waiting"),
    [
        ("0.2", False),
        ("0.199999", True),
        ("3", False),
        ("3.000001", True),
    ],
)
def test_an_entered_area_has_bounds(area: str, is_waiting: bool) -> None:
    assert waiting(INJECTION, bsa_m2=area) == ["bsa_m2"] * is_waiting


@pytest.mark.parametrize(
    ("area", "is_waiting"), [("1.8", False), ("1.799999", True), ("2.2", False), ("2.200001", True)]
)
def test_an_entered_area_is_held_against_two_square_meters(area: str, is_waiting: bool) -> None:
    body = {"weight_kg": "90", "height_cm": "160"}  # 160 x 90 / 3600 = 4
    assert waiting(INJECTION, **body, bsa_m2=area) == ["bsa_m2"] * is_waiting


@pytest.mark.parametrize(
    ("changes", "asked", "is_waiting"),
    [
        ({"weight_kg": "70"}, 4_200_000, True),
        ({"weight_kg": "70"}, 4_200_001, False),
        ({"indication": MELANOMA, "route": IL}, 600_000, False),
        ({"indication": MELANOMA, "route": IL}, 599_999, True),
        ({"indication": GVHD, "route": SC, "bsa_m2": "2"}, 200_000, True),
        ({"indication": GVHD, "route": SC, "bsa_m2": "2"}, 200_001, False),
        ({}, 1, False),  # no limit is known
        ({"weight_kg": "70", "confirmed": {"requested.dose_iu": 4_200_000}}, 4_200_000, False),
        ({"weight_kg": "70", "confirmed": {"requested.dose_iu": 4_200_001}}, 4_200_000, True),
    ],
)
def test_a_dose_of_a_tenth_waits(changes: Case, asked: int, is_waiting: bool) -> None:
    case = INFUSION | changes | {"requested": {"dose_iu": asked}}
    assert waiting(case) == ["requested.dose_iu"] * is_waiting


@pytest.mark.parametrize("checked", ["154", 154, "154.0", "154.000000"])
def test_a_confirmation_is_of_a_number_however_it_is_written(checked: str | int) -> None:
    case = INFUSION | {"weight_kg": "154"}
    assert waiting(case) == WEIGHT
    assert waiting(case, confirmed={"weight_kg": checked}) == []
    assert waiting(case, confirmed={"weight_kg": "154.000001"}) == WEIGHT


@pytest.mark.parametrize(
    ("case", "lacking"),
    [
        (INFUSION, ["weight_kg"]),
        (INJECTION, ["bsa_m2", "height_cm", "weight_kg"]),
        (INJECTION | {"weight_kg": "70"}, ["bsa_m2", "height_cm"]),
        (INJECTION | {"weight_kg": "170"}, ["bsa_m2", "height_cm"]),
        (INJECTION | {"bsa_m2": "3.5"}, []),
        (INJECTION | {"weight_kg": "70", "height_cm": "175"}, []),
    ],
)
def test_what_lacks_is_what_nobody_entered(case: Case, lacking: list[str]) -> None:
    limit = dose_limit(case)
    assert limit
    assert limit["missing"] == lacking


@pytest.mark.parametrize(
    ("asked", "limit", "percent"),
    [
        (42_000_001, 42_000_000, "0.01"),
        (42_004_200, 42_000_000, "0.01"),
        (42_004_201, 42_000_000, "0.02"),
        (84_000_000, 42_000_000, "100.00"),
        (10**12, 6_000_000, "16666566.67"),
        (3, 2, "50.00"),
    ],
)
def test_an_excess_is_told_in_hundredths_of_a_percent(asked: int, limit: int, percent: str) -> None:
    assert excess_percent(asked, limit) == percent


@pytest.mark.parametrize("seed", [1, 2])
def test_a_refused_case_names_the_key_that_was_spoiled(seed: int) -> None:
    for case, key in named(seed, 2_000):
        assert refused(case) == [key], case
