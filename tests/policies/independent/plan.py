"""The one plan of a course: what was given as far as it is known, and what may follow."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from tests.policies.independent.basics import DAY, IL, IV, Case, dosing_of, is_til, written

# Both documents, Cutaneous Melanoma, Dosing A, and Renal Cell Carcinoma, Dosing.
DOSES_OF_A_CYCLE = 14  # i, and A
REST_DATES = 9  # ii, and B: 9 days of rest
COURSE_REST_DATES = 7 * 7  # iii, and C: 7 weeks of rest
BETWEEN_DOSES = timedelta(hours=8)  # label, course: every 8 hours
WEEKLY = {IL: (0, 2, 4)}  # three times weekly, spread evenly


def day_after_rest(last_dose_on: date, dose_free_dates: int) -> date:
    """The first date for a dose, once so many whole dates have passed without one."""
    return last_dose_on + DAY + dose_free_dates * DAY


@dataclass
class Cycle:
    """What the case says about a cycle, and then what is planned of it."""

    number: int
    given: int = 0
    held: int = 0
    first: datetime | None = None
    last: datetime | None = None
    over: bool = False
    booked: datetime | None = None
    is_named: bool = False
    begins: str = "given"
    doses: list[datetime] = field(default_factory=list)

    def first_dose(self) -> datetime | None:
        return self.first or (self.doses[0] if self.doses else None)

    def last_dose(self) -> datetime | None:
        return self.doses[-1] if self.doses else self.last

    def source(self) -> str:
        return "given" if not self.doses else "given_and_planned" if self.given else "planned"

    def left(self, size: int) -> int:
        return 0 if self.over else max(0, size - self.given - self.held)


def moment(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def cycle_of(course: dict[str, Any], number: int) -> Cycle:
    said = next((c for c in course.get("cycles") or [] if c["number"] == number), None)
    if said is None:
        return Cycle(number)
    given, held = said.get("doses_given") or 0, said.get("doses_held") or 0
    times = [moment(said.get(key)) for key in ("first_dose_at", "last_dose_at", "planned_first_at")]
    first, last, booked = times
    return Cycle(number, given, held, first, last, bool(said.get("over")), booked, is_named=True)


def size_of_cycle(case: Case) -> int:
    return (case.get("course") or {}).get("doses_per_cycle") or DOSES_OF_A_CYCLE


def cycles_of(case: Case) -> tuple[Cycle, Cycle]:
    """Both cycles, as the case has them; a cycle held throughout has ended."""
    first, second = (cycle_of(case.get("course") or {}, number) for number in (1, 2))
    for cycle in (first, second):
        cycle.over = cycle.over or (not cycle.given and cycle.held >= size_of_cycle(case))
    first.over = first.over or bool(second.given) or second.over
    return first, second


def held_after_last(cycle: Cycle) -> int:
    """Held doses fill the free slots between the first and the last given one; the rest follow."""
    assert cycle.first is not None
    assert cycle.last is not None
    halves = (cycle.last - cycle.first) // timedelta(hours=4)  # every second one is a slot
    free = (halves + 1) // 2 + 1 - cycle.given
    return cycle.held - min(max(free, 0), cycle.held)


def every_eight_hours(first: datetime, count: int) -> list[datetime]:
    return [first + BETWEEN_DOSES * place for place in range(count)]


def follow(cycle: Cycle, size: int) -> None:
    """The doses that are left of a cycle in which some were given."""
    if left := cycle.left(size):
        assert cycle.last is not None
        start = cycle.last + BETWEEN_DOSES * (1 + held_after_last(cycle))
        cycle.doses = every_eight_hours(start, left)


def planned(case: Case) -> tuple[Cycle, Cycle] | None:
    """Both cycles of an intravenous course; none where nothing says when it begins."""
    if dosing_of(case) is None or case["route"] != IV or is_til(case):
        return None
    size, (first, second) = size_of_cycle(case), cycles_of(case)
    start = moment((case.get("course") or {}).get("first_dose_at"))
    if first.given:
        follow(first, size)
    elif start is None or first.over:
        return None
    else:
        first.begins = "entered"
        first.doses = every_eight_hours(start + BETWEEN_DOSES * first.held, first.left(size))
    begun, ended = first.first_dose(), first.last_dose()
    assert begun is not None
    assert ended is not None
    if second.given:
        follow(second, size)
    elif not second.over:
        second.begins = "entered" if second.booked else "earliest_permitted"
        permitted = datetime.combine(day_after_rest(ended.date(), REST_DATES), begun.time())
        second.doses = every_eight_hours(second.booked or permitted, second.left(size))
    return first, second


def end_of_course(first: Cycle, second: Cycle) -> datetime:
    """The last dose of the second cycle; of the first where the second ended without one."""
    ended = second.last_dose() or first.last_dose()
    assert ended is not None
    return ended


def days_of(moment_of_dose: datetime | None) -> str | None:
    return written(moment_of_dose.date()) if moment_of_dose else None


def to_the_minute(doses: list[datetime]) -> list[str]:
    return [dose.isoformat(timespec="minutes") for dose in doses]


def shown(cycle: Cycle) -> dict[str, Any]:
    """How a cycle that ended without a dose began is not said."""
    told = {
        "number": cycle.number,
        "source": cycle.source(),
        "first_day": days_of(cycle.first_dose()),
        "last_day": days_of(cycle.last_dose()),
        "doses_given": cycle.given,
        "doses": to_the_minute(cycle.doses),
    }
    return told | ({"begins": cycle.begins} if cycle.first_dose() else {})


def dates(first: date, last: date) -> dict[str, Any] | None:
    days = (last - first).days + 1
    if days <= 0:
        return None
    return {"first_day": str(first), "last_day": str(last), "days": days}


def infusions(first: Cycle, second: Cycle) -> dict[str, Any]:
    ended, again = first.last_dose(), second.first_dose()
    finished = end_of_course(first, second).date()
    assert ended is not None
    rest = dates(ended.date() + DAY, again.date() - DAY) if again else None
    course_rest = dates(finished + DAY, finished + COURSE_REST_DATES * DAY)
    plan = {"cycles": [shown(first), shown(second)], "rest": rest, "course_rest": course_rest}
    return plan | {"next_course_earliest": str(day_after_rest(finished, COURSE_REST_DATES))}


def injections(case: Case) -> dict[str, Any] | None:
    start = moment((case.get("course") or {}).get("first_dose_at"))
    if start is None or dosing_of(case) is None:
        return None
    weekly = WEEKLY.get(case["route"], tuple(range(7)))
    doses = [start + (7 * week + day) * DAY for week in range(4) for day in weekly]
    return {"doses": to_the_minute(doses)}


def schedule(case: Case) -> dict[str, Any] | None:
    if case["route"] != IV:
        return injections(case)
    both = planned(case)
    return infusions(*both) if both else None


def planned_days(case: Case, plan: dict[str, Any] | None) -> list[date]:
    """The dates of doses that are still to come, but for a second cycle that nobody has booked."""
    if plan is None:
        return []
    parts = plan["cycles"] if case["route"] == IV else [plan]
    booked = [part for part in parts if part.get("begins") != "earliest_permitted"]
    return sorted({date.fromisoformat(dose[:10]) for part in booked for dose in part["doses"]})
