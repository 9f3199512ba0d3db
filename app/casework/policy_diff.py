"""Finds every difference between two versions of a policy, with its place and both citations.

Complete by construction: it walks the fields of the models, so that a key which is added later is
compared, too. Mappings are compared by key, criteria and notes by their id, wherever they are, and
the entries of another list by what names them. Only the hash of the file, doubts about it and the
catalog's questions are ignored. Has no texts for people, and uses no file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from app.model.approval import Approval, Renewal
from app.model.catalog import Question
from app.model.criterion import Comparison, Group
from app.model.data import key_of
from app.model.document import AskedDocument, Citation, Cited, NotStated
from app.model.dosing import Dosing, LimitOver, Pattern
from app.model.policy import Note, Policy
from app.model.uses import CodeList
from app.model.vocabulary import OwnIndication, OwnRoute

ChangeKind = Literal["added", "removed", "changed"]
PolicyPlace = tuple[str, ...]

# Parts of a statement that are not fields of a model:
ALL_OR_ANY = "all_or_any"  # whether a group needs all, any or none of its criteria, or how many
WITHIN = "within"  # the id of the group that contains a criterion; "" for the outermost one
ORDER = "order"  # the ids of the criteria of a group, or of the notes, in their order
# Of the file, about it, or of the catalog: no part of a statement.
_UNSAID = {"sha256", "accepted_doubts", "open_doubts", "known_questions"}


_ENTRIES = (Cited, NotStated, Question, OwnIndication, OwnRoute)
# Where a question stands in form and report: the same for every question of a policy.
_PLACES = ("section", "beside", "report", "help_stays")


@dataclass(frozen=True, slots=True)
class Statement:
    """One entry of a policy: its value, and its parts by their keys below the entry.

    A value without parts is its own part, at (). The criteria of a group are separate entries.
    """

    value: Any
    parts: dict[PolicyPlace, Any] = field(default_factory=dict)

    @property
    def citation(self) -> Citation | None:
        """The citation of the entry; names and titles have none."""
        return self.value.citation if isinstance(self.value, Cited) else None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference in an entry, or in a part of an entry.

    If an entry was added or removed, one side has the whole entry and the other is None.
    """

    kind: ChangeKind
    entry: PolicyPlace
    part: PolicyPlace
    before: Any
    after: Any
    citation_before: str
    citation_after: str

    @property
    def where(self) -> PolicyPlace:
        """The path in the policy: keys, and ids of criteria and notes."""
        return (*self.entry, *self.part)


def changes(before: Policy | None, after: Policy) -> tuple[Change, ...]:
    """Return every difference; if `before` is None, every entry is added."""
    old, new = statements(before) if before else {}, statements(after)
    return tuple(
        Change(
            _kind(was, now),
            entry=place,
            part=part,
            before=was,
            after=now,
            citation_before=_cited(before, old, place),
            citation_after=_cited(after, new, place),
        )
        for place in dict.fromkeys([*new, *old])
        for part, was, now in _differences(old.get(place), new.get(place))
    )


def statements(policy: Policy) -> dict[PolicyPlace, Statement]:
    """Return all entries of a policy by their place, in the order of the model."""
    return dict(_statements(policy, ()))


def _cited(policy: Policy | None, found: dict[PolicyPlace, Statement], place: PolicyPlace) -> str:
    citation = found[place].citation if place in found else None
    return policy.cite(citation) if policy and citation else ""


def _differences(
    old: Statement | None, new: Statement | None
) -> Iterator[tuple[PolicyPlace, Any, Any]]:
    if old and new:
        for part in dict.fromkeys([*new.parts, *old.parts]):
            sides = old.parts.get(part), new.parts.get(part)
            before, after = _in_both(*sides) if part == (ORDER,) else sides
            if before != after:
                yield part, before, after
    else:
        before, after = old and old.value, new and new.value
        if before != after:
            yield (), before, after


def _kind(before: object, after: object) -> ChangeKind:
    return "added" if before is None else "removed" if after is None else "changed"


def _in_both(
    old: Iterable[str] | None, new: Iterable[str] | None
) -> tuple[PolicyPlace, PolicyPlace]:
    """Return the ids of each side that are also on the other side."""
    before, after = tuple(old or ()), tuple(new or ())
    return tuple(filter(after.__contains__, before)), tuple(filter(before.__contains__, after))


def _statements(value: Any, place: PolicyPlace) -> Iterator[tuple[PolicyPlace, Statement]]:
    """Yield each value that has a citation, and each value that is not inside one of those."""
    if isinstance(value, Comparison | Group):
        yield from _criteria(value, place, within="")
    elif isinstance(value, _ENTRIES):
        yield place, Statement(value, dict(_parts(value)))
        apart = ((key, one) for key, one in _fields(value) if _stands_alone(one))
        yield from _below(apart, place)
    elif is_dataclass(value) and not isinstance(value, Citation):
        yield from _below(_fields(value), place)
    elif isinstance(value, dict):
        yield from _below(value.items(), place)
    elif place == ("notes",):
        yield from _notes(value, place)
    elif _is_of_entries(value):
        for name, one in _named(value):
            yield from _statements(one, (*place, *name))
    else:
        yield place, Statement(value, {(): value})


def _below(
    values: Iterable[tuple[str, Any]], place: PolicyPlace
) -> Iterator[tuple[PolicyPlace, Statement]]:
    for key, one in values:
        yield from _statements(one, (*place, key))


def _stands_alone(value: object) -> bool:
    """Return whether a part of an entry is an entry, or a list of them, of its own."""
    return isinstance(value, Comparison | Group) or _is_of_entries(value)


def _is_of_entries(value: Any) -> bool:
    is_list = isinstance(value, tuple) and bool(value)
    return is_list and is_dataclass(value[0]) and not isinstance(value[0], AskedDocument)


def _named(entries: tuple[Any, ...]) -> Iterator[tuple[PolicyPlace, Any]]:
    """Yield the entries of a list, each with what names it; an only one may have no name."""
    for number, one in enumerate(entries, start=1):
        name = _name(one)
        is_only = len(entries) == 1 and isinstance(one, Dosing | Approval | Renewal | Pattern)
        yield (() if is_only and name is None else (name or str(number),)), one


def _name(entry: Any) -> str | None:
    """Return what names an entry of a list; None if only its place does."""
    if isinstance(entry, LimitOver):
        return entry.name
    if isinstance(entry, Approval | Renewal):
        return entry.branch
    if isinstance(entry, Pattern):
        return None if entry.cycles is None else f"cycles {', '.join(map(str, entry.cycles))}"
    if isinstance(entry, CodeList) and entry.code is not None:
        return f"{entry.system} {entry.code}"
    found: str | None = getattr(entry, "id", None)
    return found


def _notes(notes: tuple[Note, ...], place: PolicyPlace) -> Iterator[tuple[PolicyPlace, Statement]]:
    yield place, Statement(None, {(ORDER,): tuple(note.id for note in notes)})
    for note in notes:
        yield (*place, note.id), Statement(note, dict(_parts(note)))


def _criteria(
    criterion: Comparison | Group, place: PolicyPlace, within: str
) -> Iterator[tuple[PolicyPlace, Statement]]:
    """Yield a criterion and all criteria below it, by their ids."""
    parts = {**dict(_parts(criterion)), (WITHIN,): within}
    yield (*place, criterion.id), Statement(criterion, parts)
    for child in criterion.children if isinstance(criterion, Group) else ():
        yield from _criteria(child, place, criterion.id)


def _parts(data: Any) -> Iterator[tuple[PolicyPlace, Any]]:
    """Yield the parts of an entry; a citation is a single part."""
    for key, value in _fields(data):
        if key in _KINDS and isinstance(data, Group):
            yield (ALL_OR_ANY,), key
            yield (ORDER,), tuple(child.id for child in value)
        elif _stands_alone(value):
            continue
        elif is_dataclass(value) and not isinstance(value, Citation):
            yield from (((key, *below), one) for below, one in _parts(value))
        else:
            yield (key,), value


_KINDS = ("all", "any", "none", "of")


def _fields(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values that are stated, with their keys in the file."""
    unsaid = _PLACES if isinstance(data, Question) else _UNSAID
    for name in (one.name for one in fields(data)):
        value = getattr(data, name)
        if value is not None and value not in ((), {}) and name not in unsaid:
            yield key_of(name), value
