"""What really happened in a course, judged a second time: dates and doses are counted one by one.

Written from the two policy documents, the label's facts and the words of the contract, by someone
who has not read the program.
"""

from datetime import date, datetime, timedelta
from typing import Any

from tests.policies.independent.basics import DAY, IV, Case, dosing_of, is_til, written
from tests.policies.independent.plan import (
    BETWEEN_DOSES,
    COURSE_REST_DATES,
    DOSES_OF_A_CYCLE,
    REST_DATES,
    Cycle,
    cycles_of,
    day_after_rest,
    end_of_course,
    moment,
    planned,
    size_of_cycle,
)

DOSES_OF_A_DATE = 3  # both documents, Dosing A i and A
WAIT_AFTER_DISCHARGE = timedelta(weeks=7)  # label, response: 7 weeks from hospital discharge
CHARTED = timedelta(hours=1)  # allowed between the charted and the planned time of a dose


def faults_of_cycle(cycle: Cycle) -> list[tuple[str, str]]:
    if not cycle.given or cycle.first is None or cycle.last is None:
        return []
    room, day = 0, cycle.first.date()
    while day <= cycle.last.date():
        room, day = room + DOSES_OF_A_DATE, day + DAY
    at_the_soonest = cycle.first + BETWEEN_DOSES * (cycle.given - 1)
    faults = {
        ("too_many_doses", "violation"): cycle.given > DOSES_OF_A_CYCLE,
        ("too_many_doses_daily", "violation"): cycle.given > room,
        ("doses_too_close", "advisory"): at_the_soonest - cycle.last > CHARTED,
    }
    return [fault for fault, found in faults.items() if found]


def is_to_be_checked(case: Case) -> bool:
    course = case.get("course") or {}
    if case["route"] != IV or is_til(case) or dosing_of(case) is None:
        return False
    said = ("doses_given", "doses_held", "over", "planned_first_at")
    happened = any(c.get(key) for c in course.get("cycles") or [] for key in said)
    return happened or course.get("previous_last_dose_on") is not None


def beginning(case: Case, first: Cycle) -> datetime | None:
    """The first dose of the course, given or planned; else the one that was entered."""
    return first.first_dose() or moment((case.get("course") or {}).get("first_dose_at"))


def faults_of_rests(begun: datetime | None, before: date | None) -> list[tuple[str, str]]:
    if begun is None or before is None:
        return []
    dates = (begun.date() - before).days
    faults = [("course_rest_too_short", "violation")] * (dates < COURSE_REST_DATES)
    return faults + [("seven_weeks_to_the_day", "advisory")] * (dates == COURSE_REST_DATES)


def discharge(case: Case, both: tuple[Cycle, Cycle], provisional: bool) -> dict[str, Any]:
    course = case.get("course") or {}
    left_on = course.get("discharge_date")
    is_given = any(cycle.given for cycle in both)
    if left_on is None:
        return {"by_discharge": None, "by_discharge_of": None}
    whose = None
    if not is_given and course.get("previous_last_dose_on"):
        whose = "this_course"
    elif (both[1].given or both[1].over) and not provisional:
        whose = "next_course"
    day = date.fromisoformat(left_on) + WAIT_AFTER_DISCHARGE if whose else None
    return {"by_discharge": written(day), "by_discharge_of": whose}


def course_check(case: Case) -> dict[str, Any] | None:
    """Findings are sorted by rule; where each one lies and how it is worded is not told."""
    if not is_to_be_checked(case):
        return None
    plan, size = planned(case), size_of_cycle(case)
    first, second = both = plan or cycles_of(case)
    told = (case.get("course") or {}).get("previous_last_dose_on")
    before = date.fromisoformat(told) if told else None
    ended = first.last_dose() if plan else None
    rested = day_after_rest(ended.date(), REST_DATES) if ended else None
    again = day_after_rest(end_of_course(*plan).date(), COURSE_REST_DATES) if plan else None
    faults = [fault for cycle in both for fault in faults_of_cycle(cycle)]
    second_begins = second.first or second.booked
    if second_begins and rested and second_begins.date() < rested:
        faults.append(("rest_too_short", "violation"))
    faults += faults_of_rests(beginning(case, first), before)
    next_waits = bool(plan and (second.doses if second.last_dose() else first.doses))
    return {
        "cycles": [
            {"number": c.number, "doses_given": c.given, "doses_left": c.left(size)}
            for c in both
            if c.is_named
        ],
        "second_cycle_earliest": written(rested),
        "second_cycle_provisional": bool(plan and first.doses),
        "next_course_earliest": written(again),
        "next_course_provisional": next_waits,
        "this_course_earliest": written(before and day_after_rest(before, COURSE_REST_DATES)),
        "findings": [{"rule": rule, "kind": kind} for rule, kind in sorted(faults)],
        **discharge(case, both, next_waits),
    }


def violations(check: dict[str, Any] | None) -> list[str]:
    found = check["findings"] if check else []
    return [fault["rule"] for fault in found if fault["kind"] == "violation"]
