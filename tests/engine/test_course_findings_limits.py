"""Limits of a course, cycles that begin before their days are over, rests from a discharge."""

from typing import Any

import pytest

from app.library import Library
from tests.engine.test_regimens import days, judged, limit, regimen, value

CYCLES = {"max_doses_per_day": value(3), "max_doses_per_cycle": value(14)}


def cycle(number: int, doses: int, first: str, last: str) -> dict[str, Any]:
    return {"number": number, "doses_given": doses, "first_dose_at": first, "last_dose_at": last}


ONE = cycle(1, 6, "2026-12-01T08:00", "2026-12-03T16:00")
TWO = cycle(2, 6, "2026-12-14T08:00", "2026-12-16T16:00")
LATER = cycle(2, 6, "2027-01-10T08:00", "2027-01-12T16:00")


def rules(library: Library, regimen_parts: dict[str, Any], *cycles: dict[str, Any]) -> list[str]:
    made = regimen(**{**CYCLES, "min_rest_days": value(9), **regimen_parts})
    found = judged(library, made, course={"cycles": list(cycles)})
    return [one["rule"] for one in found["course_check"]["findings"]]


@pytest.mark.parametrize(
    ("stated", "second", "is_passed"),
    [
        (limit(12, "doses", "course"), TWO, False),
        (limit(11, "doses", "course"), TWO, True),
        (limit(1, "cycles", "course"), TWO, True),
        (limit(12, "doses", "days", days=16), TWO, False),  # December 1 to 16
        (limit(11, "doses", "days", days=16), TWO, True),
        (limit(11, "doses", "days", days=15), TWO, False),
        (limit(11, "doses", "days", days=30), LATER, False),
        (limit(1, "doses", "authorization"), TWO, False),  # what was given under it is not told
        (limit(1, "units", "course"), TWO, False),  # vials are those of a request
    ],
)
def test_a_limit_over_a_course_or_over_days_is_held_against_what_was_given(
    library: Library, stated: dict[str, Any], second: dict[str, Any], *, is_passed: bool
) -> None:
    found = rules(library, {"limits": [stated]}, ONE, second)
    assert ("too_many_in_all" in found) is is_passed


def test_nothing_given_passes_no_limit(library: Library) -> None:
    over = {"number": 1, "over": True}
    assert rules(library, {"limits": [limit(1, "doses", "course")]}, over) == []


def test_a_cycle_booked_before_the_days_of_the_one_before_are_over(library: Library) -> None:
    made = regimen(max_doses_per_day=value(1), pattern=days(21, (1, 4)), limits=[TWO_CYCLES])
    first = cycle(1, 4, "2026-12-01T08:00", "2026-12-04T08:00")
    for day, is_early in (("2026-12-21", True), ("2026-12-22", False)):
        booked = {"number": 2, "planned_first_at": f"{day}T08:00"}
        found = judged(library, made, course={"cycles": [{**first, "over": True}, booked]})
        messages = [
            one["message"]
            for one in found["course_check"]["findings"]
            if one["rule"] == "rest_too_short"
        ]
        assert [("21 days" in one, "Dec 22, 2026" in one) for one in messages] == (
            [(True, True)] if is_early else []
        )


TWO_CYCLES = limit(2, "cycles", "course")


def test_a_booked_cycle_waits_for_the_discharge_that_its_rest_counts_from(
    library: Library,
) -> None:
    rest = {"min_rest_days": value(9, **{"from": "discharge"})}
    made = regimen(**CYCLES, **rest)
    booked = {"number": 2, "planned_first_at": "2026-12-14T08:00"}
    over = {**ONE, "over": True}
    found = judged(library, made, course={"cycles": [over, booked]})
    assert found["approval_status"] == "information_missing"
    [told] = found["regimens"]
    assert "course.discharge_date" in told["missing"]
    known = {"cycles": [over, booked], "discharge_date": "2026-12-05"}
    assert judged(library, made, course=known)["approval_status"] == "criteria_met"
    early = {"cycles": [over, booked], "discharge_date": "2026-12-06"}
    findings = judged(library, made, course=early)["course_check"]["findings"]
    assert [one["rule"] for one in findings] == ["rest_too_short"]  # from December 15 on
