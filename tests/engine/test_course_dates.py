"""The earliest dates of what may follow, counted in whole dates from what was given."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.library import Library
from tests.engine.test_course import LABEL, MORNING, check, cycle


@pytest.mark.parametrize(
    ("last", "second", "another"),
    [
        # 11 dates of rest, November 28 to December 8; 56 dates, November 28 to January 22.
        ("2026-11-27T16:00", date(2026, 12, 9), date(2027, 1, 23)),
        # An evening start ends on a sixth date, and a dose at 23:30 counts for its own date.
        ("2026-11-28T04:00", date(2026, 12, 10), date(2027, 1, 24)),
        ("2026-11-27T23:30", date(2026, 12, 9), date(2027, 1, 23)),
        ("2026-11-28T00:00", date(2026, 12, 10), date(2027, 1, 24)),
        # February has 29 days in 2028 and 28 in 2027; a year ends on December 31.
        ("2028-02-25T16:00", date(2028, 3, 8), date(2028, 4, 22)),
        ("2027-02-25T16:00", date(2027, 3, 9), date(2027, 4, 23)),
        ("2027-12-27T16:00", date(2028, 1, 8), date(2028, 2, 22)),
    ],
)
def test_rest_counts_in_whole_dates_from_the_last_dose(
    library: Library, last: str, second: date, another: date
) -> None:
    first = f"{date.fromisoformat(last[:10]) - timedelta(days=5)}T08:00"
    alone = check(library, cycle(1, 10, first, last))
    assert (alone.second_cycle_earliest, alone.next_course_earliest) == (second, None)
    without_second = check(
        library, cycle(1, 10, first, last), {"number": 2, "doses_given": 0, "over": True}
    )
    assert without_second.next_course_earliest == another
    after_second = check(library, cycle(2, 10, first, last))
    assert (after_second.second_cycle_earliest, after_second.next_course_earliest) == (
        None,
        another,
    )


@pytest.mark.parametrize(
    ("cycle_two", "another"),
    [
        ({"number": 2, "doses_given": 0}, None),  # not over: a dose may still come
        ({"number": 2, "doses_given": 0, "over": False}, None),
        ({"number": 2, "doses_given": 0, "doses_held": 10, "over": True}, date(2027, 1, 23)),
        (cycle(2, 1, "2026-12-09T08:00", "2026-12-09T08:00"), date(2027, 2, 4)),
    ],
)
def test_another_course_waits_for_the_second_cycle(
    library: Library, cycle_two: dict[str, Any], another: date | None
) -> None:
    assert check(library, MORNING, cycle_two).next_course_earliest == another


def test_an_ended_first_cycle_alone_does_not_end_the_course(library: Library) -> None:
    assert check(library, {**MORNING, "over": True}).next_course_earliest is None


def test_without_any_dose_there_is_no_date(library: Library) -> None:
    nothing = [{"number": number, "doses_given": 0, "over": True} for number in (1, 2)]
    found = check(library, *nothing)
    assert (found.second_cycle_earliest, found.next_course_earliest) == (None, None)
    times = {"first_dose_at": "2026-11-23T08:00", "last_dose_at": "2026-11-23T08:00"}
    planned = check(library, {"number": 1, "doses_given": 0, **times})
    assert planned.second_cycle_earliest is None


@pytest.mark.parametrize(
    ("previous", "earliest"),
    [
        ("2026-12-13", date(2027, 2, 8)),
        ("2027-12-31", date(2028, 2, 26)),
        ("2028-02-01", date(2028, 3, 29)),
        ("2027-02-01", date(2027, 3, 30)),
    ],
)
def test_this_course_may_begin_on_the_date_after_the_rest_from_the_one_before(
    library: Library, previous: str, earliest: date
) -> None:
    found = check(library, previous_last_dose_on=previous)
    assert (found.cycles, found.findings) == ((), ())
    assert found.this_course_earliest == earliest


@pytest.mark.parametrize(
    ("discharged", "earliest"),
    [
        ("2026-12-12", date(2027, 1, 30)),
        ("2028-01-31", date(2028, 3, 20)),
        ("2027-01-31", date(2027, 3, 21)),
    ],
)
def test_the_label_counts_forty_nine_days_from_the_discharge(
    library: Library, discharged: str, earliest: date
) -> None:
    found = check(library, MORNING, discharge_date=discharged)
    assert found.next_course_by_discharge == earliest
    assert found.citations["next_course_by_discharge"] == LABEL
    assert found.findings == ()
