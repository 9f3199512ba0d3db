"""Units that people type or think in by mistake, and what they are in ours: to be shown only."""

import re
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ForeignUnit:
    """A unit that people type by mistake; its factor turns it into ours."""

    symbol: str
    pattern: re.Pattern[str]
    factor: Decimal


_SOME = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
# Both factors are exact: international pound and international inch, 1959.
POUNDS = ForeignUnit(
    "lb", re.compile(rf"({_SOME}) *(?:lbs?\.?|pounds?|#)", re.I), Decimal("0.45359237")
)
INCHES = ForeignUnit(
    "in", re.compile(rf"({_SOME}) *(?:in\.?|inch(?:es)?|\")", re.I), Decimal("2.54")
)


def kilograms(weight_lb: Decimal) -> Decimal:
    """Return pounds in kilograms, rounded to one decimal: to be recognized, never computed with.

    >>> kilograms(Decimal("154"))
    Decimal('69.9')
    """
    return round(weight_lb * POUNDS.factor, 1)


def pounds(weight_kg: Decimal) -> Decimal:
    """Return the weight in pounds, rounded to one decimal: to be recognized, never computed with.

    >>> pounds(Decimal("70.5"))
    Decimal('155.4')
    """
    return round(weight_kg / POUNDS.factor, 1)
