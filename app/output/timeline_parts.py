"""The parts of a timeline with dates and texts, and one text for all of them.

Defines what to draw, not where or how: no pixels, no colors. Days are counted from the first date
of the course, which is day 1.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Literal

from app.model.formatting import count_in_words, date_in_words, span_in_words
from app.model.treatment import Rest

PartKind = Literal["treatment", "rest", "today", "permitted"]

_DAY = timedelta(days=1)
_WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Part:
    """A span of dates, or a mark on a single date.

    `short_label` replaces a `label` that does not fit; `note` has smaller lines. `doses`
    counts the planned doses of each date from first to last; it is empty if there are none. On the
    first `given_days` dates doses were given, nobody knows how many on which. An open part is
    planned, but not booked.
    """

    kind: PartKind
    first_day: date
    last_day: date
    label: str
    short_label: str
    note: str
    detail: str
    doses: tuple[int, ...] = ()
    given_days: int = 0
    is_open: bool = False
    is_violation: bool = False

    @property
    def is_mark(self) -> bool:
        """Whether this is a mark on a date and not a span of dates."""
        return self.kind in ("today", "permitted")


@dataclass(frozen=True, slots=True)
class TimelinePlan:
    """Everything that a timeline shows: its segments, and marks on single dates.

    `findings` has a sentence for each departure from a limit or from the label's advice.
    `today_text` is empty if today is one of the marks. `text` describes the whole drawing.
    """

    first_day: date
    last_day: date
    segments: tuple[Part, ...]
    marks: tuple[Part, ...]
    overview: str
    findings: tuple[str, ...]
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
        """The highest number of planned doses on one date, with a place for given ones."""
        return max(
            (
                rows_below(part, place) + count
                for part in self.segments
                for place, count in enumerate(part.doses)
            ),
            default=0,
        )


def rows_below(part: Part, place: int) -> int:
    """Return how many rows given doses take on a date of a part: 1 or 0."""
    return int(place < part.given_days)


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


def make_plan(
    segments: Iterable[Part],
    marks: Iterable[Part],
    overview: str,
    today: date,
    findings: tuple[str, ...] = (),
) -> TimelinePlan:
    """Return a timeline from its first to its last date, with today marked or described."""
    segments, marks = tuple(segments), tuple(marks)
    first = min(part.first_day for part in segments)
    last = max(part.last_day for part in (*segments, *marks))
    today_text = _today_outside(today, first, last, marks)
    if not today_text:
        marks = (*marks, _today(today, first, (*marks, *segments)))
    bare = TimelinePlan(first, last, segments, marks, overview, findings, today_text, "")
    details = (part.detail for part in bare.parts)
    text = " ".join((overview, *findings, *details, today_text)).rstrip()
    return replace(bare, text=text)


def dose_counts(doses: Iterable[datetime], first: date, last: date) -> tuple[int, ...]:
    """Return how many of the doses lie on each date from first to last."""
    per_date = Counter(dose.date() for dose in doses)
    return tuple(per_date[first + place * _DAY] for place in range(day_number(last, first)))


def rest_part(rest: Rest, course_first: date, *, at_least: bool, condition: str) -> Part:
    """Return a rest; `at_least` where it may also be longer, as the policy asks for it."""
    length = rest_length(rest.days)
    dates = dates_in_words(rest.first_day, rest.last_day, course_first)
    without = f"{count_in_words(rest.days, 'date')} without a dose"
    name = f"Rest of at least {length}" if at_least else f"Rest of {length}"
    detail = f"{name}: {dates}{condition}. {without}."
    return Part("rest", rest.first_day, rest.last_day, f"{length} of rest", length, "", detail)


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


def counts_in_words(counts: tuple[int, ...], number: int, what: str = "dose") -> str:
    """Return the doses of dates in words; `number` is that of the first of these dates."""
    total = count_in_words(sum(counts), what)
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


def dates_in_words(first: date, last: date, course_first: date) -> str:
    """Return a range of dates as text, with their day numbers."""
    days = days_in_words(day_number(first, course_first), day_number(last, course_first))
    return f"{span_in_words(first, last)} ({days})"


def days_in_words(first: int, last: int) -> str:
    """Return a range of day numbers as text."""
    return f"day {first}" if first == last else f"days {first} to {last}"


def _lower(label: str) -> str:
    return label[0].lower() + label[1:]


def rest_length(days: int) -> str:
    """Return a number of days as text, in whole weeks from two weeks on."""
    weeks, rest = divmod(days, _WEEK_DAYS)
    is_weeks = rest == 0 and weeks > 1
    return count_in_words(weeks, "week") if is_weeks else count_in_words(days, "day")
