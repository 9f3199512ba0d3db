"""A draft: what has been entered so far, as typed, with its problems and its Case if it has one.

An empty or half-filled window is an ordinary value here, and a result can never belong to other
inputs than those shown: only keys that are shown become part of the case. Knows nothing of Qt.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from types import MappingProxyType
from typing import Any, get_args

from pydantic import BaseModel

from app.model.case import Case
from app.model.case_reader import InvalidCase, read_case
from app.model.quantities import LocalTime, Quantity, Whole, in_groups

Entry = str | bool | tuple[str, ...] | None

REQUIRED = ("policy", "date_of_service", "indication", "route")
MEASUREMENTS = ("weight_kg", "height_cm", "bsa_m2")


def _keys_of(kind: type[Quantity], annotation: object, key: str = "") -> Iterator[str]:
    """Yield the keys below a type whose values are of this kind; a list gives no key of its own."""
    if isinstance(annotation, kind):
        yield key
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        for name, info in annotation.model_fields.items():
            for part in (info.annotation, *info.metadata):
                yield from _keys_of(kind, part, f"{key}.{name}" if key else name)
    else:
        for part in get_args(annotation):
            yield from _keys_of(kind, part, key)


_WHOLE_NUMBERS = frozenset(_keys_of(Whole, Case))
_TIMES = frozenset(_keys_of(LocalTime, Case))
_CYCLES = "course.cycles"
_CYCLE = re.compile(r"course\.cycles\.([0-9]+)")
_SPACED_TIME = re.compile(r"[0-9-]{10} [0-9:]{5}")
_DIGITS = re.compile(r"[0-9]{1,999}")


@dataclass(frozen=True)
class Draft:
    """Entries by the key of a case; `confirmed.weight_kg` and its like are yes or no.

    A text is kept exactly as it was typed. None, "" and a missing key all mean "not known".
    What was given in a cycle stands under its number: `course.cycles.1.doses_given`.
    """

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    hidden: frozenset[str] = frozenset()

    @classmethod
    def of(cls, case: Case) -> "Draft":
        """Return the draft whose case is this one; an empty text in a case is not known here."""
        return cls(MappingProxyType(dict(_entries(case.model_dump(exclude_defaults=True)))))

    def with_entry(self, key: str, entry: Entry) -> "Draft":
        """Return the draft with one entry changed; a changed measurement is no longer confirmed."""
        entries = {**self.entries, key: entry}
        if key in MEASUREMENTS and entry != self.entries.get(key):
            entries.pop(f"confirmed.{key}", None)
        return replace(self, entries=MappingProxyType(entries))

    def with_entries(self, entries: Mapping[str, Entry]) -> "Draft":
        """Return the draft with these entries over its own."""
        return replace(self, entries=MappingProxyType({**self.entries, **entries}))

    def hiding(self, keys: frozenset[str]) -> "Draft":
        """Return the draft with these keys out of sight: kept, but no part of the case."""
        return replace(self, hidden=keys)

    @property
    def filled(self) -> dict[str, Entry]:
        """The entries that say something."""
        return {key: one for key, one in self.entries.items() if one not in (None, "")}

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The required keys without an entry."""
        return tuple(key for key in REQUIRED if not self.entries.get(key))

    @cached_property
    def case(self) -> Case | None:
        """The case, where every shown entry is valid and every required one is there."""
        return None if isinstance(self._read, dict) else self._read

    @cached_property
    def problems(self) -> dict[str, str]:
        """What is wrong, in words, by key; an empty required entry is no problem yet."""
        return self._read if isinstance(self._read, dict) else {}

    @cached_property
    def _read(self) -> Case | dict[str, str]:
        payload = self._payload()
        try:
            return read_case(payload)
        except InvalidCase as error:
            problems = {_entry_key(one.at, payload): one.message for one in error.problems}
            return {key: one for key, one in problems.items() if key not in self.unanswered}

    def _payload(self) -> dict[str, Any]:
        payload: dict[str, Any] = {}
        confirmed: list[str] = []
        for key, entry in self.entries.items():
            if key in self.hidden or entry is None or entry == "":
                continue
            part, _, name = key.rpartition(".")
            if part == "confirmed":
                confirmed += [name] if entry else []
            else:
                _part(payload, part)[name] = _typed(key, entry)
        return {**payload, "confirmed": confirmed}


def _part(payload: dict[str, Any], part: str) -> dict[str, Any]:
    """Return the object of a case that has this key, the case itself for ""; make it if need be."""
    cycle = _CYCLE.fullmatch(part)
    if cycle is None:
        found: dict[str, Any] = payload.setdefault(part, {}) if part else payload
        return found
    cycles: list[dict[str, Any]] = _part(payload, "course").setdefault("cycles", [])
    number = int(cycle[1])
    if number not in (one["number"] for one in cycles):
        cycles.append({"number": number})
    return next(one for one in cycles if one["number"] == number)


def _entry_key(at: str, payload: dict[str, Any]) -> str:
    """Return the key of the entry that a problem is about: a cycle goes by its number."""
    place = _CYCLE.match(at)
    if place is None:
        return at
    number = payload["course"]["cycles"][int(place[1])]["number"]
    return f"{_CYCLES}.{number}{at[place.end() :]}"


def _entries(part: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Entry]]:
    """Yield what is known in a part of a case, as the window would hold it."""
    for name, value in part.items():
        key = f"{above}{name}"
        if key == "confirmed":
            yield from ((f"confirmed.{one}", True) for one in value)
        elif key == _CYCLES:
            for cycle in value:
                yield from _entries(cycle, f"{key}.{cycle.pop('number')}.")
        elif isinstance(value, dict):
            yield from _entries(value, f"{key}.")
        else:
            yield key, _entry(value)


def _entry(value: object) -> Entry:
    if isinstance(value, bool | tuple):
        return value
    return value.isoformat(" ", "minutes") if isinstance(value, datetime) else str(value)


def _typed(key: str, entry: Entry) -> object:
    """Return an entry in the form of a case.

    Digits become a whole number where the case wants one; those of a dose may stand in groups of
    three, as Aldesk itself writes them. A blank may stand between a date and its time. All else
    stays as typed.
    """
    if isinstance(entry, tuple):
        return list(entry)
    kind = _CYCLE.sub(_CYCLES, key)
    if kind in _TIMES and isinstance(entry, str) and _SPACED_TIME.fullmatch(entry):
        return entry.replace(" ", "T")
    if key == "requested.dose_iu" and isinstance(entry, str) and in_groups(entry):
        return int(entry.replace(",", ""))
    if kind in _WHOLE_NUMBERS and isinstance(entry, str) and _DIGITS.fullmatch(entry):
        return int(entry)
    return entry
