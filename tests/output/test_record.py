"""What came out when a record was checked, in words that a person understands."""

from dataclasses import replace

import pytest

from app.files.differences import NOT_THERE, Difference
from app.files.record import PolicyVersion, Verification, VerificationResult
from app.library import Library
from app.model.case_json import Problem
from app.output.record import NO_SIGNATURE, difference_text, verification_text
from tests.cases import case, determine

POLICY = PolicyVersion("alder-aldesleukin", "2026-03-02", "abc123")


WAITS = "not known yet: unusual weight, not used until confirmed"


def checked(result: VerificationResult) -> Verification:
    return Verification(result, policy=POLICY, program_version="0.1.0")


def test_the_same_is_told_with_status_and_dose(library: Library) -> None:
    same = replace(checked("same"), recomputed=determine(library, case()))
    assert verification_text(same).splitlines() == [
        "✓ The record is intact, and the result is the same.",
        "",
        "Status: Clinical criteria met; dosing not checked",
        "Maximum per dose that the policy allows: 28,200,000 International Units (28.2 million)",
        "",
        "Policy: alder-aldesleukin, version 2026-03-02, file SHA-256 abc123",
        "Written by Aldesk 0.1.0",
        NO_SIGNATURE,
    ]


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"weight_kg": None}, "Maximum per dose that the policy allows: not known yet"),
        (
            {"weight_kg": "154", "height_cm": "175"},
            f"Maximum per dose that the policy allows: {WAITS}",
        ),
        (
            {"route": "subcutaneous", "indication": "renal_cell_carcinoma"},
            "No dosing is documented for this route.",
        ),
        (
            {"facts": {"prescriber_specialties": []}},
            "Documented limit per dose: 28,200,000 International Units (28.2 million)",
        ),
    ],
)
def test_a_dose_that_is_not_known_or_not_allowed_is_told_as_such(
    changes: dict[str, object], line: str, library: Library
) -> None:
    same = replace(checked("same"), recomputed=determine(library, case(**changes)))
    assert line in verification_text(same).splitlines()


def test_each_difference_has_a_line_and_no_dose_stands_above_them(library: Library) -> None:
    found = Difference("notes.0.text", "old", "new"), Difference("schedule", None, {"a": 1})
    differs = replace(checked("differs"), recomputed=determine(library, case()), differences=found)
    lines = verification_text(differs).splitlines()
    assert lines[:5] == [
        "× The record is intact, but the result is different now.",
        "",
        "2 differences:",
        '  notes.0.text: recorded "old", recomputed "new"',
        '  schedule: recorded null, recomputed {"a": 1}',
    ]


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (
            Difference("dose_limit.max_dose_iu", 42_300_000, None),
            "recorded 42,300,000 International Units (42.3 million), recomputed null",
        ),
        (Difference("dose_limit.max_dose_iu", True, -5), "recorded true, recomputed -5"),
        (Difference("schedule.rest.days", 42_300, 9), "recorded 42300, recomputed 9"),
        (Difference("x", NOT_THERE, "é"), 'recorded nothing, recomputed "é"'),
        (Difference("x", "a" * 500, NOT_THERE), f'recorded "{"a" * 119}…, recomputed nothing'),
    ],
)
def test_a_difference_names_the_place_and_both_sides(difference: Difference, words: str) -> None:
    assert difference_text(difference) == f"{difference.at}: {words}"


def test_a_side_that_lacks_the_place_has_no_key_for_programs() -> None:
    assert Difference("x", NOT_THERE, None).as_json() == {"at": "x", "recomputed": None}
    assert Difference("x", 1, NOT_THERE).as_json() == {"at": "x", "recorded": 1}


def test_a_policy_that_is_not_at_hand_is_named() -> None:
    text = verification_text(checked("policy_not_at_hand"))
    assert "is not known" in text
    assert "alder-aldesleukin, version 2026-03-02" in text


def test_a_damaged_record_says_why_and_nothing_of_its_content() -> None:
    problems = (Problem("", "The file is damaged."), Problem("case.age_years", "Must be 0 to 130."))
    assert verification_text(Verification("damaged", problems)).splitlines() == [
        "× The record cannot be used.",
        "  The file is damaged.",
        "  case.age_years: Must be 0 to 130.",
        "",
        NO_SIGNATURE,
    ]
    assert Verification("damaged", problems).as_json()["policy"] is None


def test_a_case_that_is_refused_now_is_told_with_its_entry() -> None:
    problem = Problem("case.requested.doses_per_day", "Must be 1 to 1,000.")
    lines = verification_text(replace(checked("case_refused"), problems=(problem,))).splitlines()
    assert "refused now" in lines[0]
    assert lines[1] == "  case.requested.doses_per_day: Must be 1 to 1,000."


def test_differences_stand_under_the_rule_that_changed_and_others_before_them(
    library: Library,
) -> None:
    found = (
        Difference("summary", "a", "b", "worded_anew"),
        Difference("approval_status", "a", "b", "course_violation_decides"),
        Difference("dose_limit.max_dose_iu", 1, 2),
    )
    rules = (("worded_anew", "Worded anew."), ("course_violation_decides", "A violation counts."))
    differs = replace(
        checked("differs"),
        recomputed=determine(library, case()),
        differences=found,
        rules=rules,
        shipped_with="0.1.0",
    )
    lines = verification_text(differs).splitlines()
    assert lines[1:10] == [
        "",
        "By no rule that has changed, 1 difference:",
        "  dose_limit.max_dose_iu: recorded 1 International Unit, recomputed 2 International Units",
        "",
        "A violation counts. 1 difference.",
        '  approval_status: recorded "a", recomputed "b"',
        "",
        "Worded anew. 1 difference.",
        "",
    ]
    assert any(line.startswith("That file came with Aldesk 0.1.0.") for line in lines)


def test_what_is_told_otherwise_stands_with_status_and_dose(library: Library) -> None:
    same = replace(
        checked("told_otherwise"),
        recomputed=determine(library, case(requested={"dose_iu": 28_200_000})),
    )
    lines = verification_text(same).splitlines()
    assert lines[0].startswith("✓ The record is intact, and every status, limit, dose and date")
    assert lines[2] == "Status: Criteria met"
