"""The texts of a window about the rows of a worklist."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from app.model.catalog import Catalog
from app.model.determination import RequestStatus
from app.model.formatting import (
    VALUE_WORDS,
    count_in_words,
    date_in_words,
    decimal_in_words,
    dose_in_words,
)
from app.output.phrases import STATUS, STATUS_SHAPE, period_text
from app.output.plan_words import IF_GIVEN, later_reading, second_cycle_words
from app.worklist.result import CourseDates, Result
from app.worklist.results import AnsweredRow, RowKind

COLUMN_HEADINGS = ("Column", "What it is", "Allowed values")
ROW_HEADINGS = (
    "Row",
    "Reference",
    "Status",
    "Documented limit",
    "Request",
    "Why, or what is wrong",
)
EMPTY = (
    "Open a worklist: a CSV file from a spreadsheet, or JSON Lines, with one case a row.\n\n"
    "The template has every column; “Columns” describes them. Aldesk reads the file and "
    "keeps nothing of it on this computer."
)
READING = "The first rows are being read."
NO_ROWS = "This file has no rows."
NO_CASE = "This row is not a case that can be opened. Correct it in the file first."
WORKLIST_FAILED = "Stopped by a failure of Aldesk; the finished rows stay."
NOTHING_SAVED = "Cancelled: nothing was saved."
SAME_FILE = "The rows come from this worklist; it would be lost."
NOTHING_FOUND = "No row matches. Choose “All rows” or other words."
_REQUEST: dict[RequestStatus | None, str] = {
    "not_requested": "Nothing requested",
    "within_limits": "Within the limits",
    "exceeds_limits": "Beyond a limit",
    "incomplete": "Not checked yet",
    "no_regimen": "No dosing documented",
    "no_limit_stated": "No limit stated",
    None: "",
}


def kind_words(kind: RowKind | None) -> str:
    """Return the status with its shape, for a row or for the filter; None is "All rows"."""
    if kind is None:
        return "All rows"
    return "! Problem" if kind == "problem" else f"{STATUS_SHAPE[kind]} {STATUS[kind]}"


def status_words(entry: AnsweredRow) -> str:
    """Return the status of a row with its shape, and whether the dosing was not checked."""
    words = kind_words(entry.kind)
    return f"{words}; dosing not checked" if entry.result.is_dosing_unchecked else words


def cells(entry: AnsweredRow) -> tuple[str, ...]:
    """Return the texts of a row of the table, in the order of the headings."""
    result = entry.result
    return (
        f"{entry.row.number:,}",
        result.reference,
        status_words(entry),
        dose_words(result),
        _REQUEST[result.request_status],
        (result.problems or result.summary).replace("\n", " "),
    )


def dose_words(result: Result) -> str:
    """Return the limit in International Units, or that it is not known yet."""
    if result.max_dose_iu is not None:
        return f"{dose_in_words(result.max_dose_iu)} per {result.per}"
    if not result.per:
        return ""
    waiting = _waiting(result)
    return f"Not known yet: confirm the {waiting}" if waiting else "Not known yet"


def _waiting(result: Result) -> str:
    return ", ".join(VALUE_WORDS[one] for one in result.unconfirmed)


def details(entry: AnsweredRow, catalog: Catalog) -> Iterator[str]:
    """Yield everything that is known about a row, one line at a time."""
    result = entry.result
    reference = f", {result.reference}" if result.reference else ""
    yield f"Row {entry.row.number:,}{reference}: {result.headline or kind_words(entry.kind)}"
    yield from (one for one in (result.problems, result.summary) if one)
    told = (result.outside_policy, result.beside_status)
    yield from (one for one in told if one)
    yield from result.course.findings
    if dose := dose_words(result):
        yield f"Documented limit: {dose}"
    if result.excess_percent is not None:
        percent = decimal_in_words(Decimal(result.excess_percent))
        yield f"The requested dose is {percent}% above the limit."
    if result.missing:
        yield f"Still missing: {', '.join(catalog.label(one) for one in result.missing)}"
    if waiting := _waiting(result):
        yield f"Unusual, not used before it is confirmed: {waiting}"
    if result.to_check:
        yield f"To check: {result.to_check}"
    if result.policy_review_overdue:
        yield f"Review overdue: {result.policy_review_overdue}"
    if result.period:
        yield f"Approval period: {period_text(result.period, result.granted)}"
    yield from _dates(result.course)


def _dates(course: CourseDates) -> Iterator[str]:
    """Yield the date of the second cycle, and for each course the readings beside each other."""
    yield from _course("This course", "this_course", course.this_course_earliest, course, "")
    words = course.second_cycle_begins and second_cycle_words(
        course.second_cycle_begins,
        course.second_cycle_first_day,
        provisional=bool(course.second_cycle_provisional),
    )
    if words:
        yield f"Second cycle: {words}"
    condition = IF_GIVEN if course.next_course_provisional else ""
    by_policy = course.next_course_earliest
    yield from _course("Another course", "next_course", by_policy, course, condition)


def _course(
    name: str, key: str, by_policy: date | None, course: CourseDates, condition: str
) -> Iterator[str]:
    by_label = course.by_discharge if course.by_discharge_of == key else None
    later_policy, later_label = later_reading(by_policy, by_label)
    yield from _date(name, by_policy, condition, later_policy)
    yield from _date(f"{name}, by the label after discharge", by_label, later_label)


def _date(label: str, day: date | None, *remarks: str) -> Iterator[str]:
    if day is not None:
        yield f"{label}: {', '.join(filter(None, (f'from {date_in_words(day)}', *remarks)))}"


def done_words(counts: Counter[RowKind]) -> str:
    """Return how many rows are finished, and how many of them have problems."""
    problems = counts["problem"]
    wrong = f", {problems:,} with problems" if problems else ""
    return f"{count_in_words(counts.total(), 'row')} done{wrong}."


def cancelled_words(rows: int) -> str:
    """Return how many rows were finished before the reading was cancelled."""
    return f"Cancelled: {count_in_words(rows, 'row')} done, the rest of the file was not read."


def full_words(rows: int) -> str:
    """Return that a window holds no further row, and what has no such bound."""
    return (
        f"{count_in_words(rows, 'row')} done; the window holds no more, and the rest of the file "
        "was not read. The command aldesk batch has no such bound."
    )


def saved_words(name: str, rows: int, *, is_part: bool) -> str:
    """Return the message that a file was saved, with the number of rows."""
    part = "; the rest of the file was not read" if is_part else ""
    return f"Saved as {name}: {count_in_words(rows, 'row')}{part}."


def refused_words(name: str, why: str) -> str:
    """Return the message that a file cannot be used as a worklist, with the reason."""
    return f"{name} cannot be used as a worklist.\n\n{why}"


def not_saved_words(name: str, why: str) -> str:
    """Return the message that a file was not saved, with the reason."""
    return f"{name} was not saved: {why} Choose another place or name."
