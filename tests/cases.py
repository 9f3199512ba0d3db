"""Cases for tests: complete, valid JSON objects to change one thing in."""

from collections.abc import Callable
from functools import cache
from typing import Any

from app.engine import evaluate
from app.engine.criteria import Judgement, eligibility_rule
from app.library import Library
from app.model.case import Case, Indication, Route
from app.model.case_json import read_case
from app.model.determination import Determination, Eligibility
from app.model.policy import Policy

CIGNA = "cigna-ip0407"
EXPRESS_SCRIPTS = "express-scripts-um-proleukin"


def case(**changes: Any) -> dict[str, Any]:
    """A melanoma case on the intravenous path that meets Cigna's criteria, with changes."""
    return {
        "policy": CIGNA,
        "date_of_service": "2026-11-23",
        "indication": "cutaneous_melanoma",
        "route": "intravenous",
        "age_years": 54,
        "weight_kg": "70.5",
        "facts": {
            "metastatic_disease": True,
            "prior_systemic_therapy": True,
            "prescriber_specialties": ["oncologist"],
        },
        **changes,
    }


def determine(library: Library, data: dict[str, Any]) -> Determination:
    """The determination for a case in JSON form, by the version in force."""
    read = read_case(data)
    return evaluate(
        read, library.in_force(read.policy, read.date_of_service), library.reference_data
    )


def eligibility_of(policy: Policy) -> Callable[[Case], Eligibility]:
    """The engine's judgement of the criteria of a policy alone, whatever its day."""

    @cache
    def rule(indication: Indication, route: Route) -> Callable[[Case], Judgement]:
        return eligibility_rule(policy, indication, route)

    return lambda case: rule(case.indication, case.route)(case).eligibility
