"""Examples typed key by key, and what the window then shows against what they expect."""

from collections.abc import Iterator
from datetime import date

from PySide6.QtWidgets import QTableWidget

from app.model.formatting import date_in_words
from tests.cases import Example
from tests.gui.person import Person

STATUS_WORDS = {
    "criteria_met": "Criteria met",
    "criteria_not_met": "Criteria not met",
    "information_missing": "Information missing",
    "clinician_review": "Clinician review",
}


def wrong_on_screen(person: Person, example: Example) -> list[str]:
    """Type an example and return the keys of which the window shows something else."""
    person.enter_case(example.case)
    return [key for key, holds in _shown(person, example) if not holds]


def _shown(person: Person, example: Example) -> Iterator[tuple[str, bool]]:
    expected = example.expect
    if status := expected.get("approval_status"):
        yield "approval_status", person.read("approval_status") == STATUS_WORDS[status]
    if "dose_limit.max_dose_iu" in expected:
        dose, shown = expected["dose_limit.max_dose_iu"], person.read("max_dose")
        wanted = f"{dose:,} International Units (" if dose else ""
        yield "dose_limit.max_dose_iu", shown.startswith(wanted) if dose else shown == ""
    if end := expected.get("approval_period.end"):
        in_words = date_in_words(date.fromisoformat(end))
        yield "approval_period.end", in_words in person.read("approval_period")
    for key, value in expected.items():
        if key.startswith("schedule."):
            yield key, date_in_words(date.fromisoformat(value[:10])) in _schedule_text(person)
    yield "summary", bool(person.read("summary"))


def _schedule_text(person: Person) -> str:
    table = person.editor("schedule")
    assert isinstance(table, QTableWidget)
    rows, columns = range(table.rowCount()), range(table.columnCount())
    items = (table.item(row, column) for row in rows for column in columns)
    return "\n".join(item.text() for item in items if item is not None)
