"""A question asked twice has one answer; where too many are open, more is asked, never less."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from app.engine import clauses_for, completions
from app.engine.deciding import settled_by
from app.engine.judging import Condition
from app.library import Library
from app.model.case import Facts
from app.model.case_json import read_case
from app.model.eligibility import JudgedComparison, JudgedCount
from tests.engine.small_policies import asks, group, judged, kidney, read

KIDNEY = "renal_cell_carcinoma"
EITHER = group(
    "either",
    "any",
    asks("clear", "clear_cell_histology"),
    asks("not_clear", "clear_cell_histology", **{"is": False}),
)


def test_what_holds_whatever_the_answer_is_met(library: Library) -> None:
    criteria = group("root", "all", EITHER, asks("single_agent"))
    found = judged(kidney(criteria=criteria), library, {"single_agent": True}).eligibility
    assert (found.status, found.missing) == ("met", ())
    assert found.questions == ("single_agent", "clear_cell_histology")


def test_of_too_many_open_answers_each_criterion_is_judged_for_itself(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completions, "MOST_COMPLETIONS", 1)
    criteria = group("root", "all", EITHER, asks("single_agent"))
    found = judged(kidney(criteria=criteria), library, {"single_agent": True}).eligibility
    assert (found.status, found.missing) == ("incomplete", ("clear_cell_histology",))
    assert found.questions == ("single_agent", "clear_cell_histology")


def test_a_number_is_the_same_however_it_is_written(library: Library) -> None:
    question = {"label": "Albumin", "kind": "number", "decimals": 2, "answered_by": "chart"}
    criterion = asks("albumin", under="3.75")
    data = kidney(criteria=criterion) | {"questions": {"albumin": question}}
    policy = read(data, library)
    condition = Condition(policy.coverage[KIDNEY].criteria, policy, "intravenous")
    written = {"policy": "cedar", "date_of_service": "2026-11-30"}
    case = read_case({**written, "indication": KIDNEY, "route": "intravenous"})
    for number in ("3.5", "3.50"):
        answered = replace(case, facts=Facts(others={"albumin": Decimal(number)}))
        [judged_one] = [condition(answered).judged]
        assert isinstance(judged_one, JudgedComparison)
        assert (judged_one.result, str(judged_one.seen)) == ("met", "3.5")


def test_without_a_route_what_is_for_certain_routes_is_left_out(library: Library) -> None:
    by_vein = group("by_vein", "all", asks("single_agent"), routes=["intravenous"])
    policy = read(kidney(criteria=by_vein), library)
    assert clauses_for(policy, "renal_cell_carcinoma", "") == {}
    assert list(clauses_for(policy, "renal_cell_carcinoma", "intravenous")) == ["single_agent"]


def comparison(name: str, result: Any) -> JudgedComparison:
    return JudgedComparison(name, name, result, name, None, {}, "")


def test_a_count_that_is_reached_settles_the_rest() -> None:
    of = (comparison("a", "met"), comparison("b", "unknown"))
    count = JudgedCount("count", "count", "met", None, "", 1, of)
    assert settled_by(count, "b") is count
    lone = comparison("c", "met")
    assert settled_by(lone, "c") is lone
