"""The finished rows of a worklist: counts, search, filter and order, for a window but without Qt.

Sorting and searching use plain lists, so that 100,000 rows respond at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from app.model.determination import RequestStatus
from app.worklist.held import HeldRow, kind_of, number_of, value
from app.worklist.results import ROW_KINDS, RowKind

_REQUESTS: tuple[RequestStatus | None, ...] = (
    "within_limits",
    "exceeds_limits",
    "incomplete",
    "no_regimen",
    "no_limit_stated",
    "not_requested",
    None,
)

_ORDERS: dict[str, Callable[[HeldRow], Any]] = {  # each has sort keys of a single type
    "row": number_of,
    "reference": lambda row: value(row, "reference").casefold(),
    "status": lambda row: ROW_KINDS.index(kind_of(row)),
    "max_dose": lambda row: _dose(value(row, "max_dose_iu")),
    "request": lambda row: _REQUESTS.index(value(row, "request_status")),
    "why": lambda row: value(row, "problems") or value(row, "summary"),
}
ORDERS = tuple(_ORDERS)
_SEARCHED = ("reference", "summary", "problems")


class WorklistRows:
    """All rows in the order of the file, and the visible ones in the chosen order."""

    def __init__(self) -> None:
        self.entries: list[HeldRow] = []
        self.in_sight: list[HeldRow] = []
        self.counts: Counter[RowKind] = Counter()
        self._kind: RowKind | None = None
        self._words = ""
        self._order, self._is_descending = "row", False

    def add(self, entries: Iterable[HeldRow]) -> list[HeldRow]:
        """Add rows that were just finished, and return those to append to the visible rows."""
        added = list(entries)
        self.entries += added
        self.counts.update(kind_of(entry) for entry in added)
        return [entry for entry in added if self._is_wanted(entry)]

    def show(self, kind: RowKind | None, words: str) -> None:
        """Show only rows of this kind (None: any) that contain these words, ignoring case."""
        self._kind, self._words = kind, words.strip().casefold()
        self.arrange()

    def sort(self, order: str, *, descending: bool) -> None:
        """Sort the visible rows by one of the ORDERS; equal rows keep the order of the file."""
        self._order, self._is_descending = order, descending
        self.arrange()

    def arrange(self) -> None:
        """Filter and sort all rows again, by the current filter and order."""
        is_all = self._kind is None and not self._words
        wanted = self.entries if is_all else filter(self._is_wanted, self.entries)
        self.in_sight = list(wanted)
        if (self._order, self._is_descending) != ("row", False):
            self.in_sight.sort(key=_ORDERS[self._order], reverse=self._is_descending)

    def _is_wanted(self, entry: HeldRow) -> bool:
        return self._kind in (None, kind_of(entry)) and (not self._words or self._has_words(entry))

    def _has_words(self, entry: HeldRow) -> bool:
        return any(self._words in value(entry, name).casefold() for name in _SEARCHED)


def _dose(max_dose_iu: int | None) -> int:
    """Return the dose as a sort key; an unknown one comes first (-1)."""
    return -1 if max_dose_iu is None else max_dose_iu
