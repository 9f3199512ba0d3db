"""Requests under random regimens fit or not as the policy format says, one regimen at a time."""

from collections import Counter
from collections.abc import Iterator
from itertools import chain, islice
from random import Random
from typing import Any

import pytest

from app.library import Library
from tests.policies.brute_force import dosing
from tests.policies.brute_force.generator import OWN, PLACE, case, policy
from tests.policies.payers.program import Rule

NORMAL, BLOCKS, IN_A_BLOCK = 300, 10, 500
PROOF = [pytest.param(block, marks=pytest.mark.proof) for block in range(1, BLOCKS + 1)]
MET = {
    "id": "root",
    "text": "Any route",
    "question": "route",
    "none_of": ["inhaled"],
    "citation": PLACE,
}


def _drawn(
    seed: int,
) -> tuple[list[dict[str, Any]], Iterator[tuple[dict[str, Any], Any, Any, Any]]]:
    """Return the regimens of a policy, and requests with grade, weight and doses before."""
    r = Random(seed)  # noqa: S311
    count = r.randint(1, 3)
    regimens = [dosing.regimen(r, f"r{place}", named=count > 1) for place in range(count)]
    drawn = (
        (
            dosing.request(r),
            r.choice([None, *dosing.GRADES]),
            r.choice([dosing.WEIGHT, dosing.WEIGHT, None]),
            r.choice([0, 1, 3, None]),
        )
        for _ in range(8)
    )
    return regimens, drawn


def disagreements(seed: int, library: Library) -> Iterator[str]:
    regimens, drawn = _drawn(seed)
    several = {"intravenous": regimens if len(regimens) > 1 else regimens[0]}
    rule = Rule.of_data(policy(MET, dosing=several), library)
    for asked, grade, weight, before in drawn:
        answers = {"grade_own": grade} if grade and len(regimens) > 1 else {}
        parts: dict[str, Any] = {"requested": asked, "given_before": {"doses": before}}
        if weight is not None:
            parts["weight_kg"] = str(weight)
        one = case(answers, "intravenous", age_years=50, **parts)
        shown = rule.shown(one)
        found = shown["request_check"]["status"]
        expected = dosing.status(regimens, asked, grade, weight, before)
        where = f"seed {seed}, {asked}, {grade}, {weight}, {before}"
        if found not in expected:
            yield f"{where}: {found} instead of {expected}"
        told = [regimen["applies"] for regimen in shown["regimens"]]
        if told != _applying(regimens, grade):
            yield f"{where}: {told} apply"


def _applying(regimens: list[dict[str, Any]], grade: str | None) -> list[bool | None]:
    conditions = [one.get("when") for one in regimens]
    return [
        True if one is None else None if grade is None else grade in one["any_of"]
        for one in conditions
    ]


def _found(seeds: range, library: Library) -> list[str]:
    return list(islice(chain.from_iterable(disagreements(one, library) for one in seeds), 5))


def test_random_requests_under_random_regimens_come_out_so(library: Library) -> None:
    assert _found(range(NORMAL), library) == []


@pytest.mark.parametrize("block", PROOF)
def test_five_thousand_more_policies_come_out_so(block: int, library: Library) -> None:
    assert _found(range(block * IN_A_BLOCK, (block + 1) * IN_A_BLOCK), library) == []


def test_the_random_requests_have_every_status() -> None:
    counted: Counter[str] = Counter()
    for seed in range(NORMAL):
        regimens, drawn = _drawn(seed)
        for asked, grade, weight, before in drawn:
            expected = dosing.status(regimens, asked, grade, weight, before)
            counted["/".join(sorted(expected))] += 1
    for wanted in ("no_regimen", "within_limits", "exceeds_limits", "incomplete"):
        assert counted[wanted] > NORMAL / 10, counted
    assert OWN["grade_own"]["choices"].keys() == set(dosing.GRADES)


def _limited(name: str, grade: str, dose: int, per_day: int) -> dict[str, Any]:
    when = {"any_of": [grade]}
    limit = {"value": per_day}
    return {
        "name": name,
        "when": when,
        "dose": {"iu": dose, "per": "dose"},
        "max_doses_per_day": limit,
    }


FEW_HIGH, MANY_LOW = _limited("a", "low", 50, 1), _limited("b", "high", 30, 3)


@pytest.mark.parametrize(
    ("asked", "grade", "status"),
    [
        ({"dose_iu": 50, "doses_per_day": 1}, "low", "within_limits"),
        ({"dose_iu": 50, "doses_per_day": 2}, "low", "exceeds_limits"),
        # The limits of two regimens are never mixed.
        ({"dose_iu": 50, "doses_per_day": 3}, None, "exceeds_limits"),
        ({"dose_iu": 30, "doses_per_day": 1}, None, "within_limits"),
        ({"dose_iu": 30, "doses_per_day": 3}, None, "incomplete"),
        ({"dose_iu": 30, "doses_per_day": 1}, "middle", "no_regimen"),
    ],
)
def test_the_choice_of_a_regimen_by_hand(
    asked: dict[str, int], grade: str | None, status: str
) -> None:
    assert dosing.status([FEW_HIGH, MANY_LOW], asked, grade, 80, 0) == {status}
