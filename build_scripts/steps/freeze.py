"""Packs the program into one folder with PyInstaller, the same bytes from the same sources."""

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
    """Return the folder of the packed program, made anew under `out`. Raises BuildError."""
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
    """Return PyInstaller's complaints of libraries that a packed file needs and nobody has.

    It looks at every plugin of Qt before the unwanted ones are dropped (the GTK theme, say), so a
    complaint about a file that does not go along is none.
    """
    complaints = [line for line in log.splitlines() if "ibrary not found" in line]
    return [line for line in complaints if is_wanted(_needed_by(line))]


def _needed_by(complaint: str) -> str:
    found = re.search(r"dependency of '(.*)'", complaint)
    return found[1] if found else ""


def environment() -> dict[str, str]:
    """Return the environment of every build step: fixed hash seed, fixed time, fixed zone."""
    return {
        **os.environ,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "SOURCE_DATE_EPOCH": str(source_date()),
        "TZ": "UTC",
        "LC_ALL": "C.UTF-8",
    }


def source_date() -> int:
    """Return the seconds since 1970 that stand in every artifact: the time of the last commit."""
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
