"""A payer's written policy as data: criteria, dosing limits, approvals and notes, each cited.

Data only; the engine decides. Every Policy object is complete and consistent: each criterion refers
to a question of the catalog (passed as validation context), and each value has a citation.
"""

from datetime import date
from typing import Annotated, Literal, Self

from pydantic import Field, PrivateAttr, StrictBool, ValidationInfo, model_validator

from app.model.case import Indication, Route
from app.model.criterion import Criterion, criterion_ids
from app.model.determination import CYCLE_LIMITS, ApprovalStatus, RequestStatus
from app.model.document import Citation, Cited, Data, Identifier, PolicyId, PositiveInt, Text
from app.model.quantities import refusal

Units = Annotated[int, Field(gt=0, le=1_000_000_000, strict=True)]


class Dose(Cited):
    """The limit per dose: `iu` International Units for each kg, m² or lesion.

    `also_stated_as` is the policy's figure in other units, for display only.
    """

    iu: Units
    per: Literal["kg", "m2", "lesion"]
    also_stated_as: Text | None = None


class Limit(Cited):
    """A whole number: the most doses, or the fewest days of rest, in a regimen."""

    value: PositiveInt


class Dosing(Data):
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

    @model_validator(mode="after")
    def _cycle_and_rests_go_together(self) -> Self:
        stated = [getattr(self, name) is not None for name in CYCLE_LIMITS]
        if any(stated) and not all(stated):
            *first, last = CYCLE_LIMITS
            raise refusal(f"{', '.join(first)} and {last} go together")
        return self


class Approval(Cited):
    """The duration of an approval in calendar months."""

    months: PositiveInt


class Coverage(Data):
    """One covered indication: its approval, its criteria, and its dosing by route."""

    name: Text
    approval: Approval
    criteria: Criterion
    dosing: dict[Route, Dosing] = Field(min_length=1)


class StatusRule(Cited):
    """The status of a request beyond the documented dosing."""

    status: Literal["criteria_not_met", "information_missing", "clinician_review"]


class BeyondDosing(Data):
    """The status of such a request if the criteria are met, and if answers are missing."""

    met: StatusRule
    incomplete: StatusRule


class NotCovered(Cited):
    """The policy's statement about every use that it does not list."""

    text: Text


class When(Data):
    """The conditions for showing a note: all that are stated must be true."""

    indications: tuple[Indication, ...] | None = Field(None, min_length=1)
    routes: tuple[Route, ...] | None = Field(None, min_length=1)
    approval_status: tuple[ApprovalStatus, ...] | None = Field(None, min_length=1)
    request_status: tuple[RequestStatus, ...] | None = Field(None, min_length=1)
    course_number_at_least: PositiveInt | None = None
    til: StrictBool | None = None


class Note(Cited):
    """A sentence shown with a determination; it never changes a status."""

    id: Identifier
    text: Text
    when: When = When()


class InForce(Cited):
    """The first day on which a version is in force, and the last day if known."""

    first_day: Annotated[date, Field(strict=True)]
    last_day: Annotated[date, Field(strict=True)] | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.last_day is not None and self.last_day < self.first_day:
            raise refusal("lies before first_day", at="last_day")
        return self


class Review(Cited):
    """The interval at which the payer reviews the policy, in calendar months."""

    every_months: PositiveInt


class Policy(Data):
    """One version of one payer's policy. `sha256` is the hash of the file it was read from.

    `provided_by` says who provides a site's own file; a file that came with Aldesk has None.
    """

    id: PolicyId
    version: Text
    payer: Text
    title: Text
    document: Text
    provided_by: Text | None = None
    in_force: InForce
    review: Review
    coverage: dict[Indication, Coverage] = Field(min_length=1)
    not_covered: NotCovered
    beyond_dosing: BeyondDosing
    notes: tuple[Note, ...]
    _sha256: str = PrivateAttr("")
    _compiled: object = PrivateAttr(None)

    @property
    def sha256(self) -> str:
        """The SHA-256 of the file in hexadecimal, passed as validation context."""
        return self._sha256

    @property
    def compiled(self) -> object:
        """What the engine has made of this version."""
        return self._compiled

    def keep_compiled(self, compiled: object) -> None:
        """Keep what the engine makes of this version for as long as the version itself is kept."""
        self._compiled = compiled

    def cite(self, citation: Citation) -> str:
        """Return a citation as text: document, heading and item."""
        return f"{self.document}: {citation}"

    @model_validator(mode="after")
    def _identifiers_are_unique(self, info: ValidationInfo) -> Self:
        self._sha256 = (info.context or {})["sha256"]
        _refuse_repeated("notes", [note.id for note in self.notes])
        for indication, coverage in self.coverage.items():
            _refuse_repeated(f"coverage.{indication}.criteria", criterion_ids(coverage.criteria))
        return self


def _refuse_repeated(at: str, ids: list[str]) -> None:
    repeated = sorted({one for one in ids if ids.count(one) > 1})
    if repeated:
        raise refusal(f"the id {repeated[0]!r} is used more than once", at=at)
