"""The place of every value in its document, written by hand from the two documents."""

import pytest

from app.library import Library
from app.model.policy import Policy
from tests.cases import CIGNA, EXPRESS_SCRIPTS

MELANOMA, RENAL = "FDA-Approved Indications 1", "FDA-Approved Indications 2"
GVHD = "Other Uses with Supportive Evidence 3"
SHARED = {
    "coverage.cutaneous_melanoma.approval": MELANOMA,
    "coverage.renal_cell_carcinoma.approval": RENAL,
    "coverage.graft_versus_host_disease.approval": GVHD,
    "coverage.cutaneous_melanoma.dosing.intravenous.dose": f"{MELANOMA}, Dosing A, i",
    "coverage.cutaneous_melanoma.dosing.intravenous.max_doses_per_day": f"{MELANOMA}, Dosing A, i",
    "coverage.cutaneous_melanoma.dosing.intravenous.max_doses_per_cycle": (
        f"{MELANOMA}, Dosing A, i"
    ),
    "coverage.cutaneous_melanoma.dosing.intravenous.min_rest_days": f"{MELANOMA}, Dosing A, ii",
    "coverage.cutaneous_melanoma.dosing.intravenous.min_course_rest_days": (
        f"{MELANOMA}, Dosing A, iii"
    ),
    "coverage.cutaneous_melanoma.dosing.intralesional.dose": f"{MELANOMA}, Dosing B, i",
    "coverage.cutaneous_melanoma.dosing.intralesional.max_doses_per_week": (
        f"{MELANOMA}, Dosing B, ii"
    ),
    "coverage.renal_cell_carcinoma.dosing.intravenous.dose": f"{RENAL}, Dosing A",
    "coverage.renal_cell_carcinoma.dosing.intravenous.max_doses_per_day": f"{RENAL}, Dosing A",
    "coverage.renal_cell_carcinoma.dosing.intravenous.max_doses_per_cycle": f"{RENAL}, Dosing A",
    "coverage.renal_cell_carcinoma.dosing.intravenous.min_rest_days": f"{RENAL}, Dosing B",
    "coverage.renal_cell_carcinoma.dosing.intravenous.min_course_rest_days": f"{RENAL}, Dosing C",
    "coverage.graft_versus_host_disease.dosing.subcutaneous.dose": f"{GVHD}, Dosing",
    "coverage.graft_versus_host_disease.dosing.subcutaneous.max_doses_per_day": f"{GVHD}, Dosing",
    "beyond_dosing.met": "Policy Statement",
    "beyond_dosing.incomplete": "Policy Statement",
}
OWN = {
    CIGNA: {
        "in_force": "Drug Coverage Policy Effective Date",
        "review": "Revision Details",
        "not_covered": "Conditions Not Covered",
        "notes.prior_authorization": "Policy Statement",
        "notes.evicore_delegation": "Policy Statement",
        "notes.preferred_product_may_apply": "Policy Statement",
        "notes.coding_j9015": "Coding Information and introduction",
        "notes.in_force_until_updated": "Revision Details",
        "notes.benefit_document_governs": "Drug Coverage Policy introduction",
        "notes.medical_director_discretion": "Drug Coverage Policy introduction",
        "notes.retreatment_needs_tumor_shrinkage": "Overview Dosing Information",
    },
    EXPRESS_SCRIPTS: {
        "in_force": "Utilization Management Medical Policy Review Date",
        "review": "History",
        "not_covered": "Conditions Not Recommended for Approval 1",
        "notes.prior_authorization": "Policy Statement",
        "notes.specialist_prescriber": "Policy Statement",
        "notes.no_automation": "Policy Statement Automation",
        "notes.case_by_case_dosing": "Policy Statement",
        "notes.extension_if_still_met": "Policy Statement",
        "notes.retreatment_needs_tumor_shrinkage": "Overview Dosing Information",
    },
}
PLACES = [
    (policy, path, place)
    for policy, own in OWN.items()
    for path, place in {**SHARED, **own}.items()
]


@pytest.mark.parametrize(("policy_id", "path", "place"), PLACES)
def test_a_value_cites_its_place_in_the_document(
    library: Library, policy_id: str, path: str, place: str
) -> None:
    policy = library.versions(policy_id)[-1]
    assert citation(policy, path) == place


def citation(policy: Policy, path: str) -> str:
    """Return the citation of the value at a path; a note is named by its id."""
    value: object = policy
    for part in path.split("."):
        if isinstance(value, dict):
            value = value[part]
        elif isinstance(value, tuple):
            value = next(note for note in value if note.id == part)
        else:
            value = getattr(value, part)
    return str(getattr(value, "citation", None))
