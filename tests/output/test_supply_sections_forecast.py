"""The forecast in words, and the three parts of a course in the text of the command line."""

import re
from typing import Any

from app.library import Library
from app.output.plain_text import determination_text
from app.output.supply_sections import FORECAST_MEANING, forecast_rows
from tests.cases import case, determine

FIRST = {"first_dose_at": "2026-11-23T20:00"}
SHORT_PERIOD = {"end": "2027-02-15"}


def told(library: Library, **changes: Any) -> dict[str, str]:
    found = determine(library, case(**{"course": FIRST, **changes})).forecast
    assert found is not None
    return {row.label: row.text for row in forecast_rows(found)}


def test_courses_the_total_and_the_grant_are_told(library: Library) -> None:
    assert told(library, authorization={**SHORT_PERIOD, "units": 68}) == {
        "Course 1": "Mon, Nov 23, 2026 to Tue, Dec 15, 2026: 20 doses, 40 vials",
        "Course 2": (
            "Wed, Feb 10, 2027 to Thu, Mar 4, 2027: 20 doses, 40 vials; it ends after the approval"
        ),
        "Total": (
            "40 doses, 80 vials, with 2 vials for each dose of "
            "28,200,000 International Units (28.2 million)"
        ),
        "Authorized": "68 vials, 12 short of the forecast",
    }


def test_enough_vials_are_called_enough(library: Library) -> None:
    found = told(library, authorization={**SHORT_PERIOD, "units": 80})
    assert found["Authorized"] == "80 vials, enough for the forecast"
    lacking = told(library, authorization={**SHORT_PERIOD, "units": 79})
    assert lacking["Authorized"] == "79 vials, 1 short of the forecast"
    assert "Authorized" not in told(library)


def test_vials_wait_for_the_dose(library: Library) -> None:
    found = told(library, weight_kg=None, authorization={**SHORT_PERIOD, "units": 1})
    assert found["Course 1"] == "Mon, Nov 23, 2026 to Tue, Dec 15, 2026: 20 doses"
    assert found["Total"] == "40 doses; the vials are not known before the dose"
    assert found["Authorized"] == "1 vial"


def test_a_period_without_a_course_says_so(library: Library) -> None:
    assert told(library, authorization={"start": "2026-11-01", "end": "2026-11-22"}) == {
        "Total": "No course begins within the approval period."
    }


def test_the_command_line_keeps_label_and_forecast_apart_from_limits(library: Library) -> None:
    cycle = {"number": 1, "doses_given": 1, **FIRST, "last_dose_at": "2026-11-23T20:00"}
    data = case(requested={"dose_iu": 28_200_000}, course={**FIRST, "cycles": [cycle]})
    text = determination_text(determine(library, data), library.catalog)
    sections = {part.splitlines()[0]: part for part in text.split("\n\n")[1:]}
    preparation = next(part for title, part in sections.items() if "Preparation" in title)
    assert "label data, no limits" in preparation.splitlines()[0]
    assert "Alder" not in preparation
    assert "Proleukin prescribing" not in sections["Dose limit"]
    assert "at most 9 doses left" in sections["What was given, and what may follow"]
    forecast = sections["Forecast for the approval period"].splitlines()
    assert forecast[1].strip() == FORECAST_MEANING
    assert "a figure for the authorization request, not a plan" in FORECAST_MEANING
    assert "[]" not in text


def test_no_error_prone_abbreviation_is_written(library: Library) -> None:
    cycles = [{"number": 1, "doses_given": 20, **FIRST, "last_dose_at": "2026-11-24T20:00"}]
    course = {**FIRST, "cycles": cycles, "previous_last_dose_on": "2026-11-20"}
    for dose_iu in (1, 42_074_074, 60_000_000):
        data = case(weight_kg="110", requested={"dose_iu": dose_iu}, course=course)
        text = determination_text(determine(library, data), library.catalog)
        assert not re.search(r"\bIU\b|\bU\b|[<>≥≤@]|\bcc\b|\.0 |\b\d{5,}\b(?!\S*[0-9a-f])", text)
