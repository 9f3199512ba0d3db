"""Reads what somebody typed, in the window or in a cell of a worklist, as values of a case.

`read_entry` is the one reader of typed text, so that window, CSV file and pasted text accept the
same texts. JSON has a stricter reader, `app.model.case_json`. Values are never guessed: a text in
another form is left as it is, and the case refuses it. Each problem names the cell or entry with
the mistake. Uses no file and no window.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.model.case import Case
from app.model.case_fields import CASE_FIELDS, CaseField, Fields
from app.model.case_json import InvalidCase, Problem, read_case
from app.model.catalog import SEPARATOR
from app.model.data import Refusal
from app.model.dates import LocalDate, LocalTime
from app.model.quantities import INTERNATIONAL_UNITS, in_groups

NONE_OF_THESE = "none"
_NONE_WHERE_THAT_IS_A_CHOICE = "none of these"

_YES_NO = {"yes": True, "true": True, "no": False, "false": False}
_NOT_YES_NO = "Must be yes or no; empty if it is not known."
_KEEP_DATES = (
    "A spreadsheet rewrites dates: format the whole column as text before dates are "
    "entered, and save again."
)
_DIGITS = re.compile(r"[0-9]{1,999}")
_SPACED_TIME = re.compile(r"[0-9-]{10} [0-9:]{5}")
_FORMS = {"date": LocalDate.pattern, "time": LocalTime.pattern}
_BETWEEN_CODES = re.compile(r"\s*[|,;]\s*|\s+")
_CYCLES = "course.cycles"
_CYCLE = re.compile(r"course\.cycles\.([0-9]+)")

Entry = str | bool | tuple[str, ...] | None


def read_entry(field: CaseField, entry: Entry) -> Any:
    """Return an entry as a value of a case, None if it is not known, or a Problem.

    The value has the form of the contract. Blanks and line ends around a text never count, except
    in free text, which is kept as typed. Yes and no may be in any case, a blank may stand between a
    date and its time, and International Units may be grouped in threes by commas, as Aldesk writes
    them. A text in another form is returned as it is, for the case to refuse.

    >>> read_entry(CASE_FIELDS["requested.dose_iu"], " 42,300,000")
    42300000
    >>> read_entry(CASE_FIELDS["course.first_dose_at"], "2026-11-23 08:00")
    '2026-11-23T08:00'
    """
    if isinstance(entry, tuple):
        return list(entry)
    if not isinstance(entry, str):
        return entry
    is_free_text = field.kind == "text" and not field.is_required
    text = entry if is_free_text else entry.strip()
    return _value(field, text) if text else None


def _value(field: CaseField, text: str) -> Any:
    if field.kind == "yes_no":
        return _YES_NO.get(text.lower(), Problem(field.key, _NOT_YES_NO))
    if field.kind == "whole":
        is_grouped = field.unit == INTERNATIONAL_UNITS and in_groups(text)
        digits = text.replace(",", "") if is_grouped else text
        return int(digits) if _DIGITS.fullmatch(digits) else text
    if field.kind == "time" and _SPACED_TIME.fullmatch(text):
        return text.replace(" ", "T")
    if field.kind == "list":
        is_none = text.lower() == none_of_these(field)
        return [] if is_none else _listed(text, are_codes=not field.choices)
    return text


def _listed(text: str, *, are_codes: bool) -> list[str]:
    """Return what a text lists; codes have no blank in them, so one may stand between two."""
    named = _BETWEEN_CODES.split(text) if are_codes else text.split(SEPARATOR)
    return [one.strip() for one in named]


def none_of_these(field: CaseField) -> str:
    """Return the text that answers a question with none of its choices."""
    return _NONE_WHERE_THAT_IS_A_CHOICE if NONE_OF_THESE in field.choices else NONE_OF_THESE


def text_of(entry: Entry) -> str:
    """Return an entry as the text in which it may be typed; "" if it is not known."""
    if isinstance(entry, tuple):
        return f" {SEPARATOR} ".join(entry) or NONE_OF_THESE
    return entry if isinstance(entry, str) else ""


def read_quantity(key: str, entry: Entry, fields: Fields = CASE_FIELDS) -> Any:
    """Return a number, date or time as typed value; None if it is not known or not valid."""
    field = fields[key]
    value = read_entry(field, entry)
    if field.quantity is None or value is None:
        return None
    try:
        return field.quantity.parse(value)
    except Refusal:
        return None


def read_entries(entries: Mapping[str, Entry], fields: Fields = CASE_FIELDS) -> Case:
    """Return the case of the entries by their keys. Raises InvalidCase with all problems.

    `fields` are those that the case may have.
    """
    payload: dict[str, Any] = {}
    problems: list[Problem] = []
    for key, entry in entries.items():
        field = fields.get(key)
        value = read_entry(field, entry) if field else entry
        if isinstance(value, Problem):
            problems.append(value)
        elif value is not None:
            part, name = (field.part, field.name) if field else ("", key)
            _part_of(payload, part)[name] = value
    try:
        case = read_case(payload, fields)
    except InvalidCase as error:
        cycles = payload.get("course", {}).get("cycles", ())
        numbers = [cycle["number"] for cycle in cycles]
        found = (Problem(entry_key(one.at, numbers), one.message) for one in error.problems)
        problems += dict.fromkeys(found)  # equal problems of several items of a list become one
    if problems:
        raise InvalidCase(tuple(problems))
    return case


def _part_of(payload: dict[str, Any], part: str) -> dict[str, Any]:
    """Return the object at a key of a case (the case itself for ""), adding it if it is missing."""
    cycle = _CYCLE.fullmatch(part)
    if cycle is None:
        found: dict[str, Any] = payload.setdefault(part, {}) if part else payload
        return found
    cycles: list[dict[str, Any]] = _part_of(payload, "course").setdefault("cycles", [])
    number = int(cycle[1])
    if number not in (one["number"] for one in cycles):
        cycles.append({"number": number})
    return next(one for one in cycles if one["number"] == number)


def entry_key(at: str, numbers: Sequence[int]) -> str:
    """Return the key of the entry that a key of a case is about.

    A case names a cycle by its place in the list, an entry by its number; `numbers` are those of
    the cycles in the list. A list is one entry.

    >>> entry_key("course.cycles.0.doses_given", [2]), entry_key("facts.lesion_site.1", [])
    ('course.cycles.2.doses_given', 'facts.lesion_site')
    """
    place = _CYCLE.match(at)
    if place is not None:
        return f"{_CYCLES}.{numbers[int(place[1])]}{at[place.end() :]}"
    above, _, last = at.rpartition(".")
    return above if last.isdigit() else at  # an item of a list


def read_cells(cells: Mapping[str, str], fields: Fields = CASE_FIELDS) -> Case:
    """Return the case of a row, given as cells by column. Raises InvalidCase."""
    try:
        return read_entries(cells, fields)
    except InvalidCase as error:
        told = (_with_advice(one, cells, fields) for one in error.problems)
        raise InvalidCase(tuple(told)) from None


def _with_advice(problem: Problem, cells: Mapping[str, str], fields: Fields) -> Problem:
    """Return a problem of a cell, with how to keep dates if a spreadsheet has rewritten one."""
    field, text = fields.get(problem.at), cells.get(problem.at, "").strip()
    form = _FORMS.get(field.kind) if field else None
    if not text or form is None or form.fullmatch(text):
        return problem
    return Problem(problem.at, f"{problem.message} {_KEEP_DATES}")


def cells_of(case: Case, fields: Fields = CASE_FIELDS) -> dict[str, str]:
    """Return the cells of a case by column; `read_cells` returns an equal case for them."""
    return {key: _cell(column, column.value(case)) for key, column in fields.items()}


def _cell(column: CaseField, value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return SEPARATOR.join(value) or (none_of_these(column) if column.is_nullable else "")
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    return value.isoformat() if isinstance(value, date) else str(value)


def entries_in(part: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Entry]]:
    """Yield the known values in a part of a case as entries of a draft, by their key."""
    for name, value in part.items():
        key = f"{above}{name}"
        if key == _CYCLES:
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


def entries_of_json(content: Any, fields: Fields = CASE_FIELDS) -> dict[str, Entry]:
    """Return what a case in the form of JSON has at the keys of fields, as entries of a draft.

    Whatever stands at another key, or has a form that no entry has, is left out.
    """
    found = {key: _entry_of_json(field, _at(content, field)) for key, field in fields.items()}
    return {key: one for key, one in found.items() if one is not None}


def entry_at(at: str, content: Any) -> str:
    """Return the key of the entry with a problem at a place of a case in the form of JSON."""
    cycles = content["course"]["cycles"] if _CYCLE.match(at) else ()
    numbers = [one.get("number", 0) if isinstance(one, dict) else 0 for one in cycles]
    return entry_key(at, numbers)


def _at(content: Any, field: CaseField) -> Any:
    """Return what a case in the form of JSON has at the key of a field; None if nothing."""
    part = content
    cycle = _CYCLE.fullmatch(field.part)
    for key in ("course", "cycles") if cycle else filter(None, [field.part]):
        part = part.get(key) if isinstance(part, dict) else None
    if cycle:
        listed = part if isinstance(part, list) else []
        objects = [one for one in listed if isinstance(one, dict)]
        part = next((one for one in objects if one.get("number") == int(cycle[1])), None)
    return part.get(field.name) if isinstance(part, dict) else None


def _entry_of_json(field: CaseField, value: Any) -> Entry:
    if isinstance(value, list):
        is_of_texts = all(isinstance(one, str) for one in value)
        return tuple(value) if field.kind == "list" and is_of_texts else None
    if isinstance(value, bool):
        return value if field.kind == "yes_no" else None
    return str(value) if isinstance(value, str | int) else None
