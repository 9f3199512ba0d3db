"""The words of a comparison of policies for one case: its columns, its rows, and their count."""

from collections.abc import Iterator, Sequence

from app.model.determination import Determination
from app.model.question import Catalog
from app.model.wording import count_in_words
from app.output.comparison_criteria import criterion_rows
from app.output.comparison_limits import dose_rows, request_rows
from app.output.comparison_rows import (
    DIFFERS,
    ComparedCell,
    ComparedRow,
    Section,
    Side,
    compared_row,
    judged_sides,
)
from app.output.phrases import STATUS, STATUS_SHAPE, in_force_text, period_text

__all__ = [
    "DIFFERS",
    "ComparedCell",
    "ComparedRow",
    "Section",
    "Side",
    "compared_rows",
    "difference_text",
    "policy_heading",
]

_HASH_DIGITS = 12
_PAST_REVIEW = "past its review: ask for a newer version"


def policy_heading(side: Side) -> str:
    """Return the head of a column: who, what, which version, and what is to be known of it."""
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
    """Return all rows, section after section; none without a side."""
    if not sides:
        return ()
    return (
        *_status_rows(sides),
        *dose_rows(sides),
        *request_rows(sides, catalog),
        *criterion_rows(sides, catalog),
    )


def difference_text(sides: Sequence[Side], rows: Sequence[ComparedRow]) -> str:
    """Return how many rows differ, and what was not compared."""
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
    if any(side.is_held for side in sides):
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
        ", not certain yet: an unusual measurement waits for confirmation" if side.is_held else ""
    )
    return ComparedCell(f"{STATUS_SHAPE[status]} {STATUS[status]}{doubt}", "", status, status)


def _reason(side: Side) -> ComparedCell:
    """Return why; a sentence that follows from verdicts is compared where they stand."""
    found = side.determination
    return ComparedCell(found.summary if found else side.not_in_force)


def _period(side: Side, found: Determination) -> ComparedCell:
    period = found.approval_period
    if period is None:
        return ComparedCell("None with this status", counts="none")
    place = side.policy.cite(side.policy.coverage[side.case.indication].approval.citation)
    return ComparedCell(period_text(period), place, (period.start, period.end))
