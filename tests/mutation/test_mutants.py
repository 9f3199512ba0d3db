"""Tests that changes are made wherever code decides something, and nowhere else."""

import os
from pathlib import Path

import pytest

from tests.mutation.change import Change
from tests.mutation.mutants import mutants
from tests.mutation.process import KILLED, SURVIVED, TIMEOUT, allow_seconds, tried
from tests.mutation.swap import swap

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork on Windows")
SOURCE = '''"""A docstring of 1 line."""

from dataclasses import dataclass
from typing import TypeVar

__all__ = ["left"]
_Left = TypeVar("_Left", bound=int)
LIMIT = 14


@dataclass(frozen=True)
class Course:
    days: int = 5

    @property
    def hours(self) -> "int":
        return self.days * 24


def left(given: int) -> int:
    """Return 14 less."""
    return LIMIT - given if isinstance(given, int) else len("none")
'''


@pytest.fixture
def changes(tmp_path: Path) -> list[Change]:
    (tmp_path / "course.py").write_text(SOURCE)
    return [one.change for one in mutants(tmp_path, "course.py")]


def test_constants_class_bodies_properties_and_functions_are_changed(changes: list[Change]) -> None:
    assert Change("course.py", "", "LIMIT = 14", "LIMIT = 15") in changes
    assert Change("course.py", "", "days: int = 5", "days: int = 6") in changes
    before = "return self.days * 24"
    assert Change("course.py", "Course.hours", before, "return self.days / 24") in changes
    assert {one.function for one in changes} == {"", "Course.hours", "left"}


def test_what_decides_nothing_is_left_alone(changes: list[Change]) -> None:
    lines = {one.before for one in changes}
    assert lines == {
        "LIMIT = 14",
        "days: int = 5",
        "return self.days * 24",
        'return LIMIT - given if isinstance(given, int) else len("none")',
    }
    assert len({*changes}) == len(changes)
    assert not any("isinstance(None" in one.after or "len(None" in one.after for one in changes)


@forks
def test_a_function_runs_its_changed_code() -> None:
    root = Path(__file__).resolve().parents[2]
    made = mutants(root, "tests/mutation/change.py")
    changed = next(one for one in made if "XXoutside of functionsXX" in one.change.after)

    def survives(_: object) -> bool:
        assert swap(changed)
        return ", outside of functions" in str(Change("a.py", "", "a", "b"))

    assert [end for _, end in tried([changed], survives, 1)] == [KILLED]
    assert [end for _, end in tried([changed], lambda _: True, 1)] == [SURVIVED]


@forks
def test_a_change_that_runs_on_is_ended(tmp_path: Path) -> None:
    (tmp_path / "course.py").write_text(SOURCE)
    mutant = next(mutants(tmp_path, "course.py"))

    def survives(_: object) -> bool:
        allow_seconds(0.05)
        while True:
            pass

    assert [end for _, end in tried([mutant], survives, 1)] == [TIMEOUT]


@forks
def test_a_trial_that_fails_itself_kills_nothing(tmp_path: Path) -> None:
    (tmp_path / "course.py").write_text(SOURCE)
    mutant = next(mutants(tmp_path, "course.py"))
    with pytest.raises(RuntimeError, match="the trial itself failed"):
        list(tried([mutant], lambda _: bool(1 // 0), 1))
