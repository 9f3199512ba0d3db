"""A change in a policy file is about the right places, and about no others."""

from typing import Any

import pytest

from tests.policies.traceability.places import places, touched
from tests.policies.versions import CIGNA, CIGNA_VERSION, version_of
from tests.policy_mutants import document, mutants

DATA = document(version_of(CIGNA, CIGNA_VERSION).file).value
MELANOMA = "coverage.cutaneous_melanoma"


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        (
            f"{MELANOMA}.dosing.intralesional.dose.iu: 6000000 becomes 6000001",
            {f"{MELANOMA}.dosing.intralesional.dose"},
        ),
        (
            f"{MELANOMA}.criteria.any: without melanoma_intralesional",
            {f"{MELANOMA}.criteria.melanoma", f"{MELANOMA}.criteria.melanoma_intralesional"},
        ),
        (
            "notes.medical_director_discretion.when: without approval_status",
            {"notes.medical_director_discretion"},
        ),
        ("notes: without prior_authorization", {"notes.prior_authorization"}),
        (
            f"{MELANOMA}.dosing: without intralesional",
            {f"{MELANOMA}.dosing", f"{MELANOMA}.dosing.intralesional"},
        ),
    ],
)
def test_a_change_is_about_its_place_and_what_it_leaves_out(name: str, wanted: set[str]) -> None:
    assert set(touched(places(DATA), places(changed(name)))) == wanted


def changed(name: str) -> dict[str, Any]:
    [data] = [one.data for one in mutants(DATA) if one.name == name]
    return data


def test_every_mistake_is_about_some_place() -> None:
    before = places(DATA)
    assert [one.name for one in mutants(DATA) if not set(touched(before, places(one.data)))] == []


def test_the_numbers_of_a_place_are_told_as_people_write_them() -> None:
    dose = places(DATA)[f"{MELANOMA}.dosing.intravenous.dose"]
    assert dose.figures() == {"600,000", "0.037"}
    assert places(DATA)["in_force"].figures() == {"2026-05-01"}
