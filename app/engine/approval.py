"""The period of an approval: granted, or assumed to start on the date of service."""

from datetime import date, timedelta

from app.engine.months import months_later
from app.model.case import Case
from app.model.determination import ApprovalPeriod
from app.model.policy import Approval

_DAY = timedelta(days=1)


def approval_period(case: Case, approval: Approval) -> ApprovalPeriod:
    """Return first and last day; the last is the day before the anniversary of the first."""
    granted = case.authorization
    start = granted.start or case.date_of_service
    end = granted.end or _last_day(start, approval.months)
    return ApprovalPeriod(start, end, assumed_start=granted.start is None)


def _last_day(start: date, months: int) -> date:
    return months_later(start, months) - _DAY
