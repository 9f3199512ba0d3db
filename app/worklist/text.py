"""The texts of a window about the rows of a worklist."""

from collections import Counter
from collections.abc import Iterator

from app.model.catalog import Catalog
from app.model.determination import RequestStatus
from app.model.formatting import (
    MEASUREMENT_WORDS,
    count_in_words,
    date_in_words,
    dose_in_words,
    span_in_words,
)
from app.output.phrases import STATUS, STATUS_SHAPE
from app.worklist.results import AnsweredRow, Result, RowKind

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
    "no_regimen": "No documented limit",
    None: "",
}


def kind_words(kind: RowKind | None) -> str:
    """Return the status with its shape, for a row or for the filter; None is "All rows"."""
    if kind is None:
        return "All rows"
    return "! Problem" if kind == "problem" else f"{STATUS_SHAPE[kind]} {STATUS[kind]}"


def cells(entry: AnsweredRow) -> tuple[str, ...]:
    """Return the texts of a row of the table, in the order of the headings."""
    result = entry.result
    return (
        f"{entry.row.number:,}",
        result.reference,
        kind_words(entry.kind),
        dose_words(result),
        _REQUEST[result.request_status],
        (result.problems or result.summary).replace("\n", " "),
    )


def dose_words(result: Result) -> str:
    """Return the limit in International Units, or which unconfirmed measurement withholds it."""
    if result.unconfirmed:
        measured = ", ".join(MEASUREMENT_WORDS[one] for one in result.unconfirmed)
        return f"Held back: check the {measured}"
    if result.max_dose_iu is None:
        return "Not known yet" if result.per else ""
    return f"{dose_in_words(result.max_dose_iu)} per {result.per}"


def details(entry: AnsweredRow, catalog: Catalog) -> Iterator[str]:
    """Yield everything that is known about a row, one line at a time."""
    result = entry.result
    reference = f", {result.reference}" if result.reference else ""
    yield f"Row {entry.row.number:,}{reference}: {kind_words(entry.kind)}"
    yield from (one for one in (result.problems, result.summary) if one)
    if dose := dose_words(result):
        yield f"Documented limit: {dose}"
    if result.missing:
        yield f"Still missing: {', '.join(catalog.label(one) for one in result.missing)}"
    if result.to_check:
        yield f"To check: {result.to_check}"
    yield from _dates(result)


def _dates(result: Result) -> Iterator[str]:
    if result.approval_start and result.approval_end:
        period = span_in_words(result.approval_start, result.approval_end)
        yield f"Approval period: {period}"
    for label, day in (
        ("Second cycle", result.second_cycle_earliest),
        ("Another course", result.next_course_earliest),
    ):
        if day is not None:
            yield f"{label}: from {date_in_words(day)}"


def done_words(counts: Counter[RowKind]) -> str:
    """Return how many rows are finished, and how many of them have problems."""
    problems = counts["problem"]
    wrong = f", {problems:,} with problems" if problems else ""
    return f"{count_in_words(counts.total(), 'row')} done{wrong}."


def cancelled_words(rows: int) -> str:
    """Return how many rows were finished before the reading was cancelled."""
    return f"Cancelled: {count_in_words(rows, 'row')} done, the rest of the file was not read."


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
