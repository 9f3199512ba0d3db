"""Which judged criteria decide, and what settles an open question.

Below a group of none, the criterion that decides has the opposite result: it rules the group out.
"""

from collections.abc import Iterator

from app.engine.composing import REFUSED_RENEWAL
from app.engine.kleene import OPPOSITE
from app.model.eligibility import (
    Compared,
    CriterionResult,
    Eligibility,
    Judged,
    JudgedAny,
    JudgedCount,
    JudgedNone,
    all_below,
    children,
    is_for_another_route,
)


def deciding_criteria(eligibility: Eligibility) -> Iterator[Judged]:
    """Yield the innermost criteria that make an eligibility what it is.

    A use that the policy names as not covered decides before the criteria.
    """
    root = eligibility.criteria
    named = children(root)[0] if eligibility.uses else root
    yield from decisive(named, frozenset(eligibility.missing))


def refused_renewals(eligibility: Eligibility) -> tuple[Judged, ...]:
    """Return the criteria by which the document refuses a renewal, as far as they are met."""
    return tuple(
        one
        for one in all_below(eligibility.criteria)
        if one.id.startswith(REFUSED_RENEWAL) and one.result == "met"
    )


def decisive(judged: Judged, missing: frozenset[str] | None = None) -> Iterator[Judged]:
    """Yield the innermost criteria that cause the result of this one.

    A criterion for other routes is skipped if a sibling applies to the route of the case; an open
    one is if it asks none of the questions that are `missing`.
    """
    applicable = [one for one in _causes(judged) if _can_matter(one, missing)]
    if not _is_enough(judged, applicable):
        yield judged  # no single one of several alternatives decides
        return
    for child in applicable:
        yield from decisive(child, missing)


def _can_matter(judged: Judged, missing: frozenset[str] | None) -> bool:
    if judged.result != "unknown" or missing is None:
        return True
    return not missing.isdisjoint(_asked(judged))


def _causes(judged: Judged) -> list[Judged]:
    """Return the criteria directly below this one that cause its result."""
    wanted = _cause(judged)
    below = [child for child in children(judged) if child.result == wanted]
    return [child for child in below if not is_for_another_route(child)]


def _cause(judged: Judged) -> CriterionResult:
    return OPPOSITE[judged.result] if isinstance(judged, JudgedNone) else judged.result


def _is_enough(judged: Judged, causes: list[Judged]) -> bool:
    """Return whether each of these criteria is needed, or they decide together by their number."""
    if isinstance(judged, JudgedAny):
        return len(causes) == 1
    if not isinstance(judged, JudgedCount) or not causes:
        return bool(causes)
    results = [one.result for one in judged.of if not is_for_another_route(one)]
    if judged.result == "met":
        return len(causes) >= judged.at_least
    if judged.result == "unknown":
        return len(causes) == judged.at_least - results.count("met")
    return len(results) <= judged.at_least


def settled_by(judged: Judged, question: str) -> Judged | None:
    """Return the criterion that makes the answer to a question irrelevant, or None."""
    if question not in _asked(judged):
        return None
    if judged.result == "not_met":
        return next(decisive(judged))
    is_met = judged.result == "met"
    if is_met and isinstance(judged, JudgedAny):
        return next((child for child in judged.any if child.result == "met"), judged)
    if is_met and isinstance(judged, JudgedCount):
        return judged
    found = (settled_by(child, question) for child in children(judged))
    return next((one for one in found if one is not None), judged if is_met else None)


def _asked(judged: Judged) -> Iterator[str]:
    if isinstance(judged, Compared):
        yield judged.question
    for child in children(judged):
        yield from _asked(child)
