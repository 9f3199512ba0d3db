"""Which notes stand beside a determination, and of which scope and kind where that is fixed."""

from datetime import date
from typing import Any

from tests.policies.independent.basics import (
    CIGNA,
    EXPRESS,
    IL,
    IV,
    MELANOMA,
    RENAL,
    REVIEWED,
    Case,
    amounts,
    dosing_of,
    is_til,
    requested,
)
from tests.policies.independent.criteria import contradicted
from tests.policies.independent.plan import Cycle, cycle_of
from tests.policies.independent.unusual import is_confirmed

Answer = dict[str, Any]
DOSES_AFTER_CELLS = 6  # label of the cell therapy
SESSION_IU = 22_000_000

ALWAYS = ("not_a_payer_decision", "prior_authorization")
OF_POLICY = {
    CIGNA: (
        "benefit_document_governs",
        "preferred_product_may_apply",
        "coding_j9015",
        "in_force_until_updated",
    ),
    EXPRESS: (
        "specialist_prescriber",
        "no_automation",
        "extension_if_still_met",
        "maker_named",
        "no_effective_date",
    ),
}
OF_INFUSION = (
    "inpatient_with_intensive_care",
    "boxed_warning",
    "before_treatment",
    "withhold_never_reduce",
)
CHECKS = (
    "lesions_judged_together",
    "request_far_above",
    "below_label_dose",
    "session_total_unusual",
    "weight_during_treatment",
    "unusual_value",
)
CONDITIONAL = (
    *("medical_director_discretion", "evicore_delegation", "case_by_case_dosing"),
    *("policy_review_overdue", "nccn_melanoma_guideline", "nccn_intralesional_category_2b"),
    *("nccn_no_longer_recommends_rcc", "retreatment_needs_tumor_shrinkage", "response_evaluation"),
    *("til_regimen_differs", "contradictory_answers", "authorization_does_not_cover"),
    *("weight_changed", "route_outside_label"),
)
DEFINED = {*ALWAYS, *OF_POLICY[CIGNA], *OF_POLICY[EXPRESS], *OF_INFUSION, *CHECKS, *CONDITIONAL}
OF_LABEL = {*OF_INFUSION, "response_evaluation", "route_outside_label"}
OF_CASE = {*OF_LABEL, "evicore_delegation", "nccn_no_longer_recommends_rcc"}
OF_CASE |= {*CHECKS} - {"lesions_judged_together"}  # of that one it is not said


def given_cycles(case: Case) -> list[Cycle]:
    """Cycles count only by vein."""
    if case["route"] != IV:
        return []
    both = [cycle_of(case.get("course") or {}, number) for number in (1, 2)]
    return [cycle for cycle in both if cycle.given]


def is_more_than_cells_allow(case: Case) -> bool:
    given = sum(cycle.given for cycle in given_cycles(case))
    asked: int = requested(case).get("doses_per_cycle") or 0
    return max(asked, given) > DOSES_AFTER_CELLS


def of_dose(case: Case, answer: Answer) -> set[str]:
    """What stands out in a requested dose beside the limit that is known."""
    asked = requested(case).get("dose_iu")
    limit = answer["dose_limit"]["max_dose_iu"] if answer["dose_limit"] else None
    if limit is None:
        return set()
    lesions = (requested(case).get("lesions") or 1) if case["route"] == IL else 0
    if asked is None or "requested.dose_iu" in answer["unconfirmed"]:
        return {"session_total_unusual"} if limit * lesions > SESSION_IU else set()
    wanted = {
        "request_far_above": 2 * asked > 3 * limit,
        "below_label_dose": case["route"] == IV and not is_til(case) and 10 * asked < 9 * limit,
        "session_total_unusual": asked * lesions > SESSION_IU,
    }
    return {name for name, is_there in wanted.items() if is_there}


def is_weighed_under_treatment(case: Case) -> bool:
    weighed_on = case.get("weight_measured_on")
    if weighed_on is None:
        return False
    if weighed_on > case["date_of_service"]:
        return True
    begun = [str(c.first.date()) for c in given_cycles(case) if c.first]
    discharged_on = (case.get("course") or {}).get("discharge_date")
    return any(weighed_on >= day for day in begun) and not (
        discharged_on and weighed_on > discharged_on
    )


def is_changed(case: Case, answer: Answer) -> bool:
    """By a tenth or more; beyond a fifth only where the weight was confirmed."""
    weight, before = amounts(case, "weight_kg", "previous_weight_kg")
    if weight is None or before is None or "weight_kg" in answer["unconfirmed"]:
        return False
    away = abs(weight - before)
    is_near = away * 5 <= before
    return away * 10 >= before and (is_near or is_confirmed(case, "weight_kg", case["weight_kg"]))


def of_policy_and_use(case: Case, answer: Answer, beyond: bool) -> dict[str, bool]:
    policy, use, route = case["policy"], case["indication"], case["route"]
    unmet = answer["eligibility"]["status"] in ("not_met", "not_covered")
    service, course = date.fromisoformat(case["date_of_service"]), case.get("course") or {}
    infused = route == IV and dosing_of(case) is not None
    again = infused and (
        (course.get("number") or 1) >= 2 or course.get("previous_last_dose_on") is not None
    )
    return {
        "medical_director_discretion": policy == CIGNA and (beyond or unmet),
        "evicore_delegation": policy == CIGNA and use in (MELANOMA, RENAL),
        "case_by_case_dosing": policy == EXPRESS and beyond,
        "policy_review_overdue": service > REVIEWED[policy],
        "nccn_melanoma_guideline": (use, route) == (MELANOMA, IV),
        "nccn_intralesional_category_2b": (use, route) == (MELANOMA, IL),
        "lesions_judged_together": (use, route) == (MELANOMA, IL),
        "nccn_no_longer_recommends_rcc": use == RENAL,
        "retreatment_needs_tumor_shrinkage": again,
        "response_evaluation": again,
        "route_outside_label": route != IV,
        **dict.fromkeys(OF_INFUSION, infused),
    }


def notes(case: Case, answer: Answer, beyond: bool, covered: bool) -> Answer:
    """Ids in order of the alphabet; scope and kind of those for which the specification says it."""
    wanted = of_policy_and_use(case, answer, beyond) | {
        "til_regimen_differs": is_til(case),
        "weight_during_treatment": is_weighed_under_treatment(case),
        "weight_changed": is_changed(case, answer),
        "contradictory_answers": bool(contradicted(case)),
        "authorization_does_not_cover": not covered,
    }
    found = [*ALWAYS, *OF_POLICY[case["policy"]], *of_dose(case, answer)]
    found += [name for name, is_there in wanted.items() if is_there]
    found += ["unusual_value" for _ in answer["unconfirmed"]]
    kinds = {name: "label" for name in found if name in OF_LABEL}
    kinds |= {name: "check" for name in found if name in CHECKS}
    if is_til(case) and is_more_than_cells_allow(case):
        kinds["til_regimen_differs"] = "check"
    scopes = dict.fromkeys((*ALWAYS, *OF_POLICY[case["policy"]]), "policy")
    scopes |= {name: "case" for name in found if name in OF_CASE}
    return {"note_ids": sorted(found), "note_scopes": scopes, "note_kinds": kinds}
