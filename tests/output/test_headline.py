"""The headline says what decides: a passed limit by its name, before the criteria."""

from typing import Any

import pytest

from app.library import Library
from app.output.headline import headline, headline_shape, is_dosing_unchecked
from tests.cases import BIRCH, case, determine

# 70.5 kg: Alder allows 28,200,000 International Units, Birch 21,150,000.
AT, ABOVE = {"dose_iu": 28_200_000}, {"dose_iu": 28_200_001}
ALONE = {**case()["facts"], "single_agent": True}
UNCHECKED = "Clinical criteria met; dosing not checked"
GIVEN = {
    "number": 1,
    "doses_given": 11,
    "first_dose_at": "2026-11-23T08:00",
    "last_dose_at": "2026-11-29T08:00",
}
KIDNEY = {
    "indication": "renal_cell_carcinoma",
    "route": "subcutaneous",
    "facts": {
        "metastatic_disease": True,
        "single_agent": True,
        "prescriber_specialties": ["oncologist"],
    },
}


@pytest.mark.parametrize(
    ("changes", "shape", "words"),
    [
        ({"requested": AT}, "✓", "Criteria met"),
        ({}, "!", UNCHECKED),
        ({"requested": {"doses_per_day": 2}}, "!", UNCHECKED),
        ({"requested": AT, "weight_kg": None}, "?", UNCHECKED),
        ({"requested": AT, "weight_kg": "154"}, "?", "Weight to be confirmed"),
        ({"requested": {"dose_iu": 28}}, "?", "Requested dose to be confirmed"),
        ({"requested": ABOVE}, "×", "Dose above the documented limit"),
        (
            {"requested": {"dose_iu": 21_150_001}, "policy": BIRCH, "facts": ALONE},
            "◊",
            "Dose above the documented limit; clinician review",
        ),
        (
            {"requested": ABOVE, "age_years": 17},
            "×",
            "Dose above the documented limit; criteria not met",
        ),
        ({"requested": AT, "age_years": 17}, "×", "Criteria not met"),
        ({"requested": {"doses_per_day": 3}, "age_years": 17}, "×", "Criteria not met"),
        ({"requested": ABOVE, "facts": {}}, "×", "Dose above the documented limit"),
        (
            {"requested": ABOVE, "facts": {}, "policy": BIRCH},
            "?",
            "Dose above the documented limit; information missing",
        ),
        ({"requested": AT, "facts": {}}, "?", "Information missing"),
        ({"requested": {"doses_per_day": 3}}, "×", "Request beyond the documented limits"),
        (
            {"requested": {"doses_per_day": 3, **ABOVE}},
            "×",
            "Dose above the documented limit",
        ),
        (KIDNEY, "×", "No dosing documented for this route"),
        ({"indication": "other"}, "×", "Criteria not met"),
        (
            {"requested": AT, "course": {"cycles": [GIVEN]}},
            "×",
            "More doses in a cycle than documented",
        ),
        (
            {
                "requested": AT,
                "course": {
                    "first_dose_at": "2026-11-23T08:00",
                    "previous_last_dose_on": "2026-11-01",
                },
            },
            "×",
            "Course before the rest is over",
        ),
        (
            {"requested": AT, "authorization": {"end": "2026-11-22"}},
            "?",
            "The authorization does not cover every day; criteria met",
        ),
        (
            {"regimen": "til", "requested": {**AT, "doses_per_cycle": 7}},
            "!",
            "More than the cell therapy's label; criteria met",
        ),
        (
            {"regimen": "til", "requested": {**ABOVE, "doses_per_cycle": 7}},
            "×",
            "Dose above the documented limit; more than the cell therapy's label",
        ),
        (
            {"regimen": "til", "requested": {**AT, "doses_per_cycle": 7}, "age_years": 17},
            "×",
            "More than the cell therapy's label; criteria not met",
        ),
        ({"regimen": "til", "requested": {**AT, "doses_per_cycle": 6}}, "✓", "Criteria met"),
    ],
)
def test_the_headline_of_a_case(
    library: Library, changes: dict[str, Any], shape: str, words: str
) -> None:
    found = determine(library, case(**changes))
    assert (headline_shape(found), headline(found)) == (shape, words)


def test_a_second_cycle_too_early_is_named(library: Library) -> None:
    one = {**GIVEN, "doses_given": 4, "over": True}
    booked = {"number": 2, "planned_first_at": "2026-12-01T08:00"}
    found = determine(library, case(requested=AT, course={"cycles": [one, booked]}))
    assert headline(found) == "Second cycle before its rest is over"


def test_criteria_without_a_checked_dose_are_known_as_such(library: Library) -> None:
    assert is_dosing_unchecked(determine(library, case()))
    assert not is_dosing_unchecked(determine(library, case(requested=AT)))
    assert not is_dosing_unchecked(determine(library, case(requested=ABOVE)))
    assert not is_dosing_unchecked(determine(library, case(age_years=17)))
