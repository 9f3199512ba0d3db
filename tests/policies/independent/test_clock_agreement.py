"""Plan, course check, preparation, units and forecast agree with the second computation."""

import pytest

from app.library import Library
from tests.policies.independent.comparing import report
from tests.policies.independent.courses_generator import course_cases
from tests.policies.independent.test_agreement import disagreements as differing

ORDINARY, ORDINARY_SEEDS = 1_000, range(1, 5)
LONG, LONG_SEEDS = 5_000, range(201, 211)


def disagreements(seed: int, count: int, library: Library) -> list[str]:
    return differing(course_cases(seed, count), library)


@pytest.mark.parametrize("seed", ORDINARY_SEEDS)
def test_the_program_agrees_on_courses_preparations_and_forecasts(
    seed: int, library: Library
) -> None:
    found = disagreements(seed, ORDINARY, library)
    assert not found, report(found)


@pytest.mark.proof
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_the_program_agrees_on_very_many_courses(seed: int, library: Library) -> None:
    found = disagreements(seed, LONG, library)
    assert not found, report(found)
