"""Numbers, dates and times as people read them: the rules of the ISMP list, by hand and by law."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from app.model.formatting import (
    bsa_in_words,
    count_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
    frequency_in_words,
    plain_decimal,
    span_in_words,
    time_in_words,
)

UNIT = "International Units"
MILLIONS = re.compile(rf"([0-9,]+) {UNIT} \((about )?([0-9,]+(?:\.[0-9]+)?) million\)")
# Never on the list: "U", "IU", "M", "MM" after a number, a trailing zero, a naked point, symbols.
ERROR_PRONE = re.compile(r"\b(IU|U|M|MM|cc|TID|BID|QD|qd|q\d+h)\b|[<>≤≥@]|\.\d*0\b|(?<!\d)\.\d")
DECIMALS = st.decimals(0, 1_000_000, places=6, allow_nan=False)


@pytest.mark.parametrize(
    ("dose_iu", "words"),
    [
        (0, f"0 {UNIT}"),
        (1, "1 International Unit"),
        (999, f"999 {UNIT}"),
        (1_000, f"1,000 {UNIT} (0.001 million)"),
        (1_001, f"1,001 {UNIT} (about 0.001 million)"),
        (1_999, f"1,999 {UNIT} (about 0.001 million)"),
        (225_000, f"225,000 {UNIT} (0.225 million)"),
        (999_999, f"999,999 {UNIT} (about 0.999 million)"),
        (1_000_000, f"1,000,000 {UNIT} (1 million)"),
        (6_000_000, f"6,000,000 {UNIT} (6 million)"),
        (10_000_000, f"10,000,000 {UNIT} (10 million)"),
        (42_300_000, f"42,300,000 {UNIT} (42.3 million)"),
        (72_074_073, f"72,074,073 {UNIT} (about 72.074 million)"),
        (42_999_999, f"42,999,999 {UNIT} (about 42.999 million)"),
        (390_000_000, f"390,000,000 {UNIT} (390 million)"),
        (1_234_500_000, f"1,234,500,000 {UNIT} (1,234.5 million)"),
    ],
)
def test_a_dose_has_commas_and_its_millions_exact_or_cut(dose_iu: int, words: str) -> None:
    assert dose_in_words(dose_iu) == words


@given(st.one_of(st.integers(1_000, 10**10), st.integers(1_000, 10**45)))
@example(10**35 - 1)
def test_the_millions_are_never_rounded_up_and_say_about_unless_exact(dose_iu: int) -> None:
    words = dose_in_words(dose_iu)
    match = MILLIONS.fullmatch(words)
    assert match is not None
    whole, about, millions = match.groups()
    assert int(whole.replace(",", "")) == dose_iu
    digits, _, decimals = millions.replace(",", "").partition(".")
    shown_iu = int(digits) * 1_000_000 + int(decimals.ljust(6, "0"))
    assert 0 <= dose_iu - shown_iu < 1_000
    assert (about is None) == (shown_iu == dose_iu)
    assert not ERROR_PRONE.search(words)


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("5.0", "5"),
        ("5", "5"),
        ("0.50", "0.5"),
        ("70.500000", "70.5"),
        ("100", "100"),
        ("1E+2", "100"),
        ("0", "0"),
        ("0.000001", "0.000001"),
        ("1234.50", "1,234.5"),
        ("1000000", "1,000,000"),
        ("007.10", "7.1"),
    ],
)
def test_a_decimal_has_no_trailing_and_always_a_leading_zero(number: str, words: str) -> None:
    assert decimal_in_words(Decimal(number)) == words
    assert plain_decimal(Decimal(number)).lstrip("0") == words.replace(",", "").lstrip("0")


@given(DECIMALS)
def test_a_decimal_in_words_is_the_same_number(number: Decimal) -> None:
    words = decimal_in_words(number)
    assert Decimal(words.replace(",", "")) == number
    assert Decimal(plain_decimal(number)) == number
    assert not ERROR_PRONE.search(words)
    assert "e" not in (words + plain_decimal(number)).lower()


@pytest.mark.parametrize(
    ("area", "words"),
    [
        ("1.0165845", "1.02 m²"),
        ("2", "2 m²"),
        ("1.5", "1.5 m²"),
        ("0.1", "0.1 m²"),
        ("1.799", "1.8 m²"),
    ],
)
def test_a_body_surface_area_is_shown_to_two_decimals(area: str, words: str) -> None:
    assert bsa_in_words(Decimal(area)) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "Mon, Nov 23, 2026"),
        (date(2026, 12, 1), "Tue, Dec 1, 2026"),
        (date(2028, 2, 29), "Tue, Feb 29, 2028"),
        (date(2020, 1, 1), "Wed, Jan 1, 2020"),
        (date(2099, 12, 31), "Thu, Dec 31, 2099"),
        (date(2026, 5, 2), "Sat, May 2, 2026"),
        (date(2026, 9, 6), "Sun, Sep 6, 2026"),
    ],
)
def test_a_date_has_its_weekday_and_its_month_in_words(day: date, words: str) -> None:
    assert date_in_words(day) == words


@pytest.mark.parametrize(
    ("clock", "words"),
    [((0, 0), "00:00"), ((8, 0), "08:00"), ((12, 5), "12:05"), ((23, 59), "23:59")],
)
def test_a_time_is_of_the_24_hour_clock(clock: tuple[int, int], words: str) -> None:
    moment = datetime(2026, 11, 23) + timedelta(hours=clock[0], minutes=clock[1])
    assert time_in_words(moment) == f"Mon, Nov 23, 2026, {words}"


@pytest.mark.parametrize(
    ("count", "words"),
    [(0, "0 doses"), (1, "1 dose"), (2, "2 doses"), (1_000, "1,000 doses")],
)
def test_a_count_has_its_noun_in_the_right_number(count: int, words: str) -> None:
    assert count_in_words(count, "dose") == words


@pytest.mark.parametrize(
    ("times", "words"),
    [(1, "once daily"), (2, "twice daily"), (3, "three times daily"), (4, "4 times daily")],
)
def test_a_frequency_is_written_out(times: int, words: str) -> None:
    assert frequency_in_words(times, "daily") == words


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2026, 11, 23), "Mon, Nov 23, 2026"),
        (date(2026, 11, 24), "Mon, Nov 23, 2026 to Tue, Nov 24, 2026"),
    ],
)
def test_a_span_of_one_date_is_that_date(last: date, words: str) -> None:
    assert span_in_words(date(2026, 11, 23), last) == words
