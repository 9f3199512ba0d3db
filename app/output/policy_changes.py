"""Writes the differences between two versions of a policy, and the content of one file, in words.

Each row is one aspect of one entry, before and after, with both citations. Does not validate a
file: it is given a valid policy, and a sentence about how that fits the other versions.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from app.casework.policy_diff import Change, ChangeKind, PolicyPlace, changes, statements
from app.model.catalog import Catalog
from app.model.document import NotStated
from app.model.dosing import DosingNotStated
from app.model.formatting import count_in_words, date_in_words
from app.model.policy import Policy
from app.output.policy_text import SOURCE, PolicyWords, aspect_of
from app.output.policy_values import NOT_STATED
from app.output.site_policies import in_force_words, whose

KIND_WORDS: dict[ChangeKind, str] = {"added": "Added", "removed": "Removed", "changed": "Changed"}
NO_CHANGE = "Both say the same."
_VERSIONS = "Versions and dates"
_LATER_HEADINGS = {
    "beyond_dosing": "Requests beyond the documented dosing",
    "renewal": "Renewals",
    "codes": "Codes",
    "notes": "Notes",
    "not_covered": "Other uses",
}
_EARLIER_HEADINGS = {
    "questions": "Questions of the policy",
    "indications": "Indications and routes of the policy",
    "routes": "Indications and routes of the policy",
    "common": "Criteria for every use",
}
_TOP = (*_EARLIER_HEADINGS, "coverage", *_LATER_HEADINGS)

TAKE_QUESTION = "Take this policy? Type yes: "
NOT_PROVIDED = "not stated; a site's own file needs the key provided_by"
NOT_TAKEN = "Nothing was taken."
NO_TERMINAL = "Nothing was taken: there is no terminal to ask on; --yes takes it unasked."
NO_REPLAY = "No version comes before this one, so no case can be judged by both."


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One difference in words; "" on a side that does not have it."""

    heading: str
    kind: ChangeKind
    what: str
    before: str
    after: str
    citation_before: str
    citation_after: str


def change_rows(before: Policy | None, after: Policy, catalog: Catalog) -> tuple[ChangeRow, ...]:
    """Return every difference, grouped by heading; without `before`, the whole policy."""
    words = _Words(
        PolicyWords(statements(before) if before else {}, catalog),
        PolicyWords(statements(after), catalog),
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
    """Return which versions are compared, and one line for each difference."""
    return "\n".join(_lines(before, after, change_rows(before, after, catalog)))


def sources_text(row: ChangeRow) -> str:
    """Return the citations of a row; both if they differ."""
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
    return f"{policy.payer}, {policy.title}{whose(policy)}, version {policy.version}"


def _line(row: ChangeRow) -> str:
    found = sources_text(row)
    sources = f" ({found})" if found and not row.what.endswith(SOURCE) else ""
    if row.kind == "changed":
        return f"{row.what}: {row.before} → {row.after}{sources}"
    return f"{KIND_WORDS[row.kind]}: {row.what}: {row.before or row.after}{sources}"


def _rank(place: PolicyPlace) -> int:
    """Return the position of a place by its first key; keys about the version come first."""
    return _TOP.index(place[0]) if place[0] in _TOP else -1


@dataclass(frozen=True, slots=True)
class _Words:
    """The phrases for the entries of both versions."""

    old: PolicyWords
    new: PolicyWords
    catalog: Catalog

    def row(self, change: Change) -> ChangeRow:
        """Return the row of a change; the change of a part is described by its aspect."""
        place, aspect = change.entry, aspect_of(change.part)
        title = (self.new if place in self.new.entries else self.old).title(place)
        if place in self.old.entries and place in self.new.entries:
            kind: ChangeKind = "changed"
            before, after = (one.aspect(place, aspect) for one in (self.old, self.new))
        else:
            kind, aspect = change.kind, ""
            before, after = (
                one.whole(place) if place in one.entries else "" for one in (self.old, self.new)
            )
        if before == after:  # phrases that do not show the difference: add the values
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

    def _heading(self, place: PolicyPlace) -> str:
        if place[0] != "coverage":
            headings = {**_EARLIER_HEADINGS, **_LATER_HEADINGS}
            return headings.get(place[0], _VERSIONS)
        top, indication, part, *below = place
        named = (top, indication, "name")
        name = str((self.new.entries.get(named) or self.old.entries[named]).value)
        if part == "dosing" and below:
            route = self.catalog.inputs["route"].choices[below[0]].lower()
            return f"{name}: dosing, {route} route{self._regimen((*place[:4],), below[1:])}"
        return name if part == "name" else f"{name}: {part.replace('_', ' ')}"

    def _regimen(self, route: PolicyPlace, below: Sequence[str]) -> str:
        """Return the name of the regimen that an entry belongs to, where the route has several."""
        for side in (self.new, self.old):
            name = side.entries.get((*route, *below[:1], "name"))
            if name is not None:
                return f", {name.value}"
        return ""


def policy_file_text(policy: Policy, catalog: Catalog, questions: str, stands: str) -> str:
    """Return the content of a policy file; `stands` says whether it fits the installed versions."""
    return "\n".join(
        (
            "The file is a valid policy. Compare it with the document:",
            "",
            changes_text(None, policy, catalog),
            "",
            questions,
            "",
            *_facts(policy, catalog),
            stands,
        )
    )


def new_policy_text(policy: Policy, before: Policy | None, catalog: Catalog) -> str:
    """Return what people must see before they agree to install a file."""
    return "\n".join(
        (
            f"Provided by: {policy.provided_by}",
            f"SHA-256: {policy.sha256}",
            f"Title: {policy.payer}, {policy.title}",
            f"In force: {_in_force(policy)}",
            "",
            changes_text(before, policy, catalog),
        )
    )


def versions_text(policies: Iterable[Policy]) -> str:
    """Return the installed versions in the form that a command accepts (ID@VERSION)."""
    return f"Known: {', '.join(f'{one.id}@{one.version}' for one in policies)}."


def _facts(policy: Policy, catalog: Catalog) -> Iterator[str]:
    yield f"Payer: {policy.payer}"
    yield f"Title: {policy.title}"
    yield f"Version: {policy.id}@{policy.version}"
    yield f"In force: {_in_force(policy)}"
    yield f"Reviewed: {_review(policy)}"
    yield f"Provided by: {policy.provided_by or NOT_PROVIDED}"
    routes = catalog.inputs["route"].choices
    for coverage in policy.coverage.values():
        stated = () if isinstance(coverage.dosing, DosingNotStated) else coverage.dosing
        documented = ", ".join(routes[route].lower() for route in stated) or "none stated"
        yield f"Covers: {coverage.name}; dosing documented: {documented}"
    yield f"Notes: {len(policy.notes)}"
    yield f"SHA-256: {policy.sha256}"


def _review(policy: Policy) -> str:
    if isinstance(policy.review, NotStated):
        return NOT_STATED
    return f"every {count_in_words(policy.review.every_months, 'month')}"


def _in_force(policy: Policy) -> str:
    last = policy.in_force.last_day
    return in_force_words(policy) + (f" to {date_in_words(last)}" if last else "")
