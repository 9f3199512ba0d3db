"""Criteria as data: comparisons of answers, and groups that need all or any of their children.

Each has a citation. Every comparison refers to a question of the catalog, which is passed as
validation context. Judges nothing: that is the engine's task.
"""

from functools import cached_property
from typing import Annotated, Any, Self

from pydantic import Discriminator, Field, StrictBool, Tag, ValidationInfo, model_validator

from app.model.case import Route
from app.model.catalog import Catalog
from app.model.document import Cited, Identifier, PositiveInt, Text
from app.model.quantities import refusal


class Comparison(Cited):
    """A comparison of the answer to one question, by exactly one of the five comparison keys."""

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
        """The comparison as a single key with its value, for instance {"at_least": 18}."""
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
    """A group that needs all or any of its children; not met for a route outside `routes`."""

    id: Identifier
    text: Text
    routes: tuple[Route, ...] | None = Field(None, min_length=1)
    all_: "tuple[Criterion, ...] | None" = Field(None, alias="all", min_length=1)
    any_: "tuple[Criterion, ...] | None" = Field(None, alias="any", min_length=1)

    @cached_property
    def children(self) -> "tuple[Criterion, ...]":
        """The criteria directly below this one."""
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
    """Return the ids of a criterion and of all criteria below it."""
    children = criterion.children if isinstance(criterion, Group) else ()
    return [criterion.id, *(found for child in children for found in criterion_ids(child))]
