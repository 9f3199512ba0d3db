"""The cells of a row to a Case and back: every value as the contract has it, nothing guessed.

An empty cell is "not known". A problem is told with the column where it was made.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.model.case import Case, GivenCycle
from app.model.case_reader import InvalidCase, Problem, read_case
from app.model.quantities import LocalDate, LocalTime
from app.worklist.columns import COLUMNS, NONE_OF_THESE, SEPARATOR, Column

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_NOT_YES_NO = "Must be yes or no; empty where it is not known."
_KEEP_DATES = (
    "A spreadsheet writes dates in its own way: format the whole column as text before dates are "
    "entered, and save again."
)
_DIGITS = re.compile(r"[0-9]{1,999}")
_SPACED_TIME = re.compile(r"[0-9-]{10} [0-9:]{5}")
_FORMS = {"date": LocalDate.pattern, "time": LocalTime.pattern}
_CYCLES = "course.cycles"


def read_cells(cells: Mapping[str, str]) -> Case:
    """Return the case of a row, its cells by their column. Raises InvalidCase."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, cell in cells.items():
        text = cell if COLUMNS[key].kind == "text" else cell.strip()
        if text and COLUMNS[key].kind == "yes_no" and text.lower() not in _YES_NO:
            problems.append(Problem(key, _NOT_YES_NO))
        elif text:
            values[key] = _value(COLUMNS[key], text)
    payload, numbers = _payload(values)
    try:
        case = read_case(payload)
    except InvalidCase as error:
        found = (_in_column(one, numbers, cells) for one in error.problems)
        problems += dict.fromkeys(found)  # one for a list, whatever of it is wrong
    if problems:
        raise InvalidCase(tuple(problems))
    return case


def cells_of(case: Case) -> dict[str, str]:
    """Return the cells of a case by their column; `read_cells` gives the same case."""
    return {key: _cell(column, _found(case, key)) for key, column in COLUMNS.items()}


def _value(column: Column, text: str) -> object:
    """Return a cell in the form of a case; what does not fit stays text and is refused there."""
    if column.kind == "yes_no":
        return _YES_NO[text.lower()]
    if column.kind == "whole" and _DIGITS.fullmatch(text):
        return int(text)
    if column.kind == "time" and _SPACED_TIME.fullmatch(text):
        return text.replace(" ", "T")
    if column.kind == "list":
        named = [one.strip() for one in text.split(SEPARATOR)]
        return [] if text.lower() == NONE_OF_THESE else named
    return text


def _payload(values: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[int, ...]]:
    """Return the values as the object of a case, and the numbers of its cycles in their order."""
    payload: dict[str, Any] = {}
    cycles: dict[int, dict[str, Any]] = {}
    for key, value in values.items():
        above, _, name = key.rpartition(".")
        if above.startswith(_CYCLES):
            number = int(above.rpartition(".")[2])
            cycles.setdefault(number, {"number": number})[name] = value
        elif above:
            payload.setdefault(above, {})[name] = value
        else:
            payload[name] = value
    if cycles:
        payload.setdefault("course", {})["cycles"] = list(cycles.values())
    return payload, tuple(cycles)


def _in_column(problem: Problem, numbers: tuple[int, ...], cells: Mapping[str, str]) -> Problem:
    """Return a problem of a case with the column where it was made."""
    at = problem.at
    if at.startswith(f"{_CYCLES}."):
        place, _, name = at.removeprefix(f"{_CYCLES}.").partition(".")
        at = f"{_CYCLES}.{numbers[int(place)]}.{name}"
    elif at not in COLUMNS:
        at = at.rpartition(".")[0]
    return Problem(at, _message(problem.message, COLUMNS.get(at), cells.get(at, "").strip()))


def _message(message: str, column: Column | None, text: str) -> str:
    pattern = _FORMS.get(column.kind) if column else None
    is_of_another_form = pattern is not None and not pattern.fullmatch(text)
    return f"{message} {_KEEP_DATES}" if text and is_of_another_form else message


def _found(case: Case, key: str) -> object:
    """Return what a case has at a key; a cycle is found by its number."""
    found: Any = case
    for part in key.split("."):
        found = _cycle(found, int(part)) if part.isdigit() else getattr(found, part, None)
    return found


def _cycle(cycles: Iterable[GivenCycle], number: int) -> GivenCycle | None:
    return next((cycle for cycle in cycles if cycle.number == number), None)


def _cell(column: Column, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return SEPARATOR.join(value) or (NONE_OF_THESE if column.is_nullable else "")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)
