"""In which order notes stand, what each says, about which inputs, and with which place."""

from typing import Any

import pytest
from hypothesis import given

from app.engine import evaluate
from app.library import Library
from app.model.case import Case
from app.model.determination import DeterminationNote
from tests.any_case import any_case
from tests.cases import ALDER, BIRCH
from tests.engine.people import LESION, VEIN_BIRCH, found, noted

CHECKS = "Aldesk input checks"
LABEL = "Proleukin prescribing information (Iovance, SPL f3c516ad, version 7, December 20, 2024)"
EVERYTHING_UNUSUAL: dict[str, Any] = {
    "weight_kg": "154",
    "height_cm": "175",
    "regimen": "til",
    "requested": {"doses_per_cycle": 7},
    "date_of_service": "2027-06-03",
    "weight_measured_on": "2027-06-04",
    "authorization": {"end": "2026-01-01"},
    "course": {"number": 2},
}


def only(library: Library, name: str, **changes: Any) -> DeterminationNote:
    [note] = noted(library, name, **changes)
    return note


def test_checks_of_the_case_come_first_and_what_holds_always_comes_last(library: Library) -> None:
    notes = found(library, **EVERYTHING_UNUSUAL).notes
    assert [(one.id, one.kind, one.scope) for one in notes] == [
        ("unusual_value", "check", "case"),
        ("authorization_does_not_cover", "check", "case"),
        ("weight_during_treatment", "check", "case"),
        ("til_regimen_differs", "check", "case"),
        ("policy_review_overdue", "caveat", "case"),
        ("skin_guideline", "caveat", "case"),
        ("another_course", "caveat", "case"),
        ("inpatient_with_intensive_care", "label", "case"),
        ("boxed_warning", "label", "case"),
        ("before_treatment", "label", "case"),
        ("withhold_never_reduce", "label", "case"),
        ("response_evaluation", "label", "case"),
        ("not_a_payer_decision", "caveat", "policy"),
        ("no_decision", "caveat", "policy"),
        ("ask_first", "caveat", "policy"),
    ]


@given(read=any_case)
def test_in_every_case_the_order_is_case_then_policy_and_checks_first(
    library: Library, read: Case
) -> None:
    for policy in (ALDER, BIRCH):
        one = evaluate(read, library.versions(policy)[-1], library.reference_data)
        order = [(note.scope != "case", note.kind != "check") for note in one.notes]
        assert order == sorted(order)
        assert all(note.text and note.citation for note in one.notes)
        assert all(note.scope == "case" for note in one.notes if note.kind == "check")
        ids = [note.id for note in one.notes if note.id != "unusual_value"]
        assert len(ids) == len(set(ids))
        told = [note.inputs for note in one.notes if note.id == "unusual_value"]
        assert told == [(key,) for key in one.unconfirmed]


@pytest.mark.parametrize(
    ("name", "changes", "text", "inputs"),
    [
        (
            "unusual_value",
            {"requested": {"dose_iu": 2_820_000}},
            (
                "Unusual requested dose: not used until it is confirmed. It is at most a tenth of "
                "the documented limit. A decimal point or the word million may be lost. Check it "
                "on the chart, then correct or confirm it."
            ),
            ("requested.dose_iu",),
        ),
        (
            "unusual_value",
            {**LESION, "requested": {"dose_iu": 249_999}},
            (
                "Unusual requested dose: not used until it is confirmed. It is less than a tenth "
                "of the documented limit. A decimal point or the word million may be lost. Check "
                "it on the chart, then correct or confirm it."
            ),
            ("requested.dose_iu",),
        ),
        (
            "weight_changed",
            {"weight_kg": "77", "previous_weight_kg": "70.0"},
            (
                "The weight is 10% or more away from the 70 kg that an earlier course was dosed "
                "on. A limit by weight follows the current one."
            ),
            ("weight_kg", "previous_weight_kg"),
        ),
        (
            "below_label_dose",
            {"requested": {"dose_iu": 20_000_000}},
            (
                "The requested dose is under 90% of the documented limit. The label withholds or "
                "stops a dose and does not reduce it: was this intended?"
            ),
            ("requested.dose_iu",),
        ),
        (
            "session_total_unusual",
            {**LESION, "requested": {"dose_iu": 2_500_000, "lesions": 9}},
            (
                "Dose and number of lesions together come to more than 22,000,000 International "
                "Units (22 million). Neither the policy nor the label limits the total of a "
                "session: check the number of lesions."
            ),
            ("requested.dose_iu", "requested.lesions"),
        ),
        (
            "weight_during_treatment",
            {"weight_measured_on": "2026-11-24"},
            (
                "The weight was measured on Tue, Nov 24, 2026, after the date of service. Check "
                "both dates."
            ),
            ("weight_measured_on",),
        ),
        (
            "lesions_judged_together",
            LESION,
            (
                "The answers about lesions are judged for every lesion to be injected. Lesions "
                "that differ are cases of their own."
            ),
            (),
        ),
    ],
)
def test_a_check_says_what_it_saw(
    library: Library, name: str, changes: dict[str, Any], text: str, inputs: tuple[str, ...]
) -> None:
    assert only(library, name, **changes) == DeterminationNote(
        name, "check", "case", text, CHECKS, inputs
    )


def test_an_overdue_version_is_told_with_both_dates_and_as_a_habit_of_the_payer(
    library: Library,
) -> None:
    note = only(library, "policy_review_overdue", policy=BIRCH, date_of_service="2026-04-17")
    assert note.text == (
        "This version is dated Mon, Oct 16, 2023. By the payer's reviews so far, a newer version "
        "may have been in force since Thu, Apr 16, 2026. Ask the payer which version applies on "
        "the date of service."
    )
    assert (note.kind, note.scope, note.inputs) == ("caveat", "case", ())
    assert note.citation == "Birch handbook: Title page revised"


@pytest.mark.parametrize(
    ("name", "changes", "place"),
    [
        ("inpatient_with_intensive_care", {}, "Boxed Warning and Dosage and Administration"),
        ("boxed_warning", {}, "Boxed Warning"),
        ("before_treatment", {}, "Contraindications and Warnings and Precautions"),
        ("route_outside_label", {"route": "subcutaneous"}, "Dosage and Administration"),
    ],
)
def test_a_note_of_the_label_stands_in_the_label(
    library: Library, name: str, changes: dict[str, Any], place: str
) -> None:
    note = only(library, name, **changes)
    assert (note.kind, note.citation) == ("label", f"{LABEL}: {place}")


def test_a_caveat_of_a_policy_stands_in_the_policy(library: Library) -> None:
    note = only(library, "another_course", course={"number": 2})
    assert (note.kind, note.citation) == ("caveat", "Alder 12: Reasons 5")


@pytest.mark.parametrize(
    ("course", "beyond"),
    [
        ({"cycles": []}, False),
        ({"previous_last_dose_on": "2026-10-20", "first_dose_at": "2026-11-23T08:00"}, True),
        ({"previous_last_dose_on": "2026-10-12", "first_dose_at": "2026-11-23T08:00"}, False),
    ],
)
def test_a_course_beyond_the_dosing_counts_as_beyond_for_the_status(
    library: Library, course: dict[str, Any], beyond: bool
) -> None:
    """Birch's own note looks at the request alone; Alder's looks at the status."""
    one = found(library, **VEIN_BIRCH, course=course)
    assert (one.approval_status == "clinician_review") is beyond
    assert noted(library, "considered_singly", **VEIN_BIRCH, course=course) == []
