"""What is compared and how a row of it looks: one cell for each policy, and whether they differ.

A row differs where a verdict, a number or a requirement does; another place in another document,
a payer's name or other words for the same requirement are no difference.
"""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.model.case import Case
from app.model.determination import ApprovalStatus, Determination
from app.model.policy import Policy

Section = Literal["Status", "Dose and limits", "Request", "Criteria"]

DIFFERS = "≠ Differs"  # a word and a shape: it never speaks by color alone
NOT_IN_FORCE = "Not in force"


@dataclass(frozen=True, slots=True)
class Side:
    """What one policy says of the case; without a determination `not_in_force` says why."""

    policy: Policy
    case: Case
    determination: Determination | None
    not_in_force: str
    is_held: bool


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

    section: Section
    label: str
    cells: tuple[ComparedCell, ...]
    differs: bool
    depth: int = 0


def compared_row(
    section: Section,
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
