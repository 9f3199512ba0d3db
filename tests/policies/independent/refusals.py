"""Cases that are refused, and the keys that are named: wrong values first, then contradictions."""

import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from tests.policies.independent.basics import FIRST_DAY, GVHD, IL, IV, MELANOMA, RENAL, SC, Case
from tests.policies.independent.contradictions import contradictions

Check = Callable[[Any], bool]
FORMULAS = ("mosteller", "du_bois", "haycock", "gehan_george", "boyd")
EARLIEST, LATEST = date(2020, 1, 1), date(2099, 12, 31)
DECIMAL = re.compile(r"[0-9]+(\.[0-9]{1,6})?", re.ASCII)
MOST_IU, MOST_UNITS, MOST_OF_ALL, LONGEST_REFERENCE = 10**12, 100_000, 1_000, 40


def whole(lowest: int, highest: int) -> Check:
    return lambda value: type(value) is int and lowest <= value <= highest


def decimal(lowest: str, highest: str) -> Check:
    def is_valid(value: Any) -> bool:
        if isinstance(value, bool) or not isinstance(value, str | int | float | Decimal):
            return False
        text = str(value)
        return bool(DECIMAL.fullmatch(text)) and Decimal(lowest) <= Decimal(text) <= Decimal(
            highest
        )

    return is_valid


def one_of(*choices: str) -> Check:
    return lambda value: value in choices and isinstance(value, str)


def some_of(*choices: str) -> Check:
    return lambda value: isinstance(value, list) and all(one in choices for one in value)


def is_flag(value: Any) -> bool:
    return value is True or value is False


def is_date(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return False
    try:
        return EARLIEST <= date.fromisoformat(value) <= LATEST
    except ValueError:
        return False


def is_time(value: Any) -> bool:
    if not isinstance(value, str) or not re.fullmatch(
        r"[0-9-]{10}T([01][0-9]|2[0-3]):[0-9]{2}", value
    ):
        return False
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return is_date(value[:10])


def is_reference(value: Any) -> bool:
    return isinstance(value, str) and len(value) <= LONGEST_REFERENCE and value.isprintable()


COUNT, REST, WEIGHT = whole(1, MOST_OF_ALL), whole(0, MOST_OF_ALL), decimal("0.5", "650")
HEIGHT, AREA, DOSE = decimal("25", "275"), decimal("0.1", "4.5"), whole(1, MOST_IU)
FLAGS = (
    *("metastatic_disease", "unresectable_disease", "prior_systemic_therapy", "single_agent"),
    *("chronic_gvhd", "steroid_refractory", "with_systemic_corticosteroids"),
)
FACTS: dict[str, Any] = dict.fromkeys(FLAGS, is_flag) | {
    "prescriber_specialties": some_of(
        "oncologist", "dermatologist", "transplant_center_physician", "other"
    ),
    "lesion_status": some_of(
        "metastatic", "recurrent", "unresectable", "borderline_resectable", "resectable"
    ),
    "lesion_site": some_of("cutaneous", "subcutaneous", "nodal", "other"),
}
REQUESTED: dict[str, Any] = {"dose_iu": DOSE, "lesions": COUNT}
REQUESTED |= dict.fromkeys(("doses_per_day", "doses_per_week", "doses_per_cycle"), COUNT)
REQUESTED |= dict.fromkeys(("rest_days", "course_rest_days"), REST)
TIMES = ("first_dose_at", "last_dose_at", "planned_first_at")
CYCLE: dict[str, Any] = dict.fromkeys(TIMES, is_time) | {
    "number": whole(1, 2),
    "doses_given": REST,
    "doses_held": REST,
    "over": is_flag,
}
COURSE: dict[str, Any] = {
    "number": COUNT,
    "first_dose_at": is_time,
    "doses_per_cycle": whole(1, 14),
    "previous_last_dose_on": is_date,
    "discharge_date": is_date,
    "cycles": [CYCLE],
}
GRANTED: dict[str, Any] = {"start": is_date, "end": is_date, "dose_iu": DOSE}
GRANTED |= {"units": whole(0, MOST_UNITS)}
CONFIRMED: dict[str, Any] = {"weight_kg": WEIGHT, "height_cm": HEIGHT, "bsa_m2": AREA}
CONFIRMED |= {"requested.dose_iu": DOSE}
CASE: dict[str, Any] = {
    "policy": one_of(*FIRST_DAY),
    "date_of_service": is_date,
    "indication": one_of(MELANOMA, RENAL, GVHD, "other"),
    "route": one_of(IV, IL, SC),
    "age_years": whole(0, 130),
    "weight_kg": WEIGHT,
    "height_cm": HEIGHT,
    "bsa_m2": AREA,
    "bsa_formula": one_of(*FORMULAS),
    "facts": FACTS,
    "requested": REQUESTED,
    "regimen": one_of("high_dose", "til"),
    "course": COURSE,
    "authorization": GRANTED,
    "previous_weight_kg": WEIGHT,
    "confirmed": CONFIRMED,
    "weight_measured_on": is_date,
    "reference": is_reference,
}
REQUIRED = ("policy", "date_of_service", "indication", "route")


def wrong(value: Any, form: Any, at: str) -> Iterator[str]:
    """The keys of values that do not fit; a form is a check, an object or a list of one form."""
    if value is None:
        return
    if isinstance(form, dict):
        if not isinstance(value, dict):
            yield at
            return
        for key, inner in value.items():
            where = f"{at}.{key}" if at else key
            if key in form:
                yield from wrong(inner, form[key], where)
            else:
                yield where
    elif isinstance(form, list):
        if not isinstance(value, list):
            yield at
            return
        for place, inner in enumerate(value):
            yield from (
                [f"{at}.{place}"] if inner is None else wrong(inner, form[0], f"{at}.{place}")
            )
    elif not form(value):
        yield at


def refused(case: Case) -> list[str]:
    """Sorted; contradictions are sought only where each value is sound by itself."""
    keys = [*wrong(case, CASE, ""), *(key for key in REQUIRED if case.get(key) is None)]
    cycles = (case.get("course") or {}).get("cycles") or [] if not keys else []
    keys += [f"course.cycles.{i}.number" for i, c in enumerate(cycles) if c.get("number") is None]
    return sorted(set(keys or contradictions(case)))
