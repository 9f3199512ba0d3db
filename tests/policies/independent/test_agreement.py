"""The program and the second computation agree on every generated case."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product
from typing import Any

import pytest

from app.casework.determine import Refusal, determine
from app.files.json_forms import determination_json
from app.library import Library
from tests.policies.independent import evaluator
from tests.policies.independent.evaluator import (
    CIGNA,
    EXPRESS,
    IL,
    IV,
    SC,
    Case,
    numbers,
    squared_area,
)
from tests.policies.independent.generator import BEGIN, END, cases
from tests.policies.independent.measures_generator import FORMULAS

Answer = dict[str, Any]
ORDINARY, ORDINARY_SEEDS = 1_000, range(1, 21)
LONG, LONG_SEEDS = 25_000, range(101, 141)
CROWDED_SEEDS = ORDINARY_SEEDS[:4]  # these cases reach every corner already
RARE = 5  # a corner counts as reached when this many of them are there


def by_the_documents(case: Case) -> Answer:
    return {"error": None} | evaluator.determine(case)


def by_the_program(case: Case, library: Library) -> Answer:
    try:
        determination = determine(json.dumps(case).encode(), library)
    except Refusal as refusal:
        return {"error": refusal.kind}
    got: Answer = {"error": None} | json.loads(determination_json(determination))
    if got["dose_limit"]:
        got["dose_limit"]["missing"].sort()
    got["note_ids"] = sorted(note["id"] for note in got["notes"])
    return got


def differences(expected: Any, got: Any, key: str = "") -> list[str]:
    """One line for each expected value that is not there; what is not expected is not looked at."""
    if isinstance(expected, dict) and isinstance(got, dict):
        pairs = [(name, value, got.get(name, "(absent)")) for name, value in expected.items()]
    elif isinstance(expected, list) and isinstance(got, list) and len(expected) == len(got):
        pairs = [(str(i), *pair) for i, pair in enumerate(zip(expected, got, strict=True))]
    elif type(expected) is type(got) and expected == got:
        return []
    else:
        return [f"{key}: expected {expected!r}, got {got!r}"]
    return [line for name, e, g in pairs for line in differences(e, g, f"{key}.{name}".strip("."))]


def disagreements(tried: Iterable[Case], library: Library) -> list[str]:
    found = []
    for case in tried:
        if lines := differences(by_the_documents(case), by_the_program(case, library)):
            found.append("\n  ".join((json.dumps(case), *lines)))
    return found


def report(found: list[str]) -> str:
    return "\n".join((f"{len(found)} cases differ, for example", *found[:3]))


@pytest.mark.parametrize("seed", ORDINARY_SEEDS)
def test_the_program_agrees_with_the_second_computation(seed: int, library: Library) -> None:
    found = disagreements(cases(seed, ORDINARY), library)
    assert not found, report(found)


@pytest.mark.proof
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_the_program_agrees_on_very_many_cases(seed: int, library: Library) -> None:
    found = disagreements(cases(seed, LONG), library)
    assert not found, report(found)


def falsified(value: Any, key: str = "") -> Iterator[tuple[str, Any]]:
    """The same answer with one value changed, each in turn, and the key of the changed one."""
    if isinstance(value, dict):
        for name, inner in value.items():
            for where, changed in falsified(inner, f"{key}.{name}".strip(".")):
                yield where, {**value, name: changed}
    elif isinstance(value, list):
        yield key, [*value, "one more"]
        for i, inner in enumerate(value):
            for where, changed in falsified(inner, f"{key}.{i}"):
                yield where, [*value[:i], changed, *value[i + 1 :]]
    else:
        yield key, (value + 1 if type(value) is int else "another")


def test_every_changed_expectation_is_reported(library: Library) -> None:
    keys = set()
    for case in cases(7, 60):
        expected, got = by_the_documents(case), by_the_program(case, library)
        assert differences(expected, got) == []
        for key, changed in falsified(expected):
            (line,) = differences(changed, got)
            assert line.startswith(f"{key}: expected ")
            keys.add(key.split(".")[0])
    assert keys == set(expected) | {"error"}


def test_a_truth_value_is_not_taken_for_a_number() -> None:
    assert differences({"a": [1, None]}, {"a": [True, None]}) == ["a.0: expected 1, got True"]


def corners_of_time(case: Case, answer: Answer) -> Iterator[str]:
    day, policy = date.fromisoformat(case["date_of_service"]), case["policy"]
    for offset in (-1, 0, 1):
        if day == evaluator.FIRST_DAY[policy] + timedelta(days=offset):
            yield f"{policy}: first day {offset:+}"
        if day == evaluator.REVIEWED[policy] + timedelta(days=offset):
            yield f"{policy}: review {offset:+}"
    if (day.month, day.day) == (2, 29):
        yield "service on a leap day"
    for edge in ("start", "end"):
        if (answer.get("approval_period") or {}).get(edge, "").endswith("-02-29"):
            yield f"leap day: approval {edge}"
    if "-02-29T" in json.dumps(answer.get("schedule")):
        yield f"leap day: {case['route']} dose"


def corners_of_measurements(case: Case) -> Iterator[str]:
    known = numbers(case, "weight_kg", "height_cm", "bsa_m2", "previous_weight_kg")
    weight, height, bsa, before = (value and Fraction(value) for value in known)
    square = squared_area(case)
    for tenths in (9, 11):
        if weight and before and weight == before * tenths / 10:
            yield f"weight: {tenths} tenths"
        if bsa and square and bsa**2 == square * Fraction(tenths, 10) ** 2:
            yield f"area: {tenths} tenths"
            yield f"area: {tenths} tenths of thirds: {square.denominator % 3 == 0}"
    if weight and height:
        yield f"index: {weight * 10_000 / height**2}"
    elif weight:
        yield f"weight alone: {weight}"
    if bsa:
        yield f"area entered: {bsa}"


def corners(case: Case, answer: Answer) -> Iterator[str]:
    yield from corners_of_time(case, answer)
    yield from corners_of_measurements(case)
    if answer["error"]:
        yield answer["error"]
        return
    eligible, request = (answer[key]["status"] for key in ("eligibility", "request_check"))
    yield f"approval: {answer['approval_status']}"
    yield f"{case['policy']}: {eligible}, {request}"
    yield f"age: {case.get('age_years')}"
    yield f"assumed start: {(answer['approval_period'] or {}).get('assumed_start')}"
    if evaluator.is_til(case):
        yield "tumor-infiltrating lymphocytes"
    limit, asked = answer["dose_limit"], (case.get("requested") or {}).get("dose_iu")
    if limit and limit["max_dose_iu"] and asked:
        yield f"{case['route']}: dose {asked - limit['max_dose_iu']:+}"
    if limit and (case["route"], case.get("bsa_m2")) == (SC, None) and not limit["missing"]:
        yield f"limit by {case.get('bsa_formula')}"


def wanted_corners() -> Iterator[str]:
    for status in ("criteria_met", "criteria_not_met", "information_missing", "clinician_review"):
        yield f"approval: {status}"
    requests = ("within_limits", "exceeds_limits", "incomplete", "no_regimen", "not_requested")
    for policy in (CIGNA, EXPRESS):
        yield f"{policy}: not_covered, no_regimen"
        for eligible, request in product(("met", "not_met", "incomplete"), requests):
            yield f"{policy}: {eligible}, {request}"
    yield from ("no_policy_in_force", "tumor-infiltrating lymphocytes", "service on a leap day")
    yield from (f"leap day: approval {edge}" for edge in ("start", "end"))
    for policy in (CIGNA, EXPRESS):
        for offset in ("-1", "+0", "+1"):
            yield from (f"{policy}: first day {offset}", f"{policy}: review {offset}")
    for route in (IV, IL, SC):
        yield from (f"{route}: dose +0", f"{route}: dose +1", f"leap day: {route} dose")
    yield from (f"age: {age}" for age in (None, 0, 17, 18, 130))
    yield from (f"assumed start: {assumed}" for assumed in (True, False))
    yield from (f"limit by {formula}" for formula in (None, *FORMULAS))
    yield "area: 9 tenths of thirds: True"
    yield from (f"{what}: {tenths} tenths" for what in ("weight", "area") for tenths in (9, 11))
    yield from (f"index: {index}" for index in (10, 15, 40, 45))
    yield from (f"weight alone: {weight}" for weight in (40, 120))
    yield from (f"area entered: {area}" for area in (Fraction(1, 5), 3))


def test_the_generated_cases_reach_every_corner() -> None:
    reached: Counter[str] = Counter()
    for seed in CROWDED_SEEDS:
        for case in cases(seed, ORDINARY):
            reached.update(corners(case, by_the_documents(case)))
    rare = {corner: reached[corner] for corner in wanted_corners() if reached[corner] < RARE}
    assert rare == {}


def dates_in(value: Any) -> Iterator[date]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from dates_in(inner)
    elif isinstance(value, str) and value[4:5] == value[7:8] == "-":
        yield date.fromisoformat(value[:10])


def test_the_generated_cases_keep_to_the_permitted_dates_and_their_order() -> None:
    for case in cases(9, 4_000):
        assert all(BEGIN <= day <= END for day in dates_in(case)), case
        granted = case.get("authorization") or {}
        start = granted.get("start") or case["date_of_service"]
        assert start <= (granted.get("end") or start), case


def test_the_same_seed_gives_the_same_cases_and_another_seed_others() -> None:
    runs = [[json.dumps(case) for case in cases(seed, 50)] for seed in (1, 1, 2, 3)]
    assert runs[0] == runs[1]
    assert all(one != other for one, other in pairwise(runs[1:]))
