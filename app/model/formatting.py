"""How numbers, dates and times are written for people: defined once, used everywhere.

Follows the ISMP list of error-prone abbreviations and the Joint Commission's do-not-use list:
"International Units" in full, commas, no trailing zero, a leading zero, months in words.
Machine files use `plain_decimal` only.
"""

from datetime import date, datetime
from decimal import ROUND_FLOOR, Decimal

_WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


MEASUREMENT_WORDS = {
    "weight_kg": "weight",
    "height_cm": "height",
    "bsa_m2": "body surface area",
}
# The values that wait for a confirmation where they are unusual, by their case key.
VALUE_WORDS = {**MEASUREMENT_WORDS, "requested.dose_iu": "requested dose"}


def plain_decimal(number: Decimal) -> str:
    """Return the number without exponent and without trailing zeros, for machine files.

    >>> plain_decimal(Decimal("70.50")), plain_decimal(Decimal("100"))
    ('70.5', '100')
    """
    return _without_zeros(f"{number:f}")


def _without_zeros(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text


def decimal_in_words(number: Decimal) -> str:
    """Return the number with thousands commas and without trailing zeros.

    >>> decimal_in_words(Decimal("1234.50")), decimal_in_words(Decimal("0.5"))
    ('1,234.5', '0.5')
    """
    return _without_zeros(f"{number:,f}")


def bsa_in_words(bsa_m2: Decimal) -> str:
    """Return a body surface area in m², rounded to two decimals (half to even), for display only.

    >>> bsa_in_words(Decimal("1.0165845"))
    '1.02 m²'
    """
    return f"{decimal_in_words(round(bsa_m2, 2))} m²"


def dose_in_words(dose_iu: int) -> str:
    """Return a dose in International Units, from 1,000 up also in millions.

    The millions are exact, or truncated to three decimals and marked "about".

    >>> dose_in_words(42_300_000)
    '42,300,000 International Units (42.3 million)'
    >>> dose_in_words(72_074_073)
    '72,074,073 International Units (about 72.074 million)'
    >>> dose_in_words(1)
    '1 International Unit'
    """
    text = f"{dose_iu:,} International Unit{'' if dose_iu == 1 else 's'}"
    if dose_iu < 1000:  # noqa: PLR2004
        return text
    thousands, cut_off = divmod(dose_iu, 1000)
    millions, decimals = divmod(thousands, 1000)
    figure = f"{millions:,}.{decimals:03}".rstrip("0").rstrip(".")
    return f"{text} ({'about ' if cut_off else ''}{figure} million)"


def concentration_in_words(mg_per_ml: Decimal) -> str:
    """Return a concentration in mg/mL, exact or truncated to four decimals with "about".

    >>> concentration_in_words(Decimal("0.0517")), concentration_in_words(Decimal("0.0516999"))
    ('0.0517 mg/mL', 'about 0.0516 mg/mL')
    >>> concentration_in_words(Decimal("0.00001"))
    'less than 0.0001 mg/mL'
    """
    smallest = Decimal("0.0001")
    if mg_per_ml < smallest:
        return f"less than {decimal_in_words(smallest)} mg/mL"
    shown = mg_per_ml.quantize(smallest, ROUND_FLOOR)
    return f"{'about ' if shown != mg_per_ml else ''}{decimal_in_words(shown)} mg/mL"


def date_in_words(day: date) -> str:
    """Return a date with weekday and month in words.

    >>> date_in_words(date(2026, 11, 23))
    'Mon, Nov 23, 2026'
    """
    return f"{_WEEKDAYS[day.weekday()]}, {_MONTHS[day.month - 1]} {day.day}, {day.year}"


def span_in_words(first: date, last: date) -> str:
    """Return a span of dates, or a single date where first and last are the same.

    >>> span_in_words(date(2026, 11, 23), date(2026, 11, 24))
    'Mon, Nov 23, 2026 to Tue, Nov 24, 2026'
    >>> span_in_words(date(2026, 11, 23), date(2026, 11, 23))
    'Mon, Nov 23, 2026'
    """
    if first == last:
        return date_in_words(first)
    return f"{date_in_words(first)} to {date_in_words(last)}"


def time_in_words(moment: datetime) -> str:
    """Return a date and time, on a 24-hour clock.

    >>> time_in_words(datetime(2026, 11, 23, 8))
    'Mon, Nov 23, 2026, 08:00'
    """
    return f"{date_in_words(moment.date())}, {moment:%H:%M}"


def count_in_words(count: int, noun: str) -> str:
    """Return a count with its noun, to which "s" is added unless the count is 1.

    >>> count_in_words(1, "dose"), count_in_words(14, "dose")
    ('1 dose', '14 doses')
    """
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def frequency_in_words(times: int, period: str) -> str:
    """Return a frequency such as "three times daily".

    >>> frequency_in_words(3, "daily"), frequency_in_words(5, "weekly")
    ('three times daily', '5 times weekly')
    """
    known = {1: "once", 2: "twice", 3: "three times"}
    return f"{known.get(times, f'{times} times')} {period}"
