"""A difference has the rule that changed, and none where no changed rule accounts for it.

What 0.1.0 said is made here from what the engine says of a case in which the rule does not apply;
real records of 0.1.0 are in `tests/saved_by_0_1_0`.
"""

from copy import deepcopy
from typing import Any, get_args

import pytest

from app.engine import evaluate
from app.files.differences import written
from app.files.first_edition_rules import Judged, explained
from app.library import RESOURCES, Library, load
from app.model.case_json import read_case
from app.model.earlier_editions import TOLD_OTHERWISE, RuleId
from tests.cases import case, determine

UNUSUAL, VIOLATION = "unusual_value_not_known", "course_violation_decides"
POUNDS = case(weight_kg="154", height_cm="175", requested={"dose_iu": 28_000_000})
# Cycle 2 begins 4 dates after the last dose of cycle 1; Alder wants more.
TOO_SOON = [
    {
        "number": number,
        "doses_given": 2,
        "over": True,
        "first_dose_at": f"2026-11-{day}T08:00",
        "last_dose_at": f"2026-11-{day}T16:00",
    }
    for number, day in ((1, "05"), (2, "10"))
]


def said(library: Library, data: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """What is determined of a case, with changes at places named by keys with __ between."""
    found = written(determine(library, data))
    for place, value in changes.items():
        *above, last = place.split("__")
        part = found
        for key in above:
            part = part[key]
        part[last] = value
    return deepcopy(found)


def rules(library: Library, recorded: dict[str, Any], data: dict[str, Any]) -> dict[str, Any]:
    """The rule of each difference between what was recorded and what a case gives today."""
    read = read_case(data)
    policy = library.in_force(read.policy, read.date_of_service)
    found = evaluate(read, policy, library.reference_data)
    judged = Judged(read, policy, library.reference_data, found)
    return {one.at: one.rule for one in explained(recorded, judged)}


def confirmed(data: dict[str, Any]) -> dict[str, Any]:
    values = {"weight_kg": data["weight_kg"], "requested.dose_iu": data["requested"]["dose_iu"]}
    return {**data, "confirmed": values}


def test_every_rule_has_its_words_in_what_ships() -> None:
    assert set(load(RESOURCES).earlier.rules) == set(get_args(RuleId))
    assert set(get_args(RuleId)) > TOLD_OTHERWISE


def test_the_same_has_no_difference(library: Library) -> None:
    assert rules(library, said(library, case(), engine_version="0.1.0"), case()) == {}


def test_an_unusual_value_accounts_for_what_its_confirmation_would_bring_back(
    library: Library,
) -> None:
    found = rules(library, said(library, confirmed(POUNDS)), POUNDS)
    assert set(found.values()) == {UNUSUAL}
    assert {"approval_status", "dose_limit.max_dose_iu", "dose_limit.basis"} <= found.keys()


def test_a_dose_that_is_doubtful_once_the_weight_is_confirmed_is_confirmed_as_well(
    library: Library,
) -> None:
    data = {**POUNDS, "requested": {"dose_iu": 28}}
    found = rules(library, said(library, confirmed(data)), data)
    assert set(found.values()) == {UNUSUAL}


def test_a_dose_that_no_confirmation_gives_has_no_rule(library: Library) -> None:
    recorded = said(library, confirmed(POUNDS), dose_limit__max_dose_iu=61_600_001)
    found = rules(library, recorded, POUNDS)
    assert (found["dose_limit.max_dose_iu"], found["dose_limit.basis"]) == (None, None)
    assert found["request_check.findings.dose_iu.result"] == UNUSUAL


def test_what_a_doubt_does_not_touch_has_no_rule(library: Library) -> None:
    recorded = said(library, confirmed(POUNDS), preparation__bag_ml=7)
    recorded["dose_limit"]["max_doses_per_day"] = 9
    found = rules(library, recorded, POUNDS)
    assert found["preparation"] is None  # with the weight confirmed its bag is another one
    assert found["dose_limit.max_doses_per_day"] is None


def test_a_violation_accounts_for_status_summary_period_and_forecast(library: Library) -> None:
    data = case(course={"cycles": TOO_SOON})
    met = said(library, case())
    assert met["approval_status"] == "criteria_met"
    recorded = said(
        library,
        data,
        approval_status="criteria_met",
        summary="The criteria are met.",
        approval_period=met["approval_period"],
        forecast={"total_vials": 1},
    )
    expected = ("approval_status", "summary", "approval_period", "forecast")
    assert rules(library, recorded, data) == dict.fromkeys(expected, VIOLATION)
    recorded["approval_status"] = "clinician_review"
    assert rules(library, recorded, data) == dict.fromkeys(expected)


def test_a_violation_decides_though_something_is_unusual(library: Library) -> None:
    data = {**POUNDS, "course": {"cycles": TOO_SOON}}
    recorded = said(library, confirmed(data), approval_status="criteria_met", summary="Met.")
    found = rules(library, recorded, data)
    assert (found["approval_status"], found["summary"]) == (VIOLATION, VIOLATION)
    assert found["dose_limit.max_dose_iu"] == UNUSUAL


def test_an_authorization_that_does_not_cover_accounts_for_the_status(library: Library) -> None:
    data = case(authorization={"start": "2026-12-01", "end": "2027-05-31"})
    period = {"start": "2026-12-01", "end": "2027-05-31", "assumed_start": False}
    recorded = said(library, data, approval_status="criteria_met", approval_period=period)
    expected = ("approval_status", "approval_period")
    assert rules(library, recorded, data) == dict.fromkeys(expected, "authorization_must_cover")


@pytest.mark.parametrize("before", ["met", None])
def test_a_contradiction_accounts_for_the_criteria_and_the_status(
    before: str | None, library: Library
) -> None:
    data = case(
        route="intralesional",
        facts={
            "lesion_status": ["unresectable", "resectable"],
            "lesion_site": ["cutaneous"],
            "prescriber_specialties": ["oncologist"],
        },
    )
    recorded = said(library, data, approval_status="criteria_met", eligibility__status=before)
    recorded["eligibility"]["missing"] = []
    if before is None:
        recorded["eligibility"] = None
    found = rules(library, recorded, data)
    assert found["approval_status"] == "contradictory_answer_not_known"
    assert set(found.values()) == {"contradictory_answer_not_known"}


def test_a_contradiction_that_leaves_the_criteria_as_they_were_changes_no_status(
    library: Library,
) -> None:
    facts = {"lesion_status": ["unresectable", "resectable"], "prescriber_specialties": []}
    data = case(route="intralesional", facts=facts)  # nobody may prescribe: not met all the same
    assert determine(library, data).eligibility.status == "not_met"
    recorded = said(library, data, approval_status="criteria_met")
    assert rules(library, recorded, data) == {"approval_status": None}


def test_another_status_of_the_criteria_without_a_contradiction_has_no_rule(
    library: Library,
) -> None:
    recorded = said(library, case(), eligibility__status="not_met", approval_status="met")
    assert rules(library, recorded, case()) == {"eligibility.status": None, "approval_status": None}


def test_where_no_dosing_is_documented_findings_are_added_and_no_course_is_checked(
    library: Library,
) -> None:
    data = case(
        indication="renal_cell_carcinoma", route="subcutaneous", requested={"doses_per_day": 2}
    )
    recorded = said(library, data, request_check__findings=[], course_check={"cycles": []})
    assert rules(library, recorded, data) == {
        "request_check.findings.doses_per_day": "finding_without_dosing",
        "course_check": "no_dosing_for_a_course",
    }


def test_a_finding_that_was_another_one_has_no_rule(library: Library) -> None:
    data = case(requested={"doses_per_day": 2})
    recorded = said(library, data)
    recorded["request_check"]["findings"][0]["limit"] = 99
    recorded["request_check"]["findings"] += [{"field": "rest_days", "requested": 1}]
    assert rules(library, recorded, data) == {
        "request_check.findings.doses_per_day.limit": None,
        "request_check.findings.rest_days": None,
    }
    assert rules(library, said(library, data, request_check__findings=[]), data) == {
        "request_check.findings.doses_per_day": None
    }


# 28,200,000 International Units: 1.566666 mL, 1.56 drawn; 1.723333 mg in 50 mL are 0.034466 mg/mL.
@pytest.mark.parametrize(
    ("key", "recorded", "rule"),
    [
        ("concentration_mg_per_ml", "0.034466", "decimals_anew"),
        ("concentration_mg_per_ml", "0.034566", None),
        ("concentration_mg_per_ml", "0.0345", None),
        ("concentration_mg_per_ml", True, None),
        ("concentration_mg_per_ml", "about 0.0344", None),
        ("volume_ml", "1.560", "decimals_anew"),
        ("volume_ml", "1.57", None),
        ("vials_by_content", 3, None),
        ("label", "An older label", "worded_anew"),
        ("label", None, None),
    ],
)
def test_a_number_is_written_anew_only_where_it_is_the_same(
    key: str, recorded: object, rule: str | None, library: Library
) -> None:
    data = case(requested={"dose_iu": 28_200_000})
    before = said(library, data, **{f"preparation__{key}": recorded})
    assert rules(library, before, data) == {f"preparation.{key}": rule}


def test_a_preparation_that_there_was_none_of_goes_by_the_dose_alone(library: Library) -> None:
    data = case(requested={"dose_iu": 28_200_000})
    assert rules(library, said(library, data, preparation=None), data) == {
        "preparation": "prepared_by_the_dose"
    }
    recorded = said(library, data)
    del recorded["preparation"]["advice"][0]
    recorded["preparation"]["warnings"] = [{"id": "concentration_outside_range", "text": "x"}]
    assert rules(library, recorded, data) == {
        "preparation.advice.vial": "worded_anew",
        "preparation.warnings.concentration_outside_range": "prepared_by_the_dose",
    }


def test_notes_go_by_their_ids_also_where_an_id_is_there_twice(library: Library) -> None:
    recorded = said(library, case())
    first, *others = recorded["notes"]
    recorded["notes"] = [*reversed(others), {**first, "text": "x"}, first]
    assert rules(library, recorded, case()) == {
        f"notes.{first['id']}.text": "notes_anew",
        f"notes.{first['id']}#2": "notes_anew",
    }


def test_what_was_given_is_in_the_plan_and_in_the_dates(library: Library) -> None:
    given = {"number": 1, "doses_given": 2, "first_dose_at": "2026-11-23T08:00"}
    data = case(course={"cycles": [{**given, "last_dose_at": "2026-11-23T16:00"}]})
    recorded = said(library, data, schedule=None, course_check__next_course_earliest=None)
    recorded["course_check"]["cycles"][0]["doses_left"] = 99
    recorded["course_check"]["this_course_earliest"] = "2026-01-01"
    recorded["forecast"]["total_vials"] = 99
    recorded["dose_limit"]["max_doses_per_day"] = 99
    assert rules(library, recorded, data) == {
        "schedule": "one_plan",
        "course_check.next_course_earliest": "one_plan",
        "course_check.cycles.0.doses_left": "one_plan",
        "course_check.this_course_earliest": None,
        "forecast.total_vials": "forecast_of_the_plan",
        "dose_limit.max_doses_per_day": None,
    }


def test_a_plan_of_which_nothing_was_given_is_as_it_was(library: Library) -> None:
    data = case(course={"first_dose_at": "2026-11-23T08:00"})
    recorded = said(library, data, schedule__interval_hours=99, forecast__total_vials=99)
    assert rules(library, recorded, data) == {
        "schedule.interval_hours": None,
        "forecast.total_vials": None,
    }


def test_only_rules_of_the_course_check_that_changed_account_for_its_findings(
    library: Library,
) -> None:
    data = case(course={"cycles": TOO_SOON})
    recorded = said(library, data)
    [finding] = recorded["course_check"]["findings"]
    finding |= {"at": "course.cycles.2.first_dose_at", "message": "x", "kind": "advisory"}
    recorded["course_check"]["findings"] += [
        {"rule": "doses_too_close"},
        {"rule": "too_many_doses"},
    ]
    assert rules(library, recorded, data) == {
        "course_check.findings.rest_too_short.at": "course_rules",
        "course_check.findings.rest_too_short.message": "worded_anew",
        "course_check.findings.rest_too_short.kind": None,
        "course_check.findings.doses_too_close": "course_rules",
        "course_check.findings.too_many_doses": None,
    }


def test_texts_and_citations_are_worded_anew_but_not_taken_away(library: Library) -> None:
    recorded = said(library, case(), dose_limit__basis="x", dose_limit__citation=None)
    recorded["dose_limit"]["citations"]["max_doses_per_day"] = "x"
    recorded["policy"]["sha256"] = "of another file"
    recorded["policy"]["version"] = "another"
    assert rules(library, recorded, case()) == {
        "dose_limit.basis": "worded_anew",
        "dose_limit.citation": None,
        "dose_limit.citations.max_doses_per_day": "worded_anew",
        "policy.version": None,
    }


def test_a_key_that_only_one_side_has_is_no_difference(library: Library) -> None:
    recorded = said(library, case())
    del recorded["units"], recorded["unconfirmed"]
    recorded["dose_limit"]["older_key"] = 1
    assert rules(library, recorded, case()) == {}
