"""A case that exists is valid: the grammar and bounds of every value, and how values fit together.

The accepted and refused forms are those of the contract. Numbers keep exactly what was written.
"""

import json
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from app.model.case import Case
from app.model.case_reader import InvalidCase, NotJson, parse_json, read_case
from tests.cases import case
from tests.model.keys import case_with

MEASURES = {
    "weight_kg": ("0.5", "650"),
    "previous_weight_kg": ("0.5", "650"),
    "height_cm": ("25", "275"),
    "bsa_m2": ("0.1", "4.5"),
}
WHOLE_BOUNDS: dict[str, tuple[int, int | None]] = {
    "age_years": (0, 130),
    "requested.dose_iu": (1, None),
    "requested.doses_per_day": (1, None),
    "requested.doses_per_week": (1, None),
    "requested.doses_per_cycle": (1, None),
    "requested.rest_days": (0, None),
    "requested.course_rest_days": (0, None),
    "course.number": (1, None),
    "course.doses_per_cycle": (1, 14),
    "course.cycles.0.number": (1, 2),
    "course.cycles.0.doses_held": (0, None),
    "authorization.units": (0, None),
}
DAYS = (
    "date_of_service",
    "course.previous_last_dose_on",
    "course.discharge_date",
    "authorization.start",
)
TIMES = ("course.first_dose_at", "course.cycles.0.first_dose_at")
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


def at(found: Case, key: str) -> Any:
    """Return the value at a dotted key of a case."""
    value: Any = found
    for part in key.split("."):
        value = value[int(part)] if part.isdigit() else getattr(value, part)
    return value


def read(data: dict[str, Any]) -> Case:
    """Read a case as from a file."""
    return read_case(parse_json(json.dumps(data)))


def read_raw(key: str, written: str) -> Case:
    """Read a case in which a JSON value stands exactly as written."""
    return read_case(parse_json(json.dumps(case_with(key, "RAW")).replace('"RAW"', written)))


def problem(data: dict[str, Any]) -> str:
    """Return the path of the one problem of a case."""
    with pytest.raises(InvalidCase) as refused:
        read(data)
    [one] = refused.value.problems
    return one.at


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
    assert problem(case_with(key, text)) == key


@pytest.mark.parametrize("key", MEASURES)
@pytest.mark.parametrize("written", REFUSED_JSON_NUMBERS, ids=lambda text: text[:12])
def test_any_other_form_of_a_json_number_is_refused(key: str, written: str) -> None:
    with pytest.raises(InvalidCase) as refused:
        read_raw(key, written)
    assert [one.at for one in refused.value.problems] == [key]


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
        assert problem(case_with(key, str(beyond))) == key


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
@settings(max_examples=1000, deadline=None)
def test_a_text_is_accepted_exactly_where_it_is_a_decimal_within_bounds(
    text: str, key: str
) -> None:
    try:
        found = at(read(case_with(key, text)), key)
    except InvalidCase as refused:
        assert [one.at for one in refused.problems] == [key]
        assert not is_measure(text, *MEASURES[key])
    else:
        assert is_measure(text, *MEASURES[key])
        assert str(found) == str(Decimal(text))


@pytest.mark.parametrize(("key", "bounds"), WHOLE_BOUNDS.items())
def test_a_whole_number_is_read_up_to_its_bounds(
    key: str, bounds: tuple[int, int | None]
) -> None:
    low, high = bounds
    assert at(read(case_with(key, low)), key) == low
    assert problem(case_with(key, low - 1)) == key
    upper = 10**30 if high is None else high
    assert at(read(case_with(key, upper)), key) == upper
    if high is not None:
        assert problem(case_with(key, high + 1)) == key


@pytest.mark.parametrize("key", WHOLE_BOUNDS)
@pytest.mark.parametrize("written", ["1.0", "1e0", "1.5", "NaN", '"1"', "true", "9" * 2_000])
def test_a_whole_number_is_a_json_integer(key: str, written: str) -> None:
    with pytest.raises(InvalidCase) as refused:
        read_raw(key, written)
    assert [one.at for one in refused.value.problems] == [key]


@pytest.mark.parametrize("key", DAYS)
def test_a_date_lies_from_2020_to_2099(key: str) -> None:
    for written in ("2020-01-01", "2024-02-29", "2099-12-31"):
        assert at(read(case_with(key, written)), key) == date.fromisoformat(written)
    for written in ("2019-12-31", "2100-01-01", "0000-01-01", "9999-12-31"):
        assert problem(case_with(key, written)) == key


@pytest.mark.parametrize("key", DAYS)
@pytest.mark.parametrize(
    "written",
    [
        *("2026-02-29", "2026-13-01", "2026-00-01", "2026-04-31", "2026-11-00", "2026-11-32"),
        *("20261123", "2026-W48-1", "2026-327", "26-11-23", "2026/11/23", "11/23/2026"),
        *(" 2026-11-23", "2026-11-23 ", "2026-11-23\n", "+2026-11-23", "２０２６-11-23"),
        *("2026-11-23T00:00", "2026–11–23", "Nov 23, 2026", ""),
    ],
)
def test_any_other_date_is_refused(key: str, written: str) -> None:
    assert problem(case_with(key, written)) == key


@pytest.mark.parametrize("key", TIMES)
def test_a_time_is_local_and_to_the_minute(key: str) -> None:
    for written in ("2020-01-01T00:00", "2026-11-23T08:00", "2099-12-31T23:59"):
        found = at(read(case_with(key, written)), key)
        assert found == datetime.fromisoformat(written)
        assert found.tzinfo is None


@pytest.mark.parametrize("key", TIMES)
@pytest.mark.parametrize(
    "written",
    [
        *("2019-12-31T23:59", "2100-01-01T00:00", "2026-11-23T24:00", "2026-11-23T08:60"),
        *("2026-02-30T08:00", "2026-11-23", "2026-11-23T08", "2026-11-23T8:00"),
        *("2026-11-23T08:00:00", "2026-11-23T08:00Z", "2026-11-23T08:00+01:00"),
        *("2026-11-23 08:00", "2026-11-23t08:00", "20261123T0800", "2026-11-23T08.00", ""),
    ],
)
def test_any_other_time_is_refused(key: str, written: str) -> None:
    assert problem(case_with(key, written)) == key


def test_a_case_cannot_be_changed() -> None:
    found = read(case())
    with pytest.raises(ValidationError, match="frozen"):
        found.weight_kg = Decimal(80)  # type: ignore[misc]
