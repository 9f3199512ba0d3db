"""Criteria as data: comparisons of answers, all or any of others, each with its citation.

Judging them is the engine's. A criterion that exists is over a question of the catalog, which is
handed in as validation context.
"""

import re
from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    Field,
    StrictBool,
    StrictStr,
    Tag,
    ValidationInfo,
    model_validator,
)

from app.model.case import Route
from app.model.quantities import refusal
from app.model.question import Catalog


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
# Far above every real limit, and low enough that every date that follows is in the calendar.
PositiveInt = Annotated[int, Field(gt=0, le=1000, strict=True)]


def _hashable(value: Any) -> Any:
    return frozenset(value.items()) if isinstance(value, dict) else value


class Data(BaseModel):
    """Base of all that is read from the project's YAML files: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", validate_by_name=False)

    @cached_property
    def hash_of_values(self) -> int:
        """The hash, computed once: by it the engine remembers what follows from a rule alone."""
        values = [getattr(self, name) for name in type(self).model_fields]
        return hash(tuple(_hashable(one) for one in values))

    def __hash__(self) -> int:
        return self.hash_of_values


class Citation(Data):
    """Where a document says it: its heading and, below that, the item."""

    heading: Text
    item: Text | None = None

    def __str__(self) -> str:
        return self.text

    @cached_property
    def text(self) -> str:
        """Heading and item."""
        return self.heading if self.item is None else f"{self.heading} {self.item}"


class Cited(Data):
    """Base of every value and criterion: nothing stands without its place in the document."""

    citation: Citation


class Comparison(Cited):
    """One comparison of one answer."""

    id: Identifier
    text: Text
    question: Text
    is_: StrictBool | None = Field(None, alias="is")
    at_least: PositiveInt | None = None
    at_most: PositiveInt | None = None
    any_of: tuple[Text, ...] | None = Field(None, min_length=1)
    none_of: tuple[Text, ...] | None = Field(None, min_length=1)

    @model_validator(mode="before")
    @classmethod
    def _is_a_criterion(cls, data: Any) -> Any:
        if isinstance(data, dict) and "question" not in data:
            raise refusal("needs a question, or one of: all, any")
        return data

    @cached_property
    def wanted(self) -> dict[str, Any]:
        """The comparison by its key, for instance {"at_least": 18}."""
        return self.model_dump(
            include={"is_", "at_least", "at_most", "any_of", "none_of"},
            by_alias=True,
            exclude_none=True,
        )

    @model_validator(mode="after")
    def _compares_once_and_fits_its_question(self, info: ValidationInfo) -> Self:
        wanted = self.wanted
        if len(wanted) != 1:
            raise refusal("needs exactly one of: is, at_least, at_most, any_of, none_of")
        catalog: Catalog = (info.context or {})["catalog"]
        question = catalog.questions.get(self.question)
        if question is None:
            raise refusal(f"there is no question {self.question!r}", at="question")
        [(comparison, value)] = wanted.items()
        if comparison not in question.comparisons:
            fitting = " or ".join(question.comparisons)
            raise refusal(f"{self.question} is compared by {fitting}", at=comparison)
        for choice in value if isinstance(value, tuple) else ():
            if choice not in question.choices:
                raise refusal(f"{self.question} has no choice {choice!r}", at=comparison)
        return self


class Group(Cited):
    """All or any of its children; with `routes`, it can hold for these routes only."""

    id: Identifier
    text: Text
    routes: tuple[Route, ...] | None = Field(None, min_length=1)
    all_: "tuple[Criterion, ...] | None" = Field(None, alias="all", min_length=1)
    any_: "tuple[Criterion, ...] | None" = Field(None, alias="any", min_length=1)

    @cached_property
    def children(self) -> "tuple[Criterion, ...]":
        """The criteria below this one."""
        return self.all_ or self.any_ or ()

    @model_validator(mode="after")
    def _is_all_or_any(self) -> Self:
        if (self.all_ is None) == (self.any_ is None):
            raise refusal("needs exactly one of: all, any")
        return self


def _kind(value: object) -> str:
    return "group" if isinstance(value, dict) and value.keys() & {"all", "any"} else "comparison"


Criterion = Annotated[
    Annotated[Comparison, Tag("comparison")] | Annotated[Group, Tag("group")], Discriminator(_kind)
]


def criterion_ids(criterion: Comparison | Group) -> list[str]:
    """Return the ids of a criterion and of all below it."""
    children = criterion.children if isinstance(criterion, Group) else ()
    return [criterion.id, *(found for child in children for found in criterion_ids(child))]
