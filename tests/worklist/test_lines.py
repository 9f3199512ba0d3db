"""A file is split into lines in bounded memory, and no line is lost."""

import io
import os
import re
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.casework.determine import Refusal
from app.worklist import lines as module
from app.worklist.lines import ANY_LINE_END, LINE_FEED, Lines

PIECES = st.lists(st.sampled_from([b"a", b"\r", b"\n", b"\r\n", b'"', b"", b"xy"]))


class InPieces(io.BytesIO):
    """A source that gives no more than a few bytes at a time, as a pipe may."""

    def __init__(self, content: bytes, most: int) -> None:
        super().__init__(content)
        self._most = most

    def read1(self, size: int | None = -1, /) -> bytes:
        assert size
        return self.read(self._most)


class Zeros(io.RawIOBase):
    """A line that never ends."""

    def read1(self, size: int = -1) -> bytes:
        return bytes(size)


def split(source: Any, end: re.Pattern[bytes]) -> tuple[list[bytes | None], int]:
    lines = Lines(cast("BinaryIO", source), end)
    return list(lines), lines.count


def by_python(content: bytes, newline: str) -> list[bytes]:
    """The lines as Python's own text files have them: a second opinion."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="latin-1", newline=newline)
    return [line.rstrip("\r\n").encode("latin-1") for line in text]


@given(PIECES, st.integers(1, 4))
def test_every_line_end_of_an_editor_ends_a_line(pieces: list[bytes], most: int) -> None:
    content = b"".join(pieces)
    expected = by_python(content, "")
    assert split(InPieces(content, most), ANY_LINE_END) == (expected, len(expected))


@given(PIECES, st.integers(1, 4))
def test_of_json_lines_only_a_line_feed_ends_a_line(pieces: list[bytes], most: int) -> None:
    content = b"".join(pieces)
    expected = content.split(b"\n")
    if expected[-1] == b"":
        expected.pop()
    whole = [line.removesuffix(b"\r") for line in expected]
    assert split(InPieces(content, most), LINE_FEED) == (whole, len(whole))


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b""])
@pytest.mark.parametrize("kind", [LINE_FEED, ANY_LINE_END])
def test_a_line_of_exactly_the_bound_is_read_and_one_byte_more_is_not(
    kind: re.Pattern[bytes], end: bytes
) -> None:
    whole, long = b"x" * 1_000_000, b"x" * 1_000_001
    assert split(io.BytesIO(b"a\n" + whole + end), kind) == ([b"a", whole], 2)
    assert split(io.BytesIO(b"a\n" + long + end), kind) == ([b"a", None], 2)
    assert split(io.BytesIO(long + b"\n" + whole + b"\nb"), kind) == ([None, whole, b"b"], 3)


def test_a_long_line_takes_no_more_memory_than_the_bound() -> None:
    content = io.BytesIO(b"a\n" + b"x" * 30_000_000 + b"\nb\n")
    tracemalloc.start()
    try:
        assert split(content, LINE_FEED) == ([b"a", None, b"b"], 3)
        assert tracemalloc.get_traced_memory()[1] < 6_000_000
    finally:
        tracemalloc.stop()


def test_a_line_without_an_end_stops_the_reading(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_SKIPPED_BYTES", 3_000_000)
    with pytest.raises(Refusal) as refused:
        split(Zeros(), LINE_FEED)
    assert refused.value.problems[0].message.startswith("Row 1 has no end within 3,000,000 bytes")
    rows = b"a\n" + b"x" * 2_999_000 + b"\nb\n" + b"x" * 4_000_000
    found = iter(Lines(io.BytesIO(rows), LINE_FEED))
    assert [next(found) for _ in range(3)] == [b"a", None, b"b"]
    with pytest.raises(Refusal) as refused:
        next(found)
    assert refused.value.problems[0].message.startswith("Row 4 has no end")


def shrink(path: Path) -> None:
    with path.open("r+b") as file:
        file.truncate(200_000)


def rewrite(path: Path) -> None:
    os.utime(path, ns=(0, 0))  # as if it had been long ago
    path.write_bytes(path.read_bytes().replace(b"7", b"8"))


def grow(path: Path) -> None:
    with path.open("ab") as file:
        file.write(b"more\n" * 100_000)


@pytest.mark.parametrize(
    ("change", "words"), [(shrink, "changed"), (rewrite, "changed"), (grow, "grew")]
)
@pytest.mark.parametrize("end", [LINE_FEED, ANY_LINE_END])
def test_a_file_that_changes_while_it_is_read_is_refused(
    change: Callable[[Path], None], words: str, end: re.Pattern[bytes], tmp_path: Path
) -> None:
    """Its rows would be of two files, or some of them gone without a word."""
    path = tmp_path / "list"
    path.write_bytes(b"1234567\n" * 100_000)
    with path.open("rb") as source:
        found = iter(Lines(source, end))
        assert next(found) == b"1234567"
        change(path)
        with pytest.raises(Refusal, match=f"The file {words} while it was read"):
            list(found)


def test_a_file_that_stays_as_it_is_is_read_from_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "list"
    path.write_bytes(b"head\na\nb")
    with path.open("rb") as source:
        source.seek(5)
        assert split(source, LINE_FEED) == ([b"a", b"b"], 2)
    path.write_bytes(b"")
    with path.open("rb") as source:
        assert split(source, LINE_FEED) == ([], 0)


@pytest.mark.parametrize("start", [b"PK\x03\x04", b"\xd0\xcf\x11\xe0"])
def test_a_workbook_is_refused_at_once(start: bytes) -> None:
    with pytest.raises(Refusal) as refused:
        Lines(io.BytesIO(start + b"\n"), LINE_FEED)
    assert "CSV UTF-8" in refused.value.problems[0].message
