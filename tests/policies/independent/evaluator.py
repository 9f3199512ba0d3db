"""The determination a second time, from the policy documents, by someone who has not read `app`.

Numbers are exact, and nothing is rounded but the limit itself, once, down.
"""

from datetime import date, datetime, timedelta
from decimal import Decimal, localcontext
from fractions import Fraction
from math import isqrt
from typing import Any

Case = dict[str, Any]
CIGNA, EXPRESS = "cigna-ip0407", "express-scripts-um-proleukin"
MELANOMA, RENAL, GVHD = "cutaneous_melanoma", "renal_cell_carcinoma", "graft_versus_host_disease"
IV, IL, SC = "intravenous", "intralesional", "subcutaneous"
FIRST_DAY = {CIGNA: date(2026, 5, 1), EXPRESS: date(2025, 2, 5)}
REVIEWED = {CIGNA: date(2027, 5, 1), EXPRESS: date(2026, 2, 5)}  # overdue after this day
DAY = timedelta(days=1)
# Headings 1 (A and B), 2 and 3 of both documents: first the criteria, where a semicolon is an "and"
# and an age of 18 or more, a yes or one of the choices behind a colon is wanted; then "Dosing".
ADVANCED = "age_years; metastatic_disease or unresectable_disease; prior_systemic_therapy"
ONCOLOGIST = "prescriber_specialties: oncologist"
CRITERIA: dict[tuple[str, ...], str] = {
    (CIGNA, MELANOMA, IV): f"{ADVANCED}; {ONCOLOGIST}",
    (EXPRESS, MELANOMA, IV): f"{ADVANCED}; single_agent; {ONCOLOGIST}",
    (CIGNA, MELANOMA, IL): "age_years; lesion_status: unresectable, borderline_resectable;"
    f" {ONCOLOGIST}, dermatologist",
    (EXPRESS, MELANOMA, IL): "age_years; lesion_status: metastatic, recurrent, unresectable;"
    f" lesion_site: cutaneous, subcutaneous, nodal; {ONCOLOGIST}, dermatologist",
    (RENAL,): f"age_years; metastatic_disease; single_agent; {ONCOLOGIST}",
    (GVHD,): "chronic_gvhd; steroid_refractory; with_systemic_corticosteroids;"
    f" {ONCOLOGIST}, transplant_center_physician",
}
INFUSED = {"doses_per_day": 3, "doses_per_cycle": 14, "rest_days": 9, "course_rest_days": 7 * 7}
DOSING: dict[tuple[str, str], dict[str, int]] = {(MELANOMA, IV): INFUSED, (RENAL, IV): INFUSED}
DOSING |= {(MELANOMA, IL): {"doses_per_week": 3}, (GVHD, SC): {"doses_per_day": 1}}
MOST = {n: f"max_{n}" for n in ("dose_iu", "doses_per_day", "doses_per_week", "doses_per_cycle")}
LEAST = {n: f"min_{n}" for n in ("rest_days", "course_rest_days")}
# A factor, the power of the height in cm, that of the weight in kg, for Boyd in g.
AREAS = {"du_bois": "0.007184 0.725 0.425", "haycock": "0.024265 0.3964 0.5378"}
AREAS |= {"gehan_george": "0.0235 0.42246 0.51456", "boyd": "0.0003207 0.3 0.7285"}
NOTES = {EXPRESS: ["specialist_prescriber", "no_automation", "extension_if_still_met"]}
NOTES[CIGNA] = ["benefit_document_governs", "evicore_delegation", "preferred_product_may_apply"]
NOTES[CIGNA] += ["coding_j9015", "in_force_until_updated"]


def holds(case: Case, question: str, wanted: str = "") -> bool | None:
    if question == "age_years":
        return None if case.get(question) is None else bool(case[question] >= 18)
    answer = (case.get("facts") or {}).get(question)
    return bool({*answer} & {*wanted.split(", ")}) if isinstance(answer, list) else answer


def eligibility(case: Case) -> dict[str, Any]:
    use = case["indication"]
    criteria = CRITERIA.get((case["policy"], use, case["route"])) or CRITERIA.get((use,))
    if criteria is None:  # another use, or melanoma by a route that neither document names
        return {"status": "not_met" if use == MELANOMA else "not_covered", "missing": []}
    lines = [[part.split(": ") for part in line.split(" or ")] for line in criteria.split("; ")]
    answers = [{part[0]: holds(case, *part) for part in line} for line in lines]
    if any(set(line.values()) == {False} for line in answers):
        return {"status": "not_met", "missing": []}
    unsettled = [line for line in answers if True not in line.values()]
    missing = sorted(name for line in unsettled for name, one in line.items() if one is None)
    return {"status": "incomplete" if missing else "met", "missing": missing}


def numbers(case: Case, *keys: str) -> list[Decimal | None]:
    return [None if case.get(key) is None else Decimal(case[key]) for key in keys]


def squared_area(case: Case) -> Fraction | None:
    (height, weight), formula = numbers(case, "height_cm", "weight_kg"), case.get("bsa_formula")
    if height is None or weight is None:
        return None
    if formula in (None, "mosteller"):
        return Fraction(height * weight) / 3600  # exact, as a square; the others to 40 digits
    factor, of_height, of_weight = map(Decimal, AREAS[formula].split())
    with localcontext(prec=40):
        if formula == "boyd":
            weight *= 1000
            of_weight -= Decimal("0.0188") * weight.log10()
        return Fraction(factor * height**of_height * weight**of_weight) ** 2


def dose_limit(case: Case) -> dict[str, Any] | None:
    route, (weight, bsa) = case["route"], numbers(case, "weight_kg", "bsa_m2")
    if (dosing := DOSING.get((case["indication"], route))) is None:
        return None
    cap = 6_000_000 if route == IL else None if weight is None else int(600_000 * weight)
    if route == SC:  # the whole part of a root is the whole root of the whole part
        square = Fraction(bsa) ** 2 if bsa else squared_area(case)
        cap = None if square is None else isqrt(1_000_000**2 * square // 1)
    needed = ("weight_kg",) if route == IV else ("bsa_m2", "height_cm", "weight_kg")
    limit: dict[str, Any] = {bound: dosing.get(name) for name, bound in (MOST | LEAST).items()}
    limit |= {"max_dose_iu": cap, "per": "lesion" if route == IL else "dose"}
    return limit | {"missing": [n for n in needed if cap is None and case.get(n) is None]}


def request_check(case: Case, limit: dict[str, Any] | None) -> dict[str, Any]:
    if limit is None:
        return {"status": "no_regimen", "findings": []}
    findings, results = [], set()
    for field, bound in (MOST | LEAST).items():
        if (asked := (case.get("requested") or {}).get(field)) is not None:
            result = "unknown" if field == "dose_iu" else "no_limit_stated"
            if (edge := limit[bound]) is not None:
                beyond = asked > edge if field in MOST else asked < edge
                result = "exceeds" if beyond else "within"
            findings.append({"field": field, "requested": asked, "limit": edge, "result": result})
            results.add(result)
    status = "within_limits" if findings else "not_requested"
    status = "incomplete" if "unknown" in results else status
    return {"status": "exceeds_limits" if "exceeds" in results else status, "findings": findings}


def is_til(case: Case) -> bool:
    return (case.get("regimen"), case["indication"], case["route"]) == ("til", MELANOMA, IV)


def schedule(case: Case, limit: dict[str, Any] | None) -> dict[str, Any] | None:
    course, route = case.get("course") or {}, case["route"]
    if limit is None or course.get("first_dose_at") is None or is_til(case):
        return None
    start = datetime.fromisoformat(course["first_dose_at"])
    if route != IV:
        weekly = (0, 2, 4) if route == IL else range(7)
        dates = [start + (7 * week + day) * DAY for week in range(4) for day in weekly]
        return {"doses": [dose.isoformat()[:16] for dose in dates]}
    plan: dict[str, Any] = {"cycles": []}
    for number, key, days in ((1, "rest", 9), (2, "course_rest", 7 * 7)):
        doses = [start + timedelta(hours=8 * i) for i in range(course.get("doses_per_cycle") or 14)]
        first, last = start.date(), doses[-1].date()
        cycle = {"number": number, "first_day": str(first), "last_day": str(last)}
        plan["cycles"].append(cycle | {"doses": [dose.isoformat()[:16] for dose in doses]})
        plan[key] = {"first_day": str(last + DAY), "last_day": str(last + days * DAY), "days": days}
        start = datetime.combine(last + (days + 1) * DAY, start.time())
    return plan | {"next_course_earliest": str(start.date())}


def approval_period(case: Case) -> dict[str, Any]:
    granted = case.get("authorization") or {}
    start = date.fromisoformat(granted.get("start") or case["date_of_service"])
    counted = start + DAY if (start.month, start.day) == (2, 29) else start
    end = granted.get("end") or str(counted.replace(year=start.year + 1) - DAY)
    return {"start": str(start), "end": end, "assumed_start": granted.get("start") is None}


def is_implausible(case: Case) -> bool:
    weight, height, bsa = numbers(case, "weight_kg", "height_cm", "bsa_m2")
    adult = holds(case, "age_years") is not False
    low, high = (15, 45) if adult else (10, 40)
    unchecked = {"weight_kg", "height_cm", "bsa_m2"} - set(case.get("confirmed") or [])
    area = "bsa_m2" in unchecked and bsa and not Decimal("0.2") <= bsa <= 3
    alone = "weight_kg" in unchecked and weight and not height and adult and not 40 <= weight <= 120
    index = weight and height and not low * height**2 <= 10_000 * weight <= high * height**2
    return bool(area or alone or (index and unchecked & {"weight_kg", "height_cm"}))


def note_ids(case: Case, unmet: bool, beyond: bool) -> list[str]:
    policy, use, route = case["policy"], case["indication"], case["route"]
    facts, course = case.get("facts") or {}, case.get("course") or {}
    weight, before, bsa = numbers(case, "weight_kg", "previous_weight_kg", "bsa_m2")
    entered, square = Fraction(bsa or 0) ** 2, squared_area(case) if bsa else None
    both = {"resectable", "unresectable"} <= set(facts.get("lesion_status") or [])
    lesions_asked, single_asked = (use, route) == (MELANOMA, IL), policy == EXPRESS
    wanted = {
        "medical_director_discretion": policy == CIGNA and (beyond or unmet),
        "case_by_case_dosing": policy == EXPRESS and beyond,
        "policy_review_overdue": date.fromisoformat(case["date_of_service"]) > REVIEWED[policy],
        "nccn_melanoma_guideline": (use, route) == (MELANOMA, IV),
        "nccn_intralesional_category_2b": (use, route) == (MELANOMA, IL),
        "nccn_no_longer_recommends_rcc": use == RENAL,
        "nccn_chronic_gvhd": use == GVHD,
        "retreatment_needs_tumor_shrinkage": route == IV and (course.get("number") or 1) >= 2,
        "inpatient_with_intensive_care": route == IV,
        "route_outside_label": route != IV,
        "til_regimen_differs": is_til(case),
        "bsa_differs_from_calculated": square and not 81 <= 100 * entered / square <= 121,
        "implausible_measurement": is_implausible(case),
        "weight_changed": weight and before and 10 * abs(weight - before) >= before,
        "contradictory_answers": (both and lesions_asked)
        or (is_til(case) and single_asked and facts.get("single_agent")),
    }
    given = [name for name, holds_here in wanted.items() if holds_here]
    return sorted(["not_a_payer_decision", "prior_authorization", *NOTES[policy], *given])


def determine(case: Case) -> dict[str, Any]:
    if date.fromisoformat(case["date_of_service"]) < FIRST_DAY[case["policy"]]:
        return {"error": "no_policy_in_force"}
    eligible, limit = eligibility(case), dose_limit(case)
    request = request_check(case, limit)
    unmet = eligible["status"] in ("not_met", "not_covered")
    beyond = request["status"] in ("exceeds_limits", "no_regimen")
    is_open = "incomplete" in (eligible["status"], request["status"])
    status = "information_missing" if is_open else "clinician_review" if beyond else "criteria_met"
    status = "criteria_not_met" if unmet or (beyond and case["policy"] == CIGNA) else status
    period = approval_period(case) if status == "criteria_met" else None
    answer: dict[str, Any] = {"approval_status": status, "eligibility": eligible}
    answer |= {"request_check": request, "dose_limit": limit, "schedule": schedule(case, limit)}
    return answer | {"approval_period": period, "note_ids": note_ids(case, unmet, beyond)}
