"""Compares the request with the limits; gives one approval status, and one sentence as its reason.

A limit that the regimen does not state is ignored, and none is derived from another. The sentence
never suggests how to change an answer, and never contains a dose.
"""

from collections.abc import Iterable

from app.engine.criteria import decisive
from app.model.case import Case
from app.model.determination import (
    ApprovalStatus,
    DoseLimit,
    Eligibility,
    Finding,
    FindingResult,
    Judged,
    RequestCheck,
    children,
    is_for_another_route,
)
from app.model.policy import Policy

# Field of a request -> limit of the regimen: a minimum for a rest, a maximum for all others.
_LIMIT_OF = {
    "dose_iu": "max_dose_iu",
    "doses_per_day": "max_doses_per_day",
    "doses_per_week": "max_doses_per_week",
    "doses_per_cycle": "max_doses_per_cycle",
    "rest_days": "min_rest_days",
    "course_rest_days": "min_course_rest_days",
}

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


def check_request(case: Case, limit: DoseLimit | None) -> RequestCheck:
    """Compare the request with the limits; one exceeded limit decides, whatever is unknown."""
    if limit is None:
        return RequestCheck("no_regimen", ())
    requested = [(field, getattr(case.requested, field)) for field in _LIMIT_OF]
    findings = tuple(
        [_find(field, value, limit) for field, value in requested if value is not None]
    )
    if not findings:
        return RequestCheck("not_requested", ())
    results = {finding.result for finding in findings}
    if "exceeds" in results:
        return RequestCheck("exceeds_limits", findings)
    return RequestCheck("incomplete" if "unknown" in results else "within_limits", findings)


def unchecked_fields(check: RequestCheck, limit: DoseLimit) -> tuple[str, ...]:
    """Return the fields that the regimen limits and that the request leaves out."""
    checked = {finding.field for finding in check.findings}
    return tuple(
        field
        for field, name in _LIMIT_OF.items()
        if field not in checked and (field == "dose_iu" or getattr(limit, name) is not None)
    )


def _find(field: str, requested: int, limit: DoseLimit) -> Finding:
    name = _LIMIT_OF[field]
    value: int | None = getattr(limit, name)
    if field == "dose_iu":
        citation: str | None = limit.citation
    else:
        citation = limit.citations.get(name)
    return Finding(field, requested, value, _against(field, requested, value), citation)


def _against(field: str, requested: int, limit: int | None) -> FindingResult:
    if limit is None:
        return "unknown" if field == "dose_iu" else "no_limit_stated"
    if _LIMIT_OF[field].startswith("min_"):
        return "within" if requested >= limit else "exceeds"
    return "within" if requested <= limit else "exceeds"


def approval_status(
    eligibility: Eligibility, request: RequestCheck, policy: Policy
) -> ApprovalStatus:
    """Return whether the case fits the written policy; this is not the payer's decision."""
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
    """Return one sentence that gives the reason for the status."""
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
