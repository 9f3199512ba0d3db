"""The chart note tells status, request, limit, dates and gaps in a few lines."""

import re
from typing import Any

import pytest

from app import __version__
from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.library import Library
from app.model.case_json import read_case
from app.output.chart_note import chart_note
from tests.cases import ALDER, BIRCH, case
from tests.fixture_cases import EXAMPLES

A_DOSE = r"[0-9] International Units"
GVHD: dict[str, Any] = {
    "policy": ALDER,
    "date_of_service": "2026-11-23",
    "indication": "graft_versus_host_disease",
    "route": "subcutaneous",
}


def judged(library: Library, data: dict[str, Any]) -> Outcome:
    return judge(Draft.of(read_case(data)), library)


def lines(library: Library, data: dict[str, Any]) -> list[str]:
    return chart_note(judged(library, data)).splitlines()


def test_a_complete_case_is_told_line_by_line(library: Library) -> None:
    version = library.versions(ALDER)[-1]
    told = lines(library, case(course={"first_dose_at": "2026-11-23T08:00"}))
    expected = f"""\
Therapy: aldesleukin (Proleukin), cutaneous melanoma, intravenous
Date of service: Mon, Nov 23, 2026
Policy: Alder Health, Rules for aldesleukin, version 2026-03-02, \
file SHA-256 beginning {version.sha256[:12]}
Clinical criteria met; dosing not checked: The policy's criteria are met; \
nothing was requested, so no dosing limit was checked.
Maximum per dose that the policy allows: 28,200,000 International Units (28.2 million) \
(policy limit, not an order)
Calculation: 400,000 International Units/kg × 70.5 kg \
= 28,200,000 International Units (28.2 million)
Weight: 70.5 kg (155.4 lb), date of weight not entered
Approval period: Mon, Nov 23, 2026 to Wed, Sep 22, 2027 \
(start assumed to be the date of service)
Frequency: at most twice daily; Cycle: at most 10 doses; \
Rest before the second cycle: at least 11 days; \
Rest before another course: at least 56 days (8 weeks)
Dates: Second cycle: from Wed, Dec 9, 2026, the earliest permitted, not booked, \
if the planned doses are given; \
Another course: from Mon, Feb 8, 2027, if the planned doses are given
Plan, Aldesleukin by vein: every 12 hours: Cycle 1: Mon, Nov 23, 2026 to Fri, Nov 27, 2026 \
(as entered; 10 planned); \
Cycle 2: Wed, Dec 9, 2026 to Sun, Dec 13, 2026 (the earliest permitted, not booked, \
if the planned doses are given; 10 planned). Held doses keep their slots and are not made up.
A written policy's limit, not an order; the payer decides. Aldesk {__version__}
"""
    assert told == expected.splitlines()


def test_no_dose_follows_from_an_unusual_weight_and_the_note_says_why(library: Library) -> None:
    doubtful = case(weight_kg="154", height_cm="175")
    outcome = judged(library, doubtful)
    assert outcome.unconfirmed == ("weight_kg",)
    note = chart_note(outcome)
    assert "61,600,000" not in note
    assert "Unusual, and not used until somebody confirms it: weight." in note
    limit = "Maximum per dose that the policy allows: not known yet: unusual weight, not used until"
    assert limit in note
    assert "Approval period" not in note
    confirmed = {**doubtful, "confirmed": {"weight_kg": "154"}}
    assert "61,600,000 International Units" in chart_note(judged(library, confirmed))


def test_what_was_requested_is_told_with_its_check(library: Library) -> None:
    note = lines(library, case(requested={"dose_iu": 28_341_000}))
    assert note[3].startswith("Dose above the documented limit: ")
    assert (
        "Requested: Dose (International Units): 28,341,000 International Units (28.341 million). "
        "Beyond the limit by 141,000 International Units (0.141 million) (0.5%, the size of a "
        "rounding; the policy gives no tolerance): at most 28,200,000 International Units "
        "(28.2 million)."
    ) in note


def test_a_preparation_outside_the_policy_is_told(library: Library) -> None:
    granted = {"dose_iu": 30_000_000}
    note = chart_note(judged(library, case(requested=granted, authorization=granted)))
    assert (
        "Approved outside the policy, as entered: 30,000,000 International Units (30 million) is "
        "above the documented limit, and the payer's clinician approved it.\n"
    ) in note


def test_an_approval_with_a_start_alone_has_a_reckoned_end(library: Library) -> None:
    note = chart_note(judged(library, case(authorization={"start": "2026-11-01"})))
    assert "(start as authorized, end reckoned by Aldesk)" in note
    both = {"start": "2026-11-01", "end": "2027-10-31"}
    assert "(as authorized)" in chart_note(judged(library, case(authorization=both)))


def test_an_authorization_that_does_not_cover_is_told(library: Library) -> None:
    note = chart_note(judged(library, case(authorization={"end": "2026-11-22"})))
    assert "does not cover Mon, Nov 23, 2026." in note
    assert "Approval period" not in note


def test_what_is_missing_is_named_with_its_way_around(library: Library) -> None:
    note = lines(library, {**GVHD, "facts": {"chronic_gvhd": True, "steroid_refractory": True}})
    assert "Maximum per dose that the policy allows: not known yet" in note
    [missing] = [line for line in note if line.startswith("Still missing: ")]
    asked = re.findall(r"[^?.]+[?.]", missing.removeprefix("Still missing: "))
    assert asked[-1] == " body surface area, or height and weight."
    assert sorted(one.strip() for one in asked[:-1]) == [
        "Who prescribes or is consulted?",
        "Will systemic corticosteroids be given together with aldesleukin?",
    ]


@pytest.mark.parametrize(
    ("known", "missed"),
    [({"weight_kg": "28.4"}, "body surface area, or height"), ({"bsa_m2": "1.02"}, None)],
)
def test_a_measurement_that_is_there_is_not_missed(
    library: Library, known: dict[str, Any], missed: str | None
) -> None:
    note = lines(library, {**GVHD, "age_years": 9, **known})
    [missing] = [line for line in note if line.startswith("Still missing: ")]
    assert missing.endswith(f"? {missed}." if missed else "?")


def test_a_missing_weight_is_named_alone(library: Library) -> None:
    assert "Still missing: weight." in lines(library, case(weight_kg=None))


def test_a_use_without_dosing_has_no_number_and_no_limit(library: Library) -> None:
    note = lines(library, case(policy=BIRCH, indication="other"))
    assert "No dosing is documented for this use by this route." in note
    assert not re.search(A_DOSE, "\n".join(note))


def test_where_criteria_are_not_met_the_limit_is_no_maximum_allowed(library: Library) -> None:
    note = "\n".join(lines(library, case(age_years=17)))
    assert "Documented limit per dose: 28,200,000 International Units" in note
    assert "that the policy allows" not in note


def test_without_a_result_there_is_no_note(library: Library) -> None:
    assert chart_note(judge(Draft(), library)) == ""
    wrong = Draft.of(read_case(case())).with_entry("weight_kg", "70,5")
    assert chart_note(judge(wrong, library)) == ""


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_note_is_short_and_free_of_abbreviations_that_are_misread(
    library: Library, example: Any
) -> None:
    note = lines(library, example.case)
    assert 6 <= len(note) <= 18
    assert all(note)
    assert not re.search(r"[<>≥≤@]|\bIU\b|\bTID\b|\bqd\b|\bcc\b|[0-9]U\b", "\n".join(note))


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"policy": BIRCH}, "may have been in force since Thu, Apr 16, 2026. Ask the payer"),
        ({"regimen": "til"}, "no schedule is drawn"),
    ],
)
def test_what_puts_the_rule_or_the_limits_in_doubt_is_told(
    library: Library, changes: dict[str, Any], sentence: str
) -> None:
    assert any(sentence in line for line in lines(library, case(**changes)))
    assert not any(sentence in line for line in lines(library, case()))
