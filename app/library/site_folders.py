"""The folders of a site's own policy files, and the list of files that an administrator accepts.

Reads file names and that list only; `app.library.site` reads the policy files.
"""

import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from app.atomic_file import why_not
from app.bounded_file import read_file
from app.library.policies import is_policy_file

ACCEPTED = "accepted-policies.txt"

_MACHINE = {
    # Inside Program Files, because any user may put files into ProgramData.
    "win32": Path(sys.executable).parent / "site",
    "darwin": Path("/Library/Application Support/Aldesk"),
}
_HASH_LINE = re.compile(r"([0-9A-Fa-f]{64})(?:\s.*)?")


class SiteError(Exception):
    """A file or folder of the site cannot be used or changed; the message tells people why."""


@dataclass(frozen=True, slots=True)
class SiteFolders:
    """The two folders of a site: `machine` for all users, written by an administrator, and `user`.

    Policy files are in the subfolder `policies` of each. The hashes that an administrator accepts
    are in the file `ACCEPTED` in `machine`.
    """

    machine: Path
    user: Path

    @property
    def folders(self) -> tuple[Path, Path]:
        """The folders of the policy files; the one for all users comes first."""
        return self.machine / "policies", self.user / "policies"


def default_folders() -> SiteFolders:
    """Return the folders of this machine and this user.

    The folder for all users depends on no environment variable, because a user can set those.
    """
    machine = _MACHINE.get(sys.platform, Path("/etc/aldesk"))
    return SiteFolders(machine, platformdirs.user_data_path("Aldesk", appauthor=False))


def policy_files_in(folder: Path) -> list[Path]:
    """Return the policy files of a folder, none if there is no folder. Raises SiteError."""
    try:
        return sorted(one for one in folder.iterdir() if is_policy_file(one))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise SiteError(
            f"The site's policy folder {folder} is not used: {why_not(error)}"
        ) from None


def accepted_hashes(site: SiteFolders) -> frozenset[str] | None:
    """Return the accepted SHA-256 hashes, or None if any file is accepted. Raises SiteError."""
    path = site.machine / ACCEPTED
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError:  # a folder that hides its list is not one without a list
        pass
    try:
        lines = read_file(path).decode("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SiteError(
            f"No policy file of this site is used: {path} cannot be read as UTF-8 text."
        ) from None
    return frozenset(_hashes(path, lines))


def _hashes(path: Path, lines: list[str]) -> Iterator[str]:
    """Yield the hash of each line (as in sha256sum; # begins a comment). Raises SiteError."""
    for number, line in enumerate(lines, start=1):
        text = line.partition("#")[0].strip()
        pin = _HASH_LINE.fullmatch(text)
        if pin:
            yield pin[1].lower()
        elif text:
            raise SiteError(
                f"No policy file of this site is used: {path}, line {number}, is no SHA-256."
            )
