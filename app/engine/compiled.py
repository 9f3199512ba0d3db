"""Compiles a policy version once, and evaluates cases by it.

Uses no file, clock or environment: the same arguments always give the same determination. For each
indication and route there is one set of rules, each a closure over what policy and label state. The
sets stand in the policy itself and go with it; nothing is looked up by the values of a policy.
"""

from collections.abc import Callable

from app import __version__
from app.engine.approval import approval_rule
from app.engine.course import course_rule
from app.engine.criteria import eligibility_rule
from app.engine.dose import dose_rule
from app.engine.forecast import forecast_rule
from app.engine.notes import notes_rule
from app.engine.preparation import preparation_rule
from app.engine.request import NO_REGIMEN, request_rule
from app.engine.schedule import plan_rule
from app.engine.status import approval_status
from app.engine.summary import summary_rule
from app.model.case import Case, Indication, Route
from app.model.determination import Determination, PolicyReference
from app.model.policy import Policy
from app.model.reference_data import ReferenceData


def evaluate(case: Case, policy: Policy, reference_data: ReferenceData) -> Determination:
    """Return the determination of a case under one policy version.

    The caller chooses the version that is in force on the date of service. Doses are whole
    International Units; a calculated limit is rounded down once.
    """
    rules = policy.compiled.get(_RULES)
    if rules is None or rules.reference_data is not reference_data:
        rules = policy.compiled[_RULES] = _Rules(policy, reference_data)
    return rules[case.indication, case.route](case)


_RULES = "rules"
Determine = Callable[[Case], Determination]


class _Rules(dict[tuple[Indication, Route], Determine]):
    """The rules of a policy version for each indication and route, compiled when one occurs."""

    def __init__(self, policy: Policy, reference_data: ReferenceData) -> None:
        super().__init__()
        self.policy, self.reference_data = policy, reference_data

    def __missing__(self, use: tuple[Indication, Route]) -> Determine:
        self[use] = _determination_rule(self.policy, self.reference_data, *use)
        return self[use]


def _determination_rule(
    policy: Policy, reference_data: ReferenceData, indication: Indication, route: Route
) -> Determine:
    """Return all rules for an indication by a route as one function."""
    coverage, label = policy.coverage.get(indication), reference_data.label
    dosing = coverage.dosing.get(route) if coverage else None
    judge = eligibility_rule(policy, indication, route)
    check = request_rule(policy, dosing) if dosing else None
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
        request = check(case.requested, limit) if check and limit else NO_REGIMEN
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
