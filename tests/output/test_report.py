"""The report holds every part of a result, and lets no text become HTML."""

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
DOUBTFUL = case(
    weight_kg="154", height_cm="175", requested={"dose_iu": 61_600_001, "doses_per_day": 3}
)


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
        *(
            "Case as entered",
            "Weight (kg) 70.5",
            "Criterion Result Wanted, and seen",
            "From the policy",
        ),
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


def test_no_dose_follows_from_an_unusual_weight_and_the_report_says_why(library: Library) -> None:
    assert judged(library, DOUBTFUL).unconfirmed == ("weight_kg",)
    text = words(library, DOUBTFUL)
    assert "61,600,000" not in text
    assert "Unusual, and not used until somebody confirms it: weight." in text
    assert "61,600,001 International Units (about 61.6 million) Cannot be checked" in text
    assert "Doses per day 3 doses Beyond the limit by 1 dose: at most 2 doses." in text
    confirmed = {**DOUBTFUL, "confirmed": {"weight_kg": "154"}}
    assert "61,600,000 International Units" in words(library, confirmed)


def test_an_ordered_dose_leads_and_the_limit_is_no_order(library: Library) -> None:
    text = words(library, case(requested={"dose_iu": 28_000_000}))
    assert text.index(
        "Ordered dose 28,000,000 International Units (28 million) Within"
    ) < text.index(
        "Maximum per dose that the policy allows: 28,200,000 International Units (28.2 million) "
        "(policy limit, not an order)"
    )
    assert "Ordered dose" not in words(library, case())
    assert "(policy limit, not an order)" in words(library, case())


def test_a_doubtful_dose_is_not_printed_as_an_order(library: Library) -> None:
    text = words(library, case(requested={"dose_iu": 28}))
    assert "Ordered dose" not in text
    assert "28 International Units Unusual, not used until confirmed." in text


def test_the_weight_stands_with_its_pounds_and_its_date(library: Library) -> None:
    assert "Weight: 70.5 kg (155.4 lb), date of weight not entered" in words(library, case())
    dated = words(library, case(weight_measured_on="2026-11-20"))
    assert "Weight: 70.5 kg (155.4 lb), measured on Fri, Nov 20, 2026" in dated
    assert "not entered" not in dated


def test_the_notes_keep_their_order_with_those_for_this_case_first(library: Library) -> None:
    data = case(
        previous_weight_kg="80", policy=BIRCH, facts={**case()["facts"], "single_agent": True}
    )
    outcome = judged(library, data)
    assert outcome.determination is not None
    text = words(library, data)
    places = [text.index(note.text) for note in outcome.determination.notes]
    assert places == sorted(places)
    assert text.index("Notes for this case • To check: The weight is 10%") < text.index(
        "Notes for every case under this policy"
    )


def test_an_excess_has_the_largest_measurable_dose_beside_it(library: Library) -> None:
    """28.2 of 18 million in each mL: 1.56 mL hold 28.08 million, 1.5 mL hold 27 million."""
    text = words(library, case(requested={"dose_iu": 50_000_000}))
    assert "Largest measurable dose 1.56 mL, which holds 28,080,000 International Units" in text
    assert (
        "1.5 mL in a syringe marked in 0.1 mL, which holds 27,000,000 International Units" in text
    )
    assert "The requested dose is above 150% of the documented limit." in text


def test_lesions_are_told_with_the_request(library: Library) -> None:
    facts = {"lesion_status": ["unresectable"], "prescriber_specialties": ["oncologist"]}
    lesions = case(route="intralesional", facts=facts, requested={"lesions": 3})
    text = words(library, lesions)
    assert "Lesions in one session 3 lesions They count the vials of a session" in text
    assert "Lesions in one session" not in words(library, case(requested={"lesions": 3}))


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
        confirmed={"weight_kg": "70.5"},
        weight_measured_on="2026-11-20",
        facts={"metastatic_disease": False, "prescriber_specialties": [], "lesion_site": ["nodal"]},
        course={
            "number": 2,
            "first_dose_at": "2026-11-23T08:00",
            "doses_per_cycle": 12,
            "previous_last_dose_on": "2026-09-01",
            "discharge_date": "2026-12-01",
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
        authorization={
            "start": "2026-11-01",
            "end": "2027-10-31",
            "units": 1120,
            "dose_iu": 43_000_000,
        },
    )
    assert dict(entered_rows(read_case(whole), library.catalog)) == {
        "Age (years)": "54",
        "Weight (kg)": "70.5 kg (155.4 lb)",
        "Weight measured on": "Fri, Nov 20, 2026",
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
        "Discharge from hospital": "Tue, Dec 1, 2026",
        "Authorization starts": "Sun, Nov 1, 2026",
        "Authorization ends": "Sun, Oct 31, 2027",
        "Vials authorized": "1,120",
        "Dose authorized (International Units)": "43,000,000 International Units (43 million)",
        "Weight at the previous course (kg)": "71 kg (156.5 lb)",
        "Weight that was checked (kg)": "70.5 kg (155.4 lb)",
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
    assert "Criterion Result Wanted, and seen Place in Birch handbook" in text
    for row in (
        "Aged at least 30 years ✓ Met at least 30; seen: 54 Chapter A part 1, i ",
        "Nothing else is given with it × Not met yes; seen: no Chapter A part 1, iv",
        "The disease has spread ? Not known yes; seen: not known Chapter A part 1, ii",
        "Into the lesions – Not this route any of: Intralesional; seen: Intravenous Chapter",
    ):
        assert row in text


def test_a_request_without_documented_dosing_is_told_all_the_same(library: Library) -> None:
    text = words(library, case(indication="other", requested={"dose_iu": 5000}))
    told = "5,000 International Units (0.005 million) No dosing is documented for this route."
    assert told in text
    assert "states no limit" not in text


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
