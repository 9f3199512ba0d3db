"""A site of its own for tests: two empty folders, and policy files that it could take."""

from datetime import date
from pathlib import Path

from app.library import Library
from app.library.site import install, load_all, read_new
from app.library.site_folders import SiteFolders
from tests.fixture_library import ALDER, BIRCH

THIRD = Path(__file__).with_name("third_payer.yaml").read_text("utf-8")
TODAY = date(2026, 11, 21)
# What came with Aldesk, as far as most tests know: two versions of Alder, one of Birch.
SHIPPED = [ALDER, ALDER, BIRCH]
PROVIDER = "Pharmacy informatics of the example site"


def site_in(folder: Path) -> SiteFolders:
    """Return the places of a site inside a folder; nothing is there yet."""
    return SiteFolders(folder / "machine", folder / "user")


def offered(text: str = THIRD, provider: str = PROVIDER) -> str:
    """Return a policy file as a site would offer it."""
    return f"{text}\nprovided_by: {provider}\n"


def file_with(folder: Path, text: str) -> Path:
    """Write a policy file outside the site's folders."""
    path = folder / "offered.yaml"
    path.write_text(text, "utf-8")
    return path


def revision(text: str = THIRD) -> str:
    """Return the third payer's next version, with one rest changed."""
    changes = {
        'version: "3.0"': 'version: "4.0"',
        "first_day: 2026-01-15": "first_day: 2027-01-15",
        "min_rest_days: {value: 15": "min_rest_days: {value: 16",
    }
    for before, after in changes.items():
        assert text.count(before) == 1, before
        text = text.replace(before, after)
    return text


def taken(site: SiteFolders, text: str, *, for_all: bool = False) -> Path:
    """Take a policy file into the site; whoever does it accepts every doubt."""
    file = file_with(site.user.parents[1], text)
    folder = site.folders[0 if for_all else 1]
    new = read_new(file, load_all(site), site)
    return install(new, folder, TODAY, [one.id for one in new.doubts])


def ids(library: Library) -> list[str]:
    return [policy.id for policy in library.policies]


def only_refusal(site: SiteFolders) -> str:
    """The one sentence about the site; the shipped policies and nothing else are there."""
    library = load_all(site)
    assert ids(library) == SHIPPED
    [sentence] = library.refused
    return sentence
