"""Gives the reason for an approval status in one sentence.

The sentence never suggests how to change an answer, and never contains a dose.
"""

from collections.abc import Callable
from functools import lru_cache

from app.engine.criteria import Judgement
from app.engine.request import CheckedRequest
from app.engine.status import BEYOND, REFUSED
from app.model.determination import (
    ApprovalStatus,
    Judged,
    RequestStatus,
    children,
    is_for_another_route,
)
from app.model.policy import Policy

# How many sentences are remembered: most cases share a few.
_SENTENCES = 256
_BY_CASE = "a clinician of the payer considers such a request case by case"


def summary_rule(
    policy: Policy,
) -> Callable[[ApprovalStatus, Judgement, CheckedRequest], str]:
    """Return the rule that gives the reason for a status in one sentence."""
    not_listed = f"{policy.document} does not list this use"

    def summarize(status: ApprovalStatus, judgement: Judgement, request: CheckedRequest) -> str:
        eligibility, checked = judgement.eligibility.status, request.check.status
        is_refused, is_beyond = eligibility in REFUSED, checked in BEYOND
        words = [not_listed if eligibility == "not_covered" else _eligibility_words(judgement)]
        if _tells_of_request(status, checked, is_refused=is_refused):
            words.append(request.words)
        if is_beyond and not is_refused:
            words.reverse()  # what decides comes first
        if status == "clinician_review":
            words.append(_BY_CASE)
        return _sentence(*words)

    return summarize


@lru_cache(maxsize=_SENTENCES)
def _sentence(*parts: str) -> str:
    told = "; ".join(parts)
    return f"{told[0].upper()}{told[1:]}."


def _tells_of_request(status: ApprovalStatus, request: RequestStatus, *, is_refused: bool) -> bool:
    return (
        status == "criteria_met"
        or request in ("exceeds_limits", "incomplete")
        or (request == "no_regimen" and not is_refused)
    )


def _eligibility_words(judgement: Judgement) -> str:
    if judgement.eligibility.status == "met":
        return "the policy's criteria are met"
    wanted = " · ".join(map(_words, judgement.deciding))
    if judgement.eligibility.status == "not_met":
        return f"not fulfilled: {wanted}"
    return f"not known yet: {wanted}"


def _words(judged: Judged) -> str:
    alternatives = children(judged)
    if alternatives and all(is_for_another_route(one) for one in alternatives):
        return "one of the routes that the policy lists for this use"
    return f"“{judged.text}”"
