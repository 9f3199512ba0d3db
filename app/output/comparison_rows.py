"""How a row of a comparison looks, and the rows of the dosing and of the request.

A row differs where a verdict, a number or a requirement does; another place in another document,
a payer's name or other words for the same requirement are no difference. A dose that is held back
shows neither itself nor a number that tells it.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from app.casework.comparison import Side
from app.model.case import known
from app.model.catalog import Catalog
from app.model.determination import ApprovalStatus, Determination, Finding
from app.model.formatting import dose_in_words
from app.output.phrases import UNCONFIRMED_TOO, dose_title, finding_text, limit_rows, requested_text

ComparisonSection = Literal["Status", "Dose and limits", "Request", "Criteria"]

DIFFERS = "≠ Differs"  # a word and a shape: it never speaks by color alone
NOT_IN_FORCE = "Not in force"

UNCONFIRMED = (
    "Held back: a measurement is unusual. Check it on the chart, then confirm it beside its field."
)
_NO_DOSING = "No dosing is documented for this use by this route."
_NOTHING_TO_CHECK = "There is no documented limit to check a request against."


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """What one policy says in one row.

    `counts` is what is compared with the other cells, None where nothing is; `status` is there
    where the cell is the policy's verdict.
    """

    text: str
    citation: str = ""
    counts: Hashable = None
    status: ApprovalStatus | None = None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row: its cells stand in the order of the policies, nested criteria at their depth."""

    section: ComparisonSection
    label: str
    cells: tuple[ComparedCell, ...]
    differs: bool
    depth: int = 0


def compared_row(
    section: ComparisonSection,
    label: str,
    sides: Sequence[Side],
    cell: Callable[[Side, Determination], ComparedCell],
) -> ComparedRow:
    """Return a row over the policies in force; the others say that they are not."""
    cells = tuple(
        cell(side, side.determination) if side.determination else ComparedCell(NOT_IN_FORCE)
        for side in sides
    )
    differs = len({one.counts for one in cells if one.counts is not None}) > 1
    return ComparedRow(section, label, cells, differs)


def judged_sides(sides: Sequence[Side]) -> tuple[Determination, ...]:
    """Return the determinations of the policies in force."""
    return tuple(side.determination for side in sides if side.determination)


def dose_rows(sides: Sequence[Side]) -> Iterator[ComparedRow]:
    """Yield the dose with its basis, then every limit that one of the policies states."""
    limited = [found for found in judged_sides(sides) if found.dose_limit]
    titles = {dose_title(found) for found in limited}
    label = titles.pop() if len(titles) == 1 else "Maximum, or documented limit"
    yield compared_row("Dose and limits", label, sides, partial(_dose, label))
    if limited:
        yield compared_row("Dose and limits", "Basis", sides, _basis)
    stated = [row for found in limited if found.dose_limit for row in limit_rows(found.dose_limit)]
    for name in dict.fromkeys(row.label for row in stated):
        yield compared_row("Dose and limits", name, sides, partial(_limit, name))


def _dose(label: str, side: Side, found: Determination) -> ComparedCell:
    limit = found.dose_limit
    if limit is None:
        return ComparedCell(_NO_DOSING, counts="none")
    if side.is_unconfirmed:
        return ComparedCell(UNCONFIRMED, limit.citation)
    dose = "Not known yet" if limit.max_dose_iu is None else dose_in_words(limit.max_dose_iu)
    title = dose_title(found)
    text = dose if title == label else f"{title}: {dose}"
    return ComparedCell(text, limit.citation, (limit.max_dose_iu, limit.per))


def _basis(side: Side, found: Determination) -> ComparedCell:
    limit = found.dose_limit
    if limit is None:
        return ComparedCell("None documented", counts="none")
    if side.is_unconfirmed:
        return ComparedCell(UNCONFIRMED_TOO, limit.citation)
    return ComparedCell(limit.basis, limit.citation, limit.basis)


def _limit(name: str, _: Side, found: Determination) -> ComparedCell:
    rows = list(limit_rows(found.dose_limit)) if found.dose_limit else []
    named = [row for row in rows if row.label == name]
    if named:
        text = "; ".join(row.text for row in named)
        places = "; ".join(dict.fromkeys(row.citation for row in named))
        return ComparedCell(text, places, text)
    place = found.dose_limit.citation if found.dose_limit else ""
    return ComparedCell("No limit stated", place, "none")


def request_rows(sides: Sequence[Side], catalog: Catalog) -> Iterator[ComparedRow]:
    """Yield a row for each requested value; none where nothing was requested."""
    requested = known(sides[0].case.requested)
    for field, value in requested.items():
        words = requested_text(Finding(field, value, None, "unknown", None))
        label = f"{catalog.label(f'requested.{field}')}: {words}"
        yield compared_row("Request", label, sides, partial(_finding, field))


def _finding(field: str, side: Side, found: Determination) -> ComparedCell:
    finding = next((one for one in found.request_check.findings if one.field == field), None)
    if finding is None:
        return ComparedCell(_NOTHING_TO_CHECK, counts="none")
    citation = finding.citation or ""
    if side.is_unconfirmed and field == "dose_iu":
        return ComparedCell(UNCONFIRMED_TOO, citation)
    return ComparedCell(finding_text(finding), citation, (finding.result, finding.limit))
