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

TEMPORARY = ".aldesk-saving-"

# Far longer than any save, so that a file which another Aldesk is just writing is not deleted.
_STALE_AFTER_SECONDS = 24 * 60 * 60


def save(path: Path, data: bytes) -> None:
    """Write a file in one step. Raises OSError and then leaves the old file unchanged.

    An existing file keeps its permissions. Of a symbolic link, the target is replaced.
    """
    save_parts(path, (data,))


def save_parts(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file in one step, piece by piece, so that memory does not grow with its size.

    Raises OSError, or what the parts raise, and then leaves the old file unchanged.
    """
    target, mode = replaceable(path)
    temporary = target.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        _write(temporary, parts, mode)
        temporary.replace(target)
    except BaseException as error:
        _clean_up(temporary, error)
        raise
    settle(target)


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


def _write(temporary: Path, parts: Iterable[bytes], mode: int | None) -> None:
    with temporary.open("xb") as file:
        if mode is not None:
            temporary.chmod(mode)
        for part in parts:
            file.write(part)
        file.flush()
        os.fsync(file.fileno())


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
