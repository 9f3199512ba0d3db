"""What brute force once found to be otherwise, each in its smallest policy; one still is."""

from typing import Any

from app.library import Library
from tests.policies.brute_force import lengths
from tests.policies.brute_force.agreement import forces, order_of_questions
from tests.policies.brute_force.generator import PLACE, QUESTIONS, SOLID, case, policy
from tests.policies.brute_force.judge import Judged, Node
from tests.policies.payers.program import Rule

VEIN = "intravenous"


def yes(question: str, name: str = "", *, answer: bool = True) -> Node:
    return _node(name or question, question=question, **{"is": answer})


def _node(name: str, **said: Any) -> Node:
    return {"id": name, "text": name, "citation": PLACE, **said}


FIRST, SECOND, THIRD = yes("first_own"), yes("second_own"), yes("third_own")
AGAIN = yes("first_own", "again")
NOT_FIRST = yes("first_own", "not_first", answer=False)
BY_ROUTE = _node("by_route", question="route", none_of=["inhaled"])


def test_what_settles_in_two_places_is_asked_first(library: Library) -> None:
    pairs = [_node("a", any=[SECOND, FIRST]), _node("b", any=[THIRD, AGAIN])]
    _asks_in_order(_node("root", all=pairs), library)


def test_what_settles_by_this_route_is_asked_first(library: Library) -> None:
    below = [_node("a", all=[SECOND, THIRD]), FIRST, BY_ROUTE]
    _asks_in_order(_node("root", at_least=2, of=below), library)


def _asks_in_order(tree: Node, library: Library) -> None:
    expected = ["first_own", "second_own", "third_own"]
    assert order_of_questions(tree, VEIN) == expected
    asked = Rule.of_data(policy(tree), library).questions(SOLID, VEIN)
    assert [one for one in asked if one != "route"] == expected


def test_what_is_not_stated_on_a_renewal_keeps_its_place(library: Library) -> None:
    unsaid = {"not_stated": True, "citation": {"heading": "Continuation"}}
    rule = Rule.of_data(policy(_node("root", any=[FIRST]), renewal=unsaid), library)
    for kind in ("initial", "renewal"):
        shown = rule.shown(case({"first_own": True}, VEIN, request_kind=kind))["not_stated"]
        found = [one["citation"] for one in shown if one["what"] == "renewal"]
        assert found == ["Random policy: Continuation"], kind


def test_a_reason_asks_only_what_can_change_the_result(library: Library) -> None:
    tree = _node("root", none=[NOT_FIRST, _node("inner", none=[SECOND, AGAIN])])
    assert Judged(tree, VEIN, {}, QUESTIONS).missing == ["first_own"]
    rule = Rule.of_data(policy(tree), library)
    found = rule.determine(case({}, VEIN))
    assert found.eligibility.missing == ("first_own",)
    assert "second_own" not in [name for name, _ in rule.deciding(found)]


def test_the_reasons_of_a_count_make_it_certain(library: Library) -> None:
    low = _node("low", question="score_own", at_most=6)
    middle = _node("middle", question="grade_own", any_of=["middle"])
    high = _node("high", question="score_own", over=6)
    graded = _node("graded", question="grade_own", any_of=["middle", "high"])
    tree = _node("root", at_least=2, of=[_node("both", all=[low, middle]), high, graded])
    known = {"grade_own": "middle"}
    judged, rule = Judged(tree, VEIN, known, QUESTIONS), Rule.of_data(policy(tree), library)
    found = rule.determine(case(known, VEIN))
    assert (judged.status, found.eligibility.status) == ("met", "met")
    assert forces(judged, rule.deciding(found))


def test_a_branch_within_a_group_for_another_route_has_no_length(library: Library) -> None:
    elsewhere = _node("elsewhere", routes=["inhaled"], any=[FIRST])
    tree = _node("root", any=[elsewhere, SECOND])
    approval = [{"months": 6, "branch": "first_own", "citation": PLACE}]
    approval += [{"months": 3, "branch": "second_own", "citation": PLACE}]
    known = {"first_own": True, "second_own": True}
    assert [lengths.applies(one, tree, VEIN, known) for one in approval] == [False, True]
    shown = Rule.of_data(policy(tree, approval=approval), library).shown(case(known, VEIN))
    assert [one["length"] for one in shown["approval_lengths"] if one["applies"]] == [{"months": 3}]
    assert shown["approval_period"]["end"] == "2027-02-28"
