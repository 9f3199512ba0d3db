"""Records: what was determined comes out again, or it is told what does not."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app import __version__
from app.files.json_forms import determination_json
from app.files.record import Verification, record_bytes, verify
from app.files.sealed_json import SealedJsonError, add_checksum, checked_body
from app.library import Library, load
from app.model.case_json import read_case
from app.model.earlier_editions import EarlierFile
from tests.cases import ALDER, BIRCH, case, determine
from tests.damage import changed, cut_off
from tests.fixture_cases import EXAMPLES, Example
from tests.fixture_library import file_of
from tests.library.folders import resources_copy
from tests.random_cases import cases

VERSION = 2
SMALL = case(indication="other", facts={}, reference="é")


def record(library: Library, data: dict[str, Any]) -> bytes:
    return record_bytes(read_case(data), determine(library, data))


def body_of(data: bytes) -> dict[str, Any]:
    return checked_body(data, "aldesk-record", VERSION)


def resealed(body: dict[str, Any]) -> bytes:
    """A record with a right checksum, whatever is in it."""
    return add_checksum("aldesk-record", VERSION, body)


def differences(found: Verification) -> dict[str, dict[str, Any]]:
    listed = [one.as_json() for one in found.differences]
    return {one.pop("at"): one for one in listed}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_every_example_comes_out_the_same(example: Example, library: Library) -> None:
    found = verify(record(library, example.case), library)
    assert (found.result, found.differences, found.problems) == ("same", (), ())
    assert found.recorded is not None
    assert example.differs(found.recorded) == {}
    assert found.recomputed == determine(library, example.case)


def test_cases_at_random_come_out_the_same(library: Library) -> None:
    drawn = cases(seed=9, count=60)
    assert {verify(record(library, data), library).result for data in drawn} == {"same"}


def test_a_record_holds_case_determination_policy_and_program(library: Library) -> None:
    body = body_of(record(library, case()))
    assert set(body) == {"case", "determination", "policy", "program_version"}
    assert body["case"] == case()
    assert body["determination"] == json.loads(determination_json(determine(library, case())))
    assert (body["policy"]["id"], body["policy"]["version"]) == (ALDER, "2026-03-02")
    assert body["policy"]["sha256"] == hashlib.sha256(file_of(ALDER).read_bytes()).hexdigest()
    assert body["program_version"] == __version__


def test_the_same_case_gives_the_same_record(library: Library) -> None:
    assert record(library, case()) == record(library, dict(reversed(case().items())))


def test_every_beginning_of_a_record_is_damaged(library: Library) -> None:
    for damaged in cut_off(record(library, SMALL)):
        found = verify(damaged, library)
        assert (found.result, bool(found.problems)) == ("damaged", True)


def test_ten_thousand_damaged_records_are_told(library: Library) -> None:
    results: set[str] = set()
    for damaged in changed(record(library, SMALL), 10_000):
        try:
            results.add(verify(damaged, library).result)
        except SealedJsonError as error:
            results.add(error.fault)
    assert "damaged" in results
    assert results <= {"damaged", "other_format", "newer_format"}


def test_a_changed_determination_with_a_right_checksum_differs_where_it_was_changed(
    library: Library,
) -> None:
    body = body_of(record(library, case(requested={"dose_iu": 28_200_000})))
    changed_one = body["determination"]
    changed_one["dose_limit"]["max_dose_iu"] = 28_200_001
    changed_one["request_check"]["findings"][0]["result"] = "exceeds"
    found = verify(resealed(body), library)
    assert found.result == "differs"
    assert differences(found) == {
        "dose_limit.max_dose_iu": {"recorded": 28_200_001, "recomputed": 28_200_000},
        "request_check.findings.0.result": {"recorded": "exceeds", "recomputed": "within"},
    }


def test_a_changed_case_with_a_right_checksum_differs(library: Library) -> None:
    body = body_of(record(library, case()))
    body["case"]["weight_kg"] = "80"
    found = differences(verify(resealed(body), library))
    assert found["dose_limit.max_dose_iu"] == {"recorded": 28_200_000, "recomputed": 32_000_000}


def test_keys_and_items_that_one_side_lacks_are_differences_by_their_path(
    library: Library,
) -> None:
    body = body_of(record(library, case()))
    recorded = body["determination"]
    recorded["dose_limit"]["new_key"] = None
    del recorded["dose_limit"]["basis"]
    last = recorded["notes"].pop()
    recorded["eligibility"]["missing"].append("age_years")
    found = differences(verify(resealed(body), library))
    place = len(recorded["notes"])
    assert found.pop("dose_limit.basis").keys() == {"recomputed"}
    assert found == {
        "dose_limit.new_key": {"recorded": None},
        f"notes.{place}": {"recomputed": last},
        "eligibility.missing.0": {"recorded": "age_years"},
    }


@pytest.mark.parametrize("value", [True, "1", [], {}, None])
def test_a_value_of_another_kind_differs(value: Any, library: Library) -> None:
    data = case(requested={"doses_per_day": 1})
    body = body_of(record(library, data))
    body["determination"]["request_check"]["findings"][0]["requested"] = value
    found = differences(verify(resealed(body), library))
    assert found == {"request_check.findings.0.requested": {"recorded": value, "recomputed": 1}}


def of_0_1_0(data: dict[str, Any], **parts: Any) -> bytes:
    """A record of version 1, with a right checksum."""
    policy = {"id": ALDER, "version": "2026-03-02", "sha256": "0" * 64}
    body = {"case": data, "determination": {}, "policy": policy, "program_version": "0.1.0"}
    return add_checksum("aldesk-record", 1, {**body, **parts})


def knowing(library: Library, policy_id: str) -> Library:
    """The library with an earlier file of a policy, whose hash is all zeros."""
    file = EarlierFile(id=policy_id, version="2026-03-02", sha256="0" * 64, shipped_with="0.1.0")
    return replace(library, earlier=replace(library.earlier, policy_files=(file,)))


def test_a_file_that_an_earlier_aldesk_shipped_is_known_by_its_hash(library: Library) -> None:
    recorded = json.loads(determination_json(determine(library, case())))
    recorded["policy"]["sha256"] = "0" * 64
    record = of_0_1_0(case(), determination=recorded)
    assert verify(record, library).result == "policy_not_at_hand"
    assert verify(record, knowing(library, BIRCH)).result == "policy_not_at_hand"
    found = verify(record, knowing(library, ALDER))
    assert (found.result, found.shipped_with, found.differences) == ("same", "0.1.0", ())
    assert found.as_json()["policy_file_shipped_with"] == "0.1.0"
    assert found.recomputed == determine(library, case())


def test_no_file_of_a_site_stands_in_for_one_that_shipped(library: Library) -> None:
    of_site = tuple(replace(one, provided_by="somebody") for one in library.policies)
    known = replace(knowing(library, ALDER), policies=of_site)
    assert verify(of_0_1_0(case()), known).result == "policy_not_at_hand"


def test_what_is_told_in_other_words_is_not_the_same_and_not_different(library: Library) -> None:
    recorded = json.loads(determination_json(determine(library, case())))
    recorded["summary"] = "Worded otherwise."
    found = verify(of_0_1_0(case(), determination=recorded), knowing(library, ALDER))
    assert found.result == "told_otherwise"
    assert [one.as_json()["rule"] for one in found.differences] == ["worded_anew"]
    assert found.as_json()["rules"] == {"worded_anew": library.earlier.rules["worded_anew"]}
    recorded["approval_status"] = "clinician_review"
    found = verify(of_0_1_0(case(), determination=recorded), knowing(library, ALDER))
    assert found.result == "differs"
    assert {one.at: one.rule for one in found.differences} == {
        "approval_status": None,
        "summary": None,
    }


def test_a_case_of_0_1_0_that_is_refused_now_says_which_entry(library: Library) -> None:
    found = verify(of_0_1_0(case(requested={"doses_per_day": 1001})), library)
    assert (found.result, found.recomputed, found.differences) == ("case_refused", None, ())
    assert found.policy is not None
    assert found.as_json()["problems"] == [
        {"at": "case.requested.doses_per_day", "message": "Must be 1 to 1,000."}
    ]


def test_which_version_of_aldesk_wrote_a_record_is_no_difference(library: Library) -> None:
    data = case()
    older = replace(determine(library, data), engine_version="0.0.1")
    body = {**body_of(record_bytes(read_case(data), older)), "program_version": "0.0.1"}
    found = verify(resealed(body), library)
    assert (found.result, found.program_version) == ("same", "0.0.1")


def test_the_version_that_a_record_names_counts_not_the_newest(
    library: Library, tmp_path: Path
) -> None:
    written = record(library, case())
    folder = resources_copy(tmp_path)
    old = folder / "policies" / file_of(ALDER).name
    text = old.read_text("utf-8").replace("2026-03-02", "2026-06-01").replace("400_000", "500_000")
    (folder / "policies" / "alder-aldesleukin-2026-06-01.yaml").write_text(text, "utf-8")
    both = load(folder)
    now = determine(both, case()).dose_limit
    assert now is not None
    assert now.max_dose_iu == 35_250_000
    assert verify(written, both).result == "same"


@pytest.mark.parametrize("change", ["", "# another byte\n"], ids=["gone", "another file"])
def test_a_policy_version_that_is_not_at_hand_is_told(
    change: str, library: Library, tmp_path: Path
) -> None:
    written = record(library, case())
    folder = resources_copy(tmp_path)
    file = folder / "policies" / file_of(ALDER).name
    if change:
        file.write_text(file.read_text("utf-8") + change, "utf-8")
    else:
        file.unlink()
    found = verify(written, load(folder))
    assert (found.result, found.differences) == ("policy_not_at_hand", ())
    assert found.policy is not None
    assert found.policy.id == ALDER
    assert found.recorded is not None
    assert found.recorded["approval_status"] == "criteria_met"


@pytest.mark.parametrize(
    ("change", "at"),
    [
        ({"case": case(weight_kg="154 lb")}, "case.weight_kg"),
        ({"case": case(patient_name="x")}, "case.patient_name"),
        ({"case": []}, "case"),
        ({"case": case(policy=BIRCH)}, "policy.id"),
        ({"determination": []}, ""),
        ({"determination": None}, ""),
        ({"policy": {}}, ""),
        ({"policy": {"id": ALDER, "version": 1, "sha256": ""}}, ""),
        ({"program_version": None}, ""),
        ({"more": 1}, ""),
    ],
)
def test_a_right_checksum_makes_no_record_of_what_is_none(
    change: dict[str, Any], at: str, library: Library
) -> None:
    found = verify(resealed({**body_of(record(library, case())), **change}), library)
    assert found.result == "damaged"
    assert [one.at for one in found.problems] == [at]


@pytest.mark.parametrize("part", ["case", "determination", "policy", "program_version"])
def test_a_record_without_one_of_its_parts_is_damaged(part: str, library: Library) -> None:
    body = body_of(record(library, case()))
    del body[part]
    assert verify(resealed(body), library).result == "damaged"


def test_another_format_and_a_newer_one_are_refused(library: Library) -> None:
    for data, words in (
        (add_checksum("aldesk-case", 2, {"case": case()}), "not the kind"),
        (add_checksum("aldesk-record", 3, {}), "newer Aldesk"),
        (b" " * 1_000_001, "million bytes"),
    ):
        with pytest.raises(SealedJsonError, match=words):
            verify(data, library)
