"""A course as a timeline: its parts with dates and texts, and one text for all of them.

Defines what to draw, not where or how: no pixels, no colors. Days are counted from the first date
of the course, which is day 1.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

from app.model.formatting import count_in_words, date_in_words, span_in_words
from app.model.treatment import CycleSchedule, DoseSchedule, Rest, Schedule

PartKind = Literal["treatment", "rest", "today", "permitted"]

_DAY = timedelta(days=1)
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Part:
    """A span of dates, or a mark on a single date.

    `short_label` replaces a `label` that does not fit; `note` is a second, smaller line. `doses`
    counts the planned doses of each date from first to last; it is empty if there are none.
    """

    kind: PartKind
    first_day: date
    last_day: date
    label: str
    short_label: str
    note: str
    detail: str
    doses: tuple[int, ...] = ()

    @property
    def is_mark(self) -> bool:
        """Whether this is a mark on a date and not a span of dates."""
        return self.kind in ("today", "permitted")


@dataclass(frozen=True, slots=True)
class TimelinePlan:
    """Everything that a timeline shows: consecutive segments, and marks on single dates.

    `today_text` is empty if today is one of the marks. `text` describes the whole drawing.
    """

    first_day: date
    last_day: date
    segments: tuple[Part, ...]
    marks: tuple[Part, ...]
    overview: str
    today_text: str
    text: str

    @property
    def days(self) -> int:
        """The number of dates from first to last, both included."""
        return day_number(self.last_day, self.first_day)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Segments and marks by first date; a mark comes after the segment that contains it."""
        return tuple(sorted((*self.segments, *self.marks), key=lambda part: part.first_day))

    @property
    def most_doses_daily(self) -> int:
        """The highest number of doses on one date."""
        return max((count for part in self.segments for count in part.doses), default=0)


def day_number(day: date, first_day: date) -> int:
    """Return the number of a date, the first being day 1.

    >>> day_number(date(2026, 11, 30), date(2026, 11, 23))
    8
    """
    return (day - first_day).days + 1


def axis_words(day: date, first_day: date) -> tuple[str, str]:
    """Return the two labels of a date on an axis: its day number, and month and day.

    >>> axis_words(date(2026, 11, 30), date(2026, 11, 23))
    ('day 8', 'Nov 30')
    """
    return f"day {day_number(day, first_day)}", date_in_words(day).split(", ")[1]


def timeline_of(schedule: Schedule, today: date) -> TimelinePlan:
    """Return the timeline of a plan, with today marked."""
    if isinstance(schedule, DoseSchedule):
        weeks = tuple(_weeks(schedule))
        overview = _overview(schedule.doses, f"in the first {count_in_words(len(weeks), 'week')}")
        return make_plan(weeks, (), overview, today)
    doses = tuple(dose for cycle in schedule.cycles for dose in cycle.doses)
    overview = _overview(doses, "in 2 cycles")
    return make_plan(_course(schedule), (_next_course(schedule),), overview, today)


def make_plan(
    segments: Iterable[Part], marks: Iterable[Part], overview: str, today: date
) -> TimelinePlan:
    """Return a timeline from its first segment to its last part, with today marked or described."""
    segments, marks = tuple(segments), tuple(marks)
    first = segments[0].first_day
    last = max(part.last_day for part in (*segments, *marks))
    today_text = _today_outside(today, first, last, marks)
    if not today_text:
        marks = (*marks, _today(today, first, (*marks, *segments)))
    bare = TimelinePlan(first, last, segments, marks, overview, today_text, "")
    text = " ".join((overview, *(part.detail for part in bare.parts), today_text)).rstrip()
    return TimelinePlan(first, last, segments, marks, overview, today_text, text)


def _course(schedule: CycleSchedule) -> Iterator[Part]:
    first = schedule.cycles[0].first_day
    for cycle, rest in zip(schedule.cycles, (schedule.rest, schedule.course_rest), strict=True):
        name = f"Cycle {cycle.number}"
        yield _treatment(name, cycle.first_day, cycle.last_day, cycle.doses, first)
        yield from _rest(rest, first)


def _weeks(schedule: DoseSchedule) -> Iterator[Part]:
    first = schedule.doses[0].date()
    for week in range(-(-day_number(schedule.doses[-1].date(), first) // _WEEK_DAYS)):
        begin = first + week * _WEEK_DAYS * _DAY
        end = begin + (_WEEK_DAYS - 1) * _DAY
        doses = tuple(dose for dose in schedule.doses if begin <= dose.date() <= end)
        yield _treatment(f"Week {week + 1}", begin, end, doses, first)


def _treatment(
    name: str, first: date, last: date, doses: tuple[datetime, ...], course_first: date
) -> Part:
    per_date = Counter(dose.date() for dose in doses)
    counts = tuple(per_date[first + place * _DAY] for place in range(day_number(last, first)))
    told = _counts_in_words(counts, day_number(first, course_first))
    detail = f"{name}: {_dates(first, last, course_first)}. {told}."
    return Part("treatment", first, last, name, name, date_in_words(first), detail, counts)


def _rest(rest: Rest, course_first: date) -> Iterator[Part]:
    if rest.days == 0:
        return
    length = _length(rest.days)
    dates = _dates(rest.first_day, rest.last_day, course_first)
    without = f"{count_in_words(rest.days, 'date')} without a dose"
    detail = f"Rest of at least {length}: {dates}. {without}."
    yield Part("rest", rest.first_day, rest.last_day, f"{length} of rest", length, "", detail)


def _next_course(schedule: CycleSchedule) -> Part:
    day = schedule.next_course_earliest
    number = day_number(day, schedule.cycles[0].first_day)
    detail = f"Another course: {date_in_words(day)} (day {number}) at the earliest."
    name = "Another course"
    return Part("permitted", day, day, name, name, f"from {date_in_words(day)}", detail)


def _today(today: date, course_first: date, parts: Iterable[Part]) -> Part:
    day = date_in_words(today)
    where = next((part for part in parts if part.first_day <= today <= part.last_day), None)
    what = "the first date for" if where and where.kind == "permitted" else "during"
    told = f", {what} {_lower(where.label)}" if where else ""
    detail = f"Today: {day} (day {day_number(today, course_first)}){told}."
    return Part("today", today, today, "Today", "Today", day, detail)


def _today_outside(today: date, first: date, last: date, marks: tuple[Part, ...]) -> str:
    if first <= today <= last:
        return ""
    name = f"Today, {date_in_words(today)}"
    if today < first:
        return f"{name}: {count_in_words((first - today).days, 'day')} before the first dose."
    end = next((part for part in marks if part.last_day == last), None)
    what = f"first date for {_lower(end.label)}" if end else "last date shown"
    return f"{name}: {count_in_words((today - last).days, 'day')} after the {what}."


def _counts_in_words(counts: tuple[int, ...], number: int) -> str:
    total = count_in_words(sum(counts), "dose")
    if len(counts) == 1:
        return total
    told = []
    for count, run in groupby(counts):
        days = len(tuple(run))
        if count:
            every = f"{count} on {'each of ' if days > 1 else ''}"
            told.append(every + days_in_words(number, number + days - 1))
        number += days
    return f"{total}: {', '.join(told)}"


def _dates(first: date, last: date, course_first: date) -> str:
    days = days_in_words(day_number(first, course_first), day_number(last, course_first))
    return f"{span_in_words(first, last)} ({days})"


def days_in_words(first: int, last: int) -> str:
    """Return a range of day numbers as text."""
    return f"day {first}" if first == last else f"days {first} to {last}"


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]


def _length(days: int) -> str:
    weeks, rest = divmod(days, _WEEK_DAYS)
    is_weeks = rest == 0 and weeks > 1
    return count_in_words(weeks, "week") if is_weeks else count_in_words(days, "day")


def _overview(doses: tuple[datetime, ...], extent: str) -> str:
    span = span_in_words(doses[0].date(), doses[-1].date())
    return f"{count_in_words(len(doses), 'dose')} {extent}: {span}."
