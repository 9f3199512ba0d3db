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
from tests.policies.battery import criteria, differences, facts_of, limits_and_approvals
from tests.policies.versions import (
    CIGNA,
    CIGNA_VERSION,
    DOCUMENTED,
    EXPRESS_SCRIPTS,
    EXPRESS_SCRIPTS_VERSION,
    Version,
    version_of,
)
from tests.policy_mutants import KINDS, build_policy, document, mutants

CIGNA_ONE = version_of(CIGNA, CIGNA_VERSION)
EXPRESS_SCRIPTS_ONE = version_of(EXPRESS_SCRIPTS, EXPRESS_SCRIPTS_VERSION)

every_version = pytest.mark.parametrize("version", DOCUMENTED, ids=lambda one: one.name)
every_file = pytest.mark.parametrize("file", [one.file for one in DOCUMENTED], ids=lambda f: f.stem)


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


@every_version
def test_every_documented_fact_says_where_the_document_has_it(version: Version) -> None:
    known = facts_of(version)
    facts = [
        *(known[name] for name in ("first_day", "review_due")),
        *(path["approval"] for path in known["documented"].values()),
        *(limit for path in known["documented"].values() for limit in path["limits"].values()),
        *known["notes"]["at_times"].values(),
    ]
    assert all(fact["at"] for fact in facts)
    assert all(known["notes"]["always"].values())


@every_version
def test_every_mistake_in_a_shipped_policy_is_noticed(version: Version, library: Library) -> None:
    survivors = {
        mutant.name
        for mutant in mutants(document(version.file).value)
        if not _is_noticed(version.file, mutant.data, library)
    }
    without_effect = facts_of(version)["without_effect"]
    assert survivors == without_effect.keys()
    assert all(without_effect.values())


@every_file
def test_the_mutator_makes_every_kind_of_mistake_once_in_each_place(file: Path) -> None:
    data = document(file).value
    made = list(mutants(data))
    # What ships has no bound with decimals; the next test has one.
    assert {mutant.kind for mutant in made} == KINDS - {"decimal_off_by_one"}
    assert max(Counter(mutant.name for mutant in made).values()) == 1
    assert all(mutant.data != data for mutant in made)


def test_the_mutator_knows_what_the_format_has_and_no_shipped_file() -> None:
    albumin = {"id": "low", "question": "albumin", "under": "3.5"}
    signs = [{"id": name, "question": name, "is": True} for name in ("a", "b", "c")]
    at = "coverage.melanoma"
    policy = {
        "questions": {"albumin": {"kind": "number"}},
        "indications": {"melanoma": {"label": "Melanoma", "includes": ["cutaneous_melanoma"]}},
        "coverage": {
            "melanoma": {
                "criteria": {
                    "id": "root",
                    "none": [albumin, {"id": "two", "at_least": 2, "of": signs}],
                },
                "approval": [{"months": 6, "branch": "two"}, {"once": True}],
                "renewal": {"refused": True, "branch": "two"},
                "dosing": {
                    "intravenous": {
                        "dose": {"not_stated": True},
                        "pattern": {"cycle_days": 21, "on": [{"from": 1, "to": 4}]},
                        "limits": [{"at_most": 6, "of": "doses", "per": "authorization"}],
                        "min_course_rest_days": {"value": 49, "from": "discharge"},
                    }
                },
            }
        },
        "not_covered": {"uses": [{"id": "elsewhere", "because": "addressed_elsewhere"}]},
        "codes": [{"system": "icd_10_cm", "code": "C64.1"}],
    }
    dosing = f"{at}.dosing.intravenous"
    wanted = {
        f"{at}.criteria: none becomes any",
        f"{at}.criteria.none.low: under becomes at_most",
        f"{at}.criteria.none.low.under: 3.5 becomes 3.4",
        f"{at}.criteria.none.two: of becomes any",
        f"{at}.criteria.none.two.at_least: 2 becomes 3",
        f"{at}.approval: without two",
        f"{at}.approval.two: months becomes weeks",
        f"{at}.approval.two: without branch",
        f"{at}.approval.1: once becomes not_stated",
        f"{at}.renewal: without refused",
        f"{dosing}.pattern.on.0.to: 4 becomes 5",
        f"{dosing}.limits.0.at_most: 6 becomes 7",
        f"{dosing}.limits.0.per: authorization becomes course",
        f"{dosing}.limits.0.of: doses becomes units",
        f"{dosing}.min_course_rest_days.from: discharge becomes last_dose",
        f"{dosing}.min_course_rest_days: without from",
        "indications.melanoma: without includes",
        "not_covered: without uses",
        "not_covered.uses.elsewhere.because: addressed_elsewhere becomes excluded",
        ": without codes",
        "codes: without C64.1",
    }
    assert wanted - {one.name for one in mutants(policy)} == set()


def _changed(version: Version, name: str, library: Library) -> Policy:
    [data] = [one.data for one in mutants(document(version.file).value) if one.name == name]
    return build_policy(version.file, data, library)


def test_a_dropped_criterion_is_noticed_by_the_decision_tables(library: Library) -> None:
    name = "coverage.renal_cell_carcinoma.criteria.all: without renal_single_agent"
    found = list(criteria(_changed(EXPRESS_SCRIPTS_ONE, name, library), library))
    assert found
    assert all(one.startswith("renal_cell_carcinoma ") for one in found)


def test_a_dose_one_unit_too_high_is_noticed_by_the_documented_facts(library: Library) -> None:
    name = "coverage.cutaneous_melanoma.dosing.intralesional.dose.iu: 6000000 becomes 6000001"
    [found] = limits_and_approvals(_changed(CIGNA_ONE, name, library), library)
    assert found.startswith("melanoma_intralesional, dose_iu: (6000001, ")


@pytest.mark.parametrize(
    ("one", "other"), [(CIGNA_ONE, EXPRESS_SCRIPTS_ONE), (EXPRESS_SCRIPTS_ONE, CIGNA_ONE)]
)
def test_a_policy_under_the_other_payers_name_is_noticed(
    one: Version, other: Version, library: Library
) -> None:
    theirs = facts_of(other)
    data = document(one.file).value
    in_force = {**data["in_force"], "first_day": theirs["first_day"]["value"]}
    names = {"id": theirs["policy"], "version": theirs["version"]}
    policy = build_policy(one.file, {**data, **names, "in_force": in_force}, library)
    assert list(criteria(policy, library))


def test_a_mistake_that_no_check_looks_for_survives(library: Library) -> None:
    data = {**document(CIGNA_ONE.file).value, "payer": "Somebody else"}
    assert not _is_noticed(CIGNA_ONE.file, data, library)
