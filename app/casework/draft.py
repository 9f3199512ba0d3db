"""A draft: all entries so far, as typed, with their problems and, if they are valid, the Case.

An empty or half-filled form is an ordinary draft. Only entries that are shown become part of the
case, so a result never depends on a hidden input. Must not use Qt.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from app.casework.typed_text import (
    Entry,
    entries_in,
    entries_of_json,
    entry_at,
    read_entries,
    read_entry,
    read_quantity,
)
from app.model.case import Case, Confirmable, stated
from app.model.case_fields import CASE_FIELDS, REQUIRED, Fields, cycle_in
from app.model.case_json import InvalidCase, Problem

_CONFIRMED = "confirmed."
_AREA = ("bsa_m2", "height_cm", "weight_kg", "bsa_formula")
_THERAPY = ("policy", "date_of_service", "indication", "route")
# What each confirmable value is judged by: when any of it changes, a confirmation no longer holds.
_JUDGED_BY: dict[Confirmable, tuple[str, ...]] = {
    "weight_kg": ("weight_kg", "height_cm", "age_years", "previous_weight_kg"),
    "height_cm": ("height_cm", "weight_kg", "age_years"),
    "bsa_m2": _AREA,
    "requested.dose_iu": ("requested.dose_iu", *_AREA, *_THERAPY),  # its limit follows from these
}


@dataclass(frozen=True)
class Draft:
    """Entries by case key; those like `confirmed.weight_kg` hold the value that was confirmed.

    A text is kept exactly as it was typed. None, "" and a missing key all mean "not known".
    The keys of a cycle contain its number: `course.cycles.1.doses_given`. `fields` are those that
    the case may have.
    """

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    hidden: frozenset[str] = frozenset()
    fields: Fields = field(default_factory=lambda: CASE_FIELDS, compare=False)

    @classmethod
    def of(cls, case: Case) -> "Draft":
        """Return the draft of a case; an empty text in the case becomes "not known"."""
        return cls(MappingProxyType(dict(entries_in(stated(case)))))

    @classmethod
    def of_refused(
        cls, content: Any, problems: tuple[Problem, ...], fields: Fields = CASE_FIELDS
    ) -> "Draft | None":
        """Return the draft of a refused case in the form of JSON; its problems mark the entries.

        None if one of its problems is of no entry, so that the draft would not show it.
        """
        draft = cls(MappingProxyType(entries_of_json(content, fields)), fields=fields)
        return (
            draft if all(entry_at(one.at, content) in draft.problems for one in problems) else None
        )

    def with_entry(self, key: str, entry: Entry) -> "Draft":
        """Return the draft with one entry changed. A ticked confirmation takes the value there."""
        if key.startswith(_CONFIRMED):
            value = self.entries.get(key.removeprefix(_CONFIRMED))
            return self.with_entries({key: value if entry else None})
        return self.with_entries({key: entry})

    def with_entries(self, entries: Mapping[str, Entry]) -> "Draft":
        """Return the draft with these entries added; they replace entries of the same keys.

        A confirmation is dropped when a value that it hangs on changes.
        """
        changed = {key for key, entry in entries.items() if entry != self.entries.get(key)}
        dropped = {
            f"{_CONFIRMED}{key}": None
            for key, others in _JUDGED_BY.items()
            if not changed.isdisjoint(others)
        }
        return replace(self, entries=MappingProxyType({**self.entries, **dropped, **entries}))

    def is_confirmed(self, key: str) -> bool:
        """Return whether the value that the draft has at a key is the one that was confirmed.

        Values are compared, not texts: 154 confirms 154.0, for the window as for the engine.
        """
        value = read_quantity(key, self.entries.get(key))
        confirmed = f"{_CONFIRMED}{key}"
        return value is not None and value == read_quantity(confirmed, self.entries.get(confirmed))

    @property
    def cycles(self) -> int:
        """The highest number of a cycle that has an entry; 0 if none has."""
        return max((cycle_in(key) for key, one in self.entries.items() if one), default=0)

    def under(self, fields: Fields) -> "Draft":
        """Return the draft of a case that may have these fields."""
        return replace(self, fields=fields)

    def hiding(self, keys: frozenset[str]) -> "Draft":
        """Return the draft with these keys hidden: their entries are kept, but not in the case."""
        return replace(self, hidden=keys)

    @property
    def filled(self) -> dict[str, Entry]:
        """The entries that are neither None nor blank."""
        return {key: one for key, one in self.entries.items() if self.value(key) is not None}

    def value(self, key: str) -> Any:
        """Return an entry as a value of a case (see `read_entry`); None if it is not known."""
        entry = self.entries.get(key)
        return read_entry(self.fields[key], entry) if key in self.fields else entry

    @property
    def unanswered(self) -> tuple[str, ...]:
        """The required keys without an entry."""
        return tuple(key for key in REQUIRED if self.value(key) is None)

    @cached_property
    def case(self) -> Case | None:
        """The case, or None while a shown entry is not valid or a required one is missing."""
        return None if isinstance(self._read, dict) else self._read

    @cached_property
    def problems(self) -> dict[str, str]:
        """A sentence by key for each entry that is wrong; an empty required entry is not yet."""
        return self._read if isinstance(self._read, dict) else {}

    @cached_property
    def _read(self) -> Case | dict[str, str]:
        try:
            return read_entries(self._shown(), self.fields)
        except InvalidCase as error:
            problems = {one.at: one.message for one in error.problems}
            return {key: one for key, one in problems.items() if key not in self.unanswered}

    def _shown(self) -> dict[str, Entry]:
        """Return the entries that are not hidden, and not of a policy that is no longer there."""
        return {
            key: one
            for key, one in self.entries.items()
            if key not in self.hidden and key in self.fields
        }
