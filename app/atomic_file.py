"""Saves a file atomically: completely or not at all.

After a crash, a full disk or a power failure there is the old file or the new one, never a part of
one. The name of a temporary file begins with `TEMPORARY`; if a crash leaves such a file behind, a
later save into the same folder deletes it.
"""

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".aldesk-saving-"

# Far longer than any save, so that a file which another Aldesk is just writing is not deleted.
_STALE_AFTER_SECONDS = 24 * 60 * 60


def save(path: Path, data: bytes) -> None:
    """Write a file in one step. Raises OSError and then leaves the old file unchanged.

    An existing file keeps its permissions. Of a symbolic link, the target is replaced.
    """
    target = Path(os.path.realpath(path))
    mode = _mode(target)
    temporary = target.with_name(f"{TEMPORARY}{secrets.token_hex(8)}")
    try:
        _write(temporary, data, mode)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    for finish in (_sync_folder, _delete_leftovers):
        with suppress(OSError):  # the file is already saved
            finish(target.parent)


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


def _write(temporary: Path, data: bytes, mode: int | None) -> None:
    with temporary.open("xb") as file:
        if mode is not None:
            temporary.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def _delete_leftovers(folder: Path) -> None:
    """Delete the temporary files that a crash has left behind."""
    oldest = time.time() - _STALE_AFTER_SECONDS
    for left in folder.iterdir():
        if left.name.startswith(TEMPORARY) and left.stat().st_mtime < oldest:
            left.unlink()


def _sync_folder(folder: Path) -> None:
    """Write the folder itself to the disk, so that the renaming survives a power failure."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
