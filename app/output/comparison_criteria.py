"""Judged criteria of several policies in rows of words, each aligned with its counterpart.

Says what each policy requires and how it came out, and never how an answer would have to change.
"""

from collections.abc import Iterator, Sequence

from app.model.determination import JudgedComparison, is_for_another_route
from app.model.question import Catalog
from app.output.aligned_criteria import AlignedCriterion, Place, aligned
from app.output.comparison_rows import (
    NOT_IN_FORCE,
    ComparedCell,
    ComparedRow,
    Side,
    judged_sides,
)
from app.output.phrases import result_text, seen_text

NOT_THERE = "Not in this policy"
_NO_GROUP = "Not a group of its own in this policy"


def criterion_rows(sides: Sequence[Side], catalog: Catalog) -> Iterator[ComparedRow]:
    """Yield the criteria in an order that keeps that of each policy."""
    for one in aligned([found.eligibility.criteria for found in judged_sides(sides)]):
        label = _label(one, catalog)
        told = (_cell(one, number, label, catalog) for number in range(len(one.places)))
        cells = tuple(
            next(told) if side.determination else ComparedCell(NOT_IN_FORCE) for side in sides
        )
        yield ComparedRow("Criteria", label, cells, one.differs, one.depth)


def _label(one: AlignedCriterion, catalog: Catalog) -> str:
    """Return the criterion's words; where they differ for one question, that question."""
    there = [place.judged for place in one.places if place]
    asked = {judged.question for judged in there if isinstance(judged, JudgedComparison)}
    question = catalog.questions.get(asked.pop()) if len(asked) == 1 else None
    if question and len({judged.text for judged in there}) > 1:
        return question.label
    return there[0].text


def _cell(one: AlignedCriterion, number: int, label: str, catalog: Catalog) -> ComparedCell:
    place, near = one.places[number], one.near[number]
    if place is None:
        bundles = all(other.only_bundles for other in one.places if other)
        return ComparedCell(_NO_GROUP if bundles else NOT_THERE, near.judged.citation)
    text = "; ".join(_parts(place, one, label, catalog))
    return ComparedCell(text, place.judged.citation)


def _parts(place: Place, one: AlignedCriterion, label: str, catalog: Catalog) -> Iterator[str]:
    """Yield result and own words, then the answer, then the group where it stands elsewhere."""
    judged = place.judged
    words = "" if judged.text == label else f": {judged.text}"
    yield f"{result_text(judged)}{words}"
    if isinstance(judged, JudgedComparison) and judged.seen is not None:
        answer = seen_text(judged, catalog)
        yield from () if is_for_another_route(judged) else (f"answer: {answer}",)
    if one.is_moved and place.group:
        yield f"part of “{place.group.judged.text}”"
