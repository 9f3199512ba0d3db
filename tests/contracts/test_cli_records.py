"""The command line for case files and records: what is written, what is told, how it ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.files.case_file import case_bytes
from app.files.sealed_json import add_checksum, checked_body
from app.library import Library, load
from app.model.case_json import read_case
from tests.cases import ALDER, case
from tests.console import Ended, run, start
from tests.damage import changed
from tests.fixture_library import file_of
from tests.library.folders import resources_copy

SAME, DIFFERS, WRONG, NO_POLICY = 0, 1, 2, 3
CASE = json.dumps(case(reference="Zeile 7 – é")).encode()
CASE_FILE = case_bytes(read_case(json.loads(CASE)))
NO_SIGNATURE = "not a signature"


@pytest.fixture(autouse=True)
def library_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cli, "load_all", lambda: library)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    written = tmp_path / "Fälle.json"
    written.write_bytes(CASE)
    return written


@pytest.fixture
def record(file: Path) -> Path:
    written = file.with_name("one.aldesk-record")
    assert run("record", file, written) == Ended(0, b"", "")
    return written


def body_of(record: Path) -> dict[str, Any]:
    return checked_body(record.read_bytes(), "aldesk-record", 2)


def refused(*arguments: str | Path, stdin: bytes = b"") -> list[tuple[str, str]]:
    """Return the problems of a refusal, and prove that both its forms say the same."""
    as_json = run(*arguments, "--json", stdin=stdin)
    as_text = run(*arguments, stdin=stdin)
    assert (as_json.status, as_json.err) == (WRONG, "")
    assert (as_text.status, as_text.out) == (WRONG, b"")
    assert all(one["message"] in as_text.err for one in as_json.json["error"]["problems"])
    return as_json.problems


def test_check_reads_a_case_file_whatever_its_name(file: Path) -> None:
    plain = run("check", "--json", file)
    assert plain.status == 0
    file.write_bytes(CASE_FILE)
    assert run("check", "--json", file) == plain
    assert run("check", "--json", "-", stdin=CASE_FILE) == plain


@pytest.mark.parametrize(
    ("stdin", "problem"),
    [
        (CASE_FILE.replace(b"70.5", b"70.6"), ("unreadable", "")),
        (CASE_FILE[:-10], ("unreadable", "")),
        (b"\xef\xbb\xbf" + CASE_FILE, ("unreadable", "")),
        (CASE_FILE.replace(b"\n", b"\r\n"), ("unreadable", "")),
        (add_checksum("aldesk-case", 3, {"case": case()}), ("unreadable", "")),
        (add_checksum("aldesk-record", 2, {"case": case()}), ("unreadable", "")),
        (b'{"format": null}', ("unreadable", "")),
        (
            add_checksum("aldesk-case", 2, {"case": case(age_years=131)}),
            ("invalid_case", "age_years"),
        ),
        (add_checksum("aldesk-case", 2, {"case": case(policy="x")}), ("invalid_case", "policy")),
    ],
)
def test_check_tells_what_is_wrong_with_a_case_file(stdin: bytes, problem: tuple[str, str]) -> None:
    assert refused("check", "-", stdin=stdin) == [problem]


def test_no_damaged_case_file_is_checked() -> None:
    for damaged in changed(CASE_FILE, 40):
        assert run("check", "-", stdin=damaged).status == WRONG


def test_a_case_file_before_every_version_ends_with_3() -> None:
    early = case_bytes(read_case(case(date_of_service="2020-01-01")))
    assert run("check", "-", stdin=early).status == NO_POLICY
    assert run("record", "-", "-", stdin=early).status == NO_POLICY


def test_a_record_is_written_from_json_from_a_case_file_and_from_standard_input(
    file: Path, record: Path
) -> None:
    written = record.read_bytes()
    for stdin in (CASE, CASE_FILE):
        assert run("record", "-", record, stdin=b"").status == WRONG
        assert record.read_bytes() == written  # a refusal has changed nothing
        to_stream = run("record", "-", "-", stdin=stdin)
        assert (to_stream.status, to_stream.out) == (0, written)
        file.write_bytes(stdin)
        assert run("record", file, file.with_name("other")).status == 0
        assert file.with_name("other").read_bytes() == written


def test_a_record_never_takes_the_place_of_its_case(file: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(file)
    for target in (file, link):
        ended = run("record", file, target)
        assert ended.status == WRONG
        assert "same file" in ended.err
        assert file.read_bytes() == CASE


def test_a_case_from_standard_input_is_not_overwritten_either(file: Path) -> None:
    with (
        file.open("rb") as stream,
        start("-m", "app", "record", "-", file, stdin=stream) as running,
    ):
        _, err = running.communicate()
    assert (running.returncode, b"same file" in err) == (WRONG, True)
    assert file.read_bytes() == CASE


@pytest.mark.parametrize("target", ["none/one.aldesk-record", ".", ""])
def test_a_record_that_cannot_be_saved_is_told(target: str, file: Path, tmp_path: Path) -> None:
    ended = run("record", file, str(tmp_path / target) if target else "")
    assert (ended.status, ended.out) == (WRONG, b"")
    assert ended.err.endswith(".\n")
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_a_record_that_would_be_too_large_is_told(tmp_path: Path) -> None:
    many = case(facts={"lesion_site": ["nodal"] * 100_000})
    ended = run("record", "-", tmp_path / "one", stdin=json.dumps(many).encode())
    assert (ended.status, "1,000,000 bytes" in ended.err) == (WRONG, True)
    assert list(tmp_path.iterdir()) == []


def test_a_whole_record_is_verified_in_words_and_for_programs(record: Path) -> None:
    ended = run("verify", record)
    assert (ended.status, ended.err) == (SAME, "")
    text = ended.out.decode()
    for words in (
        *(
            "Clinical criteria met; dosing not checked",
            "28,200,000 International Units (28.2 million)",
            NO_SIGNATURE,
        ),
        *("alder-aldesleukin", "2026-03-02"),
    ):
        assert words in text
    as_json = run("verify", "--json", record)
    policy = body_of(record)["policy"]
    assert as_json.status == SAME
    assert as_json.json == {"result": "same", "differences": [], "policy": policy}
    assert run("verify", "-", "--json", stdin=record.read_bytes()) == as_json


def test_a_record_that_comes_out_differently_ends_with_1(record: Path) -> None:
    body = body_of(record)
    body["determination"]["dose_limit"]["max_dose_iu"] = 28_200_001
    record.write_bytes(add_checksum("aldesk-record", 2, body))
    as_text, as_json = run("verify", record), run("verify", "--json", record)
    assert (as_text.status, as_json.status) == (DIFFERS, DIFFERS)
    assert as_json.json == {
        "result": "differs",
        "differences": [
            {
                "at": "dose_limit.max_dose_iu",
                "recorded": 28_200_001,
                "recomputed": 28_200_000,
            }
        ],
        "policy": body["policy"],
    }
    text = as_text.out.decode()
    assert "dose_limit.max_dose_iu: recorded 28,200,001 International Units" in text
    assert NO_SIGNATURE in text


def test_a_policy_version_that_is_not_at_hand_ends_with_3(
    record: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = resources_copy(tmp_path)
    (folder / "policies" / file_of(ALDER).name).unlink()
    other = load(folder)
    monkeypatch.setattr(cli, "load_all", lambda: other)
    as_text, as_json = run("verify", record), run("verify", "--json", record)
    assert (as_text.status, as_json.status) == (NO_POLICY, NO_POLICY)
    assert as_json.json["result"] == "policy_not_at_hand"
    assert as_json.json["policy"]["version"] == "2026-03-02"
    assert "is not known" in as_text.out.decode()


def test_a_damaged_record_and_what_is_none_end_with_2(record: Path) -> None:
    whole = record.read_bytes()
    assert refused("verify", "-", stdin=whole.replace(b"28200000", b"28200001")) == [
        ("unreadable", "")
    ]
    for stdin in (whole[:-9], CASE_FILE, CASE, b"", b"\xff", add_checksum("aldesk-record", 3, {})):
        assert refused("verify", "-", stdin=stdin) == [("unreadable", "")]
    assert refused("verify", record.with_name("none")) == [("unreadable", "")]
    invalid = add_checksum("aldesk-record", 2, {**body_of(record), "case": case(age_years=131)})
    assert refused("verify", "-", stdin=invalid) == [("unreadable", "case.age_years")]


def test_a_record_whose_case_is_refused_now_says_which_entry_and_ends_with_1(
    record: Path,
) -> None:
    body = {**body_of(record), "case": case(requested={"doses_per_day": 1001})}
    record.write_bytes(add_checksum("aldesk-record", 1, {**body, "program_version": "0.1.0"}))
    as_text, as_json = run("verify", record), run("verify", "--json", record)
    assert (as_text.status, as_json.status) == (DIFFERS, DIFFERS)
    problem = {"at": "case.requested.doses_per_day", "message": "Must be 1 to 1,000."}
    assert (as_json.json["result"], as_json.json["problems"]) == ("case_refused", [problem])
    assert "case.requested.doses_per_day: Must be 1 to 1,000." in as_text.out.decode()


def test_a_list_of_confirmations_is_read_from_a_case_file_of_0_1_0_only() -> None:
    data = case(weight_kg="154", height_cm="175", confirmed=["weight_kg"])
    old = add_checksum("aldesk-case", 1, {"case": data})
    limit = run("check", "--json", "-", stdin=old).json["dose_limit"]
    assert limit["max_dose_iu"] == 61_600_000  # 400,000 International Units/kg × 154 kg
    for stdin in (json.dumps(data).encode(), add_checksum("aldesk-case", 2, {"case": data})):
        assert refused("check", "-", stdin=stdin) == [("invalid_case", "confirmed")]


def test_no_damaged_record_is_verified(record: Path) -> None:
    for damaged in changed(record.read_bytes(), 40):
        assert run("verify", "-", stdin=damaged).status == WRONG


def test_the_help_says_what_the_checksum_is_not_and_how_verify_ends() -> None:
    for command in ("record", "verify"):
        assert NO_SIGNATURE in " ".join(run(command, "--help").out.decode().split())
    text = " ".join(run("verify", "--help").out.decode().split())
    for status in ("0 the same", "1 a different", "2 the record is damaged", "3 the policy"):
        assert status in text


@pytest.mark.parametrize(
    "arguments", [["record"], ["record", "a"], ["verify"], ["verify", "a", "b"]]
)
def test_wrong_arguments_end_with_2_and_show_the_usage(arguments: list[str]) -> None:
    ended = run(*arguments)
    assert (ended.status, ended.out) == (WRONG, b"")
    assert "usage: aldesk" in ended.err
