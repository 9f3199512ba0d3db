"""The one sentence, word for word, for everything that a request can come to."""

from typing import Any

import pytest

from app.library import Library
from tests.cases import ALDER, BIRCH, case, determine

MET = "the policy's criteria are met"
EVERYTHING = {
    "dose_iu": 28_200_000,
    "doses_per_day": 2,
    "doses_per_cycle": 10,
    "rest_days": 11,
    "course_rest_days": 56,
}
TOO_MUCH = {
    "dose_iu": 28_200_001,
    "doses_per_day": 4,
    "doses_per_cycle": 13,
    "rest_days": 7,
    "course_rest_days": 41,
}
LESION = {
    "route": "intralesional",
    "facts": {"lesion_status": ["unresectable"], "prescriber_specialties": ["dermatologist"]},
}
GVHD = {
    "indication": "graft_versus_host_disease",
    "route": "subcutaneous",
    "weight_kg": None,
    "facts": {
        "chronic_gvhd": True,
        "steroid_refractory": True,
        "with_systemic_corticosteroids": True,
        "prescriber_specialties": ["oncologist"],
    },
}


def summary(library: Library, **changes: Any) -> str:
    return determine(library, case(**changes)).summary


@pytest.mark.parametrize(
    ("requested", "changes", "words"),
    [
        (None, {}, "nothing was requested, so no dosing limit was checked"),
        (EVERYTHING, {}, "the request is within every documented limit"),
        (
            {"dose_iu": 28_200_000},
            {},
            (
                "not checked, because not requested: the doses per day, the doses per cycle, "
                "the rest between cycles, the rest between courses"
            ),
        ),
        (
            {"rest_days": 11},
            {"weight_kg": None},
            (
                "not checked, because not requested: the dose, the doses per day, "
                "the doses per cycle, the rest between courses"
            ),
        ),
        (
            {"dose_iu": 2_500_000},
            LESION,
            "not checked, because not requested: the doses per week",
        ),
        (
            EVERYTHING,
            {"weight_kg": None},
            "the requested dose cannot be checked, because not known: weight",
        ),
        (
            {"dose_iu": 1},
            GVHD,
            (
                "the requested dose cannot be checked, because not known: body surface area, "
                "or height and weight"
            ),
        ),
        (
            {"dose_iu": 1},
            {**GVHD, "weight_kg": "70"},
            "the requested dose cannot be checked, because not known: body surface area, or height",
        ),
    ],
)
def test_a_request_that_is_not_beyond_a_limit_comes_after_the_criteria(
    library: Library, requested: dict[str, int] | None, changes: dict[str, Any], words: str
) -> None:
    assert (
        summary(library, requested=requested, **changes) == f"{MET.replace('t', 'T', 1)}; {words}."
    )


@pytest.mark.parametrize(
    ("requested", "changes", "fields"),
    [
        (
            TOO_MUCH,
            {},
            (
                "the dose, the doses per day, the doses per cycle, the rest between cycles, "
                "the rest between courses"
            ),
        ),
        ({**EVERYTHING, "doses_per_day": 4}, {}, "the doses per day"),
        ({"doses_per_week": 4}, LESION, "the doses per week"),
    ],
)
def test_what_is_beyond_a_limit_comes_first(
    library: Library, requested: dict[str, int], changes: dict[str, Any], fields: str
) -> None:
    assert summary(library, requested=requested, **changes) == (
        f"The request is beyond the documented limit for {fields}; {MET}."
    )


def test_a_request_that_a_clinician_considers_says_so_at_the_end(library: Library) -> None:
    facts = {"metastatic_disease": True, "prior_systemic_therapy": True, "single_agent": True}
    found = summary(
        library,
        policy=BIRCH,
        facts={**facts, "prescriber_specialties": ["oncologist"]},
        requested=TOO_MUCH,
    )
    assert found.startswith("The request is beyond the documented limit for the dose, ")
    assert found.endswith(
        f"; {MET}; a clinician of the payer considers such a request case by case."
    )


@pytest.mark.parametrize(("requested", "tells"), [(TOO_MUCH, True), (EVERYTHING, False)])
def test_where_criteria_are_not_met_only_a_limit_that_is_passed_is_told(
    library: Library, requested: dict[str, int], tells: bool
) -> None:
    found = summary(library, age_years=17, requested=requested)
    assert found.startswith("Not fulfilled: “Aged at least 21 years”")
    assert ("; the request is beyond the documented limit for the dose, " in found) is tells
    assert found.endswith("the rest between courses." if tells else "years”.")


def test_an_open_request_is_told_beside_open_criteria(library: Library) -> None:
    found = summary(library, age_years=None, weight_kg=None, requested={"dose_iu": 1})
    assert found == (
        "Not known yet: “Aged at least 21 years”; the requested dose cannot be checked, because "
        "not known: weight."
    )


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
def test_open_criteria_by_a_route_without_dosing_say_so_first(
    library: Library, policy: str
) -> None:
    found = summary(
        library, policy=policy, indication="renal_cell_carcinoma", route="subcutaneous", facts={}
    )
    assert found.startswith("No dosing is documented for this route; not known yet: “")


@pytest.mark.parametrize(
    ("requested", "words"),
    [
        (None, "nothing was requested, so no dosing limit was checked"),
        (
            {"dose_iu": 28_200_000},
            "because not requested: the doses per day, the doses per cycle, the rest between",
        ),
        (
            {
                "dose_iu": 1,
                "doses_per_day": 1,
                "doses_per_cycle": 1,
                "rest_days": 11,
                "course_rest_days": 56,
            },
            "the request is within every documented limit",
        ),
        ({"dose_iu": 28_200_001}, "beyond the documented limit for the dose"),
    ],
)
def test_the_summary_says_what_was_checked_and_what_was_not(
    library: Library, requested: dict[str, Any] | None, words: str
) -> None:
    assert words in summary(library, requested=requested)
