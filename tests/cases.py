"""Cases for tests: complete, valid JSON objects to change one thing in."""

from typing import Any

from app.engine import evaluate
from app.library import Library
from app.model.case_json import read_case
from app.model.determination import Determination

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
