"""A comparison of policies for one case: all its rows, and how the criteria are aligned.

Criteria are aligned by what they require, not by their words: policies may nest and word the same
requirement differently. So a comparison is matched by its question and wanted value, wherever it
is, and a group by the questions below it. Never suggests changing an answer.
"""

from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from app.casework.comparison import Side
from app.model.catalog import Catalog
from app.model.eligibility import Compared, Judged, children, is_for_another_route
from app.output.comparison_rows import (
    ComparedCell,
    ComparedRow,
    dose_rows,
    judged_sides,
    not_judged,
    note_rows,
    request_rows,
    status_rows,
)
from app.output.comparison_stated import stated_rows
from app.output.phrases import result_text, seen_text

NOT_IN_POLICY = "Not in this policy"
_NO_GROUP = "Not a group of its own in this policy"


@dataclass(frozen=True, eq=False)
class CriterionPlace:
    """One criterion at its place in the tree of one policy."""

    judged: Judged
    parent: "CriterionPlace | None" = None
    depth: int = 0

    @property
    def only_bundles(self) -> bool:
        """Whether this group has no effect: the same kind as its group, or only one criterion."""
        below = children(self.judged)
        if self.group is None or not below:
            return False
        return len(below) == 1 or type(self.judged) is type(self.group.judged)

    @property
    def group(self) -> "CriterionPlace | None":
        """The closest group around it that has an effect, or None."""
        group = self.parent
        while group is not None and group.only_bundles:
            group = group.parent
        return group


@dataclass(frozen=True, slots=True)
class AlignedCriterion:
    """The same criterion in each policy, or None where a policy does not have it.

    `near` is the criterion itself or, without it, the closest group around it that the policy has.
    `is_moved` is true if it belongs to different groups.
    """

    places: tuple[CriterionPlace | None, ...]
    near: tuple[CriterionPlace, ...]
    differs: bool
    is_moved: bool
    depth: int


_AlignedPlaces = list[CriterionPlace | None]
_At = dict[CriterionPlace | None, _AlignedPlaces]


def compared_rows(sides: Sequence[Side], catalog: Catalog) -> tuple[ComparedRow, ...]:
    """Return all rows, section by section; none without sides."""
    if not sides:
        return ()
    return (
        *status_rows(sides),
        *stated_rows(sides),
        *dose_rows(sides),
        *request_rows(sides, catalog),
        *criterion_rows(sides, catalog),
        *note_rows(sides),
    )


def criterion_rows(sides: Sequence[Side], catalog: Catalog) -> Iterator[ComparedRow]:
    """Yield the aligned criteria, in an order that keeps the order of each policy."""
    for one in aligned([found.eligibility.criteria for found in judged_sides(sides)]):
        label = _label(one, catalog)
        told = (_cell(one, number, label, catalog) for number in range(len(one.places)))
        cells = tuple(next(told) if side.determination else not_judged(side) for side in sides)
        yield ComparedRow("Criteria", label, cells, one.differs, one.depth)


def _label(one: AlignedCriterion, catalog: Catalog) -> str:
    """Return the text of the criterion, or its question if the policies word it differently."""
    there = [place.judged for place in one.places if place]
    asked = {judged.question for judged in there if isinstance(judged, Compared)}
    question = catalog.questions.get(asked.pop()) if len(asked) == 1 else None
    if question and len({judged.text for judged in there}) > 1:
        return question.label
    return there[0].text


def _cell(one: AlignedCriterion, number: int, label: str, catalog: Catalog) -> ComparedCell:
    place, near = one.places[number], one.near[number]
    if place is None:
        bundles = all(other.only_bundles for other in one.places if other)
        return ComparedCell(_NO_GROUP if bundles else NOT_IN_POLICY, near.judged.citation)
    text = "; ".join(_parts(place, one, label, catalog))
    return ComparedCell(text, place.judged.citation)


def _parts(
    place: CriterionPlace, one: AlignedCriterion, label: str, catalog: Catalog
) -> Iterator[str]:
    """Yield the result with the policy's own text, the answer, and the group if it is another."""
    judged = place.judged
    words = "" if judged.text == label else f": {judged.text}"
    yield f"{result_text(judged)}{words}"
    if isinstance(judged, Compared) and judged.seen is not None:
        answer = seen_text(judged, catalog)
        yield from () if is_for_another_route(judged) else (f"answer: {answer}",)
    if one.is_moved and place.group:
        yield f"part of “{place.group.judged.text}”"


def aligned(trees: Sequence[Judged]) -> tuple[AlignedCriterion, ...]:
    """Return the criteria of all trees in a common order, which keeps the order of each tree."""
    rows: list[_AlignedPlaces] = []
    at: _At = {}
    for side, tree in enumerate(trees):
        places = list(_places(CriterionPlace(tree)))
        _pair(rows, places, at)
        _merge(rows, places, at, (side, len(trees)))
    return tuple(_aligned(row, at) for row in rows)


def _places(place: CriterionPlace) -> Iterator[CriterionPlace]:
    yield place
    for child in children(place.judged):
        yield from _places(CriterionPlace(child, place, place.depth + 1))


def _pair(rows: list[_AlignedPlaces], places: list[CriterionPlace], at: _At) -> None:
    """Match places with rows in descending order of score: roots, then groups, then comparisons."""
    for alike in (_match_roots, _match_groups, _match_comparisons):
        scored = [
            (score, place, row)
            for place in places
            for row in rows
            if (score := max(alike(one, place, at) for one in _there(row)))
        ]
        taken: list[_AlignedPlaces] = [at[place] for place in places if place in at]
        for _, place, row in sorted(scored, key=lambda one: -one[0]):
            if place not in at and not any(row is one for one in taken):
                at[place] = row
                taken.append(row)


def _merge(
    rows: list[_AlignedPlaces], places: list[CriterionPlace], at: _At, column: tuple[int, int]
) -> None:
    """Put each place into its row, or into a new row below that of the preceding place."""
    side, sides = column
    found = {id(at[place]) for place in places if place in at}
    before = -1
    for place in places:
        if place in at:
            before = next(number for number, row in enumerate(rows) if row is at[place])
        else:
            before += 1
            while before < len(rows) and _belongs_before(rows[before], place, found):
                before += 1
            at[place] = [None] * sides
            rows.insert(before, at[place])
        at[place][side] = place


def _belongs_before(row: _AlignedPlaces, place: CriterionPlace, found: set[int]) -> bool:
    """Return whether a row without a place on this side is at least as deep as the place."""
    return id(row) not in found and _depth(row) >= place.depth


def _aligned(row: _AlignedPlaces, at: _At) -> AlignedCriterion:
    there = _there(row)
    is_moved = len({id(at.get(one.group)) for one in there}) > 1
    if len(there) < len(row):
        differs = not all(one.only_bundles for one in there)
    else:
        differs = is_moved or len({(one.judged.result, _required(one.judged)) for one in there}) > 1
    near = tuple(_near(side, there[0], at) for side in range(len(row)))
    return AlignedCriterion(tuple(row), near, differs, is_moved, _depth(row))


def _near(side: int, place: CriterionPlace | None, at: _At) -> CriterionPlace:
    """Return this side's place in the closest row outward that has one; the root row does."""
    return at[place][side] or _near(side, place and place.parent, at)


def _match_roots(one: CriterionPlace, other: CriterionPlace, at: _At) -> Fraction:  # noqa: ARG001
    return Fraction(one.parent is None and other.parent is None)


def _match_groups(one: CriterionPlace, other: CriterionPlace, at: _At) -> Fraction:  # noqa: ARG001
    """Return the share of the questions below either group that are below both."""
    if not (children(one.judged) and children(other.judged)):
        return Fraction(0)
    asked, also_asked = set(_asked(one.judged)), set(_asked(other.judged))
    return Fraction(len(asked & also_asked), len(asked | also_asked))


def _match_comparisons(one: CriterionPlace, other: CriterionPlace, at: _At) -> Fraction:
    """Return 3 for the same requirement in the same group, 2 in another; 1 for another value."""
    if children(one.judged) or children(other.judged):
        return Fraction(0)
    in_same_group = at.get(one.group) is at.get(other.group)
    if _required(one.judged) == _required(other.judged):
        return Fraction(2 + in_same_group)
    return Fraction(in_same_group and list(_asked(one.judged)) == list(_asked(other.judged)))


def _asked(judged: Judged) -> Iterator[tuple[str, str]]:
    """Yield the question and the comparison key (such as "at_least") of each comparison."""
    if isinstance(judged, Compared):
        yield from ((judged.question, how) for how in judged.wanted)
    for child in children(judged):
        yield from _asked(child)


def _required(judged: Judged) -> Hashable:
    """Return the requirement without its text; lists of covered uses count as equal."""
    if not isinstance(judged, Compared):
        return type(judged).__name__
    if judged.question == "indication":
        return judged.question
    return judged.question, frozenset(
        (how, frozenset(wanted) if isinstance(wanted, tuple) else wanted)
        for how, wanted in judged.wanted.items()
    )


def _there(row: Iterable[CriterionPlace | None]) -> list[CriterionPlace]:
    return [one for one in row if one is not None]


def _depth(row: _AlignedPlaces) -> int:
    return max(one.depth for one in _there(row))
