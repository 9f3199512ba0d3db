"""What each input check says, word for word, about which inputs, and where each note stands."""

from datetime import date
from typing import Any

import pytest

from app.library import Library
from app.model.determination import DeterminationNote
from tests.cases import BIRCH, case, determine

CHECKS = "Aldesk input checks"
LABEL = "Proleukin prescribing information (Iovance, SPL f3c516ad, version 7, December 20, 2024)"
UNUSUAL = "Check it on the chart and confirm it; a weight in pounds entered as kilograms looks like"
TWO_M2 = {"weight_kg": "72", "height_cm": "200"}  # by Mosteller


def note(library: Library, name: str, **changes: Any) -> DeterminationNote:
    [found] = [one for one in determine(library, case(**changes)).notes if one.id == name]
    return found


@pytest.mark.parametrize(
    ("name", "changes", "text", "inputs"),
    [
        (
            "implausible_measurement",
            {"weight_kg": "154", "height_cm": "175", "bsa_m2": "3.1"},
            f"Unusual measurement: weight, height, body surface area. {UNUSUAL} this.",
            ("weight_kg", "height_cm", "bsa_m2"),
        ),
        (
            "implausible_measurement",
            {"weight_kg": "154"},
            f"Unusual measurement: weight. {UNUSUAL} this.",
            ("weight_kg",),
        ),
        (
            "bsa_differs_from_calculated",
            {**TWO_M2, "bsa_m2": "2.50"},
            (
                "The entered body surface area of 2.5 m² is more than 10% away from the 2 m² "
                "calculated from height and weight (Mosteller)."
            ),
            ("bsa_m2",),
        ),
        (
            "weight_changed",
            {"weight_kg": "77", "previous_weight_kg": "70.0"},
            (
                "The weight is 10% or more away from the 70 kg that an earlier course was dosed "
                "on. The dose limit follows the current weight."
            ),
            ("weight_kg", "previous_weight_kg"),
        ),
        (
            "contradictory_answers",
            {
                "route": "intralesional",
                "facts": {"lesion_status": ["resectable", "unresectable"]},
            },
            "A lesion is said to be both resectable and unresectable. Check the answers.",
            ("facts.lesion_status",),
        ),
        (
            "contradictory_answers",
            {"policy": BIRCH, "regimen": "til", "facts": {"single_agent": True}},
            (
                "The regimen is with tumor-infiltrating lymphocyte therapy, and aldesleukin is "
                "said to be a single agent. Check the answers."
            ),
            ("facts.single_agent",),
        ),
    ],
)
def test_an_input_check_says_what_it_saw(
    library: Library, name: str, changes: dict[str, Any], text: str, inputs: tuple[str, ...]
) -> None:
    found = note(library, name, **changes)
    assert found == DeterminationNote(name, "check", text, CHECKS, inputs)


def test_the_formula_of_the_case_is_named(library: Library) -> None:
    areas = {**TWO_M2, "bsa_m2": "3", "bsa_formula": "gehan_george"}
    assert "(Gehan George)" in note(library, "bsa_differs_from_calculated", **areas).text


def test_an_overdue_version_is_told_with_both_dates(library: Library) -> None:
    found = note(library, "policy_review_overdue", policy=BIRCH, date_of_service="2026-04-17")
    text = (
        "This version is dated Mon, Oct 16, 2023 and was due for review by Thu, Apr 16, 2026. Ask "
        "the payer whether a newer version applies on the date of service."
    )
    policy = library.in_force(BIRCH, date(2026, 4, 17))
    assert (found.kind, found.text, found.inputs) == ("caveat", text, ())
    assert found.citation == f"{policy.document}: Title page revised"


@pytest.mark.parametrize(
    ("name", "changes", "place"),
    [
        ("inpatient_with_intensive_care", {}, "Boxed Warning and Dosage and Administration"),
        ("route_outside_label", {"route": "subcutaneous"}, "Dosage and Administration"),
    ],
)
def test_a_note_of_the_label_stands_in_the_label(
    library: Library, name: str, changes: dict[str, Any], place: str
) -> None:
    found = note(library, name, **changes)
    assert (found.kind, found.citation) == ("label", f"{LABEL}: {place}")


def test_a_caveat_of_a_policy_stands_in_the_policy(library: Library) -> None:
    found = note(library, "another_course", course={"number": 2})
    assert (found.kind, found.citation) == ("caveat", "Alder 12: Reasons 5")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"requested": {"dose_iu": 21_150_001}}, True),
        ({"route": "subcutaneous"}, True),
        ({"requested": {"dose_iu": 21_150_000}}, False),
        ({"requested": {"dose_iu": 21_150_000}, "weight_kg": None}, False),
        ({}, False),
    ],
)
def test_that_a_clinician_considers_a_dose_is_told_only_beyond_the_documented_dosing(
    library: Library, changes: dict[str, Any], told: bool
) -> None:
    found = determine(library, case(policy=BIRCH, **changes)).notes
    assert ("considered_singly" in {one.id for one in found}) is told
