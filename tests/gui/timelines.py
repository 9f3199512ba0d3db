"""Courses to be drawn, begun on Mon, Nov 23, 2026: every kind of schedule, in every font size."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from app.library import Library
from app.model.case_json import read_case
from app.model.treatment import Schedule
from app.output.timeline import timeline_of
from app.output.timeline_parts import TimelinePlan
from tests.cases import case, determine

IN_REST = date(2026, 12, 3)
BEFORE = date(2026, 11, 11)
GIVEN = {"number": 1, "first_dose_at": "2026-11-23T08:00"}
ALL_GIVEN = {**GIVEN, "doses_given": 10, "last_dose_at": "2026-11-27T20:00"}
UNDER_WAY: dict[str, Any] = {
    "cycles": [{**GIVEN, "doses_given": 5, "last_dose_at": "2026-11-25T08:00"}]
}
BOOKED: dict[str, Any] = {
    "cycles": [ALL_GIVEN, {"number": 2, "planned_first_at": "2026-12-14T08:00"}]
}
TOO_EARLY: dict[str, Any] = {
    "cycles": [ALL_GIVEN, {"number": 2, "planned_first_at": "2026-12-05T08:00"}],
    "previous_last_dose_on": "2026-10-10",
}
WITHOUT_A_DOSE: dict[str, Any] = {
    "cycles": [ALL_GIVEN, {"number": 2, "over": True}],
    "discharge_date": "2026-12-20",
}
OTHERS: tuple[dict[str, Any], ...] = (
    {"route": "intralesional"},
    {"indication": "graft_versus_host_disease", "route": "subcutaneous", "facts": None},
)


def schedule(library: Library, hour: str = "08:00", planned: int = 10, **changes: Any) -> Schedule:
    course = {"first_dose_at": f"2026-11-23T{hour}", "doses_per_cycle": planned}
    found = determine(library, case(course=course, **changes)).schedule
    assert found is not None
    return found


def plan_of(one: Schedule, today: date) -> TimelinePlan:
    plan = timeline_of(one, today)
    assert plan is not None
    return plan


def told(library: Library, today: date, **course: Any) -> TimelinePlan:
    """The timeline of a course of which the case tells more than the first dose."""
    read = read_case(case(course=course))
    found = determine(library, case(course=course))
    assert found.schedule is not None
    plan = timeline_of(found.schedule, today, read.course, found.course_check)
    assert plan is not None
    return plan


def plans(library: Library, today: date) -> Iterator[TimelinePlan]:
    for hour, planned in product(("08:00", "20:00"), (1, 5, 10)):
        yield plan_of(schedule(library, hour, planned), today)
    for other in OTHERS:
        yield plan_of(schedule(library, **other), today)
    for course in (UNDER_WAY, BOOKED, TOO_EARLY, WITHOUT_A_DOSE):
        yield told(library, today, **course)


def font(factor: float = 1) -> QFont:
    scaled = QApplication.font()
    scaled.setPointSizeF(scaled.pointSizeF() * factor)
    return scaled
