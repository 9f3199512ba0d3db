"""Valid cases at random that crowd the corners: limits, first and last days, exact tenths."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

from tests.policies.independent.basics import (
    CIGNA,
    EXPRESS,
    FIRST_DAY,
    GVHD,
    IL,
    IV,
    MELANOMA,
    RENAL,
    REVIEWED,
    SC,
    Case,
)
from tests.policies.independent.measures_generator import AGES, MEASURED, measurements
from tests.policies.independent.requests_generator import (
    leave_out,
    requested,
    with_confirmed_dose,
)

BEGIN, END = date(2020, 1, 1), date(2099, 12, 31)
DOCUMENTED = [(MELANOMA, IV)] * 6 + [(MELANOMA, IL)] * 5 + [(RENAL, IV)] * 5 + [(GVHD, SC)] * 9
ANY = [(use, route) for use in (MELANOMA, RENAL, GVHD, "other") for route in (IV, IL, SC)]
ADULTS = [None, 17, 17, 18, 18, 18, 19, 54, 54, 54, 66, 130]
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
FEBRUARY = [date(2028, 2, 29), date(2028, 2, 28), date(2027, 2, 28)]
MARCH = [date(2028, 3, 1), date(2027, 3, 1)]
TURNS = [*FEBRUARY, *MARCH, date(2032, 2, 29), date(2096, 2, 29), date(2026, 12, 31), END]
EARLY = [BEGIN, date(2024, 2, 29), date(2025, 2, 4), date(2026, 4, 30)]
STARTS = ["2028-02-27", "2028-02-24", "2027-03-13", "2026-10-30", "2026-12-29"]
CLOCK = ["00:00", "07:59", "08:00", "15:59", "16:00", "16:01", "20:00", "22:30", "23:59"]


def shifted(day: date, days: int, latest: date = END) -> date:
    return min(max(day + timedelta(days=days), BEGIN), latest)


EDGES_OF_POLICY = {
    policy: [shifted(day[policy], n) for day in (FIRST_DAY, REVIEWED) for n in (-1, 0, 1)]
    for policy in (CIGNA, EXPRESS)
}
KINDS_OF_DAY = ["edge"] * 30 + ["turn"] * 20 + ["early"] * 3 + ["usual"] * 47


def service_day(r: Random, policy: str) -> date:
    kind = r.choice(KINDS_OF_DAY)
    if kind == "usual":
        return shifted(FIRST_DAY[policy], r.randint(0, 900))
    return r.choice({"edge": EDGES_OF_POLICY[policy], "turn": TURNS, "early": EARLY}[kind])


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


def to_the_minute(moment: datetime) -> str:
    return moment.isoformat(timespec="minutes")


def from_to(first: datetime, last: datetime) -> dict[str, Any]:
    return {"first_dose_at": to_the_minute(first), "last_dose_at": to_the_minute(last)}


def course(r: Random, service: date) -> dict[str, Any]:
    start = max(shifted(service, r.choice((0, 0, 1, 7, -30)), date(2099, 6, 1)), date(2020, 6, 1))
    day = r.choice(STARTS) if r.random() < 0.1 else start
    first = datetime.fromisoformat(f"{day}T{r.choice(CLOCK)}")
    given = r.choice((1, 5, 7, 14))
    last = first + timedelta(hours=8 * (given - 1))
    again = last + timedelta(days=r.choice((9, 10, 11)))
    begun = {"doses_given": given, "doses_held": 14 - given, "over": r.random() < 0.5}
    second = ({"doses_given": 0, "over": True}, {"doses_given": 1, **from_to(again, again)})
    cycles = [{"number": 1, **begun, **from_to(first, last)}, {"number": 2, **r.choice(second)}]
    often = {"number": r.choice((1, 2, 3)), "doses_per_cycle": r.randint(1, 14)}
    seldom = {
        "previous_last_dose_on": str(first.date() - timedelta(days=r.choice((48, 49, 50, 120)))),
        "discharge_date": str(again.date() + timedelta(days=r.choice((0, 3)))),
        "cycles": cycles[: r.randint(1, 2)],
    }
    values = leave_out(r, {"first_dose_at": to_the_minute(first)}, 15)
    return values | leave_out(r, often, 40) | leave_out(r, seldom, 75)


def authorization(r: Random, service: date) -> dict[str, Any]:
    start = shifted(service, r.choice((0, 0, 0, 1, -1, -30)), date(2099, 1, 1))
    start = r.choice(FEBRUARY + MARCH) if r.random() < 0.15 else start
    end = shifted(max(start, service), r.choice((-1, 0, 26, 27, 90, 180, 364, 365)))
    units = r.choice((0, 1, 56, 112))
    granted = {"start": str(start), "end": str(max(end, start)), "units": units}
    return leave_out(r, granted | {"dose_iu": r.choice((1, 45_000_000, 10**12))}, 30)


def weighed_on(r: Random, case: Case) -> str:
    """Beside the date of service, the first given dose or the discharge."""
    known = case.get("course") or {}
    begun = [c["first_dose_at"][:10] for c in known.get("cycles") or [] if c.get("first_dose_at")]
    days = [*begun, *begun, *([known["discharge_date"]] if known.get("discharge_date") else [])]
    return str(
        shifted(
            date.fromisoformat(r.choice([case["date_of_service"], *days])), r.choice((-1, 0, 1))
        )
    )


PARTS: dict[str, tuple[float, Callable[[Random, Case], Any]]] = {  # how often, and what then
    "facts": (0.95, lambda r, _: facts(r)),
    "requested": (0.6, requested),
    "regimen": (0.25, lambda r, _: r.choice(("til", "til", "high_dose"))),
    "course": (0.5, lambda r, case: course(r, date.fromisoformat(case["date_of_service"]))),
    "authorization": (
        0.3,
        lambda r, case: authorization(r, date.fromisoformat(case["date_of_service"])),
    ),
    "weight_measured_on": (0.3, weighed_on),
    "reference": (0.1, lambda r, _: f"row {r.randint(1, 1_000)}"),
}


def cases(seed: int, count: int) -> Iterator[Case]:
    r = Random(seed)  # noqa: S311
    for _ in range(count):
        policy, (indication, route) = r.choice((CIGNA, EXPRESS)), r.choice(DOCUMENTED + ANY)
        case: Case = {"policy": policy, "indication": indication, "route": route}
        age = r.choice(AGES if indication == GVHD or r.random() < 0.3 else ADULTS)
        case |= {"date_of_service": str(service_day(r, policy)), **measurements(r, age)}
        if age is not None:
            case["age_years"] = age
        case |= {name: make(r, case) for name, (share, make) in PARTS.items() if r.random() < share}
        if checked := with_confirmed_dose(r, case):
            case["confirmed"] = checked
        names = (*PARTS, *MEASURED, "age_years")
        null = [name for name in names if name not in case and r.random() < 0.1]
        yield {name: case.get(name) for name in sorted((*case, *null), key=lambda _: r.random())}
