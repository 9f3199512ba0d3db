"""Splits the file of a worklist into lines, within fixed bounds whatever the file holds.

A line is a row. Memory does not grow with the length of the file or of a line: a line of more than
`MAX_BYTES` is given as None, and its bytes are skipped. The line breaks are counted a second time,
apart from the splitting, so that a worklist can prove that no line was lost.
"""

import os
import re
import stat
from collections.abc import Iterator
from io import BufferedIOBase
from typing import BinaryIO, cast

from app.bounded_file import MAX_BYTES
from app.casework.determine import Refusal
from app.model.case_json import Problem

# So much of a line is skipped; what goes on without a line break has no end, as a device has none.
MOST_SKIPPED_BYTES = 1_000_000_000

LINE_FEED = re.compile(rb"\n")
ANY_LINE_END = re.compile(rb"\r\n|\r|\n")  # what an editor takes for the end of a line

SAVE_AS_UTF8 = "In the spreadsheet, save it as “CSV UTF-8” and use that file."
TOO_LONG = f"This row has more than {MAX_BYTES:,} bytes; it was not read."

_CHUNK_BYTES = 1 << 16
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")  # .xlsx and .ods; .xls
_GREW = "The file grew while it was read. Use a copy of it."
_CHANGED = "The file changed while it was read. Use a copy of it."
_A_WORKBOOK = f"The file is a workbook, not a text. {SAVE_AS_UTF8}"


class Lines:
    """The lines of an open file without their ends; `count` is the number of lines read so far.

    Raises Refusal for a workbook, at once, for a line that does not end, and for a file that
    changes meanwhile: its rows would be of two files, or some be gone; where the output goes back
    into it, it would grow without end.
    """

    def __init__(self, source: BinaryIO, end: re.Pattern[bytes]) -> None:
        self._source, self._end = cast("BufferedIOBase", source), end
        self._pending = _Pending()
        self._ended_with_return = False
        self._file = _state(source)
        self._left = self._file[0] - source.tell() if self._file else 0
        self._first = self._source.read1(_CHUNK_BYTES)
        if self._first.startswith(_WORKBOOKS):
            raise refusal(_A_WORKBOOK)
        self.count = 0

    def __iter__(self) -> Iterator[bytes | None]:
        chunk = self._first
        while chunk:
            self._left -= len(chunk)
            if self._file and self._left < 0:
                raise refusal(_GREW)
            yield from self._split(chunk)
            chunk = self._source.read1(_CHUNK_BYTES)
        if self._file != _state(self._source):
            raise refusal(_CHANGED)
        if self._pending:
            self.count += 1
            yield self._pending.take(b"")

    def _split(self, chunk: bytes) -> Iterator[bytes | None]:
        if self._ended_with_return and chunk.startswith(b"\n"):
            chunk = chunk[1:]  # the second half of a line end
        self._ended_with_return = self._end is ANY_LINE_END and chunk.endswith(b"\r")
        self.count += chunk.count(b"\n")
        if self._end is ANY_LINE_END:
            self.count += chunk.count(b"\r") - chunk.count(b"\r\n")
        *whole, rest = self._end.split(chunk)
        for piece in whole:
            yield self._pending.take(piece)
        self._pending.hold(rest)
        if self._pending.skipped > MOST_SKIPPED_BYTES:
            raise refusal(
                f"Row {self.count + 1:,} has no end within {MOST_SKIPPED_BYTES:,} bytes; the rest "
                "of the file was not read."
            )


def _state(source: BinaryIO | BufferedIOBase) -> tuple[int, int] | None:
    """Return size and time of the last change of a file, None of a stream.

    What the system makes while it is read, as in /proc, has no size.
    """
    try:
        status = os.fstat(source.fileno())
    except OSError:  # a stream without a file
        return None
    is_file = stat.S_ISREG(status.st_mode) and status.st_size
    return (status.st_size, status.st_mtime_ns) if is_file else None


class _Pending:
    """The beginning of a line whose end is not read yet, or how much of a long one was skipped."""

    def __init__(self) -> None:
        self._held = bytearray()
        self.skipped = 0

    def __bool__(self) -> bool:
        return bool(self._held or self.skipped)

    def hold(self, piece: bytes) -> None:
        """Add a piece that is not the end of the line."""
        self._held += piece
        if self.skipped or len(self._held) > MAX_BYTES + 1:  # one more for a carriage return
            self.skipped += len(self._held)
            self._held.clear()

    def take(self, piece: bytes) -> bytes | None:
        """Return the line that ends with this piece, or None for one that is too long."""
        line = bytes(self._held + piece).removesuffix(b"\r")
        is_too_long = self.skipped or len(line) > MAX_BYTES
        self._held.clear()
        self.skipped = 0
        return None if is_too_long else line


def refusal(message: str) -> Refusal:
    """Return the refusal of a whole file with one sentence."""
    return Refusal("unreadable", (Problem("", message),))
