"""Every reader of the command line keeps the limits that SECURITY.md states, and never hangs."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from app import bounded_file
from app.casework import replay
from app.gui.worklist import reading
from app.model import case_json
from app.worklist import csv_format, lines
from tests.cases import case
from tests.console import Ended, run, start
from tests.fixture_library import ROOT

DONE, BAD_LINES, WRONG_INPUT = 0, 1, 2
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="pipes and devices of POSIX")
GOOD = json.dumps(case()).encode()
SECONDS = 30

# Every command that reads a file, with the ending of its name; {} is the file.
READERS: dict[str, tuple[str, list[str]]] = {
    "check": (".json", ["check", "{}"]),
    "check a case file": (".aldesk", ["check", "--json", "{}"]),
    "record": (".json", ["record", "{}", "out.aldesk-record"]),
    "verify": (".aldesk-record", ["verify", "{}"]),
    "policies check": (".yaml", ["policies", "check", "{}"]),
    "policies diff": (".yaml", ["policies", "diff", "{}", "{}"]),
    "policies add": (".yaml", ["policies", "add", "{}"]),
}
STREAMS = [["check", "-"], ["record", "-", "out"], ["verify", "-"]]


def of(reader: str, file: Path) -> list[str]:
    return [one.format(file) for one in READERS[reader][1]]


def limits() -> dict[str, int]:
    """The limits of SECURITY.md, by what they are about."""
    text = (
        (ROOT / "SECURITY.md").read_text("utf-8").partition("### Limits")[2].partition("No in")[0]
    )
    rows = re.findall(r"^\| (.+?) \| ([0-9,]+)[^|]*\| .+ \|$", text, re.MULTILINE)
    return {what: int(number.replace(",", "")) for what, number in rows}


def test_the_limits_are_those_that_are_stated() -> None:
    stated = list(limits().values())
    assert stated == [
        bounded_file.MAX_BYTES,
        bounded_file.MAX_BYTES,
        lines.MOST_SKIPPED_BYTES,
        csv_format.LONGEST_CELL,
        reading.MOST_ROWS,
        reading.MOST_HELD_BYTES,
        replay.MOST_NAMED,
        case_json.MOST_PROBLEMS,
        bounded_file.MAX_BYTES,
    ]
    for_cases, for_rows = [1_000_000, 1_000_000, 1_000_000_000, 131_072], [500_000, 300_000_000]
    assert stated == [*for_cases, *for_rows, 1_000, 100, 1_000_000]


@pytest.mark.parametrize("reader", READERS)
def test_a_file_beyond_the_limit_is_refused_unread_by_every_reader(
    reader: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / f"large{READERS[reader][0]}"
    with file.open("wb") as sparse:
        sparse.truncate(1_000_001)
    large = file.stat().st_ino
    read = bounded_file.read_stream

    def small_only(stream: Any) -> bytes:
        assert os.fstat(stream.fileno()).st_ino != large
        return read(stream)

    monkeypatch.setattr(bounded_file, "read_stream", small_only)
    monkeypatch.chdir(tmp_path)
    ended = run(*of(reader, file))
    assert (ended.status, ended.out) == (WRONG_INPUT, b"") or reader.endswith("file")
    assert "more than 1,000,000 bytes" in ended.err + ended.out.decode()
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


@pytest.mark.parametrize("arguments", STREAMS, ids=" ".join)
def test_a_stream_beyond_the_limit_is_refused(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    ended = run(*arguments, stdin=b" " * 1_000_001)
    assert (ended.status, "more than 1,000,000 bytes" in ended.err) == (WRONG_INPUT, True)


def test_a_case_of_exactly_the_limit_is_read(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(GOOD + b" " * (1_000_000 - len(GOOD)))
    assert run("check", "--json", file).status == DONE
    assert run("check", "--json", "-", stdin=file.read_bytes()).status == DONE


def in_time(arguments: list[str], folder: Path, **options: Any) -> Ended:
    with start("-m", "app", *arguments, cwd=folder, env={"PYTHONPATH": _path()}, **options) as one:
        try:
            out, err = one.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            one.kill()
            pytest.fail(f"{arguments} did not end")
    return Ended(one.returncode, out or b"", (err or b"").decode("utf-8", "replace"))


def _path() -> str:
    from tests.fixture_library import installation  # noqa: PLC0415

    return f"{installation()}{os.pathsep}{ROOT}"


def pipe(file: Path) -> None:
    """A pipe that nobody writes into."""
    os.mkfifo(file)


def device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def huge(file: Path) -> None:
    """A file of a million million bytes, which takes no room."""
    with file.open("wb") as sparse:
        sparse.truncate(10**12)


@POSIX
@pytest.mark.parametrize(
    "make",
    [pipe, *(pytest.param(one, marks=pytest.mark.proof) for one in (device, huge))],
    ids=["a pipe", "a device", "a huge file"],
)
@pytest.mark.parametrize("reader", READERS)
def test_an_input_without_end_is_refused_by_every_reader(
    reader: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    file = tmp_path / f"endless{READERS[reader][0]}"
    make(file)
    ended = in_time(of(reader, file), tmp_path)
    assert (ended.status, "Traceback" in ended.err) == (WRONG_INPUT, False)
    assert ended.err.strip() or b"error" in ended.out


@POSIX
@pytest.mark.parametrize("arguments", [*STREAMS, ["batch", "-", "-"]], ids=" ".join)
def test_a_stream_without_end_is_refused_by_every_reader(
    arguments: list[str], tmp_path: Path
) -> None:
    with Path("/dev/zero").open("rb") as zeros:
        ended = in_time(arguments, tmp_path, stdin=zeros)
    assert (ended.status, "Traceback" in ended.err) == (WRONG_INPUT, False)
    assert "bytes" in ended.err


@POSIX
@pytest.mark.parametrize("make", [pipe, device], ids=["a pipe", "a device"])
@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".aldesk"])
def test_cases_for_a_new_policy_are_read_within_the_limits(
    suffix: str, make: Callable[[Path], None], tmp_path: Path
) -> None:
    cases, policy = tmp_path / f"cases{suffix}", tmp_path / "policy.yaml"
    make(cases)
    policy.write_bytes(b"")
    for arguments in (["batch", str(cases), "-"], ["policies", "add", str(policy), "--cases", "x"]):
        ended = in_time(arguments, tmp_path)
        assert (ended.status, "Traceback" in ended.err) == (WRONG_INPUT, False)


def test_a_long_line_has_an_error_in_its_place_and_the_run_goes_on(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    exact = GOOD + b" " * (1_000_000 - len(GOOD))
    source.write_bytes(b"\n".join([GOOD, b"x" * 30_000_000, exact, exact + b" ", GOOD]))
    ended = run("batch", source, "-")
    assert ended.status == BAD_LINES
    assert ["error" in line for line in ended.lines] == [False, True, False, True, False]
    for at in (1, 3):
        [problem] = ended.lines[at]["error"]["problems"]
        assert problem["message"] == "This row has more than 1,000,000 bytes; it was not read."


def test_a_hundred_problems_are_told_and_how_many_more() -> None:
    for count, told in ((100, 100), (101, 101), (5_000, 101)):
        many = {**case(), **{f"key{at}": 1 for at in range(count)}}
        ended = run("check", "--json", "-", stdin=json.dumps(many).encode())
        problems = ended.json["error"]["problems"]
        assert (ended.status, len(problems)) == (WRONG_INPUT, told)
        more = {100: "Not a known key.", 101: "1 more problem.", 5_000: "4,900 more problems."}
        assert problems[-1]["message"] == more[count]


@pytest.mark.parametrize(
    "arguments",
    [["check", "--json"], ["verify", "--json", "a", "b"], ["policies", "--json", "--none"]],
    ids=" ".join,
)
def test_wrong_arguments_are_told_in_the_form_that_is_asked_for(arguments: list[str]) -> None:
    ended = run(*arguments)
    assert (ended.status, ended.err) == (WRONG_INPUT, "")
    assert ended.problems == [("unreadable", "")]
    plain = run(*arguments[:1], *arguments[2:], "--none")
    assert (plain.status, plain.out) == (WRONG_INPUT, b"")
    assert plain.err.startswith("usage: aldesk ")
