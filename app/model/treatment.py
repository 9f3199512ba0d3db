"""The parts of a determination that are about the course: plan, doses given, preparation, forecast.

Frozen results without validation, as in `app.model.determination`, and how such a result is made.
Doses are whole International Units, days calendar dates; a decimal stands as text, without trailing
zeros. Decides nothing.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Literal, TypeVar, dataclass_transform

from pydantic import PlainSerializer, WithJsonSchema

_Result = TypeVar("_Result")
# Written to the minute, without seconds or a time zone.
LocalMinute = Annotated[
    datetime,
    PlainSerializer(lambda moment: moment.isoformat(timespec="minutes"), return_type=str),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}),
]

CourseRule = Literal[
    "too_many_doses",
    "too_many_doses_daily",
    "rest_too_short",
    "course_rest_too_short",
    "doses_too_close",
]
# Whose limits a course is measured by: the label's where the policy documents no dosing.
LimitsSource = Literal["policy", "label"]
# A limit was passed, or what the label advises.
FindingKind = Literal["violation", "advisory"]


@dataclass_transform(frozen_default=True)
def result(kind: type[_Result]) -> type[_Result]:
    """Make a dataclass that no typed code can change.

    Frozen for mypy, not at run time: there it would make each value four times slower to build.
    """
    return dataclass(slots=True, unsafe_hash=True)(kind)


@result
class Cycle:
    """One planned cycle."""

    number: int
    first_day: date
    last_day: date
    doses: tuple[LocalMinute, ...]


@result
class Rest:
    """Whole dates without a dose, first and last included."""

    first_day: date
    last_day: date
    days: int


@result
class CycleSchedule:
    """The plan of a course of two cycles."""

    regimen: str
    interval_hours: int
    cycles: tuple[Cycle, ...]
    rest: Rest
    course_rest: Rest
    next_course_earliest: date


@result
class DoseSchedule:
    """The first weeks of a regimen without cycles, at its highest permitted frequency."""

    regimen: str
    doses: tuple[LocalMinute, ...]


Schedule = CycleSchedule | DoseSchedule


@result
class CheckedCycle:
    """What was given in one cycle; `doses_left` is None where no limit is stated.

    Held doses are not made up: they count as used. Nothing is left in a cycle that is over.
    """

    number: int
    doses_given: int
    doses_left: int | None


@result
class CourseFinding:
    """What happened beyond a limit. `at` is the key of the case, cycles by their number."""

    rule: CourseRule
    kind: FindingKind
    at: str
    message: str
    citation: str


@result
class CourseCheck:
    """What really happened, and from which date on the next step is permitted.

    The dates follow the policy, or the label where `limits_from` says so, and
    `next_course_by_discharge` always the label. `citations` has one entry for each of them that is
    known, and for the doses of a cycle.
    """

    cycles: tuple[CheckedCycle, ...]
    findings: tuple[CourseFinding, ...]
    second_cycle_earliest: date | None
    next_course_earliest: date | None
    this_course_earliest: date | None
    next_course_by_discharge: date | None
    limits_from: LimitsSource
    citations: dict[str, str]


@dataclass(frozen=True, slots=True)
class LabelAdvice:
    """A fact or a warning of the label; `check_current_label` where one source alone has it."""

    id: str
    text: str
    citation: str
    check_current_label: bool


@result
class Preparation:
    """The requested dose in vial, syringe and bag. Label data, never a limit of the policy.

    `volume_ml` is rounded down to 0.01 mL and holds `volume_holds_iu`, never more than the dose.
    `vials` is the larger of the two counts. What is left over, in all vials together, is told by
    the vials' content (less what the volume holds) and by their volume (less `volume_ml`).
    `concentration_mg_per_ml` is that of `dose_iu` in the bag, cut after 6 decimals.
    """

    dose_iu: int
    volume_ml: str
    volume_holds_iu: int
    vials_by_content: int
    vials_by_volume: int
    vials: int
    left_over_by_content_iu: int
    left_over_by_volume_ml: str
    bag_ml: int
    concentration_mg_per_ml: str
    infusion_minutes: int
    storage_hours: int
    warnings: tuple[LabelAdvice, ...]
    advice: tuple[LabelAdvice, ...]
    label: str


@result
class ForecastCourse:
    """One course in full, numbered within the period; `vials` is None while the dose is unknown."""

    number: int
    first_day: date
    last_day: date
    doses: int
    vials: int | None
    ends_after_approval: bool


@result
class Forecast:
    """The most that the policy's timing allows within the approval period; no plan.

    Vials are whole single-use vials, each dose with its own: `vials_per_dose` for `dose_iu`, the
    requested dose or else the maximum. `units_short` is what `units_granted` lacks, at least 0.
    """

    courses: tuple[ForecastCourse, ...]
    total_doses: int
    total_vials: int | None
    dose_iu: int | None
    vials_per_dose: int | None
    units_granted: int | None
    units_short: int | None
    citations: dict[str, str]
