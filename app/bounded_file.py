"""Reads files and streams within fixed bounds: the one way in which a file of a user is opened.

A named file must be a regular file: opening a pipe, a device or a socket could wait or read without
end. What is larger than `MAX_BYTES` is refused, a file unread. Every refusal is an OSError, whose
reason `app.atomic_file.why_not` returns as a sentence.
"""

import errno
import os
import stat
from pathlib import Path
from typing import BinaryIO

# A case, a record, a policy file, an administrator's list; also one row of a worklist.
MAX_BYTES = 1_000_000

_NOT_A_FILE = "Not a regular file: a pipe or a device cannot be read by its name"
_WITHOUT_WAITING = (
    os.O_RDONLY
    | getattr(os, "O_NONBLOCK", 0)  # a pipe that nobody writes is opened at once, and refused
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
    | getattr(os, "O_CLOEXEC", 0)
)


class TooLarge(OSError):
    """A file or stream has more than MAX_BYTES."""

    def __init__(self) -> None:
        super().__init__(
            errno.EFBIG, f"It has more than {MAX_BYTES:,} bytes, which is more than Aldesk reads"
        )


def open_file(path: str | Path) -> BinaryIO:
    """Open a regular file of any size to read. Raises OSError for anything else, without waiting.

    Whoever reads from it must bound what is held in memory.
    """
    descriptor = os.open(path, _WITHOUT_WAITING)
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return os.fdopen(descriptor, "rb")
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
    raise OSError(errno.EINVAL, _NOT_A_FILE)


def read_file(path: str | Path) -> bytes:
    """Return the content of a regular file. Raises OSError, above MAX_BYTES without reading it."""
    with open_file(path) as file:
        if os.fstat(file.fileno()).st_size > MAX_BYTES:
            raise TooLarge
        return read_stream(file)


def read_stream(stream: BinaryIO) -> bytes:
    """Return the rest of a stream. Raises OSError, above MAX_BYTES after no more than that."""
    data = stream.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise TooLarge
    return data
