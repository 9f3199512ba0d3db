"""The one plan as a timeline: what was given and is planned, rests, first dates of what may follow.

Every date is one of the schedule or of the course check; none is computed here.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import zip_longest

from app.model.course import Course
from app.model.formatting import count_in_words, date_in_words, span_in_words, time_in_words
from app.model.treatment import (
    CourseCheck,
    Cycle,
    CycleSchedule,
    DoseSchedule,
    Schedule,
    rest_between,
)
from app.output.plan_words import (
    IF_GIVEN,
    LATER,
    NOT_BOOKED,
    is_open,
    is_provisional,
    later_reading,
    next_course_is_provisional,
)
from app.output.timeline_parts import (
    Part,
    TimelinePlan,
    counts_in_words,
    dates_in_words,
    day_number,
    dose_counts,
    make_plan,
    rest_part,
)

_CONDITION = f", {IF_GIVEN}"
_BY_LABEL = "by the label"
_DAY = timedelta(days=1)
_WEEK_DAYS, _SECOND = 7, 2
_LONGEST_DAYS = 400  # a longer span would be drawn too small to read
_NO_COURSE = Course()


def timeline_of(
    schedule: Schedule,
    today: date,
    course: Course = _NO_COURSE,
    check: CourseCheck | None = None,
) -> TimelinePlan | None:
    """Return the timeline of a plan with today marked, or None above 400 days.

    `course` is that of the case, which knows when doses were given; `check` has the findings.
    """
    if isinstance(schedule, DoseSchedule):
        weeks = tuple(_weeks(schedule))
        extent = f"planned in the first {count_in_words(len(weeks), 'week')}"
        span = span_in_words(schedule.doses[0].date(), schedule.doses[-1].date())
        overview = f"{count_in_words(len(schedule.doses), 'dose')} {extent}: {span}."
        return make_plan(weeks, (), overview, today)
    drawn = _Course(schedule, course, check)
    segments, marks = tuple(drawn.segments()), tuple(drawn.marks())
    last = max(part.last_day for part in (*segments, *marks))
    if day_number(last, segments[0].first_day) > _LONGEST_DAYS:
        return None
    return make_plan(segments, marks, " ".join(drawn.overview()), today, drawn.findings())


def _aside(remark: str) -> str:
    return f" ({remark})" if remark else ""


def violated_cycles(check: CourseCheck | None, course: Course) -> frozenset[int]:
    """Return the numbers of the cycles that break a limit."""
    violations = [one for one in check.findings if one.kind == "violation"] if check else []
    return frozenset(_cycle_of(one.at, course) for one in violations)


def _cycle_of(key: str, course: Course) -> int:
    """Return the number of the cycle that a case key is about; the first dose is of cycle 1."""
    place = key.removeprefix("course.cycles.").split(".")[0]
    return course.cycles[int(place)].number if place.isdigit() else 1


def _weeks(schedule: DoseSchedule) -> Iterator[Part]:
    first = schedule.doses[0].date()
    for week in range(-(-day_number(schedule.doses[-1].date(), first) // _WEEK_DAYS)):
        begin = first + week * _WEEK_DAYS * _DAY
        end = begin + (_WEEK_DAYS - 1) * _DAY
        counts = dose_counts(schedule.doses, begin, end)
        name = f"Week {week + 1}"
        told = counts_in_words(counts, day_number(begin, first))
        detail = f"{name}: {dates_in_words(begin, end, first)}. {told}."
        yield Part("treatment", begin, end, name, name, date_in_words(begin), detail, counts)


class _Course:
    """The parts of one course in cycles."""

    def __init__(self, schedule: CycleSchedule, course: Course, check: CourseCheck | None) -> None:
        self._schedule, self._course, self._check = schedule, course, check
        self._first = min(one.first_day for one in schedule.cycles if one.first_day is not None)
        self._violated = violated_cycles(check, course)
        self._to_next = _CONDITION if next_course_is_provisional(schedule) else ""

    def segments(self) -> Iterator[Part]:
        """Yield the cycles with doses, the rest between them as it is, and the rest after them."""
        for cycle, after in zip_longest(self._schedule.cycles, self._schedule.cycles[1:]):
            yield from self._cycle(cycle)
            rest = None if after is None else rest_between(cycle, after)
            if rest is not None:
                condition = _CONDITION if is_provisional(cycle) else ""
                part = rest_part(rest, self._first, at_least=is_open(after), condition=condition)
                yield self._marked(part) if self._is_too_early(after) else part
        rest = self._schedule.course_rest
        if rest is not None:
            yield rest_part(rest, self._first, at_least=True, condition=self._to_next)

    def _is_too_early(self, cycle: Cycle) -> bool:
        """Return whether a cycle begins before the rest in front of it is over."""
        findings = self._check.findings if self._check else ()
        return any(
            one.rule == "rest_too_short" and _cycle_of(one.at, self._course) == cycle.number
            for one in findings
        )

    @staticmethod
    def _marked(part: Part) -> Part:
        return replace(
            part,
            label=f"× {part.label}",
            short_label=f"× {part.short_label}",
            is_violation=True,
        )

    def _cycle(self, cycle: Cycle) -> Iterator[Part]:
        first, last = cycle.first_day, cycle.last_day
        if first is None or last is None:
            return
        name = f"Cycle {cycle.number}"
        dates = dates_in_words(first, last, self._first)
        counts = dose_counts(cycle.doses, first, last) if cycle.doses else ()
        noun = "dose" if cycle.source == "planned" else "planned dose"
        planned = counts_in_words(counts, day_number(first, self._first), noun)
        given = self._given(cycle)
        given_days = day_number(given[1].date(), first) if given else 0
        if cycle.source == "planned":
            what = NOT_BOOKED if is_open(cycle) else "planned"
            label = f"{name}, not booked" if is_open(cycle) else name
            condition = _CONDITION if is_open(cycle) and self._follows_planned(cycle) else ""
            detail = f"{name}, {what}: {dates}{condition}. {planned}."
        else:
            label = f"{name}, under way" if cycle.doses else f"{name}, given"
            what = "given and planned" if cycle.doses else "given"
            told = f" {planned}." if cycle.doses else ""
            detail = f"{name}, {what}: {dates}. {_given_in_words(cycle, given)}.{told}"
        note = date_in_words(first)
        part = Part(
            "treatment", first, last, label, name, note, detail, counts, given_days, is_open(cycle)
        )
        yield self._marked(part) if cycle.number in self._violated else part

    def _follows_planned(self, cycle: Cycle) -> bool:
        """Return whether doses of the cycle before one are only planned."""
        before = (one for one in self._schedule.cycles if one.number == cycle.number - 1)
        return any(is_provisional(one) for one in before)

    def _given(self, cycle: Cycle) -> tuple[datetime, datetime] | None:
        """Return the times of the first and the last given dose."""
        one = self._course.cycle(cycle.number)
        if one is None or one.first_dose_at is None or one.last_dose_at is None:
            return None
        return one.first_dose_at, one.last_dose_at

    def marks(self) -> Iterator[Part]:
        """Yield the first permitted dates of what has neither begun nor been booked."""
        schedule, check = self._schedule, self._check
        for before, cycle in zip(schedule.cycles, schedule.cycles[1:], strict=False):
            if is_open(cycle) and cycle.first_day is not None:
                name = "A second cycle" if cycle.number == _SECOND else f"Cycle {cycle.number}"
                remark = _CONDITION if is_provisional(before) else ""
                yield self._mark(name, cycle.first_day, remark)
        by_label = check.by_discharge if check else None
        next_day = schedule.next_course_earliest
        is_next = check is not None and check.by_discharge_of == "next_course"
        later = later_reading(next_day, by_label if is_next else None)
        if next_day is not None:
            yield self._mark("Another course", next_day, f"{self._to_next}{_aside(later[0])}")
        if by_label is not None and is_next:
            yield self._mark(f"Another course, {_BY_LABEL}", by_label, _aside(later[1]))
        for name, day, remark in self._this_course():
            if day >= self._first:
                yield self._mark(name, day, remark)

    def _this_course(self) -> Iterator[tuple[str, date, str]]:
        check = self._check
        if check is None or check.this_course_earliest is None:
            return
        by_label = check.by_discharge if check.by_discharge_of == "this_course" else None
        later = later_reading(check.this_course_earliest, by_label)
        yield "This course", check.this_course_earliest, _aside(later[0])
        if by_label is not None:
            yield f"This course, {_BY_LABEL}", by_label, _aside(later[1])

    def _mark(self, name: str, day: date, remark: str) -> Part:
        words = date_in_words(day)
        detail = f"{name}: {words} (day {day_number(day, self._first)}) at the earliest{remark}."
        short = _BY_LABEL if name.endswith(_BY_LABEL) else name
        note = f"from {words}\n{LATER}" if LATER in remark else f"from {words}"
        return Part("permitted", day, day, name, short, note, detail)

    def overview(self) -> Iterator[str]:
        """Yield how many doses were given and are planned, and what the drawing cannot tell."""
        cycles = self._schedule.cycles
        given = sum(cycle.doses_given for cycle in cycles)
        planned = sum(len(cycle.doses) for cycle in cycles)
        told = ((given, "given"), (planned, "planned"))
        counts = [f"{count_in_words(count, 'dose')} {what}" for count, what in told if count]
        last = max(cycle.last_day for cycle in cycles if cycle.last_day is not None)
        yield f"{', '.join(counts)}: {span_in_words(self._first, last)}."
        for cycle in cycles:
            if is_open(cycle):
                yield f"Cycle {cycle.number} is {NOT_BOOKED}."
            elif cycle.last_day is None:
                yield f"Cycle {cycle.number} is over without a dose."
        if self._to_next:
            yield f"The later dates hold {IF_GIVEN}."
        for name, day, remark in self._this_course():
            if day < self._first:
                yield f"{name}: from {date_in_words(day)}{remark}."

    def findings(self) -> tuple[str, ...]:
        """Return a sentence for each finding, with a shape that says how grave it is."""
        shapes = {"violation": "× Beyond the policy's limit:", "advisory": "! To consider:"}
        findings = self._check.findings if self._check else ()
        return tuple(f"{shapes[one.kind]} {one.message}" for one in findings)


def _given_in_words(cycle: Cycle, given: tuple[datetime, datetime] | None) -> str:
    count = f"{count_in_words(cycle.doses_given, 'dose')} given"
    if given is None:
        return count
    first, last = (time_in_words(one) for one in given)
    return f"{count}: {first}" if first == last else f"{count}, from {first} to {last}"
