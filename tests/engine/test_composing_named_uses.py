"""Uses that a document names: refused, or judged by another document. They come before criteria."""

from typing import Any

import pytest

from app.engine import Reasons
from app.library import Library
from tests.engine.small_policies import HERE, asks, group, judged, kidney, read, small


def use(name: str, because: str, when: dict[str, Any], **more: Any) -> dict[str, Any]:
    said = {"id": name, "text": f"Use {name}", "because": because, "when": when}
    return {**said, "citation": HERE, **more}


RASH = use("refused", "experimental", asks("no_response_to_first_line"))
ELSEWHERE = use(
    "elsewhere", "addressed_elsewhere", asks("by_skin", "route", any_of=["subcutaneous"]),
    see="Cedar 9",
)  # fmt: skip


def named(*uses: dict[str, Any], **changes: Any) -> dict[str, Any]:
    about = {"text": "A use that Cedar covers", "citation": HERE, "uses": list(uses)}
    return small(not_covered=about, **changes)


MET = {"metastatic_disease": True}


@pytest.mark.parametrize(
    ("facts", "status", "missing"),
    [
        (MET | {"no_response_to_first_line": False}, "met", ()),
        (MET | {"no_response_to_first_line": True}, "not_met", ()),
        # Not known: it matters only if the criteria are met.
        (MET, "incomplete", ("no_response_to_first_line",)),
        ({"metastatic_disease": False, "single_agent": False}, "not_met", ()),
    ],
)
def test_a_refused_use_decides_before_the_criteria(
    library: Library, facts: dict[str, Any], status: str, missing: tuple[str, ...]
) -> None:
    found = judged(named(RASH), library, facts).eligibility
    assert (found.status, found.missing) == (status, missing)


@pytest.mark.parametrize(
    ("because", "words"),
    [
        ("experimental", "Refused as experimental: “Use refused”."),
        ("investigational", "Refused as investigational: “Use refused”."),
        ("not_medically_necessary", "Refused as not medically necessary: “Use refused”."),
        ("excluded", "Excluded: “Use refused”."),
    ],
)
def test_a_refused_use_is_told_by_its_own_sentence(
    library: Library, because: str, words: str
) -> None:
    data = named({**RASH, "because": because})
    found = judged(data, library, {"no_response_to_first_line": True})
    assert found.summary == words
    assert found.approval_status == "criteria_not_met"
    [told] = found.eligibility.uses
    assert (told.id, told.because, told.see, told.citation) == (
        "refused", because, None, "Cedar 7: Here"
    )  # fmt: skip
    [deciding] = Reasons(found, read(data, library)).deciding_criteria
    assert deciding.id == "no_response_to_first_line"


def test_another_document_may_judge_a_use(library: Library) -> None:
    found = judged(named(ELSEWHERE), library, MET, route="subcutaneous")
    assert (found.eligibility.status, found.approval_status) == (
        "not_addressed",
        "clinician_review",
    )
    assert found.summary == "Cedar 7 does not judge this use: “Use elsewhere” (see Cedar 9)."
    unnamed = {key: one for key, one in ELSEWHERE.items() if key != "see"}
    found = judged(named(unnamed), library, MET, route="subcutaneous")
    assert found.summary == "Cedar 7 does not judge this use: “Use elsewhere”."


def test_a_refusal_comes_before_a_reference_to_another_document(library: Library) -> None:
    facts = MET | {"no_response_to_first_line": True}
    found = judged(named(ELSEWHERE, RASH), library, facts, route="subcutaneous")
    assert found.eligibility.status == "not_met"
    assert [one.id for one in found.eligibility.uses] == ["elsewhere", "refused"]
    assert found.summary == "Refused as experimental: “Use refused”."


@pytest.mark.parametrize(
    ("facts", "status"),
    [({"no_response_to_first_line": True}, "not_met"), ({}, "not_covered")],
)
def test_a_use_that_is_not_listed_may_be_named(
    library: Library, facts: dict[str, Any], status: str
) -> None:
    found = judged(named(RASH, coverage={}), library, facts, indication="other")
    assert (found.eligibility.status, found.eligibility.missing) == (status, ())
    assert found.approval_status == "criteria_not_met"
    assert found.approval_lengths == ()


def test_a_document_may_say_nothing_of_other_uses(library: Library) -> None:
    data = small(not_covered={"not_stated": True, "citation": HERE})
    found = judged(data, library, indication="other")
    assert (found.eligibility.status, found.approval_status) == (
        "not_addressed",
        "clinician_review",
    )
    assert found.summary == "Cedar 7 does not say whether it covers this use."
    assert [one.what for one in found.not_stated] == ["not_covered"]


def test_what_rules_a_case_out_is_told_apart_from_what_is_lacking(library: Library) -> None:
    criteria = group(
        "root", "all", asks("metastatic_disease"), group("bars", "none", asks("single_agent"))
    )
    facts = {"metastatic_disease": False, "single_agent": True}
    found = judged(kidney(criteria=criteria), library, facts)
    assert found.summary == "Not fulfilled: “Metastatic disease”; ruled out by: “Single agent”."


def test_how_many_more_are_needed_is_told(library: Library) -> None:
    three = [asks(one) for one in ("metastatic_disease", "single_agent", "clear_cell_histology")]
    criteria = group("signs", "of", *three, at_least=2)
    facts = {"metastatic_disease": True, "single_agent": False, "clear_cell_histology": False}
    found = judged(kidney(criteria=criteria), library, facts)
    assert found.summary == "Not fulfilled: “Signs” (1 more needed)."


def test_criteria_that_are_not_met_may_be_for_review(library: Library) -> None:
    data = kidney(not_met={"status": "clinician_review", "citation": HERE})
    facts = {"metastatic_disease": False, "single_agent": False}
    found = judged(data, library, facts)
    assert (found.eligibility.status, found.approval_status) == ("not_met", "clinician_review")
    assert found.summary.endswith("a clinician of the payer considers such a request case by case.")
    rule = Reasons(found, read(data, library), "renal_cell_carcinoma").status_rule
    assert rule is not None
    assert rule.status == "clinician_review"
    met = judged(data, library, MET)
    assert met.approval_status == "criteria_met"
