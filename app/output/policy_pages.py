"""Pages about a policy: a version at hand, and a file with what it changes before it is taken.

The differences are those that `aldesk policies diff` tells. No text of a file is read as HTML.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from html import escape
from itertools import groupby

from app.engine import review_due
from app.library import Library, NoPolicyInForce, UnknownPolicy
from app.library.site import NewPolicy
from app.model.catalog import Catalog
from app.model.formatting import count_in_words, date_in_words
from app.model.policy import Policy
from app.output.policy_changes import KIND_WORDS, NO_CHANGE, ChangeRow, change_rows
from app.output.policy_text import SOURCE

_NOT_THERE = "–"


def version_heading(policy: Policy) -> str:
    """Return whose policy it is, and which version."""
    return f"{policy.payer}: {policy.title}, version {policy.version}"


def preview_html(new: NewPolicy, file_name: str, library: Library, today: date) -> str:
    """Return what somebody must have seen before a file is taken."""
    told = dict(policy_rows(PolicyOrigin(new.policy, file_name), today))
    facts = (
        ("Provided by", new.policy.provided_by or ""),
        *((label, told[label]) for label in ("SHA-256", "File", "Review")),
        ("Counts", counting_text(new.policy, library, today)),
    )
    return "".join((_facts(facts), *_changes(new, library.catalog)))


def version_html(policy: Policy, origin: str, file_name: str, today: date) -> str:
    """Return where a version comes from, and what identifies it."""
    told = policy_rows(PolicyOrigin(policy, file_name), today)
    return _facts((("Origin", origin), *told))


def counting_text(policy: Policy, library: Library, today: date) -> str:
    """Return for which dates of service a new version counts, and what becomes of today's cases."""
    first, last = policy.in_force.first_day, _last_day(policy, library)
    until = f" to {date_in_words(last)}" if last else " on"
    span = f"For dates of service from {date_in_words(first)}{until}"
    try:
        now = library.in_force(policy.id, today).version
    except (UnknownPolicy, NoPolicyInForce):
        return f"{span}."
    if first <= today and (last is None or today <= last):
        return f"{span}: cases of today are then judged by it, and no longer by version {now}."
    return f"{span}; cases of today are judged by version {now} as before."


def _facts(rows: Iterable[tuple[str, str]]) -> str:
    cells = (
        f"<tr><th align='left' width='20%'>{escape(label)}</th><td>{escape(text)}</td></tr>"
        for label, text in rows
    )
    return f"<table width='100%'>{''.join(cells)}</table>"


def _last_day(policy: Policy, library: Library) -> date | None:
    """Return the last day on which a new version would count, where there is one."""
    first_day = policy.in_force.first_day
    later = [
        one.in_force.first_day
        for one in library.policies
        if one.id == policy.id and one.in_force.first_day > first_day
    ]
    return policy.in_force.last_day or (min(later) - timedelta(days=1) if later else None)


def _changes(new: NewPolicy, catalog: Catalog) -> Iterator[str]:
    rows = change_rows(new.before, new.policy, catalog)
    if new.before:
        yield f"<h2>What changes against version {escape(new.before.version)}</h2>"
        yield f"<p>{count_in_words(len(rows), 'difference') if rows else NO_CHANGE}</p>"
    else:
        yield "<h2>What it says</h2><p>No version comes before it.</p>"
    for title, below in groupby(rows, key=lambda row: row.heading):
        yield f"<h3>{escape(title)}</h3><table width='100%'>"
        yield from _table(list(below), with_before=new.before is not None)
        yield "</table>"


def _table(rows: list[ChangeRow], *, with_before: bool) -> Iterator[str]:
    headings = ("What", "Before", "Now") if with_before else ("What", "It says")
    cells = (f"<th align='left'>{one}</th>" for one in headings)
    yield f"<tr>{''.join(cells)}</tr>"
    yield from (_row(row, with_before=with_before) for row in rows)


def _row(row: ChangeRow, *, with_before: bool) -> str:
    """Return a row; where a place in the document changes, its words are its citation."""
    has_places = not row.what.endswith(SOURCE)
    before = _cell(row.before, row.citation_before if has_places else "")
    now = _cell(row.after, row.citation_after if has_places else "")
    if not with_before:
        return f"<tr><td width='30%'>{escape(row.what)}</td><td>{now}</td></tr>"
    what = row.what if row.kind == "changed" else f"{KIND_WORDS[row.kind]}: {row.what}"
    return (
        f"<tr><td>{escape(what)}</td><td width='36%'>{before}</td><td width='36%'>{now}</td></tr>"
    )


def _cell(words: str, citation: str) -> str:
    place = f"<br><small>{escape(citation)}</small>" if citation else ""
    return f"{escape(words or _NOT_THERE)}{place}"


@dataclass(frozen=True, slots=True)
class PolicyOrigin:
    """What is known of a policy version beside its facts: its file."""

    policy: Policy
    file_name: str


def policy_heading(policy: Policy) -> str:
    """Return payer and title of a policy version."""
    return f"{policy.payer}: {policy.title}"


def policy_rows(origin: PolicyOrigin, today: date) -> Iterator[tuple[str, str]]:
    """Yield what identifies a policy version, as label and text."""
    policy = origin.policy
    yield "Payer", policy.payer
    yield "Title", policy.title
    yield "Cited as", policy.document
    yield "Policy in a case", policy.id
    yield "Version", policy.version
    yield "In force", _in_force(policy)
    yield "Review", _review(origin, today)
    yield "File", origin.file_name
    yield "SHA-256", policy.sha256


def _in_force(policy: Policy) -> str:
    first = f"from {date_in_words(policy.in_force.first_day)}"
    last = policy.in_force.last_day
    return f"{first} until {date_in_words(last)}" if last else first


def _review(origin: PolicyOrigin, today: date) -> str:
    interval = f"every {count_in_words(origin.policy.review.every_months, 'month')}"
    last_day = review_due(origin.policy)
    due = date_in_words(last_day)
    if today <= last_day:
        return f"{interval}; due by {due}"
    return (
        f"{interval}; was due by {due} and is overdue today, {date_in_words(today)}."
        " Ask the payer whether a newer version applies."
    )
