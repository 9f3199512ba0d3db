"""The course of a case: what is planned and booked, and what was given and held in each cycle.

Dates and times are local to the clinic. Facts that contradict each other are refused.
"""

from datetime import date, datetime
from typing import Annotated

from app.model.case_values import (
    AnyDoses,
    AtLeastOne,
    CycleDoses,
    Day,
    Moment,
    YesNo,
)
from app.model.data import NullIs, Refusal, data
from app.model.quantities import Whole


@data
class GivenCycle:
    """What happened in one cycle: doses given and held; local times of the first and last dose.

    `planned_first_at` is the booked first dose of a later cycle that has not begun.
    """

    number: Annotated[int, Whole(1, 99)]
    doses_given: AnyDoses | None = None
    doses_held: AnyDoses | None = None
    first_dose_at: Moment | None = None
    last_dose_at: Moment | None = None
    over: YesNo | None = None
    planned_first_at: Moment | None = None

    @property
    def given(self) -> int:
        """How many doses were given; 0 where the case does not say."""
        return self.doses_given or 0

    @property
    def held(self) -> int:
        """How many doses were held; 0 where the case does not say."""
        return self.doses_held or 0

    def __post_init__(self) -> None:
        for key in ("first_dose_at", "last_dose_at"):
            if self.given and getattr(self, key) is None:
                raise Refusal("Needed, because a dose was given in this cycle.", at=key)
            if not self.given and getattr(self, key) is not None:
                raise Refusal("Only where a dose was given in this cycle.", at=key)
        if self.first_dose_at and self.last_dose_at:
            self._refuse_times_that_do_not_fit(self.first_dose_at, self.last_dose_at)
        if self.planned_first_at and (self.number == 1 or self.given or self.over):
            raise Refusal(
                "Only for a later cycle that has not begun and is not over.", at="planned_first_at"
            )

    def _refuse_times_that_do_not_fit(self, first: datetime, last: datetime) -> None:
        if last < first:
            raise Refusal("The last dose lies before the first.", at="last_dose_at")
        if self.given == 1 and last != first:
            raise Refusal("One dose was given: it is the first and the last.", at="last_dose_at")
        if self.given > 1 and last == first:
            raise Refusal("More than one dose was given: the last is later.", at="last_dose_at")


@data
class Course:
    """The course that is planned or under way; dates and times are local to the clinic.

    `discharge_date` is the discharge after the newest dose that the case names,
    `previous_discharge_on` the one after the course before.
    """

    number: AtLeastOne | None = None
    first_dose_at: Moment | None = None
    doses_per_cycle: CycleDoses | None = None
    previous_last_dose_on: Day | None = None
    previous_discharge_on: Day | None = None
    discharge_date: Day | None = None
    cycles: Annotated[tuple[GivenCycle, ...], NullIs(())] = ()

    def cycle(self, number: int) -> GivenCycle | None:
        """Return what the case says of a cycle, or None."""
        return next((one for one in self.cycles if one.number == number), None)

    @property
    def first_dose_day(self) -> date | None:
        """The date of the first dose of this course, given or else planned; None if unknown."""
        one = self.cycle(1)
        first = (one.first_dose_at if one else None) or self.first_dose_at
        return first.date() if first else None

    @property
    def newest_dose_day(self) -> date | None:
        """The date of the newest given dose that the case names, or of the course before."""
        given = [one.last_dose_at.date() for one in self.cycles if one.last_dose_at]
        return max(given, default=self.previous_last_dose_on)

    def __post_init__(self) -> None:
        numbers = [cycle.number for cycle in self.cycles]
        if len(set(numbers)) < len(numbers):
            raise Refusal("Each cycle may be given once.", at="cycles")
        for place, cycle in enumerate(self.cycles):
            if cycle.number > 1:
                self._refuse_later_cycle(self.cycle(cycle.number - 1), cycle, f"cycles.{place}")
        first, newest = self.first_dose_day, self.newest_dose_day
        previous, discharged = self.previous_last_dose_on, self.discharge_date
        if previous and first and previous >= first:
            raise Refusal(
                "Does not lie before the first dose of this course.", at="previous_last_dose_on"
            )
        if discharged and newest and discharged < newest:
            raise Refusal("Lies before the dose that it follows.", at="discharge_date")
        self._refuse_previous_discharge(first)

    def _refuse_previous_discharge(self, first: date | None) -> None:
        left, last = self.previous_discharge_on, self.previous_last_dose_on
        if left and last and left < last:
            raise Refusal("Lies before the dose that it follows.", at="previous_discharge_on")
        if left and first and left > first:
            raise Refusal("Lies after the first dose of this course.", at="previous_discharge_on")

    @staticmethod
    def _refuse_later_cycle(before: GivenCycle | None, later: GivenCycle, at: str) -> None:
        """Do nothing if a cycle can follow the one before it. Raises Refusal."""
        last, number = before.last_dose_at if before else None, later.number
        if later.given and last is None:
            raise Refusal(
                f"A dose of cycle {number}, but none of cycle {number - 1}: "
                "enter what was given there.",
                at=f"{at}.doses_given",
            )
        for key in ("first_dose_at", "planned_first_at"):
            begins: datetime | None = getattr(later, key)
            if begins and last and begins < last:
                raise Refusal(
                    f"Cycle {number} begins before the last dose of cycle {number - 1}.",
                    at=f"{at}.{key}",
                )
