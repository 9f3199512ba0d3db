"""The phrases around the dose: the weight behind it, and the policy's other figure."""

from decimal import Decimal

from app.model.case import Case
from app.model.determination import Determination, DoseLimit
from app.model.formatting import date_in_words, decimal_in_words
from app.model.quantities import POUNDS
from app.output.phrases import dose_text

NO_WEIGHT_DATE = "date of weight not entered"
NOT_AN_ORDER = "policy limit, not an order"


def pounds(weight_kg: Decimal) -> Decimal:
    """Return kilograms in pounds, rounded to one decimal, for display only.

    >>> pounds(Decimal("70.5"))
    Decimal('155.4')
    """
    return round(weight_kg / POUNDS.factor, 1)


def weight_in_words(weight_kg: Decimal) -> str:
    """Return a weight in kilograms with its pounds beside it.

    >>> weight_in_words(Decimal("70.50"))
    '70.5 kg (155.4 lb)'
    """
    return f"{decimal_in_words(weight_kg)} kg ({decimal_in_words(pounds(weight_kg))} lb)"


def weight_text(case: Case) -> str:
    """Return the weight of a case with its pounds and its date; "" without a weight."""
    if case.weight_kg is None:
        return ""
    measured = case.weight_measured_on
    when = f"measured on {date_in_words(measured)}" if measured else NO_WEIGHT_DATE
    return f"Weight: {weight_in_words(case.weight_kg)}, {when}"


def limit_text(found: Determination) -> str:
    """Return the limit, which is no order, or that it is not known yet."""
    limit = found.dose_limit
    is_known = limit is not None and limit.max_dose_iu is not None
    return f"{dose_text(found)} ({NOT_AN_ORDER})" if is_known else dose_text(found)


def stated_as_text(limit: DoseLimit) -> str:
    """Return the policy's dose in other units, which is never used in a calculation; "" if none."""
    if limit.also_stated_as is None:
        return ""
    return (
        f"The policy also states {limit.also_stated_as}, its own rounding; "
        "International Units govern."
    )
