"""A dose prepared a second time, and the vials of a session.

From the label's facts alone; every amount is a whole number or a fraction until it is written.
"""

from fractions import Fraction
from typing import Any

from tests.policies.independent.basics import IL, IV, Case, requested
from tests.policies.independent.dosing import Limit, result_of_dose

# label.md, the row named; in International Units unless the name says mL or mg.
VIAL_HOLDS = 22_000_000  # vial
VIAL_YIELDS = 21_600_000  # reconstitution and traps: 1.2 mL of 18 million
VIAL_YIELDS_ML = Fraction("1.2")  # reconstitution
HUNDREDTH_ML_HOLDS = 180_000  # reconstitution: 18 million in a mL
BAGS_ML = ((25_400_000, 25), (60_000_000, 50))  # dilution: up to this dose, this bag
LARGEST_BAG_ML = 100  # dilution: above 60 million
MG_OF_AN_IU = Fraction("1.1") / 18_000_000  # reconstitution: 1.1 mg for 18 million
MG_PER_ML = (Fraction("0.03"), Fraction("0.07"))  # dilution


def vials(dose_iu: int, from_each: int) -> int:
    """Whole ones, a begun one counted whole."""
    opened, rest = divmod(dose_iu, from_each)
    return opened + bool(rest)


def cut(value: Fraction, places: int) -> str:
    """The first decimals as they are; what follows is dropped."""
    digits = str(int(value * 10**places)).rjust(places + 1, "0")
    return f"{digits[:-places]}.{digits[-places:]}"


def drawn(dose_iu: int) -> dict[str, Any]:
    """The volume to the hundredth of a milliliter and, above 1 mL, to the tenth, both down."""
    hundredths = dose_iu // HUNDREDTH_ML_HOLDS
    marked = hundredths // 10 * 10 if hundredths > 100 else hundredths
    return {
        "volume_ml": cut(Fraction(hundredths, 100), 2),
        "volume_holds_iu": hundredths * HUNDREDTH_ML_HOLDS,
        "syringe_volume_ml": cut(Fraction(marked, 100), 2),
        "syringe_holds_iu": marked * HUNDREDTH_ML_HOLDS,
    }


def may_be_prepared(case: Case, request: dict[str, Any]) -> bool:
    """Within the limit, or above it and granted so high by the payer."""
    result, asked = result_of_dose(request), requested(case).get("dose_iu")
    granted = (case.get("authorization") or {}).get("dose_iu")
    return result == "within" or (result == "exceeds" and granted is not None and asked <= granted)


def is_outside(strength: Fraction) -> bool:
    return not MG_PER_ML[0] <= strength <= MG_PER_ML[1]


def prepared(dose_iu: int) -> dict[str, Any]:
    volume, opened = drawn(dose_iu), vials(dose_iu, VIAL_YIELDS)
    bag_ml = next((bag for most, bag in BAGS_ML if dose_iu <= most), LARGEST_BAG_ML)
    alone = dose_iu * MG_OF_AN_IU / bag_ml
    with_drug = dose_iu * MG_OF_AN_IU / (bag_ml + Fraction(volume["volume_ml"]))
    left_over = opened * VIAL_YIELDS_ML - Fraction(volume["volume_ml"])
    return volume | {
        "dose_iu": dose_iu,
        "vials_by_content": vials(dose_iu, VIAL_HOLDS),
        "vials_by_volume": opened,
        "bag_ml": bag_ml,
        "concentration_mg_per_ml": cut(alone, 4),
        "concentration_with_drug_mg_per_ml": cut(with_drug, 4),
        "concentration_outside_label": is_outside(alone) and is_outside(with_drug),
        "left_over_ml": cut(left_over, 2),
        "left_over_iu": opened * VIAL_YIELDS - volume["volume_holds_iu"],
    }


def preparation(case: Case, request: dict[str, Any]) -> dict[str, Any] | None:
    if case["route"] != IV or not may_be_prepared(case, request):
        return None
    outside_policy = result_of_dose(request) == "exceeds"
    return prepared(requested(case)["dose_iu"]) | {"approved_outside_policy": outside_policy}


def measurable(highest_iu: int) -> dict[str, Any]:
    told = drawn(highest_iu)
    return {"holds_iu": told.pop("volume_holds_iu"), **told}


def whole_vials(highest_iu: int) -> dict[str, int] | None:
    most = highest_iu // VIAL_YIELDS
    holds = most * VIAL_YIELDS
    return {"vials": most, "holds_iu": holds} if holds * 10 >= highest_iu * 9 else None


def units(case: Case, limit: Limit | None, request: dict[str, Any]) -> dict[str, Any] | None:
    highest = limit["max_dose_iu"] if limit else None
    if highest is None:
        return None
    is_requested = result_of_dose(request) == "within"
    dose_iu = requested(case)["dose_iu"] if is_requested else highest
    lesions = (requested(case).get("lesions") or 1) if case["route"] == IL else 1
    total, by_vein = dose_iu * lesions, case["route"] == IV
    return {
        "of": "requested" if is_requested else "maximum",
        "dose_iu": dose_iu,
        "lesions": lesions,
        "total_iu": total,
        "vials_by_content": vials(total, VIAL_HOLDS),
        "vials_by_volume": vials(total, VIAL_YIELDS) if by_vein else None,
        "whole_vials_within_limit": whole_vials(highest) if by_vein else None,
        "measurable": measurable(highest) if by_vein else None,
    }
