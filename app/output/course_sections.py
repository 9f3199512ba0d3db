"""The plan of a course and the doses given in it, in words.

A date that comes from the label is labeled as such and never mixed with those of the policy. All
dates are those of the determination: none is computed here.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import groupby, zip_longest

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
    rest_between,
)
from app.output.phrases import Row, Section
from app.output.plan_words import (
    IF_GIVEN,
    NOT_BOOKED,
    is_open,
    is_provisional,
    later_reading,
    next_course_is_provisional,
    second_cycle_is_provisional,
    second_cycle_words,
)

HELD_DOSES = "Held doses keep their slots and are not made up."
_DAY = timedelta(days=1)
_MOST_DATES = 21  # of a cycle, each told in a row of its own
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
_BY_LABEL = "by the label after discharge"


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
    is_next = found.course_check and found.course_check.by_discharge_of == "next_course"
    by_label = found.course_check.by_discharge if found.course_check and is_next else None
    later = later_reading(schedule.next_course_earliest, by_label)[0]
    plan = _plan_rows(schedule, with_heads=True, later=later)
    rows = (*plan, *_by_label_rows(found.course_check))
    return Section(title, rows, " ".join((*broken, HELD_DOSES)))


def course_section(found: Determination, _: Catalog) -> Section | None:
    """Return what was given and what may follow, or None where nothing is known of either."""
    if found.course_check is None:
        return None
    rows = tuple(course_rows(found.course_check, found.schedule))
    return Section("What was given, and what may follow", rows) if rows else None


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


def _plan_rows(schedule: CycleSchedule, *, with_heads: bool, later: str = "") -> Iterator[Row]:
    """Yield the plan; a head before the doses of a cycle says what was given and how it begins."""
    for cycle, after in zip_longest(schedule.cycles, schedule.cycles[1:]):
        if with_heads:
            yield _head_row(cycle, schedule)
        yield from _cycle_rows(cycle)
        rest = None if after is None else rest_between(cycle, after)
        if rest is not None:
            begins = f"; cycle {after.number} from {date_in_words(rest.last_day + _DAY)}"
            yield _rest_row(rest, begins)
    if schedule.course_rest is not None:
        yield _rest_row(schedule.course_rest)
    if schedule.next_course_earliest is None:
        return
    waits = f", {IF_GIVEN}" if next_course_is_provisional(schedule) else ""
    mark = f", {later}" if later else ""
    next_day = date_in_words(schedule.next_course_earliest)
    yield Row("Another course", next_day, detail=f"at the earliest{waits}{mark}")


def _by_label_rows(check: CourseCheck | None) -> Iterator[Row]:
    """Yield the label's date for another course, below that of the policy."""
    if check is None or check.by_discharge is None or check.by_discharge_of != "next_course":
        return
    later = later_reading(check.next_course_earliest, check.by_discharge)[1]
    told = ", ".join(filter(None, ("at the earliest", later)))
    yield Row(f"Another course, {_BY_LABEL}", date_in_words(check.by_discharge), detail=told)


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
    before = next((one for one in schedule.cycles if one.number == cycle.number - 1), None)
    return before is not None and is_open(cycle) and is_provisional(before)


def earliest_rows(determination: Determination) -> Iterator[Row]:
    """Yield the earliest dates of the second cycle and of another course, for a plan with cycles.

    None once doses were given: then the course check tells them (`course_rows`).
    """
    limit, schedule = determination.dose_limit, determination.schedule
    if limit and isinstance(schedule, CycleSchedule) and determination.course_check is None:
        yield from _second_cycle_row(schedule, limit.citations.get("min_rest_days", ""))
        if schedule.next_course_earliest is not None:
            text = f"from {date_in_words(schedule.next_course_earliest)}, {IF_GIVEN}"
            yield Row("Another course", text, limit.citations.get("min_course_rest_days", ""))


def schedule_title(schedule: Schedule) -> str:
    """Return the regimen of the plan, with its interval in hours or its extent."""
    if isinstance(schedule, DoseSchedule):
        return f"{schedule.regimen}: the first 4 weeks at the highest frequency"
    return f"{schedule.regimen}: every {schedule.interval_hours} hours"


def _cycle_rows(cycle: Cycle) -> Iterator[Row]:
    """Yield the planned doses of a cycle by date, or by runs of days where they are many."""
    name = f"Cycle {cycle.number}"
    if len({dose.date() for dose in cycle.doses}) <= _MOST_DATES:
        yield from _dose_rows(name, cycle.doses)
        return
    for block in cycle.blocks:
        inside = [one for one in cycle.doses if block.first_day <= one.date() <= block.last_day]
        if inside:
            dates = span_in_words(inside[0].date(), inside[-1].date())
            times = dict.fromkeys(one.time().isoformat("minutes") for one in inside)
            count = count_in_words(len(inside), "dose")
            yield Row(name, dates, detail=f"{count}, at {', '.join(times)}")


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
    if cycle.doses_left is None:
        return given
    left = f"at most {count_in_words(cycle.doses_left, 'dose')}" if cycle.doses_left else "none"
    return f"{given}, {left} left"


def _date_rows(check: CourseCheck, schedule: Schedule | None) -> Iterator[Row]:
    """Yield the date of the second cycle, and for each course the readings beside each other."""
    yield from _course_rows("this_course", "This course", check, "")
    if isinstance(schedule, CycleSchedule):
        yield from _second_cycle_row(schedule, check.citations.get("second_cycle_earliest", ""))
    condition = IF_GIVEN if check.next_course_provisional else ""
    yield from _course_rows("next_course", "Another course", check, condition)


def _second_cycle_row(schedule: CycleSchedule, citation: str) -> Iterator[Row]:
    """Yield the one date of the second cycle; only a permitted one comes from the policy."""
    if len(schedule.cycles) == 1:
        return
    two = schedule.cycles[1]
    provisional = second_cycle_is_provisional(schedule)
    if words := second_cycle_words(two.begins, two.first_day, provisional=provisional):
        yield Row("Second cycle", words, citation if is_open(two) else "")


def _course_rows(course: str, name: str, check: CourseCheck, condition: str) -> Iterator[Row]:
    """Yield the first date of a course by the policy and by the label, the later one marked."""
    by_policy: date | None = getattr(check, f"{course}_earliest")
    by_label = check.by_discharge if check.by_discharge_of == course else None
    later = later_reading(by_policy, by_label)
    for label, day, remark, field in (
        ("by the policy", by_policy, later[0], f"{course}_earliest"),
        (_BY_LABEL, by_label, later[1], "by_discharge"),
    ):
        if day is not None:
            waits = f", {condition}" if condition and field != "by_discharge" else ""
            mark = f" ({remark})" if remark else ""
            text = f"from {date_in_words(day)}{waits}{mark}"
            yield Row(f"{name}, {label}", text, check.citations[field])
