"""What really happened in a course, judged a second time: dates and doses are counted one by one.

Written from the two policy documents, the label's facts and the words of the contract, by someone
who has not read the program.
"""

from datetime import date, datetime, timedelta
from typing import Any

from tests.policies.independent.evaluator import IV, Case, is_til

# Both documents, Cutaneous Melanoma, Dosing A, and Renal Cell Carcinoma, Dosing.
DOSES_OF_A_CYCLE = 14  # i, and A
DOSES_OF_A_DATE = 3  # i, and A
REST_DATES = 9  # ii, and B: 9 days of rest
COURSE_REST_DATES = 7 * 7  # iii, and C: 7 weeks of rest
WAIT_AFTER_DISCHARGE = timedelta(weeks=7)  # label, response: 7 weeks from hospital discharge
BETWEEN_DOSES = timedelta(hours=8)  # label, course: every 8 hours
ONE_DAY = timedelta(days=1)

Cycle = dict[str, Any]


def day_after_rest(last_dose_on: date, dose_free_dates: int) -> date:
    """The first date for a dose, once so many whole dates have passed without one."""
    day = last_dose_on + ONE_DAY
    for _ in range(dose_free_dates):
        day += ONE_DAY
    return day


def moment(cycle: Cycle, which: str) -> datetime | None:
    """The `first` or the `last` dose; none where no dose was given."""
    return datetime.fromisoformat(cycle[f"{which}_dose_at"]) if cycle.get("doses_given") else None


def doses_left(cycle: Cycle) -> int:
    left = [] if cycle.get("over") else list(range(DOSES_OF_A_CYCLE))
    for _ in range(cycle["doses_given"] + (cycle.get("doses_held") or 0)):
        left = left[1:]
    return len(left)


def faults_of_cycle(cycle: Cycle) -> list[tuple[str, str]]:
    first, last = moment(cycle, "first"), moment(cycle, "last")
    if first is None or last is None:
        return []
    given, room, day = cycle["doses_given"], 0, first.date()
    while day <= last.date():
        room, day = room + DOSES_OF_A_DATE, day + ONE_DAY
    for _ in range(given - 1):
        first += BETWEEN_DOSES
    faults = {
        ("too_many_doses", "violation"): given > DOSES_OF_A_CYCLE,
        ("too_many_doses_daily", "violation"): given > room,
        ("doses_too_close", "advisory"): first > last,
    }
    return [fault for fault, found in faults.items() if found]


def end_of_course(first: Cycle, second: Cycle) -> datetime | None:
    """The last dose of a course that has one: of its second cycle, or of the first alone."""
    if second.get("doses_given") or not second.get("over"):
        return moment(second, "last")
    return moment(first, "last")


def course_check(case: Case) -> dict[str, Any] | None:
    course = case.get("course") or {}
    cycles: list[Cycle] = sorted(course.get("cycles") or [], key=lambda cycle: cycle["number"])
    before = course.get("previous_last_dose_on")
    if case["route"] != IV or is_til(case) or not (cycles or before):
        return None
    first, second = (next((c for c in cycles if c["number"] == n), {}) for n in (1, 2))
    rested = earliest(moment(first, "last"), REST_DATES)
    again = earliest(end_of_course(first, second), COURSE_REST_DATES)
    this = earliest(datetime.fromisoformat(before) if before else None, COURSE_REST_DATES)
    began, planned = moment(first, "first"), course.get("first_dose_at")
    began = datetime.fromisoformat(planned) if began is None and planned else began
    faults = [fault for cycle in cycles for fault in faults_of_cycle(cycle)]
    if is_before(moment(second, "first"), rested):
        faults.append(("rest_too_short", "violation"))
    if is_before(began, this):
        faults.append(("course_rest_too_short", "violation"))
    left_at = course.get("discharge_date")
    by_discharge = date.fromisoformat(left_at) + WAIT_AFTER_DISCHARGE if left_at else None
    return {
        "cycles": [
            {key: c[key] for key in ("number", "doses_given")} | {"doses_left": doses_left(c)}
            for c in cycles
        ],
        "second_cycle_earliest": written(rested),
        "next_course_earliest": written(again),
        "this_course_earliest": written(this),
        "next_course_by_discharge": written(by_discharge),
        "findings": sorted(faults),
    }


def earliest(last_dose_at: datetime | None, dose_free_dates: int) -> date | None:
    return last_dose_at and day_after_rest(last_dose_at.date(), dose_free_dates)


def is_before(moment_of_dose: datetime | None, permitted: date | None) -> bool:
    return bool(moment_of_dose and permitted and moment_of_dose.date() < permitted)


def written(day: date | None) -> str | None:
    return day.isoformat() if day else None
