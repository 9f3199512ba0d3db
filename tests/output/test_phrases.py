"""The words and shapes for each result, written by hand: a mistake here would lie about a case."""

import re

import pytest

from app.gui.look.theme import RESULT_TONE, STATUS_TONE
from app.library import Library
from app.model.case import Authorization
from app.model.case_json import read_case
from app.model.determination import Finding, FindingResult
from app.output.phrases import STATUS, STATUS_SHAPE, finding_text, limit_rows, period_text
from app.output.plain_text import determination_text
from tests.cases import case, determine


def test_each_status_has_its_words_shape_and_tone() -> None:
    assert {key: (STATUS[key], STATUS_SHAPE[key], str(STATUS_TONE[key])) for key in STATUS} == {
        "criteria_met": ("Criteria met", "✓", "good"),
        "criteria_not_met": ("Criteria not met", "×", "bad"),
        "information_missing": ("Information missing", "?", "open"),
        "clinician_review": ("Clinician review", "◊", "review"),
    }
    assert {key: str(tone) for key, tone in RESULT_TONE.items()} == {
        "met": "good",
        "not_met": "bad",
        "unknown": "open",
    }


def test_each_criterion_is_told_as_it_came_out(library: Library) -> None:
    facts = {"metastatic_disease": True, "prior_systemic_therapy": False}
    text = determination_text(determine(library, case(facts=facts)), library.catalog)
    assert "✓ Met: The disease has spread (yes; seen: yes)" in text
    assert "× Not met: Another systemic therapy came before (yes; seen: no)" in text
    assert "? Not known: An oncologist prescribes it (any of: Oncologist; seen: not known)" in text
    assert "– Not this route: Into the lesions (any of: Intralesional; seen: Intravenous)" in text
    assert "✓ Met: Aged at least 21 years (at least 21; seen: 54)" in text
    assert text.startswith("× Criteria not met\n")


def test_a_finding_says_within_or_beyond_and_the_bound() -> None:
    def words(field: str, requested: int, limit: int, *, within: bool) -> str:
        result: FindingResult = "within" if within else "exceeds"
        return finding_text(Finding(field, requested, limit, result, None))

    assert words("doses_per_day", 3, 3, within=True) == "Within the limit: at most 3 doses."
    assert words("rest_days", 8, 9, within=False) == "Too short by 1 day: at least 9 days."
    assert words("dose_iu", 42_300_000, 42_300_000, within=True) == (
        "Within the limit: at most 42,300,000 International Units (42.3 million)."
    )


@pytest.mark.parametrize(
    ("percent", "told"),
    [
        ("0.01", "(0.01%, the size of a rounding; the policy gives no tolerance)"),
        ("0.99", "(0.99%, the size of a rounding; the policy gives no tolerance)"),
        ("1.00", "(1%)"),
        ("50.00", "(50%)"),
    ],
)
def test_an_excess_is_told_with_its_percentage(percent: str, told: str) -> None:
    finding = Finding("dose_iu", 42_300_001, 42_300_000, "exceeds", None, percent)
    assert finding_text(finding) == (
        f"Beyond the limit by 1 International Unit {told}:"
        " at most 42,300,000 International Units (42.3 million)."
    )


def test_what_cannot_be_checked_says_why() -> None:
    unknown = Finding("dose_iu", 5_000_000, None, "unknown", None)
    assert finding_text(unknown) == (
        "Cannot be checked before the measurements are known and confirmed."
    )
    doubtful = Finding("dose_iu", 600, 42_300_000, "unknown", None)
    assert finding_text(doubtful) == (
        "Unusual, not used until confirmed. The limit: at most 42,300,000 International Units "
        "(42.3 million)."
    )
    no_dosing = Finding("dose_iu", 600, None, "no_dosing_documented", None)
    assert finding_text(no_dosing) == "No dosing is documented for this route."
    unlimited = Finding("doses_per_week", 6, None, "no_limit_stated", None)
    assert finding_text(unlimited) == "The policy states no limit for this."


def test_the_limits_stand_in_words_with_their_citations(library: Library) -> None:
    limit = determine(library, case()).dose_limit
    assert limit is not None
    assert limit.also_stated_as == "0.025 mg/kg"
    place = "Alder 12: Skin doses"
    assert [(row.label, row.text, row.citation) for row in limit_rows(limit)] == [
        ("Frequency", "at most twice daily", f"{place} 2"),
        ("Cycle", "at most 10 doses", f"{place} 3"),
        ("Rest before the second cycle", "at least 11 days", f"{place} 4"),
        ("Rest before another course", "at least 56 days (8 weeks)", f"{place} 5"),
    ]


def test_an_assumed_start_is_called_assumed_and_a_granted_one_is_not(library: Library) -> None:
    assumed = determine(library, case()).approval_period
    dates = {"start": "2026-11-23", "end": "2027-09-22"}
    granted = determine(library, case(authorization=dates)).approval_period
    assert assumed is not None
    assert granted is not None
    span = "Mon, Nov 23, 2026 to Wed, Sep 22, 2027"
    assert (
        period_text(assumed, Authorization()) == f"{span} (start assumed to be the date of service)"
    )
    authorization = read_case(case(authorization=dates)).authorization
    assert period_text(granted, authorization) == f"{span} (as authorized)"


def test_the_words_of_a_choice_are_those_of_its_value(library: Library) -> None:
    """Every choice is worded by its own name, so that no label can stand at another's place."""
    others = {"other": "other", "initial": "first"}
    for question in library.catalog.questions.values():
        for value, words in question.choices.items():
            told = set(re.split(r"\W+", words.lower()))
            named = {others.get(value, value), *value.split("_")} - {"in", "or", "with", "after"}
            assert told & named or value == "other", value
