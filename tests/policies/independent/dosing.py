"""The documented limit for a dose, and what is requested against every limit."""

from math import isqrt
from typing import Any

from tests.policies.independent.areas import squared_area
from tests.policies.independent.basics import (
    IL,
    IV,
    LEAST,
    MOST,
    SC,
    Case,
    amounts,
    dosing_of,
    requested,
)
from tests.policies.independent.unusual import dose_waits, waiting_measurements

Limit = dict[str, Any]


def highest_dose(case: Case) -> int | None:
    """Whole International Units, rounded down once; none while something is lacking or waits."""
    route, waiting = case["route"], waiting_measurements(case)
    weight, bsa = amounts(case, "weight_kg", "bsa_m2")
    if route == IL:
        return 6_000_000
    if waiting:
        return None
    if route == IV:
        return None if weight is None else 600_000 * weight // 1
    square = squared_area(case) if bsa is None else bsa**2
    # the whole part of a root is the whole root of the whole part
    return None if square is None else isqrt(1_000_000**2 * square // 1)


def not_entered(case: Case) -> list[str]:
    if case["route"] == IV:
        return [] if case.get("weight_kg") is not None else ["weight_kg"]
    if case["route"] == IL or case.get("bsa_m2") is not None:
        return []
    lacking = [key for key in ("height_cm", "weight_kg") if case.get(key) is None]
    return ["bsa_m2", *lacking] if lacking else []


def dose_limit(case: Case) -> Limit | None:
    """An area is compared through the dose; an entered one names no formula here."""
    if (dosing := dosing_of(case)) is None:
        return None
    limit: Limit = {bound: dosing.get(name) for name, bound in (MOST | LEAST).items()}
    limit |= {"max_dose_iu": highest_dose(case), "missing": not_entered(case)}
    limit |= {"per": "lesion" if case["route"] == IL else "dose"}
    if case["route"] == SC and case.get("bsa_m2") is None and limit["max_dose_iu"] is not None:
        limit["bsa_formula"] = case.get("bsa_formula") or "mosteller"
    return limit


def unconfirmed(case: Case, limit: Limit | None) -> list[str]:
    waits = limit is not None and dose_waits(case, limit["max_dose_iu"])
    return sorted([*waiting_measurements(case), *["requested.dose_iu"] * waits])


def excess_percent(asked: int, limit: int) -> str:
    """In hundredths of a percent, each begun one counted whole."""
    hundredths = -((limit - asked) * 10_000 // limit)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def finding(case: Case, limit: Limit | None, field: str, asked: int) -> dict[str, Any]:
    found = {"field": field, "requested": asked, "limit": None, "excess_percent": None}
    if limit is None:
        return found | {"result": "no_dosing_documented"}
    edge = limit[(MOST | LEAST)[field]]
    if edge is None:
        return found | {"result": "unknown" if field == "dose_iu" else "no_limit_stated"}
    found["limit"] = edge
    if field == "dose_iu" and dose_waits(case, edge):
        return found | {"result": "unknown"}
    if asked > edge if field in MOST else asked < edge:
        more = excess_percent(asked, edge) if field == "dose_iu" else None
        return found | {"result": "exceeds", "excess_percent": more}
    return found | {"result": "within"}


def request_check(case: Case, limit: Limit | None) -> dict[str, Any]:
    asked = [(name, requested(case).get(name)) for name in (MOST | LEAST)]
    findings = [finding(case, limit, name, one) for name, one in asked if one is not None]
    results = {found["result"] for found in findings}
    status = "within_limits" if findings else "not_requested"
    status = "incomplete" if "unknown" in results else status
    status = "exceeds_limits" if "exceeds" in results else status
    return {"status": "no_regimen" if limit is None else status, "findings": findings}


def result_of_dose(request: dict[str, Any]) -> str | None:
    results = [f["result"] for f in request["findings"] if f["field"] == "dose_iu"]
    return results[0] if results else None
