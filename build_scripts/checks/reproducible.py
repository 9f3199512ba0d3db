"""Checks that a commit gives bit-identical artifacts in any folder.

Clones the project into two folders with names of different length and builds each from scratch.
"""

import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

from build_scripts.checks.report import Report
from build_scripts.steps.contents import ROOT

_WORK = ROOT / "build" / "reproducible"


def main() -> int:
    """Build twice, compare and return the exit status."""
    report = Report("reproducible")
    shutil.rmtree(_WORK, ignore_errors=True)
    commit = _git("rev-parse", "HEAD").strip()
    first, second = (_build(_WORK / name, commit, report) for name in ("one", "another-place"))
    report.expect(first, "a build from a clean clone makes artifacts")
    for name in sorted(first.keys() | second.keys()):
        same = first.get(name) == second.get(name)
        report.expect(same, f"the same bytes: {name}", f"{first.get(name)}, {second.get(name)}")
    return report.status()


def _build(clone: Path, commit: str, report: Report) -> dict[str, str]:
    """Return the SHA-256 of every artifact and of every packed file of a clean clone's build."""
    _git("clone", "--quiet", "--no-checkout", str(ROOT), str(clone))
    _git("-C", str(clone), "checkout", "--quiet", "--detach", commit)
    command = [getattr(sys, "_base_executable", sys.executable), "build_scripts/build.py", "linux"]
    done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
    report.expect(done.returncode == 0, f"the build in {clone.name} ends well", done.stderr)
    found = [*(clone / "dist").rglob("*"), *(clone / "build" / "linux" / "Aldesk").rglob("*")]
    return {
        one.relative_to(clone).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest()
        for one in found
        if one.is_file()
    }


def _git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


if __name__ == "__main__":
    sys.exit(main())
