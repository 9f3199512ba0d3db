"""The questions that a policy asks for a use, in the order in which they can settle a case.

Looks at the criteria alone, and at no answer.
"""

from collections.abc import Iterator
from typing import Literal

from app.model.criterion import Comparison, Criterion, Group
from app.model.policy import Policy


def clauses_for(
    policy: Policy, indication: object, route: str
) -> dict[str, tuple[Comparison, ...]]:
    """Return the questions that a policy asks for a use, in their order, each with its clauses.

    Nothing for an indication that the policy does not list; "" is a route that is not known yet.
    """
    coverage = next((one for key, one in policy.coverage.items() if key == indication), None)
    if coverage is None:
        return {}
    asked = tuple(comparisons(coverage.criteria, route))
    return {
        question: tuple(one for one in asked if one.question == question)
        for question in questions_for(coverage.criteria, route)
    }


def questions_for(criterion: Comparison | Group, route: str) -> tuple[str, ...]:
    """Return the questions that the criteria ask for a route, without duplicates.

    Questions of which a single answer can decide the result come first; otherwise the order is that
    of the policy. Without a known route (""), criteria for certain routes only are left out.
    """
    asked = dict.fromkeys(one.question for one in comparisons(criterion, route))
    alone = set(_settling_alone(criterion, route))
    return tuple(sorted(asked, key=lambda question: question not in alone))


def comparisons(criterion: Comparison | Group, route: str) -> Iterator[Comparison]:
    """Yield the comparisons that apply to a route, in the order of the policy."""
    if isinstance(criterion, Comparison):
        yield criterion
    for child in _applicable(criterion, route):
        yield from comparisons(child, route)


def _applicable(criterion: Comparison | Group, route: str) -> tuple[Criterion, ...]:
    """Return the children of a group that apply to the route; () for a comparison."""
    if isinstance(criterion, Comparison):
        return ()
    return tuple(
        child
        for child in criterion.children
        if isinstance(child, Comparison) or child.routes is None or route in child.routes
    )


def _settling_alone(
    criterion: Comparison | Group, route: str, above: Literal["all", "any"] | None = None
) -> Iterator[str]:
    """Yield the questions of which a single answer can decide the result.

    This is so if all groups above a question are of one kind: one "not met" decides nested "all"
    groups, one "met" decides nested "any" groups. A group with a single child counts as either.
    """
    if isinstance(criterion, Comparison):
        yield criterion.question
        return
    children = _applicable(criterion, route)
    own: Literal["all", "any"] = "any" if criterion.all_ is None else "all"
    kind = own if len(children) > 1 else above
    if above in (None, kind):
        for child in children:
            yield from _settling_alone(child, route, kind)
