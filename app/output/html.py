"""The few HTML elements of which every report and page consists.

All text is escaped here and nowhere else. Defines no appearance: a role is a class, for which the
caller has a style sheet. A page without a style sheet uses the role "".
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

HEAD = "head"  # the role of a cell that is the heading of its row or column
_EMPTY = "&nbsp;"  # a cell without text would take space from what follows the table


@dataclass(frozen=True, slots=True)
class Cell:
    """The text of a table cell, with its role, and a citation on a line of its own, or ""."""

    text: str
    role: str = "plain"
    citation: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The widths of the columns of a table in percent (0: as needed), and headings, if any."""

    widths: tuple[int, ...]
    heads: tuple[str, ...] = ()


def heading(text: str, beside: str = "", level: int = 3) -> str:
    """Return the heading of a part, with a less prominent text beside it."""
    quiet = f' <span class="beside">{escape(beside)}</span>' if beside else ""
    return f"<h{level}>{escape(text)}{quiet}</h{level}>"


def paragraph(text: str, role: str = "plain", source: str = "") -> str:
    """Return a paragraph, followed by its citation `source`; "" for an empty text."""
    place = f' <span class="source">[{escape(source)}]</span>' if source else ""
    return f'<p class="{role}">{escape(text)}{place}</p>' if text else ""


def labeled(label: str, *texts: str) -> str:
    """Return a paragraph of a page that begins with a bold label."""
    return f"<p>{' '.join((f'<b>{escape(label)}</b>', *map(escape, texts)))}</p>"


def bullets(texts: Iterable[str]) -> str:
    """Return a list of a page."""
    return f"<ul>{''.join(f'<li>{escape(one)}</li>' for one in texts)}</ul>"


def table(columns: Columns, rows: Iterable[Sequence[Cell]], role: str = "rows") -> str:
    """Return a table whose headings are repeated on each page; "" without rows."""
    body = "".join(_row(columns.widths, row) for row in rows)
    if not body:
        return ""
    left = "" if role else ' align="left"'  # without a style sheet, Qt centers headings
    cells = zip(columns.widths, columns.heads, strict=False)
    heads = "".join(f"<th{left}{_width(width)}>{escape(head)}</th>" for width, head in cells)
    top = f"<thead><tr>{heads}</tr></thead>" if heads else ""
    return f"{_start(role)}{top}{body}</table>"


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Return a table of a page with the label and the text of each fact."""
    cells = ((Cell(label, HEAD), Cell(text, "")) for label, text in rows)
    return table(Columns((20, 0)), cells, "")


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
    look = (
        f'class="{role}" width="100%" cellspacing="0" cellpadding="0"' if role else 'width="100%"'
    )
    return f"<table {look}>"


def _row(widths: Sequence[int], row: Sequence[Cell]) -> str:
    cells = zip(widths, row, strict=True)
    return f"<tr>{''.join(_cell(one, _width(width)) for width, one in cells)}</tr>"


def _cell(cell: Cell, width: str) -> str:
    if cell.role == HEAD:
        return f'<th align="left"{width}>{escape(cell.text)}</th>'
    if cell.role:
        return f'<td class="{cell.role}"{width}>{escape(cell.text) or _EMPTY}</td>'
    below = f"<br><small>{escape(cell.citation)}</small>" if cell.citation else ""
    return f"<td{width}>{escape(cell.text)}{below}</td>"


def _width(percent: int) -> str:
    return f' width="{percent}%"' if percent else ""
