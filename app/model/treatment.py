"""The parts of a determination that are about the course: plan, doses given, preparation, forecast.

Result types without validation. Doses are whole International
Units, days are calendar dates, and a decimal is a string without trailing zeros. Decides nothing.
"""

from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime
from typing import Annotated, Any, Literal, TypeVar, cast, dataclass_transform

_Result = TypeVar("_Result")


@dataclass_transform(frozen_default=True)
def result(kind: type[_Result]) -> type[_Result]:
    """Make a frozen dataclass with slots that is filled before it is frozen.

    A plain one sets each field by `object.__setattr__`: 1.4 µs for 14 fields. Here an unfrozen twin
    with the same slots is filled and then gets the frozen class: 0.3 µs.
    """
    frozen: Any = dataclass(frozen=True, slots=True, init=False)(kind)
    defaults = {one.name: one.default for one in fields(frozen)}
    known = {"twin": type(kind.__name__, (), {"__slots__": tuple(defaults)}), "defaults": defaults}
    parts = [
        name if default is MISSING else f"{name}=defaults[{name!r}]"
        for name, default in defaults.items()
    ]
    filled = "".join(f"    made.{name} = {name}\n" for name in defaults)
    exec(  # noqa: S102  # as dataclasses makes its own methods
        f"def __new__(cls, {', '.join(parts)}):\n    made = twin()\n{filled}"
        "    made.__class__ = cls\n    return made\n",
        known,
    )
    frozen.__new__ = known["__new__"]
    return cast("type[_Result]", frozen)


@dataclass(frozen=True, slots=True)
class _ToTheMinute:
    """A local date and time, written to the minute, without seconds or a time zone."""

    def __get_pydantic_core_schema__(self, _source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema  # noqa: PLC0415  # known at the boundary only

        written = core_schema.plain_serializer_function_ser_schema(
            lambda moment: moment.isoformat(timespec="minutes"),
            return_schema=core_schema.str_schema(),
        )
        return core_schema.datetime_schema(serialization=written)

    def __get_pydantic_json_schema__(self, _schema: Any, _handler: Any) -> dict[str, Any]:
        return {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$"}


LocalMinute = Annotated[datetime, _ToTheMinute()]

CourseRule = Literal[
    "too_many_doses",
    "too_many_doses_daily",
    "rest_too_short",
    "course_rest_too_short",
    "doses_too_close",
]
# Whose limits a course is checked against: the label's where the policy documents no dosing.
LimitsSource = Literal["policy", "label"]
# A violation exceeds a limit; an advisory departs from the label's advice.
FindingKind = Literal["violation", "advisory"]


@result
class Cycle:
    """One planned cycle; `doses` are local dates and times."""

    number: int
    first_day: date
    last_day: date
    doses: tuple[LocalMinute, ...]


@result
class Rest:
    """A rest of whole dates without a dose; `first_day` and `last_day` belong to it."""

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
    """The first 4 weeks of a regimen without cycles, at its highest permitted frequency."""

    regimen: str
    doses: tuple[LocalMinute, ...]


Schedule = CycleSchedule | DoseSchedule


@result
class CheckedCycle:
    """The doses given in one cycle; `doses_left` is null where no limit is stated.

    Held doses are not made up, so they count as used. A cycle that is over has no doses left.
    """

    number: int
    doses_given: int
    doses_left: int | None


@result
class CourseFinding:
    """A departure from a limit or from the label's advice.

    `at` is the case key that shows it, with the number of a cycle: `course.cycles.1.doses_given`.
    """

    rule: CourseRule
    kind: FindingKind
    at: str
    message: str
    citation: str


@result
class CourseCheck:
    """The doses given in a course, checked, and the earliest permitted dates of what may follow.

    The dates follow the policy, or the label where `limits_from` is "label";
    `next_course_by_discharge` always follows the label. `citations` has one entry for each date
    whose limit is stated, and one for `doses_left`.
    """

    cycles: tuple[CheckedCycle, ...]
    findings: tuple[CourseFinding, ...]
    second_cycle_earliest: date | None
    next_course_earliest: date | None
    this_course_earliest: date | None
    next_course_by_discharge: date | None
    limits_from: LimitsSource
    citations: dict[str, str]


@result
class LabelAdvice:
    """A fact or a warning; `check_current_label` is true where only one source has it."""

    id: str
    text: str
    citation: str
    check_current_label: bool


@result
class Preparation:
    """How the requested dose is prepared. Label data, never a limit of the policy.

    `volume_ml` is rounded down to 0.01 mL and holds `volume_holds_iu`, never more than the dose.
    `vials` is the larger of the two counts. The rest in all these vials is stated twice: by content
    (less `volume_holds_iu`) and by volume (less `volume_ml`). `concentration_mg_per_ml` is that of
    `dose_iu` in the bag, truncated to 6 decimals.
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
    """One full course, numbered within the period; `vials` is null while the dose is unknown."""

    number: int
    first_day: date
    last_day: date
    doses: int
    vials: int | None
    ends_after_approval: bool


@result
class Forecast:
    """The most courses that the policy's timing allows within the approval period; not a plan.

    Vials are whole single-use vials, and no two doses share one. `vials_per_dose` is for `dose_iu`,
    the requested dose or else the maximum. `units_short` is `total_vials` less `units_granted`, at
    least 0.
    """

    courses: tuple[ForecastCourse, ...]
    total_doses: int
    total_vials: int | None
    dose_iu: int | None
    vials_per_dose: int | None
    units_granted: int | None
    units_short: int | None
    citations: dict[str, str]
