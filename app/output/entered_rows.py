"""The case as it was entered: a row of label and text for each known field.

What the catalog places in the head of a report, or with the request, is left out.
"""

from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from app.model.case import Case
from app.model.case_fields import CaseField
from app.model.case_values import WEIGHT
from app.model.catalog import Catalog
from app.model.formatting import (
    count_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
    time_in_words,
)
from app.model.known_fields import fields_of
from app.model.quantities import INTERNATIONAL_UNITS
from app.output.dose_phrases import NO_WEIGHT_DATE, weight_in_words
from app.output.phrases import answer_text

_WEIGHT_DATE = "weight_measured_on"  # also told where it is not entered, beside a weight


def entered_rows(case: Case, catalog: Catalog) -> Iterator[tuple[str, str]]:
    """Yield label and text of each entry in the order of the case, and then each cycle."""
    for field in fields_of(catalog).values():
        entry, value = catalog.entry(field.key), field.value(case)
        is_empty = value is None or (value == () and not field.is_nullable)
        label = entry.label_in_report or entry.label
        if entry.report == "line" and not is_empty:
            yield label, _words(field, value, catalog)
        elif field.key == _WEIGHT_DATE and case.weight_kg is not None:
            yield label, NO_WEIGHT_DATE
    for cycle in case.course.cycles:
        words = "; ".join(_cycle_words(case, cycle.number, catalog))
        yield f"{catalog.label('course.cycles')}: cycle {cycle.number}", words


def _cycle_words(case: Case, number: int, catalog: Catalog) -> Iterator[str]:
    """Yield what is known of one cycle, field by field."""
    for field in fields_of(catalog).values():
        entry, value = catalog.entry(field.key), field.value(case)
        if field.cycle == number and value is not None and entry.phrase is not None:
            yield _in_phrase(entry.phrase, field, value, catalog)


def _in_phrase(phrase: str, field: CaseField, value: Any, catalog: Catalog) -> str:
    if field.kind == "yes_no":
        return phrase if value else f"not {phrase}"
    count = count_in_words(value, field.unit) if field.kind == "whole" else ""
    return phrase.format(value=_words(field, value, catalog), count=count)


def _words(field: CaseField, value: Any, catalog: Catalog) -> str:
    if isinstance(value, datetime):
        return time_in_words(value)
    if isinstance(value, date):
        return date_in_words(value)
    if isinstance(value, Decimal):
        return weight_in_words(value) if field.quantity == WEIGHT else decimal_in_words(value)
    if field.kind == "whole":
        return dose_in_words(value) if field.unit == INTERNATIONAL_UNITS else f"{value:,}"
    return answer_text(value, catalog.entry(field.key))
