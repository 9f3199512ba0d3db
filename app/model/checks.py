"""Aldesk's own checks of an input: which values are usual, and the message of each check.

None of this comes from a policy or the label. A check asks people to look again; it never refuses.
"""

from dataclasses import fields

from app.model.data import Refusal, data
from app.model.document import Exact, PositiveInt, Range, Text
from app.model.dosing import Units

_PLACEHOLDERS = {
    "site_policy": ("provider", "sha256"),
    "policy_doubts_accepted": ("doubts",),
    "policy_doubts_open": ("doubts",),
    "policy_review_overdue": ("version", "due"),
    "unusual_value": ("value", "reasons"),
    "unusual_bmi": ("low", "high", "person"),
    "unusual_weight_alone": ("low", "high", "person"),
    "unusual_weight_infant": ("low", "high", "person"),
    "unusual_height_without_age": ("least",),
    "unusual_against_previous": ("percent",),
    "unusual_area": ("low", "high", "person"),
    "area_differs_from_calculated": ("percent", "formula"),
    "unusual_dose": ("bound",),
    "weight_changed": ("percent", "previous"),
    "counts_from_first_seen": ("day",),
    "own_indication_counts": ("wider",),
    "codes_of_another_time": ("place", "span"),
    "approved_and_given": ("most", "given"),
    "approved_once": ("most", "given"),
    "request_far_above": ("percent", "hint"),
    "below_label_dose": ("percent",),
    "session_total_unusual": ("most",),
    "weight_during_treatment": ("measured",),
    "weight_after_service": ("measured",),
    "authorization_does_not_cover": ("outside", "period"),
    "authorized_from_to": ("start", "end"),
    "authorized_from": ("start", "end"),
    "authorized_to": ("end",),
    "authorized_since": ("start",),
    "til_regimen": ("most", "document"),
    "til_too_many": ("excess", "most", "what"),
    "too_many_doses": ("cycle", "given", "most"),
    "too_many_doses_daily": ("cycle", "given", "dates", "frequency"),
    "dose_on_a_day_off": ("cycle", "last", "day", "days"),
    "too_many_in_all": ("given", "most", "time"),
    "rest_too_short": ("cycle", "first", "rest", "before", "earliest", "provisional"),
    "cycle_not_over": ("cycle", "first", "rest", "before", "earliest", "provisional"),
    "course_rest_too_short": ("first", "rest", "earliest"),
    "seven_weeks_to_the_day": ("first", "weeks", "dates"),
    "doses_too_close": ("cycle", "given", "first", "last", "interval"),
    "concentration_outside_range": ("bag", "concentration", "with_drug", "least", "most"),
    "syringe_far_below": ("percent",),
}


@data
class Percentiles:
    """The 5th and 95th percentile of body mass index (kg/m²) and weight (kg) at one age."""

    age_years: PositiveInt
    bmi_5th: Exact
    bmi_95th: Exact
    weight_kg_5th: Exact
    weight_kg_95th: Exact


@data
class ChildPercent:
    """The bounds of a child in percent of the 5th and of the 95th percentile."""

    of_5th: Exact
    of_95th: Exact

    def bounds(self, low: Exact, high: Exact) -> Range:
        """Return the range from the share of the 5th to that of the 95th percentile."""
        return Range(low=low * self.of_5th / 100, high=high * self.of_95th / 100)


@data
class Plausibility:
    """Usual values, in years, kg, kg/m² (BMI), cm, m², percent and International Units."""

    adult_from_years: PositiveInt
    adult_bmi: Range
    adult_weight_kg: Range
    adult_height_cm: Exact
    child_from_years: PositiveInt
    child_bmi_percent: ChildPercent
    child_weight_percent: ChildPercent
    percentiles: tuple[Percentiles, ...]
    infant_weight_kg: tuple[Range, ...]
    weight_may_differ_percent: Exact
    weight_changed_percent: Exact
    pounds_to_kg: Range
    bsa_m2: Range
    bsa_may_differ_percent: Exact
    small_dose_percent: Exact
    far_above_percent: Exact
    day_to_dose: Range
    below_label_percent: Exact
    session_total_iu: Units
    whole_vials_percent: Exact
    charted_time_hours: PositiveInt
    syringe_below_percent: Exact

    def child_bmi(self, age_years: int) -> Range:
        """Return the usual body mass index in kg/m² of a child from 2 to 17 years."""
        one = self.percentiles[age_years - self.child_from_years]
        return self.child_bmi_percent.bounds(one.bmi_5th, one.bmi_95th)

    def child_weight_kg(self, age_years: int) -> Range:
        """Return the usual weight in kg of a child from 2 to 17 years."""
        one = self.percentiles[age_years - self.child_from_years]
        return self.child_weight_percent.bounds(one.weight_kg_5th, one.weight_kg_95th)

    def __post_init__(self) -> None:
        ages = [one.age_years for one in self.percentiles]
        if ages != list(range(self.child_from_years, self.adult_from_years)):
            raise Refusal("must have a line for each age of a child, in order", at="percentiles")
        if len(self.infant_weight_kg) != self.child_from_years:
            raise Refusal("must have a range for each age before that", at="infant_weight_kg")


@data
class CheckTexts:
    """The message of each check; names in braces are placeholders."""

    not_a_payer_decision: Text
    site_policy: Text
    policy_doubts_accepted: Text
    policy_doubts_open: Text
    policy_review_overdue: Text
    unusual_value: Text
    unusual_bmi: Text
    unusual_weight_alone: Text
    unusual_weight_infant: Text
    looks_like_pounds: Text
    looks_like_lost_digit: Text
    unusual_height_without_age: Text
    unusual_against_previous: Text
    one_may_be_pounds: Text
    unusual_area: Text
    area_differs_from_calculated: Text
    unusual_dose: Text
    weight_changed: Text
    contradictory_lesion_status: Text
    contradictory_lesion_site: Text
    contradictory_til: Text
    counts_from_first_seen: Text
    judged_as_first_request: Text
    own_indication_counts: Text
    later_by_the_stay: Text
    codes_of_another_time: Text
    approved_and_given: Text
    approved_once: Text
    lesions_judged_together: Text
    request_far_above: Text
    perhaps_pounds: Text
    perhaps_a_day: Text
    perhaps_all_lesions: Text
    below_label_dose: Text
    session_total_unusual: Text
    weight_during_treatment: Text
    weight_after_service: Text
    authorization_does_not_cover: Text
    authorized_from_to: Text
    authorized_from: Text
    authorized_to: Text
    authorized_since: Text
    til_regimen: Text
    til_too_many: Text
    too_many_doses: Text
    too_many_doses_daily: Text
    dose_on_a_day_off: Text
    too_many_in_all: Text
    rest_too_short: Text
    cycle_not_over: Text
    if_planned_doses_are_given: Text
    course_rest_too_short: Text
    seven_weeks_to_the_day: Text
    doses_too_close: Text
    concentration_outside_range: Text
    volume_too_small: Text
    syringe_far_below: Text

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
