"""The questions that a policy asks for a use, in the order in which they can settle a case.

Looks at the criteria alone, and at no answer.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from app.engine.composing import composed_for, named_uses
from app.engine.judging import Condition
from app.model.criterion import Comparison, Criterion, comparisons
from app.model.policy import Policy


def clauses_for(
    policy: Policy, indication: object, route: str, request_kind: str | None = None
) -> dict[str, tuple[Comparison, ...]]:
    """Return the questions that a policy asks for a use, in their order, each with its clauses.

    After those that decide whether the criteria are met come those of its lengths of approval and
    regimens. "" is a route that is not known yet: criteria for certain routes are left out.
    """
    if not indication:
        return {}
    key = f"clauses {indication} {route} {request_kind}"
    if key not in policy.compiled:
        conditions = _conditions(policy, str(indication), route, request_kind)
        policy.compiled[key] = _clauses(policy, conditions, route, request_kind)
    found: dict[str, tuple[Comparison, ...]] = policy.compiled[key]
    return dict(found)


def _clauses(
    policy: Policy, conditions: Iterable[Criterion], route: str, request_kind: str | None
) -> dict[str, tuple[Comparison, ...]]:
    found: dict[str, list[Comparison]] = {}
    for one in conditions:
        condition = one if route else _for_every_route(one)
        if condition is None:
            continue
        asked = list(comparisons(condition, route))
        for name in Condition(condition, policy, route).ordered(request_kind):
            clauses = found.setdefault(name, [])
            clauses += [one for one in asked if one.question == name and one not in clauses]
    return {name: tuple(clauses) for name, clauses in found.items()}


def _conditions(
    policy: Policy, indication: str, route: str, request_kind: str | None
) -> Iterator[Criterion]:
    """Yield the criterion of a use, and the conditions of its lengths and its regimens."""
    composed = composed_for(policy, indication, request_kind)
    if composed is None:
        named = named_uses(policy)
        yield from () if named is None else (named,)
        return
    yield composed.root
    for length in composed.lengths:
        yield from () if length.approval.when is None else (length.approval.when,)
    key = policy.covering(indication)
    for regimen in () if key is None else policy.coverage[key].regimens(route):
        yield from () if regimen.when is None else (regimen.when,)


def _for_every_route(criterion: Criterion) -> Criterion | None:
    """Return a criterion without what is for certain routes only; None if nothing is left."""
    if isinstance(criterion, Comparison):
        return criterion
    if criterion.routes is not None:
        return None
    found = (_for_every_route(child) for child in criterion.children)
    left = tuple(one for one in found if one is not None)
    if not left:
        return None
    needed = None if criterion.at_least is None else min(criterion.at_least, len(left))
    parts: dict[str, Any] = {criterion.field: left, "at_least": needed}
    return replace(criterion, **parts)
