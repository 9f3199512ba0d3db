"""A site's own policy files, beside the shipped ones: loading, installing, removing.

The name of an installed file contains the day of its installation and the SHA-256 of its content:
a single rename installs it completely, and a later change of the content is detected by the name.
A file with doubts is installed only if each of them was accepted; one without that, put there by
hand, is used, and every result of it tells them. The files that came with Aldesk are never touched.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from app.atomic_file import save
from app.library import accepted_doubts, site_folders
from app.library.doubts import doubts_about
from app.library.examined import Doubt
from app.library.installed_names import InstalledName, name_of, parse_installed_name
from app.library.policies import (
    RESOURCES,
    Library,
    LongId,
    PolicyFile,
    RefusedSince,
    load,
    read_policy_file,
)
from app.library.reader import DataFileError
from app.library.site_folders import SiteError, SiteFolders, accepted_hashes, policy_files_in
from app.model.policy import Policy


class _NotAccepted(SiteError):
    """The administrator's list of accepted files does not contain the file."""


class _OnlyForRecords(SiteError):
    """A file that is refused since; by `policy`, without notes of Aldesk, records are verified."""

    def __init__(self, why: RefusedSince, policy: Policy, reserved: frozenset[str]) -> None:
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
    """A policy file that can be installed; `before` is the version that it follows, or None.

    Each of the `doubts` must be accepted first.
    """

    policy: Policy
    text: bytes
    before: Policy | None
    doubts: tuple[Doubt, ...] = ()


def load_all(site: SiteFolders | None = None, resources: Path = RESOURCES) -> Library:
    """Return the shipped policies and the site's. Raises DataFileError for a shipped file.

    A site's file that cannot be used is left out, and `Library.refused` says why.
    """
    library, _ = read_site(load(resources), site or site_folders.default_folders())
    return library


def read_site(library: Library, site: SiteFolders) -> tuple[Library, tuple[InstalledFile, ...]]:
    """Return the library with the site's usable files added, and these files."""
    installed: list[InstalledFile] = []
    read: list[PolicyFile] = []
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
            read.append(one)
    installed = [
        _with_doubts(file, one, _older(file, installed, library))
        for file, one in zip(installed, read, strict=True)
    ]
    told = {one.policy.sha256: one.policy for one in installed}
    library = replace(
        library,
        policies=tuple(told.get(one.sha256, one) for one in library.policies),
        refused=tuple(refused),
        unusable=tuple(unusable),
        for_records=tuple(for_records),
    )
    return library, tuple(installed)


def _older(file: InstalledFile, installed: list[InstalledFile], library: Library) -> Library:
    """Return the library without the site's files that were not taken before the day of this one.

    Whoever took those was asked about any difference from this one.
    """
    later = {one.policy.sha256 for one in installed if one.installed_on >= file.installed_on}
    older = tuple(one for one in library.policies if one.sha256 not in later)
    return replace(library, policies=older)


def _with_doubts(file: InstalledFile, read: PolicyFile, older: Library) -> InstalledFile:
    """Return a file whose policy says what is in doubt, and which of it was accepted."""
    accepted = accepted_doubts.accepted(file.path.parent, read.policy.sha256)
    rest = [one.sentence for one in doubts_in(read, older) if one.id not in accepted]
    told = replace(read.policy, accepted_doubts=tuple(accepted.values()), open_doubts=tuple(rest))
    return replace(file, policy=told)


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
    doubts = doubts_in(one, library)
    return NewPolicy(one.policy, one.text, before[-1] if before else None, doubts)


def doubts_in(file: PolicyFile, library: Library) -> tuple[Doubt, ...]:
    """Return the doubts about a file beside every version of the library."""
    label = library.reference_data.label
    return doubts_about(file, library.policies, library.base_catalog, label)


class DoubtsNotAccepted(SiteError):
    """A file cannot be installed, because doubts about it are not accepted."""

    def __init__(self, doubts: Iterable[Doubt]) -> None:
        self.doubts = tuple(doubts)
        ids = ", ".join(one.id for one in self.doubts)
        super().__init__(f"Nobody has accepted these doubts about the file: {ids}.")


def install(new: NewPolicy, folder: Path, on: date, accepted: Collection[str] = ()) -> Path:
    """Install a file in one step and return its path; `accepted` has the ids of its doubts.

    Raises DoubtsNotAccepted, or OSError, and then installs nothing.
    """
    rest = [one for one in new.doubts if one.id not in accepted]
    if rest:
        raise DoubtsNotAccepted(rest)
    path = folder / str(name_of(new.policy, on))
    folder.mkdir(parents=True, exist_ok=True)
    if new.doubts:
        accepted_doubts.keep(folder, new.policy.sha256, new.doubts, on)
    save(path, new.text)
    return path


def remove(policy: Policy, site: SiteFolders) -> Path:
    """Delete a file of the site and return its path. Raises SiteError or OSError."""
    for folder in site.folders:
        for path in policy_files_in(folder):
            name = parse_installed_name(path.name)
            if name and name.sha256 == policy.sha256:
                path.unlink()
                accepted_doubts.forget(folder, policy.sha256)
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
    since: RefusedSince | None = None
    try:
        one = read_policy_file(path, library.base_catalog, library.reserved_notes)
    except LongId as error:
        one = error.read
    except RefusedSince as error:
        since, one = error, error.read
    if path.name != str(name_of(one.policy, name.installed_on)):
        raise SiteError(f"{path.name} has been changed or renamed since it was taken.")
    _refuse_without_provider(one)
    _refuse_unless_accepted(one.policy, accepted)
    if since:
        raise _OnlyForRecords(since, one.policy, library.reserved_notes)
    return one, InstalledFile(path, one.policy, name.installed_on)


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
