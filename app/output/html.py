"""The few elements of HTML that a report is made of.

Every text of a report is escaped here and nowhere else. Says what a thing is, never how it looks:
the roles are classes for the style sheet of whoever draws it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_EMPTY = "&nbsp;"  # a cell without a word would take the room from what follows the table


@dataclass(frozen=True, slots=True)
class Cell:
    """Words in a table, with the role that they have there."""

    text: str
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Columns:
    """How wide the columns of a table are, in percent, and their heads where it has some."""

    widths: tuple[int, ...]
    heads: tuple[str, ...] = ()


def heading(text: str, beside: str = "") -> str:
    """Return the heading of a part, with what is told beside it."""
    quiet = f' <span class="beside">{escape(beside)}</span>' if beside else ""
    return f"<h3>{escape(text)}{quiet}</h3>"


def paragraph(text: str, role: str = "plain", source: str = "") -> str:
    """Return a paragraph with its place in a document; nothing for an empty text."""
    place = f' <span class="source">[{escape(source)}]</span>' if source else ""
    return f'<p class="{role}">{escape(text)}{place}</p>' if text else ""


def table(columns: Columns, rows: Iterable[Sequence[Cell]], role: str = "rows") -> str:
    """Return a table whose heads are repeated on each page; nothing without a row."""
    body = "".join(_row(columns.widths, row) for row in rows)
    if not body:
        return ""
    cells = zip(columns.widths, columns.heads, strict=False)
    heads = "".join(f'<th width="{width}%">{escape(head)}</th>' for width, head in cells)
    top = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    return f"{_start(role)}{top}{body}</table>"


def beside(left: str, right: str, widths: tuple[int, int]) -> str:
    """Return two pieces of HTML beside each other with a gap; the right one in a box."""
    gap = 100 - sum(widths)
    return (
        f'{_start("head")}<tr><td width="{widths[0]}%">{left}</td><td width="{gap}%"></td>'
        f'<td class="box" width="{widths[1]}%">{right}</td></tr></table>'
    )


def _start(role: str) -> str:
    return f'<table class="{role}" width="100%" cellspacing="0" cellpadding="0">'


def _row(widths: Sequence[int], row: Sequence[Cell]) -> str:
    cells = zip(widths, row, strict=True)
    inner = (
        f'<td class="{one.role}" width="{width}%">{escape(one.text) or _EMPTY}</td>'
        for width, one in cells
    )
    return f"<tr>{''.join(inner)}</tr>"
