"""What differs between two policy versions: all of it, at its place, and nothing else."""

from copy import deepcopy
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from app.casework.policy_diff import Change, changes
from app.library import DataFileError, Library
from app.library.policies import policy_of as read_policy
from app.library.strict_yaml import Document, parse
from app.model.criterion import Comparison
from app.model.dosing import Limit
from app.model.policy import Note, Policy
from tests.fixture_library import ALDER, ALDER_VERSION_BEFORE, FILES, file_of
from tests.library.folders import GOOD
from tests.policy_leaves import differing, disagreements
from tests.policy_mutants import mutants

RENAL = ("coverage", "renal_cell_carcinoma")
CRITERIA = (*RENAL, "criteria")
DOSING = (*RENAL, "dosing", "intravenous")


def policy_of(data: dict[str, Any], library: Library, sha256: str = "0" * 64) -> Policy:
    return read_policy(Document(data, {(): 1}), Path("test.yaml"), library.catalog, sha256)


def good() -> dict[str, Any]:
    data: dict[str, Any] = parse(GOOD.read_bytes()).value
    return data


def criteria_of(data: dict[str, Any]) -> dict[str, Any]:
    criteria: dict[str, Any] = data["coverage"]["renal_cell_carcinoma"]["criteria"]
    return criteria


def found(after: dict[str, Any], library: Library) -> tuple[Change, ...]:
    return changes(policy_of(good(), library), policy_of(after, library))


def told(after: dict[str, Any], library: Library) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.kind, one.where) for one in found(after, library)]


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_mistake_in_a_policy_file_is_told_at_its_place_and_nowhere_else(
    file: Path, library: Library
) -> None:
    data = parse(file.read_bytes()).value
    original = policy_of(data, library)
    count = 0
    for mutant in mutants(data):
        try:
            policy = policy_of(mutant.data, library)
        except DataFileError:
            continue
        count += 1
        places = {one.where for one in changes(original, policy)}
        assert disagreements(differing(data, mutant.data), places) == set(), mutant.name
        assert bool(places) == (policy != original), mutant.name
    assert count > 30 * len(data["coverage"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_equal_policies_differ_in_nothing_whatever_the_hash_of_their_files(
    file: Path, library: Library
) -> None:
    data = parse(file.read_bytes()).value
    turned = {key: data[key] for key in reversed(data)}
    assert changes(policy_of(data, library), policy_of(turned, library, "1" * 64)) == ()


def test_two_versions_differ_where_their_files_do(library: Library) -> None:
    files = (file_of(ALDER, ALDER_VERSION_BEFORE), file_of(ALDER))
    before, after = (yaml.safe_load(file.read_bytes()) for file in files)
    places = {one.where for one in changes(*library.versions(ALDER))}
    assert disagreements(differing(before, after), places) == set()
    assert ("coverage", "cutaneous_melanoma", "criteria", "skin_by_vein_treated") in places


def test_a_changed_value_has_both_sides_and_both_citations(library: Library) -> None:
    after = good()
    after["document"] = "Example Health 2"
    rest = after["coverage"]["renal_cell_carcinoma"]["dosing"]["intravenous"]["min_rest_days"]
    rest.update(value=11, citation={"heading": "Dosing", "item": "3, a"})
    document, citation, value = found(after, library)
    assert (document.where, document.citation_before) == (("document",), "")
    assert citation.where == (*DOSING, "min_rest_days", "citation")
    assert value == Change(
        "changed",
        entry=(*DOSING, "min_rest_days"),
        part=("value",),
        before=10,
        after=11,
        citation_before="Example Health 1: Dosing 3",
        citation_after="Example Health 2: Dosing 3, a",
    )


def test_an_inserted_criterion_is_one_change_and_those_after_it_none(library: Library) -> None:
    after = good()
    added = {
        "id": "metastatic",
        "text": "The disease is metastatic",
        "question": "metastatic_disease",
        "is": True,
        "citation": {"heading": "Criteria", "item": "1a"},
    }
    criteria_of(after)["all"].insert(1, added)
    [change] = found(after, library)
    assert (change.kind, change.where) == ("added", (*CRITERIA, "metastatic"))
    assert isinstance(change.after, Comparison)
    assert (change.before, change.citation_before) == (None, "")
    assert change.citation_after == "Example Health 1: Criteria 1a"


def test_a_removed_criterion_is_one_change(library: Library) -> None:
    after = good()
    del criteria_of(after)["all"][0]
    assert told(after, library) == [("removed", (*CRITERIA, "adult"))]


def test_a_criterion_in_another_group_is_told_as_moved(library: Library) -> None:
    after = good()
    *others, last = criteria_of(after)["all"]
    group = {"id": "either", "text": "One of them", "citation": {"heading": "Criteria"}}
    criteria_of(after)["all"] = [*others, {**group, "any": [last]}]
    added, moved = found(after, library)
    assert (added.kind, added.where) == ("added", (*CRITERIA, "either"))
    assert (moved.where, moved.before, moved.after) == (
        (*CRITERIA, "prescriber", "within"),
        "renal",
        "either",
    )


def test_another_order_of_the_same_criteria_is_told_once(library: Library) -> None:
    after = good()
    criteria_of(after)["all"].reverse()
    [change] = found(after, library)
    assert change.where == (*CRITERIA, "renal", "order")
    assert change.before == ("adult", "alone", "prescriber")
    assert change.after == ("prescriber", "alone", "adult")


def test_another_order_of_the_notes_is_told_and_a_new_note_among_them_is_none(
    library: Library,
) -> None:
    before = good()
    before["notes"].append({**before["notes"][0], "id": "second"})
    turned, longer = deepcopy(before), deepcopy(before)
    turned["notes"].reverse()
    longer["notes"].insert(1, {**before["notes"][0], "id": "between"})
    original = policy_of(before, library)
    assert [one.where for one in changes(original, policy_of(turned, library))] == [
        ("notes", "order")
    ]
    [added] = changes(original, policy_of(longer, library))
    assert (added.kind, added.where) == ("added", ("notes", "between"))
    assert isinstance(added.after, Note)


def test_a_group_of_another_kind_is_one_change(library: Library) -> None:
    after = good()
    criteria = criteria_of(after)
    criteria["any"] = criteria.pop("all")
    assert told(after, library) == [("changed", (*CRITERIA, "renal", "all_or_any"))]


def test_a_guard_and_a_condition_of_a_note_are_told_as_added(library: Library) -> None:
    after = good()
    criteria_of(after)["routes"] = ["intravenous"]
    after["notes"][0]["when"] = {"til": False, "routes": ["intravenous"]}
    assert sorted(told(after, library)) == [
        ("added", (*CRITERIA, "renal", "routes")),
        ("added", ("notes", "reminder", "when", "routes")),
        ("added", ("notes", "reminder", "when", "til")),
    ]


def test_a_question_that_becomes_a_group_is_told_by_all_its_parts(library: Library) -> None:
    after = good()
    adult = criteria_of(after)["all"][0]
    inner = {**adult, "id": "really_adult"}
    for key in ("question", "at_least"):
        del adult[key]
    adult["all"] = [inner]
    assert sorted(told(after, library)) == [
        ("added", (*CRITERIA, "adult", "all_or_any")),
        ("added", (*CRITERIA, "really_adult")),
        ("removed", (*CRITERIA, "adult", "at_least")),
        ("removed", (*CRITERIA, "adult", "question")),
    ]


def test_a_limit_that_is_stated_only_now_stands_as_a_whole(library: Library) -> None:
    after = good()
    daily = {"value": 3, "citation": {"heading": "Dosing", "item": "5"}}
    after["coverage"]["renal_cell_carcinoma"]["dosing"]["intravenous"]["max_doses_per_day"] = daily
    [change] = found(after, library)
    assert (change.kind, change.where) == ("added", (*DOSING, "max_doses_per_day"))
    assert isinstance(change.after, Limit)


def test_who_provides_the_file_is_compared_like_every_other_value(library: Library) -> None:
    after = {**good(), "provided_by": "Pharmacy"}
    assert told(after, library) == [("added", ("provided_by",))]


def test_a_key_that_the_model_gets_one_day_is_compared_without_another_line(
    library: Library,
) -> None:
    @dataclass(frozen=True, kw_only=True)
    class Wider(Policy):
        region: str | None = None

    policy = policy_of(good(), library)
    said = {one.name: getattr(policy, one.name) for one in fields(policy)}
    before, after = Wider(**said), Wider(**said, region="north")
    assert [one.where for one in changes(before, after)] == [("region",)]


def test_without_a_version_before_every_value_of_the_file_is_added(library: Library) -> None:
    added = changes(None, policy_of(good(), library))
    assert {one.kind for one in added} == {"added"}
    places = {place for place in differing({}, good()) if place != ("notes", "order")}
    assert disagreements(places, {one.where for one in added}) == set()
