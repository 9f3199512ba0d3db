"""Approval, renewal and refused uses of a random policy, and what comes of them, by brute force."""

import calendar
from datetime import date, timedelta
from typing import Any

from tests.policies.brute_force.generator import PLACE, QUESTIONS, Maker, policy
from tests.policies.brute_force.judge import Answers, Judged, Node, nodes

START = date(2026, 12, 1)
LENGTHS: list[dict[str, Any]] = [
    *({"months": 1}, {"months": 6}, {"weeks": 9}, {"days": 45}, {"doses": 4}, {"cycles": 2}),
    *({"once": True}, {"end_of_plan_year": True}, {"not_stated": True}),
]
BUSINESS = {"line_of_business": {"kind": "one_of", "choices": {"commercial": "", "medicaid": ""}}}


def length_entries(maker: Maker, tree: Node) -> list[dict[str, Any]]:
    """Return one to three lengths, each for a branch, a line of business, both or neither."""
    r, found = maker.r, []
    for _ in range(r.randint(1, 3)):
        entry = {**r.choice(LENGTHS), "citation": PLACE}
        if r.random() < 0.7:
            entry["branch"] = r.choice(list(nodes(tree, "")))["id"]
        if r.random() < 0.3:
            entry["when"] = {
                "id": maker.name(), "text": "The plan", "question": "line_of_business",
                r.choice(["any_of", "none_of"]): ["commercial"], "citation": PLACE,
            }  # fmt: skip
        found.append(entry)
    return found


def renewal_entries(maker: Maker, tree: Node) -> list[dict[str, Any]]:
    """Return one to three rules for renewals; at most one stands without a branch."""
    r, found, ids = maker.r, [], [one["id"] for one in nodes(tree, "")]
    for place in range(r.randint(1, 3)):
        entry: dict[str, Any] = {"branch": r.choice(ids)} if place or r.random() < 0.5 else {}
        kind = r.choice(["criteria", "criteria", "criteria", "refused", "not_stated"])
        if kind == "criteria":
            entry["criteria"] = maker.criterion(1)
            if r.random() < 0.5:
                entry["also"] = r.sample(ids, 1)
        else:
            entry |= {kind: True, "citation": PLACE}
        found.append(entry)
    return found


def use_entries(maker: Maker) -> list[dict[str, Any]]:
    """Return refused uses, and at most one that is addressed elsewhere."""
    kinds = ["experimental", "investigational", "not_medically_necessary", "excluded"]
    found = []
    for place in range(maker.r.randint(1, 2)):
        elsewhere = place == 0 and maker.r.random() < 0.5
        found.append(
            {
                "id": f"use_{place}",
                "text": f"Use {place}",
                "because": "addressed_elsewhere" if elsewhere else maker.r.choice(kinds),
                **({"see": "Another document"} if elsewhere else {}),
                "when": maker.comparison(),
                "citation": PLACE,
            }
        )
    return found


def with_all(name: str, *below: Node) -> Node:
    return {"id": name, "text": name, "all": list(below), "citation": PLACE}


def found_by_id(tree: Node, name: str, route: str) -> Node:
    """Return a criterion, or one that is not met if it stands in a group for another route."""
    nobody: Node = {"id": name, "text": "", "any": []}
    return next((one for one in nodes(tree, route) if one["id"] == name), nobody)


def renamed(node: Node, mark: str) -> Node:
    """Return a copy whose ids are its own, so that one criterion can stand twice in a tree."""
    copy = {**node, "id": f"{node['id']}{mark}"}
    for key in ("all", "any", "none", "of"):
        if key in node:
            copy[key] = [renamed(one, mark) for one in node[key]]
    return copy


def renewal_tree(tree: Node, entries: list[dict[str, Any]], route: str) -> Node:
    """Return what a renewal must meet: no refused branch, and one of the ways that are left.

    Where no branch of them is met, nothing is stated, and the first criteria count again.
    """
    barred, ways, named = [], [], []
    for place, entry in enumerate(entries):
        own = [found_by_id(tree, entry["branch"], route)] if "branch" in entry else []
        named += [renamed(one, f"_n{place}") for one in own]
        own = [renamed(one, f"_b{place}") for one in own]
        if entry.get("refused"):
            barred.append(with_all(f"barred{place}", *own))
        elif entry.get("not_stated"):
            ways.append(with_all(f"way{place}", *own, renamed(tree, f"_f{place}")))
        else:
            also = [
                renamed(found_by_id(tree, one, route), f"_a{place}")
                for one in entry.get("also", [])
            ]
            ways.append(with_all(f"way{place}", *own, entry["criteria"], *also))
    if all("branch" in entry for entry in entries):
        unnamed = {"id": "unnamed", "text": "", "none": named}
        ways.append(with_all("unstated", unnamed, renamed(tree, "_r")))
    some = {"id": "ways", "text": "", "any": ways}
    return with_all("renewal", {"id": "barred", "text": "", "none": barred}, some)


def length_of(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: entry[key] for one in LENGTHS for key in one if key in entry}


def last_day(length: dict[str, Any]) -> date | None:
    """Return the last day of a period from the start, where the length has one."""
    if "months" in length:
        years, month = divmod(START.month - 1 + length["months"], 12)
        year = START.year + years
        day = min(START.day, calendar.monthrange(year, month + 1)[1])
        return date(year, month + 1, day) - timedelta(days=1)
    days = 7 * length["weeks"] if "weeks" in length else length.get("days")
    return START + timedelta(days=days - 1) if days else None


def applies(entry: dict[str, Any], tree: Node, route: str, known: Answers) -> bool | None:
    """Return whether a length applies, or None where an open answer decides."""
    parts = [found_by_id(tree, entry["branch"], route)] if "branch" in entry else []
    parts += [entry["when"]] if "when" in entry else []
    judged = Judged(with_all("applies", *parts), route, known, {**QUESTIONS, **BUSINESS})
    return {"met": True, "not_met": False, "incomplete": None}[judged.status]


def random_parts(seed: int) -> tuple[Maker, Node, dict[str, Any], dict[str, Any]]:
    """Return a maker, its criteria, what else the policy says, and the policy."""
    maker = Maker(seed)
    tree = {**maker.criterion(2), "id": "root"}
    parts: dict[str, Any] = {"approval": length_entries(maker, tree)}
    if maker.r.random() < 0.6:
        parts["renewal"] = renewal_entries(maker, tree)
    if maker.r.random() < 0.4:
        parts["uses"] = {"uses": use_entries(maker)}
    return maker, tree, parts, policy(tree, **parts)
