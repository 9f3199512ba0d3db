"""The fields of a case, one for each key: kind, bounds, unit and choices, derived from `Case`.

This is the one description of a field; its words and its place in form and report are in the
catalog, under the same key. Form, worklist, report and help go through these fields, and no part of
the program recognizes a field by the spelling of its key. Nothing is listed by hand: a key that is
added to the model becomes a field. Reads no text or file.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from decimal import ROUND_DOWN, Decimal
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from app.model.case import Case, Confirmable
from app.model.catalog import KEYS, Catalog, Question, QuestionKind
from app.model.course import GivenCycle
from app.model.data import NeverGiven, OpenChoice, key_of
from app.model.dates import LocalDate, LocalTime
from app.model.quantities import Measure, Quantity, Whole

FieldKind = Literal["text", "choice", "decimal", "whole", "date", "time", "yes_no", "list"]

_KINDS: dict[type[Quantity], FieldKind] = {
    Measure: "decimal",
    Whole: "whole",
    LocalDate: "date",
    LocalTime: "time",
}


OPEN_CHOICES = ("indication", "route")  # the fields whose choices a policy may extend
_CYCLE_KEY = re.compile(r"course\.cycles\.([0-9]+)\.")
CYCLES = 2  # of a course, unless a policy has more
_CYCLES, _FACTS = "course.cycles", "facts"
_MOST = 1_000_000_000  # of a number whose question states no bound
_NEVER = (1, "planned_first_at")  # the first cycle is planned by `course.first_dose_at`


@dataclass(frozen=True, slots=True)
class CaseField:
    """One field of a case, also a column of a worklist.

    `choices` are the values that the contract allows; `quantity` parses a number, date or time. A
    `cycle` is the number of the cycle that the field is about, of those in `course.cycles`. `part`
    is the key of the object that has the field; "" for the case itself.
    """

    key: str
    kind: FieldKind
    is_required: bool
    is_nullable: bool
    choices: tuple[str, ...] = ()
    quantity: Quantity | None = None
    cycle: int | None = None
    part: str = ""

    @property
    def name(self) -> str:
        """The key within the object that has this field; with a point in `confirmed` only."""
        return self.key.removeprefix(f"{self.part}.") if self.part else self.key

    @property
    def unit(self) -> str:
        """The unit of a measure, or what a whole number counts; "" if there is none."""
        return self.quantity.unit if isinstance(self.quantity, Measure | Whole) else ""

    def value(self, case: Case) -> Any:
        """Return the value in a case; None if it is not known."""
        found: Any = case
        for part in filter(None, self.part.split(".")):
            found = _cycle(found, int(part)) if part.isdigit() else getattr(found, part, None)
        if self.part == _FACTS:
            return case.facts.answer(self.name)
        return getattr(found, self.name.replace(".", "__"), None)


# The indications and routes that a case may have, by key, as its policy and date say.
Choose = Callable[[object, object], Mapping[str, Sequence[str]]]


class Fields(dict[str, CaseField]):
    """The fields that a case may have, by key.

    `choose` gives the indications and routes that the policy which a case names brings; the choices
    of the fields themselves are those of all policies.
    """

    def __init__(self, columns: Iterable[CaseField], choose: Choose = lambda *_: {}) -> None:
        super().__init__({column.key: column for column in columns})
        self._choose = choose

    def choices_in(self, data: object) -> dict[str, Sequence[str]]:
        """Return the indications and routes that a case in the form of JSON may have."""
        named = data if isinstance(data, dict) else {}
        chosen = self._choose(named.get("policy"), named.get("date_of_service"))
        return {key: chosen.get(key, self[key].choices) for key in OPEN_CHOICES}


def _cycle(cycles: Iterable[GivenCycle], number: int) -> GivenCycle | None:
    return next((cycle for cycle in cycles if cycle.number == number), None)


def _fields_of_model(model: type[Any], above: str = "") -> Iterator[CaseField]:
    hints = get_type_hints(model, include_extras=True)
    for one in fields(model):
        if NeverGiven() in _pieces(hints[one.name]):
            continue
        is_required = one.default is MISSING and not above
        yield from _fields_of_hint(
            above, key_of(one.name), tuple(_pieces(hints[one.name])), is_required=is_required
        )


def _fields_of_hint(
    above: str, name: str, pieces: tuple[Any, ...], *, is_required: bool
) -> Iterator[CaseField]:
    """Yield the field of a key, or the fields of the object or list of objects in it."""
    key = f"{above}{name}"
    part, item = _model_in(pieces), next(_items(pieces), None)
    if part is not None:
        yield from _fields_of_model(part, f"{key}.")
    elif item is GivenCycle:
        for number in range(1, CYCLES + 1):
            yield from _fields_of_cycle(key, number)
    else:
        quantity = next((one for one in pieces if isinstance(one, Quantity)), None)
        yield CaseField(
            key,
            kind=_kind(pieces, item, quantity),
            is_required=is_required,
            is_nullable=NoneType in pieces,
            choices=tuple(_choices(pieces if item is None else (item,))),
            quantity=quantity,
            part=above.removesuffix("."),
        )


@cache
def _fields_of_cycle(key: str, number: int) -> tuple[CaseField, ...]:
    """Return the fields of a numbered cycle, like `course.cycles.1.doses_given`."""
    return tuple(
        replace(column, cycle=number)
        for column in _fields_of_model(GivenCycle, f"{key}.{number}.")
        if column.name != "number" and (number, column.name) != _NEVER
    )


def _kind(pieces: tuple[Any, ...], item: object, quantity: Quantity | None) -> FieldKind:
    if quantity is not None:
        return _KINDS[type(quantity)]
    if item is not None:
        return "list"
    if bool in pieces:
        return "yes_no"
    return "choice" if any(_choices(pieces)) else "text"


def _pieces(hint: Any) -> Iterator[Any]:
    """Yield the types and the metadata that make up a type hint."""
    if get_origin(hint) is Annotated:
        inner, *metadata = get_args(hint)
        yield from _pieces(inner)
        yield from metadata
    elif get_origin(hint) in (Union, UnionType):
        for one in get_args(hint):
            yield from _pieces(one)
    else:
        yield hint


def _model_in(pieces: tuple[Any, ...]) -> type[Any] | None:
    models = (one for one in pieces if isinstance(one, type) and not get_args(one))
    return next(
        (one for one in models if is_dataclass(one) and not issubclass(one, Quantity)), None
    )


def _items(pieces: tuple[Any, ...]) -> Iterator[Any]:
    """Yield the type of the items of each list among the pieces."""
    for piece in pieces:
        if get_origin(piece) is tuple:
            yield get_args(piece)[0]


def _choices(pieces: tuple[Any, ...]) -> Iterator[str]:
    for piece in pieces:
        if get_origin(piece) is Literal:
            yield from get_args(piece)
        elif isinstance(piece, OpenChoice):
            yield from piece.known


def own_field(name: str, question: Question) -> CaseField:
    """Return the field for the answer to a question that a policy brings."""
    return CaseField(
        f"{_FACTS}.{name}",
        kind=_OWN_KINDS[question.kind],
        is_required=False,
        is_nullable=True,
        choices=tuple(question.choices),
        quantity=_number(question) if question.kind == "number" else None,
        part=_FACTS,
    )


_OWN_KINDS: dict[QuestionKind, FieldKind] = {
    "number": "decimal",
    "yes_no": "yes_no",
    "one_of": "choice",
    "choices": "list",
    "codes": "list",
}


def _number(question: Question) -> Measure:
    """Return how an answer is read that is a number with at most so many decimals."""
    low = Decimal(question.from_ or 0)
    high = Decimal(_MOST if question.to is None else question.to)
    decimals = question.decimals or 0
    middle = (low + min(high, low + 10)) / 2
    example = f"{middle.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)}"
    return Measure(question.unit or "", low, high, example, decimals=decimals)


def cycle_in(key: str) -> int:
    """Return the number of the cycle that a key is about; 0 for any other key.

    >>> cycle_in("course.cycles.3.doses_given"), cycle_in("course.number")
    (3, 0)
    """
    found = _CYCLE_KEY.match(key)
    return int(found[1]) if found else 0


def fields_of(catalog: Catalog, choose: Choose = lambda *_: {}) -> Fields:
    """Return the fields of a case that a catalog has words for, also those of policies' own."""
    found = dict(CASE_FIELDS)
    for key in OPEN_CHOICES:
        found[key] = replace(found[key], choices=tuple(catalog.inputs[key].choices))
    cycles = {cycle_in(key) for key in catalog.inputs} - {0}
    added = [
        *(one for number in sorted(cycles) for one in _fields_of_cycle(_CYCLES, number)),
        *(own_field(name, one) for name, one in catalog.questions.items() if name not in KEYS),
    ]
    for column in added:
        found.setdefault(column.key, column)
    return Fields(found.values(), choose)


CASE_FIELDS = Fields(_fields_of_model(Case))
REQUIRED = tuple(key for key, column in CASE_FIELDS.items() if column.is_required)
CONFIRMABLE: tuple[Confirmable, ...] = get_args(Confirmable)
