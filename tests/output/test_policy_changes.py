"""What differs between two policy versions, in words that a pharmacist understands."""

import re
from pathlib import Path
from typing import Any

import pytest

from app.casework.policy_diff import changes
from app.library import DataFileError, Library
from app.library.strict_yaml import parse
from app.output.policy_changes import NO_CHANGE, change_rows, changes_text, sources_text
from tests.casework.test_policy_diff import criteria_of, good, policy_of
from tests.fixture_library import ALDER, FILES, file_of
from tests.output.test_policy_text import dosing, rows
from tests.policy_mutants import mutants

HEALTH = "Example Health 1: "
IV_DOSING = "Renal cell carcinoma: dosing, intravenous route"


def test_a_row_has_both_places_in_the_documents(library: Library) -> None:
    new_place = {"heading": "Dosing", "item": "3, a"}
    place, rest = rows(
        library, lambda data: dosing(data)["min_rest_days"].update(value=11, citation=new_place)
    )
    assert (place.what, place.before, place.after) == (
        "Rest between the cycles, place in the document",
        "Dosing 3",
        "Dosing 3, a",
    )
    assert sources_text(rest) == f"before: {HEALTH}Dosing 3; now: {HEALTH}Dosing 3, a"


def test_an_added_criterion_is_told_with_its_group_and_what_it_asks_for(library: Library) -> None:
    citation = {"heading": "Criteria", "item": "4"}
    added = {"id": "nodal", "text": "No lesion is nodal", "question": "lesion_site"}
    [row] = rows(
        library,
        lambda data: criteria_of(data)["all"].append(
            {**added, "none_of": ["nodal"], "citation": citation}
        ),
    )
    assert (row.kind, row.what) == ("added", "“No lesion is nodal” in “All three hold”")
    assert row.after == "Where is every lesion to be injected? none of: Nodal"
    assert (row.before, sources_text(row)) == ("", f"{HEALTH}Criteria 4")


def test_a_removed_note_and_a_removed_limit_are_told_with_what_they_said(library: Library) -> None:
    def drop(data: dict[str, Any]) -> None:
        data["notes"].clear()
        for key in ("max_doses_per_cycle", "min_rest_days", "min_course_rest_days"):
            del dosing(data)[key]

    found = {row.what: (row.kind, row.before, row.after) for row in rows(library, drop)}
    assert found == {
        "Doses in a cycle": ("removed", "at most 12 doses", ""),
        "Rest between the cycles": ("removed", "at least 10 days", ""),
        "Rest between courses": ("removed", "at least 60 days", ""),
        "Note “reminder”": ("removed", "Ask the payer.", ""),
    }


def test_a_moved_criterion_names_both_groups_and_another_order_all_of_them(
    library: Library,
) -> None:
    def move(data: dict[str, Any]) -> None:
        *others, last = criteria_of(data)["all"]
        group = {"id": "either", "text": "One of them", "citation": {"heading": "Criteria"}}
        criteria_of(data)["all"] = [*reversed(others), {**group, "any": [last]}]

    order, added, moved = rows(library, move)
    names = ["“Aged at least 21 years”", "“Nothing else is given”"]
    assert order.before.startswith(", ".join(names))
    assert order.after.startswith(", ".join(reversed(names)))
    assert (added.what, added.after) == (
        "“One of them” in “All three hold”",
        "one of the criteria in it",
    )
    assert (moved.before, moved.after) == ("“All three hold”", "“One of them”")


def test_a_new_indication_is_told_entry_by_entry_under_its_own_headings(library: Library) -> None:
    graft = parse(file_of(ALDER).read_bytes()).value["coverage"]["graft_versus_host_disease"]
    found = rows(library, lambda data: data["coverage"].update(graft_versus_host_disease=graft))
    assert {row.kind for row in found} == {"added"}
    name = "Graft"
    headings = [name, f"{name}: approval", f"{name}: criteria"]
    assert list(dict.fromkeys(row.heading for row in found)) == [
        *headings,
        f"{name}: dosing, subcutaneous route",
    ]
    [dose] = [row for row in found if row.what == "Limit per dose"]
    assert dose.after == (
        "at most 1,500,000 International Units (1.5 million) for each m² of body surface area"
    )


def test_two_sides_that_words_cannot_tell_apart_show_their_values(library: Library) -> None:
    def rename(data: dict[str, Any]) -> None:
        criteria_of(data)["id"] = "kidney"

    moved = [row for row in rows(library, rename) if row.kind == "changed"]
    assert {(row.before, row.after) for row in moved} == {
        ("“All three hold” (renal)", "“All three hold” (kidney)")
    }


def test_the_headings_come_in_their_order_each_once(library: Library) -> None:
    before, after = library.versions(ALDER)
    found = change_rows(before, after, library.catalog)
    assert list(dict.fromkeys(row.heading for row in found)) == [
        "Versions and dates",
        *("Skin: approval", "Skin: criteria"),
        *("Skin: dosing, intravenous route", "Skin: dosing, intralesional route"),
        *("Kidney", "Kidney: approval", "Kidney: criteria", "Kidney: dosing, intravenous route"),
        *("Graft", "Graft: approval", "Graft: criteria", "Graft: dosing, subcutaneous route"),
        "Requests beyond the documented dosing",
        "Notes",
        "Other uses",
    ]
    text = changes_text(before, after, library.catalog)
    for heading in {row.heading for row in found}:
        assert text.splitlines().count(heading) == 1


def test_the_text_names_both_versions_and_has_a_line_for_each_row(library: Library) -> None:
    before = policy_of(good(), library)
    data = good()
    dosing(data)["min_rest_days"]["value"] = 11
    data["notes"].clear()
    text = changes_text(before, policy_of(data, library), library.catalog)
    assert text.splitlines() == [
        "Before: Example Health, Example policy, version 1",
        "Now: Example Health, Example policy, version 1",
        "",
        "2 differences:",
        "",
        IV_DOSING,
        f"  Rest between the cycles: at least 10 days → at least 11 days ({HEALTH}Dosing 3)",
        "",
        "Notes",
        f"  Removed: Note “reminder”: Ask the payer. ({HEALTH}Notes)",
    ]


def test_equal_versions_and_a_new_policy_say_so(library: Library) -> None:
    policy = policy_of(good(), library)
    assert changes_text(policy, policy, library.catalog).splitlines()[-1] == NO_CHANGE
    lines = changes_text(None, policy, library.catalog).splitlines()
    assert lines[0] == "Before: nothing; the policy is new"
    told = [line for line in lines if line.startswith("  ")]
    assert len(told) == len(changes(None, policy))
    assert all(line.startswith("  Added: ") for line in told)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_mistake_in_a_policy_file_has_words_that_differ(file: Path, library: Library) -> None:
    data = parse(file.read_bytes()).value
    original = policy_of(data, library)
    for mutant in list(mutants(data))[::4]:  # the changes themselves are all proven elsewhere
        try:
            policy = policy_of(mutant.data, library)
        except DataFileError:
            continue
        found = change_rows(original, policy, library.catalog)
        assert bool(found) == bool(changes(original, policy)), mutant.name
        assert all(row.before != row.after and row.what for row in found), mutant.name
        for row in found:
            assert not re.search(r"[<>≥≤]|\bIU\b|\bNone\b", f"{row.before} {row.after}")
