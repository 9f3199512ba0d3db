"""Limits over a course, over days, and in vials: what a request comes to, worked out by hand."""

from typing import Any

import pytest

from app.engine.limits import limit_in_words
from app.library import Library
from tests.engine.test_regimens import judged, limit, regimen, status, value

# 14 doses every 8 hours last from December 1 to 5, the second cycle from December 15 to 19, and
# another course begins 68 days after the first dose: 28 doses lie in any 63 days.
CYCLES = {
    "max_doses_per_day": value(3),
    "max_doses_per_cycle": value(14),
    "min_rest_days": value(9),
    "min_course_rest_days": value(49),
}


def checked(library: Library, limits: list[dict[str, Any]], asked: dict[str, Any]) -> str:
    made = regimen(**(CYCLES if "doses_per_cycle" in asked else {}), limits=limits)
    return status(judged(library, made, requested=asked))


@pytest.mark.parametrize(("most", "expected"), [(56, "within_limits"), (55, "exceeds_limits")])
def test_vials_in_63_days_are_those_of_28_doses(library: Library, most: int, expected: str) -> None:
    asked = {"dose_iu": 40_000_000, "doses_per_cycle": 14}  # two vials for each dose
    assert checked(library, [limit(most, "units", "days", days=63)], asked) == expected


@pytest.mark.parametrize(
    ("asked", "days", "doses"),
    [
        ({"doses_per_day": 2, "doses_per_week": 9}, 14, 18),
        ({"doses_per_day": 2, "doses_per_week": 9}, 10, 15),  # a week, and 3 days of 2
        ({"doses_per_day": 2}, 10, 20),
        ({"doses_per_week": 9}, 10, 18),  # all 9 of the next week may lie in 3 days
    ],
)
def test_without_cycles_the_frequency_tells_how_many_doses_lie_in_so_many_days(
    library: Library, asked: dict[str, int], days: int, doses: int
) -> None:
    within = checked(library, [limit(doses, "doses", "days", days=days)], asked)
    beyond = checked(library, [limit(doses - 1, "doses", "days", days=days)], asked)
    assert (within, beyond) == ("within_limits", "exceeds_limits")


@pytest.mark.parametrize(("most", "expected"), [(28, "within_limits"), (27, "exceeds_limits")])
def test_without_a_rest_between_courses_one_course_is_counted(
    library: Library, most: int, expected: str
) -> None:
    without = {name: one for name, one in CYCLES.items() if name != "min_course_rest_days"}
    made = regimen(**without, limits=[limit(most, "doses", "days", days=200)])
    assert status(judged(library, made, requested={"doses_per_cycle": 14})) == expected


def test_where_no_cycle_is_stated_nobody_knows_how_many_doses_lie_in_so_many_days(
    library: Library,
) -> None:
    stated = [limit(2, "doses", "days", days=14)]
    made = regimen(min_course_rest_days=value(49), limits=stated)
    found = judged(library, made, requested={"doses_per_cycle": 3})
    assert status(found) != "exceeds_limits"
    assert "in 14 days" in found["summary"]  # among what was not checked


def test_every_dose_takes_a_vial_at_least(library: Library) -> None:
    asked = {"doses_per_cycle": 14}  # no dose is known
    assert checked(library, [limit(13, "units", "course")], asked) == "exceeds_limits"
    assert checked(library, [limit(14, "units", "course")], asked) != "exceeds_limits"
    assert checked(library, [limit(1, "iu", "course")], asked) != "exceeds_limits"


def test_the_size_of_a_dose_is_counted_with_what_was_given(library: Library) -> None:
    asked = {"dose_iu": 40_000_000, "doses_per_cycle": 2}
    made = regimen(**CYCLES, limits=[limit(100_000_000, "iu", "authorization")])
    for before, expected in ((20_000_000, "within_limits"), (20_000_001, "exceeds_limits")):
        found = judged(library, made, requested=asked, given_before={"iu": before})
        assert status(found) == expected
    assert status(judged(library, made, requested=asked)) == "incomplete"


def test_a_rest_alone_asks_for_no_dose(library: Library) -> None:
    made = regimen(**CYCLES, limits=[limit(6, "doses", "authorization")])
    found = judged(library, made, requested={"rest_days": 9}, given_before={"doses": 6})
    assert status(found) == "within_limits"


def test_a_limit_is_named_in_words() -> None:
    assert limit_in_words("iu_per_lifetime") == "the International Units per lifetime"
