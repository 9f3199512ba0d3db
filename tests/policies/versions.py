"""Which versions of policies ship, and which of them have their tables in this folder.

A version is named by id and version, and so is its folder here. Tests of documents run over the
versions with tables; that one is without is a matter of one test, which says what to write.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from app.library import RESOURCES, Library, load

FOLDER = Path(__file__).parent
CIGNA, EXPRESS_SCRIPTS = "cigna-ip0407", "express-scripts-um-proleukin"
# Those that tests of two documents side by side, and the second computation, are about.
CIGNA_VERSION, EXPRESS_SCRIPTS_VERSION = "2026-05-01", "2025-02-05"
TABLES = {
    "decision_tables/*.yaml": "which answers meet its criteria, a table for each use and route",
    "facts.yaml": "first day, review, limits, approvals, statuses and notes",
    "citations.yaml": "where the document has each value",
    "sentences.yaml": "every sentence of the document, with its place or why it has none",
}


@dataclass(frozen=True, order=True)
class Version:
    """One version of one policy, by the name of its file."""

    name: str

    @property
    def file(self) -> Path:
        """The policy file that ships."""
        return RESOURCES / "policies" / f"{self.name}.yaml"

    @property
    def folder(self) -> Path:
        """Where the tables of this version are."""
        return FOLDER / self.name

    @property
    def missing(self) -> tuple[str, ...]:
        """The tables that are not there."""
        return tuple(name for name in TABLES if not any(self.folder.glob(name)))

    def read(self, name: str) -> Any:
        """Return one of the tables, which is of this version."""
        data = yaml.safe_load((self.folder / name).read_text("utf-8"))
        assert f"{data['policy']}-{data['version']}" == self.name, f"{self.name}/{name}"
        return data


SHIPPED = tuple(Version(file.stem) for file in sorted((RESOURCES / "policies").glob("*.yaml")))
DOCUMENTED = tuple(one for one in SHIPPED if not one.missing)


def version_of(policy_id: str, version: str) -> Version:
    """Return a documented version by id and version."""
    return next(one for one in DOCUMENTED if one.name == f"{policy_id}-{version}")


def shipped_library(*versions: Version) -> Library:
    """Return the shipped library with these versions only, or with all that have tables."""
    whole = load(RESOURCES)
    names = {one.name for one in versions or DOCUMENTED}
    policies = tuple(one for one in whole.policies if f"{one.id}-{one.version}" in names)
    return Library(policies, whole.catalog, whole.reference_data)


def the_two() -> Library:
    """Return the library of the two documents that are compared with each other."""
    return shipped_library(
        version_of(CIGNA, CIGNA_VERSION), version_of(EXPRESS_SCRIPTS, EXPRESS_SCRIPTS_VERSION)
    )
