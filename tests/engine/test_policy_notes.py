"""Notes that follow from what a policy file leaves open, on the day on which it was seen."""

from datetime import date
from typing import Any

import pytest

from app.library import Library
from tests.engine.small_policies import HERE, covered, judged, kidney, small


def test_a_version_that_counts_from_the_day_it_was_seen_says_so_in_every_result(
    library: Library,
) -> None:
    seen = {"not_stated": True, "seen_on": date(2026, 1, 5), "citation": HERE}
    told = judged(small(in_force=seen), library)
    [note] = [one for one in told.notes if one.id == "counts_from_first_seen"]
    assert "Jan 5, 2026" in note.text
    assert (note.kind, note.scope) == ("caveat", "policy")
    stated = judged(small(), library)
    assert "counts_from_first_seen" not in {one.id for one in stated.notes}


@pytest.mark.parametrize(
    ("counts_from", "course", "is_told"),
    [
        ("discharge", {"first_dose_at": "2026-12-01T08:00"}, True),
        ("discharge", {"cycles": [{"number": 1, "over": True}]}, True),
        ("discharge", {}, False),  # no date is told
        (
            "discharge",
            {"first_dose_at": "2026-12-01T08:00", "discharge_date": "2026-12-20"},
            False,
        ),
        ("last_dose", {"first_dose_at": "2026-12-01T08:00"}, False),
    ],
)
def test_dates_after_an_unknown_discharge_are_the_earliest_possible(
    library: Library, counts_from: str, course: dict[str, Any], *, is_told: bool
) -> None:
    rest = {"value": 49, "from": counts_from, "citation": HERE}
    dosing = covered()["dosing"]
    dosing["intravenous"]["min_course_rest_days"] = rest
    found = judged(kidney(dosing=dosing), library, course=course)
    notes = [one for one in found.notes if one.id == "later_by_the_stay"]
    assert [(one.kind, one.inputs) for one in notes] == (
        [("check", ("course.discharge_date",))] if is_told else []
    )
