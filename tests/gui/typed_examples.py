"""Examples typed key by key, and what the window then shows against what they expect."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from PySide6.QtWidgets import QCheckBox, QLabel, QTableWidget, QWidget

from app.model.formatting import date_in_words
from tests.cases import Example
from tests.gui.person import Person

STATUS_WORDS = {
    "criteria_met": "Criteria met",
    "criteria_not_met": "Criteria not met",
    "information_missing": "Information missing",
    "clinician_review": "Clinician review",
}
_A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2})?")
_LARGE = 1_000  # from here on a whole number is no count that stands anywhere by chance
# What an example says about these stands in words of the window's own, which other tests read.
_IN_OTHER_WORDS = ("eligibility.", "request_check.", "dose_limit.missing")
# The parts of a determination, and what the window shows each in.
_PARTS = {
    "schedule": "schedule",
    "course_check": "course",
    "forecast": "forecast",
    "units": "units",
    "preparation": "preparation",
}


def wrong_on_screen(person: Person, example: Example) -> list[str]:
    """Type an example and return the keys of which the window shows something else."""
    person.enter_case(example.case)
    expected = example.expect
    if any(key.startswith("error.") for key in expected):
        return [key for key, holds in _refused(person, expected) if not holds]
    return [key for key, holds in _shown(person, expected) if not holds]


def _refused(person: Person, expected: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield that nothing of a result is there, and that the problem stands at its field."""
    is_blank = not any(person.read(name) for name in ("approval_status", "max_dose"))
    yield "error.kind", is_blank and bool(person.window.draft.problems)
    if at := expected.get("error.problems.0.at"):
        yield "error.problems.0.at", bool(person.problem(at))


def _shown(person: Person, expected: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    yield "summary", bool(person.read("summary"))
    for key, value in expected.items():
        part, _, name = key.partition(".")
        if key == "approval_status":
            yield key, person.status() == STATUS_WORDS[value]
        elif key == "unconfirmed":
            yield key, sorted(_waiting(person)) == value
        elif key in ("dose_limit", "dose_limit.max_dose_iu"):
            shown = person.read("max_dose")
            yield key, shown.startswith(f"{value:,} International Units (") if value else not shown
        elif part == "approval_period":
            yield from _period(key, value, person.read("approval_period"))
        elif key == "course_check.second_cycle_earliest" and _is_booked(expected):
            continue  # the date of the booking stands there: a cycle has one date
        elif part in _PARTS:
            widget = person.window.findChild(QWidget, _PARTS[part])
            is_there = widget is not None and widget.isVisible()
            if value is None and not name:
                yield key, not is_there
            else:
                yield from _in_words(key, value, _text(widget))
        else:
            assert key.startswith(_IN_OTHER_WORDS), key


def _is_booked(expected: dict[str, Any]) -> bool:
    return expected.get("schedule.cycles.1.begins") == "entered"


def _waiting(person: Person) -> Iterator[str]:
    """Yield the keys of the values that wait for a tick."""
    for box in person.window.findChildren(QCheckBox):
        if box.objectName().startswith("confirmed.") and box.isVisible() and not box.isChecked():
            yield box.objectName().removeprefix("confirmed.")


def _period(key: str, value: Any, shown: str) -> Iterator[tuple[str, bool]]:
    if value is None:
        yield key, not shown.startswith("Approval period")
    elif isinstance(value, dict):
        yield key, all(_written(value[one]) in shown for one in ("start", "end"))
        yield key, ("assumed" in shown) is value["assumed_start"]
    elif isinstance(value, bool):
        yield key, ("assumed" in shown) is value
    else:
        yield key, _written(value) in shown


def _in_words(key: str, value: Any, shown: str) -> Iterator[tuple[str, bool]]:
    """Yield whether each date and each large number of a value is shown."""
    values = value if isinstance(value, list) else [value]
    for one in values:
        if isinstance(one, str) and _A_DAY.fullmatch(one):
            yield key, _written(one) in shown and one[11:] in shown
        elif isinstance(one, int) and one >= _LARGE:
            yield key, f"{one:,}" in shown


def _written(day: str) -> str:
    return date_in_words(date.fromisoformat(day[:10]))


def _text(widget: QWidget | None) -> str:
    if isinstance(widget, QTableWidget):
        rows, columns = range(widget.rowCount()), range(widget.columnCount())
        items = (widget.item(row, column) for row in rows for column in columns)
        return "\n".join(item.text() for item in items if item is not None)
    labels = widget.findChildren(QLabel) if widget is not None else []
    return "\n".join(one.text() for one in labels if one.isVisible())
