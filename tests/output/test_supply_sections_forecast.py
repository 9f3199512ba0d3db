"""The forecast in words: this course first, then the ceiling, and never "enough" for nothing."""

import re
from typing import Any

from app.library import Library
from app.output.plain_text import determination_text
from app.output.supply_sections import FORECAST_MEANING, forecast_rows
from tests.cases import case, determine

FIRST = {"first_dose_at": "2026-11-23T20:00"}
SHORT_PERIOD = {"end": "2027-02-15"}
GIVEN = {
    "number": 1,
    "doses_given": 4,
    "first_dose_at": "2026-10-01T08:00",
    "last_dose_at": "2026-10-03T08:00",
}


def told(library: Library, **changes: Any) -> dict[str, str]:
    found = determine(library, case(**{"course": FIRST, **changes})).forecast
    assert found is not None
    return {row.label: row.text for row in forecast_rows(found)}


def test_the_first_course_leads_and_the_ceiling_follows(library: Library) -> None:
    found = told(library, authorization={**SHORT_PERIOD, "units": 68})
    assert list(found.items()) == [
        (
            "Course 1",
            "Mon, Nov 23, 2026 to Tue, Dec 15, 2026: 20 doses, 40 vials by content, 40 by volume",
        ),
        (
            "Each dose",
            "2 vials for 28,200,000 International Units (28.2 million); no two doses share one",
        ),
        (
            "Authorized",
            "68 vials; enough for the first course; 12 short of all courses of the ceiling",
        ),
        (
            "Ceiling, course 2",
            (
                "Wed, Feb 10, 2027 to Thu, Mar 4, 2027: 20 doses, 40 vials by content, 40 by "
                "volume; it ends after the approval"
            ),
        ),
        ("Ceiling in all", "40 doses, 80 vials by content, 80 by volume"),
    ]
    assert "Each further course needs tumor shrinkage first" in FORECAST_MEANING
    assert "a figure for the authorization request, not a plan" in FORECAST_MEANING


def test_both_vial_counts_are_told(library: Library) -> None:
    """55 kg: each dose of 22 million takes one vial by content and two by volume."""
    found = told(library, weight_kg="55", authorization=SHORT_PERIOD)
    assert found["Ceiling in all"] == (
        "40 doses, 40 vials by content, 80 by volume; plan with the larger"
    )


def test_what_is_short_is_told_for_the_first_course_and_for_all(library: Library) -> None:
    def authorized(units: int) -> str:
        return told(library, authorization={**SHORT_PERIOD, "units": units})["Authorized"]

    enough = "enough for the first course"
    assert authorized(80) == f"80 vials; {enough}; enough for all courses of the ceiling"
    assert authorized(79) == f"79 vials; {enough}; 1 short of all courses of the ceiling"
    assert authorized(39) == (
        "39 vials; 1 short of the first course; 41 short of all courses of the ceiling"
    )
    assert "Authorized" not in told(library)
    alone = told(library, authorization={"end": "2027-01-31", "units": 40})
    assert alone["Authorized"] == f"40 vials; {enough}"
    assert "Ceiling in all" not in alone


def test_vials_wait_for_the_dose(library: Library) -> None:
    found = told(library, weight_kg=None, authorization={**SHORT_PERIOD, "units": 1})
    assert found["Course 1"] == "Mon, Nov 23, 2026 to Tue, Dec 15, 2026: 20 doses"
    assert found["Each dose"] == "the vials are not known before the dose"
    assert found["Ceiling in all"] == "40 doses"
    assert found["Authorized"] == "1 vial"


def test_nothing_is_called_enough_where_nothing_is_counted(library: Library) -> None:
    """Both cycles ended before the period: what was given is used up and paid."""
    cycles = [{**GIVEN, "over": True}, {"number": 2, "over": True}]
    granted = {"start": "2026-11-20", "end": "2026-11-30", "units": 0}
    found = told(library, course={"cycles": cycles}, authorization=granted)
    assert found["Course 1"].endswith(": 4 doses, given before the period: no vials counted")
    assert found["Authorized"].startswith("0 vials; no vial is counted for the first course")
    assert "enough for the first" not in found["Authorized"]


def test_doses_given_before_the_period_take_no_vials_and_are_told(library: Library) -> None:
    """4 doses were given before the period; the second cycle's 10 take 2 vials each."""
    granted = {"start": "2026-10-10", "end": "2026-11-30"}
    found = told(library, course={"cycles": [{**GIVEN, "over": True}]}, authorization=granted)
    assert found["Course 1"].endswith(
        ": 14 doses; 4 of them given before the period: no vials counted; 20 vials by content, 20 "
        "by volume"
    )


def test_a_period_without_a_course_says_so(library: Library) -> None:
    late = {"first_dose_at": "2027-10-01T08:00"}
    assert told(library, course=late, authorization={"units": 5}) == {
        "Courses": "No course begins within the approval period."
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
    assert "[]" not in text


def test_no_error_prone_abbreviation_is_written(library: Library) -> None:
    cycles = [{"number": 1, "doses_given": 20, **FIRST, "last_dose_at": "2026-11-24T20:00"}]
    course = {**FIRST, "cycles": cycles, "previous_last_dose_on": "2026-11-20"}
    for dose_iu in (1, 42_074_074, 60_000_000):
        data = case(weight_kg="110", requested={"dose_iu": dose_iu}, course=course)
        text = determination_text(determine(library, data), library.catalog)
        assert not re.search(r"\bIU\b|\bU\b|[<>≥≤@]|\bcc\b|\.0 |\b\d{5,}\b(?!\S*[0-9a-f])", text)
