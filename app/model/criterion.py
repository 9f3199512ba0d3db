"""Criteria as data: comparisons of answers, and groups of them: all, any, none, at least n of.

Each has a citation. One language serves wherever a policy states a condition. Every comparison
refers to a question of the catalog or of the policy, which are the validation context. Judges
nothing: that is the engine's task.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any, Literal

from app.model.catalog import Question
from app.model.data import Limited, Refusal, data, key_of
from app.model.document import (
    AskedDocument,
    Cited,
    Identifier,
    OneOrMore,
    PositiveInt,
    Text,
    YesNo,
)
from app.model.vocabulary import RouteId, questions_in

GroupKind = Literal["all", "any", "none", "of"]
_Choices = Annotated[tuple[Text, ...], Limited(entries=1)]
_COMPARISONS = ("is_", "at_least", "at_most", "over", "under", "any_of", "none_of")
_TOGETHER = {"any_of", "under"}  # a list of codes may be stated by both
_GROUPS: tuple[GroupKind, ...] = ("all", "any", "none", "of")
_MOST = 1_000_000_000
_DECIMAL = r"(0|[1-9][0-9]{0,8})\.[0-9]{1,9}"
_NEEDED = "all, any, none, of"


@dataclass(frozen=True, slots=True)
class _Threshold:
    """A number as a policy states it: a whole one as such, a decimal exactly."""

    def _parse(self, value: object) -> int | Decimal:
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST:
            return value
        if isinstance(value, str) and re.fullmatch(_DECIMAL, value):
            return Decimal(value)
        raise Refusal(
            'must be a whole number, like 18, or a decimal in quotation marks, like "3.5"'
        )

    def __get_pydantic_core_schema__(self, _source: Any, _handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        whole = core_schema.int_schema(ge=0, le=_MOST, strict=True)
        decimal = core_schema.str_schema(pattern=f"^{_DECIMAL}$")
        return core_schema.no_info_plain_validator_function(
            self._parse, json_schema_input_schema=core_schema.union_schema([whole, decimal])
        )


@dataclass(frozen=True, slots=True)
class _ThresholdOrCodes:
    """What stands after `under`: a number, or the codes below which a code may be."""

    def __get_pydantic_core_schema__(self, _source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        return core_schema.tagged_union_schema(
            {
                "codes": handler.generate_schema(_Choices),
                "number": handler.generate_schema(_Number),
            },
            lambda value: "codes" if isinstance(value, list) else "number",
        )


_Number = Annotated[int | Decimal, _Threshold()]


@data
class Comparison(Cited):
    """A comparison of the answer to one question, by exactly one of the comparison keys.

    Codes may be compared by `any_of` and `under` together: either suffices.
    """

    id: Identifier
    text: Text
    question: Text
    is_: YesNo | None = None
    at_least: _Number | None = None
    at_most: _Number | None = None
    over: _Number | None = None
    under: Annotated[int | Decimal | tuple[str, ...], _ThresholdOrCodes()] | None = None
    any_of: _Choices | None = None
    none_of: _Choices | None = None
    documents: Annotated[tuple[AskedDocument, ...], OneOrMore()] = ()

    @property
    def wanted(self) -> dict[str, Any]:
        """The comparison as its key with its value, for instance {"at_least": 18}."""
        stated = {key_of(name): getattr(self, name) for name in _COMPARISONS}
        return {key: value for key, value in stated.items() if value is not None}

    @property
    def children(self) -> "tuple[Criterion, ...]":
        """Nothing is below a comparison."""
        return ()

    def __post_init__(self) -> None:
        wanted = self.wanted
        if len(wanted) != 1 and not (wanted.keys() == _TOGETHER and isinstance(self.under, tuple)):
            raise Refusal(f"needs exactly one of: {', '.join(map(key_of, _COMPARISONS))}")

    def fit(self, question: Question | None) -> None:
        """Do nothing if this compares the question as it can be. Raises Refusal."""
        if question is None:
            raise Refusal(f"there is no question {self.question!r}", at="question")
        for comparison, value in self.wanted.items():
            is_list, wants_list = isinstance(value, tuple), question.kind not in _PLAIN_KINDS
            if comparison not in question.comparisons or is_list != wants_list:
                *others, last = question.comparisons
                fitting = f"{', '.join(others)} or {last}" if others else last
                raise Refusal(f"{self.question} is compared by {fitting}", at=comparison)
            if question.kind == "number" and _decimals(value) > (question.decimals or 0):
                raise Refusal(f"{self.question} has fewer decimals", at=comparison)
            for choice in value if question.choices else ():
                if choice not in question.choices:
                    raise Refusal(f"{self.question} has no choice {choice!r}", at=comparison)


_PLAIN_KINDS = ("yes_no", "number")


def _decimals(value: int | Decimal) -> int:
    return -int(Decimal(value).as_tuple().exponent)


@data
class Group(Cited):
    """A group that needs all, any, none or at least so many of its children.

    It is not met for a route outside `routes`.
    """

    id: Identifier
    text: Text
    routes: Annotated[tuple[RouteId, ...], Limited(entries=1)] | None = None
    all_: "_Criteria | None" = None
    any_: "_Criteria | None" = None
    none: "_Criteria | None" = None
    at_least: PositiveInt | None = None
    of: "_Criteria | None" = None
    documents: Annotated[tuple[AskedDocument, ...], OneOrMore()] = ()

    @property
    def kind(self) -> GroupKind:
        """The key below which the children stand."""
        stated = (self.all_, self.any_, self.none, self.of)
        return next(kind for kind, one in zip(_GROUPS, stated, strict=True) if one is not None)

    @property
    def children(self) -> "tuple[Criterion, ...]":
        """The criteria directly below this one."""
        return self.all_ or self.any_ or self.none or self.of or ()

    def __post_init__(self) -> None:
        if sum(one is not None for one in (self.all_, self.any_, self.none, self.of)) != 1:
            raise Refusal(f"needs exactly one of: {_NEEDED}")
        if (self.of is None) != (self.at_least is None):
            raise Refusal("at_least and of go together")
        if self.of is not None and self.at_least is not None and self.at_least > len(self.of):
            raise Refusal(f"must be at most {len(self.of)}, as many as there are", at="at_least")


@dataclass(frozen=True, slots=True)
class _ByItsKeys:
    """A criterion with one of the keys of a group is a group, every other one a comparison.

    The question of a comparison is looked up in catalog and policy, the validation context.
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
    return "group" if isinstance(value, dict) and value.keys() & set(_GROUPS) else "comparison"


def _with_question(value: Any) -> Any:
    if isinstance(value, dict) and "question" not in value:
        raise Refusal(f"needs a question, or one of: {_NEEDED}")
    return value


def _fitting(comparison: Comparison, info: Any) -> Comparison:
    comparison.fit(questions_in(info.context).get(comparison.question))
    return comparison


Criterion = Annotated[Comparison | Group, _ByItsKeys()]
_Criteria = Annotated[tuple[Criterion, ...], Limited(entries=1)]


def all_of(criterion: Comparison | Group) -> Iterator[Comparison | Group]:
    """Yield a criterion and all criteria below it, in the order of the document."""
    yield criterion
    for child in criterion.children:
        yield from all_of(child)


def criterion_ids(criterion: Comparison | Group) -> list[str]:
    """Return the ids of a criterion and of all criteria below it."""
    return [one.id for one in all_of(criterion)]
