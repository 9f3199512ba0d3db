"""The places of a policy file: every mapping that has a citation, or a place further down.

A place has a name that lasts: criteria and notes go by their ids, which are unique among
themselves, so that a criterion keeps its name in another group.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

_IDENTIFIER = re.compile(r"[a-z0-9_]+")
_FIGURE = re.compile(r"\w*[0-9](?:[\w.,-]*\w)?")


@dataclass(frozen=True)
class Place:
    """What stands at a place; for a place further down, its name stands there."""

    inside: str
    citation: str
    content: dict[str, Any]

    def figures(self) -> set[str]:
        """Return every number, also in texts, with commas as people write it."""
        return {found for text in _texts(self.content) for found in figures(text)}


def figures(text: str) -> set[str]:
    """Return the words that have a digit.

    >>> sorted(figures("600,000 units (0.037 mg/kg), 2.2025: V600E."))
    ['0.037', '2.2025', '600,000', 'V600E']
    """
    return set(_FIGURE.findall(text))


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for below in value.values() if isinstance(value, dict) else value:
            yield from _texts(below)
    elif isinstance(value, int) and not isinstance(value, bool):
        yield f"{value:,}"
    elif isinstance(value, date):
        yield value.isoformat()
    elif isinstance(value, str) and not _IDENTIFIER.fullmatch(value):
        yield value


def places(policy: dict[str, Any]) -> dict[str, Place]:
    """Return the places of a parsed policy file by name."""
    found: dict[str, Place] = {}
    for key, value in policy.items():
        _visit(value, key, "", found)
    return found


def _visit(value: Any, name: str, inside: str, found: dict[str, Place]) -> Any:
    """Put the places in a value into `found`; return the value with their names instead of them."""
    if isinstance(value, list):
        return [_visit(one, name, inside, found) for one in value]
    if not isinstance(value, dict):
        return value
    own = f"{name}.{value['id']}" if "id" in value else name
    known = len(found)
    content = {
        key: _visit(below, name if key in ("all", "any") else f"{own}.{key}", own, found)
        for key, below in value.items()
        if key != "citation"
    }
    if "citation" not in value and len(found) == known:
        return content
    citation = " ".join(value.get("citation", {}).values())
    found[own] = Place(inside, citation, content)
    return own


def touched(before: dict[str, Place], after: dict[str, Place]) -> Iterator[str]:
    """Yield the places that a change is about, not those that went with what is around them."""
    for name, place in before.items():
        if after.get(name) != place and (not place.inside or place.inside in after):
            yield name


def value_at(data: Any, path: str) -> Any:
    """Return what stands at a path of parsed data. Raises KeyError."""
    for part in path.split("."):
        data = data[part]
    return data
