"""The one sentence: it names what decides, and never tells how to answer otherwise."""

from typing import Any

import pytest

from app.library import Library
from tests.cases import ALDER, BIRCH, case, determine


def summary(library: Library, **changes: Any) -> str:
    return determine(library, case(**changes)).summary


def test_a_route_without_a_therapy_is_named_as_the_reason(library: Library) -> None:
    assert summary(library, route="subcutaneous") == (
        "Not fulfilled: one of the routes that the policy lists for this use."
    )


def test_only_the_innermost_criteria_that_decide_are_named(library: Library) -> None:
    assert summary(library, age_years=17) == ("Not fulfilled: “Aged at least 21 years”.")
    neither = {"metastatic_disease": False, "unresectable_disease": False}
    assert summary(library, facts=neither) == (
        "Not fulfilled: “The disease has spread or cannot be resected”."
    )
    assert summary(library, age_years=17, facts=neither) == (
        "Not fulfilled: “Aged at least 21 years” · “The disease has spread or cannot be resected”."
    )


def test_what_is_not_known_is_named(library: Library) -> None:
    assert summary(library, policy=BIRCH) == ("Not known yet: “Nothing else is given with it”.")


def test_a_use_that_is_not_listed_is_named(library: Library) -> None:
    assert summary(library, indication="other") == "Alder 12 does not list this use."


def test_a_missing_measurement_is_named(library: Library) -> None:
    asked = {"requested": {"dose_iu": 1}}
    assert "because not known: weight." in summary(library, weight_kg=None, **asked)
    gvhd = {
        "indication": "graft_versus_host_disease",
        "route": "subcutaneous",
        "facts": {
            "chronic_gvhd": True,
            "steroid_refractory": True,
            "with_systemic_corticosteroids": True,
            "prescriber_specialties": ["oncologist"],
        },
    }
    assert "because not known: body surface area, or height." in summary(library, **gvhd, **asked)


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
def test_a_covered_use_by_a_route_without_dosing_says_so(library: Library, policy: str) -> None:
    facts = {
        "metastatic_disease": True,
        "single_agent": True,
        "prescriber_specialties": ["oncologist"],
    }
    renal = {"indication": "renal_cell_carcinoma", "route": "subcutaneous", "facts": facts}
    said = summary(library, policy=policy, **renal)
    assert said.startswith("No dosing is documented for this route; the policy's criteria are met")
    assert ("considers such a request case by case" in said) is (policy == BIRCH)
