"""The courses of an approval counted a second time, one after the other on a calendar."""

from datetime import date, datetime
from typing import Any

from tests.policies.independent.basics import IV, Case
from tests.policies.independent.plan import (
    COURSE_REST_DATES,
    DOSES_OF_A_CYCLE,
    REST_DATES,
    Cycle,
    day_after_rest,
    end_of_course,
    every_eight_hours,
    planned,
)
from tests.policies.independent.preparation import VIAL_HOLDS, VIAL_YIELDS, vials

COUNTED = ("doses", "vials_by_content", "vials_by_volume", "vials")


def with_vials(doses: int, to_open: int, dose_iu: int | None) -> dict[str, int | None]:
    """Every dose takes its own vials."""
    if dose_iu is None:
        return {"doses": doses} | dict.fromkeys(COUNTED[1:], None)
    content, volume = (to_open * vials(dose_iu, each) for each in (VIAL_HOLDS, VIAL_YIELDS))
    counted = (doses, content, volume, max(content, volume))
    return dict(zip(COUNTED, counted, strict=True))


def doses_to_open(both: tuple[Cycle, Cycle], start: date, end: date) -> int:
    """What is planned, and what was given in a cycle that began within the period."""
    began = [(cycle, cycle.first) for cycle in both]
    given = sum(c.given for c, first in began if first and start <= first.date() <= end)
    return given + sum(len(cycle.doses) for cycle in both)


def full_course(begin: date, clock: datetime) -> tuple[date, date]:
    """The last day of a course of two full cycles, and the first day of the next."""
    day = begin
    for rest in (REST_DATES, COURSE_REST_DATES):
        first = datetime.combine(day, clock.time())
        last = every_eight_hours(first, DOSES_OF_A_CYCLE)[-1].date()
        day = day_after_rest(last, rest)
    return last, day


def listed(case: Case, answer: dict[str, Any]) -> list[dict[str, Any]]:
    both = planned(case)
    begun = both[0].first_dose() if both else None
    start, end = (date.fromisoformat(answer["approval_period"][edge]) for edge in ("start", "end"))
    if both is None or begun is None or begun.date() > end:
        return []
    dose_iu = answer["units"]["dose_iu"] if answer["units"] else None
    last = end_of_course(*both).date()
    doses = sum(cycle.given + len(cycle.doses) for cycle in both)
    counted = with_vials(doses, doses_to_open(both, start, end), dose_iu)
    days = [(begun.date(), last, counted)]
    begin = max(day_after_rest(last, COURSE_REST_DATES), start)
    while begin <= end:
        last, following = full_course(begin, begun)
        full = DOSES_OF_A_CYCLE * 2
        days.append((begin, last, with_vials(full, full, dose_iu)))
        begin = following
    return [
        {
            "number": place,
            "first_day": str(first),
            "last_day": str(last),
            "ends_after_approval": last > end,
            **counted,
        }
        for place, (first, last, counted) in enumerate(days, start=1)
    ]


def shortage(case: Case, answer: dict[str, Any]) -> dict[str, int | None]:
    granted, courses = (case.get("authorization") or {}).get("units"), answer["courses"]
    keys = ("units_granted", "units_short_first_course", "units_short")
    if granted is None or not courses:
        return dict.fromkeys(keys, None)
    needed = (courses[0]["vials"], answer["total_vials"])
    short = [None if need is None else max(0, need - granted) for need in needed]
    return dict(zip(keys, (granted, *short), strict=True))


def forecast(case: Case, answer: dict[str, Any]) -> dict[str, Any] | None:
    """`answer` is what the evaluator says about the case."""
    if case["route"] != IV or answer["approval_period"] is None or answer["schedule"] is None:
        return None
    courses = listed(case, answer)
    told: dict[str, Any] = {"courses": courses}
    for name in COUNTED:
        known = name == "doses" or answer["units"] is not None
        told[f"total_{name}"] = sum(course[name] for course in courses) if known else None
    return told | shortage(case, told)
