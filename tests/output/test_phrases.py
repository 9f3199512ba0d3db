"""The words and shapes for each result, written by hand: a mistake here would lie about a case."""

from app.gui.look.theme import RESULT_TONE, STATUS_TONE
from app.library import Library
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
    assert "✓ Met: The disease is metastatic (seen: yes)" in text
    assert "× Not met: At least one other systemic therapy was tried (seen: no)" in text
    assert "? Not known: An oncologist prescribes or is consulted (seen: not known)" in text
    assert "– Not this route: Intralesional therapy (seen: Intravenous)" in text
    assert text.startswith("× Criteria not met\n")


def test_a_finding_says_within_or_beyond_and_the_bound() -> None:
    def words(field: str, requested: int, limit: int, *, within: bool) -> str:
        result: FindingResult = "within" if within else "exceeds"
        return finding_text(Finding(field, requested, limit, result, None))

    assert words("doses_per_day", 3, 3, within=True) == "Within the limit: at most 3 doses."
    assert words("rest_days", 8, 9, within=False) == "Too short by 1 day: at least 9 days."
    assert words("dose_iu", 42_300_001, 42_300_000, within=False) == (
        "Beyond the limit by 1 International Unit:"
        " at most 42,300,000 International Units (42.3 million)."
    )


def test_the_limits_stand_in_words_with_their_citations(library: Library) -> None:
    limit = determine(library, case()).dose_limit
    assert limit is not None
    assert limit.also_stated_as == "0.037 mg/kg"
    place = "Cigna IP0407: FDA-Approved Indications 1, Dosing A,"
    assert [(row.label, row.text, row.citation) for row in limit_rows(limit)] == [
        ("Frequency", "at most three times daily", f"{place} i"),
        ("Cycle", "at most 14 doses", f"{place} i"),
        ("Rest before the second cycle", "at least 9 days", f"{place} ii"),
        ("Rest before another course", "at least 49 days (7 weeks)", f"{place} iii"),
    ]


def test_an_assumed_start_is_called_assumed_and_a_granted_one_is_not(library: Library) -> None:
    assumed = determine(library, case()).approval_period
    granted = determine(library, case(authorization={"start": "2026-11-23"})).approval_period
    assert assumed is not None
    assert granted is not None
    span = "Mon, Nov 23, 2026 to Mon, Nov 22, 2027"
    assert period_text(assumed) == f"{span} (start assumed to be the date of service)"
    assert period_text(granted) == f"{span} (as authorized)"


def test_the_words_of_a_choice_are_those_of_its_value(library: Library) -> None:
    """Every choice is worded by its own name, so that no label can stand at another's place."""
    for question in library.catalog.questions.values():
        for value, words in question.choices.items():
            if value not in ("other", "transplant_center_physician"):
                assert words.lower() == value.replace("_", " ")


def test_notes_carry_the_facts_of_the_documents(library: Library) -> None:
    facts = {
        "cigna-ip0407": {
            "prior_authorization": "requires",
            "coding_j9015": "J9015",
            "evicore_delegation": "1403",
            "nccn_melanoma_guideline": "2B",
            "in_force_until_updated": "updates or retires",
        },
        "express-scripts-um-proleukin": {
            "prior_authorization": "recommends",
            "no_automation": "Nothing is decided automatically",
            "extension_if_still_met": "extended while criteria and dosing are still met",
            "nccn_melanoma_guideline": "2B",
        },
    }
    for policy, wanted in facts.items():
        notes = {one.id: one.text for one in determine(library, case(policy=policy)).notes}
        for note, words in wanted.items():
            assert words in notes[note]
            assert "does not require" not in notes[note]
