"""Intravenous cases at random that crowd the edges of rests, cycles, doses, vials and approvals.

Most of them meet the criteria, since without that there is no forecast. The rhythm of 68 dates
from course to course, 70 with an evening start, is that of the label's table, counted by hand.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.policies.independent.evaluator import (
    CIGNA,
    EXPRESS,
    GVHD,
    IL,
    IV,
    MELANOMA,
    RENAL,
    SC,
    Case,
    dose_limit,
)
from tests.policies.independent.generator import (
    BEGIN,
    CLOCK,
    from_to,
    leave_out,
    shifted,
    to_the_minute,
)
from tests.policies.independent.measures_generator import ONE, written

TURNS = [date(2026, 11, 2), date(2027, 12, 24), date(2027, 2, 14), date(2028, 2, 14)]
TURNS += [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2027, 3, 1)]
TURNS += [date(2096, 2, 20), date(2099, 5, 1)]
TIMES = [time.fromisoformat(clock) for clock in CLOCK]
YES = {"metastatic_disease": True, "prior_systemic_therapy": True, "single_agent": True}
HELPFUL: dict[str, Any] = YES | {"prescriber_specialties": ["oncologist"]}
WEIGHTS_KG = [(36.1, 36.6), (72.1, 73.3), (94, 100), (40.5, 42.4), (108.1, 110)]
WEIGHTS_KG += [(144.1, 146.6), (180.1, 185), (0.5, 650)]
CUTS = (18_000_000, 25_400_000, 57_272_727, 60_000_000)  # a milliliter; bags; 0.07 mg/mL in 50 mL
VIALS = (n * vial for n in range(1, 6) for vial in (21_600_000, 22_000_000))
EDGES_IU = sorted((*CUTS, *VIALS))
BESIDE = (-1, 0, 0, 1)
MINUTE, EIGHT_HOURS = timedelta(minutes=1), timedelta(hours=8)
OTHERS = [(GVHD, IV), ("other", IV), (RENAL, SC), (MELANOMA, IL), (GVHD, SC)]


def weight(r: Random) -> int:
    """In millionths of a kilogram, like all measurements of the generator."""
    low, high = r.choice(WEIGHTS_KG)
    step = r.choice((100_000, 10_000, 1))
    return r.randint(int(low * ONE) // step, int(high * ONE) // step) * step


def requested(r: Random, case: Case) -> dict[str, Any]:
    cap = (dose_limit(case) or {}).get("max_dose_iu") or 43_200_000
    drawn = r.randint(1, max(1, cap // 180_000)) * 180_000
    near = [edge for edge in EDGES_IU if edge < cap][-6:] or [cap]
    dose = max(1, r.choice((cap - 1, drawn, *r.choices(near, k=7), 1)) + r.choice(BESIDE))
    fields = {"dose_iu": min(dose, cap + 1), "doses_per_day": 3, "rest_days": r.choice((8, 9, 9))}
    return leave_out(r, fields, 5)


def cycle(r: Random, number: int, first: datetime) -> dict[str, Any]:
    given = r.choice((0, 0, 1, 2, 3, 4, 6, 12, 13, 14, 14, 14, 15, 15, 16))
    state = {"doses_held": r.choice((0, 0, 1, 14 - min(given, 14), 15)), "over": r.random() < 0.4}
    known = {"number": number, "doses_given": given, **leave_out(r, state, 20)}
    fastest = first + EIGHT_HOURS * (given - 1) + MINUTE * r.choice(BESIDE)
    full = first.date() + timedelta(days=(given - 1) // 3 - r.choice((0, 0, 1)))
    crowded = datetime.combine(full, r.choice(TIMES))
    last = max(first, r.choice((fastest, fastest, crowded, fastest + timedelta(days=2))))
    return known | (from_to(first, last) if given or r.random() < 0.2 else {})


def cycles(r: Random, begin: datetime) -> list[dict[str, Any]]:
    first = cycle(r, 1, begin)
    last = datetime.fromisoformat(first.get("last_dose_at") or to_the_minute(begin))
    day = shifted(last.date(), r.choice((0, 9, 9, 10, 10, 10, 11, 30)))
    second = cycle(r, 2, datetime.combine(day, r.choice(TIMES)))
    return r.choice(([first, second], [first, second], [second, first], [first], [second], []))


def course(r: Random, begin: datetime) -> dict[str, Any]:
    really = begin + timedelta(days=r.choice((0, 0, 0, 1, -1)))
    before = shifted(really.date(), -r.choice((49, 50, 50, 51, 120, -3)))
    happened = {
        "cycles": cycles(r, really),
        "previous_last_dose_on": str(before),
        "discharge_date": str(shifted(begin.date(), r.choice((-49, 0, 6, 21)))),
    }
    plan = {"number": r.choice((1, 2, 3)), "doses_per_cycle": r.choice((1, 5, 13, 14))}
    known = leave_out(r, {"first_dose_at": to_the_minute(begin)}, 10)
    return known | leave_out(r, plan, 40) | leave_out(r, happened, 40)


def authorization(r: Random, service: date, begin: datetime) -> dict[str, Any]:
    """Periods whose edges lie at or beside the first or last day of one of the courses."""
    rhythm = 70 if begin.hour >= 16 else 68  # 14 doses from 16:00 on end on the sixth date
    start = shifted(r.choice((service, begin.date())), r.choice((0, 0, 1, -1, -30)))
    within = rhythm * r.randint(0, 6) + r.choice((0, rhythm - 50, rhythm - 50)) + r.choice(BESIDE)
    end = max(shifted(begin.date(), r.choice((within, within, within, 500))), start, service)
    vials = 28 * r.choice((1, 2, 2, 3, 3)) * r.randint(1, 6)
    units = r.choice((vials, vials, 0)) + r.choice((0, 0, 1))
    return leave_out(r, {"start": str(start), "end": str(end), "units": units}, 20)


def service_day(r: Random) -> date:
    usual = shifted(date(2026, 5, 1), r.choice((r.randint(0, 1500), r.randint(0, 26_000))))
    return r.choice((usual, r.choice(TURNS)))


def course_cases(seed: int, count: int) -> Iterator[Case]:
    r = Random(seed)  # noqa: S311
    for _ in range(count):
        service = service_day(r)
        sort = r.choice(OTHERS) if r.random() < 0.05 else (r.choice((MELANOMA, RENAL)), IV)
        case: Case = {"policy": r.choice((CIGNA, EXPRESS)), "date_of_service": str(service)}
        case |= dict(zip(("indication", "route"), sort, strict=True))
        case |= leave_out(r, {"age_years": 54, "facts": dict(HELPFUL)}, 3)
        case |= leave_out(r, {"weight_kg": written(r, weight(r))}, 5)
        day = max(shifted(service, r.choice((0, 0, 0, 1, 20, -1, -30, -400))), BEGIN)
        begin = datetime.combine(day, r.choice(TIMES))
        parts = {
            "requested": requested(r, case),
            "course": course(r, begin),
            "authorization": authorization(r, service, begin),
            "regimen": r.choice(("til", *["high_dose"] * 9)),
        }
        yield case | leave_out(r, parts, 15)
