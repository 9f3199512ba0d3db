"""One approval status from eligibility and request, and one sentence that says why.

The sentence never tells how an answer should be changed, and never carries a dose.
"""

from collections.abc import Iterable

from app.engine.criteria import decisive
from app.engine.request import unchecked_fields
from app.model.determination import (
    ApprovalStatus,
    DoseLimit,
    Eligibility,
    Judged,
    RequestCheck,
    children,
    is_for_another_route,
)
from app.model.policy import Policy

_REFUSED = ("not_met", "not_covered")
_BEYOND = ("exceeds_limits", "no_regimen")
_MEASUREMENT_WORDS = {
    "weight_kg": "weight",
    "height_cm": "height",
    "bsa_m2": "body surface area",
}
_FIELD_WORDS = {
    "dose_iu": "the dose",
    "doses_per_day": "the doses per day",
    "doses_per_week": "the doses per week",
    "doses_per_cycle": "the doses per cycle",
    "rest_days": "the rest between cycles",
    "course_rest_days": "the rest between courses",
}


def approval_status(
    eligibility: Eligibility, request: RequestCheck, policy: Policy
) -> ApprovalStatus:
    """Return the status of the case: whether it fits the written policy, never a decision."""
    if eligibility.status in _REFUSED:
        return "criteria_not_met"
    if request.status in _BEYOND:
        rules = policy.beyond_dosing
        return (rules.met if eligibility.status == "met" else rules.incomplete).status
    if eligibility.status == "incomplete" or request.status == "incomplete":
        return "information_missing"
    return "criteria_met"


def summarize(
    policy: Policy,
    eligibility: Eligibility,
    limit: DoseLimit | None,
    request: RequestCheck,
) -> str:
    """Return the sentence that goes with the status."""
    status = approval_status(eligibility, request, policy)
    words = [_eligibility_words(policy, eligibility)]
    tells_of_request = (
        status == "criteria_met"
        or request.status in ("exceeds_limits", "incomplete")
        or (request.status == "no_regimen" and eligibility.status not in _REFUSED)
    )
    if tells_of_request:
        words.append(_request_words(limit, request))
    if request.status in _BEYOND and eligibility.status not in _REFUSED:
        words.reverse()  # what decides comes first
    if status == "clinician_review":
        words.append("a clinician of the payer considers such a request case by case")
    sentence = "; ".join(words)
    return f"{sentence[0].upper()}{sentence[1:]}."


def _eligibility_words(policy: Policy, eligibility: Eligibility) -> str:
    if eligibility.status == "not_covered":
        return f"{policy.document} does not list this use"
    if eligibility.status == "met":
        return "the policy's criteria are met"
    wanted = " · ".join(_words(judged) for judged in decisive(eligibility.criteria))
    if eligibility.status == "not_met":
        return f"not fulfilled: {wanted}"
    return f"not known yet: {wanted}"


def _words(judged: Judged) -> str:
    alternatives = children(judged)
    if alternatives and all(is_for_another_route(one) for one in alternatives):
        return "one of the routes that the policy lists for this use"
    return f"“{judged.text}”"


def _request_words(limit: DoseLimit | None, request: RequestCheck) -> str:
    if limit is None:
        return "no dosing is documented for this route"
    if request.status == "exceeds_limits":
        beyond = [finding.field for finding in request.findings if finding.result == "exceeds"]
        return f"the request is beyond the documented limit for {_fields(beyond)}"
    if request.status == "incomplete":
        names = [_MEASUREMENT_WORDS[one] for one in limit.missing]
        others = " and ".join(names[1:])
        known = f"{names[0]}, or {others}" if others else names[0]
        return f"the requested dose cannot be checked, because not known: {known}"
    if request.status == "not_requested":
        return "nothing was requested, so no dosing limit was checked"
    unchecked = unchecked_fields(request, limit)
    if unchecked:
        return f"not checked, because not requested: {_fields(unchecked)}"
    return "the request is within every documented limit"


def _fields(names: Iterable[str]) -> str:
    return ", ".join(_FIELD_WORDS[name] for name in names)
