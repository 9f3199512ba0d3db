"""What stands under a name, to be compared before a file is replaced.

Nothing that a window has not opened or saved itself goes without a question that says what it is.
"""

import errno
import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from app.bounded_file import MAX_BYTES, open_file

What = Literal["nothing", "case", "record", "results", "pdf", "calendar", "other"]

_BEGINNINGS: tuple[tuple[bytes, What], ...] = (
    (b'{\n  "format": "aldesk-case"', "case"),
    (b'{\n  "format": "aldesk-record"', "record"),
    (b"%PDF-", "pdf"),
    (b"BEGIN:VCALENDAR", "calendar"),
)
_OF_RESULTS = b"approval_status"  # a column of a worklist's results, and a key of a determination
_BEGINNING_BYTES = 1 << 16


class ChangedMeanwhile(OSError):
    """Another program has changed the file since somebody looked."""

    def __init__(self) -> None:
        super().__init__(errno.EBUSY, "Another window or program has just changed this file")


@dataclass(frozen=True, slots=True)
class Standing:
    """What stood under a name; equal where it is the same.

    The mark is the hash of the content or, of a file that is larger than what Aldesk reads, what
    tells its versions apart.
    """

    mark: str
    what: What = field(compare=False)

    @property
    def is_nothing(self) -> bool:
        """Whether there was no file."""
        return self.what == "nothing"

    def check(self, path: Path) -> None:
        """Raise ChangedMeanwhile if something else stands there now."""
        if standing_at(path) != self:
            raise ChangedMeanwhile


NOTHING = Standing("", "nothing")


def mark_of(data: bytes) -> str:
    """Return the mark of a file with this content."""
    return hashlib.sha256(data).hexdigest()


def standing_at(path: Path) -> Standing:
    """Return what stands under a name. Raises OSError for anything but a readable file."""
    try:
        with open_file(path) as file:
            status = os.fstat(file.fileno())
            is_large = status.st_size > MAX_BYTES
            data = file.read(_BEGINNING_BYTES if is_large else MAX_BYTES)
    except FileNotFoundError:
        return NOTHING
    version = f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns}"
    return Standing(version if is_large else mark_of(data), _what(data[:_BEGINNING_BYTES]))


def _what(beginning: bytes) -> What:
    for start, what in _BEGINNINGS:
        if beginning.startswith(start):
            return what
    return "results" if _OF_RESULTS in beginning else "other"
