"""Judges whether a case is eligible under a policy: covered, refused, or not addressed by it.

Everything that bears on it is one criterion (`composing.py`), judged in one way (`judging.py`).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from app.engine.composing import (
    EVERYTHING,
    NOT_EXCLUDED,
    Composed,
    composed_for,
    named_uses,
)
from app.engine.deciding import deciding_criteria
from app.engine.judging import JUDGEMENTS, Answers, Condition
from app.model.case import Case
from app.model.eligibility import (
    CriterionResult,
    Eligibility,
    EligibilityStatus,
    Judged,
    JudgedAll,
    JudgedComparison,
    MetUse,
    children,
)
from app.model.policy import Policy
from app.model.uses import ELSEWHERE, NamedUse

_STATUS: dict[CriterionResult, EligibilityStatus] = {
    "met": "met",
    "not_met": "not_met",
    "unknown": "incomplete",
}
_NOT_LISTED = "The use is one on which the document says something"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The judged criteria, with the innermost ones that make the status what it is."""

    eligibility: Eligibility
    deciding: tuple[Judged, ...]


JudgeCase = Callable[[Case, tuple[str, ...]], Judgement]


def eligibility_rule(
    policy: Policy, indication: str, route: str, request_kind: str | None = None
) -> JudgeCase:
    """Return the rule that judges an indication by a route, for a first request or a renewal.

    Its second argument names the questions whose answers contradict each other: they count as not
    known.
    """
    composed = composed_for(policy, indication, request_kind)
    return (
        _not_listed(policy, indication, route)
        if composed is None
        else _listed(policy, composed, route, request_kind)
    )


def _listed(policy: Policy, composed: Composed, route: str, request_kind: str | None) -> JudgeCase:
    condition = Condition(composed.root, policy, route)
    questions = condition.ordered(request_kind)

    @lru_cache(maxsize=JUDGEMENTS)
    def judgement(answers: Answers) -> Judgement:
        truth = condition.truth(answers)
        uses = _met_uses(policy, truth.judged)
        status = _status_of(uses) or _STATUS[truth.judged.result]
        found = Eligibility(status, truth.judged, tuple(sorted(truth.missing)), questions, uses)
        return Judgement(found, tuple(deciding_criteria(found)))

    return lambda case, contradictory: judgement(condition.answers(case, contradictory))


def _not_listed(policy: Policy, indication: str, route: str) -> JudgeCase:
    """Return the rule for a use that is not listed: a use that is named is told as such."""
    leaf = _covered_use(policy, indication)
    silent: EligibilityStatus = "not_addressed" if policy.not_covered.not_stated else "not_covered"
    named = named_uses(policy)
    if named is None:
        judgement = Judgement(Eligibility(silent, leaf, ()), (leaf,))
        return lambda _case, _contradictory: judgement
    condition = Condition(named, policy, route)
    questions = condition.ordered(None)

    def judge(case: Case, contradictory: tuple[str, ...]) -> Judgement:
        none = condition(case, contradictory).judged
        both = JudgedAll(EVERYTHING, NOT_EXCLUDED, "not_met", None, none.citation, (none, leaf))
        uses = _met_uses(policy, both)
        found = Eligibility(_status_of(uses) or silent, both, (), questions, uses)
        return Judgement(found, tuple(deciding_criteria(found)))

    return judge


def _covered_use(policy: Policy, indication: str) -> Judged:
    """Return the criterion that is not met for a use that a policy does not list."""
    return JudgedComparison(
        "covered_use",
        policy.not_covered.text or _NOT_LISTED,
        "not_met",
        "indication",
        indication,
        {"any_of": tuple(policy.coverage)},
        policy.cite(policy.not_covered.citation),
    )


def _met_uses(policy: Policy, root: Judged) -> tuple[MetUse, ...]:
    """Return the uses that the policy names and that the case is."""
    if not policy.not_covered.uses:
        return ()
    judged = children(children(root)[0])
    pairs = zip(policy.not_covered.uses, judged, strict=True)
    return tuple(_met_use(policy, use) for use, one in pairs if one.result == "met")


def _met_use(policy: Policy, use: NamedUse) -> MetUse:
    return MetUse(use.id, use.text, use.because, use.see, policy.cite(use.citation))


def _status_of(uses: tuple[MetUse, ...]) -> EligibilityStatus | None:
    """Return the status that follows from named uses alone: a refusal comes before a reference."""
    if not uses:
        return None
    is_elsewhere = all(use.because == ELSEWHERE for use in uses)
    return "not_addressed" if is_elsewhere else "not_met"
