"""Removes each control of the safety case and checks that its tests fail without it.

`removals.yaml` says how each is removed. The long part does so in a copy of the project, one
control after the other, and runs the tests that the safety case names for the control.
"""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.help.hazard_log import Control, read_safety_case
from tests.safety.places import ROOT

COPIED = ("app", "build_scripts", "resources", "tests", "pyproject.toml", "uv.lock")
PASSED, FAILED = 0, 1  # of pytest; more than that is no failure of a test
CONTROLS = read_safety_case().controls
REMOVALS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).with_name("removals.yaml")).read_text("utf-8")
)


@dataclass(frozen=True)
class Ended:
    """The exit status of a run, the tests that failed, without parameters, and its output."""

    status: int
    failed: frozenset[str]
    told: str


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project."""
    copy = tmp_path_factory.mktemp("project")
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy2(source, copy / name)
    return copy


def run(project: Path, *tests: str) -> Ended:
    """Run tests of the copy, each with all of its parameters."""
    command = ["-m", "pytest", "-q", "-n", "0", "--tb=no", "-p", "no:cacheprovider", *tests]
    environment = {
        **os.environ,
        "PYTHONPATH": str(project),
        "PYTHONDONTWRITEBYTECODE": "1",  # an edit within one second would go unnoticed
        "QT_QPA_PLATFORM": "offscreen",
    }
    done = subprocess.run(  # noqa: S603  # this Python
        [sys.executable, *command],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.findall(r"(?m)^FAILED ([^\s\[]+)", done.stdout)
    return Ended(done.returncode, frozenset(failed), done.stdout + done.stderr)


def taken_out(control: Control, text: str) -> str:
    """Return the text of a control's file with the control removed."""
    removal = REMOVALS[control.id]
    assert removal["old"] in text
    return text.replace(removal["old"], removal["new"])


def test_there_is_a_removal_for_each_control_and_no_other() -> None:
    assert set(REMOVALS) == {one.id for one in CONTROLS}
    assert all(set(one) == {"old", "new"} for one in REMOVALS.values())
    assert all(isinstance(text, str) for one in REMOVALS.values() for text in one.values())


def test_what_is_taken_out_is_in_the_file_of_the_control_exactly_once() -> None:
    texts = {one.file: (ROOT / one.file).read_text("utf-8") for one in CONTROLS}
    counts = {one.id: texts[one.file].count(REMOVALS[one.id]["old"]) for one in CONTROLS}
    assert {name: count for name, count in counts.items() if count != 1} == {}
    assert all(one["old"] != one["new"] for one in REMOVALS.values())


@pytest.mark.proof
def test_every_test_of_a_control_passes_in_the_copy_as_it_is(project: Path) -> None:
    ended = run(project, *{test for control in CONTROLS for test in control.tests})
    assert ended.status == PASSED, ended.told


@pytest.mark.proof
@pytest.mark.parametrize("control", CONTROLS, ids=lambda one: one.id)
def test_every_test_of_a_control_fails_without_it(project: Path, control: Control) -> None:
    file = project / control.file
    text = file.read_text("utf-8")
    file.write_text(taken_out(control, text), "utf-8")
    try:
        ended = run(project, *(["-x"] if len(control.tests) == 1 else []), *control.tests)
    finally:
        file.write_text(text, "utf-8")
    assert ended.status == FAILED, ended.told
    assert ended.failed == set(control.tests), ended.told
