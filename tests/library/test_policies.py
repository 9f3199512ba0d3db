"""Which policy version counts on a day, and whose bytes it has."""

import hashlib
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.help.examples import read_examples
from app.help.hazard_log import read_safety_case
from app.library import DataFileError, Library, NoPolicyInForce, UnknownPolicy, load
from app.library.policies import RESOURCES, read_policies
from app.model.formatting import date_in_words
from tests.cases import ALDER, BIRCH, case, determine
from tests.fixture_library import (
    ALDER_VERSION,
    ALDER_VERSION_BEFORE,
    BIRCH_VERSION,
    FILES,
    file_of,
)
from tests.library.folders import GOOD, resources_copy

OVERLAP = "line 9, in_force.first_day: overlaps version 1, in force from 2026-01-01"
TWICE = "line 3, version: version 1 is there already"
DATA_FILES = sorted(RESOURCES.glob("*.yaml"))
# One has the words for citations, and none itself.
CITING_FILES = [file for file in DATA_FILES if file.stem != "policy-form"]


class Shelf:
    """A library of versions of the good policy, each given by version and days in force."""

    def __init__(self, library: Library, folder: Path) -> None:
        self._library = library
        self._folder = folder

    def of(self, *versions: tuple[str, str, str | None]) -> Library:
        files = [self._file(*version) for version in versions]
        policies = read_policies(files, self._library.catalog, self._library.reserved_notes)
        return Library(policies, self._library.catalog, self._library.reference_data)

    def _file(self, version: str, first_day: str, last_day: str | None) -> Path:
        text = GOOD.read_text("utf-8").replace('version: "1"', f'version: "{version}"')
        days = first_day if last_day is None else f"{first_day}\n  last_day: {last_day}"
        text = text.replace("first_day: 2026-01-01", f"first_day: {days}")
        file = self._folder / f"{version}-{first_day}.yaml"
        file.write_text(text, "utf-8")
        return file


@pytest.fixture
def shelf(library: Library, tmp_path: Path) -> Shelf:
    return Shelf(library, tmp_path)


def version_on(library: Library, policy: str, day: str) -> str:
    return library.in_force(policy, date.fromisoformat(day)).version


@pytest.mark.parametrize(
    ("policy", "first_day", "day_before"),
    [
        (ALDER, ALDER_VERSION_BEFORE, "2024-06-02"),
        (BIRCH, BIRCH_VERSION, "2023-10-15"),
    ],
)
def test_a_policy_counts_from_its_first_day_and_not_before(
    library: Library, policy: str, first_day: str, day_before: str
) -> None:
    assert version_on(library, policy, first_day) == first_day
    in_words = date_in_words(date.fromisoformat(first_day))
    with pytest.raises(NoPolicyInForce, match=f"in force from {in_words}; no version"):
        version_on(library, policy, day_before)


def test_a_later_version_takes_over_on_its_first_day(shelf: Shelf) -> None:
    library = shelf.of(("2", "2027-03-01", None), ("1", "2026-01-01", None))
    days = ("2026-01-01", "2027-02-28", "2027-03-01", "2027-03-02")
    versions = [version_on(library, "example-health", day) for day in days]
    assert versions == ["1", "1", "2", "2"]
    with pytest.raises(NoPolicyInForce, match="Thu, Jan 1, 2026"):
        version_on(library, "example-health", "2025-12-31")


def test_no_version_counts_after_its_last_day(shelf: Shelf) -> None:
    library = shelf.of(("1", "2026-01-01", "2026-06-30"), ("2", "2026-09-01", "2026-12-31"))
    days = ("2026-06-30", "2026-09-01", "2026-12-31")
    assert [version_on(library, "example-health", day) for day in days] == ["1", "2", "2"]
    for day in ("2026-07-01", "2026-08-31"):
        with pytest.raises(NoPolicyInForce, match="Tue, Jun 30, 2026"):
            version_on(library, "example-health", day)
    with pytest.raises(NoPolicyInForce, match="Thu, Dec 31, 2026"):
        version_on(library, "example-health", "2027-01-01")


def test_a_version_may_follow_the_day_after_another_ends(shelf: Shelf) -> None:
    library = shelf.of(("1", "2026-01-01", "2026-06-30"), ("2", "2026-07-01", None))
    assert version_on(library, "example-health", "2026-06-30") == "1"
    assert version_on(library, "example-health", "2026-07-01") == "2"


@pytest.mark.parametrize(
    ("versions", "message"),
    [
        (
            [("1", "2026-01-01", "2026-06-30"), ("2", "2026-06-30", None)],
            f"2-2026-06-30.yaml, {OVERLAP}",
        ),
        (
            [("1", "2026-01-01", None), ("2", "2026-01-01", None)],
            f"2-2026-01-01.yaml, {OVERLAP}",
        ),
        (
            [("1", "2026-01-01", None), ("1", "2026-07-01", None)],
            f"1-2026-07-01.yaml, {TWICE}",
        ),
        (
            [("1", "2026-01-01", None), ("2", "2026-03-01", None), ("1", "2026-07-01", None)],
            f"1-2026-07-01.yaml, {TWICE}",
        ),
    ],
    ids=["overlap by a day", "the same first day", "one version twice", "twice, another between"],
)
def test_versions_that_contradict_each_other_are_refused(
    shelf: Shelf, versions: list[tuple[str, str, str | None]], message: str
) -> None:
    with pytest.raises(DataFileError) as refused:
        shelf.of(*versions)
    assert str(refused.value) == message


def test_an_unknown_policy_is_refused_with_those_at_hand(library: Library) -> None:
    with pytest.raises(UnknownPolicy, match=f"{ALDER}, {BIRCH}"):
        library.in_force("alder", date(2026, 11, 23))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_the_hash_in_a_determination_is_that_of_the_policy_file(
    file: Path, library: Library
) -> None:
    content = file.read_bytes()
    first_day = yaml.safe_load(content)["in_force"]["first_day"]
    [policy] = [one for one in library.policies if one.in_force.first_day == first_day]
    expected = hashlib.sha256(content).hexdigest()
    assert policy.sha256 == expected
    data = case(policy=policy.id, date_of_service=first_day.isoformat())
    assert determine(library, data).policy.sha256 == expected


def test_one_changed_byte_changes_the_hash_and_nothing_else(tmp_path: Path) -> None:
    resources = resources_copy(tmp_path)
    before = load(resources).in_force(ALDER, date(2026, 11, 23))
    file = next((resources / "policies").glob(f"{ALDER}-{ALDER_VERSION}*"))
    file.write_bytes(file.read_bytes() + b"#\n")
    after = load(resources).in_force(ALDER, date(2026, 11, 23))
    assert after.sha256 != before.sha256
    assert (after.coverage, after.notes) == (before.coverage, before.notes)


def citations(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every citation in a data file with its path."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        if key == "citation":
            yield path, part
        elif isinstance(part, dict | list):
            yield from citations(part, f"{path}.{key}")


@pytest.mark.parametrize("file", CITING_FILES, ids=lambda file: file.stem)
def test_every_citation_that_ships_names_a_heading(file: Path) -> None:
    found = list(citations(yaml.safe_load(file.read_bytes())))
    assert found or file.stem in ("questions", "checks", "examples", "safety", "earlier_editions")
    for path, citation in found:
        assert citation["heading"].strip(), path
        assert "item" not in citation or citation["item"].strip(), path


def test_a_file_with_other_bytes_is_another_version_even_if_it_says_the_same(
    tmp_path: Path,
) -> None:
    before, resources = load(), resources_copy(tmp_path)
    assert load(resources).policies == before.policies
    path = resources / f"policies/{file_of(ALDER, ALDER_VERSION_BEFORE).name}"
    path.write_text(path.read_text("utf-8") + "\n# more\n", "utf-8")
    assert load(resources).policies[0] != before.policies[0]


def test_the_worked_examples_and_the_safety_case_are_read_from_the_folder(tmp_path: Path) -> None:
    resources = resources_copy(tmp_path)
    assert read_examples(resources) == read_examples()
    assert read_safety_case(resources) == read_safety_case()
    (resources / "examples.yaml").unlink()
    (resources / "safety.yaml").write_text("", "utf-8")
    with pytest.raises(DataFileError, match=r"^examples\.yaml, line 1: "):
        read_examples(resources)
    with pytest.raises(DataFileError, match=r"^safety\.yaml, line 1: "):
        read_safety_case(resources)
