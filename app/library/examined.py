"""A policy file under examination: its values by their place, and a doubt about one of them."""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, Literal

from app.library.strict_yaml import Path
from app.model.catalog import Catalog, Question
from app.model.criterion import Group
from app.model.data import key_of
from app.model.dosing import Dosing
from app.model.label import Label
from app.model.policy import Policy

# "high" where a limit or a criterion may be wrong, "low" where a name or a sentence may be.
Severity = Literal["high", "low"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A question about a valid policy file, which somebody must answer before it is taken.

    `id` stays the same as long as the value is at its place; `line` counts from 1.
    """

    id: str
    sentence: str
    severity: Severity
    path: Path
    line: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """A value of a policy: the path of its keys in the file, and the same with ids for numbers."""

    path: Path
    ids: tuple[str, ...]
    value: Any

    def at(self, number: int) -> "Place":
        """Return the place of an entry of this list."""
        return Place((*self.path, number), (*self.ids, str(number)), None)

    def below(self, *keys: str) -> "Place":
        """Return the place of a part of this value."""
        return Place((*self.path, *keys), (*self.ids, *keys), None)

    def doubt(self, kind: str, sentence: str, severity: Severity = "high") -> Doubt:
        """Return a doubt of a kind about this value; a place has one of each kind."""
        return Doubt(f"{kind}:{'.'.join(self.ids)}", sentence, severity, self.path)


@dataclass(frozen=True, slots=True)
class Examined:
    """A policy with the other versions that it is compared with, catalog and label's figures."""

    policy: Policy
    others: tuple[Policy, ...]
    catalog: Catalog
    label: Label

    def question(self, name: str) -> Question:
        """Return a question of the catalog or of the policy. Raises KeyError."""
        found = {**self.policy.questions, **self.catalog.questions}[name]
        own = {key: one.label for key, one in self.policy.routes.items()} if name == "route" else {}
        return replace(found, choices={**found.choices, **own})

    def places(self) -> Iterator[Place]:
        """Yield every value, and every object that holds values, in the order of the file."""
        return _below(Place((), (), self.policy))


def _below(place: Place) -> Iterator[Place]:
    value = place.value
    if is_dataclass(value):
        for name in (one.name for one in fields(value)):
            key, part = key_of(name), getattr(value, name)
            if part is not None:
                yield from _at(_part(place, key, part))
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _at(_part(place, key, part))
    elif isinstance(value, tuple):
        for number, part in enumerate(value):
            if isinstance(part, Dosing) and part.id is None:  # the only one of its route
                yield from _at(Place(place.path, place.ids, part))
                continue
            ids = (*place.ids, str(getattr(part, "id", number)))
            yield from _at(Place((*place.path, number), ids, part))


def _at(place: Place) -> Iterator[Place]:
    yield place
    yield from _below(place)


def _part(place: Place, key: str, part: Any) -> Place:
    """Return the place of a part; criteria are named below the outermost one by their ids alone."""
    path = (*place.path, key)
    if isinstance(place.value, Group) and isinstance(part, tuple):
        return Place(path, place.ids[:-1], part)
    own = (part.id,) if hasattr(part, "id") else ()
    return Place(path, (*place.ids, key, *own), part)
