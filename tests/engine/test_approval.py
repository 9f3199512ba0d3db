"""The approval period: Alder's ten months to the day before they are over, or what was granted."""

from datetime import date
from typing import Any

import pytest

from app.engine.approval import months_later
from app.library import Library
from app.model.determination import ApprovalPeriod
from tests.cases import case, determine


def period(library: Library, day: str, **changes: Any) -> ApprovalPeriod | None:
    return determine(library, case(date_of_service=day, **changes)).approval_period


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-23", date(2027, 9, 22)),
        ("2028-02-29", date(2028, 12, 28)),
        ("2027-04-30", date(2028, 2, 29)),  # there is no February 30: the months end on March 1
        ("2026-04-29", date(2027, 2, 28)),
        ("2027-05-01", date(2028, 2, 29)),
        ("2027-03-01", date(2027, 12, 31)),
    ],
)
def test_an_approval_ends_on_the_day_before_its_months_are_over(
    library: Library, start: str, end: date
) -> None:
    found = period(library, start)
    assert found == ApprovalPeriod(date.fromisoformat(start), end, assumed_start=True)


def test_granted_dates_replace_the_assumption(library: Library) -> None:
    granted = {"start": "2026-11-01", "end": "2027-05-31"}
    assert period(library, "2026-11-23", authorization=granted) == ApprovalPeriod(
        date(2026, 11, 1), date(2027, 5, 31), assumed_start=False
    )


def test_a_granted_start_alone_counts_its_own_months(library: Library) -> None:
    assert period(library, "2026-11-23", authorization={"start": "2026-11-01"}) == ApprovalPeriod(
        date(2026, 11, 1), date(2027, 8, 31), assumed_start=False
    )


def test_a_granted_end_alone_keeps_the_assumed_start(library: Library) -> None:
    assert period(library, "2026-11-23", authorization={"end": "2027-05-31"}) == ApprovalPeriod(
        date(2026, 11, 23), date(2027, 5, 31), assumed_start=True
    )


@pytest.mark.parametrize(
    "changes",
    [
        {"age_years": 17},
        {"age_years": None},
        {"requested": {"dose_iu": 28_200_001}},
        {"weight_kg": "154"},  # waits for a confirmation
        {"authorization": {"start": "2026-11-24"}},  # covers the date of service not
        {"indication": "other"},
    ],
)
def test_there_is_no_period_unless_everything_is_met(
    library: Library, changes: dict[str, Any]
) -> None:
    assert period(library, "2026-11-23", **changes) is None


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 3, 1)),
        (date(2026, 12, 31), 2, date(2027, 3, 1)),
        (date(2026, 11, 30), 1, date(2026, 12, 30)),
        (date(2026, 10, 31), 1, date(2026, 12, 1)),
    ],
)
def test_a_shorter_month_leads_to_the_first_day_after_it(
    day: date, months: int, later: date
) -> None:
    assert months_later(day, months) == later
