"""The results of a benchmark, as rows of one Markdown table.

A figure is a ratio of two measurements from the same run on the same machine, or a ratio to a frame
of the screen: seconds alone would say more about the machine than about the program.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One ratio: what was measured, against which floor, and the highest accepted ratio."""

    measured: str
    floor: str
    ratio: float
    at_most: float
    figures: str


def as_markdown(rows: Iterable[Row]) -> str:
    """Return the rows as a table; a ratio above its target is marked."""
    lines = [
        "| measured | floor in the same run | ratio | at most | figures |",
        "|---|---|---|---|---|",
    ]
    return "\n".join([*lines, *(_line(row) for row in rows)])


def _line(row: Row) -> str:
    missed = " (missed)" if row.ratio > row.at_most else ""
    ratio, at_most = f"{row.ratio:.3g} ×{missed}", f"{row.at_most:g} ×"
    return f"| {row.measured} | {row.floor} | {ratio} | {at_most} | {row.figures} |"
