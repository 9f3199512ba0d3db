"""An administrator can say which policy files of the site are accepted; then no other one loads."""

import hashlib
import os
import sys
from datetime import date
from pathlib import Path

import pytest

from app.library import Library
from app.library.site import load_all, read_new, read_site
from app.library.site_folders import SiteError, SiteFolders
from tests.library.sites import file_with, offered, only_refusal, revision, site_in, taken
from tests.ordinary_user import folder_of_an_ordinary_user, ordinary_user


@pytest.fixture
def site(tmp_path: Path) -> SiteFolders:
    return site_in(tmp_path / "site")


def pin(site: SiteFolders, *lines: str) -> None:
    """Have the administrator accept these hashes only."""
    site.machine.mkdir(parents=True, exist_ok=True)
    (site.machine / "accepted-policies.txt").write_text("\n".join(lines), "utf-8")


def test_a_pinned_file_loads_and_any_other_one_does_not(site: SiteFolders, tmp_path: Path) -> None:
    taken(site, offered())
    taken(site, offered(revision()), for_all=True)
    sha256 = hashlib.sha256(offered().encode()).hexdigest()
    pin(site, "# accepted by the pharmacy committee", "", f"{sha256}  third-health.yaml  # 2026")
    library = load_all(site)
    assert [one.version for one in library.versions("third-health")] == ["3.0"]
    [sentence] = library.refused
    newer = hashlib.sha256(offered(revision()).encode()).hexdigest()
    assert sentence == (
        f"A policy file of this site is not used. {site.folders[0]}: Third Health 3, version 4.0,"
        " is not among the policy files that this computer's administrator accepts"
        f" (SHA-256 {newer})."
    )
    other = offered(revision().replace("id: third-health", "id: other-health"))
    with pytest.raises(SiteError, match="administrator accepts"):
        read_new(file_with(tmp_path, other), library, site)


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_hash_may_be_written_as_windows_writes_it(site: SiteFolders, mark: str) -> None:
    taken(site, offered())
    pin(site, f"{mark}{hashlib.sha256(offered().encode()).hexdigest().upper()}")
    assert load_all(site).refused == ()


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="permissions and links of POSIX")


@POSIX
@pytest.mark.parametrize(("list_mode", "folder_mode"), [(0o000, 0o755), (0o644, 0o700)])
def test_a_list_that_an_ordinary_user_may_not_read_refuses_every_file(
    list_mode: int, folder_mode: int, library: Library
) -> None:
    """A folder that hides its list is not a folder without one."""
    with folder_of_an_ordinary_user() as folder:
        site = site_in(folder)
        taken(site, offered())
        pin(site, hashlib.sha256(offered().encode()).hexdigest())
        for one in (site.user, *site.user.rglob("*")):
            one.chmod(0o755 if one.is_dir() else 0o644)
        (site.machine / "accepted-policies.txt").chmod(list_mode)
        site.machine.chmod(folder_mode)
        if os.geteuid() != 0 and folder_mode == 0o700:
            site.machine.chmod(0)  # of one's own folder, no other bits count
        with ordinary_user():
            seen, installed = read_site(library, site)
    assert installed == ()
    assert "accepted-policies.txt cannot be read as UTF-8 text." in " ".join(seen.refused)


@POSIX
def test_a_list_that_is_a_pipe_or_too_large_refuses_every_file(site: SiteFolders) -> None:
    taken(site, offered())
    site.machine.mkdir(exist_ok=True)
    accepted = site.machine / "accepted-policies.txt"
    os.mkfifo(accepted)
    assert only_refusal(site).endswith("cannot be read as UTF-8 text.")
    accepted.unlink()
    accepted.write_bytes(b"\n" * 1_000_001)
    assert only_refusal(site).endswith("cannot be read as UTF-8 text.")


def test_a_list_that_leads_nowhere_refuses_every_file(site: SiteFolders) -> None:
    taken(site, offered())
    site.machine.mkdir(exist_ok=True)
    (site.machine / "accepted-policies.txt").symlink_to(site.machine / "nowhere")
    assert only_refusal(site) == (
        f"No policy file of this site is used: {site.machine / 'accepted-policies.txt'}"
        " cannot be read as UTF-8 text."
    )


def test_where_a_file_is_not_accepted_the_version_before_it_counts(site: SiteFolders) -> None:
    taken(site, offered())
    taken(site, offered(revision()))
    pin(site, hashlib.sha256(offered().encode()).hexdigest())
    library = load_all(site)
    assert library.in_force("third-health", date(2027, 1, 15)).version == "3.0"
    assert len(library.refused) == 1


def test_an_empty_list_of_accepted_files_accepts_none(site: SiteFolders) -> None:
    taken(site, offered())
    pin(site)
    assert "is not among the policy files" in only_refusal(site)


@pytest.mark.parametrize("line", ["abc", "0" * 63, "0" * 65, "g" * 64, "0" * 64 + "x"])
def test_a_list_of_accepted_files_that_cannot_be_read_refuses_every_file(
    site: SiteFolders, line: str
) -> None:
    taken(site, offered())
    pin(site, "# remark", line)
    path = site.machine / "accepted-policies.txt"
    assert only_refusal(site) == (
        f"No policy file of this site is used: {path}, line 2, is no SHA-256."
    )
    path.write_bytes(b"\xff")
    assert (
        only_refusal(site)
        == f"No policy file of this site is used: {path} cannot be read as UTF-8 text."
    )
