"""Courses to be drawn, begun on Mon, Nov 23, 2026: every kind of schedule, in every font size."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from app.library import Library
from app.model.treatment import Schedule
from tests.cases import case, determine

IN_REST = date(2026, 12, 3)
BEFORE = date(2026, 11, 11)
OTHERS: tuple[dict[str, Any], ...] = (
    {"route": "intralesional"},
    {"indication": "graft_versus_host_disease", "route": "subcutaneous", "facts": None},
)


def schedule(library: Library, hour: str = "08:00", planned: int = 10, **changes: Any) -> Schedule:
    course = {"first_dose_at": f"2026-11-23T{hour}", "doses_per_cycle": planned}
    found = determine(library, case(course=course, **changes)).schedule
    assert found is not None
    return found


def schedules(library: Library) -> Iterator[Schedule]:
    for hour, planned in product(("08:00", "20:00"), (1, 5, 10)):
        yield schedule(library, hour, planned)
    for other in OTHERS:
        yield schedule(library, **other)


def font(factor: float = 1) -> QFont:
    scaled = QApplication.font()
    scaled.setPointSizeF(scaled.pointSizeF() * factor)
    return scaled
