"""Checks of what was entered: each with its condition on both sides. None changes a status.

Unusual values, contradictions, authorizations and the cell therapy have their own files.
"""

from typing import Any

import pytest

from app.library import Library
from tests.cases import BIRCH
from tests.engine.people import GRAFT, LESION, TWO_M2, cycle, noted
from tests.engine.test_course_schedule import FIRST, SLOTS
from tests.engine.test_notes import told

GIVEN = {"cycles": [cycle(1, 3, SLOTS[0], SLOTS[2])]}


@pytest.mark.parametrize(
    ("previous", "weight", "confirmed", "changed"),
    [
        # 10% to 20% of 70 kg, both included.
        ("70", "76.999999", None, False),
        ("70", "77", None, True),
        ("70", "84", None, True),
        ("70", "63.000001", None, False),
        ("70", "63", None, True),
        ("70", "56", None, True),
        # Farther away the weight waits, and is told once it is confirmed.
        ("70", "84.000001", None, False),
        ("70", "84.000001", "84.000001", True),
        ("70", "84.000001", "84", False),
        ("70", "55.999999", None, False),
        ("70", "55.999999", "55.999999", True),
        (None, "77", None, False),
    ],
)
def test_a_weight_that_moved_by_a_tenth_is_told_unless_it_waits(
    library: Library, previous: str | None, weight: str, confirmed: str | None, changed: bool
) -> None:
    size = {"previous_weight_kg": previous, "weight_kg": weight}
    name = "weight_changed"
    assert told(library, name, **size, confirmed={"weight_kg": confirmed}) is changed


def test_a_weight_that_waits_for_another_reason_is_not_said_to_have_changed(
    library: Library,
) -> None:
    """112 kg is 12% above the 100 kg of before, and over 110."""
    size = {"previous_weight_kg": "100", "weight_kg": "112"}
    assert not told(library, "weight_changed", **size)
    assert told(library, "weight_changed", **size, height_cm="180")


@pytest.mark.parametrize("previous", [None, "70"])
def test_without_a_weight_nothing_changed(library: Library, previous: str | None) -> None:
    assert not told(library, "weight_changed", weight_kg=None, previous_weight_kg=previous)


def test_where_no_dose_uses_the_weight_a_far_change_is_told_only_when_confirmed(
    library: Library,
) -> None:
    size = {**LESION, "previous_weight_kg": "70", "weight_kg": "100"}
    assert not told(library, "weight_changed", **size)
    assert told(library, "weight_changed", **size, confirmed={"weight_kg": "100"})


@pytest.mark.parametrize(
    ("dose_iu", "hint"),
    [
        # The limit is 28.2 million; 150% of it are 42.3 million.
        (42_300_000, None),
        (42_300_001, ""),
        (59_219_999, ""),
        (59_220_000, " Was a weight in pounds used?"),  # 2.1 times
        (64_860_000, " Was a weight in pounds used?"),  # 2.3 times
        (64_860_001, ""),
        (81_779_999, ""),
        (81_780_000, " Is it a day's total?"),  # 2.9 times
        (87_420_000, " Is it a day's total?"),  # 3.1 times
        (87_420_001, ""),
        (28_200_001, None),
        (28_200_000, None),
    ],
)
def test_a_dose_far_above_its_limit_is_told_with_what_it_may_be(
    library: Library, dose_iu: int, hint: str | None
) -> None:
    notes = noted(library, "request_far_above", requested={"dose_iu": dose_iu})
    text = (
        "The requested dose is above 150% of the documented limit. Check units and weight before "
        "asking the payer."
    )
    assert [one.text for one in notes] == ([] if hint is None else [f"{text}{hint}"])


@pytest.mark.parametrize(
    ("changes", "limit"), [(LESION, 2_500_000), ({**GRAFT, **TWO_M2}, 3_000_000)]
)
def test_it_is_told_of_every_route(library: Library, changes: dict[str, Any], limit: int) -> None:
    for dose_iu, above in ((limit * 3 // 2, False), (limit * 3 // 2 + 1, True)):
        asked = {"requested": {"dose_iu": dose_iu}}
        assert told(library, "request_far_above", **changes, **asked) is above


@pytest.mark.parametrize(
    ("changes", "dose_iu", "hint"),
    [
        # 2,500,000 for each lesion: three times that may be all three of them.
        ({**LESION, "lesions": 3}, 7_500_000, " Is it the total of all lesions?"),
        ({**LESION, "lesions": 3}, 7_500_001, ""),
        (LESION, 7_500_000, ""),
        (LESION, 5_500_000, ""),  # 2.2 times, and no weight in it
        # 3,000,000 once a day for 2 m²: no pounds in an area, and a day has one dose.
        ({**GRAFT, **TWO_M2}, 6_600_000, ""),
        ({**GRAFT, **TWO_M2}, 9_000_000, ""),
    ],
)
def test_it_is_asked_only_what_fits_the_limit(
    library: Library, changes: dict[str, Any], dose_iu: int, hint: str
) -> None:
    case = {**changes}
    asked = {"requested": {"dose_iu": dose_iu, "lesions": case.pop("lesions", None)}}
    [note] = noted(library, "request_far_above", **case, **asked)
    assert note.text == (
        "The requested dose is above 150% of the documented limit. Check units and weight before "
        f"asking the payer.{hint}"
    )


def test_without_a_known_limit_nothing_is_far_above_or_below(library: Library) -> None:
    for changes in ({"weight_kg": None}, {"weight_kg": "154"}, {"indication": "other"}):
        for dose_iu in (1, 10**12):
            asked = {"requested": {"dose_iu": dose_iu}}
            assert not told(library, "request_far_above", **changes, **asked)
            assert not told(library, "below_label_dose", **changes, **asked)


@pytest.mark.parametrize(
    ("dose_iu", "confirmed", "below"),
    [
        # 90% of 28.2 million are 25.38 million.
        (25_379_999, None, True),
        (25_380_000, None, False),
        (28_200_001, None, False),
        (2_820_001, None, True),
        # A tenth waits first, and is told once it is confirmed.
        (2_820_000, None, False),
        (2_820_000, 2_820_000, True),
    ],
)
def test_a_dose_below_nine_tenths_of_the_limit_by_vein_is_asked_about(
    library: Library, dose_iu: int, confirmed: int | None, below: bool
) -> None:
    asked = {
        "requested": {"dose_iu": dose_iu},
        "confirmed": {"requested.dose_iu": confirmed},
    }
    assert told(library, "below_label_dose", **asked) is below
    assert not told(library, "below_label_dose", **asked, regimen="til")
    area = {**GRAFT, **TWO_M2, "requested": {"dose_iu": 1_000_000}}
    assert not told(library, "below_label_dose", **area)
    assert not told(library, "below_label_dose", **LESION, requested={"dose_iu": 1_000_000})


@pytest.mark.parametrize(
    ("requested", "unusual"),
    [
        ({"dose_iu": 2_000_000, "lesions": 11}, False),  # 22 million
        ({"dose_iu": 2_000_000, "lesions": 12}, True),
        ({"dose_iu": 2_200_000, "lesions": 10}, False),
        ({"dose_iu": 2_200_001, "lesions": 10}, True),
        ({"dose_iu": 11_000_001, "lesions": 2}, True),  # above the limit: as requested
        # Nothing requested, or a dose that waits: the maximum of 2.5 million counts.
        ({"lesions": 8}, False),
        ({"lesions": 9}, True),
        ({"dose_iu": 249_999, "lesions": 8}, False),
        ({"dose_iu": 249_999, "lesions": 9}, True),
        # Where no number of lesions is known, one counts.
        ({"dose_iu": 22_000_000}, False),
        ({"dose_iu": 22_000_001}, True),
    ],
)
def test_the_total_of_a_session_is_looked_at(
    library: Library, requested: dict[str, int], unusual: bool
) -> None:
    assert told(library, "session_total_unusual", **LESION, requested=requested) is unusual


def test_by_other_routes_no_session_has_a_total(library: Library) -> None:
    asked = {"requested": {"dose_iu": 28_200_000, "lesions": 9}}
    assert not told(library, "session_total_unusual", **asked)
    assert not told(library, "session_total_unusual", **{**GRAFT, **TWO_M2}, **asked)
    assert not told(library, "session_total_unusual", **LESION | {"indication": "other"}, **asked)


@pytest.mark.parametrize(
    ("measured", "course", "text"),
    [
        # Doses were given from November 23 to 24; the date of service is November 30.
        ("2026-11-22", GIVEN, None),
        ("2026-11-23", GIVEN, "during"),
        ("2026-12-31", GIVEN, "during"),
        ("2026-11-26", {**GIVEN, "discharge_date": "2026-11-26"}, "during"),
        ("2026-11-27", {**GIVEN, "discharge_date": "2026-11-26"}, None),
        ("2026-12-01", {**GIVEN, "discharge_date": "2026-11-26"}, "after"),
        ("2026-11-30", None, None),
        ("2026-12-01", None, "after"),
        ("2026-11-30", {"first_dose_at": FIRST}, None),  # nothing was given
        (None, GIVEN, None),
    ],
)
def test_a_weight_of_the_days_of_treatment_or_of_the_future_is_asked_about(
    library: Library, measured: str | None, course: dict[str, Any] | None, text: str | None
) -> None:
    changes = {"date_of_service": "2026-11-30", "weight_measured_on": measured, "course": course}
    notes = noted(library, "weight_during_treatment", **changes)
    assert len(notes) == (text is not None)
    if text == "during":
        assert "during treatment, when a gain of fluid is expected" in notes[0].text
    elif text == "after":
        assert "after the date of service" in notes[0].text


def test_outside_treatment_by_vein_only_a_future_weight_is_asked_about(library: Library) -> None:
    changes = {**LESION, "date_of_service": "2026-11-30", "course": GIVEN}
    assert not told(library, "weight_during_treatment", **changes, weight_measured_on="2026-11-25")
    assert told(library, "weight_during_treatment", **changes, weight_measured_on="2026-12-01")


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        (LESION, True),
        ({**LESION, "policy": BIRCH}, True),
        ({**LESION, "facts": {}}, True),
        ({}, False),
        ({"route": "subcutaneous"}, False),
        ({**LESION, "indication": "renal_cell_carcinoma"}, False),
        ({**LESION, "indication": "other"}, False),
    ],
)
def test_lesions_are_judged_together(
    library: Library, changes: dict[str, Any], is_told: bool
) -> None:
    assert told(library, "lesions_judged_together", **changes) is is_told
