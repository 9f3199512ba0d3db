"""`aldesk policies add` and `remove`: nobody takes a file unseen, and nothing else is touched."""

import csv
import hashlib
import io
import json
from pathlib import Path

import pytest

from app.library import site
from app.library.site_folders import SiteFolders
from tests.cases import ALDER, case
from tests.console import Ended, run
from tests.contracts.test_cli_policies import (
    AT_HAND,
    DONE,
    NOT_TAKEN,
    REST,
    WRONG_INPUT,
    places,
    text,
)
from tests.library.sites import PROVIDER, THIRD, file_with, offered, revision, taken

__all__ = ["places"]


class Terminal(io.BytesIO):
    """A standard stream at which somebody sits."""

    def isatty(self) -> bool:
        return True


def add(file: Path, *more: str | Path) -> Ended:
    return run("policies", "add", file, *more)


def ids() -> list[tuple[str, str]]:
    return [(one["id"], one["version"]) for one in run("policies", "--json").json]


def test_a_new_policy_is_shown_in_full_and_taken_for_this_user(
    tmp_path: Path, places: SiteFolders
) -> None:
    file = file_with(tmp_path, offered())
    ended = add(file, "--yes")
    assert (ended.status, ended.err) == (DONE, "")
    sha256 = hashlib.sha256(file.read_bytes()).hexdigest()
    lines = text(ended).splitlines()
    assert lines[:4] == [
        f"Provided by: {PROVIDER}",
        f"SHA-256: {sha256}",
        "Title: Third Health, Example policy of a third payer",
        "In force: from Thu, Jan 15, 2026",
    ]
    assert "Before: nothing; the policy is new" in lines
    assert "  Added: Rest between the cycles: at least 15 days (Third Health 3: Dosing 4)" in lines
    [taken] = (places.user / "policies").iterdir()
    assert lines[-1] == f"Taken: {taken}"
    assert taken.read_bytes() == file.read_bytes()
    assert ("third-health", "3.0") in ids()


def test_a_revision_is_compared_with_the_version_before_and_taken_for_all_users(
    tmp_path: Path, places: SiteFolders
) -> None:
    add(file_with(tmp_path, offered()), "--yes")
    ended = add(file_with(tmp_path, offered(revision())), "--yes", "--for-all-users")
    assert ended.status == DONE
    assert f"  {REST} (Third Health 3: Dosing 4)" in text(ended).splitlines()
    assert len(list((places.machine / "policies").iterdir())) == 1
    assert ids()[-2:] == [("third-health", "3.0"), ("third-health", "4.0")]


def test_cases_are_judged_by_both_versions_before_a_revision_is_taken(tmp_path: Path) -> None:
    add(file_with(tmp_path, offered()), "--yes")
    third = {"policy": "third-health", "indication": "renal_cell_carcinoma"}
    cases = [case(**third, reference="row 9"), case(**third, route="subcutaneous"), case(), 0]
    worklist = tmp_path / "cases.jsonl"
    worklist.write_text("".join(f"{json.dumps(one)}\n" for one in cases), "utf-8")
    ended = add(file_with(tmp_path, offered(revision())), "--cases", worklist, "--yes")
    lines = text(ended).splitlines()
    assert "Judged by both versions: 2 cases." in lines
    assert "The result differs for: 1 case." in lines
    assert "Of another policy, not judged: 1 case." in lines
    at = lines.index(f"{worklist}, row 1, row 9")
    assert lines[at + 1] == "  Rest before the second cycle: at least 15 days → at least 16 days"
    assert f"  {worklist}, row 4: Must be an object with named values." in lines
    assert lines[-1].startswith("Taken: ")


def test_cases_say_nothing_where_no_version_comes_before(tmp_path: Path) -> None:
    ended = add(file_with(tmp_path, offered()), "--yes", "--cases", tmp_path / "none.json")
    assert ended.status == DONE
    assert "No version comes before this one, so no case can be judged by both." in text(ended)


def test_a_missing_file_of_cases_is_refused_and_nothing_is_taken(
    tmp_path: Path, places: SiteFolders
) -> None:
    add(file_with(tmp_path, offered()), "--yes")
    missing = tmp_path / "none.json"
    ended = add(file_with(tmp_path, offered(revision())), "--yes", "--cases", missing)
    assert ended.status == WRONG_INPUT
    assert str(missing) in ended.err
    assert len(list((places.user / "policies").iterdir())) == 1


def test_without_a_terminal_and_without_yes_nothing_is_taken(
    tmp_path: Path, places: SiteFolders
) -> None:
    ended = run("policies", "add", file_with(tmp_path, offered()), stdin=b"yes\n")
    assert ended.status == NOT_TAKEN
    assert ended.err == (
        "Nothing was taken: there is no terminal to ask on; --yes takes it unasked.\n"
    )
    assert not places.user.exists()


@pytest.mark.parametrize(("answer", "status"), [("yes", DONE), ("y", 1), ("", 1), ("yes no", 1)])
def test_on_a_terminal_only_a_yes_in_full_takes_a_file(
    answer: str, status: int, tmp_path: Path, places: SiteFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(io, "BytesIO", Terminal)
    ended = run("policies", "add", file_with(tmp_path, offered()), stdin=f"{answer}\n".encode())
    assert ended.status == status
    assert ended.err.startswith("\nTake this policy? Type yes: ")
    assert ("Taken: " in text(ended)) == (status == DONE)
    assert ("Nothing was taken." in ended.err) == (status != DONE)
    assert places.user.exists() == (status == DONE)


def test_a_file_without_its_provider_is_refused(tmp_path: Path, places: SiteFolders) -> None:
    ended = add(file_with(tmp_path, THIRD), "--yes")
    assert (ended.status, ended.out) == (WRONG_INPUT, b"")
    assert "provided_by" in ended.err
    assert not places.user.exists()


def test_a_folder_that_cannot_be_written_is_told_and_nothing_is_taken(
    tmp_path: Path, places: SiteFolders
) -> None:
    places.machine.mkdir(parents=True)
    (places.machine / "policies").write_text("a file where a folder belongs", "utf-8")
    ended = add(file_with(tmp_path, offered()), "--yes", "--for-all-users")
    assert ended.status == WRONG_INPUT
    assert ended.err.startswith(f"Nothing was taken. {places.machine / 'policies'}: ")
    assert "Traceback" not in ended.err


def test_a_taken_file_can_be_removed_and_a_shipped_one_cannot(
    tmp_path: Path, places: SiteFolders
) -> None:
    add(file_with(tmp_path, offered()), "--yes")
    [taken] = (places.user / "policies").iterdir()
    ended = run("policies", "remove", "third-health", "3.0")
    assert (ended.status, text(ended)) == (DONE, f"Removed: {taken}\n")
    assert not taken.exists()
    shipped = run("policies", "remove", ALDER, "2026-03-02")
    assert (shipped.status, shipped.out) == (WRONG_INPUT, b"")
    assert "Alder 12, version 2026-03-02, is no file of this site" in shipped.err


def test_a_file_that_the_system_keeps_is_told_and_stays(
    tmp_path: Path, places: SiteFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> Path:
        raise PermissionError(13, "Permission denied")

    add(file_with(tmp_path, offered()), "--yes")
    monkeypatch.setattr(site, "remove", refuse)
    ended = run("policies", "remove", "third-health", "3.0")
    assert (ended.status, ended.err) == (WRONG_INPUT, "Nothing was removed: Permission denied.\n")
    assert any((places.user / "policies").iterdir())


def test_an_unknown_version_cannot_be_removed() -> None:
    ended = run("policies", "remove", ALDER, "2020-01-01")
    assert (ended.status, ended.err) == (WRONG_INPUT, f"There is no such version. {AT_HAND}\n")


def test_a_file_of_the_site_that_is_not_used_is_told_beside_the_list(places: SiteFolders) -> None:
    folder = places.user / "policies"
    folder.mkdir(parents=True)
    (folder / "mine.yaml").write_text(offered(), "utf-8")
    ended = run("policies", "--json")
    assert (ended.status, len(ended.json)) == (DONE, 3)
    assert "mine.yaml was put there by hand." in ended.err


def test_every_command_tells_which_file_of_the_site_is_not_used(
    tmp_path: Path, places: SiteFolders
) -> None:
    taken(places, offered()).write_text("", "utf-8")
    one = tmp_path / "case.json"
    one.write_text(json.dumps(case()), "utf-8")
    record = tmp_path / "one.aldesk-record"
    for command in (
        ("check", one),
        ("check", one, "--json"),
        ("batch", one, tmp_path / "out.csv"),
        ("record", one, record),
        ("verify", record),
        ("policies",),
    ):
        assert "A policy file of this site is not used." in run(*command).err, command


def test_where_the_newest_version_is_damaged_no_older_one_judges_its_dates(
    tmp_path: Path, places: SiteFolders
) -> None:
    taken(places, offered())
    taken(places, offered(revision())).write_text("", "utf-8")
    one = tmp_path / "case.json"
    for day, status in (("2027-01-14", 0), ("2027-01-15", 3)):
        one.write_text(json.dumps(case(policy="third-health", date_of_service=day)), "utf-8")
        assert run("check", one).status == status


def test_a_row_of_a_worklist_and_a_verified_record_name_the_site_policy(
    tmp_path: Path, places: SiteFolders
) -> None:
    taken(places, offered())
    one, record = tmp_path / "case.json", tmp_path / "one.aldesk-record"
    one.write_text(json.dumps(case(policy="third-health")), "utf-8")
    out = tmp_path / "out.csv"
    run("batch", one, out)
    [row] = csv.DictReader(out.read_text("utf-8-sig").splitlines())
    run("record", one, record)
    for told in (row["site_policy"], run("verify", record).out.decode()):
        assert f"Provided by {PROVIDER}" in told
        assert hashlib.sha256(offered().encode()).hexdigest() in told


def test_a_file_with_a_note_of_aldesk_is_told_by_every_command_and_can_be_removed(
    tmp_path: Path, places: SiteFolders
) -> None:
    text_of_file = offered().replace("id: ask_the_payer", "id: site_policy")
    refused = add(file_with(tmp_path, text_of_file), "--yes")
    assert (refused.status, refused.out) == (WRONG_INPUT, b"")
    assert "notes.0.id: 'site_policy' is the id of a note that Aldesk itself writes" in refused.err
    sha256 = hashlib.sha256(text_of_file.encode()).hexdigest()
    old = places.user / "policies" / f"third-health_2026-01-15_taken-2026-11-21_{sha256}.yaml"
    old.parent.mkdir(parents=True)
    old.write_bytes(text_of_file.encode())  # as an earlier Aldesk took it
    told, shipped = run("policies"), ids()
    assert "leave this note out, or give it another id" in told.err
    assert "third-health" not in {policy for policy, _ in shipped}
    corrected = text_of_file.replace("id: site_policy", "id: of_the_payer")
    assert add(file_with(tmp_path, corrected), "--yes").status == DONE
    assert run("policies", "remove", "third-health", "3.0").status == DONE
    assert not old.exists()
    again = run("policies")
    assert (again.err, ids()) == ("", [*shipped, ("third-health", "3.0")])
