"""What differs between two versions of a policy, in words and under headings, as rows or as text.

Each row is one aspect of one entry, before and after, with its place in both documents.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.model.policy import Policy
from app.model.question import Catalog
from app.model.wording import count_in_words
from app.output.policy_words import SOURCE, PolicyWords, aspect_of
from app.policy_changes import Change, Kind, Place, changes, entries

KIND_WORDS: dict[Kind, str] = {"added": "Added", "removed": "Removed", "changed": "Changed"}
NO_CHANGE = "Both say the same."
_VERSIONS = "Versions and dates"
_LATER_HEADINGS = {
    "beyond_dosing": "Requests beyond the documented dosing",
    "notes": "Notes",
    "not_covered": "Other uses",
}
_TOP = ("coverage", *_LATER_HEADINGS)


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference in words; a side that does not have it is empty."""

    heading: str
    kind: Kind
    what: str
    before: str
    after: str
    citation_before: str
    citation_after: str


def change_rows(before: Policy | None, after: Policy, catalog: Catalog) -> tuple[ChangeRow, ...]:
    """Return every difference, heading by heading; with nothing before, all of the policy."""
    words = _Words(
        PolicyWords(entries(before) if before else {}, catalog),
        PolicyWords(entries(after), catalog),
        catalog,
    )
    one_for_each_aspect = {
        (one.entry, aspect_of(one.part) if one.part else None): one
        for one in sorted(changes(before, after), key=lambda one: _rank(one.entry))
    }
    rows = [words.row(one) for one in one_for_each_aspect.values()]
    headings = list(dict.fromkeys(row.heading for row in rows))
    return tuple(sorted(rows, key=lambda row: headings.index(row.heading)))


def changes_text(before: Policy | None, after: Policy, catalog: Catalog) -> str:
    """Return what is compared, and every difference on a line of its own."""
    return "\n".join(_lines(before, after, change_rows(before, after, catalog)))


def sources_text(row: ChangeRow) -> str:
    """Return where the documents have what a row tells."""
    if row.citation_before and row.citation_after and row.citation_before != row.citation_after:
        return f"before: {row.citation_before}; now: {row.citation_after}"
    return row.citation_after or row.citation_before


def _lines(before: Policy | None, after: Policy, rows: Sequence[ChangeRow]) -> Iterator[str]:
    yield f"Before: {_version(before)}" if before else "Before: nothing; the policy is new"
    yield f"Now: {_version(after)}"
    yield ""
    if before is None:
        yield "What it says:"
    else:
        yield f"{count_in_words(len(rows), 'difference')}:" if rows else NO_CHANGE
    for heading, below in groupby(rows, key=lambda row: row.heading):
        yield ""
        yield heading
        yield from (f"  {_line(row)}" for row in below)


def _version(policy: Policy) -> str:
    return f"{policy.payer}, {policy.title}, version {policy.version}"


def _line(row: ChangeRow) -> str:
    found = sources_text(row)
    sources = f" ({found})" if found and not row.what.endswith(SOURCE) else ""
    if row.kind == "changed":
        return f"{row.what}: {row.before} → {row.after}{sources}"
    return f"{KIND_WORDS[row.kind]}: {row.what}: {row.before or row.after}{sources}"


def _rank(place: Place) -> int:
    """Return where the top of a place comes: what tells the version first."""
    return _TOP.index(place[0]) if place[0] in _TOP else -1


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of both versions."""

    old: PolicyWords
    new: PolicyWords
    catalog: Catalog

    def row(self, change: Change) -> ChangeRow:
        """Return a change in words; of a part, in those of its aspect."""
        place, aspect = change.entry, aspect_of(change.part)
        title = (self.new if place in self.new.entries else self.old).title(place)
        if place in self.old.entries and place in self.new.entries:
            kind: Kind = "changed"
            before, after = (one.aspect(place, aspect) for one in (self.old, self.new))
        else:
            kind, aspect = change.kind, ""
            before, after = (
                one.whole(place) if place in one.entries else "" for one in (self.old, self.new)
            )
        if before == after:  # words that are too short to tell the two apart
            before, after = f"{before} ({change.before})", f"{after} ({change.after})"
        return ChangeRow(
            heading=self._heading(place),
            kind=kind,
            what=f"{title}, {aspect}" if aspect else title,
            before=before,
            after=after,
            citation_before=change.citation_before,
            citation_after=change.citation_after,
        )

    def _heading(self, place: Place) -> str:
        if place[0] != "coverage":
            return _LATER_HEADINGS.get(place[0], _VERSIONS)
        top, indication, part, *below = place
        named = (top, indication, "name")
        name = str((self.new.entries.get(named) or self.old.entries[named]).value)
        if part == "dosing":
            route = self.catalog.inputs["route"].choices[below[0]].lower()
            return f"{name}: dosing, {route} route"
        return name if part == "name" else f"{name}: {part}"
