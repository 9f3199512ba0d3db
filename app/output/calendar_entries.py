"""The entries of a calendar, and its name, which says what is in doubt.

Every date is one of the schedule, of the course check or of the approval period. No text names the
drug, the indication, a dose, a payer or a person.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, zip_longest

from app.model.case import Case
from app.model.course import Course
from app.model.determination import Determination
from app.model.formatting import count_in_words, date_in_words, time_in_words
from app.model.treatment import (
    CourseCheck,
    Cycle,
    CycleSchedule,
    DoseSchedule,
    Rest,
    Schedule,
    rest_between,
)
from app.output.phrases import period_text
from app.output.plan_words import (
    IF_GIVEN,
    NOT_BOOKED,
    is_open,
    is_provisional,
    later_reading,
    next_course_is_provisional,
)
from app.output.timeline import violated_cycles

_NAME = "Treatment plan"
_ORIGIN = "Planned by the limits of a written policy; not an order."
_ENTERED = "As entered."
_ENTERED_BEYOND = "As entered; beyond a limit of the policy; not an order."
_BEYOND = "beyond a limit"
_ASSUMED = "start assumed"
_RECKONED = "end reckoned"
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """An entry from its first to its last date, both included."""

    title: str
    first_day: date
    last_day: date
    words: str


def calendar_name(found: Determination, schedule: Schedule, case: Case) -> str:
    """Return the name of the calendar: which plan it is, and what is in doubt."""
    doubts = "; ".join(_doubts(found, schedule, case))
    return f"{_NAME} from {date_in_words(_first_day(schedule))}" + (
        f" ({doubts})" if doubts else ""
    )


def _first_day(schedule: Schedule) -> date:
    if isinstance(schedule, DoseSchedule):
        return schedule.doses[0].date()
    return min(one.first_day for one in schedule.cycles if one.first_day is not None)


def _doubts(found: Determination, schedule: Schedule, case: Case) -> Iterator[str]:
    kinds = {one.kind for one in found.course_check.findings} if found.course_check else set()
    if "violation" in kinds:
        yield _BEYOND
    elif kinds:
        yield "see the remark in each entry"
    yield from _verdict_doubts(found)
    if isinstance(schedule, CycleSchedule) and next_course_is_provisional(schedule):
        yield f"later dates hold {IF_GIVEN}"
    if found.approval_period is not None:
        if found.approval_period.assumed_start:
            yield "start of the approval assumed"
        elif case.authorization.end is None:
            yield "end of the approval reckoned"
    if any(note.id == "authorization_does_not_cover" for note in found.notes):
        yield "the authorization does not cover every date"


def _verdict_doubts(found: Determination) -> Iterator[str]:
    """Yield what speaks against the plan as a whole, without the drug, a dose or a person."""
    if found.eligibility.status in ("not_met", "not_covered", "not_addressed"):
        yield "criteria not met"
    if found.preparation is not None and found.preparation.approved_outside_policy:
        yield "the dose is approved outside the policy"
    elif any(one.excess_percent is not None for one in found.request_check.findings):
        yield "the dose is above the limit"
    if found.unconfirmed:
        yield "an unusual value is not confirmed"


def calendar_entries(
    found: Determination, schedule: Schedule, case: Case
) -> Iterator[CalendarEntry]:
    """Yield the entries of a plan, then the end of the approval period."""
    if isinstance(schedule, DoseSchedule):
        yield from _weeks(schedule)
    else:
        yield from _CourseEntries(schedule, case.course, found.course_check).entries()
    period = found.approval_period
    if period is not None:
        reckoned = "" if case.authorization.end else _RECKONED
        title = _with("Approval period ends", [_ASSUMED if period.assumed_start else reckoned])
        words = f"Approval period: {period_text(period, case.authorization)}"
        yield CalendarEntry(title, period.end, period.end, words)


def _weeks(schedule: DoseSchedule) -> Iterator[CalendarEntry]:
    first = schedule.doses[0].date()
    for day, times in _by_date(schedule.doses):
        week, place = divmod((day - first).days, _WEEK_DAYS)
        yield _planned(f"week {week + 1}, day {place + 1}", day, times, ())


def _by_date(doses: Iterable[datetime]) -> Iterator[tuple[date, list[str]]]:
    for day, of_day in groupby(doses, key=datetime.date):
        yield day, [f"{dose:%H:%M}" for dose in of_day]


def _planned(
    place: str, day: date, times: list[str], remarks: Iterable[str], doubts: tuple[str, ...] = ()
) -> CalendarEntry:
    title = _with(f"Treatment, {place}: {', '.join(times)}", doubts)
    told = f"Planned, {place}: {count_in_words(len(times), 'dose')}: {', '.join(times)}"
    origin = _ENTERED_BEYOND if _BEYOND in doubts else _ORIGIN
    return CalendarEntry(title, day, day, _lines(told, remarks, origin))


def _with(title: str, doubts: Iterable[str]) -> str:
    told = "; ".join(filter(None, doubts))
    return f"{title} ({told})" if told else title


def _lines(told: str, remarks: Iterable[str], origin: str = _ORIGIN) -> str:
    return "\n".join((told, *remarks, origin))


class _CourseEntries:
    """The entries of one course in cycles."""

    def __init__(self, schedule: CycleSchedule, course: Course, check: CourseCheck | None) -> None:
        self._schedule, self._course, self._check = schedule, course, check
        self._violated = violated_cycles(check, course)
        self._remarks = tuple(one.message for one in check.findings) if check else ()
        self._to_next = IF_GIVEN if next_course_is_provisional(schedule) else ""

    def entries(self) -> Iterator[CalendarEntry]:
        """Yield cycles, rests and first permitted dates."""
        condition, is_known = "", True
        for cycle, after in zip_longest(self._schedule.cycles, self._schedule.cycles[1:]):
            yield from self._cycle(cycle, condition)
            is_known = is_known and not is_open(cycle)
            condition = IF_GIVEN if is_provisional(cycle) else ""
            rest = None if after is None else rest_between(cycle, after)
            if rest is not None and is_known:  # else nobody knows when it begins
                yield self._rest(rest, condition, at_least=is_open(after))
        last, rest = self._schedule.cycles[-1], self._schedule.course_rest
        if rest is not None and is_known:
            yield self._rest(rest, self._to_next, at_least=True)
        yield from self._next_course(last)
        yield from self._this_course(_first_day(self._schedule))

    def _cycle(self, cycle: Cycle, condition: str) -> Iterator[CalendarEntry]:
        if cycle.first_day is None:
            return
        name = f"cycle {cycle.number}"
        if is_open(cycle):
            title = f"Cycle {cycle.number} may begin from this date"
            told = _sentence(f"Cycle {cycle.number}: {NOT_BOOKED}", condition)
            title = _with(title, ("not booked", condition))
            day, words = cycle.first_day, _lines(told, self._remarks)
            yield CalendarEntry(title, day, day, words)
            return
        doubts = (_BEYOND,) if cycle.number in self._violated else ()
        yield from self._given(cycle, name, doubts)
        for day, times in _by_date(cycle.doses):
            place = f"{name}, day {(day - cycle.first_day).days + 1}"
            yield _planned(place, day, times, self._remarks, doubts)

    def _given(self, cycle: Cycle, name: str, doubts: tuple[str, ...]) -> Iterator[CalendarEntry]:
        """Yield the given doses; nobody knows the times of those between the first and the last."""
        one = self._course.cycle(cycle.number)
        if one is None or one.first_dose_at is None or one.last_dose_at is None:
            return
        first, last = one.first_dose_at, one.last_dose_at
        count = count_in_words(cycle.doses_given, "dose")
        times = time_in_words(first)
        if last != first:
            times = f"the first on {times}, the last on {time_in_words(last)}"
        title = _with(f"Treatment, {name}, given: {count}", doubts)
        origin = _ENTERED_BEYOND if doubts else _ENTERED
        words = _lines(f"Given, {name}: {count}: {times}", self._remarks, origin)
        yield CalendarEntry(title, first.date(), last.date(), words)

    def _rest(self, rest: Rest, condition: str, *, at_least: bool) -> CalendarEntry:
        bound = "at least " if at_least else ""
        title = f"Rest: {bound}{count_in_words(rest.days, 'day')} without a dose"
        words = _lines(_sentence(title, condition), self._remarks)
        return CalendarEntry(_with(title, [condition]), rest.first_day, rest.last_day, words)

    def _next_course(self, two: Cycle) -> Iterator[CalendarEntry]:
        check = self._check
        is_next = check is not None and check.by_discharge_of == "next_course"
        by_label = check.by_discharge if check and is_next else None
        day = self._schedule.next_course_earliest
        later = later_reading(day, by_label)
        not_booked = f"cycle {two.number} not booked" if is_open(two) else ""
        title = "Another course may begin from this date"
        doubts = (later[0], self._to_next, not_booked)
        if day is not None:
            yield self._date(title, day, doubts)
        if by_label is not None:
            title = "Another course, counted from the discharge, may begin from this date"
            yield self._date(title, by_label, (later[1],))

    def _this_course(self, first: date) -> Iterator[CalendarEntry]:
        """Yield the first permitted dates of this course that it was planned or begun before."""
        check = self._check
        if check is None:
            return
        by_policy = check.this_course_earliest
        by_label = check.by_discharge if check.by_discharge_of == "this_course" else None
        later = later_reading(by_policy, by_label)
        if by_policy is not None and by_policy > first:
            title = "This course may begin from this date"
            yield self._date(title, by_policy, (later[0],))
        if by_label is not None and by_label > first:
            title = "This course, counted from the discharge, may begin from this date"
            yield self._date(title, by_label, (later[1],))

    def _date(self, title: str, day: date, doubts: Iterable[str]) -> CalendarEntry:
        known = [one for one in doubts if one]
        words = _lines(_sentence(title, *known), self._remarks)
        return CalendarEntry(_with(title, known), day, day, words)


def _sentence(told: str, *conditions: str) -> str:
    return ", ".join(filter(None, (told, *conditions)))
