"""Value types that all data files share: texts, ids, exact numbers, ranges, citations.

Must not know a particular kind of file: policy, label and checks have modules of their own.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from app.model.data import AsWritten, Checked, Limited, Refusal, data

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


@dataclass(frozen=True, slots=True)
class ExactNumber:
    """A whole number, or a decimal in quotation marks; of more than `above` if that is given."""

    above: int | None = None

    def parse(self, value: object) -> Decimal:
        """Return the number exactly as it was written. Raises Refusal."""
        if isinstance(value, bool) or not _DECIMAL.fullmatch(str(value)):
            raise Refusal("must be a whole number, or a decimal in quotation marks")
        number = Decimal(str(value))
        if self.above is not None and number <= self.above:
            raise Refusal(f"must be more than {self.above}")
        return number

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        return core_schema.no_info_plain_validator_function(self.parse)


def _not_blank(text: str) -> str:
    if not text.strip():
        raise Refusal("must not be empty")
    if not text.isprintable():
        raise Refusal("must not hold control characters")
    return text


def _policy_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
        raise Refusal("must be written in small letters, digits and hyphens")
    return text


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise Refusal("must be written in small letters, digits and underscores")
    return text


Text = Annotated[str, AsWritten(), Checked(_not_blank)]
PolicyId = Annotated[str, AsWritten(), Checked(_policy_id)]
Identifier = Annotated[str, AsWritten(), Checked(_identifier)]
YesNo = Annotated[bool, AsWritten()]
# Far above every real limit, and low enough that every date computed from it is before year 10000.
PositiveInt = Annotated[int, AsWritten(), Limited(above=0, at_most=1000)]


@data
class Citation:
    """A place in a document: a heading and, where it has one, the item below it."""

    heading: Text
    item: Text | None = None

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """Heading and item, separated by a space."""
        return self.heading if self.item is None else f"{self.heading} {self.item}"


@data
class Cited:
    """Base class of every value and criterion: the citation is required."""

    citation: Citation


Exact = Annotated[Decimal, ExactNumber()]
Positive = Annotated[Decimal, ExactNumber(above=0)]


@data
class Range:
    """A range from `low` to `high`, both included."""

    low: Exact
    high: Exact

    def holds(self, value: Decimal) -> bool:
        """Return whether the value lies in the range."""
        return self.low <= value <= self.high


Texts = Annotated[tuple[Text, ...], Limited(entries=1)]
