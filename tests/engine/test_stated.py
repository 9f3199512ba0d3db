"""Documents, codes, what a document does not say, and the notes that follow from how it says it."""

from datetime import date
from typing import Any

import pytest

from app.library import Library
from tests.engine.small_policies import HERE, asks, covered, group, judged, kidney, small

REPORT = {"text": "Pathology report", "citation": HERE}
SPREAD = {"metastatic_disease": True}


def documents(library: Library, criteria: Any, facts: Any) -> list[str]:
    return [one.criterion for one in judged(kidney(criteria=criteria), library, facts).documents]


def test_documents_are_asked_for_by_the_criteria_that_count(library: Library) -> None:
    spread = asks("metastatic_disease") | {"documents": REPORT}
    clear = asks("clear_cell_histology") | {"documents": [REPORT, REPORT]}
    either = group("either", "any", spread, clear, documents=REPORT)
    assert documents(library, either, {}) == [
        "either",
        "metastatic_disease",
        *["clear_cell_histology"] * 2,
    ]
    assert documents(library, either, {"clear_cell_histology": False} | SPREAD) == [
        "either", "metastatic_disease"
    ]  # fmt: skip
    neither = {"clear_cell_histology": False, "metastatic_disease": False}
    assert documents(library, either, neither) == []
    [told] = judged(kidney(criteria=spread), library, SPREAD).documents
    assert (told.text, told.citation) == ("Pathology report", "Cedar 7: Here")


def test_below_none_a_document_is_for_what_is_not_met(library: Library) -> None:
    bar = asks("metastatic_disease") | {"documents": REPORT}
    criteria = group("bars", "none", bar)
    assert documents(library, criteria, {"metastatic_disease": False}) == ["metastatic_disease"]
    assert documents(library, criteria, SPREAD) == []


def listed(**parts: Any) -> dict[str, Any]:
    return {"system": "icd_10_cm", "citation": HERE, **parts}


BILLED = {"system": "hcpcs", "code": "J9015", "text": "One vial", "citation": HERE}


def codes(library: Library, lists: Any, **case: Any) -> list[tuple[str | None, str]]:
    found = judged(small(codes=lists), library, SPREAD, **case)
    assert found.approval_status == "criteria_met"  # codes never decide
    return [(one.code, one.result) for one in found.codes]


@pytest.mark.parametrize(
    ("code", "result"),
    [
        ("C64.1", "supported"),
        ("c641", "supported"),
        ("C64", "not_listed"),
        ("C64.11", "not_listed"),
        ("C92", "supported"),
        ("C92.01", "supported"),
        ("C93", "not_listed"),
    ],
)
def test_a_code_is_in_a_list_or_below_one_of_its_roots(
    library: Library, code: str, result: str
) -> None:
    lists = [BILLED, listed(any_of=["C64.1"]), listed(under=["C92"])]
    assert codes(library, lists, diagnosis_codes=[code]) == [("J9015", "stated"), (code, result)]


def test_a_case_without_a_code_is_told(library: Library) -> None:
    assert codes(library, [listed(any_of=["C64.1"])]) == [(None, "unknown")]
    assert codes(library, [BILLED]) == [("J9015", "stated")]
    other_use = listed(any_of=["C64.1"], indications=["cutaneous_melanoma"])
    assert codes(library, [other_use], diagnosis_codes=["C64.1"]) == []


def test_a_list_of_another_time_is_not_compared(library: Library) -> None:
    old = listed(any_of=["C64.1"], valid_to=date(2026, 9, 30))
    new = listed(any_of=["C64.2"], valid_from=date(2026, 10, 1))
    found = codes(library, [old, new], diagnosis_codes=["C64.1", "C64.2"])
    assert found == [("C64.1", "not_listed"), ("C64.2", "supported")]
    notes = judged(small(codes=[old, new, BILLED]), library, SPREAD).notes
    [told] = [note.text for note in notes if note.id == "codes_of_another_time"]
    assert "to Wed, Sep 30, 2026 only" in told
    early = judged(small(codes=[old, new]), library, SPREAD, date_of_service="2026-09-30").notes
    [told] = [note.text for note in early if note.id == "codes_of_another_time"]
    assert "from Thu, Oct 1, 2026 only" in told


def test_codes_may_be_asked_for_by_a_criterion(library: Library) -> None:
    criteria = asks("coded", "diagnosis_codes", any_of=["C64.1"], under=["C92"])
    for code, status in (
        ("C92.5", "met"),
        ("C641", "met"),
        ("C65", "not_met"),
        (None, "incomplete"),
    ):
        given = {} if code is None else {"diagnosis_codes": [code]}
        found = judged(kidney(criteria=criteria), library, **given)
        assert found.eligibility.status == status


def unsaid(library: Library, data: dict[str, Any], **case: Any) -> list[tuple[str, str | None]]:
    found = judged(data, library, SPREAD, **case)
    return [(one.what, one.citation) for one in found.not_stated]


def test_what_a_document_does_not_say_is_told(library: Library) -> None:
    assert unsaid(library, small()) == []
    nothing = {"not_stated": True}
    cited = {**nothing, "citation": HERE}
    data = small(
        in_force={**cited, "seen_on": date(2026, 3, 2)},
        review=nothing,
        beyond_dosing=cited,
        not_covered=cited,
        coverage={
            "renal_cell_carcinoma": covered(
                approval=[
                    {**cited, "branch": "spread"},
                    {"months": 3, "branch": "clear", "citation": HERE},
                ],
                dosing=cited,
            )
        },
    )
    place = "Cedar 7: Here"
    assert unsaid(library, data) == [
        *(("in_force", place), ("review", None), ("beyond_dosing", place), ("not_covered", place)),
        *(("approval", place), ("dosing", place)),
    ]
    assert unsaid(library, data, indication="other") == [
        *(("in_force", place), ("review", None), ("beyond_dosing", place), ("not_covered", place)),
    ]
    texts = [one.text for one in judged(data, library, SPREAD).not_stated]
    assert "The document states no length of approval for “Spread”." in texts
    found = judged(data, library, SPREAD)
    notes = {note.id: note.text for note in found.notes}
    assert "Mon, Mar 2, 2026" in notes["counts_from_first_seen"]


def test_a_dose_that_is_not_stated_is_told(library: Library) -> None:
    cited = {"not_stated": True, "citation": HERE}
    regimen = {"name": "After cells", "dose": cited}
    data = kidney(dosing={"intravenous": regimen, "subcutaneous": cited})
    texts = [one.text for one in judged(data, library, SPREAD).not_stated]
    assert texts == ["The document states no dose for “After cells”."]
    by_skin = judged(data, library, SPREAD, route="subcutaneous").not_stated
    assert [one.what for one in by_skin] == ["dosing"]


def test_beyond_a_dosing_without_a_rule_a_clinician_reviews(library: Library) -> None:
    data = small(beyond_dosing={"not_stated": True, "citation": HERE})
    for facts in (SPREAD, {}):
        found = judged(data, library, facts, requested={"dose_iu": 49_000_001})
        assert found.approval_status == "clinician_review"
        assert found.summary.endswith("the document does not say what holds for such a request.")


def test_an_approval_of_a_renewal_may_be_without_a_length(library: Library) -> None:
    again = {"not_stated": True, "citation": HERE}
    renewal = {"criteria": asks("tumor_shrinkage"), "approval": again}
    data = kidney(renewal=renewal) | {"common": asks("single_agent_only", "single_agent")}
    assert unsaid(library, data, request_kind="renewal") == [("approval", "Cedar 7: Here")]
    assert unsaid(library, data, request_kind="initial") == []
