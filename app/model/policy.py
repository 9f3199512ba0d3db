"""A payer's written policy as data: criteria, dosing limits, approvals and notes, each cited.

Data only; the engine decides. Every Policy object is complete and consistent: each criterion refers
to a question of the catalog (passed as validation context), and each value has a citation.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Annotated, Any, Literal

from app.model.approval import Approvals, Renewals
from app.model.branches import (
    fit_approvals,
    fit_common_renewals,
    fit_renewals,
    ids_of,
    refuse_repeated,
)
from app.model.catalog import Catalog, Question
from app.model.criterion import Criterion, criterion_ids
from app.model.data import AsWritten, Limited, Refusal, data
from app.model.determination import ApprovalStatus, RequestStatus
from app.model.document import (
    ByKey,
    Citation,
    Cited,
    Identifier,
    NotStated,
    PolicyId,
    PositiveInt,
    Text,
    Yes,
    YesNo,
)
from app.model.dosing import Dosing, DosingNotStated, DosingOfUse, refuse_unclear_regimens
from app.model.uses import CodeList, NotCovered
from app.model.vocabulary import (
    ANY_INDICATION,
    CoveredId,
    IndicationId,
    OwnWords,
    RouteId,
    questions_in,
)


@data
class StatusRule(Cited):
    """The status of a request that does not fit the document as it is."""

    status: Literal["criteria_not_met", "information_missing", "clinician_review"]


@data
class Coverage:
    """One covered indication: its approval, its criteria, and its dosing by route.

    `not_met` is the status of a request that does not meet the criteria, where the policy does not
    simply refuse it. `renewal` stands in place of the policy's own for all indications.
    """

    name: Text
    approval: Approvals
    criteria: Criterion
    dosing: DosingOfUse
    renewal: Renewals = ()
    not_met: StatusRule | None = None

    def regimens(self, route: str) -> tuple[Dosing, ...]:
        """Return the regimens of a route; one that states nothing where none of them is stated."""
        if isinstance(self.dosing, DosingNotStated):
            return (Dosing(not_stated=True, citation=self.dosing.citation),)
        return self.dosing.get(route, ())

    def __post_init__(self) -> None:
        if not isinstance(self.dosing, DosingNotStated):
            refuse_unclear_regimens(self.dosing)


@data
class BeyondDosing:
    """The status of such a request if the criteria are met, and if answers are missing."""

    met: StatusRule
    incomplete: StatusRule


@data
class When:
    """The conditions for showing a note: all that are stated must be true.

    `beyond_dosing` is true where what is requested, given or planned is beyond the documented
    dosing, or none is documented for the therapy; the latter alone is `dosing_documented`. A course
    after `previous_last_dose_on` counts as the second one at least.
    """

    indications: Annotated[tuple[IndicationId, ...], Limited(entries=1)] | None = None
    routes: Annotated[tuple[RouteId, ...], Limited(entries=1)] | None = None
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
class FirstSeen(Cited):
    """A document that does not say since when it is in force: it counts from `seen_on`."""

    not_stated: Yes
    seen_on: Annotated[date, AsWritten()]

    @property
    def first_day(self) -> date:
        """The first day on which the version counts."""
        return self.seen_on

    @property
    def last_day(self) -> None:
        """No last day is known."""
        return None


@data
class Review(Cited):
    """The interval at which the payer reviews the policy, in calendar months."""

    every_months: PositiveInt


@data
class WrittenPolicy(OwnWords):
    """What a policy file says; the grammar of the file.

    `common` are criteria that every indication needs beside its own.
    """

    id: PolicyId
    version: Text
    payer: Text
    title: Text
    document: Text
    provided_by: Text | None = None
    in_force: Annotated[InForce | FirstSeen, ByKey("not_stated")]
    review: Annotated[Review | NotStated, ByKey("not_stated")]
    common: Criterion | None = None
    coverage: dict[CoveredId, Coverage]
    renewal: Renewals = ()
    not_covered: NotCovered
    beyond_dosing: Annotated[BeyondDosing | NotStated, ByKey("not_stated")]
    codes: tuple[CodeList, ...] = ()
    notes: tuple[Note, ...]

    def cite(self, citation: Citation) -> str:
        """Return a citation as text: document, heading and item."""
        return f"{self.document}: {citation}"

    @property
    def most_cycles(self) -> int:
        """The number of cycles of the longest course that the policy documents, at least 2."""
        return max([2, *(one.cycles for one in self.documented)])

    @property
    def documented(self) -> tuple[Dosing, ...]:
        """Every regimen of the policy."""
        return tuple(
            regimen
            for coverage in self.coverage.values()
            if not isinstance(coverage.dosing, DosingNotStated)
            for regimens in coverage.dosing.values()
            for regimen in regimens
        )

    @property
    def has_renewals(self) -> bool:
        """Whether the policy says anything of renewals."""
        return bool(self.renewal) or any(one.renewal for one in self.coverage.values())

    @property
    def rests_from_discharge(self) -> bool:
        """Whether a rest counts from the discharge."""
        return any(
            one.as_labeled or any(rest.from_ == "discharge" for rest in one.rests)
            for one in self.documented
        )

    @property
    def counts_what_was_given(self) -> bool:
        """Whether what was given before counts: doses of an authorization, or of a lifetime."""
        renewals = [*self.renewal, *(one for use in self.coverage.values() for one in use.renewal)]
        lengths = [one for use in self.coverage.values() for one in use.approval]
        lengths += [one for renewal in renewals for one in renewal.approval]
        is_counted = any(one.doses or one.cycles or one.once for one in lengths)
        return is_counted or any(one.counts_what_was_given for one in self.documented)

    def renewals(self, indication: str) -> Renewals:
        """Return what the policy says of a renewal for a covered indication; () for nothing."""
        return self.coverage[indication].renewal or self.renewal

    def covering(self, indication: str) -> str | None:
        """Return the key in `coverage` by which an indication is judged, or None.

        It is the indication itself, one that includes it, or the rule for any indication.
        """
        wider = [one for one in self.including(indication) if one in self.coverage]
        keys = (indication, *wider, ANY_INDICATION)
        return next((one for one in keys if one in self.coverage), None)

    def including(self, indication: str) -> list[str]:
        """Return the policy's own indications that include one."""
        return [
            name for name, one in self.indications.items() if indication in (one.includes or ())
        ]

    def __post_init__(self) -> None:
        refuse_repeated("notes", [note.id for note in self.notes])
        refuse_repeated("not_covered.uses", [use.id for use in self.not_covered.uses])
        if not self.coverage and not self.not_covered.uses:
            raise Refusal("covers no indication and names no use", at="coverage")
        self._refuse_two_including()
        for_all = ids_of([self.common, *(use.when for use in self.not_covered.uses)])
        own: dict[str, Sequence[str]] = {
            name: criterion_ids(one.criteria) for name, one in self.coverage.items()
        }
        for name, one in self.coverage.items():
            at, renewals = f"coverage.{name}", self.renewals(name)
            ids = [*own[name], *for_all, *ids_of(entry.criteria for entry in renewals)]
            refuse_repeated(f"{at}.criteria", ids)
            fit_approvals(f"{at}.approval", one.approval, ids)
            fit_renewals(f"{at}.renewal", one.renewal, [*own[name], *for_all])
        with_common = {name: ids for name, ids in own.items() if not self.coverage[name].renewal}
        fit_common_renewals(self.renewal, with_common, for_all)

    def _refuse_two_including(self) -> None:
        """Refuse two listed indications that include a third one: it would be judged by either."""
        for name, one in self.indications.items():
            for narrower in one.includes or ():
                also = [wider for wider in self.including(narrower) if wider in self.coverage]
                if narrower not in self.coverage and len(also) > 1:
                    message = f"{' and '.join(also)} both include {narrower}; list it as well"
                    raise Refusal(message, at=f"indications.{name}.includes")


@dataclass(frozen=True, kw_only=True)
class Policy(WrittenPolicy):
    """One version of one payer's policy. `sha256` is the hash of the file it was read from.

    `provided_by` says who provides a site's own file; a file that came with Aldesk has None.
    `known_questions` are those that its criteria may ask: the catalog's and its own. What is in
    doubt in it is said in sentences: what was accepted when it was taken, and what nobody has
    acknowledged.
    """

    sha256: str
    known_questions: Mapping[str, Question] = field(repr=False, compare=False)
    accepted_doubts: tuple[str, ...] = ()
    open_doubts: tuple[str, ...] = ()

    @classmethod
    def of(cls, written: WrittenPolicy, sha256: str, catalog: Catalog) -> "Policy":
        """Return the version that a file says, with the hash of that file in hexadecimal."""
        said = {one.name: getattr(written, one.name) for one in fields(WrittenPolicy)}
        known = questions_in({"catalog": catalog, "own": written})
        return cls(**said, sha256=sha256, known_questions=known)

    @cached_property
    def compiled(self) -> dict[str, Any]:
        """Room for what the engine makes of this version: it lasts as long as the version."""
        return {}
