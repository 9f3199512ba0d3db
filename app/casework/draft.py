"""A draft: what has been entered so far, as typed, with its problems and its Case if it has one.

An empty or half-filled window is an ordinary value here, and a result can never belong to other
inputs than those shown: only keys that are shown become part of the case. Knows nothing of Qt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from app.casework.entries import Entry, entries_in, entry_key, part_of, typed
from app.model.case import Case, stated
from app.model.case_json import InvalidCase, read_case

REQUIRED = ("policy", "date_of_service", "indication", "route")
MEASUREMENTS = ("weight_kg", "height_cm", "bsa_m2")


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
        return cls(MappingProxyType(dict(entries_in(stated(case)))))

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
            problems = {entry_key(one.at, payload): one.message for one in error.problems}
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
                part_of(payload, part)[name] = typed(key, entry)
        return {**payload, "confirmed": confirmed}
