"""A site's own policy files: what loads, what is refused and why, and what the rest does."""

import hashlib
import sys
from datetime import date
from pathlib import Path

import platformdirs
import pytest

from app.bounded_file import read_file
from app.library import DataFileError, Library, load, reader
from app.library.site import install, load_all, read_new, read_site, remove
from app.library.site_folders import SiteError, SiteFolders, default_folders
from app.model.policy import Policy
from tests.cases import ALDER
from tests.library.sites import (
    PROVIDER,
    SHIPPED,
    THIRD,
    TODAY,
    file_with,
    ids,
    offered,
    only_refusal,
    revision,
    site_in,
    taken,
)


@pytest.fixture
def site(tmp_path: Path) -> SiteFolders:
    return site_in(tmp_path / "site")


def shipped_of(library: Library, policy_id: str) -> Policy:
    return library.versions(policy_id)[-1]


def test_without_a_site_the_library_is_the_shipped_one(site: SiteFolders) -> None:
    assert load_all(site) == load()
    assert load_all(site).refused == ()


@pytest.mark.parametrize("for_all", [False, True])
def test_a_taken_file_is_one_more_policy_and_the_file_itself_is_unchanged(
    site: SiteFolders, for_all: bool
) -> None:
    path = taken(site, offered(), for_all=for_all)
    library = load_all(site)
    assert ids(library) == [*SHIPPED, "third-health"]
    policy = shipped_of(library, "third-health")
    assert path.read_bytes() == offered().encode()
    assert policy.sha256 == hashlib.sha256(offered().encode()).hexdigest()
    assert policy.provided_by == PROVIDER
    assert library.refused == ()
    [one] = read_site(load(), site)[1]
    assert (one.path, one.policy, one.installed_on) == (path, policy, TODAY)


def test_a_shipped_policy_has_no_provider(library: Library) -> None:
    assert [policy.provided_by for policy in library.policies] == [None] * 3


def test_a_newer_version_counts_from_its_first_day_and_the_older_one_before(
    site: SiteFolders,
) -> None:
    taken(site, offered())
    taken(site, offered(revision()))
    library = load_all(site)
    assert library.in_force("third-health", date(2027, 1, 14)).version == "3.0"
    assert library.in_force("third-health", date(2027, 1, 15)).version == "4.0"


def test_a_revision_of_a_shipped_policy_follows_it_and_leaves_it_for_older_dates(
    site: SiteFolders,
) -> None:
    shipped = shipped_of(load(), ALDER)
    text = offered(
        THIRD.replace("id: third-health", f"id: {ALDER}").replace("2026-01-15", "2026-12-01")
    )
    new = read_new(file_with(site.user.parents[1], text), load(), site)
    assert new.before == shipped
    install(new, site.folders[1], TODAY)
    assert load_all(site).in_force(ALDER, date(2026, 11, 30)) == shipped
    assert load_all(site).in_force(ALDER, date(2026, 12, 1)).version == "3.0"


def test_an_older_version_follows_none_of_the_newer_ones(site: SiteFolders) -> None:
    taken(site, offered(revision()))
    new = read_new(file_with(site.user.parents[1], offered()), load_all(site), site)
    assert new.before is None


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            THIRD,
            r"^offered\.yaml, line 1, provided_by: the key is missing; it says who .* this site$",
        ),
        (offered().replace("every_months: 24", "every_months: 0"), "line 12, review.every_months"),
        (offered() + "extra: 1\n", "extra: the key is not known"),
        ("", "line 1: "),
    ],
)
def test_a_file_that_is_not_whole_is_refused_with_file_line_and_key(
    site: SiteFolders, tmp_path: Path, text: str, message: str
) -> None:
    with pytest.raises(DataFileError, match=message):
        read_new(file_with(tmp_path, text), load(), site)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (("", ""), "version: version 3.0 is there already"),
        (('version: "3.0"', 'version: "3.1"'), "overlaps version 3.0, in force from 2026-01-15"),
        (
            (
                'version: "3.0"',
                'version: "2.0"',
                "first_day: 2026-01-15",
                "first_day: 2025-01-01\n  last_day: 2026-01-15",
            ),
            "overlaps version 3.0, in force from 2026-01-15",
        ),
    ],
)
def test_the_same_version_and_an_overlapping_one_are_refused(
    site: SiteFolders, tmp_path: Path, change: tuple[str, ...], message: str
) -> None:
    taken(site, offered())
    text = offered()
    for before, after in zip(change[::2], change[1::2], strict=True):
        text = text.replace(before, after)
    with pytest.raises(DataFileError, match=message):
        read_new(file_with(tmp_path, text), load_all(site), site)


@pytest.mark.parametrize("damage", ["\n", " ", "# remark"])
def test_a_changed_file_is_refused_and_the_rest_goes_on(site: SiteFolders, damage: str) -> None:
    path = taken(site, offered())
    path.write_text(offered() + damage, "utf-8")
    assert only_refusal(site) == (
        f"A policy file of this site is not used. {path.parent}: {path.name} has been changed or"
        " renamed since it was taken."
    )


@pytest.mark.parametrize("size", [0, 1, 500])
def test_a_half_copied_file_is_refused_and_the_rest_goes_on(site: SiteFolders, size: int) -> None:
    path = taken(site, offered())
    path.write_bytes(path.read_bytes()[:size])
    assert path.name in only_refusal(site)


@pytest.mark.parametrize(
    "name",
    [
        "third-health.yaml",
        "third-health_taken-2026-11-21_abc.yaml",
        f"third-health_2026-01-15_taken-2026-02-30_{'0' * 64}.yaml",
    ],
)
def test_a_file_put_there_by_hand_is_refused(site: SiteFolders, name: str) -> None:
    taken(site, offered()).rename(site.folders[1] / name)
    assert only_refusal(site) == (
        f"A policy file of this site is not used. {site.folders[1]}: {name} was put there by hand."
        " Take it with 'aldesk policies add' or under Help, Policies."
    )


def test_a_file_that_cannot_be_read_is_refused_and_the_rest_goes_on(
    site: SiteFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = taken(site, offered())
    whole = read_file

    def locked(file: Path) -> bytes:
        if file == path:
            raise PermissionError(13, "Permission denied")
        return whole(file)

    monkeypatch.setattr(reader, "read_file", locked)
    assert only_refusal(site).endswith(f"{path.name}, line 1: Permission denied")


@pytest.fixture
def locked(site: SiteFolders, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder for all users, which cannot be read."""
    whole = Path.iterdir

    def refuse(path: Path) -> object:
        if path == site.folders[0]:
            raise PermissionError(13, "Permission denied")
        return whole(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    return site.folders[0]


def test_a_folder_that_cannot_be_read_is_refused_and_the_other_one_is_not(
    site: SiteFolders, locked: Path
) -> None:
    taken(site, offered())
    library = load_all(site)
    assert ids(library) == [*SHIPPED, "third-health"]
    assert library.refused == (
        f"The site's policy folder {locked} is not used: Permission denied.",
    )


@pytest.mark.usefixtures("locked")
def test_with_such_a_folder_a_list_that_cannot_be_read_refuses_every_file(
    site: SiteFolders,
) -> None:
    taken(site, offered())
    site.machine.mkdir(exist_ok=True)
    (site.machine / "accepted-policies.txt").write_text("no hash", "utf-8")
    assert only_refusal(site).endswith("accepted-policies.txt, line 1, is no SHA-256.")


def test_a_file_whose_provider_was_left_out_is_refused_also_when_it_lies_there(
    site: SiteFolders,
) -> None:
    path = taken(site, offered())
    sha256 = hashlib.sha256(THIRD.encode()).hexdigest()
    path.unlink()
    path.with_name(f"third-health_2026-01-15_taken-2026-11-21_{sha256}.yaml").write_text(
        THIRD, "utf-8"
    )
    assert "provided_by: the key is missing" in only_refusal(site)


def test_two_files_that_overlap_are_not_both_used_the_one_for_all_users_goes_first(
    site: SiteFolders,
) -> None:
    for_all = taken(site, offered(), for_all=True)
    other = offered(THIRD.replace('version: "3.0"', 'version: "3.1"'))
    sha256 = hashlib.sha256(other.encode()).hexdigest()
    site.folders[1].mkdir(parents=True)
    own = site.folders[1] / f"third-health_2026-01-15_taken-2026-11-21_{sha256}.yaml"
    own.write_text(other, "utf-8")
    library = load_all(site)
    assert shipped_of(library, "third-health").version == "3.0"
    [sentence] = library.refused
    assert f"{own.parent}: {own.name}, line" in sentence
    assert sentence.endswith("overlaps version 3.0, in force from 2026-01-15")
    assert for_all.exists()


def test_a_removed_file_is_gone_and_a_shipped_one_cannot_be_removed(site: SiteFolders) -> None:
    newer = taken(site, offered(revision()))
    path = taken(site, offered())
    library = load_all(site)
    assert remove(shipped_of(library, "third-health"), site) == newer
    assert remove(library.in_force("third-health", TODAY), site) == path
    assert load_all(site) == load()
    shipped = shipped_of(library, ALDER)
    with pytest.raises(SiteError) as refused:
        remove(shipped, site)
    assert str(refused.value) == (
        f"{shipped.document}, version {shipped.version}, is no file of this site. What came with"
        " Aldesk cannot be removed."
    )


def test_the_places_are_fixed_for_all_users_and_the_platforms_for_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name in ("XDG_DATA_HOME", "XDG_DATA_DIRS", "XDG_CONFIG_DIRS"):
        monkeypatch.setenv(name, str(tmp_path))
    found = default_folders()
    assert tmp_path not in found.machine.parents
    assert found.folders == (found.machine / "policies", found.user / "policies")
    assert found.user.name == "Aldesk"


@pytest.mark.parametrize(
    ("system", "folder"),
    [
        ("linux", Path("/etc/aldesk")),
        ("darwin", Path("/Library/Application Support/Aldesk")),
        ("win32", Path(sys.executable).parent / "site"),
    ],
)
def test_the_place_for_all_users_is_one_that_only_an_administrator_writes_to(
    system: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", system)
    assert default_folders().machine == folder


def test_the_place_of_one_user_has_no_second_folder_for_an_author(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[object] = []

    def user_data_path(*names: str, **options: object) -> Path:
        asked.extend([*names, options])
        return Path("user")

    monkeypatch.setattr(platformdirs, "user_data_path", user_data_path)
    assert default_folders().user == Path("user")
    assert asked == ["Aldesk", {"appauthor": False}]
