"""Packs the program into one folder with PyInstaller: the same sources give the same bytes."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from build_scripts.steps.contents import ROOT, is_wanted


class BuildError(Exception):
    """A step failed; the message says why, for the person at the console."""


def freeze(out: Path, *, bare: bool = False) -> Path:
    """Pack the program into a new folder under `out`, and return it. Raises BuildError."""
    name = "Bare" if bare else "Aldesk"
    shutil.rmtree(out / name, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level=WARN"]
    command += [f"--distpath={out}", f"--workpath={out / 'work'}"]
    command += [str(ROOT / "build_scripts" / "aldesk.spec"), *(["--", "--bare"] if bare else [])]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False
    )
    missing = missing_libraries(done.stderr)
    if done.returncode or missing:
        raise BuildError("\n".join(missing or done.stderr.splitlines()[-30:]))
    return out / name


def missing_libraries(log: str) -> list[str]:
    """Return PyInstaller's complaints about libraries that a packed file needs and it cannot find.

    PyInstaller examines every plugin of Qt before the unwanted ones are dropped (such as the GTK
    theme), so complaints about files that are not packed are left out.
    """
    complaints = [line for line in log.splitlines() if "ibrary not found" in line]
    return [line for line in complaints if is_wanted(_needed_by(line))]


def _needed_by(complaint: str) -> str:
    found = re.search(r"dependency of '(.*)'", complaint)
    return found[1] if found else ""


def environment() -> dict[str, str]:
    """Return the environment of every build step: with fixed hash seed, time and time zone."""
    return {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": str(source_date()),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }


def source_date() -> int:
    """Return the time for every artifact, in seconds since 1970: that of the last commit.

    SOURCE_DATE_EPOCH in the environment overrides it. Raises BuildError outside a git clone.
    """
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    git = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    try:
        return int(subprocess.run(git, capture_output=True, text=True, check=True).stdout)
    except (OSError, subprocess.CalledProcessError, ValueError):
        raise BuildError(
            "The time of the last commit cannot be read. Outside a git clone, set"
            " SOURCE_DATE_EPOCH to a number of seconds."
        ) from None
