"""A payer's written policy as data: criteria, dosing limits, approvals and notes, each cited.

Data only; the engine decides. Every Policy object is complete and consistent: each criterion refers
to a question of the catalog (passed as validation context), and each value has a citation.
"""

from dataclasses import dataclass, fields
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from app.model.case import Indication, Route
from app.model.criterion import Criterion, criterion_ids
from app.model.data import AsWritten, Limited, Refusal, data
from app.model.determination import CYCLE_LIMITS, ApprovalStatus, RequestStatus
from app.model.document import (
    Citation,
    Cited,
    Identifier,
    PolicyId,
    PositiveInt,
    Text,
    YesNo,
)

Units = Annotated[int, AsWritten(), Limited(above=0, at_most=1_000_000_000)]


@data
class Dose(Cited):
    """The limit per dose: `iu` International Units for each kg, m² or lesion.

    `also_stated_as` is the policy's figure in other units, for display only.
    """

    iu: Units
    per: Literal["kg", "m2", "lesion"]
    also_stated_as: Text | None = None


@data
class Limit(Cited):
    """A whole number: the most doses, or the fewest days of rest, in a regimen."""

    value: PositiveInt


@data
class Dosing:
    """The dosing that a policy documents for one route; None for a limit that it does not state."""

    name: Text
    dose: Dose
    max_doses_per_day: Limit | None = None
    max_doses_per_week: Limit | None = None
    max_doses_per_cycle: Limit | None = None
    min_rest_days: Limit | None = None
    min_course_rest_days: Limit | None = None

    @property
    def has_cycles(self) -> bool:
        """Whether doses are given in cycles with rest between them."""
        return self.max_doses_per_cycle is not None

    def __post_init__(self) -> None:
        stated = [getattr(self, name) is not None for name in CYCLE_LIMITS]
        if any(stated) and not all(stated):
            *first, last = CYCLE_LIMITS
            raise Refusal(f"{', '.join(first)} and {last} go together")


@data
class Approval(Cited):
    """The duration of an approval in calendar months."""

    months: PositiveInt


@data
class Coverage:
    """One covered indication: its approval, its criteria, and its dosing by route."""

    name: Text
    approval: Approval
    criteria: Criterion
    dosing: Annotated[dict[Route, Dosing], Limited(entries=1)]


@data
class StatusRule(Cited):
    """The status of a request beyond the documented dosing."""

    status: Literal["criteria_not_met", "information_missing", "clinician_review"]


@data
class BeyondDosing:
    """The status of such a request if the criteria are met, and if answers are missing."""

    met: StatusRule
    incomplete: StatusRule


@data
class NotCovered(Cited):
    """The policy's statement about every use that it does not list."""

    text: Text


@data
class When:
    """The conditions for showing a note: all that are stated must be true.

    `beyond_dosing` is true where what is requested, given or planned is beyond the documented
    dosing, or none is documented for the therapy; the latter alone is `dosing_documented`. A course
    after `previous_last_dose_on` counts as the second one at least.
    """

    indications: Annotated[tuple[Indication, ...], Limited(entries=1)] | None = None
    routes: Annotated[tuple[Route, ...], Limited(entries=1)] | None = None
    approval_status: Annotated[tuple[ApprovalStatus, ...], Limited(entries=1)] | None = None
    request_status: Annotated[tuple[RequestStatus, ...], Limited(entries=1)] | None = None
    beyond_dosing: YesNo | None = None
    dosing_documented: YesNo | None = None
    course_number_at_least: PositiveInt | None = None
    til: YesNo | None = None


@data
class Note(Cited):
    """A sentence shown with a determination; it never changes a status."""

    id: Identifier
    text: Text
    when: When = When()


@data
class InForce(Cited):
    """The first day on which a version is in force, and the last day if known."""

    first_day: Annotated[date, AsWritten()]
    last_day: Annotated[date, AsWritten()] | None = None

    def __post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.first_day:
            raise Refusal("lies before first_day", at="last_day")


@data
class Review(Cited):
    """The interval at which the payer reviews the policy, in calendar months."""

    every_months: PositiveInt


@data
class WrittenPolicy:
    """What a policy file says; the grammar of the file."""

    id: PolicyId
    version: Text
    payer: Text
    title: Text
    document: Text
    provided_by: Text | None = None
    in_force: InForce
    review: Review
    coverage: Annotated[dict[Indication, Coverage], Limited(entries=1)]
    not_covered: NotCovered
    beyond_dosing: BeyondDosing
    notes: tuple[Note, ...]

    def cite(self, citation: Citation) -> str:
        """Return a citation as text: document, heading and item."""
        return f"{self.document}: {citation}"

    def __post_init__(self) -> None:
        _refuse_repeated("notes", [note.id for note in self.notes])
        for indication, coverage in self.coverage.items():
            _refuse_repeated(f"coverage.{indication}.criteria", criterion_ids(coverage.criteria))


@dataclass(frozen=True, kw_only=True)
class Policy(WrittenPolicy):
    """One version of one payer's policy. `sha256` is the hash of the file it was read from.

    `provided_by` says who provides a site's own file; a file that came with Aldesk has None. What
    is in doubt in it is said in sentences: what was accepted when it was taken, and what nobody has
    acknowledged.
    """

    sha256: str
    accepted_doubts: tuple[str, ...] = ()
    open_doubts: tuple[str, ...] = ()

    @classmethod
    def of(cls, written: WrittenPolicy, sha256: str) -> "Policy":
        """Return the version that a file says, with the hash of that file in hexadecimal."""
        said = {one.name: getattr(written, one.name) for one in fields(WrittenPolicy)}
        return cls(**said, sha256=sha256)

    @cached_property
    def compiled(self) -> dict[str, Any]:
        """Room for what the engine makes of this version: it lasts as long as the version."""
        return {}


def _refuse_repeated(at: str, ids: list[str]) -> None:
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    if repeated:
        raise Refusal(f"the id {repeated[0]!r} is used more than once", at=at)
