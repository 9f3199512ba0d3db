"""Judges criteria as met, not met or unknown (strong Kleene logic), with a full trace.

An unknown answer is missing only if it can still change the result. Must not know any payer's rule.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import Any

from app.engine.deciding import decisive
from app.engine.questions import comparisons
from app.model.case import Case, Indication, Route
from app.model.catalog import case_key
from app.model.criterion import Comparison, Group
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
)
from app.model.policy import Policy

# The route, then the answer to each question of the criteria; None is "not known".
Answers = tuple[Any, ...]
Judge = Callable[[Answers], Judged]

# How many results are remembered: of all answers together, and of one answer.
_JUDGEMENTS, _ANSWERS = 4096, 256
_STATUS: dict[CriterionResult, EligibilityStatus] = {
    "met": "met",
    "not_met": "not_met",
    "unknown": "incomplete",
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judged criteria, with the innermost ones that make the status what it is."""

    eligibility: Eligibility
    deciding: tuple[Judged, ...]


def eligibility_rule(
    policy: Policy, indication: Indication, route: Route
) -> Callable[[Case, tuple[str, ...]], Judgement]:
    """Return the rule that judges the criteria for an indication by a route.

    Its second argument names the questions whose answers contradict each other: they count as not
    known. A judgement is remembered by the answers that it follows from.
    """
    coverage = policy.coverage.get(indication)
    if coverage is None:
        criterion = _not_listed(policy, indication)
        not_covered = Judgement(Eligibility("not_covered", criterion, ()), (criterion,))
        return lambda _case, _contradictory: not_covered
    questions = dict.fromkeys(one.question for one in comparisons(coverage.criteria, route))
    answers_of = attrgetter("route", *map(case_key, questions))
    places = {question: place for place, question in enumerate(questions, start=1)}
    judge = _compiled(coverage.criteria, route, places, policy)

    @lru_cache(maxsize=_JUDGEMENTS)
    def judgement(answers: Answers) -> Judgement:
        judged = judge(answers)
        missing = tuple(sorted(set(_open_questions(judged))))
        eligibility = Eligibility(_STATUS[judged.result], judged, missing)
        return Judgement(eligibility, tuple(decisive(judged)))

    def judge_case(case: Case, contradictory: tuple[str, ...]) -> Judgement:
        answers = answers_of(case)
        if contradictory:
            unknown = {places[question] for question in contradictory}
            answers = tuple(None if at in unknown else one for at, one in enumerate(answers))
        return judgement(answers)

    return judge_case


def _compiled(
    criterion: Comparison | Group, route: Route, places: dict[str, int], policy: Policy
) -> Judge:
    """Return the function that judges a criterion by the answers, each at its place."""
    if isinstance(criterion, Comparison):
        return _comparison(criterion, places[criterion.question], policy)
    if criterion.routes and route not in criterion.routes:
        passed_over = _pass_over(criterion, route, policy)
        return lambda _answers: passed_over
    children = [_compiled(child, route, places, policy) for child in criterion.children]
    return (_all_of if criterion.any_ is None else _any_of)(
        criterion.id, criterion.text, policy.cite(criterion.citation), children
    )


def _all_of(name: str, text: str, citation: str, children: list[Judge]) -> Judge:
    def judge(answers: Answers) -> Judged:
        judged = tuple([child(answers) for child in children])
        result = _all({one.result for one in judged})
        return JudgedAll(name, text, result, None, citation, judged)

    return judge


def _any_of(name: str, text: str, citation: str, children: list[Judge]) -> Judge:
    def judge(answers: Answers) -> Judged:
        judged = tuple([child(answers) for child in children])
        result = _any({one.result for one in judged})
        return JudgedAny(name, text, result, None, citation, judged)

    return judge


def _all(results: set[CriterionResult]) -> CriterionResult:
    if "not_met" in results:
        return "not_met"
    return "unknown" if "unknown" in results else "met"


def _any(results: set[CriterionResult]) -> CriterionResult:
    if "met" in results:
        return "met"
    return "unknown" if "unknown" in results else "not_met"


def _comparison(criterion: Comparison, place: int, policy: Policy) -> Judge:
    """Return the function that compares one answer; few different ones occur."""
    citation, holds = policy.cite(criterion.citation), _test(criterion)

    @lru_cache(maxsize=_ANSWERS)
    def compare(seen: Seen) -> Judged:
        return JudgedComparison(
            criterion.id,
            criterion.text,
            "unknown" if seen is None else ("met" if holds(seen) else "not_met"),
            criterion.question,
            seen,
            criterion.wanted,
            citation,
        )

    return lambda answers: compare(answers[place])


def _pass_over(criterion: Group, route: Route, policy: Policy) -> Judged:
    """Return "not met" for a group that does not apply to the route of the case."""
    wanted = {"any_of": criterion.routes}
    citation = policy.cite(criterion.citation)
    return JudgedComparison(
        criterion.id, criterion.text, "not_met", "route", route, wanted, citation
    )


def _test(criterion: Comparison) -> Callable[[Any], bool]:
    """Return the test of a known answer: the one comparison that a criterion states."""
    [(kind, wanted)] = criterion.wanted.items()
    return _TESTS[kind](wanted)


_TESTS: dict[str, Callable[[Any], Callable[[Any], bool]]] = {
    "is": lambda wanted: lambda seen: seen is wanted,
    "at_least": lambda least: lambda seen: bool(seen >= least),
    "at_most": lambda most: lambda seen: bool(seen <= most),
    "any_of": lambda choices: lambda seen: not set(choices).isdisjoint(seen),
    "none_of": lambda choices: set(choices).isdisjoint,
}


def _open_questions(judged: Judged) -> Iterator[str]:
    if judged.result != "unknown":
        return
    if isinstance(judged, JudgedComparison):
        yield judged.question
    for child in children(judged):
        yield from _open_questions(child)


def _not_listed(policy: Policy, indication: Indication) -> Judged:
    return JudgedComparison(
        "covered_use",
        policy.not_covered.text,
        "not_met",
        "indication",
        indication,
        {"any_of": tuple(policy.coverage)},
        policy.cite(policy.not_covered.citation),
    )
