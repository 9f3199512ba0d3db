"""The plan of a course and the doses given in it, in words.

A date that comes from the label is labeled as such and never mixed with those of the policy. All
dates are those of the determination: none is computed here.
"""

from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby

from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.formatting import count_in_words, date_in_words, span_in_words
from app.model.treatment import (
    CheckedCycle,
    CourseCheck,
    CourseFinding,
    CourseRule,
    Cycle,
    CycleSchedule,
    DoseSchedule,
    Rest,
    Schedule,
)
from app.output.phrases import Row, Section
from app.output.plan_words import IF_GIVEN, LATER, NOT_BOOKED, is_open, next_course_is_provisional

HELD_DOSES = "Held doses keep their slots and are not made up."
_LATER = f" ({LATER})"
_VIOLATION = "Beyond the policy's limit"
_ADVISORIES: dict[CourseRule, str] = {
    "doses_too_close": "Label advice",
    "seven_weeks_to_the_day": "To check",
}
_BEGINS = {
    "given": "",
    "entered": "as entered",
    "earliest_permitted": NOT_BOOKED,
}
# Each date of a check that comes from the policy: its field, its label, and what it waits for.
_DATES = (
    ("this_course_earliest", "This course, by the policy", ""),
    ("second_cycle_earliest", "Second cycle", "second_cycle_provisional"),
    ("next_course_earliest", "Another course, by the policy", "next_course_provisional"),
)
_BY_DISCHARGE = {
    "this_course": ("this_course_earliest", "This course, by the label after discharge"),
    "next_course": ("next_course_earliest", "Another course, by the label after discharge"),
}


def schedule_section(found: Determination, _: Catalog) -> Section | None:
    """Return the plan with the limits that it breaks, or None without one."""
    schedule = found.schedule
    if schedule is None:
        return None
    title = f"Schedule: {schedule_title(schedule)}"
    if isinstance(schedule, DoseSchedule):
        return Section(title, tuple(schedule_rows(schedule)))
    findings = found.course_check.findings if found.course_check else ()
    broken = (f"{_VIOLATION}: {one.message}" for one in findings if one.kind == "violation")
    rows = tuple(_plan_rows(schedule, with_heads=True))
    return Section(title, rows, " ".join((*broken, HELD_DOSES)))


def course_section(found: Determination, _: Catalog) -> Section | None:
    """Return what was given and what may follow, or None if nothing was given."""
    if found.course_check is None:
        return None
    rows = tuple(course_rows(found.course_check, found.schedule))
    return Section("What was given, and what may follow", rows)


def schedule_rows(schedule: Schedule) -> Iterator[Row]:
    """Yield the planned doses day by day with the rests between them, or the first weeks.

    The label is the part of the course, the text its dates, the detail the doses or rest on them.
    """
    if isinstance(schedule, DoseSchedule):
        yield from _dose_rows("Dose", schedule.doses)
    else:
        yield from _plan_rows(schedule, with_heads=False)


def head_rows(found: Determination) -> Iterator[Row]:
    """Yield, for a plan in cycles, what was given in each cycle and how it begins."""
    if isinstance(found.schedule, CycleSchedule):
        for cycle in found.schedule.cycles:
            yield _head_row(cycle, found.schedule)


def _plan_rows(schedule: CycleSchedule, *, with_heads: bool) -> Iterator[Row]:
    """Yield the plan; a head before the doses of a cycle says what was given and how it begins."""
    one, two = schedule.cycles
    earliest = f"; cycle 2 from {date_in_words(two.first_day)}" if two.first_day else ""
    for cycle in schedule.cycles:
        name = f"Cycle {cycle.number}"
        if with_heads:
            yield _head_row(cycle, schedule)
        yield from _dose_rows(name, cycle.doses)
        if cycle is one and schedule.rest is not None:
            yield _rest_row(schedule.rest, earliest)
    yield _rest_row(schedule.course_rest)
    waits = f", {IF_GIVEN}" if next_course_is_provisional(schedule) else ""
    next_day = date_in_words(schedule.next_course_earliest)
    yield Row("Another course", next_day, detail=f"at the earliest{waits}")


def _head_row(cycle: Cycle, schedule: CycleSchedule) -> Row:
    name = f"Cycle {cycle.number}"
    if cycle.first_day is None or cycle.last_day is None:
        return Row(name, "ended without a dose", detail="no dose given")
    begins = [_BEGINS[cycle.begins], IF_GIVEN if _is_provisional(cycle, schedule) else ""]
    doses = []
    if cycle.doses_given:
        doses.append(f"{count_in_words(cycle.doses_given, 'dose')} given")
    if cycle.doses:
        more = "more " if cycle.doses_given else ""
        doses.append(f"{len(cycle.doses):,} {more}planned")
    dates = span_in_words(cycle.first_day, cycle.last_day)
    told = (", ".join(filter(None, begins)), ", ".join(doses))
    return Row(name, dates, detail="; ".join(filter(None, told)))


def _is_provisional(cycle: Cycle, schedule: CycleSchedule) -> bool:
    """Return whether a cycle begins by the last dose of one that is only planned so far."""
    one = schedule.cycles[0]
    return cycle is not one and is_open(cycle) and bool(one.doses)


def earliest_rows(determination: Determination) -> Iterator[Row]:
    """Yield the earliest dates of the second cycle and of another course, for a plan with cycles.

    None once doses were given: then the course check tells them (`course_rows`).
    """
    limit, schedule = determination.dose_limit, determination.schedule
    if limit and isinstance(schedule, CycleSchedule) and determination.course_check is None:
        first_day = schedule.cycles[1].first_day
        if first_day is not None:
            text = f"from {date_in_words(first_day)}, {NOT_BOOKED}, {IF_GIVEN}"
            yield Row("Second cycle", text, limit.citations["min_rest_days"])
        text = f"from {date_in_words(schedule.next_course_earliest)}, {IF_GIVEN}"
        yield Row("Another course", text, limit.citations["min_course_rest_days"])


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


def course_rows(check: CourseCheck, schedule: Schedule | None = None) -> Iterator[Row]:
    """Yield the findings, the cycles and the known earliest dates."""
    for finding in check.findings:
        yield Row(_kind(finding), finding.message, finding.citation)
    for cycle in check.cycles:
        citation = check.citations.get("doses_left", "")
        yield Row(f"Cycle {cycle.number}", cycle_text(cycle), citation)
    yield from _date_rows(check, schedule)


def _kind(finding: CourseFinding) -> str:
    return _VIOLATION if finding.kind == "violation" else _ADVISORIES[finding.rule]


def cycle_text(cycle: CheckedCycle) -> str:
    """Return how many doses were given in a cycle, and how many are left."""
    given = f"{count_in_words(cycle.doses_given, 'dose')} given"
    left = f"at most {count_in_words(cycle.doses_left, 'dose')}" if cycle.doses_left else "none"
    return f"{given}, {left} left"


def _date_rows(check: CourseCheck, schedule: Schedule | None) -> Iterator[Row]:
    later = _later(check)
    for name, label, provisional in _DATES:
        day: date | None = getattr(check, name)
        if day is None:
            continue
        told = [f"from {date_in_words(day)}"]
        if name == "second_cycle_earliest" and _is_open(schedule):
            told.append(NOT_BOOKED)
        if provisional and getattr(check, provisional):
            told.append(IF_GIVEN)
        mark = _LATER if name == later else ""
        yield Row(label, f"{', '.join(told)}{mark}", check.citations[name])
    if check.by_discharge is not None and check.by_discharge_of is not None:
        mark = _LATER if later == "by_discharge" else ""
        label = _BY_DISCHARGE[check.by_discharge_of][1]
        text = f"from {date_in_words(check.by_discharge)}{mark}"
        yield Row(label, text, check.citations["by_discharge"])


def _is_open(schedule: Schedule | None) -> bool:
    """Return whether the second cycle is neither booked nor begun nor over."""
    if not isinstance(schedule, CycleSchedule):
        return False
    return is_open(schedule.cycles[1])


def _later(check: CourseCheck) -> str:
    """Return the field of the later reading; "" without two different dates for one course."""
    if check.by_discharge_of is None or check.by_discharge is None:
        return ""
    name = _BY_DISCHARGE[check.by_discharge_of][0]
    by_policy: date | None = getattr(check, name)
    if by_policy is None or by_policy == check.by_discharge:
        return ""
    return name if by_policy > check.by_discharge else "by_discharge"
