"""The second cycle of a plan, and the rests: by hand from Birch's 12 doses, 8 and 42 days."""

from datetime import date
from typing import Any

import pytest

from app.library import Library
from app.model.treatment import Rest
from tests.engine.people import cycle
from tests.engine.test_course_schedule import FIRST, SLOTS, plan, planned

FULL = cycle(1, 12, SLOTS[0], SLOTS[11])  # to November 27, 0:00
SHORT = cycle(1, 3, SLOTS[0], SLOTS[2])  # to November 24, 0:00
FIVE = ["2026-12-06T08:00", "2026-12-07T16:00"]


def two(**more: Any) -> dict[str, Any]:
    return {"number": 2, **more}


def test_an_unbooked_cycle_begins_at_the_earliest_with_the_clock_of_the_given_first_dose(
    library: Library,
) -> None:
    given = cycle(1, 12, "2026-11-23T09:30", "2026-11-27T02:10")
    one = plan(library, first_dose_at="2026-11-23T08:00", cycles=[given])
    assert planned(one, 2)[0] == "2026-12-06T09:30"
    assert one.cycles[1].begins == "earliest_permitted"


def test_an_unbooked_cycle_waits_for_the_planned_doses_of_the_first(library: Library) -> None:
    assert planned(plan(library, cycles=[SHORT]), 2)[0] == "2026-12-06T08:00"
    ended = plan(library, cycles=[{**SHORT, "over": True}])
    assert planned(ended, 2)[0] == "2026-12-03T08:00"


@pytest.mark.parametrize(
    ("held", "last"), [(0, "2026-12-11T23:00"), (2, "2026-12-11T07:00"), (11, "2026-12-08T07:00")]
)
def test_a_booked_cycle_begins_where_it_is_booked_and_is_not_moved_by_held_doses(
    library: Library, held: int, last: str
) -> None:
    booked = two(planned_first_at="2026-12-08T07:00", doses_held=held)
    one = plan(library, cycles=[FULL, booked])
    second = one.cycles[1]
    assert (second.begins, second.source) == ("entered", "planned")
    assert (planned(one, 2)[0], planned(one, 2)[-1]) == ("2026-12-08T07:00", last)
    assert len(planned(one, 2)) == 12 - held
    assert one.rest == Rest(date(2026, 11, 28), date(2026, 12, 7), 10)


def test_the_next_course_counts_from_the_booked_cycle(library: Library) -> None:
    """December 11 and 42 dates without a dose: January 23."""
    one = plan(library, cycles=[FULL, two(planned_first_at="2026-12-08T07:00")])
    assert one.course_rest == Rest(date(2026, 12, 12), date(2027, 1, 22), 42)
    assert one.next_course_earliest == date(2027, 1, 23)


def test_doses_held_of_an_unbegun_cycle_are_not_made_up_and_move_nothing(library: Library) -> None:
    one = plan(library, cycles=[FULL, two(doses_held=2)])
    assert planned(one, 2)[0] == "2026-12-06T08:00"
    assert planned(one, 2)[-1] == "2026-12-09T08:00"  # the last of ten


def test_a_begun_second_cycle_ends_the_first_and_goes_on(library: Library) -> None:
    """Three given of the first, five of the second: seven more, from December 8, 0:00."""
    one = plan(library, cycles=[SHORT, cycle(2, 5, *FIVE)])
    assert (planned(one), one.cycles[0].source) == ([], "given")
    assert one.cycles[0].last_day == date(2026, 11, 24)
    second = one.cycles[1]
    assert (second.begins, second.source) == ("given", "given_and_planned")
    assert planned(one, 2)[0] == "2026-12-08T00:00"
    assert (len(planned(one, 2)), second.last_day) == (7, date(2026, 12, 10))
    assert one.rest == Rest(date(2026, 11, 25), date(2026, 12, 5), 11)


def test_cycles_come_in_the_order_of_their_numbers(library: Library) -> None:
    given = [SHORT, cycle(2, 5, *FIVE)]
    assert plan(library, cycles=given[::-1]) == plan(library, cycles=given)


def test_a_second_cycle_that_is_over_leaves_the_course_at_its_last_given_dose(
    library: Library,
) -> None:
    one = plan(library, cycles=[SHORT, cycle(2, 5, *FIVE, over=True)])
    assert (planned(one, 2), one.cycles[1].last_day) == ([], date(2026, 12, 7))
    assert one.next_course_earliest == date(2027, 1, 19)  # December 8 to January 18


@pytest.mark.parametrize(
    "ended", [two(over=True), two(doses_held=12), two(doses_held=12, over=True)]
)
def test_a_second_cycle_over_without_a_dose_leaves_the_first_one_alone(
    library: Library, ended: dict[str, Any]
) -> None:
    """Nothing is planned any more; the next course counts from the first cycle's last dose."""
    one = plan(library, cycles=[SHORT, ended])
    assert planned(one) == []
    second = one.cycles[1]
    assert (second.source, second.first_day, second.last_day, second.doses) == (
        "given",
        None,
        None,
        (),
    )
    assert one.rest is None
    assert one.course_rest == Rest(date(2026, 11, 25), date(2027, 1, 5), 42)
    assert one.next_course_earliest == date(2027, 1, 6)


@pytest.mark.parametrize(
    ("begins", "rest"),
    [
        ("2026-11-27T01:00", None),  # the same date
        ("2026-11-28T01:00", None),  # the next one
        ("2026-11-29T01:00", Rest(date(2026, 11, 28), date(2026, 11, 28), 1)),
        ("2026-12-06T01:00", Rest(date(2026, 11, 28), date(2026, 12, 5), 8)),
        ("2026-12-07T01:00", Rest(date(2026, 11, 28), date(2026, 12, 6), 9)),
    ],
)
@pytest.mark.parametrize("is_given", [True, False])
def test_the_rest_is_what_lies_between_the_cycles_as_they_are(
    library: Library, begins: str, rest: Rest | None, is_given: bool
) -> None:
    second = cycle(2, 1, begins, begins) if is_given else two(planned_first_at=begins)
    assert plan(library, cycles=[FULL, second]).rest == rest


def test_a_booking_amid_the_first_cycles_planned_doses_stays_as_entered(library: Library) -> None:
    """Three of twelve given, and the second cycle booked before the others: no rest at all."""
    one = plan(library, cycles=[SHORT, two(planned_first_at="2026-11-25T08:00")])
    assert one.cycles[0].last_day == date(2026, 11, 27)
    assert planned(one, 2)[0] == "2026-11-25T08:00"
    assert one.rest is None


def test_a_planned_first_cycle_has_its_booked_second(library: Library) -> None:
    booked = two(planned_first_at="2026-12-10T08:00")
    one = plan(library, first_dose_at=FIRST, cycles=[booked])
    assert (planned(one), planned(one, 2)[0]) == (SLOTS[:12], "2026-12-10T08:00")
    assert one.rest == Rest(date(2026, 11, 28), date(2026, 12, 9), 12)


def test_a_shorter_second_cycle_follows_the_course(library: Library) -> None:
    one = plan(library, doses_per_cycle=5, cycles=[cycle(1, 5, SLOTS[0], SLOTS[4])])
    assert planned(one, 2) == [
        *("2026-12-03T08:00", "2026-12-03T16:00"),
        *("2026-12-04T00:00", "2026-12-04T08:00", "2026-12-04T16:00"),
    ]
