"""A file is saved whole or not at all, and nothing else in its folder is touched."""

import errno
import os
import stat
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

import pytest

from app.atomic_file import TEMPORARY, save, why_not
from tests.console import start

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
ENDLESS = """
import sys
from pathlib import Path
from app.atomic_file import save
path, one, other = Path(sys.argv[1]), b"1" * 300_000, b"2" * 500_000
print("ready", flush=True)
while True:
    save(path, one)
    save(path, other)
"""
CONTENTS = (b"1" * 300_000, b"2" * 500_000)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "Fälle 行.aldesk"
    written.write_bytes(b"old")
    return written


def names(folder: Path) -> list[str]:
    return sorted(one.name for one in folder.iterdir())


def test_a_new_file_and_one_that_is_replaced_hold_the_bytes(tmp_path: Path) -> None:
    for data in (b"first\r\n", b"", b"\0" * 3_000_000):
        save(tmp_path / "case", data)
        assert (tmp_path / "case").read_bytes() == data
    assert names(tmp_path) == ["case"]


def test_a_name_without_a_folder_is_saved_where_the_program_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    save(Path("case"), b"new")
    assert (tmp_path / "case").read_bytes() == b"new"


def test_the_longest_name_can_be_saved(tmp_path: Path) -> None:
    save(tmp_path / ("x" * 255), b"new")
    assert names(tmp_path) == ["x" * 255]


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o664, 0o755])
def test_a_file_that_is_replaced_keeps_its_permissions(file: Path, mode: int) -> None:
    file.chmod(mode)
    save(file, b"new")
    assert stat.S_IMODE(file.stat().st_mode) == mode


@POSIX
@pytest.mark.parametrize("mask", [0o022, 0o077, 0o002])
def test_a_new_file_has_the_usual_permissions(tmp_path: Path, mask: int) -> None:
    before = os.umask(mask)
    try:
        save(tmp_path / "case", b"new")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "case").stat().st_mode) == 0o666 & ~mask


@POSIX
def test_a_link_stays_one_and_its_target_is_written(file: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "link"
    for target in (file, tmp_path / "not there yet"):
        link.symlink_to(target)
        save(link, b"new")
        assert link.readlink() == target
        assert target.read_bytes() == b"new"
        assert names(link.parent) == ["link"]
        link.unlink()


@POSIX
def test_a_circle_of_links_a_folder_and_a_device_are_refused(tmp_path: Path) -> None:
    circle = tmp_path / "circle"
    circle.symlink_to(circle)
    device = tmp_path / "device"
    os.mkfifo(device)
    (tmp_path / "folder").mkdir()
    for name, why in (
        ("circle", "Too many levels of symbolic links."),
        ("folder", "Is a directory."),
        ("", "Is a directory."),
        ("device", "Not a regular file."),
        ("none/case", "No such file or directory."),
    ):
        with pytest.raises(OSError, match=why.rstrip(".")) as refused:
            save(tmp_path / name, b"new")
        assert why_not(refused.value) == why
    assert names(tmp_path) == ["circle", "device", "folder"]
    assert circle.is_symlink()
    assert device.is_fifo()


def test_a_file_that_may_not_be_written_is_not_replaced(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "access", lambda *asked: asked != (file, os.W_OK))
    with pytest.raises(PermissionError) as refused:
        save(file, b"new")
    assert why_not(refused.value) == "Permission denied."
    assert (file.read_bytes(), names(file.parent)) == (b"old", [file.name])


def full(*_: Any) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interrupted(*_: Any) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("failure", [full, interrupted])
@pytest.mark.parametrize(("owner", "step"), [(os, "fsync"), (Path, "replace"), (Path, "chmod")])
def test_a_failure_at_any_step_leaves_the_old_file_and_nothing_beside_it(
    owner: Any, step: str, failure: Callable[..., None], file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(owner, step, failure)
    with pytest.raises(OSError if failure is full else KeyboardInterrupt):
        save(file, b"new")
    assert (file.read_bytes(), names(file.parent)) == (b"old", [file.name])


@POSIX
def test_a_disk_that_takes_a_part_only_leaves_the_old_file(file: Path) -> None:
    resource = pytest.importorskip("resource")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, before[1]))
    try:
        with pytest.raises(OSError, match="File too large") as refused:
            save(file, b"." * 300_000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert why_not(refused.value) == "File too large."
    assert (file.read_bytes(), names(file.parent)) == (b"old", [file.name])


def test_a_folder_that_cannot_be_synced_is_no_failure(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "open", full)
    save(file, b"new")
    assert file.read_bytes() == b"new"


def test_the_content_is_on_the_disk_before_it_takes_the_name(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    steps: list[str] = []
    sync, replace = os.fsync, Path.replace

    def note_sync(descriptor: int) -> None:
        kind = "folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "content"
        steps.append(f"{kind}, {os.fstat(descriptor).st_size}" if kind == "content" else kind)
        sync(descriptor)

    def note_replace(path: Path, target: Path) -> Path:
        steps.append("replace")
        return replace(path, target)

    monkeypatch.setattr(os, "fsync", note_sync)
    monkeypatch.setattr(Path, "replace", note_replace)
    save(file, b"12345")
    assert steps[:2] == ["content, 5", "replace"]
    assert steps[2:] == ([] if sys.platform == "win32" else ["folder"])


def test_what_a_crash_has_left_goes_with_a_later_save_and_nothing_else_does(file: Path) -> None:
    old = time.time() - 25 * 60 * 60
    for name in (f"{TEMPORARY}old", f"{TEMPORARY}new", "old", ".old"):
        left = file.with_name(name)
        left.write_bytes(b"left")
        if "old" in name:
            os.utime(left, (old, old))
    save(file, b"new")
    assert names(file.parent) == sorted([file.name, f"{TEMPORARY}new", "old", ".old"])


def kill_while_saving(path: Path, dice: Random) -> None:
    """Kill a process that saves without end, at a random moment."""
    with start("-c", ENDLESS, path) as running:
        assert running.stdout
        assert running.stdout.readline() == b"ready\n"
        time.sleep(dice.uniform(0, 0.03))
        running.kill()


@pytest.mark.parametrize("kills", [10, pytest.param(200, marks=pytest.mark.proof)])
def test_a_process_that_is_killed_leaves_the_one_content_or_the_other(
    kills: int, tmp_path: Path
) -> None:
    file = tmp_path / "case.aldesk"
    file.write_bytes(CONTENTS[0])
    dice = Random(kills)  # noqa: S311
    found = set()
    for _ in range(kills):
        kill_while_saving(file, dice)
        found.add(file.read_bytes())
    assert found <= set(CONTENTS)
    others = [name for name in names(tmp_path) if name != file.name]
    assert all(name.startswith(TEMPORARY) for name in others)


class Nothing:
    """No file is expected under the name."""

    is_nothing = True

    def check(self, path: Path) -> None:
        if path.exists():
            raise FileExistsError(errno.EEXIST, "There is one")


class Old:
    """The file is expected to hold what the test has written."""

    is_nothing = False

    def check(self, path: Path) -> None:
        if path.read_bytes() != b"old":
            raise OSError(errno.EBUSY, "Another one")


def test_what_is_expected_is_replaced_and_nothing_else(file: Path) -> None:
    save(file, b"new", Old())
    assert file.read_bytes() == b"new"
    with pytest.raises(OSError, match="Another one"):
        save(file, b"newer", Old())
    assert (file.read_bytes(), names(file.parent)) == (b"new", [file.name])


@pytest.mark.parametrize("failure", [None, full])
def test_a_free_name_is_taken_and_a_name_in_use_is_not(
    file: Path, failure: Callable[..., None] | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if failure:  # a file system without links
        monkeypatch.setattr(os, "link", failure)
    save(file.with_name("free"), b"new", Nothing())
    with pytest.raises(FileExistsError):
        save(file, b"new", Nothing())
    assert names(file.parent) == sorted([file.name, "free"])
    assert (file.read_bytes(), file.with_name("free").read_bytes()) == (b"old", b"new")


def test_a_name_that_is_taken_while_the_file_is_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path, sync = tmp_path / "case", os.fsync

    def meanwhile(descriptor: int) -> None:
        sync(descriptor)
        path.write_bytes(b"of another program")

    monkeypatch.setattr(os, "fsync", meanwhile)
    with pytest.raises(FileExistsError):
        save(path, b"new", Nothing())
    assert (path.read_bytes(), names(tmp_path)) == (b"of another program", ["case"])


def test_a_name_that_is_taken_at_the_last_moment_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After every comparison, right before the file takes its name, whichever step gives it."""
    path = tmp_path / "case"

    def late(step: Callable[..., Any]) -> Callable[..., Any]:
        def take_the_name_first(*arguments: Any) -> Any:
            path.write_bytes(b"of another program")
            return step(*arguments)

        return take_the_name_first

    monkeypatch.setattr(os, "link", late(os.link))
    monkeypatch.setattr(Path, "replace", late(Path.replace))
    with pytest.raises(FileExistsError):
        save(path, b"new", Nothing())
    assert (path.read_bytes(), names(tmp_path)) == (b"of another program", ["case"])


def test_a_second_name_that_cannot_be_deleted_is_told_and_the_file_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "unlink", full)
    with pytest.raises(OSError, match="It was saved, and has a second name") as told:
        save(tmp_path / "case", b"new", Nothing())
    [hidden, _] = names(tmp_path)
    assert hidden in why_not(told.value)
    assert (tmp_path / "case").read_bytes() == b"new"


@pytest.mark.parametrize("has_links", [True, False])
def test_of_many_who_save_at_once_what_stands_there_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_links: bool
) -> None:
    if not has_links:
        monkeypatch.setattr(os, "link", full)
    path, done = tmp_path / "case", list[int]()

    def one(number: int) -> None:
        with suppress(FileExistsError):
            save(path, bytes([number]) * 10_000, Nothing())
            done.append(number)

    threads = [Thread(target=one, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert names(tmp_path) == ["case"]
    assert path.read_bytes() in {bytes([number]) * 10_000 for number in done}
    assert len(done) == 1 or not has_links
