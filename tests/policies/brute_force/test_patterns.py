"""Days on and off: blocks of the plan, and how many doses fit into a cycle and into a week."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import chain, islice
from random import Random
from typing import Any

import pytest

from app.library import Library
from tests.policies.brute_force.generator import PLACE, case, policy
from tests.policies.payers.program import Rule

NORMAL, BLOCKS, IN_A_BLOCK = 100, 5, 300
PROOF = [pytest.param(block, marks=pytest.mark.proof) for block in range(1, BLOCKS + 1)]
FIRST = date(2026, 12, 1)
MET = {"id": "root", "text": "Any route", "question": "route", "none_of": ["inhaled"]}


def pattern(r: Random) -> dict[str, Any]:
    """Return one to three blocks of days from the first day of a cycle on."""
    on, day = [], 1
    for _ in range(r.randint(1, 3)):
        last = day + r.randint(0, 6)
        on.append({"from": day, "to": last})
        day = last + r.randint(2, 5)
    return {"cycle_days": day - 1 + r.randint(0, 9), "on": on, "citation": PLACE}


def days_on(found: dict[str, Any]) -> list[int]:
    return [day for one in found["on"] for day in range(one["from"], one["to"] + 1)]


def most_in_a_week(found: dict[str, Any]) -> int:
    """Return the most days on in any 7 days, also across the end of a cycle."""
    again: list[int] = [
        day + found["cycle_days"] * turn for turn in range(8) for day in days_on(found)
    ]
    return max(sum(start <= day < start + 7 for day in again) for start in again)


def blocks_of(found: dict[str, Any]) -> list[list[str]]:
    return [
        [str(FIRST + timedelta(days=one[side] - 1)) for side in ("from", "to")]
        for one in found["on"]
    ]


def disagreements(seed: int, library: Library) -> Iterator[str]:
    r = Random(seed)  # noqa: S311
    days, route = pattern(r), r.choice(["intravenous", "subcutaneous"])
    a_day = r.randint(1, 3)
    regimen = {
        "name": "By pattern",
        "dose": {"iu": 40_000_000, "per": "dose", "citation": PLACE},
        "max_doses_per_day": {"value": a_day, "citation": PLACE},
        "pattern": days,
    }
    criteria = {**MET, "citation": PLACE}
    rule = Rule.of_data(policy(criteria, dosing={route: regimen}), library)

    def shown(**parts: Any) -> dict[str, Any]:
        return rule.shown(case({}, route, age_years=50, weight_kg="80", **parts))

    where = f"seed {seed}, {route}, {days['cycle_days']} days, {days['on']}"
    plan = shown(course={"first_dose_at": f"{FIRST}T08:00"})["schedule"]
    if plan is None:
        yield f"{where}: no plan"
    else:
        found = [[one["first_day"], one["last_day"]] for one in plan["cycles"][0]["blocks"]]
        if found != blocks_of(days):
            yield f"{where}: blocks {found}"
    for field, most in (
        ("doses_per_cycle", a_day * len(days_on(days))),
        ("doses_per_week", a_day * most_in_a_week(days)),
    ):
        for asked, status in ((most, "within_limits"), (most + 1, "exceeds_limits")):
            request = shown(requested={field: asked})["request_check"]["status"]
            if request != status:
                yield f"{where}, {a_day} a day: {asked} {field} {request}"


def _found(seeds: range, library: Library) -> list[str]:
    return list(islice(chain.from_iterable(disagreements(one, library) for one in seeds), 5))


def test_random_patterns_are_planned_and_checked_so(library: Library) -> None:
    assert _found(range(NORMAL), library) == []


@pytest.mark.parametrize("block", PROOF)
def test_more_patterns_are_planned_and_checked_so(block: int, library: Library) -> None:
    assert _found(range(block * IN_A_BLOCK, (block + 1) * IN_A_BLOCK), library) == []


def test_days_and_weeks_by_hand() -> None:
    found = {"cycle_days": 21, "on": [{"from": 1, "to": 4}, {"from": 8, "to": 11}]}
    assert days_on(found) == [1, 2, 3, 4, 8, 9, 10, 11]
    assert most_in_a_week(found) == 4
    assert blocks_of(found) == [["2026-12-01", "2026-12-04"], ["2026-12-08", "2026-12-11"]]
    daily = {"cycle_days": 3, "on": [{"from": 1, "to": 2}]}
    assert most_in_a_week(daily) == 5
