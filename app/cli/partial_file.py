"""The file of a batch that is not finished: beside OUT, visible, named by `partial_name`.

It takes the place of OUT when it is complete. A run that is stopped ends it with one more line, the
mark, which says how far the run came and what its lines were made from. Another run goes on only if
that is still the same.
"""

import errno
import hashlib
import json
import os
from collections import deque
from contextlib import ExitStack, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from app.atomic_file import replaceable, settle
from app.bounded_file import open_file
from app.cli.streams import refusal, shown, unreadable
from app.model.formatting import count_in_words

if TYPE_CHECKING:
    from hashlib import _Hash

_CHUNK_BYTES = 1 << 16
_LONGEST_MARK = 1_000  # bytes
_KEY = "stopped"
_STATES_KEPT = 8  # the last ones, so that a full disk takes the mark in place of a line or two


@dataclass(frozen=True, slots=True)
class Done:
    """How far a run came: finished rows, bad ones among them, and a hash of what they are of."""

    rows: int
    bad: int
    made_from: str


@dataclass(frozen=True, slots=True)
class _State:
    """The file after a complete line: its size and the hash of its bytes."""

    done: Done
    size: int
    lines: "_Hash"


def partial_name(name: str) -> str:
    """Return the name of the file that holds the finished lines of a stopped run."""
    return f"{name}.partial"


class PartialFile:
    """The finished lines of a run, open to write more. Raises Refusal if it cannot be used."""

    def __init__(self, name: str, *, resume: bool) -> None:
        self._is_in_place = False
        try:
            self._target, mode = replaceable(Path(name))
        except OSError as error:
            raise unreadable(name, error) from None
        self._path = self._target.with_name(partial_name(self._target.name))
        self._shown = shown(self._path.name)
        try:
            if resume:
                open_file(self._path).close()  # a regular file
            self._file = self._path.open("r+b" if resume else "xb", buffering=0)
            with ExitStack() as stack:
                stack.callback(self._file.close)
                self._status = os.fstat(self._file.fileno())
                state = self._begin(resume=resume)
                if mode is not None:
                    self._path.chmod(mode)
                stack.pop_all()
        except FileExistsError:
            raise refusal(
                f"{self._shown} is there already: the finished lines of a run that was stopped or "
                "is still running. Go on with --resume, or delete that file to start anew."
            ) from None
        except OSError as error:
            raise unreadable(partial_name(name) if resume else name, error) from None
        self._states = deque([state], _STATES_KEPT)

    @property
    def done(self) -> Done:
        """How far the run came."""
        return self._states[-1].done

    def go_on(self) -> None:
        """Take the mark away, so that more lines can follow. Raises OSError."""
        state = self._states[-1]
        self._file.truncate(state.size)
        self._file.seek(state.size)

    def write(self, line: bytes, done: Done) -> None:
        """Write a complete line; `done` counts it in. Raises OSError."""
        before = self._states[-1]
        lines = before.lines.copy()
        lines.update(line)
        left = memoryview(line)
        while left:
            left = left[self._file.write(left) :]
        self._states.append(_State(done, before.size + len(line), lines))

    def close(self) -> None:
        """Close the file; what is in it stays as it is."""
        self._file.close()

    def finish(self) -> None:
        """Put the file in the place of OUT. Raises OSError."""
        os.fsync(self._file.fileno())
        if not self._is_there():
            raise OSError(errno.ENOENT, self._gone())
        self._file.close()
        self._path.replace(self._target)
        self._is_in_place = True
        settle(self._target)

    def stop(self) -> str:
        """Mark the end of the finished lines, and return a sentence about what is where.

        A file without a finished line is deleted.
        """
        if self._is_in_place:
            return "All cases were done."
        if not self._is_there():
            return f"Stopped; {self._gone()}."
        if not self.done.rows:
            return self._remove()
        is_marked = False
        with suppress(OSError), self._open_again() as file:
            is_marked = self._mark(file)
        count = count_in_words(self.done.rows, "case")
        return f"Stopped after {count}. What is finished is in {self._shown}" + (
            "; --resume goes on from there." if is_marked else ", but cannot be resumed."
        )

    def _is_there(self) -> bool:
        """Return whether the name still is that of this file."""
        try:
            return os.path.samestat(self._status, self._path.stat())
        except OSError:
            return False

    def _gone(self) -> str:
        return f"{self._shown} was removed or replaced while it was written"

    def _remove(self) -> str:
        self._file.close()
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            return f"Stopped before the first case. {self._shown} stays and is empty; delete it."
        return "Stopped before the first case."

    def _open_again(self) -> BinaryIO:
        return self._path.open("r+b", buffering=0) if self._file.closed else self._file

    def _mark(self, file: BinaryIO) -> bool:
        """Write the mark after the last complete line after which there is room for it."""
        while self.done.rows:
            state = self._states[-1]
            told = {**asdict(state.done), "lines": state.lines.hexdigest()}
            mark = json.dumps({_KEY: told}).encode() + b"\n"
            with suppress(OSError):
                file.truncate(state.size)
                file.seek(state.size)
                if file.write(mark) == len(mark):
                    os.fsync(file.fileno())
                    return True
            if len(self._states) == 1:
                break
            self._states.pop()
        return False

    def _begin(self, *, resume: bool) -> _State:
        """Return the state at the beginning. Raises Refusal, also while another run writes."""
        if _is_taken(self._file):
            raise refusal(f"{self._shown} is being written by another run.")
        return self._stopped() if resume else _State(Done(0, 0, ""), 0, hashlib.sha256())

    def _stopped(self) -> _State:
        """Return the state that the mark tells. Raises Refusal without one, and OSError."""
        file = self._file
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _LONGEST_MARK))
        tail = file.read()
        mark = tail[tail.rfind(b"\n", 0, -1) + 1 :]
        size -= len(mark)
        lines = _hash_of(file, size)
        try:
            told = json.loads(mark)[_KEY]
            is_whole = told.pop("lines") == lines.hexdigest() and mark.endswith(b"\n")
            done = Done(**told)
        except (ValueError, LookupError, TypeError, AttributeError):
            is_whole = False
        if not is_whole:
            raise refusal(
                f"{self._shown} does not end with the mark of a stopped run, or was changed "
                "since. Delete it and start anew."
            )
        return _State(done, size, lines)


def _is_taken(file: BinaryIO) -> bool:
    """Lock a file until it is closed; return whether another process has done so before.

    Where there is no such lock, as on some shares, nothing is known. Windows needs none: it neither
    renames nor deletes a file that another process has opened.
    """
    lock = getattr(os, "lockf", None)
    try:
        if lock is not None:
            lock(file.fileno(), os.F_TLOCK, 0)
    except (BlockingIOError, PermissionError):
        return True
    except OSError:
        return False
    return False


def _hash_of(file: BinaryIO, size: int) -> "_Hash":
    """Return the hash of the first bytes of a file, read piece by piece."""
    found = hashlib.sha256()
    file.seek(0)
    while size and (piece := file.read(min(size, _CHUNK_BYTES))):
        found.update(piece)
        size -= len(piece)
    return found
