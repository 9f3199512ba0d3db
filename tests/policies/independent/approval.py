"""The approval status, the period of an approval, and whether a granted one covers the plan."""

from datetime import date
from typing import Any

from tests.policies.independent.basics import CIGNA, DAY, Case


def period(case: Case) -> tuple[date, date]:
    """As it was granted; what was not said begins on the date of service and lasts a year."""
    granted = case.get("authorization") or {}
    start = date.fromisoformat(granted.get("start") or case["date_of_service"])
    if granted.get("end"):
        return start, date.fromisoformat(granted["end"])
    counted = start + DAY if (start.month, start.day) == (2, 29) else start
    return start, counted.replace(year=start.year + 1) - DAY


def approval_period(case: Case) -> dict[str, Any]:
    assumed = (case.get("authorization") or {}).get("start") is None
    start, end = period(case)
    return {"start": str(start), "end": str(end), "assumed_start": assumed}


def is_covered(case: Case, planned: list[date]) -> bool:
    """By the dates that were granted, where any were."""
    granted = case.get("authorization") or {}
    if not granted.get("start") and not granted.get("end"):
        return True
    start, end = period(case)
    return all(start <= d <= end for d in (date.fromisoformat(case["date_of_service"]), *planned))


def approval_status(policy: str, eligible: str, beyond: bool, waits: bool, covered: bool) -> str:
    if eligible in ("not_met", "not_covered"):
        return "criteria_not_met"
    if beyond:
        elsewhere = "clinician_review" if eligible == "met" else "information_missing"
        return "criteria_not_met" if policy == CIGNA else elsewhere
    if eligible == "incomplete" or waits or not covered:
        return "information_missing"
    return "criteria_met"
