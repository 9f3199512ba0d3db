"""The entries of a draft that a case has, also one that is refused, in the form of JSON."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from app.casework.typed_text import CYCLE, Entry, entry_key
from app.model.case_fields import CASE_FIELDS, CYCLES_KEY, CaseField, Fields

TOO_MANY = 100  # no cycle has this number


def entries_in(part: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Entry]]:
    """Yield the known values in a part of a case as entries of a draft, by their key."""
    for name, value in part.items():
        key = f"{above}{name}"
        if key == CYCLES_KEY:
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
    cycles = content["course"]["cycles"] if CYCLE.match(at) else ()
    numbers = [one.get("number", 0) if isinstance(one, dict) else 0 for one in cycles]
    return entry_key(at, numbers)


def _at(content: Any, field: CaseField) -> Any:
    """Return what a case in the form of JSON has at the key of a field; None if nothing."""
    part = content
    cycle = CYCLE.fullmatch(field.part)
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


def cycles_in(content: Any) -> int:
    """Return the highest number of a cycle in a case in the form of JSON; 0 without one."""
    course = content.get("course") if isinstance(content, dict) else None
    listed = course.get("cycles") if isinstance(course, dict) else None
    objects = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    numbers = [one.get("number") for one in objects]
    return max((one for one in numbers if isinstance(one, int) and one < TOO_MANY), default=0)
