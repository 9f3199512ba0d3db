"""A dose prepared a second time: vials are opened and the volume drawn up piece by piece.

From the label's facts alone; every amount is a whole number or a fraction.
"""

from fractions import Fraction
from typing import Any

from tests.policies.independent.evaluator import IV, Case

# label.md, the row named; in International Units unless the name says mL or mg.
VIAL_HOLDS = 22_000_000  # vial
VIAL_YIELDS = 21_600_000  # reconstitution and traps: 1.2 mL of 18 million
HUNDREDTH_ML_HOLDS = 180_000  # reconstitution: 18 million in a mL
BAGS_ML = ((25_400_000, 25), (60_000_000, 50))  # dilution: up to this dose, this bag
LARGEST_BAG_ML = 100  # dilution: above 60 million
MG_OF_AN_IU = Fraction(11, 10) / 18_000_000  # reconstitution: 1.1 mg for 18 million


def vials(dose_iu: int, from_each: int) -> int:
    """Opened one after another until they are enough."""
    opened = 0
    while opened * from_each < dose_iu:
        opened += 1
    return opened


def hundredths_drawn(dose_iu: int) -> int:
    """Of a milliliter: drawn as long as the dose is not passed, first by 10 mL, last by 0.01 mL."""
    drawn = 0
    for piece in (1000, 100, 10, 1):
        while (drawn + piece) * HUNDREDTH_ML_HOLDS <= dose_iu:
            drawn += piece
    return drawn


def preparation(case: Case, request_status: str) -> dict[str, Any] | None:
    dose_iu = (case.get("requested") or {}).get("dose_iu")
    if case["route"] != IV or request_status != "within_limits" or dose_iu is None:
        return None
    hundredths = hundredths_drawn(dose_iu)
    bag_ml = next((bag for most, bag in BAGS_ML if dose_iu <= most), LARGEST_BAG_ML)
    return {
        "dose_iu": dose_iu,
        "volume_ml": Fraction(hundredths, 100),
        "volume_holds_iu": hundredths * HUNDREDTH_ML_HOLDS,
        "vials_by_content": vials(dose_iu, VIAL_HOLDS),
        "vials_by_volume": vials(dose_iu, VIAL_YIELDS),
        "bag_ml": bag_ml,
        "concentration_mg_per_ml": dose_iu * MG_OF_AN_IU / bag_ml,
    }
