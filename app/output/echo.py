"""An entry as people recognize it, shown small beside its field: to check, never to enter."""

import re
from decimal import Decimal

from pydantic_core import PydanticCustomError

from app.model.case import WEIGHT
from app.model.quantities import LocalDate, LocalTime, in_groups
from app.model.units import pounds
from app.model.wording import (
    bsa_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
    time_in_words,
)

_DATES = (
    "date_of_service",
    "course.previous_last_dose_on",
    "course.discharge_date",
    "authorization.start",
    "authorization.end",
)
_PLAIN_DIGITS = re.compile(r"[0-9]{1,999}")


def echo(key: str, text: str) -> str:
    """Return a valid entry as people recognize it (pounds, weekday, millions), or nothing."""
    try:
        if key in ("weight_kg", "previous_weight_kg"):
            weight_kg = WEIGHT.parse(text)
            return f"{decimal_in_words(weight_kg)} kg = {decimal_in_words(pounds(weight_kg))} lb"
        if key.endswith("_dose_at"):
            return time_in_words(LocalTime().parse(text.replace(" ", "T", 1)))
        if key in _DATES:
            return date_in_words(LocalDate().parse(text))
    except PydanticCustomError:
        return ""
    is_whole = _PLAIN_DIGITS.fullmatch(text) or in_groups(text)
    if key == "requested.dose_iu" and is_whole:
        return dose_in_words(int(text.replace(",", "")))
    return ""


def bsa_echo(bsa_m2: Decimal) -> str:
    """Return a calculated body surface area as it stands beside its empty field."""
    return f"Calculated: {bsa_in_words(bsa_m2)}"
