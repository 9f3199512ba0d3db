"""A case as it was entered, in words: each entry with its label.

What identifies the case and what was requested stand elsewhere in a report and are left out here.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.model.case import Case, GivenCycle
from app.model.question import Catalog
from app.model.wording import (
    count_in_words,
    date_in_words,
    decimal_in_words,
    time_in_words,
)
from app.output.phrases import answer_text

_ELSEWHERE = {"policy", "date_of_service", "indication", "route", "reference", "requested"}
_PARTS = ("facts", "course", "authorization")


def therapy_text(case: Case, catalog: Catalog) -> str:
    """Return the drug with use and route."""
    use = catalog.inputs["indication"].choices[case.indication]
    route = catalog.inputs["route"].choices[case.route]
    return f"Therapy: aldesleukin (Proleukin), {use.lower()}, {route.lower()}"


def entered_rows(case: Case, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield label and words of each entry, in the order of the case."""
    for key, value in _entries(case):
        label = catalog.label(key).removesuffix(" (optional)")
        yield label, _words(key, value, catalog)
    for cycle in case.course.cycles:
        yield f"{catalog.label('course.cycles')}: cycle {cycle.number}", _cycle_words(cycle)


def _entries(case: Case) -> Iterator[tuple[str, Any]]:
    """Yield key and value of what is known; no answer of a list is an answer, too."""
    known = case.model_dump(exclude_none=True, exclude=_ELSEWHERE)
    for name, value in known.items():
        if name in _PARTS:
            yield from ((f"{name}.{key}", one) for key, one in value.items() if key != "cycles")
        elif value != ():
            yield name, value


def _words(key: str, value: Any, catalog: Catalog) -> str:
    if isinstance(value, datetime):
        return time_in_words(value)
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, Decimal):
        return decimal_in_words(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return f"{value:,}"
    return answer_text(value, catalog.entry(key))


def _cycle_words(cycle: GivenCycle) -> str:
    told = [f"{count_in_words(cycle.doses_given, 'dose')} given"]
    if cycle.doses_held is not None:
        told.append(f"{cycle.doses_held:,} held")
    if cycle.first_dose_at is not None:
        told.append(f"first {time_in_words(cycle.first_dose_at)}")
    if cycle.last_dose_at is not None:
        told.append(f"last {time_in_words(cycle.last_dose_at)}")
    if cycle.over is not None:
        told.append("over" if cycle.over else "not over")
    return "; ".join(told)
