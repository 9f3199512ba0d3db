"""What belongs to the course besides the plan: what was given, the preparation, the forecast.

Each part is a title with cited rows. While a measurement waits for a confirmation, what rests on a
dose has no part.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from app.desk import Outcome
from app.output.course_words import COURSE_TITLE, course_rows
from app.output.forecast_words import FORECAST_MEANING, FORECAST_TITLE, forecast_rows
from app.output.phrases import Row
from app.output.preparation_words import preparation_rows, preparation_title

PartKind = Literal["course", "preparation", "forecast"]


@dataclass(frozen=True, slots=True)
class ClockPart:
    """One part; `meaning` says what its numbers are, where that needs saying."""

    kind: PartKind
    title: str
    meaning: str
    rows: tuple[Row, ...]


def clock_parts(outcome: Outcome) -> Iterator[ClockPart]:
    """Yield the parts that an outcome has."""
    found = outcome.determination
    if found is None:
        return
    if found.course_check is not None:
        yield ClockPart("course", COURSE_TITLE, "", tuple(course_rows(found.course_check)))
    if outcome.held:
        return
    if found.preparation is not None:
        title, rows = preparation_title(found.preparation), preparation_rows(found.preparation)
        yield ClockPart("preparation", title, "", tuple(rows))
    if found.forecast is not None:
        rows = forecast_rows(found.forecast)
        yield ClockPart("forecast", FORECAST_TITLE, FORECAST_MEANING, tuple(rows))
