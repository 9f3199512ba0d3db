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
from app.output.entered_rows import entered_rows
from app.output.report import report_footer, report_html, report_of
from tests.cases import ALDER, BIRCH, case

NOW = datetime(2026, 11, 24, 7, 5)
A_DOSE = r"[0-9] International Units"
HELD = case(weight_kg="154", height_cm="175", requested={"dose_iu": 61_600_001, "doses_per_day": 3})


def judged(library: Library, data: dict[str, Any]) -> Outcome:
    return judge(Draft.of(read_case(data)), library)


def html(outcome: Outcome) -> str:
    return report_html(report_of(outcome, NOW))


def words(library: Library, data: dict[str, Any]) -> str:
    """The text of the report of a case, its pieces set apart by single blanks."""
    bare = re.sub("<[^>]+>", " ", html(judged(library, data)))
    return " ".join(unescape(bare).split())


def test_the_parts_come_in_their_order(library: Library) -> None:
    text = words(
        library,
        case(requested={"dose_iu": 28_200_000}, course={"first_dose_at": "2026-11-23T08:00"}),
    )
    parts = [
        *("Dose and eligibility under a written policy", "Printed: Tue, Nov 24, 2026, 07:05"),
        *("Room for the patient label", "✓ Criteria met", "✓ Met Aged at least 21 years"),
        *("Maximum per dose that the policy allows", "28,200,000 International Units (28.2"),
        *("400,000 International Units/kg × 70.5 kg", "Frequency at most twice daily"),
        *("Requested", "Within the limit: at most 28,200,000", "Schedule", "Cycle 1 Mon, Nov 23"),
        *("Case as entered", "Weight (kg) 70.5", "Criterion Result Answer", "From the policy"),
        *("From the label", "in force since Mon, Mar 2, 2026", "Policy file SHA-256"),
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
            report_of(judge(draft, library), NOW)


def test_a_held_dose_is_nowhere_and_the_report_says_why(library: Library) -> None:
    assert judged(library, HELD).unconfirmed
    text = words(library, HELD)
    assert not re.search(A_DOSE, text)
    assert "61,600,00" not in text
    assert "Held back: a measurement is unusual" in text
    assert "(weight, height) waits for confirmation" in text
    assert "Dose (International Units) Held back with the dose" in text.replace("\xa0", "")
    assert "Doses per day 3 doses Beyond the limit by 1 dose: at most 2 doses." in text
    confirmed = {**HELD, "confirmed": ["weight_kg", "height_cm"]}
    assert "61,600,001 International Units" in words(library, confirmed)


@pytest.mark.parametrize("reference", ["<b>row 7</b>", "&lt;i&gt; & \"'", "</table><img src=x>"])
def test_free_text_stays_text(library: Library, reference: str) -> None:
    page = html(judged(library, case(reference=reference)))
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
    page = html(replace(outcome, determination=spoiled, policy=titled))
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
        "Where is every lesion to be injected?": "Nodal",
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
    text = words(library, case(policy=BIRCH, facts={"single_agent": False}))
    assert "Criterion Result Answer Place in Birch handbook" in text
    for row in (
        "Aged at least 30 years ✓ Met 54 Chapter A part 1, i ",
        "Nothing else is given with it × Not met no Chapter A part 1, iv",
        "The disease has spread ? Not known not known Chapter A part 1, ii",
        "Into the lesions – Not this route Intravenous Chapter A part 2",
    ):
        assert row in text


def test_a_request_without_a_documented_limit_is_told_all_the_same(library: Library) -> None:
    text = words(library, case(indication="other", requested={"dose_iu": 5000}))
    assert "5,000 International Units (0.005 million) The policy states no limit for this." in text


def test_the_plan_is_told_cycle_beside_cycle_with_its_rests(library: Library) -> None:
    text = words(library, case(course={"first_dose_at": "2026-11-23T20:00"}))
    for row in (
        "Cycle 1 Mon, Nov 23, 2026 1 dose: 20:00 Cycle 2 Thu, Dec 10, 2026 1 dose: 20:00",
        "Cycle 1 Sat, Nov 28, 2026 1 dose: 08:00 Cycle 2 Tue, Dec 15, 2026 1 dose: 08:00",
        "Rest Sun, Nov 29, 2026 to Wed, Dec 9, 2026 11 days without a dose",
        "Rest Wed, Dec 16, 2026 to Tue, Feb 9, 2027 56 days without a dose",
        "Another course Wed, Feb 10, 2027 at the earliest",
    ):
        assert row in text


def test_the_line_below_a_page_names_program_policy_time_and_page(library: Library) -> None:
    report = report_of(judged(library, case()), NOW)
    version = library.versions(ALDER)[-1]
    assert report_footer(report, 2, 3) == (
        f"Aldesk {report.determination.engine_version} · alder-aldesleukin version 2026-03-02"
        f" · file SHA-256 {version.sha256[:12]} · printed Tue, Nov 24, 2026, 07:05 · page 2 of 3"
    )
