"""Every example, typed key by key, shows what it expects."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QTableWidget

from app.model.formatting import date_in_words
from tests.gui.person import Person

EXAMPLES = Path(__file__).parents[1] / "examples" / "cases.jsonl"
CASES = [json.loads(line) for line in EXAMPLES.read_text("utf-8").splitlines()]
STATUS_WORDS = {
    "criteria_met": "Criteria met",
    "criteria_not_met": "Criteria not met",
    "information_missing": "Information missing",
    "clinician_review": "Clinician review",
}


@pytest.mark.parametrize("example", CASES, ids=[one["name"] for one in CASES])
def test_the_window_shows_what_an_example_expects(person: Person, example: dict[str, Any]) -> None:
    person.enter_case(example["case"])
    expected = example["expect"]
    if status := expected.get("approval_status"):
        assert person.read("approval_status") == STATUS_WORDS[status]
    if "dose_limit.max_dose_iu" in expected:
        dose = expected["dose_limit.max_dose_iu"]
        shown = person.read("max_dose")
        assert shown.startswith(f"{dose:,} International Units (") if dose else shown == ""
    if end := expected.get("approval_period.end"):
        assert date_in_words(date.fromisoformat(end)) in person.read("approval_period")
    for key, value in expected.items():
        if key.startswith("schedule."):
            assert date_in_words(date.fromisoformat(value[:10])) in schedule_text(person)
    assert person.read("summary")


def schedule_text(person: Person) -> str:
    table = person.editor("schedule")
    assert isinstance(table, QTableWidget)
    rows, columns = range(table.rowCount()), range(table.columnCount())
    items = (table.item(row, column) for row in rows for column in columns)
    return "\n".join(item.text() for item in items if item is not None)
