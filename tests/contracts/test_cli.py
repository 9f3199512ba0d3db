"""The command line: what it prints where, and its exit statuses 0, 2 and 3.

Exit status 1 belongs to `batch` (test_batch.py).
"""

import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest

from app import cli
from app.files.json_forms import determination_json
from app.library import DataFileError, Library
from tests.cases import ALDER, BIRCH, case, determine
from tests.console import run
from tests.fixture_cases import EXAMPLES, Example
from tests.fixture_library import FILES

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WRONG_INPUT, NO_POLICY = 2, 3

each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


def written(data: Any, **changes: Any) -> bytes:
    return json.dumps(data, **changes).encode()


def refused(stdin: bytes) -> tuple[int, list[tuple[str, str]]]:
    """Return status and problems, and prove that both forms of a refusal say the same."""
    as_json, as_text = run("check", "--json", "-", stdin=stdin), run("check", "-", stdin=stdin)
    assert (as_json.err, as_text.out) == ("", b"")
    assert as_text.status == as_json.status
    for one in as_json.json["error"]["problems"]:
        assert one["message"] in as_text.err
        assert one["at"] in as_text.err
    return as_json.status, as_json.problems


@each_example
def test_the_engine_answers_the_examples(example: Example, library: Library) -> None:
    found = determination_json(determine(library, example.case))
    assert example.differs(json.loads(found)) == {}


@each_example
def test_check_answers_the_examples(example: Example, tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(written(example.case))
    ended = run("check", "--json", file)
    assert (ended.status, ended.err) == (0, "")
    assert example.differs(ended.json) == {}
    assert run("check", file, "--json") == ended


def test_check_tells_no_dose_that_follows_from_an_unusual_weight() -> None:
    unusual = case(
        weight_kg="154",
        height_cm="175",
        requested={"dose_iu": 7_000_000},
        course={"first_dose_at": "2026-11-23T08:00"},
    )
    text = run("check", "-", stdin=json.dumps(unusual).encode()).out.decode()
    assert "not used until somebody confirms it: weight." in text
    doses = set(re.findall(r"([0-9,]+) International Unit", text))
    assert doses == {"400,000", "7,000,000"}  # the policy's rate, and what was requested
    assert not re.findall(r"[0-9] mL|[0-9] vial", text)
    sure = {**unusual, "confirmed": {"weight_kg": "154"}}
    text = run("check", "-", stdin=json.dumps(sure).encode()).out.decode()
    assert "somebody confirms" not in text
    for words in ("61,600,000 International Units", "0.38 mL", "20 doses, 20 vials by content"):
        assert words in text


def test_check_tells_the_weight_with_its_pounds_and_date() -> None:
    undated = run("check", "-", stdin=json.dumps(case()).encode()).out.decode()
    assert "Weight: 70.5 kg (155.4 lb), date of weight not entered" in undated
    dated = json.dumps(case(weight_measured_on="2026-11-20")).encode()
    text = run("check", "-", stdin=dated).out.decode()
    assert "Weight: 70.5 kg (155.4 lb), measured on Fri, Nov 20, 2026" in text


@each_example
def test_check_prints_a_text_for_a_person(example: Example) -> None:
    ended = run("check", "-", stdin=written(example.case))
    text = ended.out.decode()
    assert (ended.status, ended.err) == (0, "")
    assert "null" not in text
    assert "None" not in text
    limit = example.expect.get("dose_limit.max_dose_iu")
    assert limit is None or f"{limit:,} International Units" in text


def test_parts_that_follow_from_nothing_in_the_case_are_null() -> None:
    found = run("check", "--json", "-", stdin=written(case())).json
    assert [found[key] for key in ("course_check", "preparation", "forecast")] == [None] * 3


def test_dates_of_a_course_are_plain_and_volumes_are_text() -> None:
    course = {"first_dose_at": "2026-11-23T08:00", "previous_last_dose_on": "2026-09-27"}
    data = case(requested={"dose_iu": 27_900_000}, course=course)
    found = run("check", "--json", "-", stdin=written(data)).json
    assert found["course_check"]["this_course_earliest"] == "2026-11-23"
    assert found["preparation"]["volume_ml"] == "1.55"
    assert found["forecast"]["courses"][1]["first_day"] == "2027-02-08"
    assert found["forecast"]["total_vials"] == 160


def test_a_dash_reads_standard_input_like_a_file(tmp_path: Path) -> None:
    file = tmp_path / "case.json"
    file.write_bytes(written(case()))
    from_file, from_input = run("check", file), run("check", "-", stdin=file.read_bytes())
    assert from_file == from_input
    assert from_file.status == 0


@pytest.mark.parametrize(
    "form",
    [
        BYTE_ORDER_MARK + written(case()),
        written(case(), indent=4).replace(b"\n", b"\r\n"),
        b"\n\t " + written(case()) + b"\n\n",
        written(case(), sort_keys=True),
    ],
    ids=["byte-order mark", "lines end in CRLF", "blanks around", "another order"],
)
def test_the_same_case_in_another_form_gives_the_same_bytes(form: bytes) -> None:
    plain = run("check", "--json", "-", stdin=written(case()))
    assert run("check", "--json", "-", stdin=form) == plain
    assert run("check", "--json", "-", stdin=form) == plain


def test_a_reference_is_echoed_in_utf_8_and_as_text() -> None:
    data = case(reference="Zeile 7 – é")
    assert run("check", "--json", "-", stdin=written(data)).json["reference"] == "Zeile 7 – é"
    assert "Zeile 7 – é" in run("check", "-", stdin=written(data)).out.decode()


@pytest.mark.parametrize(
    ("data", "at"),
    [
        (case(weight_kg="154 lb"), "weight_kg"),
        (case(facts={"single_agent": "yes"}), "facts.single_agent"),
        (case(patient_name="x"), "patient_name"),
        (case(policy="alder"), "policy"),
        (case(policy=""), "policy"),
        ([], ""),
        (None, ""),
    ],
)
def test_an_invalid_case_ends_with_2_and_names_the_key(data: Any, at: str) -> None:
    assert refused(written(data)) == (WRONG_INPUT, [("invalid_case", at)])


@pytest.mark.parametrize(("policy", "day"), [(ALDER, "2024-06-02"), (BIRCH, "2023-10-15")])
def test_a_date_before_every_version_ends_with_3(policy: str, day: str) -> None:
    status, problems = refused(written(case(policy=policy, date_of_service=day)))
    assert (status, problems) == (NO_POLICY, [("no_policy_in_force", "date_of_service")])


@pytest.mark.parametrize(
    "stdin",
    [b"", b"\n", b"{", b"not JSON", b"{}{}", BYTE_ORDER_MARK, b"\xff", b'{"policy": "\xe9"}']
    + ["{}".encode(name) for name in ("utf-16", "utf-32")]
    + [b"[" * 100_000, b"\0", BYTE_ORDER_MARK * 2 + b"{}"],
    ids=lambda text: repr(text[:12]),
)
def test_what_is_no_json_in_utf_8_ends_with_2(stdin: bytes) -> None:
    assert refused(stdin) == (WRONG_INPUT, [("unreadable", "")])


def test_a_missing_file_and_a_folder_end_with_2(tmp_path: Path) -> None:
    for name in (tmp_path / "none.json", tmp_path, ""):
        as_json, as_text = run("check", "--json", name), run("check", name)
        assert (as_json.status, as_json.problems) == (WRONG_INPUT, [("unreadable", "")])
        assert (as_text.status, as_text.out) == (WRONG_INPUT, b"")
        assert str(name) in as_text.err


@pytest.mark.parametrize(
    "arguments",
    [["check"], ["check", "a", "b"], ["frobnicate"], ["schema"], ["schema", "x"], ["batch", "a"]],
)
def test_wrong_arguments_end_with_2_and_show_the_usage(arguments: list[str]) -> None:
    ended = run(*arguments)
    assert (ended.status, ended.out) == (WRONG_INPUT, b"")
    assert "usage: aldesk" in ended.err


@pytest.mark.parametrize("arguments", [["check", "--json", "-"], ["policies", "--json"]])
def test_a_broken_policy_file_is_an_error_object_too(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Library:
        raise DataFileError(Path("alder.yaml"), 7, ("notes", 0), "the key is missing")

    monkeypatch.setattr(cli, "load_all", broken)
    ended = run(*arguments, stdin=written(case()))
    assert (ended.status, ended.err) == (WRONG_INPUT, "")
    [problem] = ended.json["error"]["problems"]
    assert "alder.yaml, line 7, notes.0: the key is missing" in problem["message"]


def test_policies_lists_every_version_with_its_hash() -> None:
    ended = run("policies", "--json")
    assert ended.status == 0
    keys = ["id", "version", "payer", "title", "in_force_from", "sha256", "provided_by"]
    assert [list(one) for one in ended.json] == [keys] * 3
    assert [(one["id"], one["version"], one["in_force_from"]) for one in ended.json] == [
        (ALDER, "2024-06-03", "2024-06-03"),
        (ALDER, "2026-03-02", "2026-03-02"),
        (BIRCH, "2023-10-16", "2023-10-16"),
    ]
    hashes = {hashlib.sha256(file.read_bytes()).hexdigest() for file in FILES}
    assert {one["sha256"] for one in ended.json} == hashes
    text = run("policies").out.decode()
    for one in ended.json:
        assert all(one[key] in text for key in ("id", "version", "payer", "title", "sha256"))
