"""A policy file cannot be wrong in one place without being noticed.

Every single mistake that the mutator can make in a shipped file is refused by the loader or
detected by checks that were written from the documents and never look into the file.
"""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from app.library import DataFileError, Library
from app.model.policy import Policy
from tests.cases import CIGNA, EXPRESS_SCRIPTS
from tests.policy_battery import FACTS, criteria, differences, limits_and_approvals
from tests.policy_mutants import FILES, KINDS, build_policy, document, mutants

# Mistakes that cannot change any determination, each with its reason.
EQUIVALENT = {
    (
        "cigna-ip0407-2026-05-01.yaml",
        "notes.medical_director_discretion.when.approval_status: with clinician_review",
    ): "Cigna never leaves a request to a clinician, so the status does not occur",
}

every_file = pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)


def _is_noticed(file: Path, data: dict[str, Any], library: Library) -> bool:
    try:
        policy = build_policy(file, data, library)
    except DataFileError:
        return True
    return any(True for _ in differences(policy, library))


@every_file
def test_a_shipped_policy_agrees_with_the_documents(file: Path, library: Library) -> None:
    policy = build_policy(file, document(file).value, library)
    assert list(differences(policy, library)) == []


def test_every_documented_fact_says_where_the_document_has_it() -> None:
    facts = [
        *(
            version[name]
            for version in FACTS["versions"].values()
            for name in ("first_day", "review_due")
        ),
        *(path["approval"] for path in FACTS["documented"].values()),
        *(limit for path in FACTS["documented"].values() for limit in path["limits"].values()),
        *FACTS["notes"]["at_times"].values(),
    ]
    assert all(fact["at"] for fact in facts)
    assert all(all(notes.values()) for notes in FACTS["notes"]["always"].values())


@every_file
def test_every_mistake_in_a_shipped_policy_is_noticed(file: Path, library: Library) -> None:
    survivors = {
        (file.name, mutant.name)
        for mutant in mutants(document(file).value)
        if not _is_noticed(file, mutant.data, library)
    }
    assert survivors == {known for known in EQUIVALENT if known[0] == file.name}


@every_file
def test_the_mutator_makes_every_kind_of_mistake_once_in_each_place(file: Path) -> None:
    data = document(file).value
    made = list(mutants(data))
    assert {mutant.kind for mutant in made} == KINDS
    assert max(Counter(mutant.name for mutant in made).values()) == 1
    assert all(mutant.data != data for mutant in made)


def _file_of(policy_id: str, library: Library) -> Path:
    version = library.versions(policy_id)[-1].version
    return next(file for file in FILES if file.stem == f"{policy_id}-{version}")


def _changed(policy_id: str, name: str, library: Library) -> Policy:
    file = _file_of(policy_id, library)
    [data] = [one.data for one in mutants(document(file).value) if one.name == name]
    return build_policy(file, data, library)


def test_a_dropped_criterion_is_noticed_by_the_decision_tables(library: Library) -> None:
    name = "coverage.renal_cell_carcinoma.criteria.all: without renal_single_agent"
    found = list(criteria(_changed(EXPRESS_SCRIPTS, name, library), library))
    assert found
    assert all(one.startswith("renal_cell_carcinoma ") for one in found)


def test_a_dose_one_unit_too_high_is_noticed_by_the_documented_facts(library: Library) -> None:
    name = "coverage.cutaneous_melanoma.dosing.intralesional.dose.iu: 6000000 becomes 6000001"
    [found] = limits_and_approvals(_changed(CIGNA, name, library), library)
    assert found.startswith("melanoma_intralesional, dose_iu: (6000001, ")


@pytest.mark.parametrize(
    ("policy_id", "other"), [(CIGNA, EXPRESS_SCRIPTS), (EXPRESS_SCRIPTS, CIGNA)]
)
def test_a_policy_under_the_other_payers_name_is_noticed(
    policy_id: str, other: str, library: Library
) -> None:
    file = _file_of(policy_id, library)
    data = document(file).value
    theirs = FACTS["versions"][other]
    in_force = {**data["in_force"], "first_day": theirs["first_day"]["value"]}
    policy = build_policy(
        file, {**data, "id": other, "version": theirs["version"], "in_force": in_force}, library
    )
    assert list(criteria(policy, library))


def test_a_mistake_that_no_check_looks_for_survives(library: Library) -> None:
    file = _file_of(CIGNA, library)
    data = {**document(file).value, "payer": "Somebody else"}
    assert not _is_noticed(file, data, library)
