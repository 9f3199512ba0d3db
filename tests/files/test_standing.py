"""What stands under a name is told apart by its content, and recognized by its beginning."""

import os
from pathlib import Path

import pytest

from app.bounded_file import MAX_BYTES
from app.files.case_file import case_bytes
from app.files.sealed_json import add_checksum
from app.files.standing import NOTHING, ChangedMeanwhile, mark_of, standing_at
from app.model.case_json import read_case
from tests.cases import case
from tests.test_atomic_file import POSIX


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (case_bytes(read_case(case())), "case"),
        (add_checksum("aldesk-case", 1, {"case": {}}), "case"),
        (add_checksum("aldesk-record", 2, {}), "record"),
        (b"%PDF-1.4\n", "pdf"),
        (b"BEGIN:VCALENDAR\r\n", "calendar"),
        (b"\xef\xbb\xbfpolicy,route,approval_status\r\n", "results"),
        (b'{"approval_status": "criteria_met"}\n', "results"),
        (b"Dear colleague,\n", "other"),
        (b"", "other"),
    ],
)
def test_a_file_is_recognized_by_its_beginning(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "one"
    path.write_bytes(data)
    found = standing_at(path)
    assert (found.what, found.mark, found.is_nothing) == (what, mark_of(data), False)


def test_a_name_without_a_file_has_nothing(tmp_path: Path) -> None:
    for name in ("none", "no folder/none"):
        assert standing_at(tmp_path / name) == NOTHING
    assert NOTHING.is_nothing


@POSIX
def test_what_is_no_readable_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", tmp_path):
        with pytest.raises(OSError, match=r"regular file|directory"):
            standing_at(path)


@pytest.mark.parametrize("size", [3, MAX_BYTES, MAX_BYTES + 1, 5 * MAX_BYTES])
def test_a_change_is_found_at_any_size(tmp_path: Path, size: int) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"x" * size)
    before = standing_at(path)
    before.check(path)
    other = tmp_path / "other"
    other.write_bytes(b"x" * (size - 1) + b"y")
    other.replace(path)
    with pytest.raises(ChangedMeanwhile):
        before.check(path)
    path.unlink()
    with pytest.raises(ChangedMeanwhile):
        before.check(path)


def test_the_beginning_of_a_large_file_is_enough(tmp_path: Path) -> None:
    path = tmp_path / "one"
    path.write_bytes(b"%PDF-1.4\n" + b"x" * MAX_BYTES)
    assert standing_at(path).what == "pdf"
