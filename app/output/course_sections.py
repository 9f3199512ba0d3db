"""The plan of a course and the doses given in it, in words.

A date that comes from the label is labeled as such and never mixed with those of the policy.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.formatting import count_in_words, date_in_words, span_in_words
from app.model.treatment import (
    CheckedCycle,
    CourseCheck,
    CycleSchedule,
    DoseSchedule,
    FindingKind,
    Rest,
    Schedule,
)
from app.output.phrases import Row, Section

_KIND: dict[FindingKind, str] = {
    "violation": "Beyond the {source}'s limit",
    "advisory": "Label advice",
}
# Each date of a check: its field and its label.
_DATES = (
    ("this_course_earliest", "This course"),
    ("second_cycle_earliest", "Second cycle"),
    ("next_course_earliest", "Another course, by the {source}"),
    ("next_course_by_discharge", "Another course, by the label after discharge"),
)


def schedule_section(found: Determination, _: Catalog) -> Section | None:
    """Return the plan, or None without one."""
    if found.schedule is None:
        return None
    title = f"Schedule: {schedule_title(found.schedule)}"
    return Section(title, tuple(schedule_rows(found.schedule)))


def course_section(found: Determination, _: Catalog) -> Section | None:
    """Return what was given and what may follow, or None if nothing was given."""
    if found.course_check is None:
        return None
    return Section("What was given, and what may follow", tuple(course_rows(found.course_check)))


def schedule_rows(schedule: Schedule) -> Iterator[Row]:
    """Yield the plan, cycles day by day with the rest between them, or the first weeks.

    The label is the part of the course, the text its dates, the detail the doses or rest on them.
    """
    if isinstance(schedule, DoseSchedule):
        yield from _dose_rows("Dose", schedule.doses)
        return
    one, two = schedule.cycles
    yield from _dose_rows("Cycle 1", one.doses)
    earliest = f"; cycle 2 from {date_in_words(two.first_day)}"
    yield _rest_row(schedule.rest, earliest)
    yield from _dose_rows("Cycle 2", two.doses)
    yield _rest_row(schedule.course_rest)
    next_day = date_in_words(schedule.next_course_earliest)
    yield Row("Another course", next_day, detail="at the earliest")


def earliest_rows(determination: Determination) -> Iterator[Row]:
    """Yield the earliest dates of the second cycle and of another course, for a plan with cycles.

    None once doses were given: then the dates counted from those doses apply (`course_rows`).
    """
    limit, schedule = determination.dose_limit, determination.schedule
    if limit and isinstance(schedule, CycleSchedule) and determination.course_check is None:
        for label, day, rest in (
            ("Second cycle", schedule.cycles[1].first_day, "min_rest_days"),
            ("Another course", schedule.next_course_earliest, "min_course_rest_days"),
        ):
            yield Row(label, f"from {date_in_words(day)}", limit.citations[rest])


def schedule_title(schedule: Schedule) -> str:
    """Return the regimen of the plan, with its interval in hours or its extent."""
    if isinstance(schedule, DoseSchedule):
        return f"{schedule.regimen}: the first 4 weeks at the highest frequency"
    return f"{schedule.regimen}: every {schedule.interval_hours} hours"


def _dose_rows(part: str, doses: tuple[datetime, ...]) -> Iterator[Row]:
    for day, of_day in groupby(doses, key=datetime.date):
        times = [dose.time().isoformat("minutes") for dose in of_day]
        count = count_in_words(len(times), "dose")
        yield Row(part, date_in_words(day), detail=f"{count}: {', '.join(times)}")


def _rest_row(rest: Rest, then: str = "") -> Row:
    words = f"{count_in_words(rest.days, 'day')} without a dose{then}"
    return Row("Rest", span_in_words(rest.first_day, rest.last_day), detail=words)


def course_rows(check: CourseCheck) -> Iterator[Row]:
    """Yield the findings, the cycles and the known earliest dates."""
    for finding in check.findings:
        yield Row(
            _KIND[finding.kind].format(source=check.limits_from), finding.message, finding.citation
        )
    for cycle in check.cycles:
        citation = check.citations.get("doses_left", "")
        yield Row(f"Cycle {cycle.number}", cycle_text(cycle), citation)
    yield from _date_rows(check)


def cycle_text(cycle: CheckedCycle) -> str:
    """Return how many doses were given in a cycle, and how many are left."""
    given = f"{count_in_words(cycle.doses_given, 'dose')} given"
    if cycle.doses_left is None:
        return f"{given}; no limit is stated"
    left = f"at most {count_in_words(cycle.doses_left, 'dose')}" if cycle.doses_left else "none"
    return f"{given}, {left} left"


def _date_rows(check: CourseCheck) -> Iterator[Row]:
    for name, label in _DATES:
        day = getattr(check, name)
        if day is not None:
            mark = " (the later date)" if name == _later(check) else ""
            yield Row(
                label.format(source=check.limits_from),
                f"from {date_in_words(day)}{mark}",
                check.citations[name],
            )


def _later(check: CourseCheck) -> str:
    """Return the field of the later date for another course; "" without two different dates."""
    by_policy, by_label = check.next_course_earliest, check.next_course_by_discharge
    if by_policy is None or by_label is None or by_policy == by_label:
        return ""
    return "next_course_earliest" if by_policy > by_label else "next_course_by_discharge"
