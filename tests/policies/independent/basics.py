"""What both documents say in numbers and lists, for every part of the second computation.

Written from the two policy documents and the specification by someone who has not read `app`.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
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


def dosing_of(case: Case) -> dict[str, int] | None:
    """The frequencies and rests that are documented for use and route; none where nothing is."""
    return DOSING.get((case["indication"], case["route"]))


def is_til(case: Case) -> bool:
    return (case.get("regimen"), case["indication"], case["route"]) == ("til", MELANOMA, IV)


def exact(value: Any) -> Fraction:
    return Fraction(str(value))


def numbers(case: Case, *keys: str) -> list[Decimal | None]:
    return [None if case.get(key) is None else Decimal(str(case[key])) for key in keys]


def amounts(case: Case, *keys: str) -> list[Fraction | None]:
    return [None if case.get(key) is None else exact(case[key]) for key in keys]


def requested(case: Case) -> dict[str, Any]:
    return case.get("requested") or {}


def written(day: date | None) -> str | None:
    return day.isoformat() if day else None
