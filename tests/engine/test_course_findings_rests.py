"""The rests of a course against their limits, by hand from Birch: 8 days; 42 between courses."""

from datetime import date
from typing import Any

import pytest

from app.library import Library
from tests.engine.people import cycle
from tests.engine.test_course_check import DOSES, FULL, check, finding, rules
from tests.engine.test_course_schedule import FIRST, SLOTS


@pytest.mark.parametrize(
    ("begins", "is_early"), [("2026-12-06T00:00", False), ("2026-12-05T23:59", True)]
)
def test_a_second_cycle_needs_every_whole_date_of_its_rest(
    library: Library, begins: str, is_early: bool
) -> None:
    begun = check(library, FULL, cycle(2, 1, begins, begins))
    booked = check(library, {"number": 2, "planned_first_at": begins}, FULL)
    rule = ("rest_too_short", "violation")
    assert rules(begun) == ([(*rule, "course.cycles.1.first_dose_at")] if is_early else [])
    assert rules(booked) == ([(*rule, "course.cycles.0.planned_first_at")] if is_early else [])
    if is_early:
        assert finding(begun).citation == f"{DOSES} iv"
        for one in (begun, booked):
            assert finding(one).message == (
                "Cycle 2 begins on Sat, Dec 5, 2026. With 8 days of rest after cycle 1, the policy "
                "allows it from Sun, Dec 6, 2026 on."
            )


def test_a_rest_that_counts_from_a_planned_dose_says_so(library: Library) -> None:
    booked = {"number": 2, "planned_first_at": "2026-12-05T08:00"}
    one = finding(check(library, cycle(1, 3, SLOTS[0], SLOTS[2]), booked))
    assert one.message.endswith("from Sun, Dec 6, 2026 on, if the planned doses are given.")
    planned = finding(check(library, booked, first_dose_at=FIRST))
    assert planned.message.endswith("if the planned doses are given.")


@pytest.mark.parametrize(
    "second", [{"number": 2}, {"number": 2, "doses_held": 3}, {"number": 2, "over": True}]
)
def test_a_second_cycle_that_has_not_begun_breaks_no_rest(
    library: Library, second: dict[str, Any]
) -> None:
    assert check(library, FULL, second).findings == ()


@pytest.mark.parametrize(
    ("begins", "rule"),
    [
        # December 10 and 42 dates without a dose: January 22. January 21 is six weeks to the day.
        ("2027-01-22T00:00", None),
        ("2027-01-21T23:59", "seven_weeks_to_the_day"),
        ("2027-01-21T00:00", "seven_weeks_to_the_day"),
        ("2027-01-20T23:59", "course_rest_too_short"),
        ("2026-12-11T08:00", "course_rest_too_short"),
    ],
)
def test_a_course_needs_every_whole_date_of_rest_after_the_one_before(
    library: Library, begins: str, rule: str | None
) -> None:
    planned = check(library, previous_last_dose_on="2026-12-10", first_dose_at=begins)
    given = check(
        library,
        {"number": 2},
        cycle(1, 1, begins, begins),
        previous_last_dose_on="2026-12-10",
        first_dose_at="2027-03-01T08:00",  # what was given comes before what was planned
    )
    assert planned.this_course_earliest == given.this_course_earliest == date(2027, 1, 22)
    kind = "violation" if rule == "course_rest_too_short" else "advisory"
    assert rules(planned) == ([(rule, kind, "course.first_dose_at")] if rule else [])
    assert rules(given) == ([(rule, kind, "course.cycles.1.first_dose_at")] if rule else [])


def test_the_messages_about_the_rest_between_courses(library: Library) -> None:
    early = check(library, previous_last_dose_on="2026-12-10", first_dose_at="2027-01-20T08:00")
    assert finding(early).message == (
        "The course begins on Wed, Jan 20, 2027. With 42 days of rest after the course before, the "
        "policy allows it from Fri, Jan 22, 2027 on."
    )
    weeks = check(library, previous_last_dose_on="2026-12-10", first_dose_at="2027-01-21T08:00")
    assert finding(weeks).message == (
        "The course begins on Thu, Jan 21, 2027, 6 weeks to the day after the last dose: 41 dates "
        "without a dose. The policy does not say whether that is enough: ask the payer."
    )
    assert finding(early).citation == finding(weeks).citation == f"{DOSES} v"


def test_held_doses_before_the_first_one_move_it_for_the_rest_too(library: Library) -> None:
    """Held at 8:00 and 16:00 of January 21, the first dose comes on January 22."""
    course = {"previous_last_dose_on": "2026-12-10", "first_dose_at": "2027-01-21T08:00"}
    assert check(library, {"number": 1, "doses_held": 2}, **course).findings == ()
    assert len(check(library, {"number": 1, "doses_held": 1}, **course).findings) == 1
