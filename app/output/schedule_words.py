"""The plan of a determination in words, row by row."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from app.model.determination import CycleSchedule, Determination, DoseSchedule, Rest, Schedule
from app.model.wording import count_in_words, date_in_words, span_in_words
from app.output.phrases import Row


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One line of the plan: which part, on which dates, and what happens then."""

    part: str
    dates: str
    doses: str


def schedule_rows(schedule: Schedule) -> Iterator[ScheduleRow]:
    """Yield the plan: cycles day by day with the rest between them, or the first weeks."""
    if isinstance(schedule, DoseSchedule):
        yield from _dose_rows("Dose", schedule.doses)
        return
    one, two = schedule.cycles
    yield from _dose_rows("Cycle 1", one.doses)
    earliest = f"; cycle 2 from {date_in_words(two.first_day)}"
    yield ScheduleRow("Rest", _rest_span(schedule.rest), f"{_rest_words(schedule.rest)}{earliest}")
    yield from _dose_rows("Cycle 2", two.doses)
    yield ScheduleRow("Rest", _rest_span(schedule.course_rest), _rest_words(schedule.course_rest))
    next_day = date_in_words(schedule.next_course_earliest)
    yield ScheduleRow("Another course", next_day, "at the earliest")


def earliest_rows(determination: Determination) -> Iterator[Row]:
    """Yield from when the second cycle and another course may begin, for a plan with cycles.

    Where something was given already, its own dates count, and those of the plan would compete.
    """
    limit, schedule = determination.dose_limit, determination.schedule
    if limit and isinstance(schedule, CycleSchedule) and determination.course_check is None:
        for label, day, rest in (
            ("Second cycle", schedule.cycles[1].first_day, "min_rest_days"),
            ("Another course", schedule.next_course_earliest, "min_course_rest_days"),
        ):
            yield Row(label, f"from {date_in_words(day)}", limit.citations[rest])


def schedule_title(schedule: Schedule) -> str:
    """Return the regimen that the plan is for, with its interval or its extent."""
    if isinstance(schedule, DoseSchedule):
        return f"{schedule.regimen}: the first 4 weeks at the highest frequency"
    return f"{schedule.regimen}: every {schedule.interval_hours} hours"


def _dose_rows(part: str, doses: tuple[datetime, ...]) -> Iterator[ScheduleRow]:
    for day, of_day in groupby(doses, key=datetime.date):
        times = [f"{dose:%H:%M}" for dose in of_day]
        count = count_in_words(len(times), "dose")
        yield ScheduleRow(part, date_in_words(day), f"{count}: {', '.join(times)}")


def _rest_span(rest: Rest) -> str:
    return span_in_words(rest.first_day, rest.last_day)


def _rest_words(rest: Rest) -> str:
    return f"{count_in_words(rest.days, 'day')} without a dose"
