"""The form in which a window holds finished rows: plain tuples of texts and numbers.

Python's collector looks again and again at every object that may refer to another, which would stop
a window with half a million rows for seconds. It passes over a plain tuple of what refers to
nothing, so a row is held as one, and made again from it where it is shown or saved.
"""

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, get_args, get_type_hints

from app.worklist.result import Result
from app.worklist.results import AnsweredRow, RowKind
from app.worklist.sheets import SheetRow

HeldRow = tuple[Any, ...]
_OF_ROW = tuple(one.name for one in fields(SheetRow))
_OF_RESULT = tuple(one.name for one in fields(Result))
_PLACE = {name: place for place, name in enumerate((*_OF_ROW, *_OF_RESULT))}
_NUMBER, _STATUS = _PLACE["number"], _PLACE["status"]


def held(row: SheetRow, result: Result, one: Callable[[str, object], object]) -> HeldRow:
    """Return the tuple of a row; `one` returns the value to hold for one of this field's name."""
    of_row = (getattr(row, name) for name in _OF_ROW)
    return (*of_row, *(one(name, _flat(getattr(result, name))) for name in _OF_RESULT))


def made_again(row: HeldRow) -> AnsweredRow:
    """Return the row of a tuple."""
    of_row, of_result = row[: len(_OF_ROW)], row[len(_OF_ROW) :]
    return AnsweredRow(SheetRow(*of_row), _made(Result, of_result))


def value(row: HeldRow, name: str) -> Any:
    """Return one value of a row or of its result by the name of its field."""
    return row[_PLACE[name]]


def number_of(row: HeldRow) -> int:
    """Return the number of the row in the spreadsheet or editor."""
    number: int = row[_NUMBER]
    return number


def kind_of(row: HeldRow) -> RowKind:
    """Return the status, or "problem" without one."""
    return row[_STATUS] or "problem"


def _flat(value: object) -> object:
    """Return the tuple of an object's values, and any other value as it is."""
    if not is_dataclass(value):
        return value
    return tuple(_flat(getattr(value, one.name)) for one in fields(value))


def _made(kind: Any, values: tuple[Any, ...]) -> Any:
    parts = zip(_fields_of(kind), values, strict=True)
    return kind(
        **{name: _made(of, one) if of and one is not None else one for (name, of), one in parts}
    )


@cache
def _fields_of(kind: Any) -> tuple[tuple[str, Any], ...]:
    """Return the name of each field with the class of the object in it, None for a plain value."""
    hints = get_type_hints(kind)
    return tuple(
        (one.name, next(filter(is_dataclass, (hints[one.name], *get_args(hints[one.name]))), None))
        for one in fields(kind)
    )
