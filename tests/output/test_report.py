"""The report holds every part of a result, tells no held dose, and lets no text become HTML."""

import re
from dataclasses import replace
from datetime import datetime
from html import unescape
from typing import Any

import pytest

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.library import Library
from app.model.case_json import read_case
from app.output.report import report_footer, report_html
from app.output.report_parts import report_of
from app.output.sections import entered_rows
from tests.cases import CIGNA, EXPRESS_SCRIPTS, case

NOW = datetime(2026, 11, 24, 7, 5)
A_DOSE = r"[0-9] International Units"
HELD = case(weight_kg="154", height_cm="175", requested={"dose_iu": 92_400_001, "doses_per_day": 4})


def judged(library: Library, data: dict[str, Any]) -> Outcome:
    return judge(Draft.of(read_case(data)), library)


def html(library: Library, outcome: Outcome) -> str:
    return report_html(report_of(outcome, library.catalog, NOW))


def words(library: Library, data: dict[str, Any]) -> str:
    """The text of the report of a case, its pieces set apart by single blanks."""
    bare = re.sub("<[^>]+>", " ", html(library, judged(library, data)))
    return " ".join(unescape(bare).split())


def test_the_parts_come_in_their_order(library: Library) -> None:
    text = words(
        library,
        case(requested={"dose_iu": 42_300_000}, course={"first_dose_at": "2026-11-23T08:00"}),
    )
    parts = [
        *("Dose and eligibility under a written policy", "Printed: Tue, Nov 24, 2026, 07:05"),
        *("Room for the patient label", "✓ Criteria met", "✓ Met Aged at least 18 years"),
        *("Maximum per dose that the policy allows", "42,300,000 International Units (42.3"),
        *("600,000 International Units/kg × 70.5 kg", "Frequency at most three times daily"),
        *("Requested", "Within the limit: at most 42,300,000", "Schedule", "Cycle 1 Mon, Nov 23"),
        *("Case as entered", "Weight (kg) 70.5", "Criterion Result Answer", "From the policy"),
        *("From the label", "in force since Fri, May 1, 2026", "Policy file SHA-256"),
        *("Pharmacist, initials", "Date", "Second check, initials", "Date"),
    ]
    place = 0
    for part in parts:
        place = text.index(part, place)


def test_without_a_result_there_is_no_report(library: Library) -> None:
    wrong = Draft.of(read_case(case())).with_entry("weight_kg", "70,5")
    too_early = Draft.of(read_case(case(date_of_service="2020-01-01")))
    for draft in (Draft(), wrong, too_early):
        with pytest.raises(ValueError, match="no result"):
            report_of(judge(draft, library), library.catalog, NOW)


def test_a_held_dose_is_nowhere_and_the_report_says_why(library: Library) -> None:
    assert judged(library, HELD).unconfirmed
    text = words(library, HELD)
    assert not re.search(A_DOSE, text)
    assert "92,400,00" not in text
    assert "Held back: a measurement is unusual" in text
    assert "(weight, height) waits for confirmation" in text
    assert "Dose (International Units) Held back with the dose" in text.replace("\xa0", "")
    assert "Doses per day 4 doses Beyond the limit by 1 dose: at most 3 doses." in text
    confirmed = {**HELD, "confirmed": ["weight_kg", "height_cm"]}
    assert "92,400,001 International Units" in words(library, confirmed)


@pytest.mark.parametrize("reference", ["<b>row 7</b>", "&lt;i&gt; & \"'", "</table><img src=x>"])
def test_free_text_stays_text(library: Library, reference: str) -> None:
    page = html(library, judged(library, case(reference=reference)))
    assert f"Reference: {reference}" in unescape(page)
    assert reference not in page


def test_every_text_is_escaped_wherever_it_comes_from(library: Library) -> None:
    canary = "<u>&canary</u>"
    outcome = judged(library, case(requested={"dose_iu": 1}))
    found, policy = outcome.determination, outcome.policy
    assert found is not None
    assert policy is not None
    spoiled = replace(
        found,
        summary=canary,
        eligibility=replace(
            found.eligibility,
            criteria=replace(found.eligibility.criteria, text=canary, citation=canary),
        ),
        engine_version=canary,
        policy=replace(found.policy, title=canary, payer=canary, version=canary, sha256=canary),
        notes=tuple(replace(note, text=canary, citation=canary) for note in found.notes),
    )
    titled = replace(policy, title=canary, payer=canary, version=canary)
    page = html(library, replace(outcome, determination=spoiled, policy=titled))
    assert canary not in page
    assert page.count("&lt;u&gt;&amp;canary&lt;/u&gt;") >= 8 + 2 * len(found.notes)


def test_every_entry_is_told_with_its_label(library: Library) -> None:
    whole = case(
        height_cm="175.50",
        bsa_m2="1.8",
        bsa_formula="du_bois",
        regimen="til",
        previous_weight_kg="71",
        confirmed=["weight_kg"],
        facts={"metastatic_disease": False, "prescriber_specialties": [], "lesion_site": ["nodal"]},
        course={
            "number": 2,
            "first_dose_at": "2026-11-23T08:00",
            "doses_per_cycle": 12,
            "previous_last_dose_on": "2026-09-01",
            "discharge_date": "2026-09-03",
            "cycles": [
                {
                    "number": 1,
                    "doses_given": 1,
                    "doses_held": 13,
                    "first_dose_at": "2026-11-23T08:00",
                    "last_dose_at": "2026-11-23T08:00",
                    "over": True,
                },
                {"number": 2, "doses_given": 0, "over": False},
            ],
        },
        authorization={"start": "2026-11-01", "end": "2027-10-31", "units": 1120},
    )
    assert dict(entered_rows(read_case(whole), library.catalog)) == {
        "Age (years)": "54",
        "Weight (kg)": "70.5",
        "Height (cm)": "175.5",
        "Body surface area (m²)": "1.8",
        "Formula for body surface area": "Du Bois",
        "Is the disease metastatic?": "no",
        "Who prescribes or is consulted?": "none of these",
        "Where are the lesions to be injected?": "Nodal",
        "Regimen": "With tumor-infiltrating lymphocyte therapy",
        "Course number": "2",
        "First dose (date and time)": "Mon, Nov 23, 2026, 08:00",
        "Planned doses per cycle": "12",
        "Last dose of the previous course": "Tue, Sep 1, 2026",
        "Discharge from hospital": "Thu, Sep 3, 2026",
        "Authorization starts": "Sun, Nov 1, 2026",
        "Authorization ends": "Sun, Oct 31, 2027",
        "Vials authorized": "1,120",
        "Weight at the previous course (kg)": "71",
        "Unusual measurements that were checked": "Weight",
        "Doses given in each cycle: cycle 1": "1 dose given; 13 held; "
        "first Mon, Nov 23, 2026, 08:00; last Mon, Nov 23, 2026, 08:00; over",
        "Doses given in each cycle: cycle 2": "0 doses given; not over",
    }


def test_an_age_of_nothing_is_an_age(library: Library) -> None:
    rows = dict(entered_rows(read_case(case(age_years=0)), library.catalog))
    assert rows["Age (years)"] == "0"


def test_an_entry_that_the_policy_does_not_ask_for_is_left_out(library: Library) -> None:
    hidden = case(facts={"metastatic_disease": True, "chronic_gvhd": True})
    assert "graft-versus-host" not in words(library, hidden)


def test_each_criterion_stands_with_result_answer_and_place(library: Library) -> None:
    text = words(library, case(policy=EXPRESS_SCRIPTS, facts={"single_agent": False}))
    assert "Criterion Result Answer Place in Express Scripts UM policy" in text
    for row in (
        "Aged at least 18 years ✓ Met 54 FDA-Approved Indications 1, A, i ",
        "Aldesleukin is used as a single agent × Not met no FDA-Approved Indications 1, A, iv",
        "The disease is metastatic ? Not known not known FDA-Approved Indications 1, A, ii",
        "Intralesional therapy – Not this route Intravenous FDA-Approved Indications 1, B",
    ):
        assert row in text


def test_a_request_without_a_documented_limit_is_told_all_the_same(library: Library) -> None:
    text = words(library, case(indication="other", requested={"dose_iu": 5000}))
    assert "5,000 International Units (0.005 million) The policy states no limit for this." in text


def test_the_plan_is_told_cycle_beside_cycle_with_its_rests(library: Library) -> None:
    text = words(library, case(course={"first_dose_at": "2026-11-23T20:00"}))
    for row in (
        "Cycle 1 Mon, Nov 23, 2026 1 dose: 20:00 Cycle 2 Tue, Dec 8, 2026 1 dose: 20:00",
        "Cycle 1 Sat, Nov 28, 2026 1 dose: 04:00 Cycle 2 Sun, Dec 13, 2026 1 dose: 04:00",
        "Rest Sun, Nov 29, 2026 to Mon, Dec 7, 2026 9 days without a dose",
        "Rest Mon, Dec 14, 2026 to Sun, Jan 31, 2027 49 days without a dose",
        "Another course Mon, Feb 1, 2027 at the earliest",
    ):
        assert row in text


def test_the_line_below_a_page_names_program_policy_time_and_page(library: Library) -> None:
    report = report_of(judged(library, case()), library.catalog, NOW)
    [version] = library.versions(CIGNA)
    assert report_footer(report, 2, 3) == (
        f"Aldesk {report.determination.engine_version} · cigna-ip0407 version 2026-05-01"
        f" · file SHA-256 {version.sha256[:12]} · printed Tue, Nov 24, 2026, 07:05 · page 2 of 3"
    )
