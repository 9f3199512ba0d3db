"""How two determinations are compared, and what the second computation expects of the first."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from tests.policies.independent import evaluator
from tests.policies.independent.basics import Case
from tests.policies.independent.notes import DEFINED

Answer = dict[str, Any]
ORDINARY, ORDINARY_SEEDS = 1_000, range(1, 21)
LONG, LONG_SEEDS = 25_000, range(101, 141)
RARE = 5  # a corner counts as reached when this many of them are there


def by_the_documents(case: Case) -> Answer:
    return {"error": None} | evaluator.determine(case)


def comparable(got: Answer) -> Answer:
    """Without what is the program's own: the order of findings and notes, and notes of its own."""
    if got["dose_limit"]:
        got["dose_limit"]["missing"].sort()
    if check := got["course_check"]:
        check["cycles"].sort(key=lambda cycle: cycle["number"])
        check["findings"].sort(key=lambda found: (found["rule"], found["kind"]))
    notes = [note for note in got["notes"] if note["id"] in DEFINED]
    got["note_ids"] = sorted(note["id"] for note in notes)
    for fixed in ("scope", "kind"):
        got[f"note_{fixed}s"] = {note["id"]: note[fixed] for note in notes}
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


def report(found: list[str]) -> str:
    return "\n".join((f"{len(found)} cases differ, for example", *found[:3]))


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


def dates_in(value: Any) -> Iterator[date]:
    if isinstance(value, dict | list):
        for inner in value.values() if isinstance(value, dict) else value:
            yield from dates_in(inner)
    elif isinstance(value, str) and value[4:5] == value[7:8] == "-":
        yield date.fromisoformat(value[:10])
