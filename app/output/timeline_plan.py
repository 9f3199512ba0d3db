"""What a timeline shows: which parts lie on which dates, and what is said of each.

Says what there is to draw, never where or how: no pixels, no colors. Days are counted from the
first date of the course, which is day 1.
"""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from app.model.wording import date_in_words

PartKind = Literal["treatment", "rest", "today", "permitted"]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of dates, or a single date to be marked.

    `short_label` is for where `label` has no room, `note` a second, smaller line of the label.
    `doses` counts the doses of each date from first to last; it is empty where none are planned.
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
        """Return whether this marks a date instead of filling a stretch of dates."""
        return self.kind in ("today", "permitted")


@dataclass(frozen=True, slots=True)
class TimelinePlan:
    """All that a timeline shows; segments follow each other, marks stand on single dates.

    `today_text` is empty where today is one of the marks. `text` says everything without a drawing.
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
        """Return how many dates there are from first to last."""
        return day_number(self.last_day, self.first_day)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Return segments and marks as time goes by; a mark follows the segment that it is in."""
        return tuple(sorted((*self.segments, *self.marks), key=lambda part: part.first_day))

    @property
    def most_doses_daily(self) -> int:
        """Return the highest number of doses on one date."""
        return max((count for part in self.segments for count in part.doses), default=0)


def day_number(day: date, first_day: date) -> int:
    """Return the number of a date, the first being day 1.

    >>> day_number(date(2026, 11, 30), date(2026, 11, 23))
    8
    """
    return (day - first_day).days + 1


def axis_words(day: date, first_day: date) -> tuple[str, str]:
    """Return a date as an axis names it: its number, and month and day.

    >>> axis_words(date(2026, 11, 30), date(2026, 11, 23))
    ('day 8', 'Nov 30')
    """
    return f"day {day_number(day, first_day)}", date_in_words(day).split(", ")[1]
