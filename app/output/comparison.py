"""A comparison of policies for one case in words: column headings, rows, number of differences.

Says what each policy requires and whether it is met, and never suggests changing an answer.
"""

from collections.abc import Iterator, Sequence

from app.casework.comparison import Side
from app.model.catalog import Catalog
from app.model.determination import Determination, JudgedComparison, is_for_another_route
from app.model.formatting import count_in_words
from app.output.comparison_rows import (
    NOT_IN_FORCE,
    ComparedCell,
    ComparedRow,
    compared_row,
    dose_rows,
    judged_sides,
    request_rows,
)
from app.output.criteria_alignment import AlignedCriterion, CriterionPlace, aligned
from app.output.phrases import (
    STATUS,
    STATUS_SHAPE,
    in_force_text,
    period_text,
    result_text,
    seen_text,
)

_HASH_DIGITS = 12
_PAST_REVIEW = "review overdue: ask for a newer version"

NOT_IN_POLICY = "Not in this policy"
_NO_GROUP = "Not a group of its own in this policy"


def column_heading(side: Side) -> str:
    """Return the heading of a column: payer, title, version, site's file, overdue review."""
    policy = side.policy
    about = f"version {policy.version}, {in_force_text(policy)}"
    notes = side.determination.notes if side.determination else ()
    is_old = any(note.id == "policy_review_overdue" for note in notes)
    lines = [policy.payer, policy.title, about]
    if policy.provided_by is not None:
        file = f"file SHA-256 beginning {policy.sha256[:_HASH_DIGITS]}"
        lines.append(f"site policy, provided by {policy.provided_by}, {file}")
    return "\n".join([*lines, *([_PAST_REVIEW] if is_old else [])])


def compared_rows(sides: Sequence[Side], catalog: Catalog) -> tuple[ComparedRow, ...]:
    """Return all rows, section by section; none without sides."""
    if not sides:
        return ()
    return (
        *_status_rows(sides),
        *dose_rows(sides),
        *request_rows(sides, catalog),
        *criterion_rows(sides, catalog),
    )


def difference_count_text(sides: Sequence[Side], rows: Sequence[ComparedRow]) -> str:
    """Return how many rows differ, and which policies or doses were not compared."""
    count = sum(row.differs for row in rows)
    if len(judged_sides(sides)) < 2:  # noqa: PLR2004
        words = ["Nothing to compare"]
    elif count:
        words = [count_in_words(count, "difference")]
    else:
        words = ["No difference in status, limits or criteria"]
    absent = [side.policy.payer for side in sides if side.determination is None]
    if absent:
        words.append(f"Not in force on the date of service: {', '.join(absent)}")
    if any(side.is_unconfirmed for side in sides):
        words.append("The dose is held back and not compared")
    return f"{'. '.join(words)}."


def _status_rows(sides: Sequence[Side]) -> Iterator[ComparedRow]:
    yield compared_row("Status", "Status", sides, _status)
    yield ComparedRow("Status", "Reason", tuple(_reason(side) for side in sides), differs=False)
    if any(found.approval_period for found in judged_sides(sides)):
        yield compared_row("Status", "Approval period", sides, _period)


def _status(side: Side, found: Determination) -> ComparedCell:
    status = found.approval_status
    doubt = (
        ", not certain yet: an unusual measurement waits for confirmation"
        if side.is_unconfirmed
        else ""
    )
    return ComparedCell(f"{STATUS_SHAPE[status]} {STATUS[status]}{doubt}", "", status, status)


def _reason(side: Side) -> ComparedCell:
    """Return the reason; it is not compared, because it follows from rows that are."""
    found = side.determination
    return ComparedCell(found.summary if found else side.not_in_force)


def _period(side: Side, found: Determination) -> ComparedCell:
    period = found.approval_period
    if period is None:
        return ComparedCell("None with this status", counts="none")
    place = side.policy.cite(side.policy.coverage[side.case.indication].approval.citation)
    return ComparedCell(period_text(period), place, (period.start, period.end))


def criterion_rows(sides: Sequence[Side], catalog: Catalog) -> Iterator[ComparedRow]:
    """Yield the aligned criteria, in an order that keeps the order of each policy."""
    for one in aligned([found.eligibility.criteria for found in judged_sides(sides)]):
        label = _label(one, catalog)
        told = (_cell(one, number, label, catalog) for number in range(len(one.places)))
        cells = tuple(
            next(told) if side.determination else ComparedCell(NOT_IN_FORCE) for side in sides
        )
        yield ComparedRow("Criteria", label, cells, one.differs, one.depth)


def _label(one: AlignedCriterion, catalog: Catalog) -> str:
    """Return the text of the criterion, or its question if the policies word it differently."""
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
    if isinstance(judged, JudgedComparison) and judged.seen is not None:
        answer = seen_text(judged, catalog)
        yield from () if is_for_another_route(judged) else (f"answer: {answer}",)
    if one.is_moved and place.group:
        yield f"part of “{place.group.judged.text}”"
