"""By which entry an indication is judged: its own, one that includes it, or the rule for any."""

from dataclasses import replace
from typing import Any

import pytest

from app.engine import clauses_for, evaluate
from app.library import DataFileError, Library
from app.model.case_json import read_case
from tests.engine.small_policies import HERE, asks, covered, judged, kidney, read, small

OWN = {
    "neuroblastoma": {"label": "Neuroblastoma"},
    "any_melanoma": {"label": "Melanoma of any site", "includes": ["cutaneous_melanoma"]},
}
MET = {"metastatic_disease": True}


def entry(name: str) -> dict[str, Any]:
    return covered(name=name, criteria=asks(name, "metastatic_disease"))


def root(library: Library, coverage: list[str], indication: str) -> tuple[str, str]:
    data = small(indications=OWN, coverage={one: entry(one) for one in coverage})
    if indication in OWN:  # a case of the policy's own indication is read with its library only
        case = read_case(
            {"policy": "cedar", "date_of_service": "2026-11-30", "indication": "other",
             "route": "intravenous", "facts": MET}
        )  # fmt: skip
        found = evaluate(
            replace(case, indication=indication), read(data, library), library.reference_data
        )
    else:
        found = judged(data, library, MET, indication=indication)
    return found.eligibility.criteria.id, found.eligibility.status


@pytest.mark.parametrize(
    ("coverage", "indication", "expected"),
    [
        (["neuroblastoma"], "neuroblastoma", ("neuroblastoma", "met")),
        (["any_melanoma"], "cutaneous_melanoma", ("any_melanoma", "met")),
        (
            ["any_melanoma", "cutaneous_melanoma"],
            "cutaneous_melanoma",
            ("cutaneous_melanoma", "met"),
        ),
        (["any_melanoma", "any_indication"], "cutaneous_melanoma", ("any_melanoma", "met")),
        (["any_melanoma", "any_indication"], "other", ("any_indication", "met")),
        (["any_melanoma"], "other", ("covered_use", "not_covered")),
        (["cutaneous_melanoma"], "any_melanoma", ("covered_use", "not_covered")),
        (["any_indication"], "renal_cell_carcinoma", ("any_indication", "met")),
    ],
)
def test_an_indication_is_judged_by_the_nearest_entry(
    library: Library, coverage: list[str], indication: str, expected: tuple[str, str]
) -> None:
    assert root(library, coverage, indication) == expected


def test_that_only_the_own_entry_was_judged_is_told(library: Library) -> None:
    both = small(
        indications=OWN,
        coverage={one: entry(one) for one in ("any_melanoma", "cutaneous_melanoma")},
    )
    found = judged(both, library, MET, indication="cutaneous_melanoma")
    [told] = [note.text for note in found.notes if note.id == "own_indication_counts"]
    assert "“any_melanoma”" in told


def test_criteria_for_all_indications_come_first(library: Library) -> None:
    common = asks("single_agent")
    data = kidney(criteria=asks("spread", "metastatic_disease")) | {"common": common}
    found = judged(data, library, MET).eligibility
    assert (found.status, found.missing) == ("incomplete", ("single_agent",))
    assert found.questions == ("single_agent", "metastatic_disease")
    assert judged(data, library, MET | {"single_agent": True}).eligibility.status == "met"
    assert judged(data, library, MET | {"single_agent": False}).eligibility.status == "not_met"


def test_the_questions_of_lengths_and_regimens_come_last(library: Library) -> None:
    medicaid = asks("of_medicaid", "line_of_business", any_of=["medicaid"])
    first_line = asks("at_first", "line_of_therapy", any_of=["first"])
    dose = {"iu": 700_000, "per": "kg", "citation": HERE}
    data = kidney(
        criteria=asks("spread", "metastatic_disease"),
        approval=[
            {"months": 3, "when": medicaid, "citation": HERE},
            {"months": 9, "citation": HERE},
        ],
        dosing={"intravenous": {"name": "By vein", "when": first_line, "dose": dose}},
    )
    policy = read(data, library)
    asked = clauses_for(policy, "renal_cell_carcinoma", "intravenous")
    assert list(asked) == ["metastatic_disease", "line_of_business", "line_of_therapy"]
    assert clauses_for(policy, None, "intravenous") == {}
    assert clauses_for(policy, "other", "intravenous") == {}
    named = small(
        coverage={},
        not_covered={
            "text": "Covered",
            "citation": HERE,
            "uses": [
                {
                    "id": "u",
                    "text": "U",
                    "because": "excluded",
                    "when": first_line,
                    "citation": HERE,
                }
            ],
        },
    )
    assert list(clauses_for(read(named, library), "other", "")) == ["line_of_therapy"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"coverage": {"elsewhere": covered()}}, "must be one of"),
        ({"indications": {"a": {"label": "A", "includes": ["b"]}}}, "no other indication 'b'"),
        ({"indications": {"a": {"label": "A", "includes": ["other"]}}}, "no other indication"),
        ({"indications": {"renal_cell_carcinoma": {"label": "Kidneys"}}}, "this id means"),
        ({"indications": {"any_indication": {"label": "Any"}}}, "this id means"),
        ({"routes": {"subcutaneous": {"label": "By mouth"}}}, "this id means"),
        (
            {
                "indications": {
                    one: {"label": one, "includes": ["cutaneous_melanoma"]} for one in ("a", "b")
                },
                "coverage": {"a": covered(), "b": covered()},
            },
            "a and b both include cutaneous_melanoma",
        ),
        ({"coverage": {}}, "covers no indication and names no use"),
        (
            {
                "questions": {
                    "single_agent": {"label": "?", "kind": "number", "answered_by": "chart"}
                }
            },
            "another kind or other choices",
        ),
        ({"common": asks("kidney", "single_agent")}, "the id 'kidney' is used more than once"),
        ({"renewal": {"also": ["no_such"], "citation": HERE}}, "no criterion 'no_such'"),
        (
            {
                "coverage": {
                    "renal_cell_carcinoma": covered(),
                    "cutaneous_melanoma": entry("skin"),
                },
                "renewal": {"also": ["clear"], "citation": HERE},
            },
            "no criterion 'clear' for cutaneous_melanoma",
        ),
    ],
)
def test_a_policy_whose_words_do_not_fit_is_refused(
    library: Library, changes: dict[str, Any], message: str
) -> None:
    with pytest.raises(DataFileError, match=message):
        read(small(**changes), library)
