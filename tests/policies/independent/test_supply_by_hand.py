"""The second computation of preparations and forecasts, against sums by hand.

Courses were counted on a calendar, volumes and vials with pencil and paper from the label's facts.
"""

from fractions import Fraction
from typing import Any

import pytest

from tests.policies.independent import evaluator
from tests.policies.independent.evaluator import CIGNA, IV, RENAL, Case
from tests.policies.independent.forecast import forecast
from tests.policies.independent.preparation import preparation

ANSWERS = {"metastatic_disease": True, "single_agent": True}
FACTS = ANSWERS | {"prior_systemic_therapy": True, "prescriber_specialties": ["oncologist"]}


@pytest.mark.parametrize(
    ("dose_iu", "volume", "holds", "vials", "bag_ml"),
    [
        (1, "0", 0, (1, 1), 25),
        (180_000, "0.01", 180_000, (1, 1), 25),
        (21_600_000, "1.2", 21_600_000, (1, 1), 25),
        (21_600_001, "1.2", 21_600_000, (1, 2), 25),
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
    got = preparation({"route": IV, "requested": {"dose_iu": dose_iu}}, "within_limits")
    assert got
    assert got["concentration_mg_per_ml"] == Fraction(11 * dose_iu, 180_000_000 * bag_ml)
    assert (got["volume_ml"], got["volume_holds_iu"]) == (Fraction(volume), holds)
    assert (got["vials_by_content"], got["vials_by_volume"]) == vials
    assert got["bag_ml"] == bag_ml


def planned(first_dose_at: str, **changes: Any) -> dict[str, Any]:
    case: Case = {"policy": CIGNA, "date_of_service": first_dose_at[:10], "indication": RENAL}
    case |= {"route": IV, "age_years": 54, "weight_kg": "70.5", "facts": FACTS}
    case |= {"course": {"first_dose_at": first_dose_at}, **changes}
    got = forecast(case, evaluator.determine(case))
    assert got
    return got


@pytest.mark.parametrize(
    ("first_dose_at", "last_day", "next_course"),
    [
        ("2026-11-02T08:00", "2026-11-20", "2027-01-09"),
        ("2026-11-02T15:59", "2026-11-20", "2027-01-09"),
        ("2026-11-02T16:00", "2026-11-22", "2027-01-11"),  # each cycle ends a date later
        ("2026-11-02T20:00", "2026-11-22", "2027-01-11"),
        ("2028-02-14T08:00", "2028-03-03", "2028-04-22"),
        ("2027-02-14T08:00", "2027-03-04", "2027-04-23"),
    ],
)
def test_courses_follow_the_table_over_evenings_leap_days_and_the_turn_of_a_year(
    first_dose_at: str, last_day: str, next_course: str
) -> None:
    first, second = planned(first_dose_at)["courses"][:2]
    assert (first["first_day"], first["last_day"]) == (first_dose_at[:10], last_day)
    assert second["first_day"] == next_course


def test_a_year_holds_six_courses_of_28_doses_and_as_many_vials_as_their_volume_takes() -> None:
    got = planned("2026-11-02T08:00", weight_kg="73", authorization={"units": 300})
    days = ["2026-11-02", "2027-01-09", "2027-03-18", "2027-05-25", "2027-08-01", "2027-10-08"]
    assert [course["first_day"] for course in got["courses"]] == days
    assert [course["number"] for course in got["courses"]] == [1, 2, 3, 4, 5, 6]
    assert {(course["doses"], course["vials"]) for course in got["courses"]} == {(28, 84)}
    assert (got["total_doses"], got["total_vials"]) == (168, 504)
    assert (got["units_granted"], got["units_short"]) == (300, 204)
    assert not any(course["ends_after_approval"] for course in got["courses"])


@pytest.mark.parametrize(
    ("end", "count", "after"),
    [
        ("2027-01-08", 1, False),
        ("2027-01-09", 2, True),
        ("2027-01-26", 2, True),
        ("2027-01-27", 2, False),
    ],
)
def test_a_course_counts_when_it_begins_on_the_last_day_of_the_approval(
    end: str, count: int, after: bool
) -> None:
    got = planned("2026-11-02T08:00", authorization={"start": "2026-11-02", "end": end})
    assert len(got["courses"]) == count
    assert got["courses"][-1]["ends_after_approval"] is after


def test_a_smaller_dose_takes_fewer_vials_and_none_is_short_where_more_are_granted() -> None:
    got = planned(
        "2026-11-02T08:00", requested={"dose_iu": 21_600_000}, authorization={"units": 169}
    )
    assert (got["total_vials"], got["units_short"]) == (168, 0)


def test_without_a_dose_no_vials_are_counted() -> None:
    got = planned("2026-11-02T08:00", weight_kg=None, authorization={"units": 5})
    assert (got["total_doses"], got["total_vials"], got["units_short"]) == (168, None, None)
