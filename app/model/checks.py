"""Aldesk's own checks of an input: what is usual, and the words of each check.

No policy and no label says any of this. A check asks and never refuses.
"""

from typing import Self

from pydantic import model_validator

from app.model.document import Data, Exact, PositiveInt, Range, Text
from app.model.quantities import refusal

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
