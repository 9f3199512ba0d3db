"""The vials of one session: of the requested dose where it is within its limit, or the maximum."""

from typing import Any

import pytest

from app.library import Library
from app.model.supply import Measurable, Units, WholeVials
from tests.engine.people import GRAFT, LESION, TWO_M2, found


def units(library: Library, **changes: Any) -> Units:
    one = found(library, **changes).units
    assert one is not None
    return one


@pytest.mark.parametrize(
    ("requested", "of", "dose_iu"),
    [
        (None, "maximum", 28_200_000),
        ({"doses_per_day": 2}, "maximum", 28_200_000),
        ({"dose_iu": 28_200_000}, "requested", 28_200_000),
        ({"dose_iu": 21_600_000}, "requested", 21_600_000),
        # Another limit that is passed changes no dose.
        ({"dose_iu": 21_600_000, "doses_per_day": 9}, "requested", 21_600_000),
        # Above the limit, or so small that it waits for a confirmation.
        ({"dose_iu": 28_200_001}, "maximum", 28_200_000),
        ({"dose_iu": 2_820_000}, "maximum", 28_200_000),
    ],
)
def test_the_dose_counted_is_the_requested_one_within_its_limit_or_else_the_maximum(
    library: Library, requested: dict[str, int] | None, of: str, dose_iu: int
) -> None:
    one = units(library, requested=requested)
    assert (one.of, one.dose_iu, one.lesions, one.total_iu) == (of, dose_iu, 1, dose_iu)


@pytest.mark.parametrize(
    ("dose_iu", "by_content", "by_volume"),
    [(21_600_000, 1, 1), (21_600_001, 1, 2), (22_000_000, 1, 2), (22_000_001, 2, 2)],
)
def test_vials_by_vein_are_counted_both_ways(
    library: Library, dose_iu: int, by_content: int, by_volume: int
) -> None:
    one = units(library, requested={"dose_iu": dose_iu})
    assert (one.vials_by_content, one.vials_by_volume) == (by_content, by_volume)


@pytest.mark.parametrize(
    ("lesions", "dose_iu", "total_iu", "vials"),
    [
        (6, None, 15_000_000, 1),  # 2.5 million each
        (9, None, 22_500_000, 2),
        (11, 2_000_000, 22_000_000, 1),
        (12, 2_000_000, 24_000_000, 2),
        (3, 2_500_001, 7_500_000, 1),  # above the limit: the maximum
        (None, 2_000_000, 2_000_000, 1),
        (None, None, 2_500_000, 1),
    ],
)
def test_a_session_has_one_dose_for_each_lesion_from_shared_vials(
    library: Library, lesions: int | None, dose_iu: int | None, total_iu: int, vials: int
) -> None:
    one = units(library, **LESION, requested={"dose_iu": dose_iu, "lesions": lesions})
    assert (one.lesions, one.total_iu, one.vials_by_content) == (lesions or 1, total_iu, vials)
    assert (one.vials_by_volume, one.whole_vials_within_limit, one.measurable) == (None,) * 3


def test_lesions_count_only_where_the_limit_is_for_each(library: Library) -> None:
    one = units(library, requested={"lesions": 6})
    assert (one.lesions, one.total_iu) == (1, 28_200_000)
    area = units(library, **{**GRAFT, **TWO_M2}, requested={"lesions": 6})
    assert (area.lesions, area.total_iu, area.vials_by_volume) == (1, 3_000_000, None)
    assert (area.whole_vials_within_limit, area.measurable) == (None, None)


@pytest.mark.parametrize(
    ("weight", "height", "whole"),
    [
        # At 400,000 a kg: whole vials of 21.6 million that are at least 90% of the limit.
        ("53.999997", None, None),  # 21,599,998: less than one vial
        ("54", None, WholeVials(1, 21_600_000)),
        ("60", None, WholeVials(1, 21_600_000)),  # exactly 90% of 24 million
        ("60.000003", None, None),  # of 24,000,001
        ("107.999997", None, None),  # one vial of nearly two
        ("108", None, WholeVials(2, 43_200_000)),
        ("120", "200", WholeVials(2, 43_200_000)),  # exactly 90% of 48 million
        ("120.000003", "200", None),
        ("160", "200", None),  # 2 of 64 million
        ("159.999999", "230", None),
        ("162", "230", WholeVials(3, 64_800_000)),
    ],
)
def test_whole_vials_are_told_where_they_are_nine_tenths_of_the_limit(
    library: Library, weight: str, height: str | None, whole: WholeVials | None
) -> None:
    one = units(library, weight_kg=weight, height_cm=height)
    assert one.whole_vials_within_limit == whole


@pytest.mark.parametrize(
    ("weight", "measurable"),
    [
        ("70.5", Measurable("1.56", 28_080_000, "1.50", 27_000_000)),  # 28.2 million: 1.5667 mL
        ("45", Measurable("1.00", 18_000_000, "1.00", 18_000_000)),
        ("45.45", Measurable("1.01", 18_180_000, "1.00", 18_000_000)),
        ("44.999999", Measurable("0.99", 17_820_000, "0.99", 17_820_000)),
        ("105.75", Measurable("2.35", 42_300_000, "2.30", 41_400_000)),
    ],
)
def test_the_largest_measurable_doses_are_those_of_the_limit(
    library: Library, weight: str, measurable: Measurable
) -> None:
    assert units(library, weight_kg=weight).measurable == measurable
    asked = units(library, weight_kg=weight, requested={"dose_iu": 10_000_000})
    assert asked.of == "requested"
    assert asked.measurable == measurable


@pytest.mark.parametrize(
    "changes",
    [
        {"weight_kg": None},
        {"weight_kg": None, "requested": {"dose_iu": 1_000_000}},
        {"weight_kg": "154"},
        GRAFT,
        {"route": "subcutaneous"},
        {"indication": "other", "requested": {"dose_iu": 1_000_000}},
    ],
)
def test_there_are_none_while_the_limit_is_unknown(
    library: Library, changes: dict[str, Any]
) -> None:
    assert found(library, **changes).units is None


def test_eligibility_changes_no_vials(library: Library) -> None:
    assert units(library, age_years=17) == units(library)
