"""The parts of a determination that are about the course: plan, doses given, preparation, forecast.

Result types without validation. Doses are whole International Units, days are calendar dates, and a
volume or concentration is a decimal string, rounded down. Decides nothing.
"""

from dataclasses import MISSING, dataclass, fields
from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal, TypeVar, cast, dataclass_transform

_DAY = timedelta(days=1)
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
    "dose_on_a_day_off",
    "too_many_in_all",
    "doses_too_close",
    "seven_weeks_to_the_day",
]
# A violation exceeds a limit; an advisory departs from the label's advice.
FindingKind = Literal["violation", "advisory"]
# Where the doses of a cycle come from, and what its beginning follows from.
CycleSource = Literal["planned", "given", "given_and_planned"]
CycleBegins = Literal["given", "entered", "earliest_permitted"]


@result
class Block:
    """Days in a row of a cycle from the first to the last one with doses, given or planned.

    `doses` is null where nobody knows how many of the given ones were given on these days.
    """

    first_day: date
    last_day: date
    doses: int | None


@result
class Cycle:
    """One cycle: what was given, as far as the case says, and the planned doses that follow.

    `doses` are the planned local dates and times. `first_day` and `last_day` are those of the first
    and last dose, given or planned; null where the cycle ended without a dose.
    """

    number: int
    source: CycleSource
    begins: CycleBegins
    first_day: date | None
    last_day: date | None
    doses_given: int
    doses: tuple[LocalMinute, ...]
    blocks: tuple[Block, ...]


@result
class Rest:
    """A rest of whole dates without a dose; `first_day` and `last_day` belong to it."""

    first_day: date
    last_day: date
    days: int


def rest_between(before: Cycle, after: Cycle) -> Rest | None:
    """Return the dates between two cycles; None where there are none."""
    last_day, first_day = before.last_day, after.first_day
    if last_day is None or first_day is None or first_day <= last_day + _DAY:
        return None
    return Rest(last_day + _DAY, first_day - _DAY, (first_day - last_day).days - 1)


@result
class CycleSchedule:
    """The one plan of a course in cycles.

    `rest` is null where no dates lie between its first two cycles; what may follow is null where
    the policy states nothing of it.
    """

    regimen: str
    interval_hours: int
    cycles: tuple[Cycle, ...]
    rest: Rest | None
    course_rest: Rest | None
    next_course_earliest: date | None


@result
class DoseSchedule:
    """The first 4 weeks of a regimen without cycles, at its highest permitted frequency."""

    regimen: str
    doses: tuple[LocalMinute, ...]


Schedule = CycleSchedule | DoseSchedule


@result
class CheckedCycle:
    """What the case says of one cycle.

    Held doses are not made up, so they count as used. A cycle that is over has no doses left; null
    where the policy states no number of doses.
    """

    number: int
    doses_given: int
    doses_left: int | None


@result
class CourseFinding:
    """A departure from a limit or from the label's advice.

    `at` is the case key that shows it: `course.cycles.0.doses_given` for the first cycle listed.
    """

    rule: CourseRule
    kind: FindingKind
    at: str
    message: str
    citation: str


@result
class CourseCheck:
    """What happened in a course against the limits, and the earliest dates of what may follow.

    A date is provisional while it counts from a dose that is only planned. `by_discharge` is the
    label's reading for `by_discharge_of`. `citations` has one entry for each of these dates and one
    for `doses_left`.
    """

    cycles: tuple[CheckedCycle, ...]
    findings: tuple[CourseFinding, ...]
    second_cycle_earliest: date | None
    second_cycle_provisional: bool
    next_course_earliest: date | None
    next_course_provisional: bool
    this_course_earliest: date | None
    by_discharge: date | None
    by_discharge_of: Literal["this_course", "next_course"] | None
    citations: dict[str, str]
