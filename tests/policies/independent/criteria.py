"""Whether the criteria of a policy are met, in three values: yes, no and not known."""

from typing import Any

from tests.policies.independent.basics import (
    CRITERIA,
    EXPRESS,
    IL,
    MELANOMA,
    Case,
    is_til,
)


def contradicted(case: Case) -> set[str]:
    """The answers that the policy asks for here and that cannot be true as they stand."""
    facts, found = case.get("facts") or {}, set()
    status, site = (set(facts.get(name) or []) for name in ("lesion_status", "lesion_site"))
    if (case["indication"], case["route"]) == (MELANOMA, IL):
        if "resectable" in status and status & {"unresectable", "borderline_resectable"}:
            found.add("lesion_status")
        if case["policy"] == EXPRESS and "other" in site and len(site) > 1:
            found.add("lesion_site")
    if case["policy"] == EXPRESS and is_til(case) and facts.get("single_agent"):
        found.add("single_agent")
    return found


def holds(case: Case, question: str, wanted: str = "") -> bool | None:
    if question == "age_years":
        return None if case.get(question) is None else bool(case[question] >= 18)
    if question in contradicted(case):
        return None
    answer = (case.get("facts") or {}).get(question)
    return bool({*answer} & {*wanted.split(", ")}) if isinstance(answer, list) else answer


def eligibility(case: Case) -> dict[str, Any]:
    use = case["indication"]
    criteria = CRITERIA.get((case["policy"], use, case["route"])) or CRITERIA.get((use,))
    if criteria is None:  # another use, or melanoma by a route that neither document names
        return {"status": "not_met" if use == MELANOMA else "not_covered", "missing": []}
    lines = [[part.split(": ") for part in line.split(" or ")] for line in criteria.split("; ")]
    answers = [{part[0]: holds(case, *part) for part in line} for line in lines]
    if any(set(line.values()) == {False} for line in answers):
        return {"status": "not_met", "missing": []}
    unsettled = [line for line in answers if True not in line.values()]
    missing = sorted(name for line in unsettled for name, one in line.items() if one is None)
    return {"status": "incomplete" if missing else "met", "missing": missing}
