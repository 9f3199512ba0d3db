"""The numbers of a case: which texts are a number, and between which bounds; kept as written.

Dates are in test_dates.py, and what must fit together in test_case.py.
"""

from dataclasses import FrozenInstanceError
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.model.case_json import NotJson
from tests.cases import case
from tests.model.keys import case_with
from tests.model.reading import at, problems, read, read_raw, refused_at, with_raw

MEASURES = {
    "weight_kg": ("0.5", "650"),
    "previous_weight_kg": ("0.5", "650"),
    "height_cm": ("25", "275"),
    "bsa_m2": ("0.1", "4.5"),
    "confirmed.weight_kg": ("0.5", "650"),
    "confirmed.height_cm": ("25", "275"),
    "confirmed.bsa_m2": ("0.1", "4.5"),
}
MOST_IU = 1_000_000_000_000
WHOLE_BOUNDS: dict[str, tuple[int, int]] = {
    "age_years": (0, 130),
    "requested.dose_iu": (1, MOST_IU),
    "requested.lesions": (1, 1_000),
    "requested.doses_per_day": (1, 1_000),
    "requested.doses_per_week": (1, 1_000),
    "requested.doses_per_cycle": (1, 1_000),
    "requested.rest_days": (0, 1_000),
    "requested.course_rest_days": (0, 1_000),
    "course.number": (1, 1_000),
    "course.doses_per_cycle": (1, 1_000),
    "course.cycles.0.number": (1, 99),
    "given_before.doses": (0, 1_000),
    "given_before.cycles": (0, 99),
    "given_before.iu": (0, MOST_IU),
    "given_before.units": (0, 100_000),
    "given_before.lifetime_doses": (0, 1_000),
    "course.cycles.0.doses_held": (0, 1_000),
    "authorization.units": (0, 100_000),
    "authorization.dose_iu": (1, MOST_IU),
    "confirmed.requested.dose_iu": (1, MOST_IU),
}
STEP = Decimal("0.000001")
REFUSED_NUMBERS = [
    *(".5", "5.", ".", "", "1e3", "1E3", "1e0", "7e-1", "1,5", "1,000", "1.5.5", "1'000"),
    *("+5", "-5", "-0", "--5", "1_000", "0x46", "NaN", "nan", "Infinity", "inf", "1/2", "5%"),
    *("70.0000001", "70.5000000", "154 lb", "70kg", "70 kg", "5 ft", "1.7 m", "seventy"),
    *(" 70", "70 ", "7 0", "70\n", "\t70", "70\u00a0", "70\u2009.5", "7\u200b0"),
    *("７０", "٧٠", "७०", "𝟕𝟎", "²", "½", "Ⅻ", "70٫5", "70·5", "70．5"),
]
REFUSED_JSON_NUMBERS = [
    *("1e1", "1E1", "1.5e1", "7e+1", "70.0000001", "-5", "-0.5", "NaN", "Infinity", "-Infinity"),
    *("1e400", "-0", "9" * 20, "9" * 2_000, "0." + "0" * 2_000 + "1"),
]


def is_measure(text: str, low: str, high: str) -> bool:
    """Say by the contract's words whether a text is a decimal within bounds."""
    whole, point, decimals = text.partition(".")
    digits = whole + decimals
    if not digits or set(digits) - set("0123456789") or not whole or bool(point) != bool(decimals):
        return False
    return len(decimals) <= 6 and Decimal(low) <= Decimal(text) <= Decimal(high)


@pytest.mark.parametrize("key", MEASURES)
@pytest.mark.parametrize("text", REFUSED_NUMBERS)
def test_any_other_form_of_a_decimal_is_refused(key: str, text: str) -> None:
    assert refused_at(case_with(key, text)) == [key]


@pytest.mark.parametrize("key", MEASURES)
@pytest.mark.parametrize("written", REFUSED_JSON_NUMBERS, ids=lambda text: text[:12])
def test_any_other_form_of_a_json_number_is_refused(key: str, written: str) -> None:
    assert list(problems(with_raw(key, written))) == [key]


@pytest.mark.parametrize("written", [".5", "5.", "+5", "070", "1_000", "0x46", "７０", "70kg"])
def test_a_number_that_is_no_json_is_refused(written: str) -> None:
    with pytest.raises(NotJson):
        read_raw("weight_kg", written)


@pytest.mark.parametrize("key", MEASURES)
def test_both_bounds_of_a_measure_are_included_and_nothing_beyond(key: str) -> None:
    low, high = map(Decimal, MEASURES[key])
    for bound, beyond in ((low, low - STEP), (high, high + STEP)):
        assert at(read(case_with(key, str(bound))), key) == bound
        assert at(read_raw(key, str(bound)), key) == bound
        assert refused_at(case_with(key, str(beyond))) == [key]


@pytest.mark.parametrize("written", ["70", "70.5", "70.500000", "070.5", "70.000001", "649.999999"])
def test_a_decimal_is_kept_exactly_as_written(written: str) -> None:
    as_text = read(case(weight_kg=written)).weight_kg
    assert str(as_text) == str(Decimal(written))
    if not written.startswith("07"):
        assert str(read_raw("weight_kg", written).weight_kg) == str(as_text)


@given(
    st.one_of(
        st.from_regex(r"[0-9]{0,4}\.?[0-9]{0,8}", fullmatch=True),
        st.decimals(0, 700, places=6).map(str),
        st.text(alphabet="0123456789.,+-eE ٣７_", max_size=9),
        st.text(max_size=12),
        st.from_regex(r"[0-9]{1,60}(\.[0-9]{1,60})? *(lbs?|pounds|in|kg|cm|\")", fullmatch=True),
    ),
    st.sampled_from(sorted(MEASURES)),
)
@example("9" * 30 + " lb", "weight_kg")
@example("9" * 30 + " in", "height_cm")
@settings(max_examples=1000)
def test_a_text_is_accepted_exactly_where_it_is_a_decimal_within_bounds(
    text: str, key: str
) -> None:
    data = case_with(key, text)
    if is_measure(text, *MEASURES[key]):
        assert str(at(read(data), key)) == str(Decimal(text))
    else:
        assert refused_at(data) == [key]


@pytest.mark.parametrize(("key", "bounds"), WHOLE_BOUNDS.items())
def test_a_whole_number_is_read_up_to_its_bounds(key: str, bounds: tuple[int, int]) -> None:
    low, high = bounds
    for bound, beyond in ((low, low - 1), (high, high + 1)):
        assert at(read(case_with(key, bound)), key) == bound
        assert refused_at(case_with(key, beyond)) == [key]


@pytest.mark.parametrize("key", WHOLE_BOUNDS)
@pytest.mark.parametrize("written", ["1.0", "1e0", "1.5", "NaN", '"1"', "true", "9" * 2_000])
def test_a_whole_number_is_a_json_integer(key: str, written: str) -> None:
    assert list(problems(with_raw(key, written))) == [key]


def test_a_case_cannot_be_changed() -> None:
    found = read(case())
    with pytest.raises(FrozenInstanceError):
        found.weight_kg = Decimal(80)  # type: ignore[misc]
