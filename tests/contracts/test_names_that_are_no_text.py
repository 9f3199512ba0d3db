"""A path is bytes: a name that is no UTF-8 works, and is told with replacement characters."""

import json
import os
import sys
from pathlib import Path

import pytest

from tests.cases import case
from tests.console import Ended, process, run
from tests.library.sites import offered

# The systems whose names of files are any bytes.
ANY_BYTES = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are text there")
pytestmark = ANY_BYTES
NAME = b"F\xe4lle"
SHOWN = "F\ufffdlle"
DONE, WRONG_INPUT = 0, 2


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder whose name is no UTF-8."""
    made = tmp_path / os.fsdecode(NAME)
    made.mkdir()
    return made


def assert_text(ended: Ended, status: int) -> None:
    assert ended.status == status
    assert "Traceback" not in ended.err
    ended.out.decode()
    assert not any("\ud800" <= one <= "\udfff" for one in ended.err)


def test_files_of_such_a_name_are_read_and_written(folder: Path) -> None:
    text = json.dumps(case())
    source = folder / os.fsdecode(NAME + b".json")
    source.write_text(text)
    assert_text(run("check", "--json", source), DONE)
    for command, target in (("batch", "out.csv"), ("record", "out.aldesk-record")):
        assert_text(run(command, source, folder / os.fsdecode(NAME + target.encode())), DONE)
    assert_text(run("verify", folder / os.fsdecode(NAME + b"out.aldesk-record")), DONE)


@pytest.mark.parametrize(
    "arguments",
    [
        ["check", "{}.json"],
        ["check", "--json", "{}.json"],
        ["record", "{}.json", "-"],
        ["verify", "{}"],
        ["batch", "{}.jsonl", "-"],
        ["batch", "{}", "-"],
        ["batch", "-", "{}"],
        ["batch", "-", "{}/none/out.csv"],
        ["policies", "check", "{}.yaml"],
        ["policies", "diff", "{}", "{}.yaml"],
        ["policies", "add", "{}.yaml"],
    ],
    ids=" ".join,
)
def test_a_name_that_cannot_be_used_is_told(arguments: list[str], tmp_path: Path) -> None:
    name = str(tmp_path / os.fsdecode(NAME))
    ended = run(*(one.format(name) for one in arguments))
    assert_text(ended, WRONG_INPUT)
    assert SHOWN in ended.err + ended.out.decode()


def test_a_policy_is_taken_and_removed_in_such_a_home(folder: Path) -> None:
    policy, cases = folder / "offered.yaml", folder / os.fsdecode(NAME + b".jsonl")
    policy.write_text(offered(), "utf-8")
    cases.write_text("{\n" + json.dumps(case()) + "\n")
    home = {"XDG_DATA_HOME": os.fsdecode(os.fsencode(folder))}
    taken = process("policies", "add", policy, "--cases", cases, "--yes", env=home)
    assert_text(taken, DONE)
    assert f"Taken: {folder.parent / SHOWN}" in taken.out.decode()
    listed = process("policies", env=home)
    assert_text(listed, DONE)
    assert "third-health" in listed.out.decode()
    [file] = (folder / "Aldesk" / "policies").iterdir()
    file.write_bytes(b"changed")
    told = process("policies", env=home)
    assert_text(told, DONE)
    assert SHOWN in told.err
    file.write_text(offered(), "utf-8")
    removed = process("policies", "remove", "third-health", "3.0", env=home)
    assert_text(removed, DONE)
    assert f"Removed: {folder.parent / SHOWN}" in removed.out.decode()
