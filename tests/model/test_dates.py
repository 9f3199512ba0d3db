"""Dates and times of a case: real ones of the calendar from 2020 to 2099, in one written form."""

from datetime import date, datetime

import pytest

from tests.model.keys import case_with
from tests.model.reading import at, read, refused_at

DAYS = (
    "date_of_service",
    "course.previous_last_dose_on",
    "course.discharge_date",
    "authorization.start",
)
TIMES = ("course.first_dose_at", "course.cycles.0.planned_first_at")


@pytest.mark.parametrize("key", DAYS)
def test_a_date_lies_from_2020_to_2099(key: str) -> None:
    for written in ("2020-01-01", "2024-02-29", "2099-12-31"):
        assert at(read(case_with(key, written)), key) == date.fromisoformat(written)
    for written in ("2019-12-31", "2100-01-01", "0000-01-01", "9999-12-31"):
        assert refused_at(case_with(key, written)) == [key]


@pytest.mark.parametrize("key", DAYS)
@pytest.mark.parametrize(
    "written",
    [
        *("2026-02-29", "2026-13-01", "2026-00-01", "2026-04-31", "2026-11-00", "2026-11-32"),
        *("20261123", "2026-W48-1", "2026-327", "26-11-23", "2026/11/23", "11/23/2026"),
        *(" 2026-11-23", "2026-11-23 ", "2026-11-23\n", "+2026-11-23", "２０２６-11-23"),
        *("2026-11-23T00:00", "2026–11–23", "Nov 23, 2026", ""),
    ],
)
def test_any_other_date_is_refused(key: str, written: str) -> None:
    assert refused_at(case_with(key, written)) == [key]


@pytest.mark.parametrize("key", TIMES)
def test_a_time_is_local_and_to_the_minute(key: str) -> None:
    for written in ("2020-01-01T00:00", "2026-11-23T08:00", "2099-12-31T23:59"):
        found = at(read(case_with(key, written)), key)
        assert found == datetime.fromisoformat(written)
        assert found.tzinfo is None


@pytest.mark.parametrize("key", TIMES)
@pytest.mark.parametrize(
    "written",
    [
        *("2019-12-31T23:59", "2100-01-01T00:00", "2026-11-23T24:00", "2026-11-23T08:60"),
        *("2026-02-30T08:00", "2026-11-23", "2026-11-23T08", "2026-11-23T8:00"),
        *("2026-11-23T08:00:00", "2026-11-23T08:00Z", "2026-11-23T08:00+01:00"),
        *("2026-11-23 08:00", "2026-11-23t08:00", "20261123T0800", "2026-11-23T08.00", ""),
    ],
)
def test_any_other_time_is_refused(key: str, written: str) -> None:
    assert refused_at(case_with(key, written)) == [key]
