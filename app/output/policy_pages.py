"""HTML pages about policies: all, an installed version, the preview of a file to be installed.

The differences are those of `aldesk policies diff`. All texts of a file are escaped.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from app.engine import review_due
from app.help.components import provenance
from app.library import Library, NoPolicyInForce, UnknownPolicy
from app.library.site import NewPolicy
from app.model.catalog import Catalog
from app.model.document import NotStated
from app.model.formatting import count_in_words, date_in_words
from app.model.policy import Policy
from app.output.html import HEAD, Cell, Columns, facts, heading, paragraph, table
from app.output.policy_changes import KIND_WORDS, NO_CHANGE, ChangeRow, change_rows
from app.output.policy_doubts import kept_doubts_rows
from app.output.policy_text import SOURCE
from app.output.site_policies import in_force_words, whose

_NOT_THERE = "–"


def version_heading(policy: Policy) -> str:
    """Return payer, title and version of a policy."""
    return f"{policy_heading(policy)}, version {policy.version}"


def preview_html(new: NewPolicy, file_name: str, library: Library, today: date) -> str:
    """Return what people must see before they agree to install a file."""
    told = dict(policy_rows(PolicyOrigin(new.policy, file_name), today))
    told_first = (
        ("Provided by", new.policy.provided_by or ""),
        *((label, told[label]) for label in ("SHA-256", "File", "Review")),
        ("Counts", counting_text(new.policy, library, today)),
    )
    return "".join((facts(told_first), *_changes(new, library.catalog_for(new.policy))))


def version_html(policy: Policy, origin: str, file_name: str, today: date) -> str:
    """Return the origin of a version, what was in doubt in it, and the facts that identify it."""
    told = policy_rows(PolicyOrigin(policy, file_name), today)
    doubts = kept_doubts_rows(policy.accepted_doubts, policy.open_doubts)
    return facts((("Origin", origin), *doubts, *told))


def policies_html(library: Library, file_names: Mapping[str, str], today: date) -> str:
    """Return all policies, one below the other, and where their facts come from.

    `file_names` has the name of each shipped file by the SHA-256 of its content.
    """
    return "".join(
        (
            *(piece for one in library.policies for piece in _policy(one, file_names, today)),
            heading("Where the facts come from", level=2),
            *map(paragraph, provenance(library.policies, library.reference_data)),
        )
    )


def _policy(policy: Policy, file_names: Mapping[str, str], today: date) -> Iterator[str]:
    file_name = file_names.get(policy.sha256, "did not come with Aldesk")
    yield heading(policy_heading(policy), level=2)
    yield facts(policy_rows(PolicyOrigin(policy, file_name), today))


def counting_text(policy: Policy, library: Library, today: date) -> str:
    """Return for which dates of service a new version applies, and which version applies today."""
    first, last = policy.in_force.first_day, _last_day(policy, library)
    until = f" to {date_in_words(last)}" if last else " on"
    span = f"For dates of service from {date_in_words(first)}{until}"
    try:
        now = library.in_force(policy.id, today).version
    except (UnknownPolicy, NoPolicyInForce):
        return f"{span}."
    if first <= today and (last is None or today <= last):
        return f"{span}: today's cases are then judged by it, not by version {now}."
    return f"{span}; today's cases are still judged by version {now}."


def _last_day(policy: Policy, library: Library) -> date | None:
    """Return the last day on which a new version would be in force, or None if there is none."""
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
        yield heading(f"What changes from version {new.before.version}", level=2)
        yield paragraph(count_in_words(len(rows), "difference") if rows else NO_CHANGE)
    else:
        yield heading("What it says", level=2)
        yield paragraph("No version comes before it.")
    for title, below in groupby(rows, key=lambda row: row.heading):
        yield heading(title)
        yield _table(list(below), with_before=new.before is not None)


def _table(rows: list[ChangeRow], *, with_before: bool) -> str:
    heads = ("What", "Before", "Now") if with_before else ("What", "It says")
    widths = (0, 36, 36) if with_before else (30, 0)
    top = tuple(Cell(one, HEAD) for one in heads)
    return table(Columns(widths), (top, *(_row(row, with_before=with_before) for row in rows)), "")


def _row(row: ChangeRow, *, with_before: bool) -> tuple[Cell, ...]:
    """Return a table row; one about a changed citation needs no citation below its texts."""
    has_places = not row.what.endswith(SOURCE)
    now = _cell(row.after, row.citation_after if has_places else "")
    if not with_before:
        return Cell(row.what, ""), now
    what = row.what if row.kind == "changed" else f"{KIND_WORDS[row.kind]}: {row.what}"
    return Cell(what, ""), _cell(row.before, row.citation_before if has_places else ""), now


def _cell(words: str, citation: str) -> Cell:
    return Cell(words or _NOT_THERE, "", citation)


@dataclass(frozen=True, slots=True)
class PolicyOrigin:
    """A policy version with the name of its file."""

    policy: Policy
    file_name: str


def policy_heading(policy: Policy) -> str:
    """Return payer and title of a policy version, and whose file it is."""
    return f"{policy.payer}: {policy.title}{whose(policy)}"


def policy_rows(origin: PolicyOrigin, today: date) -> Iterator[tuple[str, str]]:
    """Yield the facts that identify a policy version, each as label and text."""
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
    first = in_force_words(policy)
    last = policy.in_force.last_day
    return f"{first} until {date_in_words(last)}" if last else first


def _review(origin: PolicyOrigin, today: date) -> str:
    review, last_day = origin.policy.review, review_due(origin.policy)
    if last_day is None or isinstance(review, NotStated):
        return "The document does not say how often."
    interval = f"every {count_in_words(review.every_months, 'month')}"
    due = date_in_words(last_day)
    if today <= last_day:
        return f"{interval}; due by {due}"
    return (
        f"{interval}; was due by {due} and is overdue today, {date_in_words(today)}."
        " Ask the payer whether a newer version applies."
    )
