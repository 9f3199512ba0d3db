"""Doses after tumor-infiltrating lymphocytes, against the label of the cell therapy: 6 at most."""

from typing import Any

import pytest

from app.library import Library
from tests.engine.people import cycle, found, noted
from tests.engine.test_course_schedule import SLOTS

TEXT = (
    "With tumor-infiltrating lymphocyte therapy aldesleukin follows another regimen: at most 6 "
    "doses, every 8 to 12 hours, begun 3 to 24 hours after the cells (Amtagvi prescribing "
    "information). The policy's limit for a cycle belongs to the high-dose regimen, and no "
    "schedule is drawn. Check the current label of the cell therapy."
)
SIX = cycle(1, 6, SLOTS[0], SLOTS[5])
SEVEN = cycle(1, 7, SLOTS[0], SLOTS[6])
ONE_MORE = cycle(2, 1, "2026-12-20T08:00", "2026-12-20T08:00")


@pytest.mark.parametrize(
    ("requested", "cycles", "more"),
    [
        (None, [], []),
        ({"doses_per_cycle": 6}, [], []),
        ({"doses_per_cycle": 7}, [], ["Requested for a cycle: 1 dose more"]),
        ({"doses_per_cycle": 14}, [], ["Requested for a cycle: 8 doses more"]),
        (None, [SIX], []),
        (None, [SEVEN], ["Given in all: 1 dose more"]),
        (None, [SIX, ONE_MORE], ["Given in all: 1 dose more"]),
        (
            {"doses_per_cycle": 8},
            [SEVEN, ONE_MORE],
            ["Requested for a cycle: 2 doses more", "Given in all: 2 doses more"],
        ),
    ],
)
def test_the_note_says_by_how_many_the_doses_pass_that_label(
    library: Library,
    requested: dict[str, int] | None,
    cycles: list[dict[str, Any]],
    more: list[str],
) -> None:
    changes = {"regimen": "til", "requested": requested, "course": {"cycles": cycles}}
    [note] = noted(library, "til_regimen_differs", **changes)
    assert note.text == " ".join(
        [TEXT, *(f"{one} than the 6 of the cell therapy's label." for one in more)]
    )
    assert note.kind == ("check" if more else "label")
    assert (note.scope, note.inputs) == ("case", ("regimen",))
    assert note.citation == "Amtagvi prescribing information: Dosage and Administration"
    summary = found(library, **changes).summary
    assert ("more doses than the cell therapy's label" in summary) is bool(more)


def test_it_changes_no_status(library: Library) -> None:
    """The policy's 10 doses a cycle are a limit of the request; that label's 6 are none."""
    changes: dict[str, Any] = {"regimen": "til", "requested": {"doses_per_cycle": 10}}
    one = found(library, **changes)
    assert (one.approval_status, one.request_check.status) == ("criteria_met", "within_limits")


@pytest.mark.parametrize(
    "changes",
    [
        {"regimen": "high_dose"},
        {},
        {"regimen": "til", "route": "subcutaneous"},
        {"regimen": "til", "indication": "renal_cell_carcinoma"},
        {"regimen": "til", "indication": "other"},
    ],
)
def test_every_other_therapy_is_without_it(library: Library, changes: dict[str, Any]) -> None:
    told = {**changes, "requested": {"doses_per_cycle": 14}, "course": {"cycles": [SEVEN]}}
    assert noted(library, "til_regimen_differs", **told) == []
    assert "cell therapy" not in found(library, **told).summary


def test_the_summary_tells_it_also_where_criteria_are_not_met(library: Library) -> None:
    told = {"regimen": "til", "age_years": 17, "requested": {"doses_per_cycle": 7}}
    assert found(library, **told).summary == (
        "Not fulfilled: “Aged at least 21 years”; more doses than the cell therapy's label."
    )
