"""The one public function of the engine.

Uses no file, clock or environment: the same arguments always give the same determination. A policy
version is compiled once: for each indication and route, one set of rules, each a closure over what
policy and label state. They stand in the policy itself, so that nothing is looked up by its values.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from app import __version__
from app.engine.approval import approval_rule
from app.engine.course import course_rule
from app.engine.criteria import eligibility_rule
from app.engine.dose import dose_rule
from app.engine.forecast import forecast_rule
from app.engine.notes import notes_rule
from app.engine.preparation import preparation_rule
from app.engine.request import request_rule
from app.engine.schedule import plan_rule
from app.engine.status import approval_status, summary_rule
from app.model.case import Case, Indication, Route
from app.model.determination import Determination, PolicyReference
from app.model.policy import Policy
from app.model.reference_data import ReferenceData


def evaluate(case: Case, policy: Policy, reference_data: ReferenceData) -> Determination:
    """Return the determination of a case under one policy version.

    The caller chooses the version that is in force on the date of service. Doses are whole
    International Units; a calculated limit is rounded down once.
    """
    compiled = policy.compiled
    if not isinstance(compiled, _Compiled) or not compiled.is_of(policy, reference_data):
        compiled = _Compiled(policy, reference_data)
        policy.keep_compiled(compiled)
    return compiled.rule(case.indication, case.route)(case)


Determine = Callable[[Case], Determination]


@dataclass(frozen=True, slots=True)
class _Compiled:
    """A policy version with the rules for each indication and route that has occurred."""

    policy: Policy
    reference_data: ReferenceData
    rules: dict[tuple[Indication, Route], Determine] = field(default_factory=dict)

    def is_of(self, policy: Policy, reference_data: ReferenceData) -> bool:
        """Return whether this was compiled from these very objects."""
        return self.policy is policy and self.reference_data is reference_data

    def rule(self, indication: Indication, route: Route) -> Determine:
        """Return the rules for a use, compiled when it first occurs."""
        found = self.rules.get((indication, route))
        if found is None:
            found = _determination_rule(self.policy, self.reference_data, indication, route)
            self.rules[indication, route] = found
        return found


def _determination_rule(
    policy: Policy, reference_data: ReferenceData, indication: Indication, route: Route
) -> Determine:
    """Return all rules for an indication by a route as one function."""
    coverage, label = policy.coverage.get(indication), reference_data.label
    dosing = coverage.dosing.get(route) if coverage else None
    judge, check = eligibility_rule(policy, indication, route), request_rule(policy, dosing)
    limit_dose = dose_rule(policy, dosing) if dosing else _none
    plan = plan_rule(dosing, label) if dosing else _none
    forecast = forecast_rule(policy, dosing, label) if dosing else _none
    approve = approval_rule(coverage.approval) if coverage else _none
    prepare, check_course = (
        preparation_rule(reference_data),
        course_rule(policy, dosing, reference_data),
    )
    notes = notes_rule(policy, reference_data, indication, route)
    summarize, reference = summary_rule(policy), _reference(policy)

    def determine(case: Case) -> Determination:
        judgement, limit = judge(case), limit_dose(case)
        request = check(case.requested, limit)
        status = approval_status(judgement.eligibility, request.check, policy)
        period = approve(case) if status == "criteria_met" else None
        return Determination(
            status,
            summarize(status, judgement, request),
            reference,
            judgement.eligibility,
            limit,
            request.check,
            plan(case),
            check_course(case),
            prepare(case, request.check),
            period,
            forecast(case, limit, period) if limit and period else None,
            notes(case, request.check.status, status),
            case.reference,
            __version__,
        )

    return determine


def _none(*_arguments: object) -> None:
    """Stand in for a rule that the policy does not have for this use."""


def _reference(policy: Policy) -> PolicyReference:
    return PolicyReference(policy.id, policy.version, policy.title, policy.payer, policy.sha256)
