"""What holds whatever the payer: facts of the prescribing information and plausibility checks.

Label facts are no policy limits, and the checks are Aldesk's own: both are kept apart from the
policies, in files of their own with their own citations.
"""

import re
from decimal import Decimal
from typing import Annotated, Self

from pydantic import BeforeValidator, model_validator

from app.model.criterion import Cited, Data, PositiveInt, Text
from app.model.policy import Note
from app.model.quantities import refusal

_DECIMAL = re.compile(r"[0-9]{1,9}(\.[0-9]{1,9})?")


def _exact(value: object) -> Decimal:
    if isinstance(value, bool) or not _DECIMAL.fullmatch(str(value)):
        raise refusal("must be a whole number, or a decimal in quotation marks")
    return Decimal(str(value))


_BRACES = {
    "policy_review_overdue": ("version", "due"),
    "implausible_measurement": ("measurements",),
    "bsa_differs_from_calculated": ("entered", "percent", "calculated", "formula"),
    "weight_changed": ("percent", "previous"),
}
Exact = Annotated[Decimal, BeforeValidator(_exact)]


class Hours(Cited):
    """A whole number of hours."""

    hours: PositiveInt


class Label(Data):
    """Facts from the prescribing information that the schedule and the notes need."""

    document: Text
    dose_interval: Hours
    notes: tuple[Note, ...]


class Range(Data):
    """Values from `low` to `high` are usual, both included."""

    low: Exact
    high: Exact

    def holds(self, value: Decimal) -> bool:
        """Whether the value is usual."""
        return self.low <= value <= self.high


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

    policy_review_overdue: Text
    implausible_measurement: Text
    bsa_differs_from_calculated: Text
    weight_changed: Text
    contradictory_answers_lesion: Text
    contradictory_answers_til: Text

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
