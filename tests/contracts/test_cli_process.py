"""The command line in a process of its own: streams, encodings, memory and what is imported.

Whatever happens to its streams, it ends in words and never with a traceback.
"""

import json
import sys
from pathlib import Path

import pytest

from tests.cases import case
from tests.console import PEAK_BYTES, PEAK_IS_TOLD_IN, Ended, process, start
from tests.fixture_cases import EXAMPLES

CASE = json.dumps(case(reference="Zeile 7 – é")).encode()
FULL = Path("/dev/full")
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="streams are closed by the shell")
PEAK_MAY_GROW_BY = 1.1
PEAK = pytest.mark.skipif(not PEAK_IS_TOLD_IN.exists(), reason="Linux tells the peak of a process")
MEASURED = f"""
{PEAK_BYTES}
import sys
from app.cli import run_command
status = run_command(["batch", *sys.argv[1:]])
print(status, peak_bytes())
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "Fälle.json"
    written.write_bytes(CASE)
    return written


def shell(command: str, file: Path) -> Ended:
    """Run a command of a shell in which $ALDESK is the program and $CASE the file."""
    environment = {"PYTHON": sys.executable, "ALDESK": "aldesk", "CASE": str(file)}
    program = "import os, subprocess, sys; sys.exit(subprocess.call(['sh', '-c', sys.argv[1]]))"
    function = 'aldesk() { "$PYTHON" -m app "$@"; }\n'  # a folder's name may have blanks
    with start("-c", program, function + command, env=environment) as running:
        out, err = running.communicate(b"")
    return Ended(running.returncode, out, err.decode("utf-8", "replace"))


@pytest.mark.parametrize("arguments", [["check", "--json", "-"], ["policies"], ["schema", "case"]])
def test_each_process_writes_the_same_bytes(arguments: list[str]) -> None:
    once, again = (
        process(*arguments, stdin=CASE, env={"PYTHONHASHSEED": seed}) for seed in ("1", "2")
    )
    assert (once.status, once.err) == (0, "")
    assert again == once


def test_the_exit_statuses_reach_the_shell() -> None:
    early = json.dumps(case(date_of_service="2020-01-01")).encode()
    assert process("check", "-", stdin=CASE).status == 0
    assert process("batch", "-", "-", stdin=CASE + b"\n{\n").status == 1
    assert process("check", "-", stdin=b"{").status == 2
    assert process("check").status == 2
    assert process("check", "-", stdin=early).status == 3


@pytest.mark.parametrize(
    "arguments", [["check", "-"], ["batch", "-", "-"], ["policies"], ["schema", "determination"]]
)
def test_no_command_imports_qt(arguments: list[str]) -> None:
    program = "import sys; from app.__main__ import main; main(); print('PySide6' in sys.modules)"
    with start("-c", program, *arguments) as running:
        out, _ = running.communicate(CASE)
    assert out.splitlines()[-1] == b"False"


@pytest.mark.parametrize("arguments", [["check"], ["check", "--json"]])
def test_the_encoding_of_the_console_changes_no_byte(arguments: list[str], file: Path) -> None:
    plain = process(*arguments, file)
    assert "Zeile 7 – é" in plain.out.decode()
    for encoding in ("ascii", "cp1252"):
        assert process(*arguments, file, env={"PYTHONIOENCODING": encoding}) == plain


def test_an_error_is_told_on_a_console_that_lacks_its_signs(tmp_path: Path) -> None:
    ended = process("check", tmp_path / "Fälle 行.json", env={"PYTHONIOENCODING": "ascii"})
    assert ended.status == 2
    assert "No such file" in ended.err
    assert "Traceback" not in ended.err


@pytest.mark.parametrize("stdin", [CASE, b"{"], ids=["a case", "no JSON"])
@pytest.mark.parametrize("arguments", [["check", "--json", "-"], ["batch", "-", "-"]])
def test_a_reader_that_leaves_at_once_is_no_error(arguments: list[str], stdin: bytes) -> None:
    with start("-m", "app", *arguments) as running:
        assert running.stdout
        running.stdout.close()
        running.stdout = None
        _, err = running.communicate(stdin)
    assert err == b""


def test_a_reader_that_leaves_after_one_line_is_no_error(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes((CASE + b"\n") * 500)
    with start("-m", "app", "batch", source, "-") as running:
        assert running.stdout
        assert json.loads(running.stdout.readline())["approval_status"] == "criteria_met"
        running.stdout.close()
        running.stdout = None
        _, err = running.communicate()
    assert err == b""


@POSIX
@pytest.mark.parametrize(
    "command",
    [
        "$ALDESK check - <&-",
        "$ALDESK batch - - <&-",
        '$ALDESK check "$CASE" >&-',
        '$ALDESK batch "$CASE" - >&-',
        "$ALDESK check --json none.json >&-",
        "$ALDESK check none.json 2>&-",
        '$ALDESK batch "$CASE" - 2>&-',
        "$ALDESK --version >&-",
    ],
)
def test_a_stream_that_is_closed_gives_no_traceback(command: str, file: Path) -> None:
    ended = shell(command, file)
    assert "Traceback" not in ended.err
    assert ended.status in (0, 2)


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
@pytest.mark.parametrize(
    "command",
    [
        '$ALDESK check "$CASE" > /dev/full',
        '$ALDESK check --json "$CASE" > /dev/full',
        "$ALDESK check --json none.json > /dev/full",
        '$ALDESK batch "$CASE" /dev/full',
        '$ALDESK batch "$CASE" - > /dev/full',
        "$ALDESK policies > /dev/full",
    ],
)
def test_a_full_disk_is_told_and_ends_with_2(command: str, file: Path) -> None:
    ended = shell(command, file)
    assert "Traceback" not in ended.err
    assert ended.err.strip()
    assert ended.status == 2


@pytest.mark.skipif(not FULL.exists(), reason="there is no device that is always full")
def test_an_error_that_cannot_be_told_still_ends_with_2(file: Path) -> None:
    assert shell("$ALDESK check none.json 2> /dev/full", file).status == 2
    assert shell("$ALDESK policies > /dev/full 2> /dev/full", file).status == 2


def test_a_file_that_fails_while_it_is_read_is_told_and_ends_with_2() -> None:
    source = Path("/proc/self/mem")
    if not source.exists():
        pytest.skip("there is no file that opens and cannot be read")
    for arguments in (("check", source), ("batch", source, "-")):
        ended = process(*arguments)
        assert (ended.status, "Traceback" in ended.err) == (2, False)
        assert ended.err.strip()


def peak_of_batch(lines: int, folder: Path) -> int:
    """Return the peak memory of a batch of this many lines."""
    source, target = folder / f"{lines}.jsonl", folder / f"{lines}-out.jsonl"
    cases = [json.dumps(one.case).encode() + b"\n" for one in EXAMPLES] + [b"\n"]
    with source.open("wb") as file:
        file.writelines(cases[place % len(cases)] for place in range(lines))
    with start("-c", MEASURED, source, target) as running:
        out, err = running.communicate()
    status, peak = map(int, out.split())
    assert (status, err) == (1, b"")
    with target.open("rb") as file:
        assert sum(1 for _ in file) == lines
    return peak


@PEAK
@pytest.mark.parametrize(
    "lines", [10_000, pytest.param(100_000, marks=pytest.mark.proof)], ids="{:,} lines".format
)
def test_memory_does_not_grow_with_the_number_of_lines(lines: int, tmp_path: Path) -> None:
    few, many = peak_of_batch(1_000, tmp_path), peak_of_batch(lines, tmp_path)
    assert many <= few * PEAK_MAY_GROW_BY


def test_a_file_that_is_read_from_standard_input_is_not_overwritten(file: Path) -> None:
    before = file.read_bytes()
    ended = shell('$ALDESK batch - "$CASE" < "$CASE"', file)
    assert ended.status == 2
    assert "same file" in ended.err
    assert file.read_bytes() == before


def test_an_empty_input_is_called_empty(file: Path) -> None:
    file.write_bytes(b"\n")
    ended = shell('$ALDESK check "$CASE"', file)
    assert ended.status == 2
    assert ended.err == "This is not JSON: it is empty.\n"
