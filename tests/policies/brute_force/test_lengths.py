"""Approval by branch, renewal and refused uses of random policies, as brute force has them."""

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import Any

import pytest

from app.library import Library
from tests.policies.brute_force import lengths
from tests.policies.brute_force.generator import QUESTIONS, ROUTES, Maker, case
from tests.policies.brute_force.judge import Judged, Node
from tests.policies.payers.program import Rule

NORMAL, BLOCKS, IN_A_BLOCK = 300, 10, 500
PROOF = [pytest.param(block, marks=pytest.mark.proof) for block in range(1, BLOCKS + 1)]
Parts = dict[str, Any]


def _cases(maker: Maker, tree: Node) -> Iterator[tuple[str, dict[str, Any], Parts]]:
    """Yield a route, the answers, and what else the case says, for each case of a policy."""
    r = maker.r
    for share in (0.3, 0.8, 1.0):
        for kind in ("initial", "renewal", None):
            parts = {
                "request_kind": kind,
                "line_of_business": r.choice([None, "commercial", "medicaid"]),
            }
            yield r.choice(ROUTES), maker.answers(maker.names, tree, share), parts


def _status(
    tree: Node, parts: Parts, route: str, known: Parts, kind: str | None
) -> tuple[str, list[str]]:
    if kind == "renewal" and "renewal" in parts:
        tree = lengths.renewal_tree(tree, parts["renewal"], route)
    uses = parts.get("uses", {}).get("uses", [])
    if uses:
        barred = [lengths.renamed(one["when"], "_use") for one in uses]
        whole = lengths.with_all("whole", {"id": "barred_uses", "text": "", "none": barred}, tree)
        return _with_uses(whole, uses, route, known)
    judged = Judged(tree, route, known, QUESTIONS)
    return judged.status, judged.missing


def _with_uses(whole: Node, uses: list[Parts], route: str, known: Parts) -> tuple[str, list[str]]:
    found = {one["because"]: "not_met" for one in uses}
    for one in uses:
        result = Judged(lengths.with_all("one", one["when"]), route, known, QUESTIONS).status
        if result == "met" and one["because"] != "addressed_elsewhere":
            return "not_met", []
        found[one["because"]] = result
    if found.get("addressed_elsewhere") == "met":
        rest = [one["when"] for one in uses if one["because"] != "addressed_elsewhere"]
        barred = Judged({"id": "rest", "any": rest}, route, known, QUESTIONS) if rest else None
        return ("not_addressed", []) if not barred or barred.status == "not_met" else ("?", [])
    judged = Judged(whole, route, known, QUESTIONS)
    return judged.status, judged.missing


def disagreements(seed: int, library: Library) -> Iterator[str]:
    maker, tree, parts, data = lengths.random_parts(seed)
    rule = Rule.of_data(data, library)
    for route, known, more in _cases(maker, tree):
        shown = rule.shown(case(known, route, **more))
        status, missing = _status(tree, parts, route, known, more["request_kind"])
        where = f"seed {seed}, {route}, {known}, {more}"
        eligible = shown["eligibility"]
        if status != "?" and (eligible["status"], eligible["missing"]) != (status, missing):
            yield f"{where}: {eligible['status']}, {eligible['missing']} not {status}, {missing}"
        is_first = more["request_kind"] != "renewal" or "renewal" not in parts
        if status == "met" and is_first:
            whole = {**known, "line_of_business": more["line_of_business"]}
            yield from (f"{where}: {line}" for line in _lengths(shown, tree, parts, route, whole))
        elif status in ("not_met", "not_addressed") and shown["approval_lengths"]:
            yield f"{where}: lengths without met criteria"


def _lengths(shown: Parts, tree: Node, parts: Parts, route: str, known: Parts) -> Iterator[str]:
    expected = [
        (entry.get("branch"), lengths.length_of(entry), lengths.applies(entry, tree, route, known))
        for entry in parts["approval"]
    ]
    told = [(one["branch"], one["length"], one["applies"]) for one in shown["approval_lengths"]]
    wanted = [one for one in expected if one[2] is not False]
    if _once(one for one in told if one[2] is not False) != _once(wanted):
        yield f"lengths {told} instead of {expected}"
    if shown["approval_status"] != "criteria_met":
        return
    sure = _different(length for _, length, applies in expected if applies)
    possible = _different(length for _, length, applies in expected if applies is not False)
    end = lengths.last_day(sure[0]) if len(sure) == 1 == len(possible) else None
    period = shown["approval_period"]
    if (period and period["end"]) != (end and end.isoformat()):
        yield f"period {period} instead of until {end}"


def _once(found: Iterable[Any]) -> list[Any]:
    """Return entries that say the same once: two of them add nothing."""
    kept: list[Any] = []
    for one in found:
        if one not in kept:
            kept.append(one)
    return kept


def _different(found: Iterator[Parts]) -> list[Parts]:
    return [dict(one) for one in dict.fromkeys(tuple(each.items()) for each in found)]


def _found(seeds: range, library: Library) -> list[str]:
    return list(islice(chain.from_iterable(disagreements(one, library) for one in seeds), 5))


def test_random_lengths_renewals_and_uses_come_out_so(library: Library) -> None:
    assert _found(range(NORMAL), library) == []


@pytest.mark.parametrize("block", PROOF)
def test_five_thousand_more_come_out_so(block: int, library: Library) -> None:
    assert _found(range(block * IN_A_BLOCK, (block + 1) * IN_A_BLOCK), library) == []


def test_the_random_policies_hold_every_rule() -> None:
    counted: Counter[str] = Counter()
    for seed in range(NORMAL):
        _, _, parts, _ = lengths.random_parts(seed)
        for name in ("approval", "renewal"):
            counted.update(f"{name} {key}" for one in parts.get(name, []) for key in one)
        counted.update(one["because"] for one in parts.get("uses", {}).get("uses", []))
    wanted = [f"approval {key}" for one in lengths.LENGTHS for key in one]
    wanted += ["approval branch", "approval when", "renewal criteria", "renewal also"]
    wanted += ["renewal branch", "renewal refused", "renewal not_stated", "addressed_elsewhere"]
    wanted += ["experimental", "investigational", "not_medically_necessary", "excluded"]
    assert {one: counted[one] for one in wanted if counted[one] < 10} == {}


@pytest.mark.parametrize(
    ("length", "end"),
    [
        ({"months": 1}, "2026-12-31"),
        ({"months": 6}, "2027-05-31"),
        ({"weeks": 9}, "2027-02-01"),
        ({"days": 45}, "2027-01-14"),
        ({"once": True}, None),
        ({"doses": 4}, None),
        ({"not_stated": True}, None),
    ],
)
def test_the_last_day_of_a_length_by_hand(length: Parts, end: str | None) -> None:
    found = lengths.last_day(length)
    assert (found and found.isoformat()) == end
