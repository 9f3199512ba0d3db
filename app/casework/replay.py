"""Judges cases by two versions of a policy, and finds those whose results differ.

Each case is judged by both versions, whatever its date of service. Statuses, limits, the check of
the request, findings about the course, vials and approval period are compared. Pure: reads no file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from app.engine import evaluate
from app.model.approval import DATED
from app.model.case import Case
from app.model.determination import LIMIT_NAMES, Determination, RegimenLimit
from app.model.policy import Policy
from app.model.reference_data import ReferenceData

T = TypeVar("T")

# So many changed cases, and as many unreadable rows, are named; all of them are counted.
MOST_NAMED = 1_000

_LIMITS = ("max_dose_iu", "per", *LIMIT_NAMES)


@dataclass(frozen=True, slots=True)
class ReplayedCase:
    """A case with different results; `name` says from which file and row it comes."""

    name: str
    case: Case
    before: Determination
    after: Determination


@dataclass(frozen=True, slots=True)
class Replay:
    """The result of a replay; every given case is counted once.

    `unreadable` has the name and the reason for each row that is not a valid case. Of these and of
    the changed cases, at most MOST_NAMED are kept, and how many more there are.
    """

    judged: int
    of_another_policy: int
    unreadable: tuple[tuple[str, str], ...]
    changed: tuple[ReplayedCase, ...]
    more_unreadable: int = 0
    more_changed: int = 0


def replay(
    cases: Iterable[tuple[str, Case | str]],
    before: Policy,
    after: Policy,
    reference_data: ReferenceData,
) -> Replay:
    """Judge the named cases by both versions of a policy.

    A text instead of a case is the reason why the row is not a valid case. Cases that name another
    policy than `after` are counted but not judged.
    """
    judged = of_another_policy = 0
    unreadable: _First[tuple[str, str]] = _First()
    changed: _First[ReplayedCase] = _First()
    for name, case in cases:
        if isinstance(case, str):
            unreadable.add((name, case))
        elif case.policy != after.id:
            of_another_policy += 1
        else:
            judged += 1
            sides = (evaluate(case, policy, reference_data) for policy in (before, after))
            one = ReplayedCase(name, case, *sides)
            if compared(one.before) != compared(one.after):
                changed.add(one)
    kept = tuple(unreadable.kept), tuple(changed.kept)
    return Replay(judged, of_another_policy, *kept, unreadable.more, changed.more)


class _First(Generic[T]):
    """Keeps the first MOST_NAMED of what is added, and counts the rest."""

    def __init__(self) -> None:
        self.kept: list[T] = []
        self.more = 0

    def add(self, one: T) -> None:
        if len(self.kept) < MOST_NAMED:
            self.kept.append(one)
        else:
            self.more += 1


def compared(determination: Determination) -> dict[str, Any]:
    """Return the values to compare; for a dose that is not known yet, its calculation in words."""
    limit, period = determination.dose_limit, determination.approval_period
    limits = {name: getattr(limit, name) for name in _LIMITS} if limit else {}
    units, check = determination.units, determination.course_check
    return {
        "approval_status": determination.approval_status,
        "eligibility_status": determination.eligibility.status,
        "unconfirmed": determination.unconfirmed,
        **limits,
        "basis": limit.basis if limit and limit.max_dose_iu is None else None,
        "request": [
            (one.field, one.result, one.limit) for one in determination.request_check.findings
        ],
        "course": [(one.rule, one.kind) for one in check.findings] if check else [],
        "vials": (units.vials_by_content, units.vials_by_volume) if units else None,
        "approval": (period.start, period.end) if period else None,
        "lengths": _lengths(determination),
        "regimens": list(filter(None, map(_stated, determination.regimens))),
    }


def _lengths(determination: Determination) -> list[tuple[Any, ...]]:
    """Return the stated lengths, but for the only one, of which the period tells."""
    lengths = determination.approval_lengths
    if len(lengths) == 1 and lengths[0].length.keys() <= set(DATED):
        return []
    return [(one.branch, one.length, one.applies) for one in lengths]


def _stated(regimen: RegimenLimit) -> tuple[Any, ...] | None:
    """Return what a regimen states; None where the documented limit tells all of it."""
    over_time = [(one.of, one.per, one.days, one.at_most) for one in regimen.limits]
    days = [(one.cycle_days, one.on, one.cycles) for one in regimen.pattern]
    rests = {regimen.rest_from, regimen.course_rest_from} - {None, "last_dose"}
    if regimen.applies and not (over_time or days or rests):
        return None
    own = [getattr(regimen, name) for name in _LIMITS]
    return (regimen.name, regimen.applies, over_time, days, rests, own)
