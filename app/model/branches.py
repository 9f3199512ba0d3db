"""Checks that the ids to which approvals and renewals refer are there, and each is used once."""

from collections.abc import Iterable, Sequence

from app.model.approval import Approval, Renewal
from app.model.criterion import Criterion, criterion_ids
from app.model.data import Refusal


def refuse_repeated(at: str, ids: Sequence[str]) -> None:
    """Do nothing if no id occurs twice. Raises Refusal."""
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    if repeated:
        raise Refusal(f"the id {repeated[0]!r} is used more than once", at=at)


def ids_of(criteria: Iterable[Criterion | None]) -> list[str]:
    """Return the ids of all criteria that are there, and of those below them."""
    return [found for one in criteria if one is not None for found in criterion_ids(one)]


def fit_approvals(at: str, approvals: Sequence[Approval], known: Iterable[str]) -> None:
    """Do nothing if each branch is a known criterion. Raises Refusal."""
    for place, approval in enumerate(approvals):
        _refuse_unknown(f"{at}.{place}.branch", approval.branch, known)


def fit_renewals(at: str, renewals: Sequence[Renewal], known: Sequence[str]) -> None:
    """Do nothing if each branch, and each criterion that must hold again, is known.

    Raises Refusal.
    """
    for place, renewal in enumerate(renewals):
        here = f"{at}.{place}"
        _refuse_unknown(f"{here}.branch", renewal.branch, known)
        for name in renewal.also or ():
            _refuse_unknown(f"{here}.also", name, known)
        own = ids_of([renewal.criteria])
        fit_approvals(f"{here}.approval", renewal.approval, [*known, *own])


def fit_common_renewals(
    renewals: Sequence[Renewal], uses: dict[str, Sequence[str]], known: Sequence[str]
) -> None:
    """Do nothing if what the renewals of all indications refer to is there. Raises Refusal.

    A branch may be that of some indications only; a criterion that must hold again is there in each
    indication for which the entry can be.
    """
    everything = [*known, *(one for ids in uses.values() for one in ids)]
    fit_renewals("renewal", renewals, everything)
    for place, renewal in enumerate(renewals):
        for indication, ids in uses.items():
            if renewal.branch is None or renewal.branch in (*known, *ids):
                for name in renewal.also or ():
                    at = f"renewal.{place}.also"
                    _refuse_unknown(at, name, [*known, *ids], f" for {indication}")


def _refuse_unknown(at: str, name: str | None, known: Iterable[str], where: str = "") -> None:
    if name is not None and name not in known:
        raise Refusal(f"there is no criterion {name!r}{where}", at=at)
