"""Saves a file atomically: completely or not at all.

After a crash, a full disk or a power failure there is the old file or the new one, never a part of
one. The name of a temporary file begins with `TEMPORARY`; if a crash leaves such a file behind, a
later save into the same folder deletes it. Where a folder lets files be created but neither renamed
nor deleted, the error names the file that stays.
"""

import errno
import os
import secrets
import stat
import time
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Protocol

TEMPORARY = ".aldesk-saving-"

# Far longer than any save, so that a file which another Aldesk is just writing is not deleted.
_STALE_AFTER_SECONDS = 24 * 60 * 60


class Expected(Protocol):
    """What is expected under a name at the moment in which a new file takes it."""

    @property
    def is_nothing(self) -> bool:
        """Whether no file is expected there."""

    def check(self, path: Path) -> None:
        """Raise OSError if something else stands there."""


def save(path: Path, data: bytes, expected: Expected | None = None) -> None:
    """Write a file in one step. Raises OSError and then leaves the old file unchanged.

    An existing file keeps its permissions. Of a symbolic link, the target is replaced. With
    `expected`, nothing else is replaced; without it, whatever stands there is.
    """
    save_parts(path, (data,), expected)


def save_parts(path: Path, parts: Iterable[bytes], expected: Expected | None = None) -> None:
    """Write a file in one step, piece by piece, so that memory does not grow with its size.

    Raises OSError, or what the parts raise, and then leaves the old file unchanged.
    """
    file = UnfinishedFile(path)
    try:
        for part in parts:
            file.write(part)
        file.finish(expected)
    except BaseException as error:
        file.discard(error)
        raise


class SavedTwice(OSError):
    """The file is saved, but the folder does not let its temporary name be deleted."""

    def __init__(self, told: str) -> None:
        super().__init__(errno.EPERM, told)


class UnfinishedFile:
    """A file that is written beside its place, to take it in one step. Raises OSError.

    Whoever makes one calls `finish` or, after any failure, `discard`.
    """

    def __init__(self, path: Path) -> None:
        self._target, mode = replaceable(path)
        self._temporary = self._target.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
        self._file = self._temporary.open("xb")
        try:
            if mode is not None:
                self._temporary.chmod(mode)
        except BaseException as error:
            self.discard(error)
            raise

    def write(self, part: bytes) -> None:
        """Append to the file."""
        self._file.write(part)

    def finish(self, expected: Expected | None = None) -> None:
        """Let the file take its place, once its content is on the disk."""
        with self._file:
            self._file.flush()
            os.fsync(self._file.fileno())
        if expected is None or not (expected.is_nothing and self._took_free_name()):
            if expected is not None:
                expected.check(self._target)  # as late as can be: no system compares and renames
            self._temporary.replace(self._target)
        settle(self._target)

    def discard(self, error: BaseException) -> None:
        """Delete what is written, or add to the error that it stays."""
        with suppress(OSError):  # what could not be written is not wanted
            self._file.close()
        _clean_up(self._temporary, error)

    def _took_free_name(self) -> bool:
        """Give the file its name in the one step in which the system refuses a name in use.

        False where the file system has no such step.
        """
        try:
            os.link(self._temporary, self._target)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):
            return False
        try:
            self._temporary.unlink()
        except OSError:  # both names are of one file, which must not be emptied
            told = f"It was saved, and has a second name, {self._temporary.name}, to be deleted"
            raise SavedTwice(told) from None
        return True


def replaceable(path: Path) -> tuple[Path, int | None]:
    """Return the file that a save replaces, and its permission bits, or None without a file yet.

    Raises OSError for a folder, a device or a file that must not be written.
    """
    target = Path(os.path.realpath(path))
    return target, _mode(target)


def settle(target: Path) -> None:
    """Write the new name of a saved file to the disk, and delete what a crash has left beside it.

    Never fails: the file is already saved.
    """
    for finish in (_sync_folder, _delete_leftovers):
        with suppress(OSError):
            finish(target.parent)


def _clean_up(temporary: Path, error: BaseException) -> None:
    """Delete a temporary file, or add to the error that it stays, with its name and content."""
    if isinstance(error, SavedTwice):
        return
    try:
        temporary.unlink(missing_ok=True)
    except OSError:
        told = _told_of(temporary)
    else:
        return
    if isinstance(error, OSError):
        raise OSError(error.errno, f"{why_not(error)} {told}") from error
    error.add_note(told)


def _told_of(temporary: Path) -> str:
    """Empty a temporary file that cannot be deleted, and return a sentence about what stays."""
    try:
        os.truncate(temporary, 0)
    except OSError:
        content = "it holds what was to be saved"
    else:
        content = "it is empty now"
    return (
        f"A hidden file could not be removed from the folder and stays there: {temporary.name} "
        f"({content}). Delete it, or have it deleted"
    )


def why_not(error: OSError) -> str:
    """Return the operating system's reason why a file cannot be read or written, as a sentence."""
    return f"{(error.strerror or type(error).__name__).rstrip('.')}."


def _mode(target: Path) -> int | None:
    """Return the permission bits of the existing file, or None without one.

    Raises OSError for a folder, a device or a file that must not be written.
    """
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "Not a regular file")
    if not os.access(target, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    return stat.S_IMODE(mode)


def _delete_leftovers(folder: Path) -> None:
    """Delete the temporary files that a crash has left behind."""
    oldest = time.time() - _STALE_AFTER_SECONDS
    for left in folder.iterdir():
        with suppress(OSError):  # another Aldesk may be deleting it
            if left.name.startswith(TEMPORARY) and left.stat().st_mtime < oldest:
                left.unlink()


def _sync_folder(folder: Path) -> None:
    """Write the folder itself to the disk, so that the renaming survives a power failure."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
