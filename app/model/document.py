"""Value types that all data files share: texts, ids, exact numbers, ranges, citations.

Must not know a particular kind of file: policy, label and checks have modules of their own.
"""

import re
from decimal import Decimal
from functools import cached_property
from typing import Annotated

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictStr

from app.model.quantities import refusal

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def _not_blank(text: str) -> str:
    if not text.strip():
        raise refusal("must not be empty")
    if not text.isprintable():
        raise refusal("must not hold control characters")
    return text


def _policy_id(text: str) -> str:
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]*", text):
        raise refusal("must be written in small letters, digits and hyphens")
    return text


def _identifier(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise refusal("must be written in small letters, digits and underscores")
    return text


Text = Annotated[StrictStr, AfterValidator(_not_blank)]
PolicyId = Annotated[StrictStr, AfterValidator(_policy_id)]
Identifier = Annotated[StrictStr, AfterValidator(_identifier)]
# Far above every real limit, and low enough that every date computed from it is before year 10000.
PositiveInt = Annotated[int, Field(gt=0, le=1000, strict=True)]


class Data(BaseModel):
    """Base class of everything read from the project's YAML files: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False)


class Citation(Data):
    """A place in a document: a heading and, where it has one, the item below it."""

    heading: Text
    item: Text | None = None

    def __str__(self) -> str:
        return self.text

    @cached_property
    def text(self) -> str:
        """Heading and item, separated by a space."""
        return self.heading if self.item is None else f"{self.heading} {self.item}"


class Cited(Data):
    """Base class of every value and criterion: the citation is required."""

    citation: Citation


def _exact(value: object) -> Decimal:
    if isinstance(value, bool) or not _DECIMAL.fullmatch(str(value)):
        raise refusal("must be a whole number, or a decimal in quotation marks")
    return Decimal(str(value))


Exact = Annotated[Decimal, BeforeValidator(_exact)]
Positive = Annotated[Exact, Field(gt=0)]


class Range(Data):
    """A range from `low` to `high`, both included."""

    low: Exact
    high: Exact

    def holds(self, value: Decimal) -> bool:
        """Return whether the value lies in the range."""
        return self.low <= value <= self.high


Texts = Annotated[tuple[Text, ...], Field(min_length=1)]
