"""A payer with questions of its own of each kind, and a case in which every answer is given."""

from typing import Any

from app.library import Library
from app.library.policies import read_policy_file
from tests.fixture_library import FOLDER

CEDAR = "cedar-aldesleukin"
FILE = FOLDER / "cedar-aldesleukin.yaml"
OWN = {
    "measurable_disease": True,
    "performance_status": "ecog_1",
    "serum_albumin": "3.5",
    "prior_lines": 2,
    "organ_findings": [],
    "comorbidity_codes": ["N18.4"],
}
ALL_MET: dict[str, Any] = {
    "policy": CEDAR,
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
    "age_years": 54,
    "weight_kg": "70.5",
    "regimen": "high_dose",
    "setting": "inpatient",
    "line_of_business": "commercial",
    "diagnosis_codes": ["C43.9"],
    "course": {"number": 1},
    "facts": OWN,
}


def with_cedar(library: Library) -> Library:
    """A library with this payer as well."""
    return library.with_policy(read_policy_file(FILE, library.base_catalog, library.reserved_notes))


def case(**changes: Any) -> dict[str, Any]:
    """That case with changes; facts are changed one by one."""
    facts = {**OWN, **changes.pop("facts", {})}
    return {**ALL_MET, **changes, "facts": facts}
