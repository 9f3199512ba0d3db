"""Checks that every file in a packed folder belongs to a listed component with a license text.

Also checks what the LGPL requires, and that the bill of materials is valid and names the same
components.
"""

import argparse
import json
import re
import sys
import tempfile
from importlib import metadata
from pathlib import Path

from cyclonedx.schema import OutputFormat
from cyclonedx.validation import make_schemabased_validator
from license_expression import get_spdx_licensing

from app.help.components import Component, components
from app.library import DataFileError
from build_scripts.checks import packed
from build_scripts.checks.report import Report
from build_scripts.steps import crates, inventory, sbom
from build_scripts.steps.contents import ROOT
from build_scripts.steps.freeze import BuildError
from build_scripts.steps.integrity import SUMS, artifacts, sha256

_LGPL = ("texts/LGPL-3.0.txt", "texts/GPL-3.0.txt", "NOTICE.md")


def main() -> int:
    """Run the checks and return the exit status."""
    parser = argparse.ArgumentParser(prog="check.py licenses", description="Prove the licenses.")
    parser.add_argument("--frozen", type=Path, default=packed.FOLDER, help="the packed folder")
    frozen = parser.parse_args().frozen
    report = Report("licenses")
    try:
        names = packed.files(frozen)
        listed = inventory.listed(frozen, inventory.system_of(frozen))
        _have_owners(report, listed, names)
        _have_texts(report, listed, frozen)
        _told_versions(report, listed, frozen)
        _expressions(report, listed)
        _agree(report, listed)
        _lgpl(report, listed, frozen)
        if (frozen / "aldesk").exists():
            _modules(report, listed, frozen)
        _bill(report, listed, frozen)
        _sums(report, ROOT / "dist")
    except (BuildError, DataFileError) as error:
        report.expect(holds=False, what="the check could run", why_not=error)
    return report.status()


def _have_owners(report: Report, listed: tuple[Component, ...], names: list[str]) -> None:
    owners = {name: [one.name for one in listed if one.accounts_for(name)] for name in names}
    wrong = {name: found for name, found in owners.items() if len(found) != 1}
    report.expect(not wrong, f"each of {len(names)} packed files belongs to one component", wrong)
    stale = [
        (one.name, pattern)
        for one in listed
        for pattern in one.files
        if not one.inside and not any(one.accounts_for(name) for name in names)
    ]
    report.expect(not stale, f"each of {len(listed)} components has packed files", stale)


def _have_texts(report: Report, listed: tuple[Component, ...], frozen: Path) -> None:
    folder = inventory.resources_of(frozen) / "licenses" / "texts"
    there = {one.stem for one in folder.iterdir() if one.stat().st_size > 0}
    named = {text for one in listed for text in one.texts}
    report.expect(named <= there, "every license text is in the folder", named - there)
    anywhere = components(inventory.resources_of(frozen))  # all systems have the same folder
    unused = {one.stem for one in folder.iterdir()} - {
        text for one in anywhere for text in one.texts
    }
    report.expect(not unused, "no license text is there for nothing", unused)


def _told_versions(report: Report, listed: tuple[Component, ...], frozen: Path) -> None:
    """Check that each compiled-in component with a version pattern is still found in its file."""
    lost = [
        one.name
        for one in listed
        if one.version_pattern and not inventory.version(one, listed, frozen)
    ]
    report.expect(not lost, "every version that the packed files tell is found", lost)


def _agree(report: Report, listed: tuple[Component, ...]) -> None:
    """Check each license against the one that the Python distribution states."""
    wrong = {}
    for one in listed:
        if inventory.is_distribution(one):
            of_itself = metadata.metadata(str(one.version_of))
            told = of_itself.get_all("License-Expression") or of_itself.get_all("License")
            offered = str((told or ["nothing"])[0])
            if not crates.may_be_had(offered, one.license):
                wrong[one.name] = f"{one.license}, but it says {offered}"
    report.expect(not wrong, "every Python distribution has the license that it states", wrong)


def _expressions(report: Report, listed: tuple[Component, ...]) -> None:
    licensing = get_spdx_licensing()
    # Names for licenses that SPDX does not list begin with LicenseRef-.
    expressions = {one.name: re.sub(r"LicenseRef-[\w.-]+", "MIT", one.license) for one in listed}
    wrong = {name: licensing.validate(text).errors for name, text in expressions.items()}
    wrong = {name: errors for name, errors in wrong.items() if errors}
    report.expect(not wrong, "every license is an SPDX expression", wrong)
    bare = [one["name"] for one in crates.crates() if not crates.component_of(one, listed)]
    report.expect(not bare, "every Rust crate in pydantic-core has its license text", bare)


def _lgpl(report: Report, listed: tuple[Component, ...], frozen: Path) -> None:
    folder = inventory.resources_of(frozen) / "licenses"
    missing = [name for name in _LGPL if not (folder / name).is_file()]
    report.expect(not missing, "the LGPL, the GPL and the notice of Qt's source go along", missing)
    lesser = [one for one in listed if one.license.startswith("LGPL") and not one.inside]
    libraries = {one.name: list(inventory.files_of(one, frozen)) for one in lesser}
    apart = lesser and all(
        any(".so" in one.name or one.suffix in (".dll", ".dylib", ".pyd") for one in files)
        for files in libraries.values()
    )
    report.expect(apart, "what is under the LGPL lies in libraries of its own", libraries)


def _modules(report: Report, listed: tuple[Component, ...], frozen: Path) -> None:
    known = {inventory.canonical(one.name).replace("-", "_") for one in listed}
    # Modules whose name differs from that of their distribution.
    known |= {"app", "dateutil", "yaml", "pyside6", "shibokensupport", *sys.stdlib_module_names}
    tops = {name.partition(".")[0] for name in packed.modules(frozen)}
    unknown = {
        one
        for one in tops
        if one.lower() not in known and one not in known and not one.startswith(("pyi", "_"))
    }
    report.expect(not unknown, "every packed Python module belongs to a component", unknown)


def _bill(report: Report, listed: tuple[Component, ...], frozen: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = sbom.write(frozen, Path(folder)).read_text("utf-8")
        again = sbom.write(frozen, Path(folder)).read_text("utf-8")
    report.expect(text == again, "the bill of materials is the same each time")
    error = make_schemabased_validator(OutputFormat.JSON, sbom.SCHEMA).validate_str(text)
    report.expect(error is None, "the bill of materials is valid CycloneDX", error)
    bill = json.loads(text)
    named = {one["name"] for one in [bill["metadata"]["component"], *bill["components"]]}
    missing = {one.name for one in listed} - named
    report.expect(not missing, "the bill of materials names every component", missing)


def _sums(report: Report, dist: Path) -> None:
    if not (dist / SUMS).exists():
        print(f"      no {SUMS} yet: nothing is built")
        return
    lines = [f"{sha256(one)}  {one.name}" for one in artifacts(dist)]
    same = (dist / SUMS).read_text("utf-8").splitlines() == lines
    report.expect(same, f"{SUMS} fits every artifact")


if __name__ == "__main__":
    sys.exit(main())
