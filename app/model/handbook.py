"""What holds whatever the payer: facts of the prescribing information and plausibility checks.

Label facts are no policy limits, and the checks are Aldesk's own: both are kept apart from the
policies, in files of their own with their own citations.
"""

import re
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, StrictBool, model_validator

from app.model.criterion import Citation, Cited, Data, PositiveInt, Text
from app.model.policy import Limit, Note, Units
from app.model.quantities import refusal

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def _exact(value: object) -> Decimal:
    if isinstance(value, bool) or not _DECIMAL.fullmatch(str(value)):
        raise refusal("must be a whole number, or a decimal in quotation marks")
    return Decimal(str(value))


_BRACES = {
    "site_policy": ("provider", "sha256"),
    "policy_review_overdue": ("version", "due"),
    "implausible_measurement": ("measurements",),
    "bsa_differs_from_calculated": ("entered", "percent", "calculated", "formula"),
    "weight_changed": ("percent", "previous"),
    "too_many_doses": ("cycle", "given", "most", "source"),
    "too_many_doses_daily": ("cycle", "given", "dates", "frequency", "source"),
    "rest_too_short": ("first", "rest", "earliest", "source"),
    "course_rest_too_short": ("first", "rest", "earliest", "source"),
    "doses_too_close": ("cycle", "given", "first", "last", "interval"),
    "concentration_outside_range": ("bag", "concentration", "least", "most"),
}
Exact = Annotated[Decimal, BeforeValidator(_exact)]
Positive = Annotated[Exact, Field(gt=0)]


class Hours(Cited):
    """A whole number of hours."""

    hours: PositiveInt


class Days(Cited):
    """A whole number of days."""

    days: PositiveInt


class Range(Data):
    """Values from `low` to `high` are as they should be, both included."""

    low: Exact
    high: Exact

    def holds(self, value: Decimal) -> bool:
        """Whether the value is one of them."""
        return self.low <= value <= self.high


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


class Plausibility(Data):
    """What is usual; whatever lies outside is asked about, never refused."""

    adult_from_years: PositiveInt
    adult_bmi: Range
    adult_weight_kg: Range
    child_bmi: Range
    bsa_m2: Range
    bsa_may_differ_percent: Exact
    weight_changed_percent: Exact


class CheckTexts(Data):
    """The words of each check; names in braces are filled in."""

    site_policy: Text
    policy_review_overdue: Text
    implausible_measurement: Text
    bsa_differs_from_calculated: Text
    weight_changed: Text
    contradictory_answers_lesion: Text
    contradictory_answers_til: Text
    too_many_doses: Text
    too_many_doses_daily: Text
    rest_too_short: Text
    course_rest_too_short: Text
    doses_too_close: Text
    concentration_outside_range: Text
    volume_too_small: Text

    @model_validator(mode="after")
    def _braces_can_be_filled(self) -> Self:
        for name, text in self.model_dump().items():
            try:
                text.format(**dict.fromkeys(_BRACES.get(name, ()), ""))
            except (KeyError, IndexError, ValueError):
                allowed = ", ".join(_BRACES.get(name, ())) or "no names"
                raise refusal(f"may have in braces: {allowed}", at=name) from None
        return self


class Checks(Data):
    """Aldesk's own checks of an input: limits and words."""

    document: Text
    plausibility: Plausibility
    texts: CheckTexts


class Handbook(Data):
    """Label and checks together: the part of the engine's knowledge that no payer wrote."""

    label: Label
    checks: Checks
