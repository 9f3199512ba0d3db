"""Gives one approval status, and why: what decides it, and what settles an open question.

The status is whether a case fits the written policy, which is not a decision.
"""

from dataclasses import dataclass
from functools import cached_property

from app.engine.deciding import decisive, settled_by
from app.model.determination import (
    ApprovalStatus,
    Determination,
    Eligibility,
    EligibilityStatus,
    Finding,
    Judged,
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


@dataclass(frozen=True)
class Reasons:
    """What decides a determination by a policy; computed when it is asked for."""

    determination: Determination
    policy: Policy

    @cached_property
    def deciding_criteria(self) -> tuple[Judged, ...]:
        """The innermost criteria that make the eligibility what it is."""
        return tuple(decisive(self.determination.eligibility.criteria))

    @cached_property
    def deciding_findings(self) -> tuple[Finding, ...]:
        """The findings about the request that keep the status from being met.

        While a measurement is unusual and not confirmed, the limit of the dose is not certain, and
        a finding about the dose decides nothing.
        """
        if self.determination.eligibility.status in REFUSED:
            return ()
        check = self.determination.request_check
        wanted = {"exceeds_limits": "exceeds", "incomplete": "unknown"}.get(check.status)
        left_out = {"dose_iu"} if self.determination.unconfirmed else set()
        return tuple(
            one for one in check.findings if one.result == wanted and one.field not in left_out
        )

    @cached_property
    def status_rule(self) -> StatusRule | None:
        """The policy's rule for a request beyond its dosing, where that decides the status."""
        found = self.determination
        return status_rule(found.eligibility, found.request_check, self.policy)

    def settled_by(self, question: str) -> Judged | None:
        """Return the criterion that makes the answer to a question irrelevant, or None."""
        return settled_by(self.determination.eligibility.criteria, question)
