"""Judges criteria as met, not met or unknown (strong Kleene logic), with a full trace.

An unknown answer is missing only if it can still change the result. Must not know any payer's rule.
"""

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from app.model.case import Case
from app.model.criterion import Comparison, Criterion, Group
from app.model.determination import (
    CriterionResult,
    Eligibility,
    EligibilityStatus,
    Judged,
    JudgedAll,
    JudgedAny,
    JudgedComparison,
    Seen,
    children,
    is_for_another_route,
)
from app.model.policy import Policy

_STATUS: dict[CriterionResult, EligibilityStatus] = {
    "met": "met",
    "not_met": "not_met",
    "unknown": "incomplete",
}


def judge_eligibility(case: Case, policy: Policy) -> Eligibility:
    """Return the judged criteria for the indication of the case, and the answers still missing."""
    coverage = policy.coverage.get(case.indication)
    if coverage is None:
        return Eligibility("not_covered", _not_listed(case, policy), ())
    judged = _judge(coverage.criteria, case, policy)
    missing = tuple(sorted(set(_open_questions(judged))))
    return Eligibility(_STATUS[judged.result], judged, missing)


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


def decisive(judged: Judged) -> Iterator[Judged]:
    """Yield the innermost criteria that cause the result of this one.

    A criterion for other routes is skipped if a sibling applies to the route of the case.
    """
    below = [child for child in children(judged) if child.result == judged.result]
    applicable = [child for child in below if not is_for_another_route(child)]
    if not applicable or (isinstance(judged, JudgedAny) and len(applicable) > 1):
        yield judged  # no single one of several alternatives decides
        return
    for child in applicable:
        yield from decisive(child)


def settled_by(judged: Judged, question: str) -> Judged | None:
    """Return the criterion that makes the answer to a question irrelevant, or None."""
    if question not in _asked(judged):
        return None
    if judged.result == "not_met":
        return next(decisive(judged))
    if judged.result == "met" and isinstance(judged, JudgedAny):
        return next(child for child in judged.any if child.result == "met")
    found = (settled_by(child, question) for child in children(judged))
    return next((one for one in found if one is not None), None)


def _asked(judged: Judged) -> Iterator[str]:
    if isinstance(judged, JudgedComparison):
        yield judged.question
    for child in children(judged):
        yield from _asked(child)


def _judge(criterion: Comparison | Group, case: Case, policy: Policy) -> Judged:
    if isinstance(criterion, Comparison):
        return _compare(criterion, answer(case, criterion.question), policy)
    if criterion.routes and case.route not in criterion.routes:
        return _pass_over(criterion, case.route, policy)
    citation = policy.cite(criterion.citation)
    judged = tuple([_judge(child, case, policy) for child in criterion.children])
    results = {child.result for child in judged}
    if criterion.all_ is not None:
        return JudgedAll(criterion.id, criterion.text, _all(results), None, citation, judged)
    return JudgedAny(criterion.id, criterion.text, _any(results), None, citation, judged)


def _all(results: set[CriterionResult]) -> CriterionResult:
    if "not_met" in results:
        return "not_met"
    return "unknown" if "unknown" in results else "met"


def _any(results: set[CriterionResult]) -> CriterionResult:
    if "met" in results:
        return "met"
    return "unknown" if "unknown" in results else "not_met"


# Few different answers to a criterion occur, so the results are cached.
@lru_cache(maxsize=2048)
def _compare(criterion: Comparison, seen: Seen, policy: Policy) -> Judged:
    return JudgedComparison(
        criterion.id,
        criterion.text,
        "unknown" if seen is None else ("met" if _holds(criterion, seen) else "not_met"),
        criterion.question,
        seen,
        criterion.wanted,
        policy.cite(criterion.citation),
    )


@lru_cache
def _pass_over(criterion: Group, route: str, policy: Policy) -> Judged:
    """Return "not met" for a group that does not apply to the route of the case."""
    wanted = {"any_of": criterion.routes}
    citation = policy.cite(criterion.citation)
    return JudgedComparison(
        criterion.id, criterion.text, "not_met", "route", route, wanted, citation
    )


def answer(case: Case, question: str) -> Seen:
    """Return the answer in the case to a question of the catalog; None is "not known"."""
    source = case if question == "age_years" else case.facts
    found: Seen = getattr(source, question)
    return found


def _holds(criterion: Comparison, seen: Seen) -> bool:
    if isinstance(seen, tuple):
        if criterion.any_of is not None:
            return not set(seen).isdisjoint(criterion.any_of)
        return set(seen).isdisjoint(criterion.none_of or ())
    if isinstance(seen, bool):
        return seen is criterion.is_
    number = int(seen or 0)
    if criterion.at_least is not None:
        return number >= criterion.at_least
    return criterion.at_most is not None and number <= criterion.at_most


def _open_questions(judged: Judged) -> Iterator[str]:
    if judged.result != "unknown":
        return
    if isinstance(judged, JudgedComparison):
        yield judged.question
    for child in children(judged):
        yield from _open_questions(child)


def _not_listed(case: Case, policy: Policy) -> Judged:
    return JudgedComparison(
        "covered_use",
        policy.not_covered.text,
        "not_met",
        "indication",
        case.indication,
        {"any_of": tuple(policy.coverage)},
        policy.cite(policy.not_covered.citation),
    )
