"""The finished rows of a worklist: counts, search, filter and order, for a window but without Qt.

Sorting and searching use plain lists, so that 100,000 rows respond at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from app.model.determination import RequestStatus
from app.worklist.result import Result
from app.worklist.results import ROW_KINDS, AnsweredRow, RowKind

_REQUESTS: tuple[RequestStatus | None, ...] = (
    "within_limits",
    "exceeds_limits",
    "incomplete",
    "no_regimen",
    "not_requested",
    None,
)

_ORDERS: dict[str, Callable[[AnsweredRow], Any]] = {  # each has sort keys of a single type
    "row": lambda entry: entry.row.number,
    "reference": lambda entry: entry.result.reference.casefold(),
    "status": lambda entry: ROW_KINDS.index(entry.kind),
    "max_dose": lambda entry: _dose(entry.result),
    "request": lambda entry: _REQUESTS.index(entry.result.request_status),
    "why": lambda entry: entry.result.problems or entry.result.summary,
}
ORDERS = tuple(_ORDERS)


class WorklistRows:
    """All rows in the order of the file, and the visible ones in the chosen order."""

    def __init__(self) -> None:
        self.entries: list[AnsweredRow] = []
        self.in_sight: list[AnsweredRow] = []
        self.counts: Counter[RowKind] = Counter()
        self._kind: RowKind | None = None
        self._words = ""
        self._order, self._is_descending = "row", False

    def add(self, entries: Iterable[AnsweredRow]) -> list[AnsweredRow]:
        """Add rows that were just finished, and return those to append to the visible rows."""
        added = list(entries)
        self.entries += added
        self.counts.update(entry.kind for entry in added)
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

    def _is_wanted(self, entry: AnsweredRow) -> bool:
        return self._kind in (None, entry.kind) and (not self._words or entry.has(self._words))


def _dose(result: Result) -> int:
    """Return the dose as a sort key; an unknown one comes first (-1)."""
    return -1 if result.max_dose_iu is None else result.max_dose_iu
