"""What differs between the program and brute force for one random policy, in one line each."""

import json
from collections.abc import Iterator
from itertools import product
from typing import Any

from app.files.json_forms import determination_json
from app.library import Library
from tests.policies.brute_force.generator import QUESTIONS, ROUTES, SOLID, Maker, case, policy
from tests.policies.brute_force.judge import Judged, Node, children, is_passed_over, nodes
from tests.policies.payers.program import Rule

SHARES = (0.0, 0.35, 0.7, 1.0)


def tree_of(maker: Maker) -> Node:
    """Return criteria of a group with one to three criteria, of a depth of at most 3 groups."""
    while True:
        tree = maker.criterion(3)
        if children(tree):
            return tree


def disagreements(seed: int, library: Library) -> Iterator[str]:
    """Yield what differs for cases with few and many answers on two routes."""
    maker = Maker(seed)
    tree = tree_of(maker)
    rule = Rule.of_data(policy(tree), library)
    for route in maker.r.sample(ROUTES, 2):
        for share in SHARES:
            known = maker.answers(maker.names, tree, share)
            found = rule.determine(case(known, route))
            judged = Judged(tree, route, known, QUESTIONS)
            where = f"seed {seed}, {route}, {known}"
            shown = json.loads(determination_json(found))["eligibility"]
            for line in (
                *statuses(judged, shown),
                *results(judged, shown["criteria"]),
                *reasons(judged, rule.deciding(found)),
            ):
                yield f"{where}: {line}"
        order = order_of_questions(tree, route)
        asked = [one for one in rule.questions(SOLID, route) if one != "route"]
        if asked != order:
            yield f"seed {seed}, {route}: asks {asked} instead of {order}"


def statuses(judged: Judged, shown: dict[str, Any]) -> Iterator[str]:
    if shown["status"] != judged.status:
        yield f"{shown['status']} instead of {judged.status}"
    if shown["missing"] != judged.missing:
        yield f"missing {shown['missing']} instead of {judged.missing}"


def results(judged: Judged, shown: dict[str, Any]) -> Iterator[str]:
    """Compare the result of each criterion that the tree shows and that counts for the route."""
    expected = {one["id"]: judged.result(one["id"]) for one in nodes(judged.tree, judged.route)}
    for one in shown_nodes(shown):
        if one["id"] in expected and one["result"] != expected[one["id"]]:
            yield f"{one['id']} {one['result']} instead of {expected[one['id']]}"


def shown_nodes(shown: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield shown
    for child in children(shown):
        yield from shown_nodes(child)


def reasons(judged: Judged, deciding: list[tuple[str, str]]) -> Iterator[str]:
    """Yield what is wrong with the criteria that are said to decide."""
    if not deciding:
        yield "nothing decides"
    for name, result in deciding:
        if result != judged.result(name):
            yield f"{name} decides as {result} and is {judged.result(name)}"
    if judged.status == "incomplete":
        yield from _open_reasons(judged, deciding)
    elif not forces(judged, deciding):
        yield f"{deciding} do not force {judged.status}"


def _open_reasons(judged: Judged, deciding: list[tuple[str, str]]) -> Iterator[str]:
    by_id = {one["id"]: one for one in nodes(judged.tree, judged.route)}
    told: set[str] = set()
    for name, result in deciding:
        if result != "unknown":
            yield f"{name} decides an open result by {result}"
        told |= {n["question"] for n in nodes(by_id[name], judged.route) if "question" in n}
        question = by_id[name].get("question")
        if question and question not in judged.missing:
            yield f"{name} is said to be open, and {question} changes nothing"
    if untold := set(judged.missing) - told:
        yield f"{untold} could change the result, and no reason asks it"


def forces(judged: Judged, deciding: list[tuple[str, str]]) -> bool:
    """Whether any answers that leave these criteria as they are leave the status as it is."""
    free = Judged(judged.tree, judged.route, {}, judged.questions)
    root, wanted = judged.tree["id"], judged.status == "met"
    kept = [(name, result == "met") for name, result in deciding if result != "unknown"]
    return all(
        values[root] is wanted
        for _, values in free.completions
        if all(values[name] is value for name, value in kept)
    )


def order_of_questions(tree: Node, route: str) -> list[str]:
    """Return first what one answer alone can settle, then the rest, each as in the file."""
    free = Judged(tree, route, {}, QUESTIONS)
    asked = [name for name in free.asked if name != "route"]
    return sorted(asked, key=lambda name: not free.settles_alone(name))


def operators(tree: Node) -> Iterator[str]:
    """Yield what a tree is made of, to count it."""
    yield from (key for one in nodes(tree, "") for key in one)
    names = [one["question"] for one in nodes(tree, "") if "question" in one]
    yield from (QUESTIONS[name]["kind"] for name in names if name in QUESTIONS)
    if len(set(names)) < len(names):
        yield "asked twice"
    for one, route in product(nodes(tree, ""), ROUTES):
        if is_passed_over(one, route):
            yield "passed over"
