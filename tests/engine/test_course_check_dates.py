"""The earliest dates of what may follow, which of them hang on planned doses, and the discharge."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given

from app.engine import evaluate
from app.library import Library
from app.model.case import Case
from app.model.case_json import read_case
from app.model.treatment import CycleSchedule
from tests.any_case import any_case
from tests.cases import ALDER, BIRCH
from tests.engine.people import VEIN_BIRCH, cycle, found
from tests.engine.test_course_check import FULL, check
from tests.engine.test_course_schedule import FIRST, SLOTS
from tests.properties.plan_cases import plan_cases

THREE = cycle(1, 3, SLOTS[0], SLOTS[2])  # to November 24, 0:00; full, the cycle ends on November 27
SECOND = cycle(2, 12, "2026-12-06T08:00", "2026-12-10T00:00")
BEGUN = cycle(2, 2, "2026-12-06T08:00", "2026-12-06T16:00")
BOOKED = {"number": 2, "planned_first_at": "2026-12-10T08:00"}  # to December 14, 0:00
UNKNOWN = (None, False)


@pytest.mark.parametrize(
    ("course", "second", "next_course"),
    [
        # All of both cycles was given: both dates are firm.
        ({"cycles": [FULL, SECOND]}, (date(2026, 12, 6), False), (date(2027, 1, 22), False)),
        # The first alone is full; the second follows in the plan.
        ({"cycles": [FULL]}, (date(2026, 12, 6), False), (date(2027, 1, 22), True)),
        ({"cycles": [THREE]}, (date(2026, 12, 6), True), (date(2027, 1, 22), True)),
        # Over after three: from November 24 on, 8 dates.
        (
            {"cycles": [{**THREE, "over": True}]},
            (date(2026, 12, 3), False),
            (date(2027, 1, 19), True),
        ),
        # Nothing was given; a dose was held.
        (
            {"first_dose_at": FIRST, "cycles": [{"number": 1, "doses_held": 1}]},
            (date(2026, 12, 6), True),
            (date(2027, 1, 22), True),
        ),
        # The second cycle is under way, over, or booked.
        ({"cycles": [FULL, BEGUN]}, (date(2026, 12, 6), False), (date(2027, 1, 22), True)),
        (
            {"cycles": [FULL, {**BEGUN, "over": True}]},
            (date(2026, 12, 6), False),
            (date(2027, 1, 18), False),
        ),
        ({"cycles": [FULL, BOOKED]}, (date(2026, 12, 6), False), (date(2027, 1, 26), True)),
        # The second cycle is over without a dose, which ends the first one too.
        (
            {"cycles": [THREE, {"number": 2, "over": True}]},
            (date(2026, 12, 3), False),
            (date(2027, 1, 6), False),
        ),
        (
            {"cycles": [THREE, {"number": 2, "doses_held": 12}]},
            (date(2026, 12, 3), False),
            (date(2027, 1, 6), False),
        ),
        # Nothing says when the course begins, or it has ended without a dose.
        ({"previous_last_dose_on": "2026-10-01"}, UNKNOWN, UNKNOWN),
        ({"cycles": [{"number": 1, "doses_held": 1}]}, UNKNOWN, UNKNOWN),
        ({"first_dose_at": FIRST, "cycles": [{"number": 1, "over": True}]}, UNKNOWN, UNKNOWN),
    ],
)
def test_the_dates_of_what_may_follow_and_whether_they_are_provisional(
    library: Library,
    course: dict[str, Any],
    second: tuple[date | None, bool],
    next_course: tuple[date | None, bool],
) -> None:
    one = found(library, **VEIN_BIRCH, course=course).course_check
    assert one is not None
    assert (one.second_cycle_earliest, one.second_cycle_provisional) == second
    assert (one.next_course_earliest, one.next_course_provisional) == next_course


@pytest.mark.parametrize(
    ("last", "second"),
    [
        ("2026-11-27T23:59", date(2026, 12, 6)),
        ("2026-11-28T00:00", date(2026, 12, 7)),
        ("2028-02-25T16:00", date(2028, 3, 5)),  # February has 29 days in 2028
        ("2027-02-25T16:00", date(2027, 3, 6)),
        ("2027-12-27T16:00", date(2028, 1, 5)),
    ],
)
def test_rest_counts_in_whole_dates_from_the_last_dose(
    library: Library, last: str, second: date
) -> None:
    one = check(
        library,
        cycle(
            1,
            2,
            f"{last[:10]}T00:00" if last[11:] != "00:00" else "2026-11-27T00:00",
            last,
            over=True,
        ),
    )
    assert one.second_cycle_earliest == second


@pytest.mark.parametrize(
    ("previous", "earliest"),
    [
        ("2026-12-10", date(2027, 1, 22)),
        ("2027-12-31", date(2028, 2, 12)),
        ("2028-02-01", date(2028, 3, 15)),
        ("2027-02-01", date(2027, 3, 16)),
    ],
)
def test_this_course_may_begin_on_the_date_after_the_rest_from_the_one_before(
    library: Library, previous: str, earliest: date
) -> None:
    one = check(library, previous_last_dose_on=previous)
    assert (one.cycles, one.findings) == ((), ())
    assert one.this_course_earliest == earliest


def test_without_the_course_before_there_is_no_such_date(library: Library) -> None:
    assert check(library, FULL).this_course_earliest is None


@pytest.mark.parametrize(
    ("course", "of"),
    [
        # Nothing of this course was given: the discharge follows the course before.
        ({"previous_last_dose_on": "2026-10-01"}, "this_course"),
        ({"previous_last_dose_on": "2026-10-01", "first_dose_at": FIRST}, "this_course"),
        (
            {"previous_last_dose_on": "2026-10-01", "cycles": [{"number": 1, "doses_held": 2}]},
            "this_course",
        ),
        # The second cycle is done: the discharge ends the course.
        ({"cycles": [FULL, SECOND]}, "next_course"),
        ({"previous_last_dose_on": "2026-10-01", "cycles": [FULL, SECOND]}, "next_course"),
        ({"cycles": [FULL, {**BEGUN, "over": True}]}, "next_course"),
        ({"cycles": [FULL, {"number": 2, "over": True}]}, "next_course"),
        ({"cycles": [FULL, {"number": 2, "doses_held": 12}]}, "next_course"),
        # The course is not finished.
        ({"cycles": [FULL]}, None),
        ({"cycles": [{**FULL, "over": True}]}, None),
        ({"previous_last_dose_on": "2026-10-01", "cycles": [FULL]}, None),
        ({"cycles": [FULL, BEGUN]}, None),  # more of the second cycle is planned
        ({"cycles": [FULL, BOOKED]}, None),
    ],
)
def test_the_labels_seven_weeks_count_from_the_discharge(
    library: Library, course: dict[str, Any], of: str | None
) -> None:
    """49 days after December 14, 2026 is February 1, 2027."""
    told = {**course, "discharge_date": "2026-12-14"}
    one = found(library, **VEIN_BIRCH, course=told).course_check
    assert one is not None
    assert one.by_discharge_of == of
    assert one.by_discharge == (date(2027, 2, 1) if of else None)
    without = found(library, **VEIN_BIRCH, course=course).course_check
    assert without is not None
    assert (without.by_discharge, without.by_discharge_of) == (None, None)
    assert without.findings == one.findings  # it is no limit of the policy


@given(read=any_case | plan_cases().map(read_case))
def test_the_dates_are_the_plans_own(library: Library, read: Case) -> None:
    """No case of any kind has two answers to when something may begin."""
    for policy_id in (ALDER, BIRCH):
        one = evaluate(read, library.versions(policy_id)[-1], library.reference_data)
        course, plan = one.course_check, one.schedule
        if course is None or not isinstance(plan, CycleSchedule):
            continue
        assert course.next_course_earliest == plan.next_course_earliest
        second = plan.cycles[1]
        if second.begins == "earliest_permitted":
            assert course.second_cycle_earliest == second.first_day
        broken = "rest_too_short" in {each.rule for each in course.findings}
        assert course.second_cycle_earliest is not None
        early = second.first_day is not None and second.first_day < course.second_cycle_earliest
        assert broken is early
        for each in plan.cycles:
            days = {dose.date() for dose in each.doses}
            assert all(
                each.first_day <= day <= each.last_day
                for day in days
                if each.first_day and each.last_day
            )
