"""The rows of a comparison about status, dosing, request and notes, its headings and its summary.

A row differs if a verdict, a number or a requirement differs; different citations, payers and words
for the same requirement do not count.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from app.casework.comparison import Side
from app.model.case import known
from app.model.catalog import Catalog
from app.model.determination import ApprovalStatus, Determination, DeterminationNote, Finding
from app.model.formatting import count_in_words, dose_in_words
from app.model.policy import Policy
from app.output.headline import headline, headline_shape, is_dosing_unchecked
from app.output.phrases import (
    HASH_DIGITS,
    NO_LIMIT,
    dose_text,
    dose_title,
    finding_text,
    in_force_text,
    limit_rows,
    period_text,
    requested_text,
    without_limit,
)
from app.output.result_texts import hold_text, outside_policy
from app.output.site_policies import whose
from app.output.units_section import vials_text

ComparisonSection = Literal["Status", "Dose and limits", "Request", "Criteria", "Notes"]

DIFFERS = "≠ Differs"  # a word and a shape, because color alone must not carry information
NOT_IN_FORCE = "Not in force"
NOT_KNOWN = "Use not known to this policy"

_NOTHING_WAITS = "Nothing"
_PAST_REVIEW = "review overdue: ask for a newer version"


@dataclass(frozen=True, slots=True)
class ComparedCell:
    """The cell of one policy in one row.

    `counts` is the value that is compared with the other cells (None: not compared); `status` is
    set in a cell that has the policy's verdict: that whose color it has.
    """

    text: str
    citation: str = ""
    counts: Hashable = None
    status: ApprovalStatus | None = None


@dataclass(frozen=True, slots=True)
class ComparedRow:
    """One row: cells in the order of the policies; `depth` is that of a nested criterion."""

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
    """Return a row; `cell` makes the cell of each policy that is in force."""
    cells = tuple(
        cell(side, side.determination) if side.determination else not_judged(side) for side in sides
    )
    differs = len({one.counts for one in cells if one.counts is not None}) > 1
    return ComparedRow(section, label, cells, differs)


def not_judged(side: Side) -> ComparedCell:
    """Return the cell of a policy that has no result for the case."""
    return ComparedCell(NOT_KNOWN if side.foreign_use else NOT_IN_FORCE)


def judged_sides(sides: Sequence[Side]) -> tuple[Determination, ...]:
    """Return the determinations of the policies in force."""
    return tuple(side.determination for side in sides if side.determination)


def column_heading(side: Side) -> str:
    """Return the heading of a column: payer, title, version, site's file, overdue review."""
    policy = side.policy
    about = f"version {policy.version}, {in_force_text(policy)}"
    notes = side.determination.notes if side.determination else ()
    is_old = any(note.id == "policy_review_overdue" for note in notes)
    lines = [policy.payer, policy.title, about]
    if policy.provided_by is not None:
        file = f"file SHA-256 beginning {policy.sha256[:HASH_DIGITS]}"
        lines.append(f"site policy, provided by {policy.provided_by}, {file}")
    return "\n".join([*lines, *([_PAST_REVIEW] if is_old else [])])


def _named(policy: Policy) -> str:
    return f"{policy.payer}{whose(policy)}"


def difference_count_text(sides: Sequence[Side], rows: Sequence[ComparedRow]) -> str:
    """Return how many rows differ, and which policies or values were not compared."""
    count = sum(row.differs for row in rows)
    judged = judged_sides(sides)
    if len(judged) < 2:  # noqa: PLR2004
        words = ["Nothing to compare"]
    elif count:
        words = [count_in_words(count, "difference")]
    else:
        words = ["No difference in status, limits or criteria"]
    absent = [side for side in sides if side.determination is None]
    foreign = [_named(side.policy) for side in absent if side.foreign_use]
    ended = [_named(side.policy) for side in absent if not side.foreign_use]
    if ended:
        words.append(f"Not in force on the date of service: {', '.join(ended)}")
    if foreign:
        words.append(f"Does not know this use: {', '.join(foreign)}")
    words += dict.fromkeys(hold_text(found).rstrip(".") for found in judged if found.unconfirmed)
    return f"{'. '.join(words)}."


def status_rows(sides: Sequence[Side]) -> Iterator[ComparedRow]:
    """Yield the status with its reason, what waits, and the approval period if there is one."""
    yield compared_row("Status", "Status", sides, _status)
    yield ComparedRow("Status", "Reason", tuple(_reason(side) for side in sides), differs=False)
    if any(found.unconfirmed for found in judged_sides(sides)):
        yield compared_row("Status", "Waits for a confirmation", sides, _waiting)
    if any(found.approval_period for found in judged_sides(sides)):
        yield compared_row("Status", "Approval period", sides, _period)


def _status(_: Side, found: Determination) -> ComparedCell:
    words, status = headline(found), found.approval_status
    is_open = status == "criteria_met" and is_dosing_unchecked(found)
    looks: ApprovalStatus = "information_missing" if is_open else status
    return ComparedCell(f"{headline_shape(found)} {words}", "", (status, words), looks)


def _waiting(_: Side, found: Determination) -> ComparedCell:
    return ComparedCell(hold_text(found) or _NOTHING_WAITS, "", found.unconfirmed)


def _reason(side: Side) -> ComparedCell:
    """Return the reason; it is not compared, because it follows from rows that are."""
    found = side.determination
    return ComparedCell(found.summary if found else side.foreign_use or side.not_in_force)


def _period(side: Side, found: Determination) -> ComparedCell:
    period = found.approval_period
    if period is None:
        return ComparedCell("None with this status", counts="none")
    stated = (one.citation for one in found.approval_lengths if one.applies)
    place = next(stated, "")
    return ComparedCell(
        period_text(period, side.case.authorization), place, (period.start, period.end)
    )


def dose_rows(sides: Sequence[Side]) -> Iterator[ComparedRow]:
    """Yield the dose with its basis and vials, then every limit that at least one policy states."""
    limited = [found for found in judged_sides(sides) if found.dose_limit]
    titles = {dose_title(found) for found in limited}
    label = titles.pop() if len(titles) == 1 else "Maximum, or documented limit"
    yield compared_row("Dose and limits", label, sides, partial(_dose, label))
    if limited:
        yield compared_row("Dose and limits", "Basis", sides, _basis)
    if any(found.units for found in limited):
        yield compared_row("Dose and limits", "Vials for one session", sides, _vials)
    stated = [row for found in limited if found.dose_limit for row in limit_rows(found.dose_limit)]
    for name in dict.fromkeys(row.label for row in stated):
        yield compared_row("Dose and limits", name, sides, partial(_limit, name))


def _dose(label: str, _: Side, found: Determination) -> ComparedCell:
    limit = found.dose_limit
    if limit is None:
        return ComparedCell(without_limit(found), counts="none")
    dose = dose_text(found)
    title = dose_title(found)
    text = f"{dose[0].upper()}{dose[1:]}" if title == label else f"{title}: {dose}"
    return ComparedCell(text, limit.citation, (limit.max_dose_iu, limit.per))


def _basis(_: Side, found: Determination) -> ComparedCell:
    limit = found.dose_limit
    if limit is None:
        return ComparedCell("None documented", counts="none")
    return ComparedCell(limit.basis, limit.citation, limit.basis)


def _vials(_: Side, found: Determination) -> ComparedCell:
    units = found.units
    if units is None:
        return ComparedCell("Not known yet" if found.dose_limit else "None", counts="none")
    whose = "the requested dose" if units.of == "requested" else "the maximum"
    lesions = f" for each of {units.lesions:,} lesions" if units.lesions > 1 else ""
    vials = vials_text(units.vials_by_content, units.vials_by_volume)
    text = f"For {whose}{lesions}, {dose_in_words(units.total_iu)} in all: {vials}"
    return ComparedCell(text, counts=(units.vials_by_content, units.vials_by_volume))


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
        if field == "lesions":  # never a finding; they stand with the vials
            continue
        words = requested_text(Finding(field, value, None, "unknown", None))
        label = f"{catalog.label(f'requested.{field}')}: {words}"
        yield compared_row("Request", label, sides, partial(_finding, field))


def _finding(field: str, _: Side, found: Determination) -> ComparedCell:
    finding = next((one for one in found.request_check.findings if one.field == field), None)
    if finding is None:
        return ComparedCell(NO_LIMIT, counts="none")
    compared = (finding.result, finding.limit)
    outside = outside_policy(found) if field == "dose_iu" else ""
    text = " ".join(filter(None, (finding_text(finding), outside)))
    return ComparedCell(text, finding.citation or "", compared)


def note_rows(sides: Sequence[Side]) -> Iterator[ComparedRow]:
    """Yield what stands for something in this case, apart from the facts of the label.

    It is not compared, because it follows from rows that are.
    """
    if any(_case_notes(found) for found in judged_sides(sides)):
        yield compared_row("Notes", "For this case", sides, _notes)


def _notes(_: Side, found: Determination) -> ComparedCell:
    notes = _case_notes(found)
    text = "\n".join(note.text for note in notes) or "None"
    citations = dict.fromkeys(note.citation for note in notes)
    return ComparedCell(text, "; ".join(citations))


def _is_for_the_case(note: DeterminationNote) -> bool:
    """Return whether a note stands for the case; a check stands for every case, and is told."""
    return note.kind == "check" or (note.scope == "case" and note.kind != "label")


def _case_notes(found: Determination) -> list[DeterminationNote]:
    return [note for note in found.notes if _is_for_the_case(note)]
