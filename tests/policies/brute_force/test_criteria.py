"""The program judges the criteria of small random policies as brute force over completions does."""

from collections import Counter
from itertools import chain, islice

import pytest

from app.library import Library
from tests.policies.brute_force.agreement import (
    disagreements,
    forces,
    operators,
    order_of_questions,
    tree_of,
)
from tests.policies.brute_force.generator import OWN, PLACE, QUESTIONS, ROUTES, Maker
from tests.policies.brute_force.judge import Judged, Node, nodes

NORMAL, BLOCKS, IN_A_BLOCK = 300, 20, 500
PROOF = [pytest.param(block, marks=pytest.mark.proof) for block in range(1, BLOCKS + 1)]


def _found(seeds: range, library: Library) -> list[str]:
    return list(islice(chain.from_iterable(disagreements(one, library) for one in seeds), 5))


def test_random_policies_are_judged_as_every_completion_says(library: Library) -> None:
    assert _found(range(NORMAL), library) == []


@pytest.mark.parametrize("block", PROOF)
def test_ten_thousand_random_policies_are_judged_so(block: int, library: Library) -> None:
    assert _found(range(block * IN_A_BLOCK, (block + 1) * IN_A_BLOCK), library) == []


def test_the_random_policies_hold_everything() -> None:
    counted = Counter(chain.from_iterable(operators(tree_of(Maker(one))) for one in range(NORMAL)))
    keys = ("all", "any", "none", "of", "routes", "is", "at_least", "at_most", "over", "under")
    kinds = ("yes_no", "number", "one_of", "choices", "codes")
    wanted = (*keys, "any_of", "none_of", *kinds, "asked twice", "passed over")
    assert {one: counted[one] for one in wanted if counted[one] < 30} == {}


def test_the_random_cases_have_every_status_on_every_route() -> None:
    counted: Counter[tuple[str, str]] = Counter()
    for seed in range(NORMAL):
        maker = Maker(seed)
        tree = tree_of(maker)
        for route in ROUTES:
            known = maker.answers(maker.names, tree, 0.5)
            counted[route, Judged(tree, route, known, QUESTIONS).status] += 1
    assert len(counted) == 3 * len(ROUTES)
    assert min(counted.values()) > NORMAL / 20


def leaf(name: str, **compared: object) -> Node:
    return {"id": name, "question": name.rstrip("_"), "text": "", "citation": PLACE, **compared}


YES, ALSO = (leaf(name, **{"is": True}) for name in ("first_own", "second_own"))
NOT = leaf("first_own_", **{"is": False})
HIGH = leaf("albumin_own", over=3)
LOW = leaf("albumin_own_", under=3)


def judged(key: str, *below: Node, at_least: int = 0, **known: object) -> Judged:
    tree: Node = {"id": "root", key: list(below)}
    if key == "of":
        tree["at_least"] = at_least
    return Judged(tree, "intravenous", known, OWN)


@pytest.mark.parametrize(
    ("one", "status", "missing"),
    [
        (judged("any", YES, NOT), "met", []),
        (judged("all", YES, NOT), "not_met", []),
        (judged("none", YES), "incomplete", ["first_own"]),
        (judged("none", YES, ALSO, first_own=True), "not_met", []),
        (judged("of", YES, NOT, ALSO, at_least=2), "incomplete", ["second_own"]),
        (judged("of", YES, NOT, ALSO, at_least=3), "not_met", []),
        (judged("all", HIGH, LOW), "not_met", []),
        (judged("any", HIGH, LOW), "incomplete", ["albumin_own"]),
        (judged("any", HIGH, albumin_own="3"), "not_met", []),
        (judged("any", HIGH, albumin_own="3.1"), "met", []),
        (judged("any", LOW, albumin_own="2.9"), "met", []),
        (judged("any", {"id": "other", "routes": ["inhaled"], "all": [YES]}), "not_met", []),
        (judged("none", {"id": "other", "routes": ["inhaled"], "all": [YES]}), "met", []),
    ],
)
def test_brute_force_itself_by_hand(one: Judged, status: str, missing: list[str]) -> None:
    assert (one.status, one.missing) == (status, missing)


def test_what_forces_a_result_by_hand() -> None:
    either = judged("any", YES, ALSO, first_own=True)
    assert forces(either, [("first_own", "met")])
    assert not forces(either, [("second_own", "unknown")])
    barred = judged("none", YES, ALSO, first_own=True)
    assert forces(barred, [("first_own", "met")])
    free = judged("none", YES, ALSO, first_own=False, second_own=False)
    assert forces(free, [("first_own", "not_met"), ("second_own", "not_met")])
    assert not forces(free, [("first_own", "not_met")])


def test_the_order_of_questions_by_hand() -> None:
    tree = {"id": "root", "all": [{"id": "either", "any": [YES, HIGH]}, ALSO]}
    assert order_of_questions(tree, "intravenous") == ["second_own", "first_own", "albumin_own"]
    assert [one["id"] for one in nodes(tree, "")][:2] == ["root", "either"]
