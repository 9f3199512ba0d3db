"""Converts typed text to values of a case and back: cells of a worklist row, entries of a draft.

Values have the form of the contract and are never guessed: a text in another form is left as it is,
and the case refuses it. An empty cell or entry is "not known". Each problem names the cell or entry
with the mistake. Uses no file and no window.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.model.case import Case, GivenCycle
from app.model.case_fields import CASE_FIELDS, CaseField
from app.model.case_json import InvalidCase, Problem, read_case
from app.model.quantities import LocalDate, LocalTime, in_groups

SEPARATOR = "|"
NONE_OF_THESE = "none"

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_NOT_YES_NO = "Must be yes or no; empty if it is not known."
_KEEP_DATES = (
    "A spreadsheet rewrites dates: format the whole column as text before dates are "
    "entered, and save again."
)
_DIGITS = re.compile(r"[0-9]{1,999}")
_SPACED_TIME = re.compile(r"[0-9-]{10} [0-9:]{5}")
_FORMS = {"date": LocalDate.pattern, "time": LocalTime.pattern}
_CYCLES = "course.cycles"
_CYCLE = re.compile(r"course\.cycles\.([0-9]+)")

# The kind of value of each key; keys of a cycle are without their number, itself a whole number.
_KINDS = {_CYCLE.sub(_CYCLES, key): field.kind for key, field in CASE_FIELDS.items()}
_KINDS[f"{_CYCLES}.number"] = "whole"

Entry = str | bool | tuple[str, ...] | None


def read_cells(cells: Mapping[str, str]) -> Case:
    """Return the case of a row, given as cells by column. Raises InvalidCase."""
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, cell in cells.items():
        text = cell if CASE_FIELDS[key].kind == "text" else cell.strip()
        if text and CASE_FIELDS[key].kind == "yes_no" and text.lower() not in _YES_NO:
            problems.append(Problem(key, _NOT_YES_NO))
        elif text:
            values[key] = _value(CASE_FIELDS[key], text)
    payload, numbers = _payload(values)
    try:
        case = read_case(payload)
    except InvalidCase as error:
        found = (_in_column(one, numbers, cells) for one in error.problems)
        problems += dict.fromkeys(found)  # equal problems of several items of a list become one
    if problems:
        raise InvalidCase(tuple(problems))
    return case


def cells_of(case: Case) -> dict[str, str]:
    """Return the cells of a case by column; `read_cells` returns an equal case for them."""
    return {key: _cell(column, _value_at(case, key)) for key, column in CASE_FIELDS.items()}


def _value(column: CaseField, text: str) -> object:
    """Return a cell as a value of a case; a text in another form is left for the case to refuse."""
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
    """Return the values as nested objects like those of a case, and its cycle numbers in order."""
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
    """Return a problem of a case with the column of its cell in place of its path."""
    at = problem.at
    if at.startswith(f"{_CYCLES}."):
        place, _, name = at.removeprefix(f"{_CYCLES}.").partition(".")
        at = f"{_CYCLES}.{numbers[int(place)]}.{name}"
    elif at not in CASE_FIELDS:
        at = at.rpartition(".")[0]
    return Problem(at, _message(problem.message, CASE_FIELDS.get(at), cells.get(at, "").strip()))


def _message(message: str, column: CaseField | None, text: str) -> str:
    pattern = _FORMS.get(column.kind) if column else None
    is_of_another_form = pattern is not None and not pattern.fullmatch(text)
    return f"{message} {_KEEP_DATES}" if text and is_of_another_form else message


def _value_at(case: Case, key: str) -> object:
    """Return the value of a case at a key that has the number of a cycle; None if missing."""
    found: Any = case
    for part in key.split("."):
        found = _cycle(found, int(part)) if part.isdigit() else getattr(found, part, None)
    return found


def _cycle(cycles: Iterable[GivenCycle], number: int) -> GivenCycle | None:
    return next((cycle for cycle in cycles if cycle.number == number), None)


def _cell(column: CaseField, value: object) -> str:
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


def part_of(payload: dict[str, Any], part: str) -> dict[str, Any]:
    """Return the object at a key of a case (the case itself for ""), adding it if it is missing."""
    cycle = _CYCLE.fullmatch(part)
    if cycle is None:
        found: dict[str, Any] = payload.setdefault(part, {}) if part else payload
        return found
    cycles: list[dict[str, Any]] = part_of(payload, "course").setdefault("cycles", [])
    number = int(cycle[1])
    if number not in (one["number"] for one in cycles):
        cycles.append({"number": number})
    return next(one for one in cycles if one["number"] == number)


def entry_key(at: str, payload: dict[str, Any]) -> str:
    """Return the key of the entry with a problem: the place of a cycle becomes its number."""
    place = _CYCLE.match(at)
    if place is None:
        return at
    number = payload["course"]["cycles"][int(place[1])]["number"]
    return f"{_CYCLES}.{number}{at[place.end() :]}"


def entries_in(part: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Entry]]:
    """Yield the known values in a part of a case as entries of a draft, by their key."""
    for name, value in part.items():
        key = f"{above}{name}"
        if key == "confirmed":
            yield from ((f"confirmed.{one}", True) for one in value)
        elif key == _CYCLES:
            for cycle in value:
                yield from entries_in(cycle, f"{key}.{cycle.pop('number')}.")
        elif isinstance(value, dict):
            yield from entries_in(value, f"{key}.")
        else:
            yield key, _entry(value)


def _entry(value: object) -> Entry:
    if isinstance(value, bool | tuple):
        return value
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else str(value)


def typed(key: str, entry: Entry) -> object:
    """Return an entry as a value of a case.

    Digits become a whole number if the field is one; those of a dose may be grouped in threes by
    commas, as Aldesk writes them. A blank between a date and its time becomes "T". Any other text
    is left as typed.
    """
    if isinstance(entry, tuple):
        return list(entry)
    kind = _KINDS.get(_CYCLE.sub(_CYCLES, key))
    if kind == "time" and isinstance(entry, str) and _SPACED_TIME.fullmatch(entry):
        return entry.replace(" ", "T")
    if key == "requested.dose_iu" and isinstance(entry, str) and in_groups(entry):
        return int(entry.replace(",", ""))
    if kind == "whole" and isinstance(entry, str) and _DIGITS.fullmatch(entry):
        return int(entry)
    return entry
