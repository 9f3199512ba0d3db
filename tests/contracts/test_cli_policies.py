"""`aldesk policies diff`, `check` and `template`: versions told apart, files checked."""

import hashlib
from pathlib import Path

import pytest

from app.library import RESOURCES, site_folders
from app.library.site_folders import SiteFolders
from tests.cases import ALDER, BIRCH
from tests.console import Ended, run
from tests.fixture_library import file_of
from tests.library.folders import GOOD
from tests.library.sites import PROVIDER, THIRD, file_with, offered, revision, site_in

DONE, DIFFERS, NOT_TAKEN, WRONG_INPUT = 0, 1, 1, 2
TEMPLATE = RESOURCES / "policy-template.yaml"
ALDER_FILE = file_of(ALDER)
AT_HAND = f"Known: {ALDER}@2024-06-03, {ALDER}@2026-03-02, {BIRCH}@2023-10-16."
REST = "Rest between the cycles: at least 15 days → at least 16 days"


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SiteFolders:
    """Keep the site's own folders out of every test here."""
    found = site_in(tmp_path / "site")
    monkeypatch.setattr(site_folders, "default_folders", lambda: found)
    return found


def text(ended: Ended) -> str:
    return ended.out.decode()


def test_a_version_differs_in_nothing_from_its_own_file() -> None:
    ended = run("policies", "diff", f"{ALDER}@2026-03-02", ALDER_FILE)
    assert (ended.status, ended.err) == (DONE, "")
    assert text(ended).endswith("\nBoth say the same.\n")


def test_a_changed_file_differs_and_the_change_is_told_with_its_place(tmp_path: Path) -> None:
    before = tmp_path / "before.yaml"
    before.write_text(THIRD, "utf-8")
    ended = run("policies", "diff", before, file_with(tmp_path, revision()))
    assert (ended.status, ended.err) == (DIFFERS, "")
    assert f"  {REST} (Third Health 3: Dosing 4)\n" in text(ended)
    assert "\n3 differences:\n" in text(ended)


@pytest.mark.parametrize("name", ["nothing", f"{ALDER}@2020-01-01", f"{ALDER}", "none.yaml"])
def test_what_is_no_file_and_no_version_at_hand_is_refused_with_those_that_are(name: str) -> None:
    ended = run("policies", "diff", name, ALDER_FILE)
    assert (ended.status, ended.out) == (WRONG_INPUT, b"")
    assert ended.err == f"{name} is no file and no known version. {AT_HAND}\n"


def test_a_folder_is_no_policy_file(tmp_path: Path) -> None:
    for ended in (
        run("policies", "check", tmp_path),
        run("policies", "diff", tmp_path, ALDER_FILE),
    ):
        assert (ended.status, ended.out) == (WRONG_INPUT, b"")
        assert tmp_path.name in ended.err


def test_check_tells_what_a_file_holds(tmp_path: Path) -> None:
    file = file_with(tmp_path, offered())
    ended = run("policies", "check", file)
    assert (ended.status, ended.err) == (DONE, "")
    valid, *content = text(ended).splitlines()
    assert valid == "The file is a valid policy. Compare it with the document:"
    assert any("450,000 International Units" in line for line in content)
    assert content[-12:] == [
        "Payer: Third Health",
        "Title: Example policy of a third payer",
        "Version: third-health@3.0",
        "In force: from Thu, Jan 15, 2026",
        "Reviewed: every 24 months",
        f"Provided by: {PROVIDER}",
        "Covers: Renal cell carcinoma; dosing documented: intravenous",
        "Notes: 1",
        f"SHA-256: {hashlib.sha256(file.read_bytes()).hexdigest()}",
        "It overlaps none of the known versions.",
        "",
        "Nothing in it is in doubt.",
    ]


def test_check_tells_how_a_file_stands_beside_the_versions_at_hand(tmp_path: Path) -> None:
    same = text(run("policies", "check", ALDER_FILE)).splitlines()
    assert "This very file is known already." in same
    other = file_with(tmp_path, ALDER_FILE.read_text("utf-8") + "# a remark\n")
    lines = text(run("policies", "check", other)).splitlines()
    [stands] = [line for line in lines if line.startswith("It conflicts with the known versions")]
    assert stands.startswith("It conflicts with the known versions: offered.yaml, line ")
    assert stands.endswith("version: version 2026-03-02 is there already")


@pytest.mark.parametrize("name", ["zero", "missing_key", "tab", "unknown_question"])
def test_a_file_with_a_defect_is_refused_with_file_line_and_key(name: str) -> None:
    file = GOOD.with_name(f"{name}.yaml")
    expected = file.read_text("utf-8").splitlines()[0].removeprefix("# expect: ")
    for ended in (
        run("policies", "check", file),
        run("policies", "diff", ALDER_FILE, file),
        run("policies", "add", file, "--yes"),
    ):
        assert (ended.status, ended.out) == (WRONG_INPUT, b"")
        assert ended.err == f"{name}.yaml, {expected}\n"


def test_the_template_is_printed_as_it_is_and_can_be_checked_and_taken(tmp_path: Path) -> None:
    ended = run("policies", "template")
    assert (ended.status, ended.out) == (DONE, TEMPLATE.read_bytes())
    file = tmp_path / "mine.yaml"
    file.write_bytes(ended.out)
    assert run("policies", "check", file).status == DONE
    assert run("policies", "add", file, "--yes").status == DONE


def test_the_schema_of_a_policy_is_printed() -> None:
    ended = run("schema", "policy")
    assert (ended.status, ended.err) == (DONE, "")
    assert ended.json["additionalProperties"] is False
    assert "age_years" in ended.json["$defs"]["Comparison"]["properties"]["question"]["enum"]


@pytest.mark.parametrize(
    "more", [["diff"], ["diff", "a"], ["check"], ["add"], ["remove", "a"], ["x"]]
)
def test_wrong_arguments_end_with_2_and_show_the_usage(more: list[str]) -> None:
    ended = run("policies", *more)
    assert (ended.status, ended.out) == (WRONG_INPUT, b"")
    assert "usage: aldesk policies" in ended.err
