"""The determination a second time, for comparison with the program.

Written from the two policy documents and the rules for reading them, by someone who has not read
the program. Plain on purpose: open answers are settled by trying every way to fill them, and
numbers are whole or fractions, so that nothing is rounded but the limit itself, once.
"""

from datetime import date, datetime, timedelta
from fractions import Fraction
from math import isqrt
from typing import Any

from tests.independent.criteria import (
    CIGNA,
    EXPRESS,
    GVHD,
    IL,
    IV,
    MELANOMA,
    RENAL,
    SC,
    eligibility,
)
from tests.independent.measurements import Case, number, squared_bsa_of

FIRST_DAY = {CIGNA: date(2026, 5, 1), EXPRESS: date(2025, 2, 5)}
REVIEWED = {CIGNA: date(2027, 5, 1), EXPRESS: date(2026, 2, 5)}  # overdue after this day
COUNTS = ("doses_per_day", "doses_per_week", "doses_per_cycle")
MOST = {name: f"max_{name}" for name in ("dose_iu", *COUNTS)}
LEAST = {name: f"min_{name}" for name in ("rest_days", "course_rest_days")}
NOTES_OF_PAYER = {
    CIGNA: "benefit_document_governs evicore_delegation preferred_product_may_apply coding_j9015"
    " in_force_until_updated",
    EXPRESS: "specialist_prescriber no_automation extension_if_still_met",
}


def dose_limit(case: Case) -> dict[str, Any] | None:
    limit: dict[str, Any] = dict.fromkeys(MOST.values()) | dict.fromkeys(LEAST.values())
    limit |= {"per": "dose", "missing": []}
    regimen = (case["indication"], case["route"])
    if regimen in ((MELANOMA, IV), (RENAL, IV)):
        limit |= {"max_doses_per_day": 3, "max_doses_per_cycle": 14}
        limit |= {"min_rest_days": 9, "min_course_rest_days": 7 * 7}
        if (weight := number(case, "weight_kg")) is not None:
            limit["max_dose_iu"] = 600_000 * weight // 1
        else:
            limit["missing"] = ["weight_kg"]
    elif regimen == (MELANOMA, IL):
        limit |= {"max_dose_iu": 6_000_000, "per": "lesion", "max_doses_per_week": 3}
    elif regimen == (GVHD, SC):
        limit["max_doses_per_day"] = 1
        entered = number(case, "bsa_m2")
        square = squared_bsa_of(case) if entered is None else entered**2
        if square is not None:  # the whole part of a root is the whole root of the whole part
            limit["max_dose_iu"] = isqrt(1_000_000**2 * square // 1)
        else:
            inputs = ("bsa_m2", "height_cm", "weight_kg")
            limit["missing"] = [name for name in inputs if case.get(name) is None]
    else:
        return None
    return limit


def request_check(case: Case, limit: dict[str, Any] | None) -> dict[str, Any]:
    if limit is None:
        return {"status": "no_regimen", "findings": []}
    findings = []
    for field, name in (MOST | LEAST).items():
        if (value := (case.get("requested") or {}).get(field)) is None:
            continue
        if (bound := limit[name]) is None:
            result = "unknown" if field == "dose_iu" else "no_limit_stated"
        else:
            beyond = value > bound if field in MOST else value < bound
            result = "exceeds" if beyond else "within"
        findings.append({"field": field, "requested": value, "limit": bound, "result": result})
    results = {finding["result"] for finding in findings}
    status = "within_limits" if findings else "not_requested"
    status = "incomplete" if "unknown" in results else status
    return {"status": "exceeds_limits" if "exceeds" in results else status, "findings": findings}


def approval_status(policy: str, eligible: str, request: str) -> str:
    beyond = request in ("exceeds_limits", "no_regimen")
    if eligible in ("not_met", "not_covered") or (beyond and policy == CIGNA):
        return "criteria_not_met"
    if eligible == "incomplete" or request == "incomplete":
        return "information_missing"
    return "clinician_review" if beyond else "criteria_met"


def is_til(case: Case) -> bool:
    return (case.get("regimen"), case["indication"], case["route"]) == ("til", MELANOMA, IV)


def to_the_minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def schedule(case: Case, limit: dict[str, Any] | None) -> dict[str, Any] | None:
    course = case.get("course") or {}
    if limit is None or course.get("first_dose_at") is None or is_til(case):
        return None
    start = datetime.fromisoformat(course["first_dose_at"])
    if case["route"] != IV:
        days_of_week = (0, 2, 4) if case["route"] == IL else range(7)
        days = [7 * week + day for week in range(4) for day in days_of_week]
        return {"doses": [to_the_minute(start + timedelta(days=day)) for day in days]}
    cycles, rests = [], []
    for cycle, rest in ((1, 9), (2, 7 * 7)):
        number_of_doses = course.get("doses_per_cycle") or 14
        doses = [start + timedelta(hours=8 * i) for i in range(number_of_doses)]
        first, last = start.date(), doses[-1].date()
        days_of_cycle = {"first_day": str(first), "last_day": str(last)}
        written = [to_the_minute(dose) for dose in doses]
        cycles.append({"number": cycle, **days_of_cycle, "doses": written})
        after, until = last + timedelta(days=1), last + timedelta(days=rest)
        rests.append({"first_day": str(after), "last_day": str(until), "days": rest})
        start = datetime.combine(until + timedelta(days=1), start.time())
    plan = {"cycles": cycles, "rest": rests[0], "course_rest": rests[1]}
    return plan | {"next_course_earliest": str(start.date())}


def approval_period(case: Case, status: str) -> dict[str, Any] | None:
    if status != "criteria_met":
        return None
    granted = case.get("authorization") or {}
    start = date.fromisoformat(granted.get("start") or case["date_of_service"])
    leap_day = (start.month, start.day) == (2, 29)
    anniversary = date(start.year + 1, 3, 1) if leap_day else start.replace(year=start.year + 1)
    end = granted.get("end") or str(anniversary - timedelta(days=1))
    return {"start": str(start), "end": end, "assumed_start": granted.get("start") is None}


def is_implausible(case: Case) -> bool:
    weight, height, bsa = (number(case, key) for key in ("weight_kg", "height_cm", "bsa_m2"))
    age, confirmed = case.get("age_years"), set(case.get("confirmed") or [])
    adult = age is None or age >= 18
    if bsa is not None and "bsa_m2" not in confirmed and not Fraction("0.2") <= bsa <= 3:
        return True
    if weight is None:
        return False
    if height is None:
        return adult and "weight_kg" not in confirmed and not 40 <= weight <= 120
    low, high = (15, 45) if adult else (10, 40)
    usual = low <= weight / (height / 100) ** 2 <= high
    return not usual and not {"weight_kg", "height_cm"} <= confirmed


def note_ids(case: Case, eligible: str, request: str) -> list[str]:
    policy, indication, route = case["policy"], case["indication"], case["route"]
    cigna, beyond = policy == CIGNA, request in ("exceeds_limits", "no_regimen")
    course_number = (case.get("course") or {}).get("number") or 1
    facts = case.get("facts") or {}
    lesion = set(facts.get("lesion_status") or [])
    weight, before = number(case, "weight_kg"), number(case, "previous_weight_kg")
    bsa, square = number(case, "bsa_m2"), squared_bsa_of(case)
    wanted = {
        "not_a_payer_decision": True,
        "prior_authorization": True,
        "medical_director_discretion": cigna and (beyond or eligible in ("not_met", "not_covered")),
        "case_by_case_dosing": not cigna and beyond,
        "policy_review_overdue": date.fromisoformat(case["date_of_service"]) > REVIEWED[policy],
        "nccn_melanoma_guideline": (indication, route) == (MELANOMA, IV),
        "nccn_intralesional_category_2b": (indication, route) == (MELANOMA, IL),
        "nccn_no_longer_recommends_rcc": indication == RENAL,
        "nccn_chronic_gvhd": indication == GVHD,
        "retreatment_needs_tumor_shrinkage": route == IV and course_number >= 2,
        "inpatient_with_intensive_care": route == IV,
        "route_outside_label": route != IV,
        "til_regimen_differs": is_til(case),
        "bsa_differs_from_calculated": bsa
        and square
        and not Fraction(90, 100) ** 2 * square <= bsa**2 <= Fraction(110, 100) ** 2 * square,
        "implausible_measurement": is_implausible(case),
        "weight_changed": weight and before and abs(weight - before) >= before / 10,
        "contradictory_answers": {"resectable", "unresectable"} <= lesion
        or (is_til(case) and facts.get("single_agent") is True),
    }
    given = {name for name, holds in wanted.items() if holds}
    return sorted(given.union(NOTES_OF_PAYER[policy].split()))


def determine(case: Case) -> dict[str, Any]:
    if date.fromisoformat(case["date_of_service"]) < FIRST_DAY[case["policy"]]:
        return {"error": "no_policy_in_force"}
    eligible, limit = eligibility(case), dose_limit(case)
    request = request_check(case, limit)
    status = approval_status(case["policy"], eligible["status"], request["status"])
    return {
        "approval_status": status,
        "eligibility": eligible,
        "request_check": request,
        "dose_limit": limit,
        "schedule": schedule(case, limit),
        "approval_period": approval_period(case, status),
        "note_ids": note_ids(case, eligible["status"], request["status"]),
    }
