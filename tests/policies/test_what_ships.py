"""What each shipped version says of itself, and some of its words, by hand from its document."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from app.engine import evaluate
from app.files.json_forms import policy_schema
from app.library import RESOURCES, Library, NoPolicyInForce
from app.model.case_json import read_case
from app.model.formatting import date_in_words
from app.model.policy import Policy
from app.output.phrases import stated_as_text
from tests.fixture_library import ROOT
from tests.library.test_reader_template import read
from tests.policies.battery import facts_of
from tests.policies.cases import case
from tests.policies.versions import (
    CIGNA,
    CIGNA_VERSION,
    DOCUMENTED,
    EXPRESS_SCRIPTS,
    EXPRESS_SCRIPTS_VERSION,
    Version,
    shipped_library,
    version_of,
)

SHIPPED_BY_0_1_0 = sorted((ROOT / "tests/saved_by_0_1_0/shipped_policies").glob("*.yaml"))
every_version = pytest.mark.parametrize("version", DOCUMENTED, ids=lambda one: one.name)
WORDS = {
    (CIGNA, CIGNA_VERSION): {
        "prior_authorization": "requires",
        "coding_j9015": "J9015",
        "evicore_delegation": "1403",
        "nccn_melanoma_guideline": "2B",
        "in_force_until_updated": "updates or retires",
    },
    (EXPRESS_SCRIPTS, EXPRESS_SCRIPTS_VERSION): {
        "prior_authorization": "recommends",
        "no_automation": "Nothing is decided automatically",
        "extension_if_still_met": "extended while criteria and dosing are still met",
        "nccn_melanoma_guideline": "2B",
    },
}


def policy_of(version: Version) -> Policy:
    [policy] = shipped_library(version).policies
    return policy


@every_version
def test_a_version_counts_from_its_first_day_and_alone_not_before(version: Version) -> None:
    library, first = shipped_library(version), facts_of(version)["first_day"]["value"]
    policy = policy_of(version)
    assert library.in_force(policy.id, first) == policy
    with pytest.raises(NoPolicyInForce, match=f"in force from {date_in_words(first)}; no version"):
        library.in_force(policy.id, first - timedelta(days=1))


@every_version
def test_it_came_with_aldesk_and_has_the_hash_of_its_file(version: Version) -> None:
    policy = policy_of(version)
    assert policy.provided_by is None
    assert policy.sha256 == hashlib.sha256(version.file.read_bytes()).hexdigest()


@every_version
def test_its_file_is_one_by_the_schema(version: Version, library: Library) -> None:
    schema = Draft202012Validator(policy_schema(library.catalog))
    assert [error.message for error in schema.iter_errors(read(version.file))] == []


@every_version
def test_every_citation_of_it_names_a_heading(version: Version) -> None:
    found = list(citations(yaml.safe_load(version.file.read_bytes())))
    assert found
    for path, citation in found:
        assert citation["heading"].strip(), path
        assert "item" not in citation or citation["item"].strip(), path


def citations(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every citation in a data file with its path."""
    parts = value.items() if isinstance(value, dict) else enumerate(value)
    for key, part in parts:
        if key == "citation":
            yield path, part
        elif isinstance(part, dict | list):
            yield from citations(part, f"{path}.{key}")


@pytest.mark.parametrize("named", WORDS, ids="-".join)
def test_notes_carry_the_facts_of_the_documents(named: tuple[str, str], library: Library) -> None:
    policy = policy_of(version_of(*named))
    found = evaluate(read_case(case(policy=policy.id)), policy, library.reference_data)
    notes = {one.id: one.text for one in found.notes}
    for note, words in WORDS[named].items():
        assert words in notes[note]
        assert "does not require" not in notes[note]


@pytest.mark.parametrize("named", WORDS, ids="-".join)
def test_both_documents_also_state_milligrams(named: tuple[str, str], library: Library) -> None:
    policy = policy_of(version_of(*named))
    limit = evaluate(read_case(case(policy=policy.id)), policy, library.reference_data).dose_limit
    assert limit is not None
    words = "The policy also states 0.037 mg/kg, its own rounding; International Units govern."
    assert stated_as_text(limit) == words


@pytest.mark.parametrize("file", SHIPPED_BY_0_1_0, ids=lambda file: file.stem)
def test_what_0_1_0_shipped_ships_unchanged_so_that_its_records_verify(file: Path) -> None:
    """A record names the hash of its policy file: after a correction, say here what it costs."""
    assert (RESOURCES / "policies" / file.name).read_bytes() == file.read_bytes()
