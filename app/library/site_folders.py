"""The folders of a site's own policy files, and which of them an administrator accepts.

Reads names and the list of accepted files only; what is in a policy file is read elsewhere.
"""

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from app.atomic_file import why_not
from app.library.policies import is_policy_file

ACCEPTED = "accepted-policies.txt"

_MACHINE = {
    # Inside Program Files; any user may put files into ProgramData.
    "win32": Path(sys.executable).parent / "site",
    "darwin": Path("/Library/Application Support/Aldesk"),
}
_PIN = re.compile(r"([0-9A-Fa-f]{64})(?:\s.*)?")


class SiteError(Exception):
    """What the site asks for is not possible; the message says why, for a person."""


@dataclass(frozen=True, slots=True)
class SiteFolders:
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


def default_folders() -> SiteFolders:
    """Return the folders of this machine and this user.

    No variable of the environment that a user can set leads to the one for all users.
    """
    machine = _MACHINE.get(sys.platform, Path("/etc/aldesk"))
    return SiteFolders(machine, platformdirs.user_data_path("Aldesk", appauthor=False))


def policy_files_in(folder: Path) -> list[Path]:
    """Return the files of a folder, none where there is no folder. Raises SiteError."""
    try:
        return sorted(one for one in folder.iterdir() if is_policy_file(one))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SiteError(
            f"The site's policy folder {folder} is not used: {why_not(error)}"
        ) from None


def accepted_hashes(site: SiteFolders) -> frozenset[str] | None:
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
