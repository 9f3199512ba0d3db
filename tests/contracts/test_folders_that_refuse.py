"""Every writer against folders that are full, read-only, add-only or vanish: told, none lost."""

import errno
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app import atomic_file, cli
from app.atomic_file import TEMPORARY, save, save_parts, why_not
from app.library import Library, site
from tests.cases import case
from tests.console import run
from tests.library.sites import offered
from tests.ordinary_user import folder_of_an_ordinary_user, ordinary_user

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")
CASE = json.dumps(case()).encode()
ROWS = b"\n".join([CASE] * 5) + b"\n"
EARLIER = b"earlier"


@pytest.fixture(autouse=True)
def _policies_are_at_hand(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    """An ordinary user may not be able to read the files of the fixture."""
    monkeypatch.setattr(cli, "load_all", lambda: library)


def with_save(file: Path) -> str:
    return told_by(lambda: save(file, b"new"))


def with_save_parts(file: Path) -> str:
    return told_by(lambda: save_parts(file, (b"new" for _ in range(3))))


def with_record(file: Path) -> str:
    ended = run("record", "-", file, stdin=CASE)
    assert (ended.status, ended.out, "Traceback" in ended.err) == (2, b"", False)
    return ended.err


def with_batch(file: Path) -> str:
    ended = run("batch", "-", file, stdin=ROWS)
    assert (ended.status, ended.out, "Traceback" in ended.err) == (2, b"", False)
    return ended.err


def told_by(write: Callable[[], object]) -> str:
    with pytest.raises(OSError, match=r".") as refused:
        write()
    return why_not(refused.value)


WRITERS = {
    "save": with_save,
    "save in parts": with_save_parts,
    "record": with_record,
    "batch": with_batch,
}


def refusing(number: int) -> Callable[..., Any]:
    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError(number, os.strerror(number))

    return refuse


def full(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.setattr(os, "fsync", refusing(errno.ENOSPC))


def read_only(patch: pytest.MonkeyPatch, _: Path) -> None:
    opened = Path.open

    def open_to_read(path: Path, mode: str = "r", *more: Any, **options: Any) -> Any:
        if set(mode) & set("wxa+"):
            raise PermissionError(errno.EROFS, os.strerror(errno.EROFS))
        return opened(path, mode, *more, **options)

    patch.setattr(Path, "open", open_to_read)


def add_only(patch: pytest.MonkeyPatch, _: Path) -> None:
    patch.setattr(Path, "replace", refusing(errno.EACCES))
    patch.setattr(Path, "unlink", refusing(errno.EACCES))


def append_only(patch: pytest.MonkeyPatch, folder: Path) -> None:
    add_only(patch, folder)
    patch.setattr(os, "truncate", refusing(errno.EPERM))


def vanishing(patch: pytest.MonkeyPatch, folder: Path) -> None:
    synced = os.fsync

    def vanish(descriptor: int) -> None:
        synced(descriptor)
        shutil.rmtree(folder, ignore_errors=True)

    patch.setattr(os, "fsync", vanish)


FOLDERS = {
    "full": full,
    "read-only": read_only,
    "add-only": add_only,
    "append-only": append_only,
    "vanishing": vanishing,
}


@pytest.mark.parametrize("folder_is", FOLDERS)
@pytest.mark.parametrize("writer", WRITERS)
def test_no_writer_loses_a_file_or_leaves_one_untold(
    writer: str, folder_is: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    target, other = folder / "out.jsonl", folder / "other"
    for one in (target, other):
        one.write_bytes(EARLIER)
    with monkeypatch.context() as during:
        FOLDERS[folder_is](during, folder)
        told = WRITERS[writer](target)
    assert told.strip()
    left = {one.name: one.read_bytes() for one in folder.iterdir()} if folder.exists() else {}
    if folder_is != "vanishing":
        assert [left.pop(one.name) for one in (target, other)] == [EARLIER, EARLIER]
    assert all(name in told for name in left), left
    for name, content in left.items():
        words = "(it is empty now)" if not content else "holds what was to be saved"
        assert words in told or name.endswith(".partial")


@pytest.mark.parametrize("folder_is", FOLDERS)
def test_a_policy_file_is_taken_whole_or_told(
    folder_is: str, tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "offered.yaml"
    file.write_text(offered(), "utf-8")
    new = site.read_new(file, library)
    folder = tmp_path / "policies"
    folder.mkdir()
    FOLDERS[folder_is](monkeypatch, folder)
    told = told_by(lambda: site.install(new, folder, date(2026, 11, 23)))
    monkeypatch.undo()
    left = [one.name for one in folder.iterdir()] if folder.exists() else []
    assert all(name in told for name in left)
    assert not [name for name in left if name.endswith(".yaml")]


def test_an_interrupt_tells_what_stays_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupted)
    monkeypatch.setattr(Path, "unlink", refusing(errno.EACCES))
    ended = run("record", "-", tmp_path / "out", stdin=CASE)
    [left] = tmp_path.iterdir()
    assert (ended.status, left.name in ended.err, left.read_bytes()) == (130, True, b"")


def test_a_leftover_that_another_program_deletes_meanwhile_is_no_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone, old = tmp_path / f"{TEMPORARY}0", tmp_path / f"{TEMPORARY}1"
    for one in (gone, old):
        one.write_bytes(b"")
        os.utime(one, (0, 0))
    deleted = Path.unlink

    def unlink(path: Path, *, missing_ok: bool = False) -> None:
        if path == gone:
            raise FileNotFoundError
        deleted(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", unlink)
    atomic_file.save(tmp_path / "out", b"new")
    assert sorted(one.name for one in tmp_path.iterdir()) == [gone.name, "out"]


@pytest.fixture
def own() -> Iterator[Path]:
    with folder_of_an_ordinary_user() as folder:
        yield folder


def assert_refused(target: Path, told: str) -> None:
    assert told in ("Permission denied.", f"{target}: Permission denied.\n")


@POSIX
@pytest.mark.parametrize("writer", WRITERS)
def test_an_ordinary_user_is_refused_and_told(writer: str, own: Path) -> None:
    target = own / "out.jsonl"
    with ordinary_user():
        target.write_bytes(EARLIER)
        own.chmod(0o500)
        assert_refused(target, WRITERS[writer](target))
        own.chmod(0o700)
        target.chmod(0o400)
        assert_refused(target, WRITERS[writer](target))
        assert target.read_bytes() == EARLIER
        assert [one.name for one in own.iterdir()] == [target.name]


@POSIX
@pytest.mark.parametrize(
    "arguments", [["check", "{}.json"], ["verify", "{}.json"], ["batch", "{}.json", "-"]]
)
def test_an_ordinary_user_may_not_read(arguments: list[str], own: Path) -> None:
    file = own / "case.json"
    file.write_bytes(CASE)
    file.chmod(0)
    with ordinary_user():
        ended = run(*(one.format(own / "case") for one in arguments))
    assert (ended.status, ended.out) == (2, b"")
    assert ended.err == f"{file}: Permission denied.\n"
