"""What a document says of a renewal: criteria of its own, a refusal, or nothing."""

from typing import Any

import pytest

from app.library import Library
from tests.engine.small_policies import HERE, asks, judged, kidney, small

SPREAD = {"metastatic_disease": True, "clear_cell_histology": False, "single_agent": False}
CLEAR = {"metastatic_disease": False, "clear_cell_histology": True, "single_agent": True}
SHRANK = asks("tumor_shrinkage")
REFUSED_CLEAR = {"refused": True, "branch": "clear", "citation": HERE}


def status(library: Library, renewal: Any, facts: dict[str, Any], kind: str | None) -> Any:
    data = kidney(**({"renewal": renewal} if renewal else {}))
    found = judged(data, library, facts, request_kind=kind)
    return found.eligibility.status, found.eligibility.missing


@pytest.mark.parametrize("kind", ["initial", None])
def test_a_first_request_is_judged_by_the_first_criteria(
    library: Library, kind: str | None
) -> None:
    assert status(library, {"criteria": SHRANK}, SPREAD, kind) == ("met", ())


@pytest.mark.parametrize(
    ("renewal", "facts", "expected"),
    [
        # Its own criteria alone.
        ({"criteria": SHRANK}, {"tumor_shrinkage": True}, ("met", ())),
        ({"criteria": SHRANK}, {"tumor_shrinkage": False} | SPREAD, ("not_met", ())),
        ({"criteria": SHRANK}, SPREAD, ("incomplete", ("tumor_shrinkage",))),
        # The first criteria again, or a part of them.
        ({"also": ["kidney"], "citation": HERE}, SPREAD, ("met", ())),
        ({"also": ["clear"], "citation": HERE}, SPREAD, ("not_met", ())),
        ({"criteria": SHRANK, "also": ["spread"]}, CLEAR | {"tumor_shrinkage": True},
         ("not_met", ())),
        # Refused for everybody, or for one branch: the other one has no rule.
        ({"refused": True, "citation": HERE}, SPREAD, ("not_met", ())),
        (REFUSED_CLEAR, CLEAR, ("not_met", ())),
        (REFUSED_CLEAR, SPREAD, ("met", ())),
        (REFUSED_CLEAR, {"metastatic_disease": True},
         ("incomplete", ("clear_cell_histology", "single_agent"))),
        # One rule for a branch, a refusal for the other.
        ([{"criteria": SHRANK, "branch": "spread"}, REFUSED_CLEAR],
         SPREAD | {"tumor_shrinkage": True}, ("met", ())),
        ([{"criteria": SHRANK, "branch": "spread"}, REFUSED_CLEAR],
         CLEAR | {"tumor_shrinkage": True}, ("not_met", ())),
        # Who has none of the branches is judged by the first criteria.
        ({"criteria": SHRANK, "branch": "spread"}, CLEAR, ("met", ())),
        # Nothing is said.
        ({"not_stated": True, "citation": HERE}, SPREAD, ("met", ())),
        ([{"not_stated": True, "branch": "clear", "citation": HERE},
          {"criteria": SHRANK, "branch": "spread"}], CLEAR, ("met", ())),
        (None, SPREAD, ("met", ())),
    ],
)  # fmt: skip
def test_a_renewal_is_judged_by_what_the_document_says_of_it(
    library: Library, renewal: Any, facts: dict[str, Any], expected: Any
) -> None:
    assert status(library, renewal, facts, "renewal") == expected


def test_a_renewal_for_all_indications_stands_at_the_top(library: Library) -> None:
    data = small(renewal={"criteria": SHRANK})
    assert judged(data, library, SPREAD, request_kind="renewal").eligibility.status == "incomplete"
    own = kidney(renewal={"not_stated": True, "citation": HERE}) | {"renewal": {"criteria": SHRANK}}
    assert judged(own, library, SPREAD, request_kind="renewal").eligibility.status == "met"


@pytest.mark.parametrize(
    ("renewal", "words"),
    [
        ({"refused": True, "citation": HERE}, "The document refuses a renewal."),
        (REFUSED_CLEAR | {"text": "Only one"}, "The document refuses a renewal: “Only one”."),
    ],
)  # fmt: skip
def test_a_refused_renewal_is_told_in_its_own_words(
    library: Library, renewal: Any, words: str
) -> None:
    rule = {"status": "clinician_review", "citation": HERE}
    found = judged(kidney(renewal=renewal, not_met=rule), library, CLEAR, request_kind="renewal")
    assert (found.summary, found.approval_status) == (words, "criteria_not_met")


def gaps(library: Library, data: dict[str, Any], facts: Any, kind: str | None) -> list[str]:
    found = judged(data, library, facts, request_kind=kind).not_stated
    return [one.text for one in found if one.what == "renewal"]


AS_FIRST = "The document states nothing on a renewal: judged by the criteria of a first request."


def test_that_nothing_is_said_of_a_renewal_is_told(library: Library) -> None:
    assert gaps(library, small(), SPREAD, "renewal") == [AS_FIRST]
    assert gaps(library, small(), SPREAD, "initial") == []
    said = kidney(renewal={"criteria": SHRANK})
    assert gaps(library, said, SPREAD, "renewal") == []
    unsaid = kidney(renewal={"not_stated": True, "citation": HERE})
    assert gaps(library, unsaid, SPREAD, "renewal") == [AS_FIRST]
    assert gaps(library, unsaid, SPREAD, None) == ["The document states nothing on a renewal."]
    branch = kidney(renewal={"not_stated": True, "branch": "clear", "citation": HERE})
    assert gaps(library, branch, SPREAD, None) == [
        "The document states nothing on a renewal for “Clear”."
    ]


def test_a_rule_for_one_branch_leaves_the_others_without(library: Library) -> None:
    data = kidney(renewal={"criteria": SHRANK, "branch": "spread"})
    assert gaps(library, data, SPREAD, "renewal") == []
    assert gaps(library, data, CLEAR, "renewal") == [AS_FIRST]


def first_request_notes(library: Library, data: dict[str, Any], kind: str | None) -> int:
    notes = judged(data, library, SPREAD, request_kind=kind).notes
    return [note.id for note in notes].count("judged_as_first_request")


def test_a_request_of_unknown_kind_is_said_to_be_judged_as_a_first_one(library: Library) -> None:
    data = kidney(renewal={"criteria": SHRANK})
    assert first_request_notes(library, data, None) == 1
    assert first_request_notes(library, data, "initial") == 0
    assert first_request_notes(library, small(), None) == 0
