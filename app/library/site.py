"""A site's own policy files, beside the shipped ones: loading, installing, removing.

The name of an installed file contains the day of its installation and the SHA-256 of its content:
a single rename installs it completely, and a later change of the content is detected by the name.
The files that came with Aldesk are never touched.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.atomic_file import save
from app.library import site_folders
from app.library.policies import (
    RESOURCES,
    Library,
    PolicyFile,
    ReservedNoteId,
    load,
    read_policy_file,
)
from app.library.reader import DataFileError
from app.library.site_folders import SiteError, SiteFolders, accepted_hashes, policy_files_in
from app.model.policy import Policy

_DATE = r"\d{4}-\d\d-\d\d"
_NAME_PATTERN = re.compile(rf"([^_]+)_({_DATE})_taken-({_DATE})_([0-9a-f]{{64}})\.yaml")


@dataclass(frozen=True, slots=True)
class InstalledName:
    """The parts of the name of an installed file."""

    policy_id: str
    first_day: date
    installed_on: date
    sha256: str

    def __str__(self) -> str:
        return f"{self.policy_id}_{self.first_day}_taken-{self.installed_on}_{self.sha256}.yaml"


def parse_installed_name(name: str) -> InstalledName | None:
    """Return the parts of a name, or None if it is not the name of an installed file."""
    found = _NAME_PATTERN.fullmatch(name)
    if not found:
        return None
    try:
        return InstalledName(
            found[1], date.fromisoformat(found[2]), date.fromisoformat(found[3]), found[4]
        )
    except ValueError:
        return None


class _NotAccepted(SiteError):
    """The administrator's list of accepted files does not contain the file."""


class _OnlyForRecords(SiteError):
    """A file with notes under ids of Aldesk; by `policy`, without them, records are verified."""

    def __init__(self, why: ReservedNoteId, policy: Policy, reserved: frozenset[str]) -> None:
        super().__init__(
            f"{why}. Change that in a copy of the file, and take the copy with 'aldesk policies"
            " add'. Records by this file can be verified as long as it lies there."
        )
        own = tuple(note for note in policy.notes if note.id not in reserved)
        self.policy = replace(policy, notes=own)


@dataclass(frozen=True, slots=True)
class InstalledFile:
    """A policy file of the site, with its path and the day of its installation."""

    path: Path
    policy: Policy
    installed_on: date


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """A policy file that can be installed; `before` is the version that it follows, or None."""

    policy: Policy
    text: bytes
    before: Policy | None


def load_all(site: SiteFolders | None = None, resources: Path = RESOURCES) -> Library:
    """Return the shipped policies and the site's. Raises DataFileError for a shipped file.

    A site's file that cannot be used is left out, and `Library.refused` says why.
    """
    library, _ = read_site(load(resources), site or site_folders.default_folders())
    return library


def read_site(library: Library, site: SiteFolders) -> tuple[Library, tuple[InstalledFile, ...]]:
    """Return the library with the site's usable files added, and these files."""
    installed: list[InstalledFile] = []
    refused: list[str] = []
    unusable: list[tuple[str, date]] = []
    for_records: list[Policy] = []
    try:
        accepted = accepted_hashes(site)
    except SiteError as error:
        names = (parse_installed_name(path.name) for path in _site_files(site, refused))
        unusable = [(one.policy_id, one.first_day) for one in names if one]
        return replace(library, refused=(str(error),), unusable=tuple(unusable)), ()
    for path in _site_files(site, refused):
        name = parse_installed_name(path.name)
        try:
            one, file = _read_installed(path, name, library, accepted)
            library = library.with_policy(one)
        except (DataFileError, SiteError) as error:
            refused.append(f"A policy file of this site is not used. {path.parent}: {error}")
            if name and not isinstance(error, _NotAccepted):
                unusable.append((name.policy_id, name.first_day))
            if isinstance(error, _OnlyForRecords):
                for_records.append(error.policy)
        else:
            installed.append(file)
    library = replace(
        library,
        refused=tuple(refused),
        unusable=tuple(unusable),
        for_records=tuple(for_records),
    )
    return library, tuple(installed)


def read_new(file: Path, library: Library, site: SiteFolders | None = None) -> NewPolicy:
    """Return a file that can be installed. Raises DataFileError or SiteError with the reason."""
    one = read_policy_file(file, library.base_catalog, library.reserved_notes)
    _refuse_without_provider(one)
    library.with_policy(one)
    accepted = accepted_hashes(site or site_folders.default_folders())
    _refuse_unless_accepted(one.policy, accepted)
    before = [
        other
        for other in library.policies
        if other.id == one.policy.id and other.in_force.first_day < one.policy.in_force.first_day
    ]
    return NewPolicy(one.policy, one.text, before[-1] if before else None)


def install(new: NewPolicy, folder: Path, on: date) -> Path:
    """Install a file in one step and return its path. Raises OSError and then installs nothing."""
    path = folder / str(_name(new.policy, on))
    folder.mkdir(parents=True, exist_ok=True)
    save(path, new.text)
    return path


def remove(policy: Policy, site: SiteFolders) -> Path:
    """Delete a file of the site and return its path. Raises SiteError or OSError."""
    for folder in site.folders:
        for path in policy_files_in(folder):
            name = parse_installed_name(path.name)
            if name and name.sha256 == policy.sha256:
                path.unlink()
                return path
    raise SiteError(
        f"{policy.document}, version {policy.version}, is no file of this site. What came with"
        " Aldesk cannot be removed."
    )


def _site_files(site: SiteFolders, refused: list[str]) -> Iterator[Path]:
    """Yield the paths of the site's files; add a sentence to `refused` for an unreadable folder."""
    for folder in site.folders:
        try:
            yield from policy_files_in(folder)
        except SiteError as error:
            refused.append(str(error))


def _read_installed(
    path: Path, name: InstalledName | None, library: Library, accepted: frozenset[str] | None
) -> tuple[PolicyFile, InstalledFile]:
    """Return an installed file if it may be used. Raises DataFileError or SiteError if not."""
    if name is None:
        raise SiteError(
            f"{path.name} was put there by hand. Take it with 'aldesk policies add' or under Help,"
            " Policies."
        )
    reserved: ReservedNoteId | None = None
    try:
        one = read_policy_file(path, library.base_catalog, library.reserved_notes)
    except ReservedNoteId as error:
        reserved, one = error, error.read
    if path.name != str(_name(one.policy, name.installed_on)):
        raise SiteError(f"{path.name} has been changed or renamed since it was taken.")
    _refuse_without_provider(one)
    _refuse_unless_accepted(one.policy, accepted)
    if reserved:
        raise _OnlyForRecords(reserved, one.policy, library.reserved_notes)
    return one, InstalledFile(path, one.policy, name.installed_on)


def _name(policy: Policy, installed_on: date) -> InstalledName:
    return InstalledName(policy.id, policy.in_force.first_day, installed_on, policy.sha256)


def _refuse_without_provider(one: PolicyFile) -> None:
    if one.policy.provided_by is None:
        message = "the key is missing; it says who provides the file at this site"
        raise DataFileError(one.path, 1, ("provided_by",), message)


def _refuse_unless_accepted(policy: Policy, accepted: frozenset[str] | None) -> None:
    if accepted is not None and policy.sha256 not in accepted:
        raise _NotAccepted(
            f"{policy.document}, version {policy.version}, is not among the policy files that this"
            f" computer's administrator accepts (SHA-256 {policy.sha256})."
        )
