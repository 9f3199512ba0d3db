"""No two outputs of a case name different dates for the same thing.

The schedule is the one plan. Timeline, calendar, worklist, forecast, course check and the sections
in words are read back here, each by its own texts, and compared with it.
"""

import io
import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import given, settings
from icalendar import Calendar

from app.library import Library
from app.model.case_json import read_case
from app.model.course import Course
from app.model.determination import Determination
from app.model.treatment import CycleSchedule, DoseSchedule
from app.output.calendar import calendar_bytes
from app.output.course_sections import course_section, schedule_section
from app.output.phrases import Section
from app.output.timeline import timeline_of
from app.worklist.csv_format import RESULT_COLUMNS
from app.worklist.sheets import open_sheet
from tests.answers import csv_answers
from tests.cases import determine
from tests.properties.plan_cases import plan_cases

DAY = timedelta(days=1)
TODAY = date(2026, 11, 30)
_WRITTEN = re.compile(r"[A-Z][a-z]{2}, ([A-Z][a-z]{2} [0-9]{1,2}, [0-9]{4})")
Dates = dict[str, list[date]]


def plan_of(found: Determination) -> CycleSchedule | None:
    return found.schedule if isinstance(found.schedule, CycleSchedule) else None


def of_plan(plan: CycleSchedule) -> Dates:
    """First and last date of each part, and the first permitted date of another course."""
    told: Dates = {
        f"cycle {one.number}": [one.first_day, one.last_day]
        for one in plan.cycles
        if one.first_day is not None and one.last_day is not None
    }
    if plan.rest is not None:
        told["rest"] = [plan.rest.first_day, plan.rest.last_day]
    assert plan.course_rest is not None
    assert plan.next_course_earliest is not None
    told["course rest"] = [plan.course_rest.first_day, plan.course_rest.last_day]
    told["another course"] = [plan.next_course_earliest] * 2
    two = plan.cycles[1]
    if two.begins == "earliest_permitted" and two.first_day is not None:
        told["second cycle"] = [two.first_day] * 2
    return told


@settings(max_examples=150)
@given(data=plan_cases())
def test_the_timeline_has_the_dates_of_the_plan(library: Library, data: dict[str, Any]) -> None:
    found, course = determine(library, data), read_case(data).course
    plan = plan_of(found)
    if plan is None:
        return
    drawn = timeline_of(plan, TODAY, course, found.course_check)
    if drawn is None:  # too long to be read
        return
    rests = [[one.first_day, one.last_day] for one in drawn.segments if one.kind == "rest"]
    told: Dates = {}
    for part in (*drawn.segments, *drawn.marks):
        name = re.sub("^× |, .*$", "", part.label).lower()
        if name.startswith("cycle"):
            told[name] = [part.first_day, part.last_day]
        elif part.label == "Another course":
            told["another course"] = [part.first_day, part.last_day]
        elif part.label == "A second cycle":
            told["second cycle"] = [part.first_day, part.last_day]
    expected = of_plan(plan)
    expected_rests = [expected.pop(name) for name in ("rest", "course rest") if name in expected]
    assert told == expected
    assert rests == expected_rests
    planned = {f"cycle {one.number}": len(one.doses) for one in plan.cycles}
    for part in drawn.segments:
        name = re.sub("^× |, .*$", "", part.label).lower()
        assert sum(part.doses) == planned.get(name, 0)


def events(found: Determination, data: dict[str, Any]) -> Iterator[tuple[str, date, date]]:
    written = calendar_bytes(found, read_case(data))
    assert written is not None
    for one in Calendar.from_ical(written).walk("VEVENT"):
        yield str(one["SUMMARY"]), one.decoded("DTSTART"), one.decoded("DTEND") - DAY


@settings(max_examples=150)
@given(data=plan_cases())
def test_the_calendar_has_the_dates_of_the_plan(library: Library, data: dict[str, Any]) -> None:
    found = determine(library, data)
    plan = plan_of(found)
    if plan is None:
        return
    told: Dates = {}
    for title, first, last in events(found, data):
        treatment = re.match("Treatment, (cycle [12]),", title)
        if treatment:
            before = told.get(treatment[1], [first, last])
            told[treatment[1]] = [min(before[0], first), max(before[1], last)]
        elif title.startswith("Cycle 2 may begin"):
            told["second cycle"] = [first, last]
        elif title.startswith("Another course may begin"):
            told["another course"] = [first, last]
    expected = of_plan(plan)
    if "second cycle" in expected:  # nobody has booked it: no treatment days
        del expected["cycle 2"]
    for name in ("rest", "course rest"):
        expected.pop(name, None)
    assert told == expected


@settings(max_examples=150)
@given(data=plan_cases())
def test_course_check_and_forecast_begin_with_the_plan(
    library: Library, data: dict[str, Any]
) -> None:
    found = determine(library, data)
    plan, check = plan_of(found), found.course_check
    if plan is not None and check is not None:
        assert check.next_course_earliest == plan.next_course_earliest
        if plan.cycles[1].begins == "earliest_permitted":
            assert check.second_cycle_earliest == plan.cycles[1].first_day
    if plan is not None and found.forecast is not None and found.forecast.courses:
        first, days = found.forecast.courses[0], [one for one in plan.cycles if one.last_day]
        assert (first.first_day, first.last_day) == (days[0].first_day, days[-1].last_day)
        assert first.doses == sum(one.doses_given + len(one.doses) for one in plan.cycles)


@settings(max_examples=150)
@given(data=plan_cases())
def test_a_worklist_has_the_dates_of_the_plan(library: Library, data: dict[str, Any]) -> None:
    found = determine(library, data)
    plan, check = plan_of(found), found.course_check
    cells = worklist_cells(library, data)
    if plan is not None:
        assert plan.next_course_earliest is not None
        assert cells["next_course_earliest"] == plan.next_course_earliest.isoformat()
        assert cells["second_cycle_begins"] == plan.cycles[1].begins
        is_open = plan.cycles[1].begins == "earliest_permitted"
        own = str(plan.cycles[1].first_day or "")
        assert cells["second_cycle_first_day"] == own
        assert cells["second_cycle_earliest"] == (own if is_open else "")
    for key in ("this_course_earliest", "by_discharge"):
        assert cells[key] == str((check and getattr(check, key)) or "")


def worklist_cells(library: Library, data: dict[str, Any]) -> dict[str, str]:
    import csv  # noqa: PLC0415  # its name is that of a file here

    sheet = open_sheet(io.BytesIO(json.dumps(data).encode()), "list.jsonl")
    [line] = csv_answers(sheet, library)
    [cells] = csv.reader([line.text.decode()])
    return dict(zip(RESULT_COLUMNS, cells[len(sheet.columns) :], strict=True))


@settings(max_examples=150)
@given(data=plan_cases())
def test_the_sections_in_words_name_no_other_date(library: Library, data: dict[str, Any]) -> None:
    found, course = determine(library, data), read_case(data).course
    allowed = set(all_dates(found, course))
    for section in (
        schedule_section(found, library.catalog),
        course_section(found, library.catalog),
    ):
        assert set(dates_in(section)) <= allowed


def dates_in(section: Section | None) -> Iterator[date]:
    if section is None:
        return
    texts = [section.title, section.meaning]
    texts += [text for row in section.rows for text in (row.label, row.text, row.detail)]
    for written in _WRITTEN.findall("\n".join(texts)):
        yield datetime.strptime(written, "%b %d, %Y").date()  # noqa: DTZ007  # only a date


def all_dates(found: Determination, course: Course) -> Iterator[date]:
    """Every date that the determination itself has, and the given ones of the case."""
    if isinstance(found.schedule, DoseSchedule):
        yield from (dose.date() for dose in found.schedule.doses)
    plan, check = plan_of(found), found.course_check
    if plan is not None:
        yield from (day for days in of_plan(plan).values() for day in days)
        yield from (dose.date() for one in plan.cycles for dose in one.doses)
    if check is not None:
        for name in ("second_cycle", "next_course", "this_course"):
            yield from filter(None, [getattr(check, f"{name}_earliest")])
        yield from filter(None, [check.by_discharge])
    given = [time for one in course.cycles for time in (one.first_dose_at, one.last_dose_at)]
    yield from (time.date() for time in (*given, course.first_dose_at) if time is not None)
