"""Intravenous cases at random that crowd the edges of rests, cycles, doses, vials and approvals.

Most of them meet the criteria, since without that there is no forecast. The rhythm of 68 dates
from course to course, 70 with an evening start, is that of the label's table, counted by hand.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from tests.policies.independent.basics import (
    CIGNA,
    EXPRESS,
    GVHD,
    IL,
    IV,
    MELANOMA,
    RENAL,
    SC,
    Case,
)
from tests.policies.independent.evaluator import determine
from tests.policies.independent.generator import (
    BEGIN,
    CLOCK,
    from_to,
    shifted,
    to_the_minute,
    weighed_on,
)
from tests.policies.independent.measures_generator import ONE, written
from tests.policies.independent.plan import planned, planned_days, schedule
from tests.policies.independent.requests_generator import (
    EDGES_IU,
    highest,
    leave_out,
    requested,
    with_confirmed_dose,
)

TURNS = [date(2026, 11, 2), date(2027, 12, 24), date(2027, 2, 14), date(2028, 2, 14)]
TURNS += [date(2028, 2, 28), date(2028, 2, 29), date(2028, 3, 1), date(2027, 3, 1)]
TURNS += [date(2096, 2, 20), date(2099, 1, 5)]
TIMES = [time.fromisoformat(clock) for clock in CLOCK]
YES = {"metastatic_disease": True, "prior_systemic_therapy": True, "single_agent": True}
HELPFUL: dict[str, Any] = YES | {"prescriber_specialties": ["oncologist"]}
WEIGHTS_KG = [(40, 41), (72.1, 73.3), (94, 100), (40.5, 42.4), (108.1, 110), (60, 90)]
WEIGHTS_KG += [(144.1, 146.6), (180.1, 185), (184, 186), (36.1, 36.6), (146.7, 147), (184, 185)]
BESIDE = (-1, 0, 0, 1)
SOME_DAY = datetime.fromisoformat("2027-03-01T08:00")
MINUTE, HOUR, EIGHT_HOURS = timedelta(minutes=1), timedelta(hours=1), timedelta(hours=8)
OTHERS = [(GVHD, IV), ("other", IV), (RENAL, SC), (MELANOMA, IL), (GVHD, SC)]
GIVEN = (1, 1, 2, 3, 4, 6, 7, 9, 12, 13, 14, 14, 14, 14, 15, 16)
Cycle = dict[str, Any]


def weight(r: Random) -> int:
    """In millionths of a kilogram, like all measurements of the generator."""
    low, high = r.choice(WEIGHTS_KG)
    step = r.choice((100_000, 10_000, 1))
    return r.randint(int(low * ONE) // step, int(high * ONE) // step) * step


def last_of(r: Random, first: datetime, given: int) -> datetime:
    """Every 8 hours, an hour less, with slots for held doses, or as many a date as there may be."""
    if given == 1:
        return first
    fastest = first + EIGHT_HOURS * (given - 1)
    slots = EIGHT_HOURS * r.choice((0, 0, 1, 2, 3)) + r.choice((0, 0, 0, 4)) * HOUR
    full = first.date() + timedelta(days=(given - 1) // 3 - r.choice((0, 0, 1)))
    soon = fastest - r.choice((0, 1, 1, 1)) * HOUR
    last = r.choice((fastest + slots, soon, soon, datetime.combine(full, r.choice(TIMES))))
    return max(first + MINUTE, last + MINUTE * r.choice(BESIDE))


def begun(r: Random, number: int, first: datetime, size: int) -> Cycle:
    given = r.choice(GIVEN)
    held = r.choice((0, 0, 0, 1, 2, 3, max(0, size - given), max(0, size - given - 1), 15))
    state = {"doses_held": held, "over": r.random() < 0.25}
    known = {"number": number, "doses_given": given, **leave_out(r, state, 20)}
    return known | from_to(first, last_of(r, first, given))


def not_begun(r: Random, number: int, size: int) -> Cycle:
    """Nothing given: some or all doses held, ended, or only named."""
    held = r.choice((0, 0, 1, 2, 3, size - 1, size, size, size + 1))
    over = {"over": r.random() < 0.25}
    return {"number": number, **leave_out(r, {"doses_given": 0, "doses_held": held} | over, 20)}


def second_after(r: Random, first: Cycle, entered: dict[str, Any], size: int) -> Cycle:
    """After what was given or is planned of the first: at, beside or far from the permitted day."""
    course = entered | {"cycles": [first]}
    plan = planned({"indication": RENAL, "route": IV, "course": course})
    ended = plan[0].last_dose() if plan else None
    known_end = first.get("last_dose_at")
    day = shifted((ended or SOME_DAY).date(), r.choice((0, 8, 9, 9, 10, 10, 10, 11, 30)))
    start = datetime.combine(day, r.choice(TIMES))
    if known_end:
        start = max(start, datetime.fromisoformat(known_end))
    if first.get("doses_given") and r.random() < 0.5:
        return begun(r, 2, start, size)
    cycle = not_begun(r, 2, size)
    if not cycle.get("over") and (cycle.get("doses_held") or 0) < size and r.random() < 0.7:
        cycle["planned_first_at"] = to_the_minute(start)
    return cycle


def cycles(r: Random, begin: datetime, entered: dict[str, Any]) -> list[Cycle]:
    size = entered.get("doses_per_cycle") or 14
    first = begun(r, 1, begin, size) if r.random() < 0.65 else not_begun(r, 1, size)
    second = second_after(r, first, entered, size)
    one = second if not second.get("doses_given") and r.random() < 0.4 else first
    return r.choice(([first, second], [first, second], [second, first], [first], [one], []))


def discharge(r: Random, course: dict[str, Any]) -> str:
    """On the day of the newest dose that is named, or some days later."""
    given = [c["last_dose_at"][:10] for c in course.get("cycles") or [] if c.get("doses_given")]
    newest = max(given, default=course.get("previous_last_dose_on") or "2026-11-23")
    return str(shifted(date.fromisoformat(newest), r.choice((0, 0, 1, 6, 21))))


def course(r: Random, begin: datetime) -> dict[str, Any]:
    really = begin + timedelta(days=r.choice((0, 0, 0, 1, -1)))
    usual = {"number": r.choice((1, 2, 3)), "doses_per_cycle": r.choice((1, 5, 10, 13, 14))}
    known = leave_out(r, {"first_dose_at": to_the_minute(begin)}, 10) | leave_out(r, usual, 50)
    if r.random() < 0.75:
        known["cycles"] = cycles(r, really, known)
    if r.random() < 0.4:
        plan = planned({"indication": RENAL, "route": IV, "course": known})
        start = plan[0].first_dose() if plan else None
        day = (start or begin).date()
        known["previous_last_dose_on"] = str(
            shifted(day, -r.choice((47, 48, 49, 49, 50, 51, 120, 6)))
        )
    if r.random() < 0.4:
        known["discharge_date"] = discharge(r, known)
    return known


def edges_of_plan(case: Case) -> list[date]:
    plan = schedule(case)
    days = planned_days(case, plan)
    found = [days[0], days[-1]] if days else []
    if plan and "next_course_earliest" in plan:
        again = date.fromisoformat(plan["next_course_earliest"])
        evening = plan["cycles"][0]["doses"][:1] >= [plan["cycles"][0]["first_day"] + "T16:00"]
        rhythm = 70 if evening else 68  # 14 doses from 16:00 on end on the sixth date
        found += [again + timedelta(days=n * rhythm) for n in range(5)]
        found += [again + timedelta(days=n * rhythm + rhythm - 50) for n in range(5)]
    return found


def authorization(r: Random, case: Case) -> dict[str, Any]:
    """Periods whose edges lie at or beside a planned day or the edge of one of the courses."""
    service = date.fromisoformat(case["date_of_service"])
    edges = edges_of_plan(case)
    starts = [service, service, service - timedelta(days=30), service - timedelta(days=1)]
    start = shifted(r.choice([*starts, *edges[:1]]), r.choice((0, 0, 0, 1, -1)))
    late = shifted(service, 500)
    end = max(shifted(r.choice([*edges, *edges[1:2], late, service]), r.choice(BESIDE)), start)
    granted: dict[str, Any] = leave_out(r, {"start": str(start), "end": str(end)}, 35)
    asked = (case.get("requested") or {}).get("dose_iu")
    if r.random() < 0.5 and asked:
        granted["dose_iu"] = max(1, asked + r.choice((-1, 0, 0, 1)))
    return granted


def near_an_edge(r: Random, case: Case) -> int:
    """A dose at or beside one at which another vial or bag is taken; at most the limit."""
    cap = highest(r, case)
    near = [edge for edge in EDGES_IU if edge <= cap] or [cap]
    return min(r.choice((*near, *near[-5:], *near[-2:] * 3)) + r.choice(BESIDE), cap)


def units(r: Random, case: Case) -> int:
    """As many as the first course or all of them take, or one more or less."""
    told = determine(case).get("forecast") or {}
    known: list[int | None] = [
        told.get("total_vials"),
        *(c["vials"] for c in told.get("courses", [])[:1]),
    ]
    needed = [vials for vials in known if vials]
    return max(0, r.choice([*needed, *needed, 0, 168]) + r.choice(BESIDE))


def service_day(r: Random) -> date:
    usual = shifted(date(2026, 5, 1), r.choice((r.randint(0, 1500), r.randint(0, 26_000))))
    return r.choice((usual, usual, r.choice(TURNS)))


def course_case(r: Random) -> Case:
    service = service_day(r)
    sort = r.choice(OTHERS) if r.random() < 0.05 else (r.choice((MELANOMA, RENAL)), IV)
    case: Case = {"policy": r.choice((CIGNA, EXPRESS)), "date_of_service": str(service)}
    case |= dict(zip(("indication", "route"), sort, strict=True))
    case |= leave_out(r, {"age_years": 54, "facts": dict(HELPFUL)}, 3)
    kilograms = written(r, weight(r))
    case |= leave_out(r, {"weight_kg": kilograms, "confirmed": {"weight_kg": kilograms}}, 5)
    day = max(shifted(service, r.choice((0, 0, 0, 1, 20, -1, -5, -30, -400, 380))), BEGIN)
    begin = datetime.combine(min(max(day, date(2020, 6, 1)), date(2099, 5, 1)), r.choice(TIMES))
    case["course"] = course(r, begin)
    if r.random() < 0.6:
        case["requested"] = requested(r, case)
        if r.random() < 0.6:
            case["requested"]["dose_iu"] = near_an_edge(r, case)
        case["confirmed"] = with_confirmed_dose(r, case)
    if r.random() < 0.1:
        case["regimen"] = r.choice(("til", "til", "high_dose"))
    if r.random() < 0.5:
        case["authorization"] = authorization(r, case)
    if r.random() < 0.6:
        granted = dict(case.get("authorization") or {})
        case["authorization"] = granted | {"units": min(100_000, units(r, case))}
    if r.random() < 0.3:
        case["weight_measured_on"] = weighed_on(r, case)
    return case


def course_cases(seed: int, count: int) -> Iterator[Case]:
    r = Random(seed)  # noqa: S311
    for _ in range(count):
        yield course_case(r)


cases = course_cases
