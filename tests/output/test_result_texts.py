"""The texts by their place: what stands beside the status, and what a screen reader says."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.library import Library
from app.model.case_json import read_case
from app.model.determination import DeterminationNote
from app.output.chart_note import chart_note
from app.output.plain_text import determination_text
from app.output.report import report_html, report_of
from app.output.result_texts import announcement, result_texts
from tests.cases import case

GUIDELINE = "The guideline recommends this no longer."


def outcome(library: Library, **changes: Any) -> Outcome:
    return judge(Draft.of(read_case(case(**changes))), library)


def test_that_the_guideline_recommends_it_no_longer_stands_beside_the_status(
    library: Library,
) -> None:
    plain = outcome(library)
    assert plain.determination is not None
    assert result_texts(plain)["status_note"] == ""
    note = DeterminationNote(
        "nccn_no_longer_recommends_rcc", "caveat", "case", GUIDELINE, "Somewhere"
    )
    noted = replace(plain.determination, notes=(*plain.determination.notes, note))
    found = replace(plain, determination=noted)
    assert result_texts(found)["status_note"] == GUIDELINE
    assert determination_text(noted, library.catalog).splitlines()[2] == GUIDELINE
    assert chart_note(found).splitlines()[4] == GUIDELINE
    page = report_html(report_of(found, datetime(2026, 11, 24)))
    assert page.index("Clinical criteria met") < page.index(GUIDELINE) < page.index("<h3>")


def test_a_screen_reader_says_headline_and_dose(library: Library) -> None:
    assert announcement(outcome(library)) == (
        "Clinical criteria met; dosing not checked. Maximum per dose that the policy allows: "
        "28,200,000 International Units (28.2 million)"
    )
    assert announcement(outcome(library, weight_kg="154")) == (
        "Weight to be confirmed. Unusual, and not used until somebody confirms "
        "it: weight. Check it on the chart, then correct or confirm it"
    )
    assert announcement(judge(Draft(), library)).startswith("To see a result, fill in:")


def test_the_place_of_the_approval_tells_a_gap_of_the_authorization(library: Library) -> None:
    assert result_texts(outcome(library))["approval_period"] == (
        "Approval period: Mon, Nov 23, 2026 to Wed, Sep 22, 2027 "
        "(start assumed to be the date of service)"
    )
    started = outcome(library, authorization={"start": "2026-11-01"})
    assert result_texts(started)["approval_period"].endswith(
        "(start as authorized, end reckoned by Aldesk)"
    )
    gap = outcome(library, authorization={"end": "2026-11-22"})
    assert "does not cover Mon, Nov 23, 2026" in result_texts(gap)["approval_period"]
    assert "approval_period" not in result_texts(outcome(library, age_years=17))


def test_the_regimen_of_the_plan_is_named(library: Library) -> None:
    course = {"first_dose_at": "2026-11-23T08:00"}
    planned = result_texts(outcome(library, course=course))
    assert planned["schedule_title"] == "Aldesleukin by vein: every 12 hours"
    other = result_texts(outcome(library, course=course, regimen="til"))
    assert "a different regimen" in other["schedule_title"]
    assert "schedule_title" not in result_texts(outcome(library))


def test_the_dose_has_no_number_while_a_value_waits(library: Library) -> None:
    texts = result_texts(outcome(library, weight_kg="154"))
    assert texts["max_dose"] == ""
    assert texts["basis"] == (
        "400,000 International Units/kg × weight, which waits for a confirmation"
    )
    assert result_texts(outcome(library, indication="other"))["dose_title"] == (
        "No dosing is documented for this use by this route."
    )
