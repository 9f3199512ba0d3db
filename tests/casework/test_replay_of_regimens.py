"""What a new version states of regimens and lengths is told for each case that it concerns."""

from copy import deepcopy
from typing import Any

import pytest

from app.casework.replay import replay
from app.library import Library
from app.model.case_json import read_case
from app.output.replay import replay_rows
from tests.engine.small_policies import HERE, covered, kidney, read

CASE = {
    "policy": "cedar",
    "date_of_service": "2026-02-02",
    "indication": "renal_cell_carcinoma",
    "route": "intravenous",
    "weight_kg": "70",
    "facts": {"metastatic_disease": True},
}
SIX = {"at_most": 6, "of": "doses", "per": "authorization", "citation": HERE}


def told(library: Library, before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[str]]:
    sides = [read(kidney(**one), library) for one in (before, after)]
    cases = [("one", read_case(CASE))]
    found = replay(iter(cases), sides[0], sides[1], library.reference_data)
    return {row.what: [row.before, row.after] for row in replay_rows(found)}


def with_dosing(**parts: Any) -> dict[str, Any]:
    dosing = deepcopy(covered()["dosing"])
    dosing["intravenous"].update(parts)
    return {"dosing": dosing}


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"limits": [SIX]}, "Doses per authorization: at most 6 doses"),
        (
            {"pattern": {"cycle_days": 21, "on": [{"from": 1, "to": 4}], "citation": HERE}},
            "doses on days 1 to 4; a cycle has 21 days",
        ),
    ],
)
def test_a_limit_over_time_and_days_on_and_off_are_told(
    library: Library, parts: dict[str, Any], words: str
) -> None:
    before, after = told(library, {}, with_dosing(**parts))["Regimens"]
    assert words in after
    assert words not in before


def test_what_a_rest_counts_from_is_told(library: Library) -> None:
    rest = {"value": 49, "citation": HERE}
    sides = [with_dosing(min_course_rest_days=one) for one in (rest, {**rest, "from": "discharge"})]
    before, after = told(library, *sides)["Regimens"]
    assert ("discharge" in before, "discharge" in after) == (False, True)


def test_a_length_from_which_no_day_follows_is_told(library: Library) -> None:
    rows = told(library, {}, {"approval": {"once": True, "citation": HERE}})
    assert rows["Length of approval"] == ["5 months", "once"]


def test_equal_versions_differ_in_nothing(library: Library) -> None:
    assert told(library, with_dosing(limits=[SIX]), with_dosing(limits=[SIX])) == {}
