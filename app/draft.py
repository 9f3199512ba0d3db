"""A draft: what has been entered so far, as typed, with its problems and its Case if it has one.

An empty or half-filled window is an ordinary value here, and a result can never belong to other
inputs than those shown: only keys that are shown become part of the case. Knows nothing of Qt.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import Any

from app.model.case import Case
from app.model.case_reader import InvalidCase, read_case
from app.model.quantities import in_groups

Entry = str | bool | tuple[str, ...] | None

REQUIRED = ("policy", "date_of_service", "indication", "route")
MEASUREMENTS = ("weight_kg", "height_cm", "bsa_m2")
_WHOLE_NUMBERS = frozenset(
    {
        "age_years",
        "requested.dose_iu",
        "requested.doses_per_day",
        "requested.doses_per_week",
        "requested.doses_per_cycle",
        "requested.rest_days",
        "requested.course_rest_days",
        "course.number",
        "course.doses_per_cycle",
        "authorization.units",
    }
)
_SPACED_TIME = re.compile(r"[0-9-]{10} [0-9:]{5}")
_DIGITS = re.compile(r"[0-9]{1,999}")


@dataclass(frozen=True)
class Draft:
    """Entries by the key of a case; `confirmed.weight_kg` and its like are yes or no.

    A text is kept exactly as it was typed. None, "" and a missing key all mean "not known".
    """

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    hidden: frozenset[str] = frozenset()

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
        try:
            return read_case(self._payload())
        except InvalidCase as error:
            unanswered = self.unanswered
            return {one.at: one.message for one in error.problems if one.at not in unanswered}

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
                target = payload.setdefault(part, {}) if part else payload
                target[name] = _typed(key, entry)
        return {**payload, "confirmed": confirmed}


def _typed(key: str, entry: Entry) -> object:
    """Return an entry in the form of a case.

    Digits become a whole number where the case wants one; those of a dose may stand in groups of
    three, as Aldesk itself writes them. A blank may stand between a date and its time. All else
    stays as typed.
    """
    if isinstance(entry, tuple):
        return list(entry)
    if key == "course.first_dose_at" and isinstance(entry, str) and _SPACED_TIME.fullmatch(entry):
        return entry.replace(" ", "T")
    if key == "requested.dose_iu" and isinstance(entry, str) and in_groups(entry):
        return int(entry.replace(",", ""))
    if key in _WHOLE_NUMBERS and isinstance(entry, str) and _DIGITS.fullmatch(entry):
        return int(entry)
    return entry
