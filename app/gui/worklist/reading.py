"""Reads the rows of a worklist ahead of the window, in bounded memory whatever the file holds."""

from collections.abc import Iterator
from pathlib import Path

from app.bounded_file import open_file
from app.library import Library
from app.model.case_fields import Fields
from app.worklist.held import HeldRow, held
from app.worklist.results import answered
from app.worklist.sheets import Sheet, SheetRow, open_sheet

# So much the window holds of one worklist; `aldesk batch` has no such bound.
MOST_ROWS = 500_000
MOST_HELD_BYTES = 300_000_000

_MOST_SHARED = 50_000
Found = tuple[Sheet, SheetRow | None, float]


def rows_in(path: Path, fields: Fields) -> Iterator[Found]:
    """Yield the worklist without a row, then with each, and how much is read, from 0 to 1.

    Raises OSError for what cannot be read, Refusal for what is no worklist.
    """
    with open_file(path) as source:
        size = max(path.stat().st_size, 1)
        sheet = open_sheet(source, path.name, fields)
        yield sheet, None, 0.0
        for row in sheet.rows():
            yield sheet, row, source.tell() / size


class Answers:
    """Determines rows and counts what they hold; values that rows share are held once."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._rows = self._bytes = 0
        self._shared: dict[tuple[str, object], object] = {}

    @property
    def is_full(self) -> bool:
        """Whether the window can hold no further row."""
        return self._rows >= MOST_ROWS or self._bytes >= MOST_HELD_BYTES

    def answer(self, sheet: Sheet, row: SheetRow) -> HeldRow:
        """Return a row with its result."""
        self._rows += 1
        self._bytes += len(row.content)
        if len(self._shared) > _MOST_SHARED:
            self._shared.clear()
        return held(row, answered(sheet, row, self._library), self._one)

    def _one(self, name: str, value: object) -> object:
        key = (name, value)
        if key not in self._shared:
            self._shared[key] = value
            self._bytes += len(value) if isinstance(value, str) else 0
        return self._shared[key]
