"""Checks the Windows packages under Wine: install, run, upgrade, no downgrade, remove, unpack.

Windows itself may differ, so the release job runs the installed program there, too.
"""

import argparse
import shutil
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from app import __version__
from app.files.case_file import case_bytes
from app.model.case_json import read_case
from build_scripts.checks.report import Report
from build_scripts.checks.windows_machine import Machine
from build_scripts.steps import windows, wine
from build_scripts.steps.contents import ROOT
from build_scripts.steps.freeze import BuildError

SCREENSHOT = ROOT / "build" / "wine-window.png"
OPENED = ROOT / "build" / "wine-opened.png"
CHANGED = ("_internal/resources/label.yaml", "_internal/PySide6/plugins/iconengines/qsvgicon.dll")
REMOVED = "_internal/PySide6/plugins/platforms/qoffscreen.dll"  # needed by checks elsewhere only
_CASE = {
    "policy": "cigna-ip0407",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
    "weight_kg": "70.5",
}
UNWANTED = ("network", "qml", "quick", "sql", "opengl32sw", "icuuc", "mscms", "tzdata")


def main() -> int:
    """Check and return the exit status."""
    parser = argparse.ArgumentParser(
        prog="check.py wine", description="Prove the Windows packages."
    )
    parser.add_argument("--frozen", type=Path, help="a folder that is packed already")
    report = Report("wine")
    try:
        wine.prepare()
        frozen = parser.parse_args().frozen or wine.freeze()
        with tempfile.TemporaryDirectory(dir=wine.MACHINE) as work:
            _check(report, frozen, Path(work))
    except BuildError as error:
        report.expect(False, "the packages can be made and tried", error)
    return report.status()


def _check(report: Report, frozen: Path, work: Path) -> None:
    installer, archive = windows.wrap(frozen, work)
    unwanted = list(_unwanted(frozen))
    report.expect(not unwanted, "nothing goes along that Aldesk never loads", unwanted[:5])
    machine = Machine(report, "testing")
    untouched = machine.state()
    _check_installed(report, machine, installer)
    newer = _make_newer(frozen, work)
    _check_upgrade(report, machine, installer, newer)
    machine.uninstall(newer)
    machine.expect_no_file_type()
    left = sorted(machine.state() - untouched)
    report.expect(not left, "uninstalling leaves no file, shortcut or registry key", left[:10])
    _check_portable(report, machine, archive)


def _unwanted(frozen: Path) -> Iterator[str]:
    for file in sorted(frozen.rglob("*")):
        path = file.relative_to(frozen).as_posix()
        if any(word in path.lower() for word in UNWANTED):
            yield path


def _check_installed(report: Report, machine: Machine, installer: Path) -> None:
    report.expect(machine.install(installer) == 0, "the installer runs silently")
    machine.expect_working("the installed program")
    machine.expect_versions()
    said = machine.program("aldesk-cli.exe", "policies").stdout
    both = "cigna-ip0407" in said and "express-scripts-um-proleukin" in said
    report.expect(both, "aldesk-cli.exe policies prints both policies", said)
    machine.expect_window(SCREENSHOT)
    machine.expect_entry(__version__)
    machine.expect_shortcut()
    machine.expect_file_type()
    machine.expect_opened(case_bytes(read_case(_CASE)), OPENED)


def _make_newer(frozen: Path, work: Path) -> Path:
    """Return an installer of the next version, with some files changed and one removed."""
    folder = work / "newer" / "Aldesk"
    shutil.copytree(frozen, folder)
    for path in CHANGED:
        with (folder / path).open("ab") as file:
            file.write(b"\n# changed\n")
    (folder / REMOVED).unlink()
    first, second, third = __version__.split(".")
    version = f"{first}.{second}.{int(third) + 1}"
    return windows.wrap(folder, work / "newer", version=version)[0]


def _check_upgrade(report: Report, machine: Machine, older: Path, newer: Path) -> None:
    report.expect(machine.install(newer) == 0, "a newer version installs silently over the older")
    machine.expect_entry(newer.name.split("-")[1])
    machine.expect_file_type()
    _expect_newer(report, machine, "the upgrade")
    refused = machine.install(older)
    report.expect(refused != 0, "the older version is refused then")
    _expect_newer(report, machine, "the refusal")


def _expect_newer(report: Report, machine: Machine, event: str) -> None:
    for path in CHANGED:
        file = machine.folder / path
        changed = file.is_file() and file.read_bytes().endswith(b"\n# changed\n")
        report.expect(changed, f"after {event}, {file.name} is the newer one")
    gone = not (machine.folder / REMOVED).exists()
    report.expect(gone, f"after {event}, {Path(REMOVED).name} of the older version is gone")
    machine.expect_working(f"after {event}, the installed program")


def _check_portable(report: Report, machine: Machine, archive: Path) -> None:
    folder = machine.drive / "Klinik für Onkologie"
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
        tops = {name.split("/")[0] for name in packed.namelist()}
    report.expect(tops == {"Aldesk"}, "the zip holds one folder, Aldesk", tops)
    machine.folder = folder / "Aldesk"
    machine.expect_working("the program from the zip, in a folder of another name,")


if __name__ == "__main__":
    sys.exit(main())
