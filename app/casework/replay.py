"""Cases judged by two versions of a policy: for which of them something else comes out.

Each case is judged by both versions whatever its date of service. Compared are the statuses, every
limit and the approval period. Pure: reads no file.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from app.engine import evaluate
from app.model.case import Case
from app.model.determination import LIMIT_NAMES, Determination
from app.model.policy import Policy
from app.model.reference_data import ReferenceData

_LIMITS = ("max_dose_iu", "per", *LIMIT_NAMES)


@dataclass(frozen=True, slots=True)
class ReplayedCase:
    """A case for which the versions differ; `name` is the file and row that it comes from."""

    name: str
    case: Case
    before: Determination
    after: Determination


@dataclass(frozen=True, slots=True)
class Replay:
    """What came out; every case that was handed in is counted once.

    `unreadable` has the name and the reason of each row that is no case.
    """

    judged: int
    of_another_policy: int
    unreadable: tuple[tuple[str, str], ...]
    changed: tuple[ReplayedCase, ...]


def replay(
    cases: Iterable[tuple[str, Case | str]],
    before: Policy,
    after: Policy,
    reference_data: ReferenceData,
) -> Replay:
    """Judge the cases of a policy by both versions; a text in place of a case says what is wrong.

    Cases that name another policy than `after` are counted and not judged.
    """
    judged = of_another_policy = 0
    unreadable: list[tuple[str, str]] = []
    changed: list[ReplayedCase] = []
    for name, case in cases:
        if isinstance(case, str):
            unreadable.append((name, case))
        elif case.policy != after.id:
            of_another_policy += 1
        else:
            judged += 1
            sides = (evaluate(case, policy, reference_data) for policy in (before, after))
            one = ReplayedCase(name, case, *sides)
            if compared(one.before) != compared(one.after):
                changed.append(one)
    return Replay(judged, of_another_policy, tuple(unreadable), tuple(changed))


def compared(determination: Determination) -> dict[str, Any]:
    """Return what is compared; a dose that is not known yet counts by its arithmetic."""
    limit, period = determination.dose_limit, determination.approval_period
    limits = {name: getattr(limit, name) for name in _LIMITS} if limit else {}
    return {
        "approval_status": determination.approval_status,
        "eligibility_status": determination.eligibility.status,
        **limits,
        "basis": limit.basis if limit and limit.max_dose_iu is None else None,
        "approval": (period.start, period.end) if period else None,
    }
