"""A file in doubt is taken only where each doubt is accepted; every result of it says so."""

import os
from pathlib import Path

import pytest

from app.library.accepted_doubts import FOLDER
from app.library.installed_names import name_of
from app.library.policies import read_policy_file
from app.library.site import DoubtsNotAccepted, NewPolicy, install, load_all, read_new, remove
from app.library.site_folders import SiteFolders
from app.model.determination import DeterminationNote
from tests.cases import case, determine
from tests.library.sites import TODAY, file_with, offered, site_in

AGE = "number_differs:coverage.renal_cell_carcinoma.criteria.old_enough.at_least"
DOSE = "dose_impossible:coverage.renal_cell_carcinoma.dosing.intravenous.dose"
FAR = "dose_far_off:coverage.renal_cell_carcinoma.dosing.intravenous.dose"
ALL = [AGE, DOSE, FAR]
SLIPS = {"at_least: 16": "at_least: 61", "iu: 450_000": "iu: 450_000_000"}
SAYS_16 = "The text “Aged at least 16 years” says 16, but the value is at least 61."


@pytest.fixture
def site(tmp_path: Path) -> SiteFolders:
    return site_in(tmp_path / "site")


def with_slips() -> str:
    text = offered()
    for old, new in SLIPS.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


def of_its_own(text: str, payer: str) -> str:
    """Return the file of a payer by a route that no shipped version has for the indication."""
    assert text.count("      intravenous:") == 1
    text = text.replace("      intravenous:", "      subcutaneous:")
    return text.replace("third-health", payer.lower()).replace("Third Health", payer)


def new_file(site: SiteFolders, text: str) -> NewPolicy:
    return read_new(file_with(site.user.parents[1], text), load_all(site), site)


def by_hand(site: SiteFolders, text: str) -> Path:
    """Put a file there under the name of a taken one, as an administrator can."""
    library = load_all(site)
    file = file_with(site.user.parents[1], text)
    policy = read_policy_file(file, library.base_catalog, library.reserved_notes).policy
    path = site.folders[0] / str(name_of(policy, TODAY))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file.read_bytes())
    return path


def checks(site: SiteFolders, policy: str = "third-health") -> list[DeterminationNote]:
    """The notes about doubts of any case under the policy."""
    found = determine(load_all(site), case(policy=policy, indication="other"))
    return [one for one in found.notes if one.id.startswith("policy_doubts")]


def lists(site: SiteFolders) -> list[Path]:
    return sorted((site.folders[1] / FOLDER).glob("*"))


def test_every_doubt_must_be_accepted_and_otherwise_nothing_is_there(site: SiteFolders) -> None:
    new = new_file(site, with_slips())
    assert [one.id for one in new.doubts] == ALL
    for accepted in ([], ALL[:2], [*ALL[1:], "another"]):
        with pytest.raises(DoubtsNotAccepted) as refused:
            install(new, site.folders[1], TODAY, accepted)
        rest = [one for one in ALL if one not in accepted]
        assert [one.id for one in refused.value.doubts] == rest
        assert all(one in str(refused.value) for one in rest)
    assert not site.user.exists()


def test_what_was_accepted_is_kept_beside_the_file_and_said_by_every_result(
    site: SiteFolders,
) -> None:
    new = new_file(site, with_slips())
    path = install(new, site.folders[1], TODAY, ALL)
    [kept] = lists(site)
    assert kept.parent.parent == path.parent
    assert kept.name.startswith(f"{new.policy.sha256}_")
    assert SAYS_16 in kept.read_text("utf-8")
    [policy] = load_all(site).versions("third-health")
    assert policy.accepted_doubts == tuple(one.sentence for one in new.doubts)
    assert policy.open_doubts == ()
    [note] = checks(site)
    assert (note.id, note.kind, note.scope) == ("policy_doubts_accepted", "check", "policy")
    assert note.citation == "Aldesk input checks"
    for doubt in new.doubts:
        assert doubt.sentence in note.text


def test_a_file_without_a_doubt_keeps_no_list_and_adds_no_note(site: SiteFolders) -> None:
    install(new_file(site, offered()), site.folders[1], TODAY)
    assert lists(site) == []
    assert checks(site) == []


def test_a_file_put_there_by_hand_is_used_and_every_result_tells_its_doubts(
    site: SiteFolders,
) -> None:
    by_hand(site, with_slips())
    library = load_all(site)
    assert library.refused == ()
    [policy] = library.versions("third-health")
    assert policy.accepted_doubts == ()
    assert len(policy.open_doubts) == 3
    [note] = checks(site)
    assert (note.id, note.kind) == ("policy_doubts_open", "check")
    assert "that nobody has acknowledged" in note.text
    assert SAYS_16 in note.text


@pytest.mark.parametrize("change", ["edited", "truncated", "emptied", "of_another", "removed"])
def test_a_list_that_was_changed_accepts_nothing(site: SiteFolders, change: str) -> None:
    install(new_file(site, with_slips()), site.folders[1], TODAY, ALL)
    [kept] = lists(site)
    data = kept.read_bytes()
    if change == "removed":
        kept.unlink()
    elif change == "of_another":
        kept.rename(kept.with_name(kept.name.replace(kept.name[:3], "fff", 1)))
    else:
        changes = {"edited": data + b"x\ty\n", "truncated": data[:-9], "emptied": b""}
        kept.write_bytes(changes[change])
    [note] = checks(site)
    assert note.id == "policy_doubts_open"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_list_that_cannot_be_read_accepts_nothing(site: SiteFolders) -> None:
    install(new_file(site, with_slips()), site.folders[1], TODAY, ALL)
    [kept] = lists(site)
    kept.unlink()
    os.mkfifo(kept)
    [note] = checks(site)
    assert note.id == "policy_doubts_open"


def test_a_list_without_its_file_has_no_effect_and_a_file_taken_again_is_asked_about(
    site: SiteFolders,
) -> None:
    new = new_file(site, with_slips())
    path = install(new, site.folders[1], TODAY, ALL)
    path.unlink()
    assert "third-health" not in {one.id for one in load_all(site).policies}
    assert new_file(site, with_slips()).doubts == new.doubts


def test_a_removed_file_takes_its_list_with_it(site: SiteFolders) -> None:
    new = new_file(site, with_slips())
    install(new, site.folders[1], TODAY, ALL)
    remove(new.policy, site)
    assert lists(site) == []


def test_a_failed_installation_leaves_a_list_at_most(
    site: SiteFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    new = new_file(site, with_slips())

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("app.library.site.save", full)
    with pytest.raises(OSError, match="No space left"):
        install(new, site.folders[1], TODAY, ALL)
    assert list(site.folders[1].glob("*.yaml")) == []


def test_who_takes_the_second_of_two_files_is_asked_and_the_first_is_in_no_doubt(
    site: SiteFolders,
) -> None:
    install(new_file(site, of_its_own(offered(), "Oak")), site.folders[1], TODAY)
    new = new_file(site, of_its_own(offered(), "Elm").replace("value: 63", "value: 62"))
    [doubt] = new.doubts
    assert doubt.id.startswith("rest_short:")
    install(new, site.folders[1], TODAY, [doubt.id])
    assert checks(site, "oak") == []
    [note] = checks(site, "elm")
    assert note.id == "policy_doubts_accepted"


def test_a_file_put_there_by_hand_is_compared_with_those_taken_before_its_day(
    site: SiteFolders,
) -> None:
    earlier = TODAY.replace(day=TODAY.day - 1)
    install(new_file(site, of_its_own(offered(), "Oak")), site.folders[1], earlier)
    by_hand(site, of_its_own(offered(), "Elm").replace("value: 63", "value: 62"))
    assert checks(site, "oak") == []
    [note] = checks(site, "elm")
    assert "A rest of 62 days between courses is shorter than any other version's" in note.text
