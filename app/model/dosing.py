"""The dosing that a policy documents: regimens of a route, their limits and the pattern of days.

Data only; the engine decides. Doses are whole International Units, days are counted from 1.
"""

from typing import Annotated, Literal

from app.model.criterion import Criterion
from app.model.data import AsWritten, Limited, Refusal, data
from app.model.document import ByKey, Citation, Cited, Identifier, OneOrMore, PositiveInt, Text, Yes
from app.model.dosing_terms import LimitOf, LimitPer, RestFrom
from app.model.vocabulary import RouteId

Units = Annotated[int, AsWritten(), Limited(above=0, at_most=1_000_000_000)]
_Total = Annotated[int, AsWritten(), Limited(above=0, at_most=1_000_000_000_000)]
_CycleNumber = Annotated[int, AsWritten(), Limited(above=0, at_most=99)]
MOST_CYCLES = 99
_MOST_DAYS = 3660  # of all cycles of a course: ten years, so that every plan has an end in sight

DosePer = Literal["kg", "m2", "lesion", "dose", "visit"]
_NOT_OF: dict[LimitOf, tuple[LimitPer, ...]] = {
    "doses": ("dose",),
    "cycles": ("dose", "day", "week", "cycle"),
}


@data
class Dose(Cited):
    """The limit per dose: `iu` International Units for each kg, m², lesion, dose or visit.

    That of a visit is the total over all lesions. `also_stated_as` is the policy's figure in other
    units, for display only.
    """

    iu: Units
    per: DosePer
    also_stated_as: Text | None = None


@data
class DosingNotStated(Cited):
    """The document states no dose, or no dosing; the citation is where it would stand."""

    not_stated: Yes


@data
class Limit(Cited):
    """A whole number: the most doses in a regimen."""

    value: PositiveInt


@data
class Rest(Cited):
    """The fewest days of rest: dates without a dose, or days from a discharge or first dose on."""

    value: PositiveInt
    from_: RestFrom = "last_dose"


@data
class LimitOver(Cited):
    """The most doses, cycles, whole vials (`units`) or International Units over some time.

    `days` is the length of the time where it is stated in days.
    """

    at_most: _Total
    of: LimitOf
    per: LimitPer
    days: PositiveInt | None = None

    @property
    def name(self) -> str:
        """What is limited, as a key: for instance doses_per_course or units_per_63_days."""
        return f"{self.of}_per_{self.per if self.days is None else f'{self.days}_days'}"

    def __post_init__(self) -> None:
        if self.per in _NOT_OF.get(self.of, ()):
            raise Refusal(f"{self.of} are not limited per {self.per}", at="per")
        if (self.per == "days") != (self.days is not None):
            raise Refusal("per: days and days go together")


@data
class Block:
    """Days of a cycle on which doses are given, from one day to another, both included."""

    from_: PositiveInt
    to: PositiveInt

    def __post_init__(self) -> None:
        if self.to < self.from_:
            raise Refusal("lies before from", at="to")


@data
class Pattern(Cited):
    """The days of a cycle on which doses are given, and after how many days the next one begins.

    `cycles` are the numbers of the cycles that are like this; without them, every cycle is.
    """

    cycle_days: PositiveInt
    on: Annotated[tuple[Block, ...], Limited(entries=1)]
    cycles: Annotated[tuple[_CycleNumber, ...], Limited(entries=1)] | None = None

    def __post_init__(self) -> None:
        for place, (before, after) in enumerate(zip(self.on, self.on[1:], strict=False), start=1):
            if after.from_ <= before.to:
                raise Refusal("must begin after the block before it ends", at=f"on.{place}.from")
        if self.on[-1].to > self.cycle_days:
            raise Refusal("lies after the last day of the cycle", at=f"on.{len(self.on) - 1}.to")


@data
class Dosing:
    """One regimen: a dose with its limits; None for a limit that it does not state.

    It applies where its condition `when` is met. `as_labeled` refers to the label in place of
    figures; with `not_stated` the document has no dosing. `limits` count over some time, `pattern`
    gives the days of its cycles.
    """

    id: Identifier | None = None
    name: Text | None = None
    when: Criterion | None = None
    dose: Annotated[Dose | DosingNotStated, ByKey("not_stated")] | None = None
    max_doses_per_day: Limit | None = None
    max_doses_per_week: Limit | None = None
    max_doses_per_cycle: Limit | None = None
    min_rest_days: Rest | None = None
    min_course_rest_days: Rest | None = None
    limits: tuple[LimitOver, ...] = ()
    pattern: Annotated[tuple[Pattern, ...], OneOrMore()] = ()
    as_labeled: Yes | None = None
    not_stated: Yes | None = None
    citation: Citation | None = None

    @property
    def has_cycles(self) -> bool:
        """Whether doses are given in cycles: it says how many doses or which days one has."""
        a_cycle = self.max_doses_per_cycle or self.most("doses_per_cycle")
        return a_cycle is not None or bool(self.pattern)

    @property
    def cycles(self) -> int:
        """How many cycles a course has: as many as the policy says or has patterns for.

        A rest between cycles leads to a second one, which completes the course.
        """
        in_a_course = self.most("cycles_per_course")
        if in_a_course is not None:
            return in_a_course.at_most
        listed = [number for one in self.pattern for number in one.cycles or ()]
        if listed:
            return len(listed)
        return 2 if self.min_rest_days is not None and not self.pattern else 1

    @property
    def rests(self) -> tuple[Rest, ...]:
        """The stated rests: between cycles, and between courses."""
        return tuple(
            one for one in (self.min_rest_days, self.min_course_rest_days) if one is not None
        )

    @property
    def counts_what_was_given(self) -> bool:
        """Whether a limit is over more than one course."""
        return any(one.per in ("authorization", "lifetime") for one in self.limits)

    def most(self, name: str) -> LimitOver | None:
        """Return the lowest of its limits with this name, or None."""
        named = [one for one in self.limits if one.name == name]
        return min(named, key=lambda one: one.at_most, default=None)

    def __post_init__(self) -> None:
        self._refuse_unclear_kind()
        names = [one.name for one in self.limits]
        for place, name in enumerate(names):
            if name in names[:place]:
                raise Refusal(f"{name} has a limit already", at=f"limits.{place}")
        self._refuse_unclear_pattern()

    def _refuse_unclear_kind(self) -> None:
        without = self.as_labeled or self.not_stated
        stated = (self.dose, self.as_labeled, self.not_stated)
        if sum(one is not None for one in stated) > 1:
            raise Refusal("needs exactly one of: dose, as_labeled, not_stated")
        for name in ("citation",) if without else ("name", "dose"):
            if getattr(self, name) is None:
                raise Refusal(f"the key {name} is missing")
        if self.citation is not None and not without:
            raise Refusal("goes together with as_labeled or not_stated", at="citation")
        for name in FIGURES if self.not_stated else ():
            if getattr(self, name):
                raise Refusal("does not go together with not_stated", at=name)

    def _refuse_unclear_pattern(self) -> None:
        listed = [number for one in self.pattern for number in one.cycles or ()]
        if len(self.pattern) > 1 and any(one.cycles is None for one in self.pattern):
            raise Refusal("each of several patterns needs its cycles", at="pattern")
        if len(set(listed)) < len(listed):
            raise Refusal("two patterns are for the same cycle", at="pattern")
        if listed and sorted(listed) != list(range(1, len(listed) + 1)):
            last = max(listed)
            raise Refusal(f"needs the days of every cycle from 1 to {last}", at="pattern")
        in_a_course = self.most("cycles_per_course")
        if in_a_course is not None and in_a_course.at_most > MOST_CYCLES:
            raise Refusal(f"at most {MOST_CYCLES} cycles a course", at="limits")
        if self.pattern and self._days_of_a_course() > _MOST_DAYS:
            raise Refusal(f"a course has at most {_MOST_DAYS:,} days", at="pattern")

    def _days_of_a_course(self) -> int:
        in_a_course = self.most("cycles_per_course")
        cycles = in_a_course.at_most if in_a_course else 1
        return sum(one.cycle_days * len(one.cycles or range(cycles)) for one in self.pattern)


FIGURES = (
    "max_doses_per_day",
    "max_doses_per_week",
    "max_doses_per_cycle",
    "min_rest_days",
    "min_course_rest_days",
    "limits",
    "pattern",
)

Regimens = Annotated[tuple[Dosing, ...], OneOrMore()]
ByRoute = Annotated[dict[RouteId, Regimens], Limited(entries=1)]
DosingOfUse = Annotated[ByRoute | DosingNotStated, ByKey("not_stated")]


def refuse_unclear_regimens(dosing: dict[str, tuple[Dosing, ...]]) -> None:
    """Do nothing if several regimens of a route have each an id of their own. Raises Refusal."""
    for route, regimens in dosing.items():
        if len(regimens) < 2:  # noqa: PLR2004
            continue
        ids = [one.id for one in regimens]
        for place, name in enumerate(ids):
            at = f"dosing.{route}.{place}"
            if name is None:
                raise Refusal("needs an id, since the route has several regimens", at=at)
            if name in ids[:place]:
                raise Refusal(f"the id {name!r} is used more than once", at=at)
