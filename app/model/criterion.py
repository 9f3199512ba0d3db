"""Criteria as data: comparisons of answers, and groups that need all or any of their children.

Each has a citation. Every comparison refers to a question of the catalog, which is passed as
validation context. Judges nothing: that is the engine's task.
"""

from dataclasses import dataclass
from typing import Annotated, Any

from app.model.case import Route
from app.model.catalog import Catalog, Question
from app.model.data import Limited, Refusal, data, key_of
from app.model.document import Cited, Identifier, PositiveInt, Text, YesNo

_Choices = Annotated[tuple[Text, ...], Limited(entries=1)]
_COMPARISONS = ("is_", "at_least", "at_most", "any_of", "none_of")


@data
class Comparison(Cited):
    """A comparison of the answer to one question, by exactly one of the five comparison keys."""

    id: Identifier
    text: Text
    question: Text
    is_: YesNo | None = None
    at_least: PositiveInt | None = None
    at_most: PositiveInt | None = None
    any_of: _Choices | None = None
    none_of: _Choices | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        """The comparison as a single key with its value, for instance {"at_least": 18}."""
        stated = {key_of(name): getattr(self, name) for name in _COMPARISONS}
        return {key: value for key, value in stated.items() if value is not None}

    def __post_init__(self) -> None:
        if len(self.wanted) != 1:
            raise Refusal("needs exactly one of: is, at_least, at_most, any_of, none_of")

    def fit(self, question: Question | None) -> None:
        """Do nothing if this compares the question as it can be. Raises Refusal."""
        if question is None:
            raise Refusal(f"there is no question {self.question!r}", at="question")
        [(comparison, value)] = self.wanted.items()
        if comparison not in question.comparisons:
            fitting = " or ".join(question.comparisons)
            raise Refusal(f"{self.question} is compared by {fitting}", at=comparison)
        for choice in value if isinstance(value, tuple) else ():
            if choice not in question.choices:
                raise Refusal(f"{self.question} has no choice {choice!r}", at=comparison)


@data
class Group(Cited):
    """A group that needs all or any of its children; not met for a route outside `routes`."""

    id: Identifier
    text: Text
    routes: Annotated[tuple[Route, ...], Limited(entries=1)] | None = None
    all_: "_Criteria | None" = None
    any_: "_Criteria | None" = None

    @property
    def children(self) -> "tuple[Criterion, ...]":
        """The criteria directly below this one."""
        return self.all_ or self.any_ or ()

    def __post_init__(self) -> None:
        if (self.all_ is None) == (self.any_ is None):
            raise Refusal("needs exactly one of: all, any")


@dataclass(frozen=True, slots=True)
class _ByItsKeys:
    """A criterion with the key "all" or "any" is a group, every other one a comparison.

    The question of a comparison is looked up in the catalog, which is the validation context.
    """

    def __get_pydantic_core_schema__(self, _source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        comparison = core_schema.with_info_after_validator_function(
            _fitting, handler.generate_schema(Comparison)
        )
        return core_schema.tagged_union_schema(
            {
                "comparison": core_schema.no_info_before_validator_function(
                    _with_question, comparison
                ),
                "group": handler.generate_schema(Group),
            },
            _kind,
        )


def _kind(value: object) -> str:
    return "group" if isinstance(value, dict) and value.keys() & {"all", "any"} else "comparison"


def _with_question(value: Any) -> Any:
    if isinstance(value, dict) and "question" not in value:
        raise Refusal("needs a question, or one of: all, any")
    return value


def _fitting(comparison: Comparison, info: Any) -> Comparison:
    catalog: Catalog = info.context["catalog"]
    comparison.fit(catalog.questions.get(comparison.question))
    return comparison


Criterion = Annotated[Comparison | Group, _ByItsKeys()]
_Criteria = Annotated[tuple[Criterion, ...], Limited(entries=1)]


def criterion_ids(criterion: Comparison | Group) -> list[str]:
    """Return the ids of a criterion and of all criteria below it."""
    children = criterion.children if isinstance(criterion, Group) else ()
    return [criterion.id, *(found for child in children for found in criterion_ids(child))]
