"""The rows of a worklist that are done: counted, found, chosen and put into an order.

What a window shows of them, without Qt. Sorting and finding go over plain lists, so that a hundred
thousand rows answer at once.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from app.model.determination import RequestStatus
from app.worklist.results import ROW_KINDS, AnsweredRow, Result, RowKind

_REQUESTS: tuple[RequestStatus | None, ...] = (
    "within_limits",
    "exceeds_limits",
    "incomplete",
    "no_regimen",
    "not_requested",
    None,
)

_ORDERS: dict[str, Callable[[AnsweredRow], Any]] = {  # of each, keys of one type only
    "row": lambda entry: entry.row.number,
    "reference": lambda entry: entry.result.reference.casefold(),
    "status": lambda entry: ROW_KINDS.index(entry.kind),
    "max_dose": lambda entry: _dose(entry.result),
    "request": lambda entry: _REQUESTS.index(entry.result.request_status),
    "why": lambda entry: entry.result.problems or entry.result.summary,
}
ORDERS = tuple(_ORDERS)


class WorklistRows:
    """All rows in the order of the file, and those in sight in the order that was chosen."""

    def __init__(self) -> None:
        self.entries: list[AnsweredRow] = []
        self.in_sight: list[AnsweredRow] = []
        self.counts: Counter[RowKind] = Counter()
        self._kind: RowKind | None = None
        self._words = ""
        self._order, self._is_descending = "row", False

    def add(self, entries: Iterable[AnsweredRow]) -> list[AnsweredRow]:
        """Take rows that were just done, and return those to be shown at the end."""
        added = list(entries)
        self.entries += added
        self.counts.update(entry.kind for entry in added)
        return [entry for entry in added if self._is_wanted(entry)]

    def show(self, kind: RowKind | None, words: str) -> None:
        """Have in sight what is of this kind, or of any, and has these words."""
        self._kind, self._words = kind, words.strip().casefold()
        self.arrange()

    def sort(self, order: str, *, descending: bool) -> None:
        """Put what is in sight into one of the orders; what is alike stays as in the file."""
        self._order, self._is_descending = order, descending
        self.arrange()

    def arrange(self) -> None:
        """Put all that is wanted in sight, in its order."""
        is_all = self._kind is None and not self._words
        wanted = self.entries if is_all else filter(self._is_wanted, self.entries)
        self.in_sight = list(wanted)
        if (self._order, self._is_descending) != ("row", False):
            self.in_sight.sort(key=_ORDERS[self._order], reverse=self._is_descending)

    def _is_wanted(self, entry: AnsweredRow) -> bool:
        return self._kind in (None, entry.kind) and (not self._words or entry.has(self._words))


def _dose(result: Result) -> int:
    """Return the dose by which a row is ordered; one that is unknown or held back comes first."""
    return -1 if result.unconfirmed or result.max_dose_iu is None else result.max_dose_iu
