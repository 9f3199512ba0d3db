"""The cells of which the tables of a report are made."""

from collections.abc import Iterator, Sequence
from itertools import zip_longest

from app.output.html import Cell
from app.output.phrases import Row

LABEL = "label"
Cells = tuple[Cell, ...]


def three(row: Row) -> Cells:
    """Return the label, the text and the detail of a row."""
    return Cell(row.label, LABEL), Cell(row.text), Cell(row.detail)


def halves(rows: Sequence[Cells], half: int | None = None) -> Iterator[Cells]:
    """Yield rows two and two; the right half begins with row `half`, by default in the middle."""
    half = -(-len(rows) // 2) if half is None else half
    nothing = tuple(Cell("", cell.role) for cell in rows[0]) if rows else ()
    for left, right in zip_longest(rows[:half], rows[half:], fillvalue=nothing):
        yield *left, *right


def signature(words: str) -> Iterator[Cell]:
    """Yield the room for initials and a date."""
    for told in (words, "Date"):
        yield from (Cell(told), Cell("", "line"), Cell(""))
