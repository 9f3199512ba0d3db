"""`aldesk policies check` and `add` tell what is in doubt, and each doubt is accepted by its id."""

import json
from pathlib import Path

import pytest

from app.library.site_folders import SiteFolders
from tests.cases import case
from tests.console import run
from tests.contracts.test_cli_policies import DONE, NOT_TAKEN, WRONG_INPUT, places, text
from tests.library.sites import PROVIDER, file_with, offered
from tests.library.test_site_doubts import AGE, ALL, SAYS_16, with_slips

__all__ = ["places"]

IN_DOUBT = 1


def test_a_check_tells_each_doubt_with_line_and_id_and_ends_with_1(tmp_path: Path) -> None:
    ended = run("policies", "check", file_with(tmp_path, with_slips()))
    assert (ended.status, ended.err) == (IN_DOUBT, "")
    said = text(ended)
    assert "\n3 doubts about this file." in said
    line = 1 + with_slips().splitlines().index("          at_least: 61")
    assert f"\n  A limit or a criterion may be wrong; line {line}: {SAYS_16}\n" in said
    assert [one.split()[-1] for one in said.splitlines() if "id of the doubt" in one] == ALL


def test_a_check_prints_the_questions_that_a_user_will_see(tmp_path: Path) -> None:
    said = text(run("policies", "check", file_with(tmp_path, offered())))
    begin = said.index("The questions that a user sees:")
    lesions = (
        "one or more of: Metastatic; Recurrent; Unresectable; Borderline resectable; Resectable"
    )
    assert said[begin : said.index("\n\nPayer: ")].splitlines() == [
        "The questions that a user sees:",
        "  Renal cell carcinoma, intravenous or intralesional or subcutaneous route:",
        "    Age (years) (a number). From the chart.",
        f"    What is true of every lesion to be injected? ({lesions}). From the chart.",
        "    Is the disease metastatic? (yes or no). From the chart.",
        "    Is the disease unresectable? (yes or no). From the chart.",
        "    Has at least one other systemic therapy been tried? (yes or no). From the chart.",
    ]


@pytest.mark.parametrize("note_id", ["policy_doubts_open", "boxed_warning", "site_policy"])
def test_a_check_refuses_a_note_under_an_id_of_aldesk_or_the_label(
    note_id: str, tmp_path: Path
) -> None:
    file = file_with(tmp_path, offered().replace("id: ask_the_payer", f"id: {note_id}"))
    ended = run("policies", "check", file)
    assert (ended.status, ended.out) == (WRONG_INPUT, b"")
    assert f"notes.0.id: '{note_id}' is the id of a note that Aldesk itself writes" in ended.err


def test_a_check_refuses_an_id_that_add_would_refuse(tmp_path: Path) -> None:
    file = file_with(tmp_path, offered().replace("id: third-health", f"id: {'a' * 61}"))
    for command in ("check", "add"):
        ended = run("policies", command, file)
        assert (ended.status, ended.out) == (WRONG_INPUT, b"")
        assert ended.err == "offered.yaml, line 2, id: must have at most 60 characters\n"


def test_without_every_id_nothing_is_taken_and_the_missing_ones_are_told(
    tmp_path: Path, places: SiteFolders
) -> None:
    ended = run("policies", "add", file_with(tmp_path, with_slips()), "--yes", "--accept", AGE)
    assert ended.status == NOT_TAKEN
    assert SAYS_16 in text(ended)
    missing = " ".join(f"--accept {one}" for one in ALL if one != AGE)
    assert ended.err == (
        f"Nothing was taken: each doubt must be accepted by its id. Still missing: {missing}\n"
    )
    assert not places.user.exists()


def test_an_id_that_is_no_doubt_of_the_file_is_refused(tmp_path: Path, places: SiteFolders) -> None:
    ended = run("policies", "add", file_with(tmp_path, offered()), "--yes", "--accept", AGE)
    assert (ended.status, ended.out) == (WRONG_INPUT, b"")
    assert ended.err == f"Nothing was taken: there is no such doubt about this file: {AGE}.\n"
    assert not places.user.exists()


@pytest.fixture
def accepted(tmp_path: Path) -> None:
    options = [word for one in ALL for word in ("--accept", one)]
    ended = run("policies", "add", file_with(tmp_path, with_slips()), "--yes", *options)
    assert ended.status == DONE
    assert text(ended).splitlines()[-1].startswith("Taken: ")


@pytest.mark.usefixtures("accepted")
def test_accepted_doubts_stand_in_every_determination() -> None:
    of_it = case(policy="third-health", indication="renal_cell_carcinoma")
    found = run("check", "-", "--json", stdin=json.dumps(of_it).encode()).json
    notes = [one for one in found["notes"] if one["id"] == "policy_doubts_accepted"]
    assert [(one["kind"], SAYS_16 in one["text"]) for one in notes] == [("check", True)]


@pytest.mark.usefixtures("accepted")
def test_the_list_of_versions_says_whose_file_it_is() -> None:
    found = run("policies", "--json").json
    assert [one["provided_by"] for one in found] == [None, None, None, PROVIDER]
    title = "  Third Health: Example policy of a third payer"
    assert f"{title} (site policy, {PROVIDER})" in text(run("policies")).splitlines()
