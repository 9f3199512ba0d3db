"""Finds every difference between two versions of a policy, with its place and both citations.

Complete by construction: it walks the fields of the models, so that a key which is added later is
compared, too. Mappings are compared by key, criteria and notes by their id, wherever they are. Only
the hash of the file, doubts about it and the catalog's questions are ignored. Has no texts for
people, and uses no file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from app.model.catalog import Question
from app.model.criterion import Comparison, Group
from app.model.data import key_of
from app.model.document import Citation, Cited
from app.model.dosing import LimitOver, Pattern, Rest
from app.model.policy import Note, Policy
from app.model.uses import CodeList
from app.model.vocabulary import OwnIndication, OwnRoute

ChangeKind = Literal["added", "removed", "changed"]
PolicyPlace = tuple[str, ...]

# Parts of a statement that are not fields of a model:
ALL_OR_ANY = "all_or_any"  # whether a group needs all or any of its criteria
WITHIN = "within"  # the id of the group that contains a criterion; "" for the outermost one
ORDER = "order"  # the ids of the criteria of a group, or of the notes, in their order
# Of the file, about it, or of the catalog: no part of a statement.
_UNSAID = {"sha256", "accepted_doubts", "open_doubts", "known_questions"}


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
    entry = _entry(value)
    if isinstance(value, Comparison | Group):
        yield from _criteria(value, place, within="")
    elif entry is not None:
        yield place, entry
        yield from _conditions(value, place)
    elif is_dataclass(value) or isinstance(value, dict):
        pairs = value.items() if isinstance(value, dict) else _fields(value)
        for key, one in pairs:
            yield from _statements(one, (*place, key))
    elif place == ("notes",):
        yield from _notes(value, place)
    elif isinstance(value, tuple) and _is_entry(value):
        for below, one in _named(value):
            yield from _statements(one, (*place, *below))
    else:
        yield place, Statement(value, {(): value})


def _entry(value: Any) -> Statement | None:
    """Return a value that is an entry by itself, or None."""
    match value:
        case CodeList() | LimitOver() | Pattern():
            said = tuple((key, one) for key, one in _fields(value) if key != "citation")
            return Statement(value, {(): said, ("citation",): value.citation})
        case Citation():
            return Statement(value, {(): value.text})
        case Question() | OwnIndication() | OwnRoute():
            return Statement(value, dict(_unusual_parts(value)))
        case Rest(from_="last_dose"):  # as where nothing is said
            parts = dict(_parts(value))
            del parts[("from",)]
            return Statement(value, parts)
        case Cited():
            return Statement(value, dict(_parts(value)))
        case _:
            return None


def _unusual_parts(data: Any) -> Iterator[tuple[PolicyPlace, Any]]:
    """Yield the parts of an entry that differ from what holds where nothing is said."""
    for one in fields(data):
        value = getattr(data, one.name)
        if value not in (one.default, {}):
            yield (key_of(one.name),), value


def _conditions(value: Any, place: PolicyPlace) -> Iterator[tuple[PolicyPlace, Statement]]:
    """Yield the entries below one that has a citation itself: conditions, and lists of others."""
    if isinstance(value, Cited):
        for key, one in _fields(value):
            if _is_entry(one) and not isinstance(value, Pattern):
                yield from _statements(one, (*place, key))


def _named(entries: tuple[Any, ...]) -> Iterator[tuple[PolicyPlace, Any]]:
    """Yield the entries of a list by what tells them apart: an id, a branch, or their number."""
    names = [_name(one) for one in entries]
    for number, (name, one) in enumerate(zip(names, entries, strict=True), start=1):
        is_clear = name is not None and names.count(name) == 1
        key = str(name) if is_clear else str(number)
        yield (() if len(entries) == 1 and name is None else (key,)), one


def _name(entry: Any) -> str | None:
    found = (getattr(entry, key, None) for key in ("id", "branch", "name", "code"))
    return next((str(one) for one in found if one is not None), None)


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
    yield from _statements(criterion.documents, (*place, criterion.id, "documents"))
    for child in criterion.children if isinstance(criterion, Group) else ():
        yield from _criteria(child, place, criterion.id)


def _parts(data: Any) -> Iterator[tuple[PolicyPlace, Any]]:
    """Yield the parts of an entry; a citation is a single part."""
    for key, value in _fields(data):
        if isinstance(data, Group) and value is data.children:
            yield (ALL_OR_ANY,), key
            yield (ORDER,), tuple(child.id for child in value)
        elif _is_entry(value):
            continue
        elif is_dataclass(value) and not isinstance(value, Citation):
            yield from (((key, *below), one) for below, one in _parts(value))
        else:
            yield (key,), value


def _is_entry(value: Any) -> bool:
    """Return whether a part of an entry is an entry of its own: a criterion, or a list of data."""
    is_list = isinstance(value, tuple) and all(hasattr(one, "citation") for one in value)
    return is_list or isinstance(value, Comparison | Group)


def _fields(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield the values that are stated, with their keys in the file."""
    for name in (one.name for one in fields(data)):
        value = getattr(data, name)
        if value is not None and name not in _UNSAID:
            yield key_of(name), value
