"""The determination: the frozen result for one case under one policy, with its reasons.

Doses are whole International Units, days are calendar dates, times the clinic's wall clock.
Key names are a public contract; JSON is written by `app.files.json_forms`.
"""

from datetime import date
from typing import Literal

from app.model.dosing_terms import LimitOf, LimitPer, RestFrom
from app.model.eligibility import Eligibility
from app.model.stated import ApprovalLength, CodeFound, Unstated, WantedDocument
from app.model.supply import Forecast, Preparation, Units
from app.model.treatment import CourseCheck, Schedule, result

ApprovalStatus = Literal[
    "criteria_met", "criteria_not_met", "information_missing", "clinician_review"
]
RequestStatus = Literal[
    "not_requested",
    "within_limits",
    "exceeds_limits",
    "incomplete",
    "no_regimen",
    "no_limit_stated",
]
FindingResult = Literal["within", "exceeds", "unknown", "no_limit_stated", "no_dosing_documented"]
NoteKind = Literal["caveat", "label", "check"]
NoteScope = Literal["case", "policy"]
# What a documented dose is the most for.
LimitFor = Literal["dose", "lesion", "visit"]
# The limits of a dosing beside that of the dose, in the order in which they are told.
CYCLE_LIMITS = ("max_doses_per_cycle", "min_rest_days", "min_course_rest_days")
LIMIT_NAMES = ("max_doses_per_day", "max_doses_per_week", *CYCLE_LIMITS)


@result
class PolicyReference:
    """The policy version that was used; `sha256` is the SHA-256 of its file in hexadecimal."""

    id: str
    version: str
    title: str
    payer: str
    sha256: str


@result
class DoseLimit:
    """The documented limit per dose, lesion or visit, rounded down to whole International Units.

    `per` is null where the regimen states no dose. `max_dose_iu` is null there, and while a
    measurement is missing or waits for a confirmation; `missing` are those that were not entered.
    `bsa_m2` is a decimal string with up to 30 digits. `citation` is that of the dose; `citations`
    has one entry for each other stated limit.
    """

    max_dose_iu: int | None
    per: LimitFor | None
    basis: str
    also_stated_as: str | None
    missing: tuple[str, ...]
    bsa_m2: str | None
    bsa_formula: str | None
    max_doses_per_day: int | None
    max_doses_per_week: int | None
    max_doses_per_cycle: int | None
    min_rest_days: int | None
    min_course_rest_days: int | None
    citation: str
    citations: dict[str, str]


@result
class OverTime:
    """A limit over some time: the most doses, cycles, whole vials (`units`) or International Units.

    `days` is the length of the time where it is stated in days.
    """

    at_most: int
    of: LimitOf
    per: LimitPer
    days: int | None
    citation: str


@result
class DaysOn:
    """Days of a cycle on which doses are given, both included."""

    first: int
    last: int


@result
class CycleDays:
    """The days with doses in a cycle of so many days.

    `cycles` are the numbers of the cycles that have them; null for every one.
    """

    cycle_days: int
    on: tuple[DaysOn, ...]
    cycles: tuple[int, ...] | None
    citation: str


@result
class RegimenLimit:
    """A regimen of the route: the keys of `DoseLimit`, and what else it states.

    `applies` is null while it is not known whether its condition is met; `missing` are the unknown
    inputs that can still change whether it applies, or that a limit of it waits for. A rest counts
    from the last dose, from a discharge or from a first dose.
    """

    id: str | None
    name: str
    applies: bool | None
    missing: tuple[str, ...]
    max_dose_iu: int | None
    per: LimitFor | None
    basis: str
    also_stated_as: str | None
    bsa_m2: str | None
    bsa_formula: str | None
    max_doses_per_day: int | None
    max_doses_per_week: int | None
    max_doses_per_cycle: int | None
    min_rest_days: int | None
    rest_from: RestFrom | None
    min_course_rest_days: int | None
    course_rest_from: RestFrom | None
    limits: tuple[OverTime, ...]
    pattern: tuple[CycleDays, ...]
    citation: str
    citations: dict[str, str]


@result
class Finding:
    """A requested value compared with its limit; null where no limit is stated or known.

    `excess_percent` is that of a dose above its limit, rounded up to two decimals.
    """

    field: str
    requested: int
    limit: int | None
    result: FindingResult
    citation: str | None
    excess_percent: str | None = None


@result
class RequestCheck:
    """All requested values compared with the documented limits."""

    status: RequestStatus
    findings: tuple[Finding, ...]


@result
class ApprovalPeriod:
    """First and last day; `assumed_start` is true where no authorization gives the start."""

    start: date
    end: date
    assumed_start: bool


@result
class DeterminationNote:
    """A note beside the result; `inputs` are the case keys that it is about.

    The scope is "case" where it stands for something in this case, and "policy" where it holds for
    every case under the policy.
    """

    id: str
    kind: NoteKind
    scope: NoteScope
    text: str
    citation: str
    inputs: tuple[str, ...] = ()


@result
class Determination:
    """Everything that follows from one case under one policy version.

    `unconfirmed` are the case keys of unusual values that nobody has confirmed. They count as not
    known, so nothing here has a number that follows from them.
    """

    approval_status: ApprovalStatus
    summary: str
    policy: PolicyReference
    eligibility: Eligibility
    unconfirmed: tuple[str, ...]
    dose_limit: DoseLimit | None
    regimens: tuple[RegimenLimit, ...]
    request_check: RequestCheck
    schedule: Schedule | None
    course_check: CourseCheck | None
    preparation: Preparation | None
    units: Units | None
    approval_lengths: tuple[ApprovalLength, ...]
    approval_period: ApprovalPeriod | None
    forecast: Forecast | None
    documents: tuple[WantedDocument, ...]
    codes: tuple[CodeFound, ...]
    not_stated: tuple[Unstated, ...]
    notes: tuple[DeterminationNote, ...]
    reference: str | None
    engine_version: str
