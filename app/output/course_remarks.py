"""What a reader of the entered course may miss: held doses, and entries that change no plan.

Each is one sentence. All dates are those of the case or of the determination.
"""

from collections.abc import Iterator
from dataclasses import replace

from app.model.case import Case
from app.model.course import GivenCycle
from app.model.determination import Determination
from app.model.formatting import count_in_words, date_in_words, time_in_words
from app.model.treatment import CycleSchedule
from app.output.phrases import Row, Section

_TITLE = "Remarks on the course as entered"
_ENTERED = "as entered"


def remarks_section(found: Determination, case: Case) -> Section | None:
    """Return the remarks on the course, or None if there are none or it has no cycles."""
    limit = found.dose_limit
    if limit is None or limit.max_doses_per_cycle is None or case.is_til:
        return None
    rows = tuple(_rows(found, case, limit.max_doses_per_cycle))
    return Section(_TITLE, rows) if rows else None


def with_moved_day(row: Row, found: Determination, case: Case) -> Row:
    """Return the head of a first cycle that begins later than entered, with the reason."""
    held = _held_before(found, case)
    if not held or row.label != "Cycle 1" or not row.detail.startswith(_ENTERED):
        return row
    moved = f"{_ENTERED}, later by {count_in_words(held, 'held dose')}"
    return replace(row, detail=f"{moved}{row.detail.removeprefix(_ENTERED)}")


def _held_before(found: Determination, case: Case) -> int:
    """Return how many held doses moved the first planned dose of cycle 1."""
    schedule, one = found.schedule, case.course.cycle(1)
    if not isinstance(schedule, CycleSchedule) or one is None:
        return 0
    return one.held if schedule.cycles[0].begins == "entered" else 0


def _rows(found: Determination, case: Case, most: int) -> Iterator[Row]:
    for cycle in case.course.cycles:
        yield from _cycle_rows(cycle, found, case, most)
    yield from _plan_rows(found, case)


def _cycle_rows(cycle: GivenCycle, found: Determination, case: Case, most: int) -> Iterator[Row]:
    name = f"Cycle {cycle.number}"
    begin = case.course.first_dose_at
    if cycle.held:
        told = f"{count_in_words(cycle.held, 'dose')} held, not made up"
        if cycle.number == 1 and begin and _held_before(found, case):
            told += f"; they came first, so the first dose is later than {time_in_words(begin)}"
        yield Row(name, f"{told}.")
    slots = cycle.given + cycle.held
    if slots > most:
        yield Row(name, f"{slots:,} doses given or held, and a cycle has at most {most:,}.")
    if cycle.number == 1 and begin and cycle.first_dose_at not in (None, begin):
        entered = time_in_words(begin)
        yield Row(name, f"The first dose entered for {entered} does not count: doses were given.")


def _plan_rows(found: Determination, case: Case) -> Iterator[Row]:
    """Yield why a course as entered has no plan, and that a discharge ends no cycle."""
    course, schedule = case.course, found.schedule
    if schedule is None and course.cycles:
        told = "No plan: cycle 1 is over without a dose, so nothing says when a cycle 2 may begin."
        booked = [one.planned_first_at for one in course.cycles if one.planned_first_at]
        if booked:
            told += f" The date booked for cycle 2, {time_in_words(booked[0])}, is not planned."
        yield Row("Plan", told)
    if course.discharge_date is None or not isinstance(schedule, CycleSchedule):
        return
    discharged = date_in_words(course.discharge_date)
    for cycle in schedule.cycles:
        if cycle.doses_given and cycle.doses:
            left = count_in_words(len(cycle.doses), "dose")
            yield Row(
                f"Cycle {cycle.number}",
                f"The discharge on {discharged} ends no cycle: {left} of it stay planned. If the "
                "cycle is over, enter that it is.",
            )
