"""Everything that differs between two versions of a policy, by its place and with both citations.

Complete by construction: both policies are walked by their own fields, so that a key which the
model gets one day is compared, too. Mappings go by key, criteria and notes by their id wherever
they stand. Only the hash of the file is no difference. Knows no words, and touches no file.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any, Literal

from app.model.criterion import Comparison, Group
from app.model.data import key_of
from app.model.document import Citation, Cited
from app.model.policy import Note, Policy

ChangeKind = Literal["added", "removed", "changed"]
PolicyPlace = tuple[str, ...]

ALL_OR_ANY = "all_or_any"  # how many criteria of a group must hold
WITHIN = "within"  # the id of the group around a criterion; "" around all of them
_HASH = "sha256"  # of the file: it says nothing
ORDER = "order"  # of the criteria of a group, or of the notes: those that both versions have


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a policy says: what it is, and its parts by their keys below it.

    A value without parts is its own part, at (). The criteria of a group are no parts of it.
    """

    value: Any
    parts: dict[PolicyPlace, Any] = field(default_factory=dict)

    @property
    def citation(self) -> Citation | None:
        """Where the document has it; names and titles have no place of their own."""
        return self.value.citation if isinstance(self.value, Cited) else None


@dataclass(frozen=True, slots=True)
class Change:
    """One difference, of an entry or of a part of one.

    An entry that was added or removed stands on its side as a whole; the other side is None.
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
        """The place in the policy: keys, and ids of criteria and notes."""
        return (*self.entry, *self.part)


def changes(before: Policy | None, after: Policy) -> tuple[Change, ...]:
    """Return every difference; with nothing before, all of the policy is added."""
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
    """Return all that a policy says, each entry by its place, in the order of the model."""
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
    """Return the ids of each side that the other side has, too."""
    before, after = tuple(old or ()), tuple(new or ())
    return tuple(filter(after.__contains__, before)), tuple(filter(before.__contains__, after))


def _statements(value: Any, place: PolicyPlace) -> Iterator[tuple[PolicyPlace, Statement]]:
    """Yield each part that has a citation, and each value that stands outside of all of them."""
    if isinstance(value, Comparison | Group):
        yield from _criteria(value, place, within="")
    elif isinstance(value, Cited):
        yield place, Statement(value, dict(_parts(value)))
    elif is_dataclass(value):
        for key, one in _fields(value):
            yield from _statements(one, (*place, key))
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _statements(one, (*place, key))
    elif place == ("notes",):
        yield from _notes(value, place)
    else:
        yield place, Statement(value, {(): value})


def _notes(notes: tuple[Note, ...], place: PolicyPlace) -> Iterator[tuple[PolicyPlace, Statement]]:
    yield place, Statement(None, {(ORDER,): tuple(note.id for note in notes)})
    for note in notes:
        yield (*place, note.id), Statement(note, dict(_parts(note)))


def _criteria(
    criterion: Comparison | Group, place: PolicyPlace, within: str
) -> Iterator[tuple[PolicyPlace, Statement]]:
    """Yield a criterion and all below it, each by its id."""
    parts = {**dict(_parts(criterion)), (WITHIN,): within}
    yield (*place, criterion.id), Statement(criterion, parts)
    for child in criterion.children if isinstance(criterion, Group) else ():
        yield from _criteria(child, place, criterion.id)


def _parts(data: Any) -> Iterator[tuple[PolicyPlace, Any]]:
    """Yield the values of an entry; a citation is one value."""
    for key, value in _fields(data):
        if key in ("all", "any") and isinstance(data, Group):
            yield (ALL_OR_ANY,), key
            yield (ORDER,), tuple(child.id for child in value)
        elif is_dataclass(value) and not isinstance(value, Citation):
            yield from (((key, *below), one) for below, one in _parts(value))
        else:
            yield (key,), value


def _fields(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield what is stated, each by its key in the file."""
    for name in (one.name for one in fields(data)):
        value = getattr(data, name)
        if value is not None and name != _HASH:
            yield key_of(name), value
