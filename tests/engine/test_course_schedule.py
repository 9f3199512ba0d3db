"""The one plan of a course under way: what was given, what was held, and what may follow.

By hand from Birch's figures: 12 doses 8 hours apart, 8 days of rest, 42 days between courses. From
8:00 on November 23 the slots are 8:00, 16:00 and 0:00, and the last of 12 is November 27, 0:00.
The second cycle is in test_course_schedule_second_cycle.py.
"""

from datetime import date
from typing import Any

import pytest

from app.library import Library
from app.model.treatment import CycleSchedule
from tests.engine.people import VEIN_BIRCH, cycle, found

FIRST = "2026-11-23T08:00"
BY_THE_HOUR = [
    f"2026-11-{day}T{hour}" for day in range(23, 30) for hour in ("00:00", "08:00", "16:00")
]
SLOTS = BY_THE_HOUR[1:]


def plan_of(library: Library, **course: Any) -> CycleSchedule | None:
    schedule = found(library, **VEIN_BIRCH, course=course).schedule
    assert schedule is None or isinstance(schedule, CycleSchedule)
    return schedule


def plan(library: Library, **course: Any) -> CycleSchedule:
    one = plan_of(library, **course)
    assert one is not None
    return one


def planned(schedule: CycleSchedule, number: int = 1) -> list[str]:
    return [f"{dose:%Y-%m-%dT%H:%M}" for dose in schedule.cycles[number - 1].doses]


def test_a_course_that_nobody_has_begun_is_planned_from_its_first_dose(library: Library) -> None:
    """Rest November 28 to December 5, the second cycle to December 10, then 42 dates."""
    one = plan(library, first_dose_at=FIRST)
    assert planned(one) == SLOTS[:12]
    first, second = one.cycles
    assert (first.number, first.source, first.begins) == (1, "planned", "entered")
    assert (first.first_day, first.last_day) == (date(2026, 11, 23), date(2026, 11, 27))
    assert first.doses_given == 0
    assert one.rest is not None
    assert (one.rest.first_day, one.rest.last_day, one.rest.days) == (
        date(2026, 11, 28),
        date(2026, 12, 5),
        8,
    )
    assert (second.number, second.source, second.begins) == (2, "planned", "earliest_permitted")
    assert planned(one, 2)[0] == "2026-12-06T08:00"
    assert planned(one, 2)[-1] == "2026-12-10T00:00"
    assert one.course_rest is not None
    assert (one.course_rest.first_day, one.course_rest.last_day, one.course_rest.days) == (
        date(2026, 12, 11),
        date(2027, 1, 21),
        42,
    )
    assert one.next_course_earliest == date(2027, 1, 22)
    assert (one.interval_hours, one.regimen) == (8, "Aldesleukin into a vein")


@pytest.mark.parametrize(
    ("first", "last", "second"),
    [
        # 88 hours from the first dose to the last: from 8:00 on it falls on a fifth date.
        ("2026-11-23T07:59", date(2026, 11, 26), "2026-12-05T07:59"),
        ("2026-11-23T08:00", date(2026, 11, 27), "2026-12-06T08:00"),
        ("2026-11-23T23:59", date(2026, 11, 27), "2026-12-06T23:59"),
        ("2028-02-26T08:00", date(2028, 3, 1), "2028-03-10T08:00"),  # a leap year
        ("2027-12-29T08:00", date(2028, 1, 2), "2028-01-11T08:00"),
    ],
)
def test_the_clock_of_the_first_dose_decides_on_which_date_the_last_one_falls(
    library: Library, first: str, last: date, second: str
) -> None:
    one = plan(library, first_dose_at=first)
    assert one.cycles[0].last_day == last
    assert planned(one, 2)[0] == second


@pytest.mark.parametrize(
    ("held", "doses", "second"),
    [
        (0, SLOTS[:12], "2026-12-06T08:00"),
        (1, SLOTS[1:12], "2026-12-06T16:00"),
        (2, SLOTS[2:12], "2026-12-06T00:00"),
        (11, SLOTS[11:12], "2026-12-06T00:00"),
    ],
)
def test_doses_held_before_the_first_one_move_it_and_are_not_made_up(
    library: Library, held: int, doses: list[str], second: str
) -> None:
    """The last dose stays where it was; the second cycle has the clock of the moved first dose."""
    one = plan(library, first_dose_at=FIRST, cycles=[{"number": 1, "doses_held": held}])
    assert planned(one) == doses
    assert one.cycles[0].begins == "entered"
    assert one.cycles[0].first_day == date.fromisoformat(doses[0][:10])
    assert planned(one, 2)[0] == second


@pytest.mark.parametrize(
    "course",
    [
        # Every dose was held, of the policy's number or of the course's own.
        {"first_dose_at": FIRST, "cycles": [{"number": 1, "doses_held": 12}]},
        {"first_dose_at": FIRST, "cycles": [{"number": 1, "doses_held": 13}]},
        {"first_dose_at": FIRST, "doses_per_cycle": 5, "cycles": [{"number": 1, "doses_held": 5}]},
        {"first_dose_at": FIRST, "cycles": [{"number": 1, "over": True}]},
        # A second cycle that is over ends the first one too.
        {"first_dose_at": FIRST, "cycles": [{"number": 2, "over": True}]},
        {"first_dose_at": FIRST, "cycles": [{"number": 2, "doses_held": 12}]},
        # Nothing says when the course begins.
        {},
        {"cycles": [{"number": 1, "doses_held": 3}]},
        {"cycles": [{"number": 2, "planned_first_at": "2026-12-10T08:00"}]},
        {"previous_last_dose_on": "2026-10-01"},
    ],
)
def test_there_is_no_plan_without_a_first_dose_or_after_a_cycle_without_one(
    library: Library, course: dict[str, Any]
) -> None:
    assert plan_of(library, **course) is None


@pytest.mark.parametrize(
    ("per_cycle", "held", "count"), [(5, 0, 5), (5, 4, 1), (13, 0, 12), (14, 2, 10), (1, 0, 1)]
)
def test_a_cycle_has_its_own_number_of_doses_and_never_more_than_the_policys(
    library: Library, per_cycle: int, held: int, count: int
) -> None:
    one = plan(
        library,
        first_dose_at=FIRST,
        doses_per_cycle=per_cycle,
        cycles=[{"number": 1, "doses_held": held}],
    )
    assert planned(one) == SLOTS[held : held + count]
    assert len(planned(one, 2)) == min(per_cycle, 12)


@pytest.mark.parametrize(
    ("given", "last", "held", "doses"),
    [
        # Given without a gap: the others follow, and held doses keep the slots after the last one.
        (5, SLOTS[4], 0, SLOTS[5:12]),
        (5, SLOTS[4], 1, SLOTS[6:12]),
        (5, SLOTS[4], 2, SLOTS[7:12]),
        # Two free slots between first and last: two doses were held there.
        (5, SLOTS[6], 2, SLOTS[7:12]),
        # One free slot: one dose was held before the last, two were held after it.
        (5, SLOTS[5], 3, SLOTS[8:12]),
        # More free slots than held doses: nothing is made up for the empty ones.
        (5, SLOTS[6], 1, SLOTS[7:13]),
        (5, SLOTS[6], 0, SLOTS[7:14]),
        # One dose alone.
        (1, SLOTS[0], 0, SLOTS[1:12]),
        (1, SLOTS[0], 4, SLOTS[5:12]),
        # Nothing is left.
        (12, SLOTS[11], 0, []),
        (9, SLOTS[8], 3, []),
        (9, SLOTS[8], 9, []),
        (14, SLOTS[13], 0, []),
        # More given than there are slots: a held one came after the last.
        (5, SLOTS[3], 1, SLOTS[5:11]),
    ],
)
def test_a_cycle_under_way_goes_on_after_its_last_dose(
    library: Library, given: int, last: str, held: int, doses: list[str]
) -> None:
    one = plan(library, cycles=[cycle(1, given, SLOTS[0], last, doses_held=held)])
    assert planned(one) == doses
    begun = one.cycles[0]
    assert (begun.source, begun.begins) == ("given_and_planned" if doses else "given", "given")
    assert begun.doses_given == given
    assert begun.first_day == date(2026, 11, 23)
    assert begun.last_day == date.fromisoformat((doses or [last])[-1][:10])


@pytest.mark.parametrize(
    ("last", "next_dose"),
    [
        # Two doses; the slots between them are rounded, a half up: 1.5 intervals are 2, so that the
        # held dose came in between and the next one follows 8 hours after the last.
        ("2026-11-23T20:00", "2026-11-24T04:00"),
        # 1.498 intervals are 1: there was no slot between, and the held dose comes first.
        ("2026-11-23T19:59", "2026-11-24T11:59"),
    ],
)
def test_slots_between_the_first_and_the_last_dose_are_rounded_half_up(
    library: Library, last: str, next_dose: str
) -> None:
    one = plan(library, cycles=[cycle(1, 2, FIRST, last, doses_held=1)])
    assert planned(one)[0] == next_dose
    assert len(planned(one)) == 9


def test_a_cycle_that_is_over_has_nothing_planned(library: Library) -> None:
    one = plan(library, cycles=[cycle(1, 5, SLOTS[0], SLOTS[4], over=True)])
    assert (planned(one), one.cycles[0].source) == ([], "given")
    assert planned(one, 2)[0] == "2026-12-03T08:00"  # 8 dates after November 24


def test_what_was_given_replaces_what_was_planned(library: Library) -> None:
    given = cycle(1, 5, SLOTS[0], SLOTS[4])
    other = plan(library, first_dose_at="2026-12-24T20:00", cycles=[given])
    assert other == plan(library, cycles=[given])


def test_a_cycle_of_five_given_three_has_two_to_come(library: Library) -> None:
    one = plan(library, doses_per_cycle=5, cycles=[cycle(1, 3, SLOTS[0], SLOTS[2])])
    assert planned(one) == SLOTS[3:5]


def test_a_course_that_begins_too_early_stays_as_entered_beside_its_finding(
    library: Library,
) -> None:
    course = {"first_dose_at": FIRST, "previous_last_dose_on": "2026-10-20"}
    one = found(library, **VEIN_BIRCH, course=course)
    assert one.course_check is not None
    assert [finding.rule for finding in one.course_check.findings] == ["course_rest_too_short"]
    assert one.course_check.this_course_earliest == date(2026, 12, 2)
    assert one.schedule == plan(library, first_dose_at=FIRST)


def test_with_cell_therapy_there_is_no_plan_whatever_was_given(library: Library) -> None:
    course = {"first_dose_at": FIRST, "cycles": [cycle(1, 5, SLOTS[0], SLOTS[4])]}
    one = found(library, **VEIN_BIRCH, regimen="til", course=course)
    assert (one.schedule, one.course_check, one.forecast) == (None, None, None)
