"""The second cycle has one date in every output: booked, begun and ended ones keep their own.

Alder asks for 11 dates of rest. A first cycle that ended on Fri, Nov 27 permits a second one from
Wed, Dec 9; another course may begin 57 dates after the last dose.
"""

import csv
import io
import json
from typing import Any

import pytest

from app.library import Library
from app.model.case_json import read_case
from app.output.calendar import calendar_bytes
from app.output.chart_note import chart_note
from app.output.course_sections import course_section, earliest_rows
from app.output.plain_text import determination_text
from app.output.report import report_html
from app.output.report import report_of as made
from app.worklist.csv_format import RESULT_COLUMNS
from app.worklist.results import AnsweredRow, answered
from app.worklist.sheets import open_sheet
from app.worklist.text import details
from tests.answers import csv_answers
from tests.cases import case, determine
from tests.output.test_chart_note import judged
from tests.output.test_report import NOW

ONE = {
    "number": 1,
    "doses_given": 10,
    "first_dose_at": "2026-11-23T08:00",
    "last_dose_at": "2026-11-27T20:00",
}
BOOKED = {"number": 2, "planned_first_at": "2026-12-14T08:00"}
BEGUN = {
    "number": 2,
    "doses_given": 2,
    "first_dose_at": "2026-12-12T08:00",
    "last_dose_at": "2026-12-12T20:00",
}
WITHOUT_A_DOSE = {"number": 2, "over": True}
ALL_HELD = {"number": 2, "doses_held": 10}
EARLIEST = ("Dec 9, 2026", "2026-12-09", "20261209")
STATES: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "booked": (BOOKED, "booked for Mon, Dec 14, 2026", "entered", "2026-12-14"),
    "begun": (BEGUN, "begun on Sat, Dec 12, 2026", "given", "2026-12-12"),
    "over": (WITHOUT_A_DOSE, "", "given", ""),
    "held": (ALL_HELD, "", "given", ""),
}


def told(*cycles: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return case(course={"cycles": list(cycles)}, **changes)


def worklist_lines(library: Library, data: dict[str, Any]) -> list[str]:
    sheet = open_sheet(io.BytesIO(json.dumps(data).encode()), "list.jsonl")
    [row] = sheet.rows()
    return list(details(AnsweredRow(row, answered(sheet, row, library)), library.catalog))


def worklist_cells(library: Library, data: dict[str, Any]) -> dict[str, str]:
    sheet = open_sheet(io.BytesIO(json.dumps(data).encode()), "list.jsonl")
    [line] = csv_answers(sheet, library)
    [cells] = csv.reader([line.text.decode()])
    return dict(zip(RESULT_COLUMNS, cells[len(sheet.columns) :], strict=True))


def every_output(library: Library, data: dict[str, Any]) -> dict[str, str]:
    found, outcome, read = determine(library, data), judged(library, data), read_case(data)
    calendar = calendar_bytes(found, read)
    assert calendar is not None
    return {
        "plain text": determination_text(found, library.catalog, read),
        "note": chart_note(outcome),
        "report": report_html(made(outcome, NOW)),
        "calendar": calendar.decode().replace("\r\n ", ""),
        "worklist": "\n".join(worklist_lines(library, data)),
        "table": " ".join(worklist_cells(library, data).values()),
    }


@pytest.mark.parametrize("state", STATES)
def test_no_output_offers_another_date_than_that_of_the_plan(library: Library, state: str) -> None:
    data = told(ONE, STATES[state][0])
    for name, text in every_output(library, data).items():
        assert not [date for date in EARLIEST if date in text], name


@pytest.mark.parametrize("state", STATES)
def test_section_and_worklist_say_what_the_date_is(library: Library, state: str) -> None:
    two, words, begins, day = STATES[state]
    data = told(ONE, two)
    section = course_section(determine(library, data), library.catalog)
    assert section is not None
    texts = [row.text for row in section.rows if row.label == "Second cycle"]
    assert texts == ([words] if words else [])
    lines = [one for one in worklist_lines(library, data) if one.startswith("Second cycle")]
    assert lines == ([f"Second cycle: {words}"] if words else [])
    cells = worklist_cells(library, data)
    assert (cells["second_cycle_begins"], cells["second_cycle_first_day"]) == (begins, day)
    assert (cells["second_cycle_earliest"], cells["second_cycle_provisional"]) == ("", "")


def test_while_nobody_booked_it_the_earliest_permitted_date_stands(library: Library) -> None:
    for text in every_output(library, told(ONE)).values():
        assert [date for date in EARLIEST if date in text]
    cells = worklist_cells(library, told(ONE))
    assert cells["second_cycle_begins"] == "earliest_permitted"
    assert cells["second_cycle_earliest"] == "2026-12-09"
    assert cells["second_cycle_first_day"] == "2026-12-09"
    assert cells["second_cycle_provisional"] == "no"


def test_a_date_too_early_has_the_permitted_one_as_the_reason_only(library: Library) -> None:
    early = {"number": 2, "planned_first_at": "2026-12-05T08:00"}
    lines = [one for one in worklist_lines(library, told(ONE, early)) if EARLIEST[0] in one]
    assert lines
    assert all("the policy allows it from Wed, Dec 9, 2026 on" in one for one in lines)
    cells = worklist_cells(library, told(ONE, early))
    assert cells["second_cycle_first_day"] == "2026-12-05"


def test_a_plan_that_nobody_began_keeps_its_row_beside_the_limits(library: Library) -> None:
    found = determine(library, case(course={"first_dose_at": "2026-11-23T08:00"}))
    assert [row.text for row in earliest_rows(found) if row.label == "Second cycle"] == [
        "from Wed, Dec 9, 2026, the earliest permitted, not booked, if the planned doses are given"
    ]


def test_the_label_s_reading_follows_the_policy_s_for_the_same_course(library: Library) -> None:
    """57 dates after Oct 5 are Dec 1; 49 days after Oct 9 are Nov 27."""
    course = {
        "first_dose_at": "2026-12-07T08:00",
        "previous_last_dose_on": "2026-10-05",
        "discharge_date": "2026-10-09",
    }
    section = course_section(determine(library, case(course=course)), library.catalog)
    assert section is not None
    labels = [row.label for row in section.rows]
    assert labels[:2] == ["This course, by the policy", "This course, by the label after discharge"]
    lines = worklist_lines(library, case(course=course))
    [at] = [place for place, one in enumerate(lines) if one.startswith("This course: ")]
    assert lines[at + 1].startswith("This course, by the label after discharge: ")
