"""The courses of an approval counted a second time, by living through them hour by hour."""

from datetime import date, datetime, timedelta
from typing import Any

from tests.policies.independent.course import (
    BETWEEN_DOSES,
    COURSE_REST_DATES,
    DOSES_OF_A_CYCLE,
    REST_DATES,
    day_after_rest,
)
from tests.policies.independent.evaluator import IV, Case
from tests.policies.independent.preparation import VIAL_HOLDS, VIAL_YIELDS, vials

ONE_HOUR = timedelta(hours=1)


def last_of_cycle(first: datetime) -> datetime:
    given, last, now = 1, first, first
    while given < DOSES_OF_A_CYCLE:
        now += ONE_HOUR
        if now - last == BETWEEN_DOSES:
            given, last = given + 1, now
    return last


def after_rest(last: datetime, dose_free_dates: int, clock: datetime) -> datetime:
    """The first permitted date, at the time of day at which it all began."""
    return datetime.combine(day_after_rest(last.date(), dose_free_dates), clock.time())


def courses_within(begin: datetime, start: date, end: date) -> list[tuple[date, date]]:
    """First and last day of each course whose first day lies from start to end."""
    found, first = [], begin
    while first.date() <= end:
        second = after_rest(last_of_cycle(first), REST_DATES, begin)
        last = last_of_cycle(second)
        if start <= first.date():
            found.append((first.date(), last.date()))
        first = after_rest(last, COURSE_REST_DATES, begin)
    return found


def vials_of_a_dose(case: Case, limit: dict[str, Any]) -> int | None:
    dose_iu = (case.get("requested") or {}).get("dose_iu") or limit["max_dose_iu"]
    if dose_iu is None:
        return None
    return max(vials(dose_iu, VIAL_HOLDS), vials(dose_iu, VIAL_YIELDS))


def forecast(case: Case, answer: dict[str, Any]) -> dict[str, Any] | None:
    """`answer` is what the evaluator says about the case."""
    period = answer["approval_period"]
    if case["route"] != IV or period is None or answer["schedule"] is None:
        return None
    start, end = (date.fromisoformat(period[edge]) for edge in ("start", "end"))
    begin = datetime.fromisoformat(case["course"]["first_dose_at"])
    doses = DOSES_OF_A_CYCLE + DOSES_OF_A_CYCLE
    each = vials_of_a_dose(case, answer["dose_limit"])
    found = courses_within(begin, start, end)
    courses = [
        {
            "number": place,
            "first_day": str(first),
            "last_day": str(last),
            "doses": doses,
            "vials": each and doses * each,
            "ends_after_approval": last > end,
        }
        for place, (first, last) in enumerate(found, start=1)
    ]
    total = None if each is None else sum(doses * each for _ in found)
    expected = {"courses": courses, "total_doses": doses * len(found), "total_vials": total}
    return expected | shortage(case, total)


def shortage(case: Case, total_vials: int | None) -> dict[str, int | None]:
    granted = (case.get("authorization") or {}).get("units")
    if granted is None:
        return {"units_granted": None, "units_short": None}
    short = None if total_vials is None else max(0, total_vials - granted)
    return {"units_granted": granted, "units_short": short}
