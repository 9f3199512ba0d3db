"""Answers to a policy's own questions: read against the policy that a case names, kept whole."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.case_entries import cycles_in
from app.casework.determine import Refusal, determine
from app.casework.draft import Draft
from app.casework.outcome import judge
from app.casework.typed_text import cells_of, read_cells, text_of
from app.files.case_file import case_bytes, case_data, read_case_file
from app.library import Library
from app.model.answers import reader
from app.model.case import Case
from app.model.case_json import InvalidCase, read_case
from tests.any_case import any_case_of, said
from tests.cases import ALDER
from tests.cedar import OWN, case, with_cedar

CODED = ("facts.comorbidity_codes", "diagnosis_codes")  # typed into a line
CODES = ["C43.9", "N184", "e11.65", "Z99"]
FACTS = st.fixed_dictionaries(
    {},
    optional={
        "measurable_disease": st.none() | st.booleans(),
        "performance_status": st.none() | st.sampled_from(["ecog_0", "ecog_1", "ecog_2"]),
        "serum_albumin": st.none()
        | st.integers(0, 10)
        | st.integers(0, 100).map(lambda tenths: f"{tenths // 10}.{tenths % 10}"),
        "prior_lines": st.none() | st.integers(0, 20) | st.integers(0, 20).map(str),
        "organ_findings": st.none() | st.lists(st.sampled_from(["heart", "lung", "none"])),
        "comorbidity_codes": st.none() | st.lists(st.sampled_from(CODES)),
        "tumor_shrinkage": st.none() | st.booleans(),
        "nccn_category": st.none() | st.sampled_from(["1", "2a", "2b", "3"]),
        "retreatment_toxicities": st.none() | st.lists(st.sampled_from(["cardiac_tamponade"])),
    },
)


@pytest.fixture(scope="module")
def cedar(library: Library) -> Library:
    return with_cedar(library)


def problems(data: dict[str, Any], library: Library) -> dict[str, str]:
    with pytest.raises(Refusal) as refused:
        determine(json.dumps(data).encode(), library)
    assert refused.value.kind == "invalid_case"
    return {one.at: one.message for one in refused.value.problems}


def status(data: dict[str, Any], library: Library) -> str:
    return determine(json.dumps(data).encode(), library).approval_status


@given(data=any_case_of(facts=FACTS, indications=["melanoma_any_site"], routes=["inhaled"]))
def test_any_case_comes_back_from_json_draft_and_cells_as_it_was(
    cedar: Library, data: dict[str, Any]
) -> None:
    data["policy"] = "cedar-aldesleukin"
    read = said(read_case(data, cedar.fields))
    fields = cedar.fields_for(99)
    assert read_case(json.loads(json.dumps(case_data(read))), cedar.fields) == read
    assert read_case_file(case_bytes(read), cedar.fields) == read
    assert read_cells(cells_of(read, fields), fields) == in_order(read)
    draft = Draft.of(read)
    assert draft.under(cedar.fields_for(draft.cycles)).case == read
    typed = Draft(
        {key: text_of(one) if key in CODED else one for key, one in draft.entries.items()}
    )
    assert typed.under(cedar.fields_for(draft.cycles)).case == read


def in_order(read: Case) -> Case:
    """Return a case with its cycles in the order of the columns."""
    cycles = tuple(sorted(read.course.cycles, key=lambda one: one.number))
    return replace(read, course=replace(read.course, cycles=cycles))


@pytest.mark.parametrize(
    ("fact", "value", "at"),
    [
        ("measurable_disease", 1, ""),
        ("measurable_disease", "yes", ""),
        ("performance_status", ["ecog_1"], ""),
        ("performance_status", "ECOG 1", ""),
        ("serum_albumin", True, ""),
        ("serum_albumin", 10.1, ""),
        ("serum_albumin", "3.55", ""),
        ("serum_albumin", "3,5", ""),
        ("prior_lines", 2.5, ""),
        ("prior_lines", "2.0", ""),
        ("prior_lines", -1, ""),
        ("prior_lines", 21, ""),
        ("organ_findings", "heart", ""),
        ("organ_findings", ["heart", "liver"], ".1"),
        ("organ_findings", [None], ".0"),
        ("organ_findings", [["heart"]], ".0"),
        ("comorbidity_codes", "N18.4", ""),
        ("comorbidity_codes", ["N18.4", "kidney"], ".1"),
        ("comorbidity_codes", [5], ".0"),
        ("serum_albumins", "3.5", ""),
        ("others", {}, ""),
        ("answer", True, ""),
    ],
)
def test_an_answer_of_another_kind_is_refused_at_its_key(
    cedar: Library, fact: str, value: Any, at: str
) -> None:
    assert list(problems(case(facts={fact: value}), cedar)) == [f"facts.{fact}{at}"]


def test_a_key_given_twice_is_refused(cedar: Library) -> None:
    text = json.dumps(case()).replace('"serum_albumin"', '"serum_albumin": 3, "serum_albumin"')
    with pytest.raises(Refusal) as refused:
        determine(text.encode(), cedar)
    assert [(one.at, one.message) for one in refused.value.problems] == [
        ("facts.serum_albumin", "Given more than once.")
    ]


def test_all_problems_are_told_together(cedar: Library) -> None:
    found = problems(
        case(
            policy=ALDER,
            indication="melanoma_any_site",
            route="inhaled",
            weight_kg=0,
            facts={"nowhere": 1, "serum_albumin": 11, "single_agent": "no"},
            course={"number": 0},
        ),
        cedar,
    )
    assert set(found) == {
        *("indication", "route", "weight_kg", "course.number"),
        *("facts.nowhere", "facts.serum_albumin", "facts.single_agent"),
    }
    assert found["facts.nowhere"] == "Not a known key."
    assert found["route"] == "Must be one of: intravenous, intralesional, subcutaneous."


def test_an_indication_is_known_under_its_own_policy_only(cedar: Library) -> None:
    own = case(indication="melanoma_any_site")
    assert status(own, cedar) == "criteria_met"
    assert "melanoma_any_site" not in problems({**own, "policy": ALDER}, cedar)["indication"]
    before = problems({**own, "indication": "uveal"}, cedar)["indication"]
    assert before.endswith("other, melanoma_any_site.")


def test_an_answer_to_another_policy_is_taken_and_has_no_effect(cedar: Library) -> None:
    without = case(policy=ALDER)
    del without["facts"]
    assert status(case(policy=ALDER), cedar) == status(without, cedar) == "information_missing"


@pytest.mark.parametrize("fact", OWN)
def test_what_nobody_answered_is_missing_and_no_no(cedar: Library, fact: str) -> None:
    found = determine(json.dumps(case(facts={fact: None})).encode(), cedar)
    assert found.approval_status == "information_missing"
    assert found.eligibility.missing == (fact,)


@pytest.mark.parametrize(
    ("change", "question"),
    [
        ({"age_years": None}, "age_years"),
        ({"regimen": None}, "therapy"),
        ({"setting": None}, "setting"),
        ({"line_of_business": None}, "line_of_business"),
        ({"diagnosis_codes": None}, "diagnosis_codes"),
        ({"course": None}, "course_number"),
        ({"request_kind": "renewal"}, "tumor_shrinkage"),
    ],
)
def test_a_field_of_the_case_answers_its_question(
    cedar: Library, change: dict[str, Any], question: str
) -> None:
    found = determine(json.dumps(case(**change)).encode(), cedar)
    assert found.eligibility.missing == (question,)


@pytest.mark.parametrize(
    ("written", "met"), [("2.9", False), (3, True), ("3.0", True), ("03", True), (2.9, False)]
)
def test_a_number_counts_as_it_is_written(cedar: Library, written: Any, met: bool) -> None:
    found = status(case(facts={"serum_albumin": written}), cedar)
    assert (found == "criteria_met") is met


def test_the_name_of_a_part_of_the_program_is_no_answer(cedar: Library) -> None:
    read = read_case(case(), cedar.fields)
    assert [reader(one)(read) for one in ("answer", "others", "__class__")] == [None] * 3


def test_the_window_asks_the_questions_in_the_words_of_the_chosen_policy(cedar: Library) -> None:
    outcome = judge(Draft.of(read_case(case(), cedar.fields)), cedar)
    assert outcome.catalog.label("facts.serum_albumin") == "Serum albumin (g/dL)"
    assert set(OWN) <= set(outcome.questions)
    assert outcome.choices["route"]["inhaled"] == "By inhalation"


def test_a_case_of_a_policy_that_is_gone_keeps_what_others_ask(
    cedar: Library, library: Library
) -> None:
    draft = judge(Draft.of(read_case(case(policy=ALDER), cedar.fields)), cedar).draft
    again = judge(draft, library)
    assert again.problems == {}
    assert isinstance(again.draft.case, Case)
    assert again.draft.case.facts.others == {}


def test_each_of_two_policies_asks_in_its_own_words(cedar: Library) -> None:
    """The first words of an answer that both ask are no words of the other's policy."""
    first = cedar.versions("cedar-aldesleukin")[-1]
    question = replace(first.questions["serum_albumin"], label="Albumin in serum")
    other = replace(first, id="other", sha256="0" * 64, questions={"serum_albumin": question})
    both = replace(cedar, policies=(*cedar.policies, other))
    labels = [both.catalog_for(one).label("facts.serum_albumin") for one in (first, other)]
    assert labels == ["Serum albumin (g/dL)", "Albumin in serum (g/dL)"]


def test_a_refused_case_keeps_every_cycle_that_it_names(cedar: Library) -> None:
    content = case(weight_kg="heavy", course={"cycles": [{"number": 3, "doses_held": 2}]})
    assert cycles_in(content) == 3
    with pytest.raises(InvalidCase) as refused:
        read_case(content, cedar.fields)
    fields = cedar.fields_for(cycles_in(content))
    draft = Draft.of_refused(content, refused.value.problems, fields)
    assert draft is not None
    assert draft.problems.keys() == {"weight_kg"}
    assert draft.with_entry("weight_kg", "70").case == read_case(
        {**content, "weight_kg": "70"}, cedar.fields
    )


@pytest.mark.parametrize(
    "content",
    [
        *(None, [], {"course": None}, {"course": {"cycles": 3}}, {"course": {"cycles": [3]}}),
        *({"course": {"cycles": [{}, {"number": "3"}]}}, {"course": {"cycles": [{"number": 100}]}}),
    ],
)
def test_what_names_no_cycle_has_none(content: Any) -> None:
    assert cycles_in(content) == 0


def test_what_was_given_before_is_asked_where_an_approval_counts_it(cedar: Library) -> None:
    policy = cedar.versions("cedar-aldesleukin")[-1]
    use = policy.coverage["melanoma_any_site"]
    without = replace(policy, coverage={"a": replace(use, dosing={})})
    assert policy.counts_what_was_given
    assert not without.counts_what_was_given
    once = replace(use.approval[0], months=None, once=True)
    counted = replace(policy, coverage={"a": replace(use, dosing={}, approval=(once,))})
    assert counted.counts_what_was_given
