"""Value types that all data files share: texts, ids, exact numbers, ranges, citations.

Must not know a particular kind of file: policy, label and checks have modules of their own.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, get_args

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


def _yes(value: bool) -> bool:  # noqa: FBT001  # called by pydantic
    if not value:
        raise Refusal("must be true, or left out")
    return value


Text = Annotated[str, AsWritten(), Checked(_not_blank)]
PolicyId = Annotated[str, AsWritten(), Checked(_policy_id)]
Identifier = Annotated[str, AsWritten(), Checked(_identifier)]
YesNo = Annotated[bool, AsWritten()]
Yes = Annotated[bool, AsWritten(), Checked(_yes)]
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


@data
class AskedDocument(Cited):
    """A document that a payer asks for with a request."""

    text: Text


@data
class NotStated:
    """The document does not say this; `citation` is the part in which it is missing."""

    not_stated: Yes
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class OneOrMore:
    """A list, or its only entry without the list."""

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        several = {**handler(source), "min_length": 1}
        return core_schema.no_info_before_validator_function(
            lambda value: [value] if isinstance(value, dict) else value,
            several,
            json_schema_input_schema=core_schema.union_schema(
                [several["items_schema"][0], several]
            ),
        )


@dataclass(frozen=True, slots=True)
class ByKey:
    """Two kinds of a mapping: the second has this key, the first has not."""

    key: str

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        without, having = get_args(source)
        return core_schema.tagged_union_schema(
            {"without": handler.generate_schema(without), "with": handler.generate_schema(having)},
            lambda value: "with" if isinstance(value, dict) and self.key in value else "without",
        )


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
