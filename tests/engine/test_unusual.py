"""Which weights wait for a confirmation: adults, infants, and what an earlier course had.

Children from 2 to 17 years are in test_unusual_children.py, heights and areas in
test_unusual_areas.py. A dose by weight needs the weight alone.
"""

from typing import Any

import pytest

from app.library import Library
from tests.cases import BIRCH
from tests.engine.people import GRAFT, LESION, found, noted


def waiting(library: Library, **changes: Any) -> tuple[str, ...]:
    return found(library, **changes).unconfirmed


@pytest.mark.parametrize("age", [18, 54, 130, None])
@pytest.mark.parametrize(
    ("weight", "height", "waits"),
    [
        # Without a height: under 40 or over 110 kg.
        ("40", None, False),
        ("39.999999", None, True),
        ("110", None, False),
        ("110.000001", None, True),
        # At 200 cm a body mass index of 15 is 60 kg, and of 40 is 160 kg.
        ("60", "200", False),
        ("59.999999", "200", True),
        ("160", "200", False),
        ("160.000001", "200", True),
        # At 175 cm an index of 40 is 122.5 kg; 154 pounds taken for kilograms are 50.
        ("122.5", "175", False),
        ("122.500001", "175", True),
        ("154", "175", True),
        # With a height the bounds of the weight alone do not count.
        ("39", "150", False),
        ("150", "200", False),
    ],
)
def test_a_weight_of_an_adult_waits_outside_its_bounds(
    library: Library, age: int | None, weight: str, height: str | None, waits: bool
) -> None:
    size = {"weight_kg": weight, "height_cm": height, "age_years": age}
    assert waiting(library, **size) == (("weight_kg",) if waits else ())


@pytest.mark.parametrize("height", [None, "50", "81", "275"])
@pytest.mark.parametrize(
    ("age", "weight", "waits"),
    [
        (0, "2", False),
        (0, "1.999999", True),
        (0, "13", False),
        (0, "13.000001", True),
        (1, "2", False),
        (1, "1.999999", True),
        (1, "13.000001", False),
        (1, "16", False),
        (1, "16.000001", True),
    ],
)
def test_under_two_years_the_weight_is_judged_alone_whatever_the_height(
    library: Library, height: str | None, age: int, weight: str, waits: bool
) -> None:
    size = {"weight_kg": weight, "height_cm": height, "age_years": age}
    assert waiting(library, **size) == (("weight_kg",) if waits else ())


@pytest.mark.parametrize(
    ("age", "previous", "weight", "waits"),
    [
        # A fifth of 70 kg is 14 kg.
        (54, "70", "84", False),
        (54, "70", "84.000001", True),
        (54, "70", "56", False),
        (54, "70", "55.999999", True),
        # 20% of the previous weight and not of the new one: of 50 kg it is 10 kg.
        (None, "50", "60", False),
        (None, "50", "60.000001", True),
        (9, "30", "36", False),
        (9, "30", "36.000001", True),
        (1, "10", "12", False),
        (1, "10", "7.999999", True),
    ],
)
def test_a_weight_more_than_a_fifth_away_from_the_previous_one_waits_at_any_age(
    library: Library, age: int | None, previous: str, weight: str, waits: bool
) -> None:
    size = {"weight_kg": weight, "previous_weight_kg": previous, "age_years": age}
    assert waiting(library, **size) == (("weight_kg",) if waits else ())


@pytest.mark.parametrize(
    ("previous", "weight", "hint"),
    [
        ("50", "104.999999", False),
        ("50", "105", True),  # 2.1 times
        ("50", "110", True),
        ("50", "115", True),  # 2.3 times
        ("50", "115.000001", False),
        ("105", "50", True),
        ("115", "50", True),
        ("104.999999", "50", False),
        ("115.000001", "50", False),
        ("70", "100", False),
    ],
)
def test_a_ratio_as_of_pounds_to_kilograms_is_told(
    library: Library, previous: str, weight: str, hint: bool
) -> None:
    size = {"weight_kg": weight, "previous_weight_kg": previous, "height_cm": "180"}
    [note] = noted(library, "unusual_value", **size)
    assert ("One of the two may be in pounds." in note.text) is hint


@pytest.mark.parametrize(
    ("changes", "confirmed", "waits"),
    [
        ({}, {"weight_kg": "154"}, False),
        ({}, {"weight_kg": "154.000"}, False),
        ({}, {"weight_kg": "155"}, True),
        ({}, {"weight_kg": "153.999999"}, True),
        ({}, {"height_cm": "175"}, True),
        ({}, {}, True),
        ({"weight_kg": "70"}, {"weight_kg": "154"}, False),  # not unusual: nothing to confirm
        ({"previous_weight_kg": "70"}, {"weight_kg": "154"}, False),  # one answer to both doubts
    ],
)
def test_a_confirmation_counts_for_the_very_value_that_was_checked(
    library: Library, changes: dict[str, Any], confirmed: dict[str, str], waits: bool
) -> None:
    size = {"weight_kg": "154", "height_cm": "175", **changes}
    assert waiting(library, **size, confirmed=confirmed) == (("weight_kg",) if waits else ())


@pytest.mark.parametrize(
    "changes",
    [
        LESION,
        {"route": "subcutaneous"},  # no dosing is documented
        {"indication": "other"},
        {**GRAFT, "bsa_m2": "2"},  # the entered area is used, and not the weight
    ],
)
def test_a_weight_that_no_dose_uses_is_in_no_doubt(
    library: Library, changes: dict[str, Any]
) -> None:
    size = {"weight_kg": "154", "previous_weight_kg": "70"}
    assert waiting(library, **{**changes, **size}) == ()


def test_a_weight_that_nobody_entered_is_in_no_doubt(library: Library) -> None:
    one = found(library, weight_kg=None, previous_weight_kg="70", height_cm="120")
    assert (one.unconfirmed, one.approval_status) == ((), "criteria_met")


def test_from_a_waiting_weight_nothing_follows(library: Library) -> None:
    course = {"first_dose_at": "2026-11-23T08:00"}
    one = found(library, weight_kg="154", height_cm="175", course=course)
    assert one.unconfirmed == ("weight_kg",)
    assert one.dose_limit is not None
    assert (one.dose_limit.max_dose_iu, one.dose_limit.missing) == (None, ())
    assert one.dose_limit.basis == (
        "400,000 International Units/kg × weight, which waits for a confirmation"
    )
    assert (one.units, one.preparation, one.forecast, one.approval_period) == (None,) * 4
    assert one.approval_status == "information_missing"
    assert one.eligibility.status == "met"


def test_once_confirmed_everything_follows(library: Library) -> None:
    """154 kg × 400,000; a dose by weight needs no confirmed height."""
    size = {"weight_kg": "154", "height_cm": "175", "confirmed": {"weight_kg": "154"}}
    one = found(library, **size)
    assert one.dose_limit is not None
    assert (one.dose_limit.max_dose_iu, one.approval_status) == (61_600_000, "criteria_met")


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        (
            {"weight_kg": "154", "height_cm": "175"},
            (
                "Weight and height give a body mass index outside 15 to 40, the usual range for "
                "an adult. A weight in pounds entered as kilograms looks like this."
            ),
        ),
        (
            {"weight_kg": "110.5"},
            (
                "It lies outside 40 to 110 kg, the usual range for an adult without more to "
                "compare it with. A weight in pounds entered as kilograms looks like this."
            ),
        ),
        (
            {"weight_kg": "53.7", "age_years": 9},
            (
                "It lies outside 16.38 to 53.64 kg, the usual range for a child of 9 years without "
                "more to compare it with. A weight in pounds entered as kilograms looks like this."
            ),
        ),
        (
            {"weight_kg": "16.5", "age_years": 1},
            (
                "It lies outside 2 to 16 kg, the usual range for a child in the second year of "
                "life. A weight in pounds entered as kilograms looks like this."
            ),
        ),
        (
            {"weight_kg": "1.9", "age_years": 0},
            (
                "It lies outside 2 to 13 kg, the usual range for a child in the first year of "
                "life. A lost digit or decimal point looks like this."
            ),
        ),
        (
            {"weight_kg": "39.9"},
            (
                "It lies outside 40 to 110 kg, the usual range for an adult without more to "
                "compare it with. A lost digit or decimal point looks like this."
            ),
        ),
        (
            {"weight_kg": "45", "height_cm": "175"},
            (
                "Weight and height give a body mass index outside 15 to 40, the usual range for "
                "an adult. A lost digit or decimal point looks like this."
            ),
        ),
        (
            {"weight_kg": "84.1", "previous_weight_kg": "70"},
            "The weight is more than 20% away from the previous weight.",
        ),
        (
            {"weight_kg": "95", "height_cm": "180", "previous_weight_kg": "43"},
            (
                "The weight is more than 20% away from the previous weight. One of the two may be "
                "in pounds."
            ),
        ),
    ],
)
def test_the_note_says_what_is_unusual_and_what_to_do(
    library: Library, changes: dict[str, Any], reasons: str
) -> None:
    [note] = noted(library, "unusual_value", **changes)
    assert note.text == (
        f"Unusual weight: not used until it is confirmed. {reasons} Check it on the chart, then "
        "correct or confirm it."
    )
    assert (note.kind, note.scope, note.inputs) == ("check", "case", ("weight_kg",))
    assert note.citation == "Aldesk input checks"


def test_the_bounds_are_the_same_under_every_policy(library: Library) -> None:
    assert waiting(library, policy=BIRCH, weight_kg="110.000001") == ("weight_kg",)
    assert waiting(library, policy=BIRCH, weight_kg="110") == ()
