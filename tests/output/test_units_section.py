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
            "1.22 mL, which holds 21,960,000 International Units (21.96 million); in a syringe "
            "marked in 0.1 mL 1.2 mL, which holds 21,600,000 International Units (21.6 million)"
        ),
    }
    assert "the vials opened: 2 for this session" in billed
    assert "ask your billing office" in billed
    assert "inpatient stay is not billed" in billed


def test_a_requested_dose_is_counted_as_requested(library: Library) -> None:
    found = told(library, requested={"dose_iu": 20_000_000})
    assert found["Counted for the requested dose"] == "20,000,000 International Units (20 million)"
    assert found["Vials"] == "1 vial by content, 1 by volume"
    assert "Whole vials within the limit" not in found  # 21.6 of 28.2 million is under 90%


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
