"""A copy of the project in which something is changed, and its tests run there."""

import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
NOT_COPIED = {"dist", "build", "htmlcov"}
HIDDEN = {".ci", ".gitattributes", ".github", ".gitignore"}  # of the project; all else is made
PASSED, FAILED = 0, 1  # of pytest; more than that is no failure of a test


@dataclass(frozen=True)
class Ended:
    """How a run of tests ended, and which of them failed, whatever their parameters."""

    status: int
    failed: frozenset[str]
    told: str


def copy_of_the_project(folder: Path) -> Path:
    """Return a copy of everything but what git, Python and the build leave there."""
    copy = folder / "project"
    copy.mkdir()
    for source in ROOT.iterdir():
        is_made = source.name.startswith(".") and source.name not in HIDDEN
        if is_made or source.name in NOT_COPIED:
            continue
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__", ".*")
            shutil.copytree(source, copy / source.name, ignore=ignored)
        else:
            shutil.copy2(source, copy)
    return copy


def run_tests(project: Path, *arguments: str) -> Ended:
    """Run tests of the copy, each in every one of its parameters."""
    command = ["-m", "pytest", "-q", "--tb=short", "-p", "no:cacheprovider", *arguments]
    environment = {
        **os.environ,
        "PYTHONPATH": str(project),
        "PYTHONDONTWRITEBYTECODE": "1",  # an edit within one second would go unnoticed
        "QT_QPA_PLATFORM": "offscreen",
    }
    for name in ("PYTEST_ADDOPTS", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER"):
        environment.pop(name, None)
    done = subprocess.run(  # noqa: S603  # this Python
        [sys.executable, *command],
        cwd=project,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    failed = re.findall(r"(?m)^(?:FAILED|ERROR) ([^\s\[]+)", done.stdout)
    return Ended(done.returncode, frozenset(failed), done.stdout + done.stderr)
