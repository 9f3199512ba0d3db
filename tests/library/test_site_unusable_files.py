"""Where a site's version cannot be used, an older one does not silently stand in for it."""

from datetime import date
from pathlib import Path

import pytest

from app.library import Library, NoPolicyInForce
from app.library.site import load_all
from app.library.site_folders import SiteFolders
from tests.cases import ALDER, BIRCH
from tests.fixture_library import ALDER_VERSION
from tests.library.sites import offered, revision, site_in, taken

BEFORE, FROM = date(2027, 1, 14), date(2027, 1, 15)


@pytest.fixture
def site(tmp_path: Path) -> SiteFolders:
    found = site_in(tmp_path / "site")
    taken(found, offered())
    return found


def damaged(site: SiteFolders) -> Library:
    """The library when the newer of two versions of the site was changed by one letter."""
    path = taken(site, offered(revision()))
    path.write_bytes(path.read_bytes().replace(b"payer: Third", b"payer: third"))
    return load_all(site)


def test_for_its_dates_there_is_no_policy_and_the_message_says_why(site: SiteFolders) -> None:
    library = damaged(site)
    assert library.in_force("third-health", BEFORE).version == "3.0"
    with pytest.raises(NoPolicyInForce) as refused:
        library.in_force("third-health", FROM)
    assert str(refused.value) == (
        "This site's version of Third Health 3, in force from Fri, Jan 15, 2027, cannot be used, "
        "and version 3.0 does not stand in for it. Take its file again, or delete the file."
    )


def test_the_other_policies_go_on(site: SiteFolders) -> None:
    library = damaged(site)
    for policy in (ALDER, BIRCH):
        assert library.in_force(policy, FROM).provided_by is None


def test_a_damaged_older_version_leaves_the_dates_of_the_newer_one(site: SiteFolders) -> None:
    taken(site, offered(revision()))
    [older] = site.folders[1].glob("third-health_2026-01-15_*")
    older.write_text("", "utf-8")
    library = load_all(site)
    assert library.in_force("third-health", FROM).version == "4.0"
    with pytest.raises(NoPolicyInForce):
        library.in_force("third-health", BEFORE)


def test_a_damaged_copy_of_what_is_there_from_the_same_day_takes_nothing_away(
    site: SiteFolders,
) -> None:
    [whole] = site.folders[1].glob("*.yaml")
    copy = site.folders[0] / whole.name.replace("taken-2026", "taken-2025")
    copy.parent.mkdir(parents=True)
    copy.write_text("", "utf-8")
    library = load_all(site)
    assert len(library.refused) == 1
    assert library.in_force("third-health", FROM).version == "3.0"


def test_where_the_list_of_accepted_files_cannot_be_read_no_older_version_stands_in_either(
    site: SiteFolders,
) -> None:
    text = offered().replace("id: third-health", f"id: {ALDER}").replace("2026-01-15", "2026-12-01")
    taken(site, text)
    site.machine.mkdir()
    (site.machine / "accepted-policies.txt").write_text("no hash", "utf-8")
    library = load_all(site)
    assert library.in_force(ALDER, date(2026, 11, 30)).version == ALDER_VERSION
    with pytest.raises(
        NoPolicyInForce, match=f"cannot be used, and version {ALDER_VERSION} does not"
    ):
        library.in_force(ALDER, date(2026, 12, 1))


def test_a_renamed_file_is_told(site: SiteFolders) -> None:
    [whole] = site.folders[1].glob("*.yaml")
    whole.rename(whole.with_name(whole.name.replace("2026-01-15", "2026-01-16")))
    [sentence] = load_all(site).refused
    assert sentence.endswith("has been changed or renamed since it was taken.")
