"""Where two policy files differ, found in their parsed YAML and without a word of the program.

A place is named as a change names it: by keys, and by the ids of criteria and notes. Criteria stand
by their id however deep they are; the group around them, its kind and its order are values, too.
"""

from collections.abc import Iterator
from typing import Any

Place = tuple[str, ...]


def differing(before: dict[str, Any], after: dict[str, Any]) -> set[Place]:
    """Return the places whose values differ; what is null is not there."""
    old, new = dict(leaves(before)), dict(leaves(after))
    return {place for place in old.keys() | new.keys() if _differs(place, old, new)}


def leaves(value: Any, place: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Yield every single value of a file by its place."""
    if isinstance(value, dict):
        for key, below in value.items():
            if key == "criteria":
                yield from _criterion(below, (*place, key), "")
            else:
                yield from leaves(below, (*place, key))
    elif place == ("notes",):
        yield ("notes", "order"), [note["id"] for note in value]
        for note in value:
            yield from leaves(note, ("notes", note["id"]))
    elif value is not None:
        yield place, value


def _criterion(data: dict[str, Any], above: Place, within: str) -> Iterator[tuple[Place, Any]]:
    here = (*above, data["id"])
    yield (*here, "within"), within
    for key, value in data.items():
        if key in ("all", "any", "none", "of") and value is not None:
            yield (*here, "all_or_any"), key
            yield (*here, "order"), [child["id"] for child in value]
            for child in value:
                yield from _criterion(child, above, data["id"])
        else:
            yield from leaves(value, (*here, key))


def _differs(place: Place, old: dict[Place, Any], new: dict[Place, Any]) -> bool:
    before, after = old.get(place), new.get(place)
    if place[-1] == "order":  # of what stands in both
        both = set(before or ()) & set(after or ())
        before, after = ([one for one in side or () if one in both] for side in (before, after))
    return bool(before != after)


def disagreements(found: set[Place], told: set[Place]) -> set[Place]:
    """Return differences that nobody tells, and what is told without a difference.

    What is told of a whole entry stands for every value in it.
    """
    untold = {one for one in found if not any(one[: len(place)] == place for place in told)}
    made_up = {place for place in told if not any(one[: len(place)] == place for one in found)}
    return untold | made_up
