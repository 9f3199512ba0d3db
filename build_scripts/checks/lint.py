"""Checks the Linux artifacts without running them: metadata, manual, libraries, traces.

Reads `dist/*.deb`; every tool comes from Debian.
"""

import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from app import __version__
from build_scripts.checks import traces
from build_scripts.checks.report import Report
from build_scripts.steps.contents import APPLICATION_ID, ROOT
from build_scripts.steps.elf import elf_files, search_paths, stays_inside

PACKAGE = ROOT / "dist" / f"aldesk_{__version__}_amd64.deb"
_SHOWN = 10
GLIBC = (2, 36)  # of Debian 12
TOOLS = {
    "appstreamcli": "appstream",
    "desktop-file-validate": "desktop-file-utils",
    "dpkg-deb": "dpkg",
    "lintian": "lintian",
    "man": "man-db",
    "objdump": "binutils",
    "patchelf": "patchelf",
    "shellcheck": "shellcheck",
}


def main() -> int:
    """Run every check on the package; return the exit status."""
    missing = sorted({TOOLS[one] for one in TOOLS if shutil.which(one) is None})
    if missing:
        print(f"Tools are missing: apt install {' '.join(missing)}", file=sys.stderr)
        return 1
    if not PACKAGE.exists():
        print(f"{PACKAGE} is missing: build_scripts/build.py linux makes it.", file=sys.stderr)
        return 1
    report = Report("lint")
    with tempfile.TemporaryDirectory() as folder:
        tree = Path(folder)
        subprocess.run(["dpkg-deb", "--extract", PACKAGE, tree], check=True)
        check_with_tools(tree, report)
        check_program_files(tree / "usr/lib/aldesk", report)
        check_traces(tree, report)
    return report.status()


def check_with_tools(tree: Path, report: Report) -> None:
    """Check each format with its own tool, which prints complaints only."""
    share = tree / "usr/share"
    desktop = share / f"applications/{APPLICATION_ID}.desktop"
    metainfo = share / f"metainfo/{APPLICATION_ID}.metainfo.xml"
    appstream = ["appstreamcli", "validate", "--no-net", "--strict", "--no-color"]
    manual = share / "man/man1/aldesk.1.gz"
    lintian = ["lintian", "--fail-on=error,warning", "--tag-display-limit=0", "--allow-root"]
    expect(report, "the desktop entry is valid", "desktop-file-validate", desktop)
    expect(report, "the AppStream metadata is valid", *appstream, metainfo)
    expect(report, "the manual page renders", "man", "--warnings=w", "-l", manual)
    expect(report, "lintian finds nothing that is not explained", *lintian, PACKAGE)
    expect(report, "shellcheck finds nothing in .ci/run", "shellcheck", ROOT / ".ci/run")


def expect(report: Report, what: str, *command: str | Path) -> None:
    """Expect a command to succeed without a complaint."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr if done.returncode else done.stderr
    report.expect(not said.strip(), what, said.strip().replace("\n", "\n      "))


def check_program_files(program: Path, report: Report) -> None:
    """Check where each program and library searches for others, and which glibc it needs."""
    files = elf_files(program)
    outside = [one for one in files if not all(map(stays_inside, search_paths(one)))]
    report.expect(
        files and not outside, f"{len(files)} files search for libraries in the folder", outside
    )
    newest = {one.name: needed_glibc(one) for one in files}
    too_new = [f"{name} needs {version}" for name, version in newest.items() if version > GLIBC]
    highest = ".".join(map(str, max(newest.values())))
    what = f"the newest glibc that any of them needs, {highest}, is no newer than Debian 12's"
    report.expect(not too_new, what, too_new)


def needed_glibc(path: Path) -> tuple[int, ...]:
    """Return the newest version of glibc that a file refers to, or (0, 0)."""
    command = ["objdump", "--private-headers", str(path)]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    versions = re.findall(r"GLIBC_(\d+)\.(\d+)", said)
    return max(((int(major), int(minor)) for major, minor in versions), default=(0, 0))


def check_traces(tree: Path, report: Report) -> None:
    """Check that no packed file contains a path of this machine."""
    found = traces.traces(tree)
    shown = "\n      ".join([*found[:_SHOWN], f"{len(found)} in all"])
    report.expect(not found, "no packed file holds a path of this machine", shown)


if __name__ == "__main__":
    sys.exit(main())
