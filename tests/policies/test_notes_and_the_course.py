"""What was given or planned beyond the dosing counts for the notes like a request beyond it.

Express Scripts leaves doses outside the documented dosing to a clinician, case by case; Cigna's
medical directors have discretion where it is not met. Retreatment needs a dosing to repeat.
"""

from typing import Any

import pytest

from app.engine import evaluate
from app.library import Library
from app.model.case_json import read_case
from tests.policies.versions import CIGNA, EXPRESS_SCRIPTS, the_two

RENAL = {
    "indication": "renal_cell_carcinoma",
    "route": "intravenous",
    "age_years": 54,
    "weight_kg": "70",
    "facts": {
        "metastatic_disease": True,
        "single_agent": True,
        "prescriber_specialties": ["oncologist"],
    },
}
# Beyond the dosing: 15 doses in a cycle; cycle 2 after 4 days of rest; a course after 2 weeks.
FIFTEEN = {
    "cycles": [
        {
            "number": 1,
            "doses_given": 15,
            "first_dose_at": "2026-06-01T08:00",
            "last_dose_at": "2026-06-06T08:00",
        }
    ]
}
SHORT_REST = {
    "cycles": [
        {
            "number": 1,
            "doses_given": 14,
            "first_dose_at": "2026-06-01T08:00",
            "last_dose_at": "2026-06-05T16:00",
        },
        {
            "number": 2,
            "doses_given": 1,
            "first_dose_at": "2026-06-10T08:00",
            "last_dose_at": "2026-06-10T08:00",
        },
    ]
}
SOON_AGAIN = {"previous_last_dose_on": "2026-06-01", "first_dose_at": "2026-06-15T08:00"}
LATE_AGAIN = {"previous_last_dose_on": "2026-03-02", "first_dose_at": "2026-06-15T08:00"}
FIRST = {"first_dose_at": "2026-06-15T08:00"}


@pytest.fixture(scope="module")
def library() -> Library:
    return the_two()


def note_ids(library: Library, policy: str, **changes: Any) -> set[str]:
    case = read_case({"policy": policy, "date_of_service": "2026-06-15", **RENAL, **changes})
    judged_by = library.in_force(policy, case.date_of_service)
    return {one.id for one in evaluate(case, judged_by, library.reference_data).notes}


@pytest.mark.parametrize(
    ("policy", "note"),
    [(EXPRESS_SCRIPTS, "case_by_case_dosing"), (CIGNA, "medical_director_discretion")],
)
@pytest.mark.parametrize(
    ("course", "beyond"),
    [
        (FIFTEEN, True),
        (SHORT_REST, True),
        (SOON_AGAIN, True),
        (LATE_AGAIN, False),
        (FIRST, False),
    ],
)
def test_a_course_beyond_the_dosing_brings_the_note_that_a_request_would(
    library: Library, policy: str, note: str, course: dict[str, Any], beyond: bool
) -> None:
    assert (note in note_ids(library, policy, course=course)) is beyond


@pytest.mark.parametrize("policy", [CIGNA, EXPRESS_SCRIPTS])
@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"course": {"number": 2}}, True),
        ({"course": LATE_AGAIN}, True),
        ({"course": {**LATE_AGAIN, "number": 1}}, True),
        ({"course": FIRST}, False),
        ({"course": {"number": 1}}, False),
        ({"course": {"number": 2}, "indication": "graft_versus_host_disease"}, False),
        ({"course": {"number": 2}, "indication": "other"}, False),
        ({"course": {"number": 2}, "route": "subcutaneous"}, False),
    ],
)
def test_shrinkage_is_asked_for_before_another_course_of_a_documented_dosing(
    library: Library, policy: str, changes: dict[str, Any], told: bool
) -> None:
    found = note_ids(library, policy, **changes)
    assert ("retreatment_needs_tumor_shrinkage" in found) is told
    assert ("response_evaluation" in found) is told


@pytest.mark.parametrize("policy", [CIGNA, EXPRESS_SCRIPTS])
@pytest.mark.parametrize(
    "note",
    ["inpatient_with_intensive_care", "boxed_warning", "before_treatment", "withhold_never_reduce"],
)
def test_the_label_speaks_of_infusions_whose_dosing_is_documented(
    library: Library, policy: str, note: str
) -> None:
    assert note in note_ids(library, policy)
    assert note not in note_ids(library, policy, route="subcutaneous")
    assert note not in note_ids(library, policy, indication="graft_versus_host_disease")
