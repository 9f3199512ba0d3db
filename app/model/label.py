"""Facts of the prescribing information: the course, and a dose from vial to infusion.

Label facts are no policy limits: they lie in a file of their own with their own citations.
"""

from functools import cached_property
from typing import Self

from pydantic import Field, StrictBool, model_validator

from app.model.document import Citation, Cited, Data, Positive, PositiveInt, Range, Text
from app.model.policy import Limit, Note, Units
from app.model.quantities import refusal


class Hours(Cited):
    """A whole number of hours."""

    hours: PositiveInt


class Days(Cited):
    """A whole number of days."""

    days: PositiveInt


class CourseFacts(Data):
    """The course as the label gives it, for uses whose dosing a policy does not document."""

    doses_per_cycle: Limit
    doses_per_day: Limit
    rest_days: Limit
    course_rest_days: Limit


class LabelFact(Cited):
    """A fact in words; `one_source` asks the reader to check it in the current label."""

    text: Text
    one_source: StrictBool = False


class Vial(LabelFact):
    """What one single-use vial contains."""

    content_iu: Units


class Solution(LabelFact):
    """What a vial becomes with `diluent_ml` of water; the label's mg are its own rounding."""

    diluent_ml: Positive
    iu_per_ml: Units
    mg_per_ml: Positive

    @cached_property
    def vial_iu(self) -> int:
        """International Units in the water of one vial: less than the vial contains."""
        return int(self.diluent_ml * self.iu_per_ml)

    @model_validator(mode="after")
    def _a_vial_holds_whole_units(self) -> Self:
        if self.diluent_ml * self.iu_per_ml % 1:
            raise refusal("diluent_ml × iu_per_ml must be whole International Units")
        return self


class Bag(Data):
    """A volume of infusion for doses up to `up_to_iu`; without it, for every higher dose."""

    ml: PositiveInt
    up_to_iu: Units | None = None


class Dilution(LabelFact):
    """The bags by rising dose, and the final concentration that the label asks for."""

    bags: tuple[Bag, ...] = Field(min_length=1)
    mg_per_ml: Range

    def bag_for(self, dose_iu: int) -> Bag:
        """Return the first bag that is meant for the dose; the last one is for any."""
        return next(bag for bag in self.bags if bag.up_to_iu is None or dose_iu <= bag.up_to_iu)

    @model_validator(mode="after")
    def _bags_cover_every_dose_once(self) -> Self:
        *bounded, last = (bag.up_to_iu for bag in self.bags)
        bounds = [bound for bound in bounded if bound is not None]
        if last is not None or len(bounds) < len(bounded) or bounds != sorted(set(bounds)):
            raise refusal("must rise in up_to_iu, and the last one has none", at="bags")
        return self


class Infusion(LabelFact):
    """How long one dose runs."""

    minutes: PositiveInt


class Storage(LabelFact):
    """How long a prepared dose may wait."""

    hours: PositiveInt


class PreparationFacts(Data):
    """From vial to infusion, in the order of the work."""

    vial: Vial
    solution: Solution
    dilution: Dilution
    infusion: Infusion
    storage: Storage


class Label(Data):
    """Facts from the prescribing information; its date stands in the name of the document."""

    document: Text
    dose_interval: Hours
    discharge_rest: Days
    course: CourseFacts
    preparation: PreparationFacts
    notes: tuple[Note, ...]

    def cite(self, citation: Citation) -> str:
        """Return document, heading and item."""
        return f"{self.document}: {citation}"
