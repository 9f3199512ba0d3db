"""Checks the Debian package in clean minimal Debian systems: installs, runs and removes it.

Runs as root and needs a package mirror. Writes a picture of the window, `build/deb-<suite>.png`.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from app import __version__
from build_scripts.checks import roots, screen
from build_scripts.checks.report import Report
from build_scripts.steps.contents import APPLICATION_ID, CASE_MEDIA_TYPE, CASE_SUFFIX, ROOT

PACKAGE = ROOT / "dist" / f"aldesk_{__version__}_amd64.deb"
POLICIES = ("cigna-ip0407", "express-scripts-um-proleukin")
CASE = {
    "policy": "cigna-ip0407",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
    "age_years": 54,
    "weight_kg": "70.5",
    "facts": {
        "metastatic_disease": True,
        "prior_systemic_therapy": True,
        "prescriber_specialties": ["oncologist"],
    },
}
# Prints the needed libraries that neither the package's own folder nor the system has.
UNRESOLVED = """cd /usr/lib/aldesk/_internal
LD_LIBRARY_PATH=$PWD/PySide6/Qt/lib:$PWD find . -name '*.so*' -type f -exec ldd {} + |
  grep 'not found' | sort -u"""
# The packages that keep a desktop's lists of file types, and two of these lists.
DESKTOP = ("shared-mime-info", "desktop-file-utils", "libglib2.0-bin")
TYPE_LISTS = ("usr/share/mime/globs2", "usr/share/applications/mimeinfo.cache")
MAX_DOSE_IU = 42_300_000  # 600,000 IU/kg × 70.5 kg


def main() -> int:
    """Check the package in every Debian release, or the named one; return the exit status."""
    if sys.argv[1:]:
        return check(sys.argv[1])
    hindrance = roots.missing_tools() or ("" if PACKAGE.exists() else f"{PACKAGE} is missing.")
    if hindrance:
        print(hindrance, file=sys.stderr)
        return 1
    failed = 0
    for suite in roots.SUITES:
        roots.make(suite)
        failed |= roots.run_isolated("build_scripts.checks.deb", suite)
    return failed


def check(suite: str) -> int:
    """Check the package in one Debian release; needs mounts that only this process sees."""
    report = Report(f"deb on {suite}")
    try:
        root = roots.open_copy(suite)
        before = roots.files(root)
        check_installation(root, report)
        check_confinement(root, report)
        check_command_line(root, report)
        check_window(root, report, ROOT / "build" / f"deb-{suite}.png")
        check_removal(root, before, report)
        check_file_type(root, report)
    except RuntimeError as error:
        report.expect(holds=False, what="every command of the check works", why_not=error)
    return report.status()


def check_installation(root: Path, report: Report) -> None:
    """Install the package as an administrator does, with nothing but its dependencies."""
    shutil.copy(PACKAGE, root / "run/aldesk.deb")
    command = ["apt-get", "install", "--yes", "--no-install-recommends", "/run/aldesk.deb"]
    said = roots.inside(root, *command)
    new = re.search(r"(\d+) newly installed", said)
    report.expect(
        new, f"it installs, with {int(new[1]) - 1 if new else '?'} packages it depends on"
    )
    unresolved = roots.inside(root, "sh", "-c", UNRESOLVED)
    report.expect(not unresolved, "every library that a packed file needs is there", unresolved)


def check_confinement(root: Path, report: Report) -> None:
    """Check that the later commands run as a plain user and without a network."""
    command = roots.as_user(root, "sh", "-c", "id -u; tail -n +3 /proc/net/dev")
    said = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False).stdout
    user, *networks = said.splitlines() or ["unknown"]
    alone = user not in {"0", "unknown"} and [one.split(":")[0].strip() for one in networks] == [
        "lo"
    ]
    report.expect(alone, f"it runs as user {user}, without a network", networks)


def check_command_line(root: Path, report: Report) -> None:
    """Run Aldesk's commands as a plain user without a network."""
    version = run(root, "--version").stdout
    report.expect(__version__ in version, "`aldesk --version` tells the version", version)
    policies = run(root, "policies").stdout
    report.expect(all(one in policies for one in POLICIES), "both policies are listed", policies)
    answer = run(root, "check", "-", "--json", stdin=json.dumps(CASE)).stdout
    dose = json.loads(answer or "{}").get("dose_limit", {}).get("max_dose_iu")
    report.expect(
        dose == MAX_DOSE_IU, f"a case gives {MAX_DOSE_IU} IU", f"It gave {dose}. {answer[:200]}"
    )
    done = run(root, "--self-test", QT_QPA_PLATFORM="offscreen")
    report.expect(done.returncode == 0, "the self-test passes offscreen", done.stdout + done.stderr)


def check_window(root: Path, report: Report, target: Path) -> None:
    """Run the self-test and the window on an X display; save a picture of the window."""
    with screen.screen() as shown:
        roots.show_screen(root, screen.SOCKETS)
        where = {"QT_QPA_PLATFORM": "xcb", "DISPLAY": shown.display}
        done = run(root, "--self-test", **where)
        report.expect(
            done.returncode == 0, "the self-test passes under xcb", done.stdout + done.stderr
        )
        window = subprocess.Popen(roots.as_user(root, "aldesk", **where))
        try:
            seen = shown.wait_for_text(window, target)
        finally:
            window.kill()
            window.wait()
        report.expect(seen, f"a window with text is shown under xcb: look at {target.name}")


def check_removal(root: Path, before: set[str], report: Report) -> None:
    """Remove the package and its dependencies; every file must be as before."""
    roots.inside(root, "apt-get", "purge", "--yes", "--autoremove", "aldesk")
    left = sorted(roots.files(root) - before)
    report.expect(not left, "nothing is left after `apt purge --autoremove`", "\n      ".join(left))
    lost = sorted(before - roots.files(root))
    report.expect(not lost, "nothing else was taken away", "\n      ".join(lost))


def check_file_type(root: Path, report: Report) -> None:
    """Install the package beside a desktop's file-type tools; their lists must change with it."""
    apt = ("apt-get", "--yes", "--no-install-recommends")
    roots.inside(root, *apt, "install", *DESKTOP)
    found = file_type(root, f"case{CASE_SUFFIX}")
    report.expect(found != CASE_MEDIA_TYPE, "control: without Aldesk a case is no type")
    roots.inside(root, *apt, "install", "/run/aldesk.deb")
    found = file_type(root, f"case{CASE_SUFFIX}")
    report.expect(found == CASE_MEDIA_TYPE, f"a desktop knows {CASE_SUFFIX} as a case", found)
    record = file_type(root, f"case{CASE_SUFFIX}-record")
    report.expect(record != CASE_MEDIA_TYPE, "a record is another type", record)
    opened = said_to_user(root, "gio", "mime", CASE_MEDIA_TYPE)
    first = f"Default application for “{CASE_MEDIA_TYPE}”: {APPLICATION_ID}.desktop"
    report.expect(first in opened, "a case is opened with Aldesk", opened)
    roots.inside(root, *apt, "purge", "aldesk")
    kept = [one for one in TYPE_LISTS if CASE_MEDIA_TYPE in (root / one).read_text("utf-8")]
    report.expect(not kept, "after the removal no list has that type", kept)
    found = file_type(root, f"case{CASE_SUFFIX}")
    report.expect(found != CASE_MEDIA_TYPE, "after the removal a case is no type", found)


def file_type(root: Path, name: str) -> str:
    """Return the media type that a desktop assigns to a file of this name."""
    path = f"/tmp/{name}"  # noqa: S108  # in a copy that is discarded
    (root / path.lstrip("/")).write_text("{}\n", "utf-8")
    said = said_to_user(root, "gio", "info", "--attributes=standard::content-type", path)
    return said.rpartition("standard::content-type: ")[2].strip()


def said_to_user(root: Path, *command: str) -> str:
    """Return what a command prints for the plain user."""
    done = subprocess.run(
        roots.as_user(root, *command), capture_output=True, text=True, timeout=60, check=False
    )
    return done.stdout + done.stderr


def run(
    root: Path, *arguments: str, stdin: str = "", **settings: str
) -> subprocess.CompletedProcess[str]:
    """Run the installed program as the plain user; return its exit status and output."""
    command = roots.as_user(root, "aldesk", *arguments, **settings)
    return subprocess.run(
        command, input=stdin, capture_output=True, text=True, timeout=120, check=False
    )


if __name__ == "__main__":
    sys.exit(main())
