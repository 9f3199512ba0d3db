"""Gives one approval status: whether a case fits the written policy, which is not a decision."""

from app.model.determination import (
    ApprovalStatus,
    Eligibility,
    EligibilityStatus,
    RequestCheck,
    RequestStatus,
)
from app.model.policy import Policy, StatusRule

REFUSED: tuple[EligibilityStatus, ...] = ("not_met", "not_covered")
BEYOND: tuple[RequestStatus, ...] = ("exceeds_limits", "no_regimen")


def status_rule(
    eligibility: Eligibility, request: RequestCheck, policy: Policy
) -> StatusRule | None:
    """Return the policy's rule for a request beyond its dosing, where that decides the status."""
    if eligibility.status in REFUSED or request.status not in BEYOND:
        return None
    rules = policy.beyond_dosing
    return rules.met if eligibility.status == "met" else rules.incomplete


def approval_status(
    eligibility: Eligibility, request: RequestCheck, policy: Policy
) -> ApprovalStatus:
    """Return whether the case fits the written policy; this is not the payer's decision."""
    if eligibility.status in REFUSED:
        return "criteria_not_met"
    rule = status_rule(eligibility, request, policy)
    if rule is not None:
        return rule.status
    if eligibility.status == "incomplete" or request.status == "incomplete":
        return "information_missing"
    return "criteria_met"
