"""No policy file has a note under an id of Aldesk or the label; an installed one serves records."""

import ast
import hashlib
from pathlib import Path

import pytest
import yaml

from app.engine import evaluate
from app.library import RESOURCES, DataFileError, Library, NoPolicyInForce, load
from app.library.installed_names import InstalledName
from app.library.policies import read_policies
from app.library.site import load_all, read_new
from app.library.site_folders import ACCEPTED, SiteFolders
from app.model.note_ids import OWN_NOTES
from tests.cases import determine
from tests.fixture_cases import EXAMPLES, Example
from tests.library.sites import TODAY, file_with, offered, revision, site_in, taken

# By hand, from the table of notes in the specification, and the label's from its table.
OF_ALDESK = {
    *("not_a_payer_decision", "unusual_value", "contradictory_answers", "site_policy"),
    *("authorization_does_not_cover", "weight_changed", "weight_during_treatment"),
    *("request_far_above", "below_label_dose", "session_total_unusual", "til_regimen_differs"),
    *("lesions_judged_together", "policy_review_overdue"),
    *("policy_doubts_accepted", "policy_doubts_open"),
    *("counts_from_first_seen", "judged_as_first_request", "own_indication_counts"),
    *("codes_of_another_time", "approval_given_so_far", "later_by_the_stay"),
}
OF_LABEL = {
    *("inpatient_with_intensive_care", "boxed_warning", "before_treatment"),
    *("withhold_never_reduce", "response_evaluation", "route_outside_label"),
}


ENGINE = Path(evaluate.__code__.co_filename).parent
MAKERS = {"DeterminationNote", "_check"}


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def with_note(note_id: str, text: str | None = None) -> str:
    """Return a site's file whose only note has this id."""
    old = text or offered()
    assert old.count("id: ask_the_payer") == 1
    return old.replace("id: ask_the_payer", f"id: {note_id}")


@pytest.fixture
def site(tmp_path: Path) -> SiteFolders:
    return site_in(tmp_path / "site")


def installed(site: SiteFolders, text: str) -> Path:
    """Put a file there as an earlier Aldesk took it."""
    data = yaml.safe_load(text)
    name = InstalledName(data["id"], data["in_force"]["first_day"], TODAY, sha256_of(text.encode()))
    path = site.folders[1] / str(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode())
    return path


def test_every_id_of_aldesk_and_of_the_label_is_reserved(library: Library) -> None:
    assert OWN_NOTES == OF_ALDESK
    assert library.reserved_notes == OF_ALDESK | OF_LABEL


def written_ids() -> set[str]:
    """Return each id that stands as a text where the engine makes a note."""
    found: set[str] = set()
    for file in sorted(ENGINE.glob("*.py")):
        for call in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(call, ast.Call) and call.args:
                name = ast.unparse(call.func).rpartition(".")[2]
                first = call.args[0]
                if name in MAKERS and isinstance(first, ast.Constant):
                    found.add(str(first.value))
    return found


def test_every_id_that_the_engine_writes_is_reserved() -> None:
    assert len(written_ids()) > 9
    assert written_ids() <= OF_ALDESK


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_a_note_is_of_the_policy_file_or_its_id_is_reserved(
    example: Example, library: Library
) -> None:
    found = determine(library, example.case)
    policy = next(one for one in library.policies if one.sha256 == found.policy.sha256)
    own = {note.id for note in policy.notes}
    assert not own & library.reserved_notes
    assert {note.id for note in found.notes} - own <= library.reserved_notes


@pytest.mark.parametrize("note_id", sorted(OF_ALDESK | OF_LABEL))
def test_such_a_note_is_refused_at_its_place_with_what_to_do(
    note_id: str, site: SiteFolders, tmp_path: Path
) -> None:
    file = file_with(tmp_path, with_note(note_id))
    line = 1 + file.read_text("utf-8").splitlines().index(f"  - id: {note_id}")
    with pytest.raises(DataFileError) as refused:
        read_new(file, load_all(site), site)
    assert str(refused.value) == (
        f"offered.yaml, line {line}, notes.0.id: {note_id!r} is the id of a note that Aldesk "
        "itself writes: leave this note out, or give it another id"
    )


def test_all_such_notes_of_a_file_are_named(library: Library, tmp_path: Path) -> None:
    more = "  - {id: boxed_warning, text: x, citation: {heading: x}}"
    text = with_note("site_policy").replace("notes:\n", f"notes:\n{more}\n")
    with pytest.raises(DataFileError, match=r"'boxed_warning' .* the same holds for site_policy$"):
        read_policies([file_with(tmp_path, text)], library.catalog, library.reserved_notes)


def test_a_shipped_file_is_read_by_the_same_grammar(tmp_path: Path, library: Library) -> None:
    [file, *_] = sorted((RESOURCES / "policies").glob("*.yaml"))
    text = file.read_text("utf-8").replace("  - id: prior_authorization", "  - id: unusual_value")
    with pytest.raises(DataFileError, match=r"notes\.\d+\.id: 'unusual_value' is the id"):
        read_policies([file_with(tmp_path, text)], library.catalog, library.reserved_notes)
    assert load(RESOURCES).policies


def test_an_installed_file_with_one_is_named_and_serves_records_only(site: SiteFolders) -> None:
    path = installed(site, with_note("site_policy"))
    library = load_all(site)
    [why] = library.refused
    assert why.startswith(
        f"A policy file of this site is not used. {path.parent}: {path.name}, line"
    )
    assert "take the copy with 'aldesk policies add'" in why
    assert "third-health" not in {one.id for one in library.policies}
    [kept] = library.for_records
    assert (kept.id, kept.sha256) == ("third-health", sha256_of(path.read_bytes()))
    assert kept.notes == ()
    assert library.unusable == (("third-health", kept.in_force.first_day),)


def test_no_older_version_stands_in_for_it(site: SiteFolders) -> None:
    taken(site, offered())
    installed(site, with_note("site_policy", offered(revision())))
    library = load_all(site)
    [kept] = library.for_records
    with pytest.raises(NoPolicyInForce, match="cannot be used"):
        library.in_force("third-health", kept.in_force.first_day)


@pytest.mark.parametrize("accepts", [True, False])
def test_what_the_administrator_does_not_accept_serves_no_records_either(
    accepts: bool, site: SiteFolders
) -> None:
    path = installed(site, with_note("site_policy"))
    site.machine.mkdir(parents=True)
    wanted = sha256_of(path.read_bytes()) if accepts else "0" * 64
    (site.machine / ACCEPTED).write_text(f"{wanted}\n", "utf-8")
    assert bool(load_all(site).for_records) == accepts


def test_a_changed_or_renamed_one_serves_no_records(site: SiteFolders) -> None:
    path = installed(site, with_note("site_policy"))
    path.write_bytes(path.read_bytes() + b"# changed\n")
    library = load_all(site)
    assert library.for_records == ()
    assert "has been changed or renamed" in library.refused[0]
