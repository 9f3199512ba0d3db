"""The grammar and the bounds of numbers that come from outside.

One strict grammar serves JSON files, the window and the cells of a worklist. Nothing is rounded,
clamped or guessed here: a value is exactly what was written, or it is refused with a sentence that
says what to write. Pounds and inches are recognized only to explain the refusal.
"""

import re
from abc import ABC, abstractmethod
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from app.model.data import Refusal
from app.model.formatting import count_in_words, decimal_in_words

MAX_DECIMAL_PLACES = 6
INTERNATIONAL_UNITS = "International Units"
_DIGITS_AND_POINT = "digits and a decimal point"

_GROUPED = re.compile(r"[0-9]{1,3}(,[0-9]{3}){1,9}")
_DECIMAL = re.compile(rf"[0-9]+(\.[0-9]{{1,{MAX_DECIMAL_PLACES}}})?")
_TOO_MANY_DECIMALS = re.compile(rf"[0-9]+\.[0-9]{{{MAX_DECIMAL_PLACES + 1},}}")


@dataclass(frozen=True, slots=True)
class ForeignUnit:
    """A unit that people type by mistake; a number times `factor` is in the expected unit."""

    symbol: str
    pattern: re.Pattern[str]
    factor: Decimal


_NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
# Both factors are exact: international pound and international inch, 1959.
POUNDS = ForeignUnit(
    "lb", re.compile(rf"({_NUMBER}) *(?:lbs?\.?|pounds?|#)", re.I), Decimal("0.45359237")
)
INCHES = ForeignUnit(
    "in", re.compile(rf"({_NUMBER}) *(?:in\.?|inch(?:es)?|\")", re.I), Decimal("2.54")
)


@dataclass(frozen=True, slots=True)
class JsonNumber:
    """A JSON number that is not a plain whole number, kept as it was written."""

    text: str


def in_groups(text: str) -> bool:
    """Return whether the digits are grouped in threes by commas, as Aldesk writes doses.

    >>> in_groups("42,300,000"), in_groups("42300000"), in_groups("4,23,00000")
    (True, False, False)
    """
    return _GROUPED.fullmatch(text) is not None


class Quantity(ABC):
    """A type of value that pydantic reads with `parse`; every refusal is a sentence for people."""

    __slots__ = ()

    @abstractmethod
    def parse(self, value: object) -> object:
        """Return the typed value. Raises Refusal."""

    @abstractmethod
    def json_schema(self) -> dict[str, Any]:
        """Return the JSON Schema of the value, leaving out null for "not known"."""

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        return core_schema.no_info_plain_validator_function(self.parse)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return self.json_schema()


@dataclass(frozen=True, slots=True)
class Measure(Quantity):
    """A decimal in `unit` from `low` to `high`, both included, with at most so many decimals.

    The unit of a bare number is "".
    """

    unit: str
    low: Decimal
    high: Decimal
    example: str
    mistaken_for: ForeignUnit | None = None
    decimals: int = MAX_DECIMAL_PLACES

    def parse(self, value: object) -> Decimal:
        """Return the number exactly as it was written. Raises Refusal."""
        if not isinstance(value, str | int | JsonNumber) or isinstance(value, bool):
            raise Refusal(self._form())
        text = value.text if isinstance(value, JsonNumber) else str(value)
        if not _DECIMAL.fullmatch(text):
            raise Refusal(self._why_refused(text))
        number = Decimal(text)
        if -int(number.as_tuple().exponent) > self.decimals:
            most = count_in_words(self.decimals, "decimal")
            verb = "is" if self.decimals == 1 else "are"
            raise Refusal(f"At most {most} {verb} read." if self.decimals else self._form())
        if not self.low <= number <= self.high:
            low, high = decimal_in_words(self.low), decimal_in_words(self.high)
            raise Refusal(f"Must lie between {low} and {high}{self._of_unit(' ')}.")
        return number

    def _of_unit(self, before: str) -> str:
        return f"{before}{self.unit}" if self.unit else ""

    def _why_refused(self, text: str) -> str:
        if _TOO_MANY_DECIMALS.fullmatch(text):
            return f"At most {MAX_DECIMAL_PLACES} decimals are read."
        foreign = self.mistaken_for
        if foreign and (match := foreign.pattern.fullmatch(text.strip())):
            own = decimal_in_words(round(Decimal(match[1]) * foreign.factor, 3))
            return f"In {self.unit} only: {match[1]} {foreign.symbol} is about {own} {self.unit}."
        return self._form()

    @property
    def _pattern(self) -> str:
        return rf"[0-9]+(\.[0-9]{{1,{self.decimals}}})?" if self.decimals else "[0-9]+"

    def _form(self) -> str:
        return (
            f"Must be a plain number{self._of_unit(' in ')}, like {self.example}: "
            f"{_DIGITS_AND_POINT if self.decimals else 'digits only'}, no comma, no blank, no unit."
        )

    def json_schema(self) -> dict[str, Any]:
        """Return a number within the bounds, or a string of the same form."""
        bounds = {"minimum": float(self.low), "maximum": float(self.high)}
        return {
            "anyOf": [
                {"type": "number", **bounds},
                {"type": "string", "pattern": f"^{self._pattern}$"},
            ]
        }


@dataclass(frozen=True, slots=True)
class Whole(Quantity):
    """A whole number of at least `low` and, if there is a `high`, at most `high`.

    `unit` says what is counted, in the singular, such as "dose"; "" if that needs no word.
    """

    low: int
    high: int | None = None
    unit: str = ""

    def parse(self, value: object) -> int:
        """Return the number. Raises Refusal, also for a string or a boolean."""
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refusal("Must be a whole number: digits only, no commas.")
        if value < self.low or (self.high is not None and value > self.high):
            upper = "or more" if self.high is None else f"to {self.high:,}"
            raise Refusal(f"Must be {self.low} {upper}.")
        return value

    def json_schema(self) -> dict[str, Any]:
        """Return an integer within the bounds."""
        upper = {} if self.high is None else {"maximum": self.high}
        return {"type": "integer", "minimum": self.low, **upper}
