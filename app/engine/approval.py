"""The lengths of approval that apply to a case, the period that follows, and the payer's review.

An approval starts on the granted date or, without one, on the date of service by assumption. Of
several lengths none is chosen: a period follows only where one applies and no other can.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from app.engine.composing import Composed
from app.engine.judging import Condition
from app.model.approval import Approval
from app.model.case import Case
from app.model.determination import ApprovalPeriod
from app.model.document import NotStated
from app.model.eligibility import CriterionResult
from app.model.policy import Policy
from app.model.stated import ApprovalLength
from app.model.treatment import CycleSchedule, Schedule

Lengths = tuple[ApprovalLength, ...]
_DAY, _WEEK_DAYS = timedelta(days=1), 7
_APPLIES: dict[CriterionResult, bool | None] = {"met": True, "not_met": False, "unknown": None}
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


def lengths_rule(
    policy: Policy, composed: Composed | None, route: str
) -> Callable[[Case, tuple[str, ...]], Lengths]:
    """Return the rule for the stated lengths, each with whether it applies to a case.

    Its second argument names the questions whose answers contradict each other. A use that the
    policy does not list has all lengths of the policy, since an authorization may have any.
    """
    stated = [
        (condition, _told(policy, one)) for one, condition in _conditions(policy, composed, route)
    ]
    always = tuple(told[True] for _, told in stated)
    if all(condition is None for condition, _ in stated):
        return lambda _case, _contradictory: always

    def lengths(case: Case, contradictory: tuple[str, ...]) -> Lengths:
        results = (
            "met" if condition is None else condition(case, contradictory).judged.result
            for condition, _ in stated
        )
        return tuple(
            told[_APPLIES[result]] for (_, told), result in zip(stated, results, strict=True)
        )

    return lengths


def _conditions(
    policy: Policy, composed: Composed | None, route: str
) -> Iterator[tuple[Approval, Condition | None]]:
    if composed is None:
        for coverage in policy.coverage.values():
            yield from ((one, None) for one in coverage.approval)
        return
    for one, condition in composed.lengths:
        yield one, None if condition is None else Condition(condition, policy, route)


def _told(policy: Policy, one: Approval) -> dict[bool | None, ApprovalLength]:
    """Return a length as it is told if it applies, if it does not, and while that is unknown."""
    citation = policy.cite(one.citation)
    return {
        applies: ApprovalLength(one.branch, one.length, applies, citation)
        for applies in _APPLIES.values()
    }


def one_length(lengths: Lengths) -> ApprovalLength | None:
    """Return the length that certainly applies; None if none does, or another may."""
    possible = [one for one in lengths if one.applies is not False]
    is_one = all(one.length == possible[0].length for one in possible)
    return next((one for one in possible if one.applies), None) if is_one else None


def approval_period(case: Case, lengths: Lengths) -> ApprovalPeriod | None:
    """Return the granted first and last day of a case; None if no last day follows.

    Without a granted start it is the date of service. Without a granted end it follows from the
    one length that applies, if that has one.
    """
    granted = case.authorization
    start = granted.start or case.date_of_service
    end = granted.end
    if end is None:
        length = one_length(lengths)
        end = last_day(start, length) if length else None
    return ApprovalPeriod(start, end, granted.start is None) if end else None


def last_day(start: date, length: ApprovalLength) -> date | None:
    """Return the last day of a length that begins on a day; None if the length has none."""
    [(unit, count)] = length.length.items()
    return _last_day(start, unit, count)


@lru_cache(maxsize=_STARTS)
def _last_day(start: date, unit: str, count: int) -> date | None:
    if unit == "months":
        return months_later(start, count) - _DAY
    days = {"weeks": _WEEK_DAYS * count, "days": count}.get(unit)
    return None if days is None else start + timedelta(days=days - 1)


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A granted period, its last day possibly reckoned, and the first day that it leaves out.

    Without a last day only its beginning is known.
    """

    start: date
    end: date | None
    is_start_assumed: bool
    is_end_reckoned: bool
    day: date


def uncovered_day(case: Case, schedule: Schedule | None, lengths: Lengths) -> Uncovered | None:
    """Hold a granted period against the date of service and the planned days.

    A second cycle that is not booked has no planned day. Without dates every day is covered. A last
    day that was not granted is reckoned by the longest length that can apply, if all have one.
    """
    granted = case.authorization
    if granted.start is None and granted.end is None:
        return None
    start = granted.start or case.date_of_service
    end = granted.end or _latest(start, lengths)
    days = (case.date_of_service, *_planned_days(schedule))
    outside = [day for day in days if day < start or (end is not None and day > end)]
    if not outside:
        return None
    return Uncovered(start, end, granted.start is None, granted.end is None, min(outside))


def _latest(start: date, lengths: Lengths) -> date | None:
    found = [last_day(start, one) for one in lengths if one.applies is not False]
    known = [day for day in found if day is not None]
    return max(known) if known and len(known) == len(found) else None


def _planned_days(schedule: Schedule | None) -> Iterator[date]:
    if isinstance(schedule, CycleSchedule):
        for cycle in schedule.cycles:
            if cycle.begins != "earliest_permitted":
                yield from (dose.date() for dose in cycle.doses)
    elif schedule is not None:
        yield from (dose.date() for dose in schedule.doses)


def review_due(policy: Policy) -> date | None:
    """Return the date by which the payer is to review a version; None if no interval is stated."""
    if isinstance(policy.review, NotStated):
        return None
    return months_later(policy.in_force.first_day, policy.review.every_months)
