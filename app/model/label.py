"""Facts of the prescribing information (the label): the course, and how a dose is prepared.

These are not policy limits; they have their own data file and their own citations.
"""

from functools import cached_property
from typing import Self

from pydantic import Field, StrictBool, model_validator

from app.model.document import Citation, Cited, Data, Positive, PositiveInt, Range, Text
from app.model.policy import Limit, Note, Units
from app.model.quantities import refusal


class Hours(Cited):
    """A whole number of hours, with its citation."""

    hours: PositiveInt


class Days(Cited):
    """A whole number of days, with its citation."""

    days: PositiveInt


class CourseFacts(Data):
    """The label's limits of a course, for uses whose dosing a policy does not document."""

    doses_per_cycle: Limit
    doses_per_day: Limit
    rest_days: Limit
    course_rest_days: Limit


class LabelFact(Cited):
    """A fact as a sentence; with `one_source`, people are asked to check the current label."""

    text: Text
    one_source: StrictBool = False


class Vial(LabelFact):
    """The content of one single-use vial in International Units."""

    content_iu: Units


class Solution(LabelFact):
    """A vial with `diluent_ml` mL of water; `mg_per_ml` is the label's own rounded figure."""

    diluent_ml: Positive
    iu_per_ml: Units
    mg_per_ml: Positive

    @cached_property
    def vial_iu(self) -> int:
        """International Units in `diluent_ml` of solution: less than the vial contains."""
        return int(self.diluent_ml * self.iu_per_ml)

    @model_validator(mode="after")
    def _a_vial_holds_whole_units(self) -> Self:
        if self.diluent_ml * self.iu_per_ml % 1:
            raise refusal("diluent_ml × iu_per_ml must be whole International Units")
        return self


class Bag(Data):
    """An infusion volume in mL for doses up to `up_to_iu` (None: for every higher dose)."""

    ml: PositiveInt
    up_to_iu: Units | None = None


class Dilution(LabelFact):
    """The bags in ascending order of dose, and the range of the label's final concentration."""

    bags: tuple[Bag, ...] = Field(min_length=1)
    mg_per_ml: Range

    def bag_for(self, dose_iu: int) -> Bag:
        """Return the first bag whose upper dose is high enough; the last bag has none."""
        return next(bag for bag in self.bags if bag.up_to_iu is None or dose_iu <= bag.up_to_iu)

    @model_validator(mode="after")
    def _bags_cover_every_dose_once(self) -> Self:
        *bounded, last = (bag.up_to_iu for bag in self.bags)
        bounds = [bound for bound in bounded if bound is not None]
        if last is not None or len(bounds) < len(bounded) or bounds != sorted(set(bounds)):
            raise refusal("must rise in up_to_iu, and the last one has none", at="bags")
        return self


class Infusion(LabelFact):
    """The duration of the infusion of one dose."""

    minutes: PositiveInt


class Storage(LabelFact):
    """The time for which a prepared dose may be stored."""

    hours: PositiveInt


class PreparationFacts(Data):
    """The facts about preparing a dose, in the order in which it is done."""

    vial: Vial
    solution: Solution
    dilution: Dilution
    infusion: Infusion
    storage: Storage


class Label(Data):
    """Facts from the prescribing information; `document` is its name with its date."""

    document: Text
    dose_interval: Hours
    discharge_rest: Days
    course: CourseFacts
    preparation: PreparationFacts
    notes: tuple[Note, ...]

    def cite(self, citation: Citation) -> str:
        """Return a citation as text: document, heading and item."""
        return f"{self.document}: {citation}"
