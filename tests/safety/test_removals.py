"""Removes each control of the safety case and checks that its tests fail without it.

`removals.yaml` says how each is removed. The long part does so in a copy of the project, one
control after the other, and runs the tests that the safety case names for the control.
"""

from pathlib import Path
from typing import Any

import pytest
import yaml

from app.help.hazard_log import Control, read_safety_case
from tests.project_copy import FAILED, PASSED, Ended, copy_of_the_project, run_tests
from tests.safety.places import ROOT

CONTROLS = read_safety_case().controls
REMOVALS: dict[str, Any] = yaml.safe_load(
    (Path(__file__).with_name("removals.yaml")).read_text("utf-8")
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the project."""
    return copy_of_the_project(tmp_path_factory.mktemp("removals"))


def run(project: Path, *tests: str) -> Ended:
    """Run tests of the copy in one process."""
    return run_tests(project, "-n", "0", *tests)


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
