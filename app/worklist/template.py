"""The template of a worklist, and the values allowed in each column, both from the model."""

from collections.abc import Iterator, Mapping

from app.casework.typed_text import NONE_OF_THESE, none_of_these
from app.help.examples import ExampleEntry, read_examples
from app.library import Library
from app.model.case_fields import CASE_FIELDS, CaseField, Fields
from app.model.catalog import SEPARATOR
from app.model.formatting import decimal_in_words
from app.model.quantities import Measure, Whole
from app.worklist.csv_format import BYTE_ORDER_MARK, CSV_LINE_END, csv_line

_EXAMPLES = 2
_REFERENCE = "example"
_CONFIRMED = "confirmed."
INTRODUCTION = (
    "One case a row, one column for each entry. An empty cell means “not known”; a column that is "
    "not required may be left out. Save as “CSV UTF-8”, and keep dates and times as text, because "
    "a spreadsheet rewrites them. Results that Aldesk "
    "wrote into a file are ignored when it is read. Never enter a name or a record number."
)


def template_csv(fields: Fields = CASE_FIELDS) -> bytes:
    """Return a CSV file with a column for each field, and with examples to be replaced."""
    rows = [csv_line(fields, ",")]
    for example in read_examples()[:_EXAMPLES]:
        cells = {**example.entries, "reference": _REFERENCE}
        rows.append(csv_line((_cell(cells, key) for key in fields), ","))
    return BYTE_ORDER_MARK + b"".join(row + CSV_LINE_END for row in rows)


def column_rows(library: Library) -> Iterator[tuple[str, str, str]]:
    """Yield the heading of each column, its label, and the values allowed in it."""
    for column in library.fields.values():
        said = "Required. " if column.is_required else ""
        entry = library.catalog.entry(column.key)
        label = entry.label_of_column or entry.label
        yield column.key, label, f"{said}{_may_hold(column, library)}"


def _cell(entries: Mapping[str, ExampleEntry], key: str) -> str:
    """Return an entry of an example as a cell."""
    entry = entries.get(key, "")
    if isinstance(entry, bool):
        return "yes" if entry else "no"
    return SEPARATOR.join(entry) or NONE_OF_THESE if isinstance(entry, tuple) else entry


def _may_hold(column: CaseField, library: Library) -> str:
    """Return a description of the values allowed in a column."""
    if isinstance(column.quantity, Measure):
        low, high = (decimal_in_words(one) for one in (column.quantity.low, column.quantity.high))
        unit = f" in {column.unit}" if column.unit else ""
        example = column.quantity.example
        return f"A number{unit} from {low} to {high}, like {example}.{_confirms(column)}"
    if isinstance(column.quantity, Whole):
        return f"A whole number, {_bounds(column.quantity)}: digits only.{_confirms(column)}"
    if column.kind == "text":
        return _text(column, library)
    listed = f": {', '.join(column.choices)}" if column.choices else ", like C43.9"
    return {
        "date": "A date, like 2026-11-23.",
        "time": "A date and time, like 2026-11-23T08:00.",
        "yes_no": "yes or no.",
        "choice": f"One of{listed}.",
    }.get(column.kind, f"One or more, with {SEPARATOR} between them{_or_none(column)}{listed}.")


def _bounds(number: Whole) -> str:
    return f"{number.low:,} to {number.high:,}"


def _confirms(column: CaseField) -> str:
    """Return what a column about a checked value is for, or ""."""
    if not column.key.startswith(_CONFIRMED):
        return ""
    about = column.key.removeprefix(_CONFIRMED)
    return f" The value of {about} once somebody has checked it; it counts while both are equal."


def _or_none(column: CaseField) -> str:
    return f", or {none_of_these(column)} for none of these" if column.is_nullable else ""


def _text(column: CaseField, library: Library) -> str:
    if column.key == "policy":
        ids = dict.fromkeys(policy.id for policy in library.policies)
        return f"One of: {', '.join(ids)}."
    return library.catalog.entry(column.key).help or "Text."
