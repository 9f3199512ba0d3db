"""The program and the second computation agree on every generated case."""

import json
from collections.abc import Iterable

import pytest

from app.casework.determine import Refusal, determine
from app.files.json_forms import determination_json
from app.library import Library
from tests.policies.independent import refusals_generator
from tests.policies.independent.basics import Case
from tests.policies.independent.comparing import (
    LONG,
    LONG_SEEDS,
    ORDINARY,
    ORDINARY_SEEDS,
    Answer,
    by_the_documents,
    comparable,
    differences,
    falsified,
    report,
)
from tests.policies.independent.generator import cases


def by_the_program(case: Case, library: Library) -> Answer:
    try:
        determination = determine(json.dumps(case).encode(), library)
    except Refusal as refusal:
        keys = {problem.at for problem in refusal.problems}
        return {"error": refusal.kind, "at": sorted(keys)}
    return comparable({"error": None} | json.loads(determination_json(determination)))


def disagreements(tried: Iterable[Case], library: Library) -> list[str]:
    found = []
    for case in tried:
        if lines := differences(by_the_documents(case), by_the_program(case, library)):
            found.append("\n  ".join((json.dumps(case), *lines)))
    return found


@pytest.mark.parametrize("seed", ORDINARY_SEEDS)
def test_the_program_agrees_with_the_second_computation(seed: int, library: Library) -> None:
    found = disagreements(cases(seed, ORDINARY), library)
    assert not found, report(found)


@pytest.mark.proof
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_the_program_agrees_on_very_many_cases(seed: int, library: Library) -> None:
    found = disagreements(cases(seed, LONG), library)
    assert not found, report(found)


@pytest.mark.parametrize("seed", ORDINARY_SEEDS)
def test_the_program_refuses_the_same_cases_by_the_same_keys(seed: int, library: Library) -> None:
    found = disagreements(refusals_generator.cases(seed, ORDINARY), library)
    assert not found, report(found)


def test_notes_of_the_case_stand_first_and_what_is_to_be_checked_before_the_others(
    library: Library,
) -> None:
    for case in cases(8, 500):
        notes = by_the_program(case, library).get("notes", [])
        places = [(note["scope"] != "case", note["kind"] != "check") for note in notes]
        assert places == sorted(places), case


def test_every_changed_expectation_is_reported(library: Library) -> None:
    keys: set[str] = set()
    known: set[str] = set()
    for case in cases(7, 60):
        expected, got = by_the_documents(case), by_the_program(case, library)
        known |= set(expected)
        assert differences(expected, got) == []
        for key, changed in falsified(expected):
            (line,) = differences(changed, got)
            assert line.startswith(f"{key}: expected ")
            keys.add(key.split(".")[0])
    assert keys == known
