"""The grammar and the bounds of dates and times that come from outside: JSON, window and worklist.

Nothing is guessed: a date or time is exactly what was written, or it is refused with a sentence
that says what to write.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar

from app.model.data import Refusal
from app.model.formatting import date_in_words
from app.model.quantities import Quantity

EARLIEST_DATE = date(2020, 1, 1)
LATEST_DATE = date(2099, 12, 31)

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_AMERICAN_DATE = re.compile(r"(1[0-2]|0?[1-9])/(3[01]|[12][0-9]|0?[1-9])/(20[0-9]{2})")
# No hour 24: some versions of Python would read it as the next day.
_LOCAL_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class LocalDate(Quantity):
    """A calendar date at the clinic, written year-month-day (ISO 8601)."""

    pattern: ClassVar[re.Pattern[str]] = _DATE

    def parse(self, value: object) -> date:
        """Return the date. Raises Refusal."""
        if not isinstance(value, str) or not self.pattern.fullmatch(value):
            raise Refusal(f"Must be a date written year-month-day, like {_example(value)}.")
        return _in_calendar(value).date()

    def json_schema(self) -> dict[str, Any]:
        """Return a string with the pattern of a date."""
        return {"type": "string", "pattern": f"^{self.pattern.pattern}$"}


@dataclass(frozen=True, slots=True)
class LocalTime(Quantity):
    """A date and wall-clock time at the clinic, to the minute, without a time zone."""

    pattern: ClassVar[re.Pattern[str]] = _LOCAL_TIME

    def parse(self, value: object) -> datetime:
        """Return the local date and time. Raises Refusal."""
        if not isinstance(value, str) or not self.pattern.fullmatch(value):
            raise Refusal("Must be a date and time to the minute, like 2026-11-23T08:00.")
        return _in_calendar(value)

    def json_schema(self) -> dict[str, Any]:
        """Return a string with the pattern of a local date and time."""
        return {"type": "string", "pattern": f"^{self.pattern.pattern}$"}


def _example(value: object) -> str:
    """Return an example of a date: the one typed, if it is written month/day/year.

    >>> _example("11/30/2026"), _example("soon")
    ('2026-11-30', '2026-11-23')
    """
    found = _AMERICAN_DATE.fullmatch(value) if isinstance(value, str) else None
    if found is None:
        return "2026-11-23"
    month, day, year = found.groups()
    return f"{year}-{month:0>2}-{day:0>2}"


def _in_calendar(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise Refusal("There is no such date or time.") from None
    if not EARLIEST_DATE <= found.date() <= LATEST_DATE:
        earliest, latest = date_in_words(EARLIEST_DATE), date_in_words(LATEST_DATE)
        raise Refusal(f"Must lie between {earliest} and {latest}.")
    return found
