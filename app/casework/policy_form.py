"""What can be written in a policy file, derived from the grammar's own classes.

Each key of the grammar becomes a field with its shape: a text, a number, a part with fields of its
own, a criterion, and so on. Nothing is listed by hand: a key that is added to the grammar is a
field of the form. Reads no file and has no words for people.
"""

from collections.abc import Iterator
from dataclasses import MISSING, dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from app.model.criterion import Comparison, Group
from app.model.data import key_of
from app.model.document import Citation, Yes
from app.model.policy import WrittenPolicy
from app.model.vocabulary import Known

ShapeKind = Literal[
    "text",
    "whole",
    "decimal",
    "date",
    "yes_no",
    "yes",
    "one_of",
    "list",
    "named",
    "part",
    "criterion",
]
_PLAIN: dict[Any, ShapeKind] = {
    str: "text",
    int: "whole",
    Decimal: "decimal",
    date: "date",
    bool: "yes_no",
    Any: "decimal",  # a number that is read by a reader of its own
}
_SCALARS = (*_PLAIN.values(), "yes", "one_of")
_YES = get_args(Yes)[-1]  # what makes a "yes" of a yes or no
_MOST_COLUMNS = 4  # of a part that is told in one row, beside its citation
CITATION = "citation"


@dataclass(frozen=True, slots=True)
class Shape:
    """What may stand at a place: of which kind, and what is in it.

    A part has a class (`part`); `others` are the classes that may stand in its place, told apart by
    their keys. A list and a mapping by names (`named`) have items of one shape; `choices` are the
    values of a text, or the names. A value may also be a list of texts where `or_list` is set.
    """

    kind: ShapeKind
    choices: tuple[str, ...] = ()
    part: type[Any] | None = None
    others: tuple["Shape", ...] = ()
    item: "Shape | None" = None
    or_list: bool = False
    known: Known | None = None  # of what the text, or a name, is an id

    @property
    def is_scalar(self) -> bool:
        """Whether it is a single value, or a list of such."""
        of = self.item if self.kind == "list" and self.item is not None else self
        return of.kind in _SCALARS

    @property
    def is_inline(self) -> bool:
        """Whether it is a part of single values, told with what it belongs to."""
        return self.kind == "part" and all(_is_flat(one) for one in (self, *self.others))

    @property
    def is_row(self) -> bool:
        """Whether it is a part that is told in one row of a table."""
        told = [one for one in self.fields if one.key != CITATION]
        has_list = any(one.shape.kind == "list" for one in told)
        return self.is_inline and not (self.others or has_list) and len(told) <= _MOST_COLUMNS

    @property
    def fields(self) -> tuple["FormField", ...]:
        """The fields of a part, without those of the classes that may stand in its place."""
        part: Any = self.part
        return form_fields(part) if part else ()

    def fitting(self, value: Any) -> "Shape":
        """Return the shape, of those that may stand here, to which a value's keys belong."""
        keys = value.keys() if isinstance(value, dict) else set()
        for other in self.others:
            own = {one.key for one in other.fields} - {one.key for one in self.fields}
            if own & keys:
                return other
        return self


def _is_flat(shape: Shape) -> bool:
    return shape.kind == "part" and all(
        one.shape.is_scalar or one.shape.part is Citation for one in shape.fields
    )


@dataclass(frozen=True, slots=True)
class FormField:
    """A key of a part with the shape of its value."""

    key: str
    shape: Shape
    is_required: bool


@cache
def form_fields(part: Any) -> tuple[FormField, ...]:
    """Return the fields of a class of the grammar: the citation after the values that it is of."""
    hints = get_type_hints(part, include_extras=True)
    found = [
        FormField(
            key_of(one.name),
            shape_of(hints[one.name]),
            is_required=one.default is MISSING and one.default_factory is MISSING,
        )
        for one in fields(part)
    ]
    return tuple(sorted(found, key=_rank))


def _rank(field: FormField) -> int:
    """Return the place of a key: single values, their citation, parts, criteria within."""
    if field.key == CITATION or field.shape.is_scalar:
        return int(field.key == CITATION)
    is_inner = field.shape.item is not None and field.shape.item.kind == "criterion"
    return 3 if is_inner else 2


def shape_of(hint: Any) -> Shape:
    """Return the shape of a type hint of the grammar. Raises TypeError for one without a shape."""
    metadata = list(_metadata(hint))
    if _YES in metadata:
        return Shape("yes")
    known = next((one for one in metadata if isinstance(one, Known)), None)
    types = list(_alternatives(hint))
    if Group in types and Comparison in types:
        return Shape("criterion")
    shapes = [_of_type(one, known) for one in types]
    first, *others = [one for one in shapes if one.kind != "list"] or shapes
    if first.kind == "whole" and any(one.kind == "decimal" for one in others):
        return Shape("decimal", or_list=len(shapes) > len(others) + 1)
    if not others:
        return first
    if all(one.kind in ("part", "named") for one in (first, *others)):
        return Shape(first.kind, part=first.part, item=first.item, others=tuple(others))
    raise TypeError(f"no field can be made of {hint!r}")


def _of_type(kind: Any, known: Known | None) -> Shape:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Literal:
        return Shape("one_of", tuple(map(str, inner)))
    if origin is tuple:
        return Shape("list", item=shape_of(inner[0]))
    if origin is dict:
        name = shape_of(inner[0])
        return Shape("named", name.choices, item=shape_of(inner[1]), known=name.known)
    if is_dataclass(kind):
        return Shape("part", part=kind)  # type: ignore[arg-type]  # get_args tells no types
    if kind not in _PLAIN:
        raise TypeError(f"no field can be made of {kind!r}")
    return Shape(_PLAIN[kind], known=known)


def _alternatives(hint: Any) -> Iterator[Any]:
    """Yield the types of a hint, without its metadata and without None."""
    if get_origin(hint) is Annotated:
        yield from _alternatives(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            yield from _alternatives(one)
    elif hint is not NoneType:
        yield hint


def _metadata(hint: Any) -> Iterator[Any]:
    if get_origin(hint) is Annotated:
        yield from get_args(hint)[1:]
        yield from _metadata(get_args(hint)[0])
    elif get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            yield from _metadata(one)


POLICY = Shape("part", part=WrittenPolicy)
COMPARISON = Shape("part", part=Comparison)
GROUP = Shape("part", part=Group)
GROUP_KINDS = tuple(
    one.key for one in GROUP.fields if one.shape.item and one.shape.item.kind == "criterion"
)


def shape_at(value: Any, shape: Shape) -> Shape:
    """Return the shape of a value: of a criterion the group or the comparison that it is."""
    if shape.kind == "criterion":
        keys = value.keys() if isinstance(value, dict) else set()
        return GROUP if keys & set(GROUP_KINDS) else COMPARISON
    return shape.fitting(value)


def inner_shape(value: Any, shape: Shape, key: str | int) -> Shape | None:
    """Return the shape of what stands at a key in a value, or None if no such key is known."""
    here = shape_at(value, shape)
    if here.kind in ("list", "named"):
        return here.item
    return next((one.shape for one in here.fields if one.key == key), None)
