"""A file is read within its bound, without waiting, and by one function everywhere."""

import ast
import io
import os
import socket
import sys
from pathlib import Path

import pytest

import app
from app.atomic_file import why_not
from app.bounded_file import MAX_BYTES, TooLarge, open_file, read_file, read_stream

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
APP = Path(app.__file__).parent

# What opens a file by itself, and why it may.
OPENERS = {
    "bounded_file.py": "the one function",
    "atomic_file.py": "writes",
    "cli/partial_file.py": "writes what it reads again by the one function",
    "cli/streams.py": "the null device",
    "gui/printing.py": "tries whether a file can be written",
    "gui/reading_windows.py": "policy files that ship",
    "gui/widgets/page.py": "pages of Help",
}
OPENING = {"open", "fdopen", "read_bytes", "read_text"}
NO_FILES = {"self._dialog", "dialog", "box", "preview", "self", "buffer", "self._files"}
BY_THE_ONE_FUNCTION = "read_bytes"  # of `app.library.reader`


class Endless(io.RawIOBase):
    """A stream of zeros."""

    taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        self.taken += len(buffer)
        return len(buffer)


@pytest.mark.parametrize("size", [0, 1, 999_999, 1_000_000])
def test_a_file_within_the_bound_is_read_whole(size: int, tmp_path: Path) -> None:
    file = tmp_path / "case"
    file.write_bytes(b"x" * size)
    assert read_file(file) == read_file(str(file)) == b"x" * size
    assert read_stream(io.BytesIO(b"x" * size)) == b"x" * size


def test_a_larger_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "case"
    file.write_bytes(b"x" * 1_000_001)
    monkeypatch.setattr("app.bounded_file.read_stream", lambda _: pytest.fail("it was read"))
    with pytest.raises(TooLarge) as refused:
        read_file(file)
    assert why_not(refused.value).startswith("It has more than 1,000,000 bytes")


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "case"
    file.write_bytes(b"x" * 2_000_000)
    status = os.stat_result((0o100644, 0, 0, 1, 0, 0, 10, 0, 0, 0))
    monkeypatch.setattr(os, "fstat", lambda _: status)
    with pytest.raises(TooLarge):
        read_file(file)


def test_of_a_stream_without_end_no_more_is_taken_than_the_bound() -> None:
    endless = Endless()
    with pytest.raises(TooLarge):
        read_stream(io.BufferedReader(endless, 8192))
    assert MAX_BYTES < endless.taken <= MAX_BYTES + 8192


@POSIX
def test_what_is_no_regular_file_is_refused_without_waiting(tmp_path: Path) -> None:
    pipe, link, bound = tmp_path / "pipe", tmp_path / "link", tmp_path / "socket"
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    before = len(list(Path("/dev/fd").iterdir()))
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(bound))
        for name in (pipe, link, bound, tmp_path, Path("/dev/zero"), Path("/dev/tty")):
            for read in (read_file, open_file):
                with pytest.raises(OSError, match=r".") as refused:
                    read(name)
                assert why_not(refused.value)
    with pytest.raises(OSError, match="Not a regular file"):
        read_file(pipe)
    with pytest.raises(IsADirectoryError):
        read_file(tmp_path)
    assert len(list(Path("/dev/fd").iterdir())) == before


def test_a_file_that_is_not_there_is_refused_as_the_system_says_it(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        open_file(tmp_path / "none")


def openings(file: Path) -> set[str]:
    """Return the calls in a module that may open a file by itself."""
    calls = [
        one for one in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(one, ast.Call)
    ]
    questions = [one for one in calls if ast.unparse(one.func).startswith("question(")]  # dialogs
    names = [ast.unparse(one.func).rpartition(".") for one in calls if one not in questions]
    found = {f"{owner}{dot}{name}" for owner, dot, name in names if name in OPENING}
    return found - {f"{one}.open" for one in NO_FILES} - {BY_THE_ONE_FUNCTION}


def test_no_module_opens_a_file_by_itself() -> None:
    found = {one.relative_to(APP).as_posix() for one in APP.rglob("*.py") if openings(one)}
    assert found == set(OPENERS)
