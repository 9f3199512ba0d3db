"""What goes in and out of a command: files, standard streams, exit statuses."""

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
    """Return what is in a file; - is standard input. Raises Refusal."""
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
    """Return why a file cannot be used."""
    return Refusal(
        "unreadable",
        (Problem("", f"{name or '(no name)'}: {error.strerror or 'cannot be used'}."),),
    )


def print_bytes(text: bytes) -> None:
    """Write UTF-8 whatever the console's own encoding is, so that no sign is lost in a file."""
    stream = standard(sys.stdout)
    stream.write(text.rstrip(b"\n") + b"\n")
    stream.flush()


def tell(text: str) -> None:
    """Write to standard error, if there is one that takes it."""
    try:
        if sys.stderr:
            sys.stderr.write(f"{text}\n")
            sys.stderr.flush()
    except OSError:
        give_up(sys.stderr)


def give_up(stream: TextIO | None) -> None:
    """Send what is still buffered nowhere, so that the end of the program does not fail again."""
    with suppress(OSError, ValueError):
        if stream:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _status(source: str) -> os.stat_result:
    return Path(source).stat() if source != "-" else os.fstat(standard(sys.stdin).fileno())


def standard(stream: TextIO | None) -> BinaryIO:
    """Return the bytes of a standard stream; a program can be started without one."""
    if stream is None:
        raise OSError(errno.EBADF, "a standard stream is closed")
    return stream.buffer
