"""A site's own policy files, beside those that came with Aldesk: loading, taking, removing them.

The name of a taken file holds the day on which it was taken and the SHA-256 of its content: one
rename installs it whole, and a file that was changed afterwards is told by its name. The files
that came with Aldesk are never touched.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import platformdirs

from app.library import taken_name
from app.library.reader import DataFileError
from app.library.shelf import RESOURCES, Library, PolicyFile, is_policy_file, load, read_policy_file
from app.library.taken_name import TakenName
from app.model.policy import Policy
from app.saving import save, why_not

ACCEPTED = "accepted-policies.txt"

_MACHINE = {
    # Inside Program Files; any user may put files into ProgramData.
    "win32": Path(sys.executable).parent / "site",
    "darwin": Path("/Library/Application Support/Aldesk"),
}
_PIN = re.compile(r"([0-9A-Fa-f]{64})(?:\s.*)?")


class SiteError(Exception):
    """What the site asks for is not possible; the message says why, for a person."""


class _NotAccepted(SiteError):
    """The administrator's list does not name the file."""


@dataclass(frozen=True, slots=True)
class Places:
    """The two folders of a site: for all users, where an administrator writes, and for one user.

    Each holds its files in `policies`; the hashes that an administrator accepts are in `ACCEPTED`
    in the one for all users.
    """

    machine: Path
    user: Path

    @property
    def folders(self) -> tuple[Path, Path]:
        """Where policy files lie; those for all users come first."""
        return self.machine / "policies", self.user / "policies"


@dataclass(frozen=True, slots=True)
class TakenFile:
    """A policy file of the site: where it lies and when it was taken."""

    path: Path
    policy: Policy
    taken_on: date


@dataclass(frozen=True, slots=True)
class NewPolicy:
    """A policy file that could be taken, with the version that it follows, if there is one."""

    policy: Policy
    text: bytes
    before: Policy | None


def places() -> Places:
    """Return the folders of this machine and this user.

    No variable of the environment that a user can set leads to the one for all users.
    """
    machine = _MACHINE.get(sys.platform, Path("/etc/aldesk"))
    return Places(machine, platformdirs.user_data_path("Aldesk", appauthor=False))


def load_all(site: Places | None = None, resources: Path = RESOURCES) -> Library:
    """Return the shipped library with the site's files. Raises DataFileError for a shipped file.

    A site's file that cannot be used is left out, and `Library.refused` says why.
    """
    library, _ = read_site(load(resources), site or places())
    return library


def read_site(library: Library, site: Places) -> tuple[Library, tuple[TakenFile, ...]]:
    """Return the library with the site's files that can be used, and these files."""
    taken: list[TakenFile] = []
    refused: list[str] = []
    unusable: list[tuple[str, date]] = []
    try:
        accepted = _accepted_hashes(site)
    except SiteError as error:
        names = (taken_name.parse(path.name) for path in _found(site, refused))
        unusable = [(one.policy_id, one.first_day) for one in names if one]
        return replace(library, refused=(str(error),), unusable=tuple(unusable)), ()
    for path in _found(site, refused):
        name = taken_name.parse(path.name)
        try:
            one, file = _read_taken(path, name, library, accepted)
            library = library.with_policy(one)
        except (DataFileError, SiteError) as error:
            refused.append(f"A policy file of this site is not used. {path.parent}: {error}")
            if name and not isinstance(error, _NotAccepted):
                unusable.append((name.policy_id, name.first_day))
        else:
            taken.append(file)
    library = replace(library, refused=tuple(refused), unusable=tuple(unusable))
    return library, tuple(taken)


def read_new(file: Path, library: Library, site: Places | None = None) -> NewPolicy:
    """Return a file that could be taken. Raises DataFileError or SiteError, which say why not."""
    one = read_policy_file(file, library.catalog)
    _refuse_without_provider(one)
    library.with_policy(one)
    accepted = _accepted_hashes(site or places())
    _refuse_unless_accepted(one.policy, accepted)
    before = [
        other
        for other in library.policies
        if other.id == one.policy.id and other.in_force.first_day < one.policy.in_force.first_day
    ]
    return NewPolicy(one.policy, one.text, before[-1] if before else None)


def take(new: NewPolicy, folder: Path, on: date) -> Path:
    """Install a file in one step and return where it lies. Raises OSError; then nothing changed."""
    path = folder / str(_name(new.policy, on))
    folder.mkdir(parents=True, exist_ok=True)
    save(path, new.text)
    return path


def remove(policy: Policy, site: Places) -> Path:
    """Take a site's file away and return where it lay. Raises SiteError or OSError."""
    for folder in site.folders:
        for path in _policy_files(folder):
            name = taken_name.parse(path.name)
            if name and name.sha256 == policy.sha256:
                path.unlink()
                return path
    raise SiteError(
        f"{policy.document}, version {policy.version}, is no file of this site. What came with"
        " Aldesk cannot be removed."
    )


def _found(site: Places, refused: list[str]) -> Iterator[Path]:
    """Yield the site's files; a folder that cannot be read is refused by itself."""
    for folder in site.folders:
        try:
            yield from _policy_files(folder)
        except SiteError as error:
            refused.append(str(error))


def _policy_files(folder: Path) -> list[Path]:
    """Return the files of a folder, none where there is no folder. Raises SiteError."""
    try:
        return sorted(one for one in folder.iterdir() if is_policy_file(one))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SiteError(
            f"The site's policy folder {folder} is not used: {why_not(error)}"
        ) from None


def _read_taken(
    path: Path, name: TakenName | None, library: Library, accepted: frozenset[str] | None
) -> tuple[PolicyFile, TakenFile]:
    """Return a taken file that may be used. Raises DataFileError or SiteError."""
    if name is None:
        raise SiteError(
            f"{path.name} was put there by hand. Take it with 'aldesk policies add' or under Help,"
            " Policies."
        )
    one = read_policy_file(path, library.catalog)
    if path.name != str(_name(one.policy, name.taken_on)):
        raise SiteError(f"{path.name} has been changed or renamed since it was taken.")
    _refuse_without_provider(one)
    _refuse_unless_accepted(one.policy, accepted)
    return one, TakenFile(path, one.policy, name.taken_on)


def _name(policy: Policy, taken_on: date) -> TakenName:
    return TakenName(policy.id, policy.in_force.first_day, taken_on, policy.sha256)


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


def _accepted_hashes(site: Places) -> frozenset[str] | None:
    """Return the hashes that an administrator accepts, or None where any is. Raises SiteError."""
    path = site.machine / ACCEPTED
    if not os.path.lexists(path):
        return None
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SiteError(
            f"No policy file of this site is used: {path} cannot be read as UTF-8 text."
        ) from None
    return frozenset(_hashes(path, lines))


def _hashes(path: Path, lines: list[str]) -> Iterator[str]:
    """Yield the hash of each line, as sha256sum writes it; # begins a remark."""
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        pin = _PIN.fullmatch(text)
        if pin:
            yield pin[1].lower()
        elif text:
            raise SiteError(
                f"No policy file of this site is used: {path}, line {number}, is no SHA-256."
            )
