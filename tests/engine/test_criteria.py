"""The judged criteria mirror those of the policy: each with its words, its answer and its place."""

from dataclasses import replace
from typing import Any

import pytest

from app.library import Library
from app.model.case_json import read_case
from app.model.criterion import Comparison, Criterion
from app.model.eligibility import (
    Judged,
    JudgedAll,
    JudgedAny,
    JudgedComparison,
    PassedOver,
    children,
)
from app.model.policy import Policy
from tests.cases import ALDER, BIRCH, case, determine, eligibility_of

INDICATIONS = ("cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease")
ROUTES = ("intravenous", "intralesional", "subcutaneous")
ANSWERS: dict[str, object] = {
    "metastatic_disease": False,
    "prior_systemic_therapy": True,
    "steroid_refractory": True,
    "prescriber_specialties": ["dermatologist", "oncologist"],
    "lesion_status": [],
}
SEEN = {
    "age_years": 54,
    **{key: tuple(one) if isinstance(one, list) else one for key, one in ANSWERS.items()},
}


def mirrors(judged: Judged, criterion: Criterion, policy: Policy, route: str) -> None:
    """Assert that a judged criterion is that of the policy, and all below it."""
    said = (judged.id, judged.text, judged.citation)
    assert said == (criterion.id, criterion.text, f"{policy.document}: {criterion.citation}")
    if isinstance(criterion, Comparison):
        assert isinstance(judged, JudgedComparison)
        assert judged.question == criterion.question
        assert judged.seen == SEEN.get(criterion.question)
        assert judged.wanted == criterion.wanted
    elif criterion.routes and route not in criterion.routes:
        assert isinstance(judged, PassedOver)
        assert (judged.result, judged.question, judged.seen) == ("not_met", "route", route)
        assert judged.wanted == {"any_of": criterion.routes}
    else:
        assert isinstance(judged, JudgedAll if criterion.all_ else JudgedAny)
        assert judged.seen is None
        for one, below in zip(children(judged), criterion.children, strict=True):
            mirrors(one, below, policy, route)


@pytest.mark.parametrize("policy_id", [ALDER, BIRCH])
@pytest.mark.parametrize("indication", INDICATIONS)
@pytest.mark.parametrize("route", ROUTES)
def test_the_judged_criteria_are_those_of_the_policy(
    library: Library, policy_id: str, indication: str, route: str
) -> None:
    data = case(policy=policy_id, indication=indication, route=route, facts=ANSWERS)
    read = read_case(data)
    policy = library.in_force(policy_id, read.date_of_service)
    judged = eligibility_of(policy)(read).criteria
    mirrors(judged, policy.coverage[read.indication].criteria, policy, route)


def test_a_use_that_is_not_listed_is_one_criterion_that_is_not_met(library: Library) -> None:
    found = determine(library, case(indication="other")).eligibility
    policy = library.versions(ALDER)[-1]
    assert (found.status, found.missing) == ("not_covered", ())
    assert found.criteria == JudgedComparison(
        "covered_use",
        policy.not_covered.text or "",
        "not_met",
        "indication",
        "other",
        {"any_of": INDICATIONS},
        "Alder 12: Other uses",
    )


@pytest.mark.parametrize(
    ("wanted", "answer", "result"),
    [
        ({"at_least": 18}, 18, "met"),
        ({"at_least": 18}, 17, "not_met"),
        ({"at_least": 1}, 0, "not_met"),
        ({"at_most": 17}, 17, "met"),
        ({"at_most": 17}, 18, "not_met"),
        ({"at_most": 17}, None, "unknown"),
        ({"any_of": ("nodal", "other")}, ["other"], "met"),
        ({"any_of": ("nodal", "other")}, ["cutaneous"], "not_met"),
        ({"any_of": ("nodal", "other")}, [], "not_met"),
        ({"none_of": ("nodal", "other")}, ["nodal", "cutaneous"], "not_met"),
        ({"none_of": ("nodal", "other")}, ["cutaneous"], "met"),
        ({"none_of": ("nodal", "other")}, [], "met"),
        ({"none_of": ("nodal", "other")}, None, "unknown"),
        ({"is_": False}, False, "met"),
        ({"is_": False}, True, "not_met"),
    ],
)
def test_an_answer_is_compared_in_every_way(
    library: Library, wanted: dict[str, Any], answer: object, result: str
) -> None:
    [kind] = wanted
    question = {"at_least": "age_years", "at_most": "age_years", "is_": "single_agent"}.get(
        kind, "lesion_site"
    )
    policy = library.versions(ALDER)[-1]
    coverage = policy.coverage["cutaneous_melanoma"]
    place = coverage.criteria.citation
    one = Comparison(id="one", text="One", question=question, citation=place, **wanted)
    changed = replace(policy, coverage={"cutaneous_melanoma": replace(coverage, criteria=one)})
    data = case(age_years=answer) if question == "age_years" else case(facts={question: answer})
    judged = eligibility_of(changed)(read_case(data)).criteria
    assert judged.result == result
