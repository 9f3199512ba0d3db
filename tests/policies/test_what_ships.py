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
from app.model.criterion import Group
from app.model.formatting import date_in_words
from app.model.policy import Policy
from app.output.dose_phrases import stated_as_text
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

WORDED = {"text", "notes"}
SHIPPED_BY_0_1_0 = sorted((ROOT / "tests/saved_by_0_1_0/shipped_policies").glob("*.yaml"))
every_version = pytest.mark.parametrize("version", DOCUMENTED, ids=lambda one: one.name)
WORDS = {
    (CIGNA, CIGNA_VERSION): {
        "prior_authorization": ("requires",),
        "benefit_document_governs": (
            *("in effect at the date of service", "supersedes this policy", "mandate"),
            *("only review utilization", "may exclude", "delegated vendor"),
        ),
        "what_a_decision_weighs": ("recommends no treatment", "the law", "facts of the case"),
        "coding_j9015": (
            *("J9015", "single-use vial", "no diagnosis codes", "may be incomplete"),
            *(
                "not in effect",
                "best-fitting",
                "covered code of diagnosis and/or procedure are denied",
            ),
        ),
        "evicore_delegation": (
            *("1403", "certain indications, approval conditions or both", "EviCore by Evernorth"),
            *("does not say", "may differ"),
        ),
        "preferred_product_may_apply": ("oncology", "lists none"),
        "nccn_melanoma_guideline": (
            *("2.2025", "2A", "2B", "single agent", "not tolerated", "foreseeable"),
            *("has progressed after an anti-PD-1 drug", "BRAF V600E", "BRAF/MEK"),
        ),
        "in_force_until_updated": ("updates or retires",),
    },
    (EXPRESS_SCRIPTS, EXPRESS_SCRIPTS_VERSION): {
        "prior_authorization": ("recommends", "medical benefit", "criteria and dosing"),
        "no_effective_date": ("review date", "no effective date", "current version"),
        "maker_named": ("Prometheus Laboratories", "Iovance"),
        "specialist_prescriber": ("specialist in the condition", "monitoring"),
        "no_automation": ("Nothing is decided automatically",),
        "extension_if_still_met": ("extended while criteria and dosing are still met",),
        "nccn_melanoma_guideline": (
            *("1.2025", "2A", "2B", "single agent", "BRAF V600E"),
            "has progressed after an anti-PD-1 drug",
        ),
    },
}


OF_LESIONS = {
    (CIGNA, CIGNA_VERSION): (
        *("unresectable or borderline resectable", "initial treatment", "subsequent treatment"),
        *("or both", "circumstances"),
    ),
    (EXPRESS_SCRIPTS, EXPRESS_SCRIPTS_VERSION): (
        *("primary or second line", "stage III", "unresectable", "clinical satellite"),
        *("in-transit metastases", "recur locally"),
    ),
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
    schema = Draft202012Validator(policy_schema(library.catalog, library.reserved_notes))
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
        assert [one for one in words if one not in notes[note]] == [], note
        assert "does not require" not in notes[note]
        assert "no longer hold" not in notes[note]


@pytest.mark.parametrize("named", OF_LESIONS, ids="-".join)
def test_the_note_on_lesions_says_of_which_disease_the_guideline_speaks(
    named: tuple[str, str],
) -> None:
    notes = {one.id: one.text for one in policy_of(version_of(*named)).notes}
    text = notes["nccn_intralesional_category_2b"]
    assert [one for one in ("2B", *OF_LESIONS[named]) if one not in text] == []


@every_version
def test_no_text_calls_the_lesions_anything_but_every_one(version: Version) -> None:
    """A lesion that does not qualify is not carried by those that do."""
    about = [text for text in texts(policy_of(version)) if "lesion" in text and "injected" in text]
    assert about
    assert [one for one in about if not one.startswith("Every lesion to be injected is")] == []


def texts(policy: Policy) -> Iterator[str]:
    """Yield the text of every criterion."""
    waiting = [one.criteria for one in policy.coverage.values()]
    while waiting:
        criterion = waiting.pop()
        yield criterion.text
        if isinstance(criterion, Group):
            waiting.extend(criterion.children)


@every_version
def test_the_physician_of_a_transplant_center_is_one_associated_with_it(version: Version) -> None:
    [text] = [one for one in texts(policy_of(version)) if "transplant center" in one]
    assert "associated with" in text
    assert "also outside" in text


@pytest.mark.parametrize("named", WORDS, ids="-".join)
def test_both_documents_also_state_milligrams(named: tuple[str, str], library: Library) -> None:
    policy = policy_of(version_of(*named))
    limit = evaluate(read_case(case(policy=policy.id)), policy, library.reference_data).dose_limit
    assert limit is not None
    words = "The policy also states 0.037 mg/kg, its own rounding; International Units govern."
    assert stated_as_text(limit) == words


@pytest.mark.parametrize("file", SHIPPED_BY_0_1_0, ids=lambda file: file.stem)
def test_what_0_1_0_shipped_was_corrected_in_texts_and_notes_alone(file: Path) -> None:
    """A record names the hash of its policy file: a correction costs that old ones verify here.

    Both files were corrected after 0.1.0: texts that narrowed or widened the document, and notes.
    No rule, limit, length or date differs, so that a record of 0.1.0 was judged by the same ones.
    """
    before, after = (yaml.safe_load(one.read_bytes()) for one in (file, shipped(file.name)))
    assert before != after
    assert rules_of(before) == rules_of(after)


def shipped(name: str) -> Path:
    return RESOURCES / "policies" / name


def rules_of(value: Any) -> Any:
    """Return a policy file without its texts and notes."""
    if isinstance(value, dict):
        return {key: rules_of(below) for key, below in value.items() if key not in WORDED}
    return [rules_of(one) for one in value] if isinstance(value, list) else value
