"""Which heights and entered areas wait for a confirmation, where a dose is by area."""

from typing import Any

import pytest

from app.library import Library
from tests.engine.people import GRAFT, LESION, TWO_M2, found, noted

AREA, BOTH, HEIGHT = ("bsa_m2",), ("height_cm", "weight_kg"), ("height_cm",)


def waiting(library: Library, **changes: Any) -> tuple[str, ...]:
    return found(library, **{**GRAFT, **changes}).unconfirmed


@pytest.mark.parametrize(
    ("weight", "waits"), [("60", ()), ("59.999999", BOTH), ("160", ()), ("160.000001", BOTH)]
)
def test_an_adults_body_mass_index_lets_both_wait(
    library: Library, weight: str, waits: tuple[str, ...]
) -> None:
    """At 200 cm an index of 15 is 60 kg and one of 40 is 160 kg."""
    assert waiting(library, height_cm="200", weight_kg=weight) == waits


@pytest.mark.parametrize(
    ("confirmed", "waits"),
    [
        ({"weight_kg": "154"}, HEIGHT),
        ({"height_cm": "175"}, ("weight_kg",)),
        ({"weight_kg": "154", "height_cm": "175"}, ()),
        ({"weight_kg": "154", "height_cm": "174"}, HEIGHT),
    ],
)
def test_each_of_the_two_is_confirmed_for_itself(
    library: Library, confirmed: dict[str, str], waits: tuple[str, ...]
) -> None:
    size = {"weight_kg": "154", "height_cm": "175"}
    assert waiting(library, **size, confirmed=confirmed) == waits


@pytest.mark.parametrize(
    ("age", "height", "waits"),
    [
        (None, "150", ()),
        (None, "149.999999", HEIGHT),
        (18, "149.999999", ()),
        (12, "149.999999", ()),
        (0, "60", ()),
    ],
)
def test_a_short_person_without_an_age_may_be_a_child(
    library: Library, age: int | None, height: str, waits: tuple[str, ...]
) -> None:
    assert waiting(library, age_years=age, height_cm=height) == waits
    weight = "10" if age == 0 else "45"  # an index of 20 at 150 cm
    assert waiting(library, age_years=age, height_cm=height, weight_kg=weight) == waits


def test_a_height_may_wait_for_two_reasons(library: Library) -> None:
    size = {"age_years": None, "height_cm": "140", "weight_kg": "79"}  # an index of 40.3
    assert waiting(library, **size) == BOTH
    height, _ = noted(library, "unusual_value", **{**GRAFT, **size})
    assert height.inputs == HEIGHT
    assert height.text == (
        "Unusual height: not used until it is confirmed. Weight and height give a body mass index "
        "outside 15 to 40, the usual range for an adult. A weight in pounds entered as kilograms "
        "looks like this. Below 150 cm and without an age, a child would "
        "be judged as an adult. Enter the age. Check it on the chart, then correct or confirm it."
    )


def test_where_the_height_waits_what_is_not_entered_is_missing_all_the_same(
    library: Library,
) -> None:
    limit = found(library, **{**GRAFT, "age_years": None, "height_cm": "140"}).dose_limit
    assert limit is not None
    assert limit.missing == ("bsa_m2", "weight_kg")
    assert limit.basis.endswith("body surface area, which waits for a confirmation")


def test_what_is_entered_and_waits_is_not_missing(library: Library) -> None:
    limit = found(library, **{**GRAFT, "weight_kg": "154", "height_cm": "175"}).dose_limit
    assert limit is not None
    assert (limit.max_dose_iu, limit.missing, limit.bsa_m2) == (None, (), None)


@pytest.mark.parametrize(
    "changes", [{}, LESION, {"route": "subcutaneous"}, {"indication": "other"}]
)
def test_a_height_waits_only_where_an_area_is_calculated_from_it(
    library: Library, changes: dict[str, Any]
) -> None:
    short = {"height_cm": "140", "age_years": None, "weight_kg": "50", **changes}
    assert found(library, **short).unconfirmed == ()


@pytest.mark.parametrize(
    ("area", "waits"), [("0.2", ()), ("0.199999", AREA), ("3", ()), ("3.000001", AREA)]
)
@pytest.mark.parametrize("age", [1, 9, 54, None])
def test_an_entered_area_has_bounds_at_any_age(
    library: Library, age: int | None, area: str, waits: tuple[str, ...]
) -> None:
    assert waiting(library, age_years=age, bsa_m2=area) == waits


@pytest.mark.parametrize(
    ("size", "area", "waits"),
    [
        (TWO_M2, "2.2", ()),
        (TWO_M2, "2.200001", AREA),
        (TWO_M2, "1.8", ()),
        (TWO_M2, "1.799999", AREA),
        # An area without an end: 100 × 100 ÷ 3600 is (5/3)², and 10% beside it 11/6 and 3/2 m².
        # The weight is that of an index of 100: compared all the same.
        ({"height_cm": "100", "weight_kg": "100"}, "1.833333", ()),
        ({"height_cm": "100", "weight_kg": "100"}, "1.833334", AREA),
        ({"height_cm": "100", "weight_kg": "100"}, "1.5", ()),
        ({"height_cm": "100", "weight_kg": "100"}, "1.499999", AREA),
        # By Du Bois 160 cm and 90 kg are 1.927 m², so that 2.12 lies 10.0% above it.
        ({**TWO_M2, "bsa_formula": "du_bois"}, "2.11", ()),
        ({**TWO_M2, "bsa_formula": "du_bois"}, "2.13", AREA),
        ({**TWO_M2, "bsa_formula": "du_bois"}, "1.74", ()),
        ({**TWO_M2, "bsa_formula": "du_bois"}, "1.73", AREA),
        # Without both there is nothing to compare with.
        ({"weight_kg": "90"}, "1", ()),
        ({"height_cm": "160"}, "1", ()),
    ],
)
def test_an_entered_area_more_than_a_tenth_from_the_calculated_one_waits(
    library: Library, size: dict[str, Any], area: str, waits: tuple[str, ...]
) -> None:
    assert waiting(library, **size, bsa_m2=area) == waits


def test_where_an_area_is_entered_weight_and_height_do_not_wait(library: Library) -> None:
    """154 kg at 175 cm are 2.736 m²."""
    size = {"weight_kg": "154", "height_cm": "175", "bsa_m2": "2.7"}
    one = found(library, **{**GRAFT, **size})
    assert one.unconfirmed == ()
    assert one.dose_limit is not None
    assert one.dose_limit.max_dose_iu == 4_050_000


def test_the_calculated_area_does_not_step_in_for_one_that_waits(library: Library) -> None:
    one = found(library, **{**GRAFT, **TWO_M2, "bsa_m2": "2.3"})
    assert one.unconfirmed == AREA
    assert one.dose_limit is not None
    assert (one.dose_limit.max_dose_iu, one.dose_limit.bsa_m2) == (None, None)
    assert (one.dose_limit.missing, one.dose_limit.bsa_formula) == ((), None)
    confirmed = found(library, **{**GRAFT, **TWO_M2}, bsa_m2="2.3", confirmed={"bsa_m2": "2.30"})
    assert confirmed.unconfirmed == ()
    assert confirmed.dose_limit is not None
    assert confirmed.dose_limit.max_dose_iu == 3_450_000


@pytest.mark.parametrize(
    ("changes", "reasons"),
    [
        ({"bsa_m2": "3.1"}, "It lies outside 0.2 to 3 m²."),
        (
            {**TWO_M2, "bsa_m2": "2.5"},
            (
                "It is more than 10% away from the area that height and weight give (Mosteller). "
                "The area, the height or the weight may be wrong."
            ),
        ),
        (
            {**TWO_M2, "bsa_m2": "3.5", "bsa_formula": "gehan_george"},
            (
                "It lies outside 0.2 to 3 m². It is more than 10% away from the area that height "
                "and weight give (Gehan George). The area, the height or the weight may be wrong."
            ),
        ),
    ],
)
def test_the_note_about_an_area_says_why(
    library: Library, changes: dict[str, Any], reasons: str
) -> None:
    [note] = noted(library, "unusual_value", **{**GRAFT, **changes})
    assert note.inputs == AREA
    assert note.text == (
        f"Unusual body surface area: not used until it is confirmed. {reasons} Check it on the "
        "chart, then correct or confirm it."
    )
