"""The rows of a comparison about lengths of approval and about what a document does not say."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial

from app.casework.comparison import Side
from app.model.determination import Determination
from app.output.comparison_rows import ComparedCell, ComparedRow, compared_row, judged_sides
from app.output.phrases import Section
from app.output.stated_sections import gaps_section, lengths_section

_Build = Callable[[Determination], Section | None]
_ROWS: tuple[tuple[str, _Build], ...] = (
    ("Length of approval", lengths_section),
    ("What the document does not say", gaps_section),
)


def stated_rows(sides: Sequence[Side]) -> Iterator[ComparedRow]:
    """Yield a row for each of these that at least one policy has something to tell about."""
    for label, build in _ROWS:
        if any(build(found) for found in judged_sides(sides)):
            yield compared_row("Status", label, sides, partial(_cell, build))


def _cell(build: _Build, _: Side, found: Determination) -> ComparedCell:
    section = build(found)
    if section is None:
        return ComparedCell("None", counts="none")
    told = [f"{row.label}: {row.text}" if row.label else row.text for row in section.rows]
    cited = "; ".join(dict.fromkeys(row.citation for row in section.rows if row.citation))
    return ComparedCell("\n".join(told), cited, tuple(told))
