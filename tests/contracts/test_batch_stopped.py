"""A batch writes OUT whole, or says where it stopped and goes on from there."""

import errno
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.cli import batch
from app.cli.partial_file import PartialFile
from tests.cases import case
from tests.console import Ended, run, start

DONE, BAD_LINES, WRONG_INPUT, INTERRUPTED = 0, 1, 2, 130
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="signals and limits of POSIX")
HEADINGS = "policy,date_of_service,indication,route,weight_kg,reference"


def json_lines(count: int) -> list[bytes]:
    lines = [json.dumps(case(reference=f"r{at}")).encode() for at in range(count)]
    lines[1] = b"{"
    return lines


@pytest.fixture(params=["jsonl", "csv"])
def files(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Path, Path]:
    """IN, OUT with an earlier content, and what OUT will have."""
    suffix = request.param
    source, target, whole = (tmp_path / f"{one}.{suffix}" for one in ("in", "out", "whole"))
    lines = json_lines(9)
    if suffix == "csv":
        start = "alder-aldesleukin,2026-11-23,cutaneous_melanoma,intravenous"
        rows = [f"{start},{'x' if at == 1 else 70},r{at}" for at in range(9)]
        lines = [one.encode() for one in (HEADINGS, *rows[:4], "", *rows[4:])]
    source.write_bytes(b"\r\n".join(lines) + b"\r\n")
    assert run("batch", source, whole).status == BAD_LINES
    target.write_bytes(b"earlier")
    return source, target, whole


def partial(target: Path) -> Path:
    return target.with_name(f"{target.name}.partial")


def stopped_after(rows: int, error: BaseException) -> Callable[..., Any]:
    """The answers of a batch, which fail after so many rows."""
    line = batch._Batch._line
    done: list[int] = []

    def answer(self: Any, row: Any) -> Any:
        if len(done) == rows:
            raise error
        done.append(row.number)
        return line(self, row)

    return answer


def stop(
    files: tuple[Path, ...],
    rows: int,
    patch: pytest.MonkeyPatch,
    error: BaseException | None = None,
) -> Ended:
    with patch.context() as during:
        answers = stopped_after(rows, error or KeyboardInterrupt())
        during.setattr(batch._Batch, "_line", answers)
        return run("batch", files[0], files[1])


@pytest.mark.parametrize("rows", [1, 2, 5, 8])
def test_a_stopped_run_is_told_and_goes_on(
    rows: int, files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target, whole = files
    ended = stop(files, rows, monkeypatch)
    count = "1 case" if rows == 1 else f"{rows} cases"
    told = f"Stopped after {count}. What is finished is in {partial(target).name}; --resume goes on"
    assert (ended.status, ended.err.startswith(told)) == (INTERRUPTED, True)
    assert target.read_bytes() == b"earlier"
    assert run("batch", source, target, "--resume").status == BAD_LINES
    assert target.read_bytes() == whole.read_bytes()
    assert not partial(target).exists()


def test_a_run_can_be_stopped_more_than_once(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target, whole = files
    stop(files, 2, monkeypatch)
    with monkeypatch.context() as during:
        during.setattr(batch._Batch, "_line", stopped_after(3, KeyboardInterrupt()))
        ended = run("batch", source, target, "--resume")
    assert ended.err.startswith("Stopped after 5 cases.")
    assert run("batch", "--resume", source, target).status == BAD_LINES
    assert target.read_bytes() == whole.read_bytes()


def test_a_run_that_is_stopped_before_the_first_case_leaves_nothing(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = stop(files, 0, monkeypatch)
    assert (ended.status, ended.err) == (INTERRUPTED, "Stopped before the first case.\n")
    assert (files[1].read_bytes(), partial(files[1]).exists()) == (b"earlier", False)


def test_an_error_of_the_system_stops_and_tells_as_well(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = stop(files, 4, monkeypatch, OSError(errno.EIO, "Input/output error"))
    assert ended.status == WRONG_INPUT
    told, why = ended.err.splitlines()
    assert told.startswith(
        f"Stopped after 4 cases. What is finished is in {partial(files[1]).name};"
    )
    assert why == "Reading or writing failed: Input/output error."


def test_a_second_run_does_not_take_the_place_of_a_stopped_one(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target, _ = files
    stop(files, 3, monkeypatch)
    before = partial(target).read_bytes()
    ended = run("batch", source, target)
    assert (ended.status, "--resume" in ended.err) == (WRONG_INPUT, True)
    assert (partial(target).read_bytes(), target.read_bytes()) == (before, b"earlier")


def other_row(source: Path, _: Path) -> None:
    source.write_bytes(source.read_bytes().replace(b"r2", b"r7", 1))


def row_less(source: Path, _: Path) -> None:
    source.write_bytes(b"\n".join(source.read_bytes().splitlines()[:3]) + b"\n")


def other_line(_: Path, target: Path) -> None:
    file = partial(target)
    file.write_bytes(file.read_bytes().replace(b"r0", b"r5", 1))


def no_mark(_: Path, target: Path) -> None:
    file = partial(target)
    file.write_bytes(b"".join(file.read_bytes().splitlines(keepends=True)[:-1]))


def no_end(_: Path, target: Path) -> None:
    partial(target).write_bytes(partial(target).read_bytes()[:-1])


def other_mark(_: Path, target: Path) -> None:
    lines = partial(target).read_bytes().splitlines(keepends=True)
    partial(target).write_bytes(b"".join(lines[:-1]) + b'{"stopped": 1}\n')


def nothing(_: Path, target: Path) -> None:
    partial(target).write_bytes(b"")


@pytest.mark.parametrize(
    "change", [other_row, row_less, other_line, no_mark, no_end, other_mark, nothing]
)
def test_finished_lines_that_do_not_belong_to_in_are_refused_and_kept(
    change: Callable[[Path, Path], None],
    files: tuple[Path, Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, target, _ = files
    stop(files, 5, monkeypatch)
    change(source, target)
    before = partial(target).read_bytes()
    ended = run("batch", source, target, "--resume")
    assert (ended.status, "start anew" in ended.err) == (WRONG_INPUT, True)
    assert partial(target).name in ended.err
    assert (partial(target).read_bytes(), target.read_bytes()) == (before, b"earlier")


def test_lines_of_another_version_are_not_mixed(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    stop(files, 5, monkeypatch)
    monkeypatch.setattr(batch, "__version__", "0.3.0")
    ended = run("batch", files[0], files[1], "--resume")
    assert (ended.status, "another version" in ended.err) == (WRONG_INPUT, True)


def test_there_must_be_something_to_resume(files: tuple[Path, Path, Path]) -> None:
    for target, told in ((files[1], "No such file"), ("-", "Only a file can be resumed")):
        ended = run("batch", "--resume", files[0], target)
        assert (ended.status, told in ended.err) == (WRONG_INPUT, True)


def test_a_stopped_run_to_standard_output_says_after_how_many(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch._Batch, "_line", stopped_after(3, KeyboardInterrupt()))
    ended = run("batch", files[0], "-")
    assert (ended.status, ended.err, len(ended.lines)) == (
        INTERRUPTED,
        "Stopped after 3 cases.\n",
        3,
    )


def heed_requests() -> None:
    """Undo what a shell, or nohup, does to programs in the background, this test among them."""
    for request in (signal.SIGINT, signal.SIGHUP):
        signal.signal(request, signal.SIG_DFL)


@POSIX
@pytest.mark.parametrize("request_to_end", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_a_request_to_end_in_a_process_of_its_own(request_to_end: str, tmp_path: Path) -> None:
    """Ctrl+C, the end of a session, a terminal that is closed."""
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\n".join(json_lines(5_000)) + b"\n")
    with start("-m", "app", "batch", source, target, preexec_fn=heed_requests) as running:
        while not (partial(target).exists() and partial(target).stat().st_size > 10_000):
            assert running.poll() is None
            time.sleep(0.005)
        running.send_signal(signal.Signals[request_to_end])
        _, err = running.communicate()
    assert (running.returncode, b"Traceback" in err) == (INTERRUPTED, False)
    assert err.startswith(b"Stopped after ")
    with start("-m", "app", "batch", "--resume", source, target) as running:
        assert running.communicate() == (b"", b"")
    assert running.returncode == BAD_LINES
    found = [json.loads(line) for line in target.read_bytes().splitlines()]
    assert len(found) == 5_000
    references = [line.get("reference") for line in found]
    assert [at for at, one in enumerate(references) if one != f"r{at}"] == [1]


@POSIX
def test_what_one_run_is_writing_is_not_for_another(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"\n".join(json_lines(5_000)) + b"\n")
    with start("-m", "app", "batch", source, target) as running:
        while not partial(target).exists():
            assert running.poll() is None
            time.sleep(0.005)
        ended = run("batch", "--resume", source, target)
        assert (ended.status, running.poll()) == (WRONG_INPUT, None)
        assert ended.err == "out.jsonl.partial is being written by another run.\n"
        assert running.communicate() == (b"", b"")
    assert running.returncode == BAD_LINES
    assert len(target.read_bytes().splitlines()) == 5_000


@pytest.mark.parametrize("foreign", [None, b"of another run"])
@pytest.mark.parametrize("rows", [0, 4, 9])
def test_a_file_that_was_taken_away_or_replaced_is_not_taken_for_what_was_finished(
    foreign: bytes | None,
    rows: int,
    files: tuple[Path, Path, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source, target, _ = files
    file, line = partial(target), batch._Batch._line
    done: list[int] = []

    def answer(self: Any, row: Any) -> Any:
        if len(done) == min(rows, 8):
            file.unlink()
            if foreign is not None:
                file.write_bytes(foreign)
            if rows < 9:
                raise KeyboardInterrupt
        done.append(row.number)
        return line(self, row)

    monkeypatch.setattr(batch._Batch, "_line", answer)
    ended = run("batch", source, target)
    assert ended.status == (INTERRUPTED if rows < 9 else WRONG_INPUT)
    assert ended.err.startswith("Stopped")
    assert f"{file.name} was removed or replaced" in ended.err
    assert target.read_bytes() == b"earlier"
    assert (file.read_bytes() if file.exists() else None) == foreign


def test_a_folder_in_the_place_of_the_finished_lines_is_named(
    files: tuple[Path, Path, Path],
) -> None:
    source, target, _ = files
    partial(target).mkdir()
    ended = run("batch", "--resume", source, target)
    assert (ended.status, ended.err) == (WRONG_INPUT, f"{partial(target)}: Is a directory.\n")


@POSIX
def test_a_full_disk_keeps_what_is_finished_and_the_rest_follows_later(
    files: tuple[Path, Path, Path],
) -> None:
    resource = pytest.importorskip("resource")
    source, target, whole = files
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (whole.stat().st_size * 2 // 3, before[1]))
    try:
        ended = run("batch", source, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert ended.status == WRONG_INPUT
    assert "--resume goes on from there." in ended.err
    assert "File too large." in ended.err
    assert target.read_bytes() == b"earlier"
    assert run("batch", source, target, "--resume").status == BAD_LINES
    assert target.read_bytes() == whole.read_bytes()


def refuse(*_: Any, **__: Any) -> None:
    raise PermissionError(errno.EACCES, "Permission denied")


def test_a_folder_that_renames_nothing_keeps_every_line(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    source, target, whole = files
    with monkeypatch.context() as during:
        during.setattr(Path, "replace", refuse)
        ended = run("batch", source, target)
    assert ended.status == WRONG_INPUT
    assert ended.err.startswith("Stopped after 9 cases.")
    assert run("batch", source, target, "--resume").status == BAD_LINES
    assert target.read_bytes() == whole.read_bytes()


def test_a_file_that_can_no_longer_be_written_is_told(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as during:
        during.setattr(PartialFile, "_open_again", refuse)
        ended = stop(files, 3, monkeypatch)
    assert "is in out" in ended.err
    assert "but cannot be resumed." in ended.err


def test_an_empty_file_that_cannot_be_deleted_is_told(
    files: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "unlink", refuse)
    ended = stop(files, 0, monkeypatch)
    assert f"{partial(files[1]).name} stays" in ended.err


@POSIX
def test_out_keeps_its_permissions(files: tuple[Path, Path, Path]) -> None:
    files[1].chmod(0o640)
    run("batch", files[0], files[1])
    assert files[1].stat().st_mode & 0o777 == 0o640


def appended(*arguments: Any, to: Path, **options: Any) -> tuple[int, bytes]:
    with to.open("ab") as out, start(*arguments, stdout=out, **options) as running:
        _, err = running.communicate(timeout=60)
    return running.returncode, err


def test_standard_output_that_is_in_itself_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "f.jsonl"
    source.write_bytes(b"\n".join(json_lines(5)))
    before = source.read_bytes()
    status, err = appended("-m", "app", "batch", source, "-", to=source)
    assert (status, b"same file" in err) == (WRONG_INPUT, True)
    with source.open("rb") as stdin:
        status, err = appended("-m", "app", "batch", "-", "-", to=source, stdin=stdin)
    assert (status, b"same file" in err) == (WRONG_INPUT, True)
    assert source.read_bytes() == before
    one = tmp_path / "one.json"
    one.write_text(json.dumps(case()))
    status, err = appended("-m", "app", "record", one, "-", to=one)
    assert (status, b"same file" in err) == (WRONG_INPUT, True)
    assert json.loads(one.read_text()) == case()


@POSIX
def test_output_that_comes_back_into_in_by_another_way_ends(tmp_path: Path) -> None:
    source = tmp_path / "f.jsonl"
    source.write_bytes(b"\n".join(json_lines(200)) + b"\n")
    size = source.stat().st_size
    shell = f'"{sys.executable}" -m app batch "$1" - | cat >> "$1"'
    program = "import subprocess, sys; sys.exit(subprocess.call(sys.argv[1:]))"
    with start("-c", program, "sh", "-c", shell, "sh", source) as running:
        _, err = running.communicate(timeout=60)
    assert b"grew while it was read" in err
    assert b"Traceback" not in err
    assert source.stat().st_size < size * 40  # a determination is longer than its case


def test_the_null_device_is_no_same_file() -> None:
    with (
        Path(os.devnull).open("rb") as stdin,
        Path(os.devnull).open("ab") as out,
        start("-m", "app", "batch", "-", "-", stdin=stdin, stdout=out) as running,
    ):
        _, err = running.communicate()
    assert (running.returncode, err) == (DONE, b"")


def names() -> Iterator[tuple[str, str]]:
    for name in ("Results 11.2026", "list", "list.csv.bak", ".csv", "x.partial"):
        yield name, ".jsonl"
    for name in ("list.xlsx", "LIST.XLS", "list.ods"):
        yield name, "CSV UTF-8"
    for name in ("list.tsv", "list.txt"):
        yield name, "separated by tabs"


@pytest.mark.parametrize(("name", "told"), list(names()))
def test_a_name_that_tells_no_kind_is_refused_for_in_and_out(
    name: str, told: str, tmp_path: Path
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b"\n".join(json_lines(2)))
    (tmp_path / name).write_bytes(source.read_bytes())
    for pair in ((source, tmp_path / name), (tmp_path / name, tmp_path / "out.jsonl")):
        ended = run("batch", *pair)
        assert (ended.status, ended.out) == (WRONG_INPUT, b"")
        assert name in ended.err
        assert told in ended.err
    assert (tmp_path / name).read_bytes() == source.read_bytes()
    assert not (tmp_path / "out.jsonl").exists()


@pytest.mark.parametrize("suffix", ["jsonl", "JSON", "ndjson"])
def test_json_lines_have_any_of_their_names(suffix: str, tmp_path: Path) -> None:
    source, target = tmp_path / f"in.{suffix}", tmp_path / f"out.{suffix}"
    source.write_bytes(b"\n".join(json_lines(3)))
    assert run("batch", source, target).status == BAD_LINES
    assert target.read_bytes() == run("batch", "-", "-", stdin=source.read_bytes()).out


@pytest.mark.parametrize("name", ["in.csv", "in.jsonl", "-"])
def test_a_workbook_is_refused_in_words_under_any_name(name: str, tmp_path: Path) -> None:
    book = b"PK\x03\x04\x14\x00" + b"\n\0x" * 50
    source = tmp_path / name if name != "-" else "-"
    if isinstance(source, Path):
        source.write_bytes(book)
    ended = run("batch", source, tmp_path / "out.csv", stdin=book)
    assert (ended.status, "is a workbook" in ended.err) == (WRONG_INPUT, True)
    assert not (tmp_path / "out.csv").exists()


def test_blank_rows_of_csv_are_counted_on_a_terminal(
    files: tuple[Path, Path, Path],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(batch, "_shows_progress", lambda: True)
    ended = run("batch", files[0], files[1])
    blank = ", 1 blank row passed over" if files[0].suffix == ".csv" else ""
    assert ended.err == f"\r9 cases, 1 with problems{blank}\n"
    assert capsys.readouterr().err == ""
