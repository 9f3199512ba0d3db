"""The vials of one session in words: both counts, what fits within the limit, the billed units."""

from typing import Any

from app.library import Library
from app.output.units_section import units_section
from tests.cases import case, determine

LESIONS: dict[str, Any] = {
    "route": "intralesional",
    "facts": {"lesion_status": ["unresectable"], "prescriber_specialties": ["oncologist"]},
}


def told(library: Library, **changes: Any) -> dict[str, str]:
    section = units_section(determine(library, case(**changes)), library.catalog)
    assert section is not None
    assert "label data, no limits" in section.title
    return {row.label: row.text for row in section.rows}


def test_both_counts_stand_side_by_side(library: Library) -> None:
    """55 kg: 22,000,000 International Units are one vial by content, and 1.22 mL are two."""
    found = told(library, weight_kg="55")
    billed = found.pop("Billed units")
    assert found == {
        "Counted for the maximum per dose that the policy allows": (
            "22,000,000 International Units (22 million)"
        ),
        "Vials": "1 vial by content, 2 by volume; plan with the larger",
        "Whole vials within the limit": (
            "1 vial by volume, together 21,600,000 International Units (21.6 million)"
        ),
        "Largest measurable dose within the limit": (
            "1.22 mL, which holds 21,960,000 International Units (21.96 million); 1.2 mL in a "
            "syringe marked in 0.1 mL, which holds 21,600,000 International Units (21.6 million)"
        ),
    }
    opened = "the vials opened: 2 for one session of the maximum per dose that the policy allows."
    assert opened in billed
    assert "ask your billing office" in billed
    assert "inpatient stay is not billed" in billed


def test_a_requested_dose_is_counted_as_requested(library: Library) -> None:
    found = told(library, requested={"dose_iu": 20_000_000})
    assert found["Counted for the requested dose"] == "20,000,000 International Units (20 million)"
    assert found["Vials"] == "1 vial by content, 1 by volume"
    assert "opened: 1 for one session of the requested dose." in found["Billed units"]
    assert "Whole vials within the limit" not in found  # 21.6 of 28.2 million is under 90%


def test_the_vials_of_a_dose_approved_outside_the_policy_are_those_billed(
    library: Library,
) -> None:
    """28,200,000 take two vials; 45,000,000 take three by content (22,000,000 in each)."""
    approved = {"dose_iu": 45_000_000}
    found = told(library, requested=approved, authorization=approved)
    assert found["Vials"] == "2 vials by content, 2 by volume"
    assert found["Vials of the dose approved outside the policy"] == (
        "3 vials by content, 3 by volume, for 45,000,000 International Units (45 million)"
    )
    billed = found["Billed units"]
    assert "opened: 3 for one session of the dose approved outside the policy." in billed
    assert "2 for" not in billed


def test_where_criteria_are_not_met_the_limit_is_no_maximum(library: Library) -> None:
    assert "Counted for the documented limit per dose" in told(library, age_years=17)


def test_lesions_count_and_a_route_outside_the_label_has_no_volume(library: Library) -> None:
    found = told(library, **LESIONS, requested={"lesions": 10})
    assert found["Lesions"] == "10 lesions, 25,000,000 International Units (25 million) in all"
    assert found["Vials"] == "2 vials by content; the label gives no volume for this route"
    assert "Largest measurable dose within the limit" not in found
    assert told(library, **LESIONS)["Lesions"] == "counted for 1 lesion"


def test_without_a_known_dose_no_vial_is_counted(library: Library) -> None:
    for changes in ({"weight_kg": None}, {"weight_kg": "154"}):
        assert units_section(determine(library, case(**changes)), library.catalog) is None
