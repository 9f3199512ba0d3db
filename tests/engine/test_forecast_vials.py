"""The vials of a forecast: those of the dose that is counted, what was granted, what is short."""

from typing import Any

import pytest

from app.library import Library
from tests.engine.test_forecast import forecast


@pytest.mark.parametrize(("first", "count"), [("2027-06-22T08:00", 1), ("2027-06-23T08:00", 0)])
def test_a_first_course_after_the_period_leaves_nothing(
    library: Library, first: str, count: int
) -> None:
    one = forecast(library, course={"first_dose_at": first}, authorization={"units": 10})
    assert len(one.courses) == count
    assert one.total_doses == 24 * count
    assert one.total_vials == 24 * count
    granted = (one.units_granted, one.units_short_first_course, one.units_short)
    assert granted == ((10, 14, 14) if count else (None, None, None))


@pytest.mark.parametrize(
    ("changes", "dose_iu", "by_content", "by_volume"),
    [
        ({}, 21_150_000, 1, 1),
        ({"weight_kg": "72.5"}, 21_750_000, 1, 2),
        ({"weight_kg": "75"}, 22_500_000, 2, 2),
        ({"weight_kg": "75", "requested": {"dose_iu": 21_600_000}}, 21_600_000, 1, 1),
        ({"weight_kg": "75", "requested": {"dose_iu": 21_600_001}}, 21_600_001, 1, 2),
        ({"requested": {"doses_per_day": 2}}, 21_150_000, 1, 1),
    ],
)
def test_vials_are_those_of_the_requested_dose_or_else_of_the_maximum(
    library: Library, changes: dict[str, Any], dose_iu: int, by_content: int, by_volume: int
) -> None:
    one = forecast(library, **changes)
    larger = max(by_content, by_volume)
    assert (one.dose_iu, one.vials_per_dose) == (dose_iu, larger)
    for course in one.courses:
        assert (course.vials_by_content, course.vials_by_volume) == (
            24 * by_content,
            24 * by_volume,
        )
        assert course.vials == 24 * larger
    assert (one.total_vials_by_content, one.total_vials_by_volume) == (
        96 * by_content,
        96 * by_volume,
    )
    assert one.total_vials == 96 * larger


def test_vials_are_unknown_while_the_dose_is(library: Library) -> None:
    one = forecast(library, weight_kg=None, authorization={"units": 10})
    assert {course.vials for course in one.courses} == {None}
    assert {course.vials_by_content for course in one.courses} == {None}
    assert (one.total_doses, one.total_vials, one.dose_iu, one.vials_per_dose) == (96, *[None] * 3)
    assert (one.units_granted, one.units_short_first_course, one.units_short) == (10, None, None)


@pytest.mark.parametrize(
    ("units", "first", "all_"),
    [(None, None, None), (0, 24, 96), (23, 1, 73), (24, 0, 72), (95, 0, 1), (96, 0, 0), (97, 0, 0)],
)
def test_what_was_granted_is_compared_with_the_first_course_and_with_all(
    library: Library, units: int | None, first: int | None, all_: int | None
) -> None:
    one = forecast(library, authorization={"units": units})
    assert one.units_granted == units
    assert (one.units_short_first_course, one.units_short) == (first, all_)


def test_timing_is_cited_from_the_policy_and_vials_from_the_label(library: Library) -> None:
    assert forecast(library).citations == {
        "max_doses_per_cycle": "Birch handbook: Chapter A doses iii",
        "min_rest_days": "Birch handbook: Chapter A doses iv",
        "min_course_rest_days": "Birch handbook: Chapter A doses v",
        "vials_per_dose": (
            "Proleukin prescribing information (Iovance, SPL f3c516ad, version 7, December 20, "
            "2024): How Supplied"
        ),
    }
