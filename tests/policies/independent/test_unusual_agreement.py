"""The program agrees on what is unusual, at every bound and at every age."""

import pytest

from app.library import Library
from tests.policies.independent.comparing import report
from tests.policies.independent.test_agreement import disagreements
from tests.policies.independent.unusual_generator import cases

ORDINARY, ORDINARY_SEEDS = 2_000, range(1, 5)
LONG, LONG_SEEDS = 10_000, range(301, 311)


@pytest.mark.parametrize("seed", ORDINARY_SEEDS)
def test_the_program_agrees_on_unusual_values(seed: int, library: Library) -> None:
    found = disagreements(cases(seed, ORDINARY), library)
    assert not found, report(found)


@pytest.mark.proof
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_the_program_agrees_on_very_many_unusual_values(seed: int, library: Library) -> None:
    found = disagreements(cases(seed, LONG), library)
    assert not found, report(found)
