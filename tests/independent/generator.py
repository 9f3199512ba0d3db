"""Valid cases at random that crowd the corners: limits, first and last days, exact tenths.

Weights, heights and areas are counted in whole millionths, the finest step that a case may have.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from math import isqrt
from random import Random
from typing import Any

from tests.independent.criteria import CIGNA, EXPRESS, GVHD, IL, IV, MELANOMA, RENAL, SC
from tests.independent.evaluator import FIRST_DAY, REVIEWED, dose_limit, to_the_minute
from tests.independent.measurements import Case, squared_bsa

ONE = 1_000_000
MEASURED = ("weight_kg", "height_cm", "bsa_m2", "previous_weight_kg", "bsa_formula", "confirmed")
BEGIN, END = date(2020, 1, 1), date(2099, 12, 31)
TICK = (0, 0, 1, -1)  # exactly there, or a millionth beside
FORMULAS = ("mosteller", "du_bois", "haycock", "gehan_george", "boyd")
DOCUMENTED = [(MELANOMA, IV)] * 6 + [(MELANOMA, IL)] * 5 + [(RENAL, IV)] * 4 + [(GVHD, SC)] * 6
ANY = [(use, route) for use in (MELANOMA, RENAL, GVHD, "other") for route in (IV, IL, SC)]
YES_OR_NO = (
    *("metastatic_disease", "unresectable_disease", "prior_systemic_therapy", "single_agent"),
    *("chronic_gvhd", "steroid_refractory", "with_systemic_corticosteroids"),
)
LISTS = {
    "prescriber_specialties": ["oncologist", "dermatologist", "transplant_center_physician"],
    "lesion_status": ["metastatic", "recurrent", "unresectable"],
    "lesion_site": ["cutaneous", "subcutaneous", "nodal"],
}
LESS_HELPFUL = {"lesion_status": ["borderline_resectable", "resectable"]}
REQUESTS: dict[str, tuple[list[int], list[int]]] = {  # mostly within the limits, mostly beyond
    "doses_per_day": ([1, 3, 2, 1], [4, 2, 3]),
    "doses_per_week": ([1, 3, 2], [4, 7, 21]),
    "doses_per_cycle": ([1, 13, 14, 14], [15, 28]),
    "rest_days": ([9, 9, 10, 14], [8, 0]),
    "course_rest_days": ([49, 49, 50, 70], [48, 7, 0]),
}
FEBRUARY = [date(2028, 2, 29), date(2028, 2, 28), date(2027, 2, 28)]
MARCH = [date(2028, 3, 1), date(2027, 3, 1)]
TURNS = [*FEBRUARY, *MARCH, date(2032, 2, 29), date(2096, 2, 29), date(2026, 12, 31), END]
EARLY = [BEGIN, date(2024, 2, 29), date(2025, 2, 4), date(2026, 4, 30)]
STARTS = ["2028-02-27", "2028-02-24", "2027-03-13", "2026-10-30", "2026-12-29"]
CLOCK = ["00:00", "07:59", "08:00", "15:59", "16:00", "16:01", "20:00", "22:30", "23:59"]


def shifted(day: date, days: int, latest: date = END) -> date:
    return min(max(day + timedelta(days=days), BEGIN), latest)


def service_day(r: Random, policy: str) -> date:
    turns = [shifted(d, n) for d in (FIRST_DAY[policy], REVIEWED[policy]) for n in (-1, 0, 1)]
    usual = shifted(FIRST_DAY[policy], r.randint(0, 900))
    return r.choice(r.choices((turns, TURNS, EARLY, [usual]), (30, 20, 3, 47))[0])


def facts(r: Random) -> dict[str, Any]:
    """Seven in ten are helpful throughout; half are answered in full."""
    helpful, unanswered = r.random() < 0.7, r.choice((0, 0, 0, 15, 40, 80))
    yes = 0.99 if helpful else 0.6
    answers: dict[str, Any] = {name: r.random() < yes for name in YES_OR_NO}
    for name, items in LISTS.items():
        if helpful and r.random() < 0.9:
            answers[name] = r.sample(items, r.randint(1, 3))
        else:
            every = items + LESS_HELPFUL.get(name, ["other"])
            answers[name] = r.sample(every, r.choice((0, 1, 1, 1, 2, 2, 3, len(every))))
    return leave_out(r, answers, unanswered)


def leave_out(r: Random, values: dict[str, Any], percent: int) -> dict[str, Any]:
    """Some values not known: half of them null, half without their key."""
    for name in list(values):
        if r.random() * 100 < percent:
            values[name] = None
            if r.random() < 0.5:
                del values[name]
    return values


def clip(millionths: int, lowest: int, highest: int) -> int:
    return min(max(millionths, lowest), highest)


def measure(r: Random, lowest: int, highest: int) -> int:
    step = r.choice((ONE, ONE, 100_000, 10_000, 1_000, 1, 1))
    return clip(r.randint(lowest // step, highest // step) * step, lowest, highest)


def written(r: Random, millionths: int) -> str | int:
    whole, rest = divmod(millionths, ONE)
    if not rest and r.random() < 0.3:
        return whole
    places = f"{rest:06}".rstrip("0").ljust(r.choice((0, 0, 1, 6)), "0")
    return f"{whole}.{places}" if places else str(whole)


def body(r: Random) -> tuple[int | None, int | None]:
    """Weight and height."""
    weight: int | None = None
    height: int | None = None
    kind = r.choices(("everyday", "allowed", "bmi", "weight", "bsa", ""), (27, 15, 20, 10, 20, 8))[
        0
    ]
    if kind == "everyday":
        weight, height = measure(r, 35 * ONE, 130 * ONE), measure(r, 140 * ONE, 200 * ONE)
    elif kind == "allowed":
        edges = (ONE // 2, ONE // 2 + 1, 650 * ONE - 1, 650 * ONE)
        weight = r.choice((*edges, measure(r, ONE // 2, 650 * ONE)))
        height = r.choice((25 * ONE, 275 * ONE, measure(r, 25 * ONE, 275 * ONE)))
    elif kind == "bmi":  # at a limit of what is usual
        height = r.choice((200_000_000, 100_000_000, 150_000_000, 160_500_000, 175_250_000))
        weight = r.choice((10, 15, 40, 45)) * height**2 // (10_000 * ONE) + r.choice(TICK)
    elif kind == "weight":
        weight = r.choice((40, 120)) * ONE + r.choice((*TICK, -20 * ONE, 34 * ONE))
    elif kind == "bsa":  # by Mosteller 0.2, 1, 2 or 3 m², or just beside
        exact = ((3, 48), (36, 100), (80, 180), (100, 144), (150, 216), (162, 200), (180, 180))
        weight, height = (ONE * value for value in r.choice(exact))
        weight += r.choice(TICK)
    return (None if r.random() < 0.12 else weight), (None if r.random() < 0.15 else height)


def area(r: Random, formula: str, weight: int | None, height: int | None) -> int:
    """A body surface area as entered: at a limit, or at or a tenth beside the calculated one."""
    if weight is None or height is None or r.random() < 0.25:
        edges = (100_000, 200_000, 199_999, 3 * ONE, 3 * ONE + 1, 4_500_000, 1_730_000)
        return r.choice((*edges, measure(r, 100_000, 4_500_000), measure(r, 1_200_000, 2_600_000)))
    square = squared_bsa(formula, Fraction(height, ONE), Fraction(weight, ONE))
    near = isqrt(Fraction(r.choice((9, 9, 10, 11, 11)) * ONE, 10) ** 2 * square // 1)
    return clip(near + r.choice(TICK), 100_000, 4_500_000)


def measurements(r: Random) -> dict[str, Any]:
    weight, height = body(r)
    formula, bsa, before = r.choice((None, None, None, *FORMULAS)), None, None
    if r.random() < 0.45:
        bsa = area(r, formula or "mosteller", weight, height)
    if r.random() < 0.3:
        before = measure(r, ONE // 2, 650 * ONE)
        if weight is not None and height is None and bsa is None and r.random() < 0.6:
            before = r.choice((36_500_000, 70_000_000, 82_350_000, 100_000_000, 61_234_500))
            weight = before * r.choice((9, 11)) // 10 + r.choice(TICK)
        elif weight is not None and r.random() < 0.8:
            before = clip(weight * 10 // r.choice((9, 11)) + r.choice(TICK), ONE // 2, 650 * ONE)
    values = zip(MEASURED, (weight, height, bsa, before), strict=False)
    known: dict[str, Any] = {k: written(r, v) for k, v in values if v is not None}
    if formula:
        known["bsa_formula"] = formula
    if r.random() < 0.5:
        known["confirmed"] = r.sample(["weight_kg", "height_cm", "bsa_m2"], r.randint(0, 3))
    return known


def requested(r: Random, case: Case) -> dict[str, Any]:
    if r.random() < 0.15:  # one field alone, often one that the regimen does not limit
        return {r.choice(list(REQUESTS)): r.choice((1, 3, 9, 14, 49))}
    limit = dose_limit(case) or {}
    cap = limit.get("max_dose_iu") or r.choice((6_000_000, 42_300_000, 1_500_000))
    doses = [cap, cap, max(1, cap - 1), max(1, cap // 2), 1], [cap + 1, cap + 1, cap * 2]
    risk = r.choice((0, 0, 0, 0.2, 0.6))
    fields = {"dose_iu": doses, **REQUESTS}
    chosen = {k: r.choice(both[r.random() < risk]) for k, both in fields.items()}
    return leave_out(r, {k: v for k, v in chosen.items() if r.random() < 0.5}, 15)


def from_to(first: datetime, last: datetime) -> dict[str, Any]:
    return {"first_dose_at": to_the_minute(first), "last_dose_at": to_the_minute(last)}


def course(r: Random, service: date) -> dict[str, Any]:
    start = max(shifted(service, r.choice((0, 0, 1, 7, -30)), date(2099, 6, 1)), date(2020, 6, 1))
    day = r.choice(STARTS) if r.random() < 0.1 else start
    first = datetime.fromisoformat(f"{day}T{r.choice(CLOCK)}")
    given = r.choice((1, 5, 14))
    last = first + timedelta(hours=8 * (given - 1))
    again = last + timedelta(days=r.choice((9, 10, 11)))
    begun = {"doses_given": given, "doses_held": 14 - given, "over": r.random() < 0.5}
    second = ({"doses_given": 0, "over": True}, {"doses_given": 1, **from_to(again, again)})
    cycles = [{"number": 1, **begun, **from_to(first, last)}, {"number": 2, **r.choice(second)}]
    often = {"number": r.choice((1, 2, 3)), "doses_per_cycle": r.randint(1, 14)}
    seldom = {
        "previous_last_dose_on": str(first.date() - timedelta(days=r.choice((49, 50, 51, 120)))),
        "discharge_date": str(first.date() - timedelta(days=r.choice((40, 49)))),
        "cycles": cycles[: r.randint(1, 2)],  # what really happened must not shape the plan
    }
    values = leave_out(r, {"first_dose_at": to_the_minute(first)}, 15)
    return values | leave_out(r, often, 40) | leave_out(r, seldom, 80)


def authorization(r: Random, service: date) -> dict[str, Any]:
    start = shifted(service, r.choice((0, 1, -1, 30)), date(2099, 1, 1))
    start = r.choice(FEBRUARY + MARCH) if r.random() < 0.3 else start
    end = shifted(max(start, service), r.choice((0, 90, 180, 364, 365)))
    return leave_out(r, {"start": str(start), "end": str(end), "units": r.choice((1, 56, 112))}, 25)


def cases(seed: int, count: int) -> Iterator[Case]:
    r = Random(seed)  # noqa: S311
    for row in range(count):
        policy, (indication, route) = r.choice((CIGNA, EXPRESS)), r.choice(DOCUMENTED + ANY)
        service = service_day(r, policy)
        case: Case = {"policy": policy, "indication": indication, "route": route}
        case |= {"date_of_service": str(service), **measurements(r)}
        parts: dict[str, tuple[Any, float]] = {
            "age_years": (r.choice((0, 17, 17, 18, 18, 18, 19, 54, 54, 66, 130, 130)), 0.85),
            "facts": (facts(r), 0.95),
            "requested": (requested(r, case), 0.55),
            "regimen": (r.choice(("til", "til", "high_dose")), 0.25),
            "course": (course(r, service), 0.5),
            "authorization": (authorization(r, service), 0.3),
            "reference": (f"row {row}", 0.1),
        }
        case |= {name: part for name, (part, share) in parts.items() if r.random() < share}
        null = [k for k in (*parts, *MEASURED) if k not in case and r.random() < 0.1]
        names = r.sample([*case, *null], len(case) + len(null))
        yield {name: case.get(name) for name in names}
