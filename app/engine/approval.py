"""Periods in calendar months: the approval, and the time until the payer reviews a policy.

An approval starts on the granted date or, without one, on the date of service by assumption.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache, partial

from app.model.approval import Approval
from app.model.case import Case
from app.model.determination import ApprovalPeriod
from app.model.policy import Policy
from app.model.treatment import CycleSchedule, Schedule

_DAY = timedelta(days=1)
# How many first days are remembered, each with its last day: requests of a day share them.
_STARTS = 256


def months_later(day: date, months: int) -> date:
    """Return the same day `months` later, or the first of the next month if that day is missing.

    >>> months_later(date(2026, 11, 23), 12)
    datetime.date(2027, 11, 23)
    >>> months_later(date(2028, 2, 29), 12)
    datetime.date(2029, 3, 1)
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return date(year, month + 1, day.day)
    except ValueError:
        year, month = divmod(day.year * 12 + day.month + months, 12)
        return date(year, month + 1, 1)


def approval_rule(approval: Approval) -> Callable[[Case], ApprovalPeriod]:
    """Return the rule that gives the granted first and last day of a case.

    Without a granted start it is the date of service. Without a granted end it is the day before
    the same day of the month, `approval.months` after the start.
    """
    last_day = lru_cache(maxsize=_STARTS)(partial(_last_day, months=approval.months))

    def approval_period(case: Case) -> ApprovalPeriod:
        granted = case.authorization
        start = granted.start or case.date_of_service
        end = granted.end or last_day(start)
        return ApprovalPeriod(start, end, granted.start is None)

    return approval_period


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A granted period, its last day possibly reckoned, and the first day that it leaves out."""

    start: date
    end: date
    is_start_assumed: bool
    is_end_reckoned: bool
    day: date


def coverage_rule(
    policy: Policy, approval: Approval | None
) -> Callable[[Case, Schedule | None], Uncovered | None]:
    """Return the rule that holds a granted period against the date of service and the planned days.

    A second cycle that is not booked has no planned day. Without dates every day is covered. The
    end for a use without an approval is reckoned by the policy's longest one.
    """
    approvals = [one.approval[0].months for one in policy.coverage.values()]
    months = approval.months if approval is not None else max(approvals)

    def uncovered(case: Case, schedule: Schedule | None) -> Uncovered | None:
        granted = case.authorization
        if granted.start is None and granted.end is None:
            return None
        start = granted.start or case.date_of_service
        end = granted.end or _last_day(start, months)
        outside = [
            day
            for day in (case.date_of_service, *_planned_days(schedule))
            if not start <= day <= end
        ]
        if not outside:
            return None
        return Uncovered(start, end, granted.start is None, granted.end is None, min(outside))

    return uncovered


def _planned_days(schedule: Schedule | None) -> Iterator[date]:
    if isinstance(schedule, CycleSchedule):
        for cycle in schedule.cycles:
            if cycle.begins != "earliest_permitted":
                yield from (dose.date() for dose in cycle.doses)
    elif schedule is not None:
        yield from (dose.date() for dose in schedule.doses)


def _last_day(start: date, months: int) -> date:
    return months_later(start, months) - _DAY


def review_due(policy: Policy) -> date:
    """Return the date by which the payer is to review a version."""
    return months_later(policy.in_force.first_day, policy.review.every_months)
