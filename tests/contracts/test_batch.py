"""Many cases: one line in, one line out, in the same order; a bad line has an error in its place.

Exit status 0 without bad lines, 1 with any, 2 where a file cannot be used.
"""

import io
import json
import sys
from pathlib import Path
from typing import Any, BinaryIO, cast

import pytest

from app import cli
from app.library import Library
from app.worklist.sheets import LineSheet
from tests.answers import json_answers
from tests.cases import ALDER, BIRCH, case
from tests.console import run
from tests.fixture_cases import EXAMPLES

DONE, BAD_LINES, WRONG_INPUT = 0, 1, 2
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
GOOD = json.dumps(case()).encode()
BAD = {
    "blank": (b"", "unreadable", ""),
    "blanks": (b" \t ", "unreadable", ""),
    "no JSON": (b"{'policy': 1}", "unreadable", ""),
    "cut off": (GOOD[:-5], "unreadable", ""),
    "not UTF-8": (GOOD.replace(b"54", b"\xff"), "unreadable", ""),
    "two on a line": (GOOD + GOOD, "unreadable", ""),
    "a list": (b"[" + GOOD + b"]", "invalid_case", ""),
    "a wrong value": (json.dumps(case(age_years=131)).encode(), "invalid_case", "age_years"),
    "an unknown policy": (json.dumps(case(policy="x")).encode(), "invalid_case", "policy"),
    "too early for Alder": (
        json.dumps(case(date_of_service="2024-06-02")).encode(),
        "no_policy_in_force",
        "date_of_service",
    ),
    "too early for Birch": (
        json.dumps(case(policy=BIRCH, date_of_service="2023-10-15")).encode(),
        "no_policy_in_force",
        "date_of_service",
    ),
}


def through(stdin: bytes) -> tuple[int, list[Any]]:
    """Return status and lines of a batch through the standard streams."""
    ended = run("batch", "-", "-", stdin=stdin)
    assert ended.err == ""
    return ended.status, ended.lines


def is_error(line: Any) -> bool:
    return list(line) == ["error"]


def test_batch_answers_the_examples_in_their_order(tmp_path: Path) -> None:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_bytes(b"".join(json.dumps(one.case).encode() + b"\n" for one in EXAMPLES))
    ended = run("batch", source, target)
    assert (ended.status, ended.out, ended.err) == (DONE, b"", "")
    lines = [json.loads(line) for line in target.read_bytes().splitlines()]
    assert len(lines) == len(EXAMPLES)
    assert [one.differs(line) for one, line in zip(EXAMPLES, lines, strict=True)] == [
        {} for _ in EXAMPLES
    ]


def test_a_line_is_what_check_prints_for_the_case() -> None:
    for example in EXAMPLES:
        text = json.dumps(example.case).encode()
        [line] = run("batch", "-", "-", stdin=text + b"\n").lines
        assert line == run("check", "--json", "-", stdin=text).json


def test_the_same_input_gives_the_same_bytes_twice() -> None:
    stdin = b"\n".join([json.dumps(one.case).encode() for one in EXAMPLES] + [b"{", b""])
    once = run("batch", "-", "-", stdin=stdin)
    assert run("batch", "-", "-", stdin=stdin) == once
    assert run("batch", "-", "-", stdin=stdin * 2).out.startswith(once.out)


@pytest.mark.parametrize(("line", "kind", "at"), BAD.values(), ids=BAD)
def test_a_bad_line_has_an_error_in_its_place_and_the_run_goes_on(
    line: bytes, kind: str, at: str
) -> None:
    status, lines = through(b"\n".join([GOOD, line, GOOD, b""]))
    assert status == BAD_LINES
    assert [is_error(one) for one in lines] == [False, True, False]
    assert lines[0] == lines[2]
    error = lines[1]["error"]
    assert (error["kind"], [one["at"] for one in error["problems"]]) == (kind, [at])
    assert all(one["message"] for one in error["problems"])


def test_nothing_but_bad_lines_gives_as_many_errors() -> None:
    status, lines = through(b"\n".join([line for line, _, _ in BAD.values()] + [b""]))
    assert (status, len(lines)) == (BAD_LINES, len(BAD))
    assert all(is_error(line) for line in lines)


@pytest.mark.parametrize(
    ("stdin", "errors"),
    [
        (GOOD, [False]),
        (GOOD + b"\n", [False]),
        (GOOD + b"\n" + GOOD, [False, False]),
        (GOOD + b"\r\n" + GOOD + b"\r\n", [False, False]),
        (GOOD + b"\r\n\r\n" + GOOD, [False, True, False]),
        (BYTE_ORDER_MARK + GOOD + b"\n" + GOOD + b"\n", [False, False]),
        (GOOD + b"\n\n", [False, True]),
        (b"\n" + GOOD, [True, False]),
        (b"", []),
        (b"\n", [True]),
    ],
    ids=[
        *("no line break at the end", "one line", "no line break at the end of two", "CRLF"),
        *("a blank line of CRLF", "byte-order mark", "a blank line last", "a blank line first"),
        *("an empty file", "only a blank line"),
    ],
)
def test_each_line_of_any_form_has_its_line_of_output(stdin: bytes, errors: list[bool]) -> None:
    status, lines = through(stdin)
    assert [is_error(one) for one in lines] == errors
    assert status == (BAD_LINES if any(errors) else DONE)


def test_every_line_of_output_ends_with_one_line_feed() -> None:
    ended = run("batch", "-", "-", stdin=b"\r\n".join([GOOD, b"", GOOD]))
    assert ended.out.count(b"\n") == 3
    assert ended.out.endswith(b"\n")
    assert b"\r" not in ended.out


def test_both_policies_judge_their_own_lines() -> None:
    policies = [ALDER, BIRCH, ALDER]
    stdin = b"\n".join(json.dumps(case(policy=one)).encode() for one in policies)
    status, lines = through(stdin)
    assert (status, [line["policy"]["id"] for line in lines]) == (DONE, policies)


def test_lines_are_answered_one_by_one_as_they_come(library: Library) -> None:
    class Endless(io.RawIOBase):
        """Gives one line at a time, and never an end."""

        def read1(self, _: int = -1) -> bytes:
            return GOOD + b"\n"

    sheet = LineSheet(cast("BinaryIO", Endless()))
    answers = json_answers(sheet, library)
    assert [next(answers).bad for _ in range(3)] == [False] * 3


def test_the_same_file_for_in_and_out_is_refused_and_kept(tmp_path: Path) -> None:
    source, link, other = tmp_path / "in.jsonl", tmp_path / "link.jsonl", tmp_path / "other.jsonl"
    source.write_bytes(GOOD + b"\n")
    other.hardlink_to(source)
    targets = [source, tmp_path / "x" / ".." / "in.jsonl", other]
    (tmp_path / "x").mkdir()
    if sys.platform != "win32":
        link.symlink_to(source)
        targets.append(link)
    for target in targets:
        ended = run("batch", source, target)
        assert (ended.status, ended.out) == (WRONG_INPUT, b"")
        assert "same file" in ended.err
        assert source.read_bytes() == GOOD + b"\n"


def test_a_file_that_cannot_be_read_or_written_ends_with_2(tmp_path: Path) -> None:
    source, kept = tmp_path / "in.jsonl", tmp_path / "kept.jsonl"
    source.write_bytes(GOOD)
    kept.write_bytes(b"earlier")
    for pair in (
        (tmp_path / "none.jsonl", kept),
        (tmp_path, kept),
        (source, tmp_path),
        (source, tmp_path / "none" / "out.jsonl"),
    ):
        ended = run("batch", *pair)
        assert (ended.status, ended.out) == (WRONG_INPUT, b"")
        assert str(tmp_path) in ended.err
    assert kept.read_bytes() == b"earlier"


class Terminal(io.StringIO):
    """Standard error as a terminal."""

    def isatty(self) -> bool:
        return True


def test_progress_is_shown_on_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes((GOOD + b"\n") * 1_999 + b"\n")
    assert run("batch", source, tmp_path / "quiet.jsonl").err == ""
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    assert cli.run_command(["batch", str(source), str(tmp_path / "shown.jsonl")]) == BAD_LINES
    assert terminal.getvalue().endswith("2,000 cases, 1 with problems\n")
    assert (tmp_path / "quiet.jsonl").read_bytes() == (tmp_path / "shown.jsonl").read_bytes()


def test_the_name_of_a_file_says_whether_it_is_csv(tmp_path: Path) -> None:
    source, table, back = tmp_path / "in.jsonl", tmp_path / "out.CSV", tmp_path / "back.jsonl"
    source.write_bytes(b"".join(json.dumps(one.case).encode() + b"\n" for one in EXAMPLES))
    assert run("batch", source, table) == (ended := run("batch", table, back))
    assert (ended.status, ended.out, ended.err) == (DONE, b"", "")
    assert run("batch", source, tmp_path / "straight.jsonl").status == DONE
    assert back.read_bytes() == (tmp_path / "straight.jsonl").read_bytes()


def test_a_bad_row_of_csv_is_told_with_its_number_and_the_run_goes_on(tmp_path: Path) -> None:
    source, target = tmp_path / "in.csv", tmp_path / "out.jsonl"
    rows = ["policy,date_of_service,indication,route,weight_kg"]
    rows += [f"{ALDER},2026-11-23,cutaneous_melanoma,intravenous,{one}" for one in ("70", "7,0")]
    source.write_text("\r\n".join([*rows[:2], "", rows[2], rows[1], ""]), "utf-8")
    ended = run("batch", source, target)
    assert (ended.status, ended.err) == (BAD_LINES, "")
    lines = [json.loads(line) for line in target.read_bytes().splitlines()]
    assert [is_error(line) for line in lines] == [False, True, False]
    [problem] = lines[1]["error"]["problems"]
    assert problem["message"] == "Row 4: The row has more cells than the file has headings."


def test_a_csv_file_that_is_refused_as_a_whole_keeps_what_out_had(tmp_path: Path) -> None:
    source, kept = tmp_path / "in.csv", tmp_path / "kept.csv"
    source.write_bytes("policy,größe\r\n".encode("cp1252"))
    kept.write_bytes(b"earlier")
    ended = run("batch", source, kept)
    assert (ended.status, kept.read_bytes()) == (WRONG_INPUT, b"earlier")
    assert "CSV UTF-8" in ended.err
