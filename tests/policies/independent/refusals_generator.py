"""Cases at random that are refused for one reason, each with the key that is to be named."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

from tests.policies.independent.basics import Case
from tests.policies.independent.courses_generator import course_case
from tests.policies.independent.generator import to_the_minute

Spoiled = tuple[dict[str, Any], str]  # what is put into the case, and the key that is refused
FIRST, LAST = "2026-11-02T08:00", "2026-11-06T16:00"
ONE: dict[str, Any] = {"number": 1, "doses_given": 14, "first_dose_at": FIRST, "last_dose_at": LAST}
AGAIN: dict[str, Any] = {"first_dose_at": "2026-11-16T08:00", "last_dose_at": "2026-11-16T08:00"}
TWO: dict[str, Any] = {"number": 2, "doses_given": 1} | AGAIN
MINUTE = timedelta(minutes=1)

NO_DECIMALS: list[Any] = [".5", "5.", "1e3", "1,5", "+5", "-5", "70 kg", "154 lb", "", " 70", "70 "]
NO_DECIMALS += ["NaN", "Infinity", "0x46", "70.1234567", "७०", True, [70], {}, "7 0", "70.5.1"]
OUT_OF_RANGE: dict[str, list[Any]] = {
    "weight_kg": ["0.499999", "650.000001", "0", 651],
    "previous_weight_kg": ["0.499999", "650.000001"],
    "height_cm": ["24.999999", "275.000001", 1],
    "bsa_m2": ["0.099999", "4.500001", 0],
    "age_years": [-1, 131, "54", 54.5, True, "", [54]],
}
NO_COUNTS: list[Any] = [0, -1, 1_001, "3", 3.5, True, [3]]
NO_RESTS: list[Any] = [-1, 1_001, "9", 9.5, False]
NO_DOSES: list[Any] = [0, -1, 10**12 + 1, "42000000", True]
NO_DATES: list[Any] = ["2019-12-31", "2100-01-01", "2026-02-29", "2026-13-01", "20261123", ""]
NO_DATES += ["2026-11-23T08:00", "23.11.2026", "2026-W48-1", 20261123, " 2026-11-23", True]
NO_TIMES: list[Any] = ["2026-11-23", "2026-11-23T08:00:00", "2026-11-23 08:00", "2026-11-23T24:00"]
NO_TIMES += ["2026-11-23T08:00Z", "2026-11-23T8:00", "2019-12-31T23:59", "2100-01-01T00:00", 8]
NO_TIMES += ["2026-11-23T08:60", "2026-02-29T08:00", ""]


def in_course(*cycles: dict[str, Any], **course: Any) -> dict[str, Any]:
    return {"course": course | {"cycles": list(cycles)}}


def moved(written: str, minutes: int) -> str:
    return to_the_minute(datetime.fromisoformat(written) + MINUTE * minutes)


def begun_too_early(r: Random) -> Spoiled:
    start = moved(LAST, -r.choice((1, 60, 4_000)))
    second = TWO | {"first_dose_at": start, "last_dose_at": start}
    if r.random() < 0.5:
        return in_course(ONE, second), "course.cycles.1.first_dose_at"
    return in_course(second, ONE), "course.cycles.0.first_dose_at"


def without_first_cycle(r: Random) -> Spoiled:
    none: dict[str, Any] = r.choice(({"number": 1}, {"number": 1, "over": True}, {}))
    both = [none, TWO] if none else [TWO]
    return in_course(*both), f"course.cycles.{len(both) - 1}.doses_given"


def twice(r: Random) -> Spoiled:
    number = r.choice((1, 2))
    return in_course({"number": number}, {"number": number, "over": True}), "course.cycles"


def previous_too_late(r: Random) -> Spoiled:
    key = "course.previous_last_dose_on"
    day = r.choice(("2026-11-02", "2026-11-03", "2027-11-02"))
    if r.random() < 0.5:
        return {"course": {"first_dose_at": FIRST, "previous_last_dose_on": day}}, key
    return in_course(ONE, previous_last_dose_on=day, first_dose_at="2026-12-24T08:00"), key


def discharged_too_early(r: Random) -> Spoiled:
    parts: list[dict[str, Any]] = [
        in_course(ONE, discharge_date="2026-11-05"),
        in_course(TWO, ONE, discharge_date="2026-11-15"),
        in_course(ONE, TWO, previous_last_dose_on="2026-06-01", discharge_date="2026-11-06"),
        {"course": {"previous_last_dose_on": "2026-06-01", "discharge_date": "2026-05-31"}},
    ]
    return r.choice(parts), "course.discharge_date"


def times_of_doses(r: Random) -> Spoiled:
    key = r.choice(("first_dose_at", "last_dose_at"))
    kind = r.choice(("needed", "needed", "refused", "order", "several", "one"))
    cycle: dict[str, Any] = dict(ONE)
    if kind == "needed":
        cycle |= {key: None}
    elif kind == "refused":
        cycle = {"number": 1, "doses_given": r.choice((0, None)), key: FIRST}
    else:
        key, cycle["doses_given"] = "last_dose_at", 1 if kind == "one" else r.choice((2, 14))
        minutes = {"order": -r.choice((1, 900)), "several": 0, "one": 1}[kind]
        cycle["last_dose_at"] = moved(FIRST, minutes)
    return in_course(cycle), f"course.cycles.0.{key}"


def booked_in_vain(r: Random) -> Spoiled:
    booked: dict[str, Any] = {"planned_first_at": "2026-11-20T08:00"}
    parts = [
        in_course({"number": 1} | booked),
        in_course(ONE | booked),
        in_course(TWO | booked, ONE),
        in_course({"number": 2, "over": True} | booked, ONE),
        in_course({"number": 2, "planned_first_at": moved(LAST, -1)}, ONE),
    ]
    return r.choice(parts), "course.cycles.0.planned_first_at"


def ended_before_start(r: Random) -> Spoiled:
    end = r.choice(("2026-11-22", "2020-01-01"))
    granted = {"start": "2026-11-23", "end": end, "units": r.choice((None, 56))}
    return {"authorization": granted}, "authorization.end"


def confirmed_list(r: Random) -> Spoiled:
    return {
        "confirmed": r.choice((["weight_kg"], [], ["height_cm", "bsa_m2"], "weight_kg", True))
    }, ("confirmed")


def measurement(r: Random) -> Spoiled:
    key = r.choice(list(OUT_OF_RANGE))
    wrong = OUT_OF_RANGE[key] + (NO_DECIMALS if key != "age_years" else [])
    return {key: r.choice(wrong)}, key


def count(r: Random) -> Spoiled:
    forms = {"dose_iu": NO_DOSES, "lesions": NO_COUNTS}
    forms |= dict.fromkeys(("doses_per_day", "doses_per_week", "doses_per_cycle"), NO_COUNTS)
    forms |= dict.fromkeys(("rest_days", "course_rest_days"), NO_RESTS)
    key = r.choice(list(forms))
    return {"requested": {key: r.choice(forms[key])}}, f"requested.{key}"


def count_of_course(r: Random) -> Spoiled:
    key = r.choice(("number", "doses_per_cycle", "doses_given", "doses_held", "over"))
    if key in ("number", "doses_per_cycle"):
        return {"course": {key: r.choice(NO_COUNTS)}}, f"course.{key}"
    wrong = r.choice(NO_RESTS) if key != "over" else r.choice((1, "yes", []))
    return in_course({"number": 1, key: wrong}), f"course.cycles.0.{key}"


def grant(r: Random) -> Spoiled:
    forms = {"units": [-1, 100_001, "56", 5.5, True], "dose_iu": NO_DOSES, "start": NO_DATES}
    key = r.choice([*forms, "end"])
    return {"authorization": {key: r.choice(forms.get(key, NO_DATES))}}, f"authorization.{key}"


def day_or_time(r: Random) -> Spoiled:
    key = r.choice(("weight_measured_on", "date_of_service", "previous_last_dose_on"))
    if r.random() < 0.5:
        return {"course": {"first_dose_at": r.choice(NO_TIMES)}}, "course.first_dose_at"
    wrong = r.choice(NO_DATES)
    return ({"course": {key: wrong}}, f"course.{key}") if key[0] == "p" else ({key: wrong}, key)


def choice(r: Random) -> Spoiled:
    forms: dict[str, list[Any]] = {
        "policy": ["cigna", "", 1, "CIGNA-IP0407"],
        "indication": ["melanoma", "", True, []],
        "route": ["oral", "IV", 3],
        "bsa_formula": ["dubois", "", 1],
        "regimen": ["low_dose", "", True],
        "reference": ["x" * 41, "two\nlines", 7],
    }
    key = r.choice(list(forms))
    return {key: r.choice(forms[key])}, key


def answer(r: Random) -> Spoiled:
    flag = r.choice(("metastatic_disease", "single_agent", "chronic_gvhd", "steroid_refractory"))
    many = r.choice(("prescriber_specialties", "lesion_status", "lesion_site"))
    wrong: list[tuple[str, Any]] = [(flag, "yes"), (flag, 1), (flag, []), (many, True)]
    key, value = r.choice([*wrong, (many, "other")])
    return {"facts": {key: value}}, f"facts.{key}"


def unknown_key(r: Random) -> Spoiled:
    parts: list[Spoiled] = [
        ({"patient_name": "x"}, "patient_name"),
        ({"weight_lb": 154}, "weight_lb"),
        ({"requested": {"dose_mg": 1}}, "requested.dose_mg"),
        ({"course": {"last_dose": 1}}, "course.last_dose"),
        (in_course({"number": 1, "given": 3}), "course.cycles.0.given"),
        ({"authorization": {"number": "x"}}, "authorization.number"),
        ({"confirmed": {"age_years": 54}}, "confirmed.age_years"),
    ]
    return r.choice(parts)


def lacking(r: Random) -> Spoiled:
    key = r.choice(("policy", "date_of_service", "indication", "route"))
    return {key: None}, key


KINDS: list[Callable[[Random], Spoiled]] = [
    *(begun_too_early, without_first_cycle, twice, previous_too_late, discharged_too_early),
    *(times_of_doses, times_of_doses, booked_in_vain, ended_before_start, confirmed_list),
    *(measurement, measurement, count, count_of_course, grant, day_or_time, choice, answer),
    *(unknown_key, lacking),
]


def named(seed: int, number: int) -> Iterator[tuple[Case, str]]:
    """Each case and the one key that is refused in it."""
    r = Random(seed)  # noqa: S311
    for _ in range(number):
        spoiled, key = r.choice(KINDS)(r)
        yield course_case(r) | spoiled, key


def cases(seed: int, count: int) -> Iterator[Case]:
    for case, _ in named(seed, count):
        yield case
