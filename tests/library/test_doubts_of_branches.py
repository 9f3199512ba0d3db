"""Conditions that can hold together are doubted; those that one answer keeps apart are not."""

from pathlib import Path

import pytest
import yaml

from app.library import Library
from tests.library.test_doubts import PLAIN, found

CITED = "citation: {heading: Here}"
ONE = f"{{id: first_one, text: One, {CITED}, "
TWO = f"{{id: second_one, text: Two, {CITED}, "
CLEAR = f"{{id: a, text: A, {CITED}, question: clear, is: true}}"
NEAR = f"{{id: b, text: B, {CITED}, question: near, is: true}}"
NEAR_TOO = f"{{id: c, text: C, {CITED}, question: near, is: true}}"
ALBUMIN = f"{{id: d, text: D, {CITED}, question: albumin, over: 3}}"
FIRST = f"{{id: e, text: E, {CITED}, question: line, any_of: [first]}}"
OWN = """
questions:
  line: {label: Line, kind: one_of, answered_by: chart, choices: {first: F, second: S, third: T}}
  albumin: {label: Albumin, kind: number, decimals: 1, from: 1, to: 9, answered_by: chart}
  signs: {label: Signs, kind: choices, answered_by: chart, choices: {fever: F, rash: R}}
  clear: {label: Clear, kind: yes_no, answered_by: chart}
  near: {label: Near, kind: yes_no, answered_by: chart}
"""
LENGTHS = """    approval:
      - {months: 6, branch: first_one, citation: {heading: Approval}}
      - {months: 3, branch: second_one, citation: {heading: Approval}}
"""
APPROVAL = "    approval:\n      months: 6\n      citation: {heading: Approval}\n"


def branched(one: str, two: str, lengths: str = LENGTHS) -> str:
    """Return the plain file with two branches of different length, each with its condition."""
    either = (
        f"        - id: either\n          text: Either\n          {CITED}\n"
        f"          any: [{ONE}{one}}}, {TWO}{two}}}]\n"
    )
    text = PLAIN.replace(APPROVAL, lengths).replace("    dosing:\n", f"{either}    dosing:\n")
    assert either in text
    assert lengths in text
    return f"{text}\n{OWN}"


def overlaps(folder: Path, text: str, library: Library) -> list[str]:
    doubts = found(folder, text, library)
    return [one.id for one in doubts if one.id.startswith("lengths_overlap")]


PLACE = "lengths_overlap:coverage.renal_cell_carcinoma.approval.0"


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("question: line, any_of: [first]", "question: line, any_of: [second, third]"),
        ("question: line, any_of: [first]", "question: line, none_of: [first]"),
        ("question: clear, is: true", "question: clear, is: false"),
        (f"routes: [intravenous], any: [{CLEAR}]", f"routes: [subcutaneous], any: [{NEAR}]"),
        (f"routes: [intravenous], any: [{CLEAR}]", "question: route, none_of: [intravenous]"),
        ("question: albumin, under: 3", "question: albumin, at_least: 3"),
        ('question: albumin, at_most: "2.9"', "question: albumin, over: 3"),
        (
            f"all: [{CLEAR}, {NEAR}]",
            f"none: [{NEAR_TOO}]",
        ),
        (
            f"at_least: 2, of: [{CLEAR}, {NEAR}]",
            "question: near, is: false",
        ),
        (
            "question: line, any_of: [first]",
            f"none: [{FIRST}, {NEAR}]",
        ),
    ],
)
def test_lengths_that_one_answer_keeps_apart_are_in_no_doubt(
    one: str, two: str, tmp_path: Path, library: Library
) -> None:
    assert overlaps(tmp_path, branched(one, two), library) == []
    assert overlaps(tmp_path, branched(two, one), library) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("question: line, any_of: [first]", "question: line, any_of: [first, third]"),
        ("question: line, any_of: [first]", "question: clear, is: true"),
        ("question: albumin, at_most: 3", "question: albumin, at_least: 3"),
        ("question: albumin, under: 3", 'question: albumin, over: "2.9"'),
        (f"routes: [intravenous], any: [{CLEAR}]", "question: route, any_of: [intravenous]"),
        (f"routes: [intravenous], any: [{CLEAR}]", f"any: [{NEAR}]"),
        # Both a fever and a rash can be there.
        ("question: signs, any_of: [fever]", "question: signs, any_of: [rash]"),
        # Only the two answers together keep them apart.
        (
            f"any: [{CLEAR}, {NEAR}]",
            f"none: [{NEAR_TOO}, {ALBUMIN}]",
        ),
        (
            f"at_least: 1, of: [{CLEAR}, {NEAR}]",
            "question: near, is: false",
        ),
    ],
)
def test_lengths_that_can_both_apply_are_doubted(
    one: str, two: str, tmp_path: Path, library: Library
) -> None:
    assert overlaps(tmp_path, branched(one, two), library) == [PLACE]
    assert overlaps(tmp_path, branched(two, one), library) == [PLACE]
    [doubt] = [one for one in found(tmp_path, branched(one, two), library) if one.id == PLACE]
    assert "different lengths for first_one and second_one" in doubt.sentence


def test_the_same_length_twice_and_a_condition_of_its_own_are_in_no_doubt(
    tmp_path: Path, library: Library
) -> None:
    conditions = "question: clear, is: true", "question: near, is: true"
    same = LENGTHS.replace("months: 3", "months: 6")
    assert overlaps(tmp_path, branched(*conditions, same), library) == []
    when = f"when: {{id: w%s, text: W, {CITED}, question: line, any_of: [%s]}}"
    apart = LENGTHS.replace("branch: first_one", when % (1, "first"))
    apart = apart.replace("branch: second_one", when % (2, "second"))
    assert overlaps(tmp_path, branched(*conditions, apart), library) == []


def test_a_length_for_everybody_beside_one_of_a_branch_is_doubted(
    tmp_path: Path, library: Library
) -> None:
    for_all = LENGTHS.replace(", branch: first_one", "")
    text = branched("question: clear, is: true", "question: near, is: true", for_all)
    assert overlaps(tmp_path, text, library) == [PLACE]
    [doubt] = [one for one in found(tmp_path, text, library) if one.id == PLACE]
    assert "for every request and second_one" in doubt.sentence


def test_lengths_of_a_renewal_are_compared_as_well(tmp_path: Path, library: Library) -> None:
    renewal = f"""
    renewal:
      criteria: {{id: again, text: A, {CITED}, question: clear, is: true}}
      approval:
        - {{months: 6, branch: again, {CITED}}}
        - {{weeks: 6, branch: alone, {CITED}}}
"""
    text = PLAIN.replace("    dosing:\n", f"{renewal}    dosing:\n") + OWN
    ids = overlaps(tmp_path, text, library)
    assert ids == ["lengths_overlap:coverage.renal_cell_carcinoma.renewal.0.approval.0"]
    top = PLAIN + OWN + renewal.replace("\n    ", "\n")
    assert overlaps(tmp_path, top, library) == ["lengths_overlap:renewal.0.approval.0"]


def with_use(when: str, because: str = "experimental", more: str = "") -> str:
    use = (
        f"  uses:\n    - {{id: odd, text: An odd use, because: {because}, {CITED},"
        f" when: {{id: is_odd, text: Odd, {CITED}, {when}}}}}\n"
    )
    return PLAIN.replace("  text: The policy covers the use\n", f"  text: All\n{use}") + OWN + more


def both_ways(folder: Path, text: str, library: Library) -> list[str]:
    kind = "both_covered_and_refused"
    return [
        one.sentence
        for one in found(folder, text, library)
        if one.id == f"{kind}:not_covered.uses.odd"
    ]


def test_a_refused_use_that_the_criteria_do_not_rule_out_is_doubted(
    tmp_path: Path, library: Library
) -> None:
    [sentence] = both_ways(tmp_path, with_use("question: clear, is: true"), library)
    assert sentence == (
        "“An odd use” is refused, and nothing in the criteria for Renal cell carcinoma rules it "
        "out: a request can be both, and then it is refused."
    )


@pytest.mark.parametrize(
    "text",
    [
        with_use("question: single_agent, is: false"),
        with_use("question: age_years, under: 21"),
        with_use("question: clear, is: true", because="addressed_elsewhere"),
        with_use(
            "question: clear, is: true",
            more=f"common: {{id: all, text: All, {CITED}, question: clear, is: false}}\n",
        ),
    ],
)
def test_a_use_that_one_answer_keeps_apart_or_that_is_judged_elsewhere_is_in_no_doubt(
    text: str, tmp_path: Path, library: Library
) -> None:
    assert both_ways(tmp_path, text, library) == []


@pytest.mark.parametrize(
    ("text", "needed", "is_doubted"),
    [
        ("At least 2 of the 3 signs", 2, False),
        ("At least two of these", 2, False),
        ("At least 3 of these", 2, True),
        ("More than one of these", 2, False),
        ("No more than one of these", 2, True),
        ("Several of these", 2, False),
    ],
)
def test_a_number_of_criteria_that_the_text_does_not_state(
    text: str, needed: int, is_doubted: bool, tmp_path: Path, library: Library
) -> None:
    of = ", ".join(f"{{id: s{one}, text: S, {CITED}, question: clear, is: true}}" for one in "abc")
    group = f"        - {{id: signs, text: {text}, {CITED}, at_least: {needed}, of: [{of}]}}\n"
    doubts = found(tmp_path, PLAIN.replace("    dosing:\n", f"{group}    dosing:\n") + OWN, library)
    place = "count_differs:coverage.renal_cell_carcinoma.criteria.signs.at_least"
    assert [one.id for one in doubts] == ([place] if is_doubted else [])


@pytest.mark.parametrize(
    ("bound", "is_doubted"),
    [("1", False), ("9", False), ('"9.1"', True), ("35", True), ("0", True)],
)
def test_a_bound_outside_the_answers_of_its_question(
    bound: str, is_doubted: bool, tmp_path: Path, library: Library
) -> None:
    one = f"        - {{id: low, text: Low, {CITED}, question: albumin, under: {bound}}}\n"
    text = PLAIN.replace("    dosing:\n", f"{one}    dosing:\n") + OWN
    assert yaml.safe_load(text)
    place = "bound_outside:coverage.renal_cell_carcinoma.criteria.low.under"
    assert [one.id for one in found(tmp_path, text, library)] == ([place] if is_doubted else [])


def test_codes_below_others_are_no_number(tmp_path: Path, library: Library) -> None:
    one = (
        f"        - {{id: code, text: 2 codes, {CITED}, question: diagnosis_codes, under: [C64]}}\n"
    )
    assert found(tmp_path, PLAIN.replace("    dosing:\n", f"{one}    dosing:\n"), library) == ()
