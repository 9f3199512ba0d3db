"""Input and output of commands: files, standard streams, exit statuses."""

import errno
import os
import re
import stat
import sys
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO, TextIO

from app.atomic_file import why_not
from app.bounded_file import open_file, read_file, read_stream
from app.casework.determine import Refusal
from app.model.case_json import Problem

STANDARD = "-"  # the name of the standard streams
# What stands for a byte of a path that is no UTF-8 in Python's text; it cannot be written.
_NOT_UTF8 = re.compile("[\ud800-\udfff]")

DONE, BAD_LINES, WRONG_INPUT, NO_POLICY = range(4)
INTERRUPTED = 130


def read_source(name: str) -> bytes:
    """Return the content of a file; - is standard input. Raises Refusal, also above the bound."""
    try:
        return read_stream(standard(sys.stdin)) if name == STANDARD else read_file(name)
    except OSError as error:
        raise unreadable(name, error) from None


def open_source(name: str, stack: ExitStack) -> BinaryIO:
    """Open a file to read until the stack closes it; - is standard input. Raises Refusal."""
    if name == STANDARD:
        return standard(sys.stdin)
    try:
        return stack.enter_context(open_file(name))
    except OSError as error:
        raise unreadable(name, error) from None


def refuse_same_file(source: str, target: str, message: str) -> None:
    """Raise Refusal if both names, or the standard streams for -, are one regular file."""
    read, written = _status(source, sys.stdin), _status(target, sys.stdout)
    if read and written and stat.S_ISREG(read.st_mode) and os.path.samestat(read, written):
        raise refusal(message)


def _status(name: str, stream: TextIO | None) -> os.stat_result | None:
    """Return the status of a file, or None where there is none yet or it cannot be told."""
    try:
        return os.fstat(standard(stream).fileno()) if name == STANDARD else Path(name).stat()
    except OSError:
        return None


def shown(text: str | Path) -> str:
    """Return a text in which each byte of a path that is no UTF-8 is a replacement character."""
    return _NOT_UTF8.sub("\N{REPLACEMENT CHARACTER}", str(text))


def unreadable(name: str, error: OSError) -> Refusal:
    """Return the refusal of a file that cannot be used, with the system's reason."""
    return refusal(f"{shown(name) or '(no name)'}: {why_not(error)}")


def refusal(message: str) -> Refusal:
    """Return the refusal of an input as a whole, with one sentence."""
    return Refusal("unreadable", (Problem("", message),))


def print_bytes(text: bytes) -> None:
    """Write UTF-8 to standard output, whatever its encoding, so that no character is lost."""
    stream = standard(sys.stdout)
    stream.write(text.rstrip(b"\n") + b"\n")
    stream.flush()


def print_text(text: str) -> None:
    """Write a text to standard output as UTF-8; a path in it may be any bytes."""
    print_bytes(shown(text).encode())


def tell(text: str) -> None:
    """Write a line to standard error, if there is one and it can be written."""
    try:
        if sys.stderr:
            sys.stderr.write(f"{shown(text)}\n")
            sys.stderr.flush()
    except OSError:
        give_up(sys.stderr)


def give_up(stream: TextIO | None) -> None:
    """Discard what is still buffered, so that flushing it at exit does not fail again."""
    with suppress(OSError, ValueError):
        if stream:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def standard(stream: TextIO | None) -> BinaryIO:
    """Return the binary form of a standard stream. Raises OSError if the program has none."""
    if stream is None:
        raise OSError(errno.EBADF, "a standard stream is closed")
    return stream.buffer
