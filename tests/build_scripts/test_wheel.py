"""A wheel holds the whole program, its data too, and works wherever it is put."""

import json
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from build_scripts.dev import locked_version
from build_scripts.steps.contents import ROOT
from build_scripts.steps.deb import DESKTOP_FILES

_RUN = "import sys; sys.path.insert(0, sys.argv.pop(1)); from app.__main__ import main; main()"
_CASE = {
    "policy": "cigna-ip0407",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
    "weight_kg": "70.5",
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel of this folder, made by the locked backend without a package index."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel"]
    command += ["--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)  # noqa: S603  # ours
    [made] = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def names(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The unpacked wheel, in a folder that has nothing else."""
    folder = tmp_path_factory.mktemp("elsewhere")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(elsewhere: Path, *arguments: str, stdin: str = "") -> str:
    command = [sys.executable, "-I", "-c", _RUN, str(elsewhere), *arguments]
    done = subprocess.run(  # noqa: S603  # our own program
        command, cwd=elsewhere, input=stdin, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def files(folder: str) -> set[str]:
    """Return the path of every file under a folder of the project that is no byte code."""
    found = (one for one in (ROOT / folder).rglob("*") if one.is_file())
    return {one.relative_to(ROOT).as_posix() for one in found if one.suffix != ".pyc"}


def test_every_module_and_every_data_file_is_in_the_wheel(names: set[str]) -> None:
    inside = {one for one in names if one.startswith(("app/", "resources/"))}
    assert inside == files("app") | files("resources")


def test_nothing_else_gets_among_the_packages_of_an_environment(names: set[str]) -> None:
    tops = {one.split("/")[0] for one in names}
    assert {one for one in tops if not one.startswith("aldesk-")} == {"app", "resources"}


def test_the_desktop_is_told_the_same_by_the_wheel_and_by_the_debian_package(
    wheel: Path, names: set[str]
) -> None:
    [share] = {one.split("/share/")[0] + "/share/" for one in names if "/share/" in one}
    with zipfile.ZipFile(wheel) as archive:
        carried = {one: archive.read(one) for one in names if one.startswith(share)}
    wanted = {share + place: source.read_bytes() for place, source in DESKTOP_FILES.items()}
    assert carried == wanted


def test_the_backend_is_the_one_in_the_lock() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    assert project["build-system"]["requires"] == [f"hatchling=={locked_version('hatchling')}"]


def test_the_policies_are_at_hand_wherever_the_wheel_is_put(elsewhere: Path) -> None:
    listed = run(elsewhere, "policies")
    assert "cigna-ip0407" in listed
    assert "express-scripts-um-proleukin" in listed


def test_a_case_gets_the_same_from_the_wheel_as_from_the_project(elsewhere: Path) -> None:
    answers = [
        json.loads(run(one, "check", "-", "--json", stdin=json.dumps(_CASE)))
        for one in (elsewhere, ROOT)
    ]
    assert answers[0] == answers[1]
    assert answers[0]["dose_limit"]["max_dose_iu"]


def test_the_self_test_passes_from_the_wheel(
    elsewhere: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert "self-test passed" in run(elsewhere, "--self-test")
