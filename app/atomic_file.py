"""Saves a file whole or not at all.

A crash, a full disk or a power cut leaves the old file or the new one, never a part. What a crash
leaves beside it begins with `TEMPORARY`, and a later save into the same folder takes it away.
"""

import errno
import os
import secrets
import stat
import time
from contextlib import suppress
from pathlib import Path

TEMPORARY = ".aldesk-saving-"

# Far longer than any save: what another Aldesk writes at this moment stays.
_STALE_AFTER_SECONDS = 24 * 60 * 60


def save(path: Path, data: bytes) -> None:
    """Write a file in one step. Raises OSError, and then the old file is as it was.

    A file that is there keeps its permissions; a link stays one, and its target is written.
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
    for care in (_sync_folder, _clean):
        with suppress(OSError):  # the file is saved, whatever becomes of this
            care(target.parent)


def why_not(error: OSError) -> str:
    """Return why a file cannot be read or written: a sentence in the system's words."""
    return f"{(error.strerror or type(error).__name__).rstrip('.')}."


def _mode(target: Path) -> int | None:
    """Return the permissions of the file that is there, or None. Raises OSError."""
    try:
        mode = target.stat().st_mode
    except FileNotFoundError:
        return None
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    if not stat.S_ISREG(mode):
        raise OSError(errno.EINVAL, "This is a device, no file")
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


def _clean(folder: Path) -> None:
    """Take away what a crash has left behind."""
    oldest = time.time() - _STALE_AFTER_SECONDS
    for left in folder.iterdir():
        if left.name.startswith(TEMPORARY) and left.stat().st_mtime < oldest:
            left.unlink()


def _sync_folder(folder: Path) -> None:
    """Have the new name on the disk, too, where the system allows it."""
    opened = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
