"""Finds answers that contradict each other: they count as not known until one is corrected.

Only answers that the policy asks for the therapy are compared. No confirmation mends them.
"""

from collections.abc import Callable

from app.engine.questions import clauses_for
from app.model.case import Case
from app.model.policy import Policy

_NOT_RESECTABLE = {"unresectable", "borderline_resectable"}


def contradictions_rule(
    policy: Policy, indication: str, route: str, request_kind: str | None = None
) -> Callable[[Case], tuple[str, ...]]:
    """Return the rule that gives the questions whose answers contradict another or the regimen."""
    asked = clauses_for(policy, indication, route, request_kind)
    tests = [(question, test) for question, test in _TESTS.items() if question in asked]
    if not tests:
        return lambda _case: ()
    return lambda case: tuple([question for question, test in tests if test(case)])


def _lesion_status(case: Case) -> bool:
    status = set(case.facts.lesion_status or ())
    return "resectable" in status and not status.isdisjoint(_NOT_RESECTABLE)


def _lesion_site(case: Case) -> bool:
    sites = set(case.facts.lesion_site or ())
    return "other" in sites and len(sites) > 1


def _single_agent(case: Case) -> bool:
    return case.is_til and case.facts.single_agent is True


_TESTS: dict[str, Callable[[Case], bool]] = {
    "lesion_site": _lesion_site,
    "lesion_status": _lesion_status,
    "single_agent": _single_agent,
}
