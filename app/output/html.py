"""The few HTML elements that a report consists of.

Every text of a report is escaped here and nowhere else. Defines no appearance: the roles are
classes, for which the caller has a style sheet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

_EMPTY = "&nbsp;"  # a cell without text would take space from what follows the table


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a table cell, with its role."""

    text: str
    role: str = "plain"


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns of a table in percent, and their headings, if any."""

    widths: tuple[int, ...]
    heads: tuple[str, ...] = ()


def heading(text: str, beside: str = "") -> str:
    """Return the heading of a part, with a less prominent text beside it."""
    quiet = f' <span class="beside">{escape(beside)}</span>' if beside else ""
    return f"<h3>{escape(text)}{quiet}</h3>"


def paragraph(text: str, role: str = "plain", source: str = "") -> str:
    """Return a paragraph, followed by its citation `source`; "" for an empty text."""
    place = f' <span class="source">[{escape(source)}]</span>' if source else ""
    return f'<p class="{role}">{escape(text)}{place}</p>' if text else ""


def table(columns: Columns, rows: Iterable[Sequence[Cell]], role: str = "rows") -> str:
    """Return a table whose headings are repeated on each page; "" without rows."""
    body = "".join(_row(columns.widths, row) for row in rows)
    if not body:
        return ""
    cells = zip(columns.widths, columns.heads, strict=False)
    heads = "".join(f'<th width="{width}%">{escape(head)}</th>' for width, head in cells)
    top = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    return f"{_start(role)}{top}{body}</table>"


def beside(left: str, right: str, widths: tuple[int, int]) -> str:
    """Return two pieces of HTML side by side with a gap, the right one in a box.

    `widths` are in percent.
    """
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
