"""Cases read as from a file, and the problems of those that are refused."""

import json
from typing import Any

import pytest

from app.model.case import Case
from app.model.case_json import InvalidCase, parse_json, read_case
from tests.model.keys import case_with, parts_of


def read(data: Any) -> Case:
    """Read a case."""
    return read_case(parse_json(json.dumps(data)))


def with_raw(key: str, written: str) -> str:
    """Return the JSON of a case in which one value stands exactly as written."""
    return json.dumps(case_with(key, "RAW")).replace('"RAW"', written)


def read_raw(key: str, written: str) -> Case:
    """Read a case in which one value stands exactly as written."""
    return read_case(parse_json(with_raw(key, written)))


def problems(text: str) -> dict[str, str]:
    """Return the problems of a JSON text by key."""
    with pytest.raises(InvalidCase) as refused:
        read_case(parse_json(text))
    return {one.at: one.message for one in refused.value.problems}


def refused_at(data: Any) -> list[str]:
    """Return the keys of the problems of a case."""
    return list(problems(json.dumps(data)))


def at(found: Case, key: str) -> Any:
    """Return the value at a dotted key of a case."""
    value: Any = found
    for part in parts_of(key):
        value = value[part] if isinstance(part, int) else getattr(value, part.replace(".", "__"))
    return value
