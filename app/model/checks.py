"""Aldesk's own checks of an input: which values are usual, and the message of each check.

None of this comes from a policy or the label. A check asks people to look again; it never refuses.
"""

from dataclasses import fields

from app.model.data import Refusal, data
from app.model.document import Exact, PositiveInt, Range, Text

_PLACEHOLDERS = {
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


@data
class Plausibility:
    """Usual values, in years, kg, kg/m² (BMI), m² and percent; others must be confirmed."""

    adult_from_years: PositiveInt
    adult_bmi: Range
    adult_weight_kg: Range
    child_bmi: Range
    bsa_m2: Range
    bsa_may_differ_percent: Exact
    weight_changed_percent: Exact


@data
class CheckTexts:
    """The message of each check; names in braces are placeholders."""

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

    def __post_init__(self) -> None:
        for name in (one.name for one in fields(self)):
            try:
                getattr(self, name).format(**dict.fromkeys(_PLACEHOLDERS.get(name, ()), ""))
            except (KeyError, IndexError, ValueError):
                allowed = ", ".join(_PLACEHOLDERS.get(name, ())) or "no names"
                raise Refusal(f"may have in braces: {allowed}", at=name) from None


@data
class Checks:
    """Aldesk's own checks of an input: limits and messages; `document` is what they cite."""

    document: Text
    plausibility: Plausibility
    texts: CheckTexts
