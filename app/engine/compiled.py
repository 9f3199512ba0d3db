"""Compiles a policy version once, and evaluates cases by it.

Uses no file, clock or environment: the same arguments always give the same determination. For each
indication and route there is one set of rules, each a closure over what policy and label state. The
sets stand in the policy itself and go with it; nothing is looked up by the values of a policy.
"""

from collections.abc import Callable

from app import __version__
from app.engine.approval import approval_rule, coverage_rule
from app.engine.case_checks import Noted
from app.engine.cell_therapy import excess_of
from app.engine.contradictions import contradictions_rule
from app.engine.course_check import course_rule
from app.engine.course_schedule import course_pattern
from app.engine.criteria import eligibility_rule
from app.engine.dose import dose_rule
from app.engine.dose_schedule import schedule_rule
from app.engine.forecast import forecast_rule
from app.engine.notes import notes_rule
from app.engine.preparation import preparation_rule
from app.engine.request import request_rule, undocumented_request
from app.engine.status import approval_status, is_beyond
from app.engine.summary import Grounds, summary_rule
from app.engine.units import units_rule
from app.engine.unusual import doubts_rule
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
    coverage, label, checks = (
        policy.coverage.get(indication),
        reference_data.label,
        reference_data.checks,
    )
    dosing = coverage.dosing.get(route) if coverage else None
    pattern = course_pattern(dosing, label) if dosing else None
    is_course = dosing is not None and pattern is not None and route == "intravenous"
    contradictions = contradictions_rule(policy, indication, route)
    judge = eligibility_rule(policy, indication, route)
    doubt = doubts_rule(dosing, checks)
    check = request_rule(policy, dosing, checks.plausibility) if dosing else None
    limit_dose = dose_rule(policy, dosing) if dosing else _none
    plan = schedule_rule(dosing, pattern if is_course else None) if dosing else _none
    check_course = (
        course_rule(policy, dosing, pattern, reference_data)
        if dosing and pattern and is_course
        else _none
    )
    prepare = preparation_rule(reference_data)
    count_units = units_rule(reference_data, route)
    uncovered_day = coverage_rule(policy, coverage.approval[0] if coverage else None)
    approve = approval_rule(coverage.approval[0]) if coverage else _none
    forecast = (
        forecast_rule(policy, dosing, pattern, reference_data)
        if dosing and pattern and is_course
        else _none
    )
    notes = notes_rule(policy, reference_data, indication, route, is_documented=dosing is not None)
    summarize, reference = summary_rule(policy), _reference(policy)

    def determine(case: Case) -> Determination:
        contradictory = contradictions(case)
        judgement, doubts = judge(case, contradictory), doubt(case)
        eligibility = judgement.eligibility
        limit = limit_dose(case, bool(doubts))
        if check is not None and limit is not None:
            request = check(case, limit)
        else:
            request = undocumented_request(case.requested)
        schedule = plan(case)
        course = check_course(case, schedule)
        unconfirmed = tuple([one.key for one in doubts])
        if request.is_dose_doubtful:
            unconfirmed = tuple(sorted((*unconfirmed, "requested.dose_iu")))
        uncovered, beyond = (
            uncovered_day(case, schedule),
            is_beyond(request.check.status, course),
        )
        status = approval_status(
            eligibility.status,
            policy,
            is_beyond=beyond,
            is_waiting=bool(unconfirmed) or request.check.status == "incomplete",
            is_covered=uncovered is None,
        )
        period = approve(case) if status == "criteria_met" else None
        dose = request.dose
        units = count_units(case, limit, dose) if limit else None
        grounds = Grounds(
            judgement,
            request,
            course,
            unconfirmed,
            uncovered,
            any(excess_of(case, label.cell_therapy)),
        )
        about = Noted(
            request.check.status,
            status,
            beyond,
            limit,
            dose,
            units,
            doubts,
            request.is_dose_doubtful,
            contradictory,
            uncovered,
        )
        return Determination(
            status,
            summarize(status, grounds),
            reference,
            eligibility,
            unconfirmed,
            limit,
            request.check,
            schedule,
            course,
            prepare(case, dose),
            units,
            period,
            forecast(case, limit, dose, schedule, period) if limit and period else None,
            notes(case, about),
            case.reference,
            __version__,
        )

    return determine


def _none(*_arguments: object) -> None:
    """Stand in for a rule that the policy does not have for this use."""


def _reference(policy: Policy) -> PolicyReference:
    return PolicyReference(policy.id, policy.version, policy.title, policy.payer, policy.sha256)
