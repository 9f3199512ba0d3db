"""Input and output of commands: files, standard streams, exit statuses."""

import errno
import os
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from app.casework.determine import Refusal
from app.model.case_json import Problem

DONE, BAD_LINES, WRONG_INPUT, NO_POLICY = range(4)


def read_source(name: str) -> bytes:
    """Return the content of a file; - is standard input. Raises Refusal."""
    try:
        return standard(sys.stdin).read() if name == "-" else Path(name).read_bytes()
    except OSError as error:
        raise unreadable(name, error) from None


def open_source(name: str, stack: ExitStack) -> BinaryIO:
    """Open a file to read until the stack closes it; - is standard input. Raises Refusal."""
    if name == "-":
        return standard(sys.stdin)
    try:
        return stack.enter_context(Path(name).open("rb"))
    except OSError as error:
        raise unreadable(name, error) from None


def open_target(source: str, name: str, stack: ExitStack) -> BinaryIO:
    """Open a file to write, never the source itself; - is standard output. Raises Refusal."""
    if name == "-":
        return standard(sys.stdout)
    path = Path(name)
    if path.exists() and os.path.samestat(path.stat(), _status(source)):
        message = "IN and OUT are the same file; the cases would be lost."
        raise Refusal("unreadable", (Problem("", message),))
    try:
        return stack.enter_context(path.open("wb"))
    except OSError as error:
        raise unreadable(name, error) from None


def unreadable(name: str, error: OSError) -> Refusal:
    """Return the refusal of a file that cannot be used, with the system's reason."""
    return Refusal(
        "unreadable",
        (Problem("", f"{name or '(no name)'}: {error.strerror or 'cannot be used'}."),),
    )


def print_bytes(text: bytes) -> None:
    """Write UTF-8 to standard output, whatever its encoding, so that no character is lost."""
    stream = standard(sys.stdout)
    stream.write(text.rstrip(b"\n") + b"\n")
    stream.flush()


def tell(text: str) -> None:
    """Write a line to standard error, if there is one and it can be written."""
    try:
        if sys.stderr:
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()
    except OSError:
        give_up(sys.stderr)


def give_up(stream: TextIO | None) -> None:
    """Discard what is still buffered, so that flushing it at exit does not fail again."""
    with suppress(OSError, ValueError):
        if stream:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _status(source: str) -> os.stat_result:
    return Path(source).stat() if source != "-" else os.fstat(standard(sys.stdin).fileno())


def standard(stream: TextIO | None) -> BinaryIO:
    """Return the binary form of a standard stream. Raises OSError if the program has none."""
    if stream is None:
        raise OSError(errno.EBADF, "a standard stream is closed")
    return stream.buffer
