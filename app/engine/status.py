"""Gives one approval status, and why: what decides it, and what settles an open question.

The status is whether a case fits the written policy, which is not a decision.
"""

from dataclasses import dataclass
from functools import cached_property

from app.engine.deciding import deciding_criteria, refused_renewals, settled_by
from app.model.determination import ApprovalStatus, Determination, Finding, RequestStatus
from app.model.document import NotStated
from app.model.eligibility import Eligibility, EligibilityStatus, Judged
from app.model.policy import Policy, StatusRule
from app.model.treatment import CourseCheck, CourseFinding

# The policy does not cover the case: whatever else holds, nothing is to be asked for.
REFUSED: tuple[EligibilityStatus, ...] = ("not_met", "not_covered", "not_addressed")
BEYOND: tuple[RequestStatus, ...] = ("exceeds_limits", "no_regimen")


def is_beyond(request: RequestStatus, course: CourseCheck | None) -> bool:
    """Return whether anything requested, given or planned is beyond the documented dosing."""
    return request in BEYOND or has_violation(course)


def has_violation(course: CourseCheck | None) -> bool:
    """Return whether a course breaks a limit; an advisory breaks none."""
    return course is not None and any(one.kind == "violation" for one in course.findings)


def beyond_rule(
    eligibility: EligibilityStatus, policy: Policy, *, beyond: bool
) -> StatusRule | None:
    """Return the policy's rule for dosing beyond its limits, where that decides the status.

    None also where the document does not say what holds for such a request.
    """
    rules = policy.beyond_dosing
    if not beyond or eligibility in REFUSED or isinstance(rules, NotStated):
        return None
    return rules.met if eligibility == "met" else rules.incomplete


def not_met_rule(eligibility: Eligibility, policy: Policy, indication: str) -> StatusRule | None:
    """Return the policy's rule for criteria that are not met, where that decides the status.

    What the document refuses by name is refused.
    """
    key = policy.covering(indication)
    rule = policy.coverage[key].not_met if key is not None else None
    if rule is None or eligibility.status != "not_met" or eligibility.uses:
        return None
    return None if refused_renewals(eligibility) else rule


def approval_status(
    eligibility: EligibilityStatus,
    policy: Policy,
    *,
    is_beyond: bool,
    is_waiting: bool,
    is_covered: bool,
) -> ApprovalStatus:
    """Return whether the case fits the written policy; this is not the payer's decision.

    A passed limit decides whatever else waits. `is_waiting` is true while the requested dose cannot
    be checked or an unusual value is not confirmed, `is_covered` false where a granted
    authorization leaves out a day that needs it. What no rule of the document is for, a clinician
    reviews.
    """
    if eligibility == "not_addressed":
        return "clinician_review"
    if eligibility in REFUSED:
        return "criteria_not_met"
    rule = beyond_rule(eligibility, policy, beyond=is_beyond)
    if rule is not None:
        return rule.status
    if is_beyond:
        return "clinician_review"
    if eligibility == "incomplete" or is_waiting or not is_covered:
        return "information_missing"
    return "criteria_met"


@dataclass(frozen=True)
class Reasons:
    """What decides a determination by a policy; computed when it is asked for."""

    determination: Determination
    policy: Policy
    indication: str = ""

    @cached_property
    def deciding_criteria(self) -> tuple[Judged, ...]:
        """The innermost criteria that make the eligibility what it is."""
        return tuple(deciding_criteria(self.determination.eligibility))

    @cached_property
    def deciding_findings(self) -> tuple[Finding, ...]:
        """The findings about the request that keep the status from being met.

        A dose above the limit is told whatever the criteria say.
        """
        check = self.determination.request_check
        if self.determination.eligibility.status in REFUSED:
            return tuple(one for one in check.findings if one.excess_percent is not None)
        wanted = {"exceeds_limits": "exceeds", "incomplete": "unknown"}.get(check.status)
        return tuple(one for one in check.findings if one.result == wanted)

    @cached_property
    def violations(self) -> tuple[CourseFinding, ...]:
        """The findings about the course that break a limit."""
        course = self.determination.course_check
        return tuple(one for one in course.findings if one.kind == "violation") if course else ()

    @cached_property
    def status_rule(self) -> StatusRule | None:
        """The policy's rule that decides the status: for criteria not met, or beyond its dosing."""
        found = self.determination
        rule = not_met_rule(found.eligibility, self.policy, self.indication)
        if rule is not None:
            return rule
        beyond = is_beyond(found.request_check.status, found.course_check)
        return beyond_rule(found.eligibility.status, self.policy, beyond=beyond)

    def settled_by(self, question: str) -> Judged | None:
        """Return the criterion that makes the answer to a question irrelevant, or None."""
        return settled_by(self.determination.eligibility.criteria, question)
