"""One draft under every policy: each outcome is that of `judge`, and nothing shows too early."""

import shutil
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from app.casework.comparison import PolicyComparison, compare
from app.casework.draft import Draft
from app.casework.outcome import judge
from app.library import Library, load
from tests.cases import ALDER, BIRCH
from tests.library.folders import resources_copy

MELANOMA: dict[str, Any] = {
    "policy": ALDER,
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
    "age_years": "54",
    "weight_kg": "70.5",
}


def draft(**changes: Any) -> Draft:
    return Draft(MappingProxyType({**MELANOMA, **changes}))


def ids(comparison: PolicyComparison) -> list[str]:
    return [side.policy.id for side in comparison.sides]


@pytest.fixture(scope="module")
def three_payers(tmp_path_factory: pytest.TempPathFactory) -> Library:
    resources = resources_copy(tmp_path_factory.mktemp("three"))
    file = Path(__file__).parents[1] / "library" / "third_payer.yaml"
    shutil.copy(file, resources / "policies")
    return load(resources)


@pytest.mark.parametrize(
    ("chosen", "order"),
    [
        (ALDER, [ALDER, BIRCH]),
        (BIRCH, [BIRCH, ALDER]),
        (None, [ALDER, BIRCH]),
    ],
)
def test_the_chosen_policy_comes_first(
    library: Library, chosen: str | None, order: list[str]
) -> None:
    assert ids(compare(draft(policy=chosen), library)) == order


def test_a_third_payer_is_one_more_side_and_no_python(three_payers: Library) -> None:
    found = compare(draft(policy="third-health"), three_payers)
    assert ids(found) == ["third-health", ALDER, BIRCH]


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
def test_each_outcome_is_what_the_desk_says_for_that_policy_alone(
    library: Library, policy: str
) -> None:
    entered = draft(**{"facts.single_agent": False, "facts.metastatic_disease": True})
    [found] = [
        one
        for one in compare(entered, library).outcomes
        if one.determination and one.determination.policy.id == policy
    ]
    alone = judge(entered.with_entry("policy", policy), library)
    assert found.determination == alone.determination
    assert found.questions == alone.questions


def test_an_answer_that_the_chosen_policy_does_not_ask_for_counts_for_the_other(
    library: Library,
) -> None:
    found = compare(draft(**{"facts.single_agent": False}), library)
    status = {
        side.policy.id: side.determination.eligibility.status
        for side in found.sides
        if side.determination
    }
    assert status == {ALDER: "incomplete", BIRCH: "not_met"}


def test_a_policy_that_is_not_in_force_says_so_and_the_other_goes_on(library: Library) -> None:
    alder, birch = compare(draft(date_of_service="2024-06-02"), library).sides
    assert alder.determination is None
    assert alder.not_in_force.startswith("Alder 11 is in force from Mon, Jun 3, 2024")
    assert birch.determination is not None
    assert birch.not_in_force == ""


def test_while_an_entry_is_wrong_there_is_a_prompt_and_nothing_to_compare(
    library: Library,
) -> None:
    found = compare(draft(weight_kg="154 lb"), library)
    assert found.prompt == "To see a result, correct: Weight (kg)."
    assert found.sides == ()


def test_a_date_that_is_right_for_one_policy_is_not_called_wrong(library: Library) -> None:
    found = compare(draft(weight_kg="154 lb", date_of_service="2024-06-02"), library)
    assert found.prompt == "To see a result, correct: Weight (kg)."


def test_what_is_missing_is_asked_for_and_the_policy_is_not(library: Library) -> None:
    assert compare(Draft(), library).prompt == (
        "To see a result, fill in: Date of service, Indication, Route."
    )


def test_an_unusual_value_waits_on_every_side_until_it_is_confirmed(library: Library) -> None:
    unusual = draft(weight_kg="154", height_cm="175")
    assert waiting(unusual, library) == [("weight_kg",), ("weight_kg",)]
    assert waiting(unusual.with_entry("confirmed.weight_kg", "154"), library) == [(), ()]


def waiting(entered: Draft, library: Library) -> list[tuple[str, ...]]:
    sides = compare(entered, library).sides
    return [side.determination.unconfirmed for side in sides if side.determination]
