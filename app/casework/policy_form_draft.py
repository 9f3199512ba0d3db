"""A policy that is being written: its plain values, and every way to change them by a path.

A draft is never changed: each edit returns a new one. Nothing is refused here, so that a person can
be half done; `app.casework.policy_form_check` says what is wrong. Must not use Qt.
"""

import re
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from app.casework.policy_form import (
    COMPARISON,
    GROUP,
    GROUP_KINDS,
    POLICY,
    Shape,
    inner_shape,
    shape_at,
)
from app.casework.policy_form_file import values_in, yaml_of

Path = tuple[str | int, ...]
COUNTED = "of"  # the kind of a group with a number of those that are needed
AT_LEAST = "at_least"
_LONGEST_ID = 40


@dataclass(frozen=True)
class PolicyDraft:
    """The values of a policy file, by the keys of the file."""

    values: dict[str, Any] = field(
        default_factory=lambda: {
            one.key: {} if one.shape.kind == "named" else []
            for one in POLICY.fields
            if one.is_required and one.shape.kind in ("named", "list")
        }
    )

    @classmethod
    def of_file(cls, text: bytes) -> "PolicyDraft":
        """Return the draft of a policy file. Raises YamlProblem if it cannot be read."""
        return cls(values_in(text))

    def written(self) -> bytes:
        """Return the file that says what the draft says."""
        return yaml_of(self.values)

    def at(self, path: Path) -> Any:
        """Return the value at a path, or None if there is none."""
        found: Any = self.values
        for key in path:
            found = found[key] if _has(found, key) else None
        return found

    def keys(self, path: Path) -> list[str | int]:
        """Return the keys or places that there are in what is at a path; none in a single value."""
        return list(_inner(self.at(path)))

    def shape(self, path: Path) -> Shape | None:
        """Return the shape of what is, or may be, at a path; None for a key that is not known."""
        shape: Shape | None = POLICY
        for place, key in enumerate(path):
            if shape is None:
                return None
            shape = inner_shape(self.at(path[:place]), shape, key)
        return shape and shape_at(self.at(path), shape)

    def with_value(self, path: Path, value: Any) -> "PolicyDraft":
        """Return the draft with a value at a path; None removes it.

        A part of which nothing is left goes with it, unless it has a place of its own in a list or
        under a name.
        """
        made = deepcopy(self.values)
        if value is None:
            _remove(made, path)
            draft = PolicyDraft(made)
            above = path[:-1]
            goes_too = above and draft.at(above) == {} and draft._is_only_a_part(above)
            return draft.with_value(above, None) if goes_too else draft
        _put(made, path, value)
        return PolicyDraft(made)

    def _is_only_a_part(self, path: Path) -> bool:
        shape = self.shape(path[:-1])
        return isinstance(path[-1], str) and shape is not None and shape.kind == "part"

    def with_item(self, path: Path, value: Any) -> tuple["PolicyDraft", Path]:
        """Return the draft with one more entry at the end of a list, and the path of the entry."""
        place = (*path, len(self.keys(path)))
        return self.with_value(place, value), place

    def moved(self, path: Path, by: int) -> tuple["PolicyDraft", Path]:
        """Return the draft with an entry of a list moved up or down, and where the entry is now."""
        *above, place = path
        listed = self.at(tuple(above))
        if not isinstance(listed, list) or not isinstance(place, int):
            return self, path
        to = min(max(place + by, 0), len(listed) - 1)
        entries = deepcopy(listed)
        entries.insert(to, entries.pop(place))
        return self.with_value(tuple(above), entries), (*above, to)

    def moved_into(self, path: Path, above: Path, place: int) -> tuple["PolicyDraft", Path]:
        """Return the draft with an entry moved into a group, or within its list, before a place.

        Nothing moves into itself, and what is no entry of a list stays; so does what is no
        criterion, but within its own list.
        """
        kind, moved = self.group_kind(above), self.at(path)
        target = above if kind is None else (*above, kind)
        is_allowed = path[:-1] == target or (kind is not None and self._is_criterion(path))
        if not isinstance(path[-1], int) or not is_allowed or above[: len(path)] == path:
            return self, path
        made, gap = deepcopy(self.values), object()
        draft, new = PolicyDraft(made), deepcopy(moved)
        listed = draft.at(path[:-1])
        listed[path[-1]] = gap  # so that every other place stays until the new one is taken
        draft.at(target).insert(place, new)
        listed[:] = [one for one in listed if one is not gap]
        return draft, next(at for at, one in _all_in(made) if one is new)

    def _is_criterion(self, path: Path) -> bool:
        return self.shape(path) in (COMPARISON, GROUP)

    def without(self, path: Path) -> "PolicyDraft":
        """Return the draft without what is at a path; a spare list goes with its last entry."""
        made = deepcopy(self.values)
        _remove(made, path)
        draft, above = PolicyDraft(made), path[:-1]
        return draft.without(above) if above and draft._is_spare(above) else draft

    def _is_spare(self, path: Path) -> bool:
        """Return whether there is an empty list, or nothing under names, where no key is needed."""
        shape = self.shape(path[:-1])
        fields = shape.fields if shape else ()
        field = next((one for one in fields if one.key == path[-1]), None)
        if field is None or field.is_required or self.at(path) not in ([], {}):
            return False
        return path[-1] not in GROUP_KINDS and field.shape.kind in ("list", "named")

    def group_kind(self, path: Path) -> str | None:
        """Return the key below which a group's criteria stand; None for anything else."""
        value = self.at(path)
        if self.shape(path) != GROUP or not isinstance(value, dict):
            return None
        return next(kind for kind in GROUP_KINDS if kind in value)

    def regrouped(self, path: Path, kind: str) -> "PolicyDraft":
        """Return the draft with a group of another kind; its criteria stay."""
        before = self.group_kind(path)
        value = dict(self.at(path))
        value[kind] = value.pop(str(before))
        if kind == COUNTED:
            value.setdefault(AT_LEAST, 1)
        else:
            value.pop(AT_LEAST, None)
        return self.with_value(path, value)

    def wrapped(self, path: Path, kind: str) -> "PolicyDraft":
        """Return the draft with a criterion put into a new group at its place."""
        group: dict[str, Any] = {kind: [self.at(path)]}
        if kind == COUNTED:
            group[AT_LEAST] = 1
        return self.with_value(path, group)

    def paths(self) -> Iterator[Path]:
        """Yield the path of every value, of the whole draft first."""
        yield from (path for path, _ in _all_in(self.values))

    def ids(self) -> set[str]:
        """Return every id in the draft, and every name."""
        below = [(path[-1], one) for path, one in _all_in(self.values) if path]
        return {str(one if key == "id" else key) for key, one in below}


def _all_in(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Yield a value and everything in it, with the paths."""
    yield path, value
    for key, one in _inner(value).items():
        yield from _all_in(one, (*path, key))


def _inner(value: Any) -> dict[Any, Any]:
    if isinstance(value, list):
        return dict(enumerate(value))
    return value if isinstance(value, dict) else {}


def id_from(text: str, taken: set[str]) -> str:
    """Return an id made from a text, that is not taken.

    >>> id_from("Aged at least 18 years", {"aged_at_least_18_years"})
    'aged_at_least_18_years_2'
    """
    words = re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")[:_LONGEST_ID].strip("_")
    bare = words if words[:1].isalpha() else f"entry_{words}".strip("_")
    number = 1
    while (made := bare if number == 1 else f"{bare}_{number}") in taken:
        number += 1
    return made


def _put(values: dict[str, Any], path: Path, value: Any) -> None:
    """Set a value, making the parts and lists on the way to it."""
    here: Any = values
    for key, following in pairwise(path):
        empty: Any = [] if isinstance(following, int) else {}
        if isinstance(here, list) and key == len(here):
            here.append(empty)
        elif isinstance(here, dict) and not isinstance(here.get(key), dict | list):
            here[key] = empty
        here = here[key]
    if isinstance(here, list) and path[-1] == len(here):
        here.append(value)
    else:
        here[path[-1]] = value


def _remove(values: dict[str, Any], path: Path) -> None:
    """Remove what is at a path, if it is there."""
    *above, last = path
    here: Any = values
    for key in above:
        here = here[key] if _has(here, key) else None
    if _has(here, last):
        del here[last]


def _has(here: Any, key: str | int) -> bool:
    if isinstance(here, list):
        return isinstance(key, int) and key < len(here)
    return isinstance(here, dict) and key in here
