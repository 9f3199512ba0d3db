"""Compiles a policy version once, and evaluates cases by it.

Uses no file, clock or environment: the same arguments always give the same determination. For each
indication and route there is one set of rules, each a closure over what policy and label state. The
sets stand in the policy itself and go with it; nothing is looked up by the values of a policy.
"""

from collections.abc import Callable

from app import __version__
from app.engine.approval import approval_period, lengths_rule, uncovered_day
from app.engine.case_checks import Noted
from app.engine.cell_therapy import excess_of
from app.engine.choice import choice_rule
from app.engine.composing import composed_for
from app.engine.contradictions import contradictions_rule
from app.engine.criteria import eligibility_rule
from app.engine.notes import notes_rule
from app.engine.preparation import preparation_rule
from app.engine.regimens import regimens_for
from app.engine.stated import stated_rule
from app.engine.status import approval_status, is_beyond, not_met_rule
from app.engine.summary import Grounds, summary_rule
from app.engine.units import units_rule
from app.model.case import Case
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
    return rules[case.indication, case.route, case.request_kind](case)


_RULES = "rules"
Determine = Callable[[Case], Determination]
# Indication, route, and the kind of the request: a first one, a renewal, or not known.
_Use = tuple[str, str, str | None]


class _Rules(dict[_Use, Determine]):
    """The rules of a policy version for each use, compiled when one occurs."""

    def __init__(self, policy: Policy, reference_data: ReferenceData) -> None:
        super().__init__()
        self.policy, self.reference_data = policy, reference_data

    def __missing__(self, use: _Use) -> Determine:
        self[use] = _determination_rule(self.policy, self.reference_data, *use)
        return self[use]


def _determination_rule(
    policy: Policy,
    reference_data: ReferenceData,
    indication: str,
    route: str,
    request_kind: str | None,
) -> Determine:
    """Return all rules for an indication by a route, at a first request or a renewal, as one."""
    key = policy.covering(indication)
    coverage = None if key is None else policy.coverage[key]
    label = reference_data.label
    regimens = regimens_for(policy, coverage, route, label)
    choose = choice_rule(regimens, reference_data)
    contradictions = contradictions_rule(policy, indication, route, request_kind)
    composed = composed_for(policy, indication, request_kind)
    judge = eligibility_rule(policy, indication, route, request_kind)
    prepare = preparation_rule(reference_data)
    count_units = units_rule(reference_data, route)
    lengths_of = lengths_rule(policy, composed, route)
    say = stated_rule(policy, composed, indication, route, request_kind)
    notes = notes_rule(
        policy,
        reference_data,
        indication,
        route,
        is_documented=any(one.is_stated for one in regimens),
    )
    summarize, reference = summary_rule(policy), _reference(policy)

    def determine(case: Case) -> Determination:
        contradictory = contradictions(case)
        judgement, chosen = judge(case, contradictory), choose(case, contradictory)
        eligibility = judgement.eligibility
        limit, regimen_limits, doubts, request, schedule, checked, forecast = chosen
        course = checked.check
        unconfirmed = tuple([one.key for one in doubts])
        if request.is_dose_doubtful:
            unconfirmed = tuple(sorted((*unconfirmed, "requested.dose_iu")))
        lengths = lengths_of(case, contradictory)
        uncovered, beyond = (
            uncovered_day(case, schedule, lengths),
            is_beyond(request.check.status, course),
        )
        rule = not_met_rule(eligibility, policy, indication)
        status = (
            rule.status
            if rule is not None
            else approval_status(
                eligibility.status,
                policy,
                is_beyond=beyond,
                is_waiting=bool(unconfirmed or checked.missing)
                or request.check.status == "incomplete",
                is_covered=uncovered is None,
            )
        )
        told_lengths = lengths if eligibility.status in ("met", "incomplete") else ()
        period = approval_period(case, lengths) if status == "criteria_met" else None
        dose = request.dose
        units = count_units(case, limit, dose) if limit else None
        grounds = Grounds(
            judgement,
            request,
            checked,
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
            told_lengths,
        )
        return Determination(
            status,
            summarize(status, grounds),
            reference,
            eligibility,
            unconfirmed,
            limit,
            regimen_limits,
            request.check,
            schedule,
            course,
            prepare(case, dose),
            units,
            told_lengths,
            period,
            forecast(case, limit, dose, schedule, period)
            if forecast and limit and period
            else None,
            *say(case, eligibility, contradictory),
            notes(case, about),
            case.reference,
            __version__,
        )

    return determine


def _reference(policy: Policy) -> PolicyReference:
    return PolicyReference(policy.id, policy.version, policy.title, policy.payer, policy.sha256)
