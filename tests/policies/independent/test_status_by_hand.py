"""The approval status, its period and the notes, against the tables of the specification."""

from typing import Any

import pytest

from tests.policies.independent.approval import approval_period, is_covered
from tests.policies.independent.basics import (
    CIGNA,
    EXPRESS,
    GVHD,
    IL,
    IV,
    MELANOMA,
    RENAL,
    SC,
    Case,
)
from tests.policies.independent.evaluator import determine

FACTS: dict[str, Any] = {"metastatic_disease": True, "single_agent": True}
FACTS |= {"prescriber_specialties": ["oncologist"], "prior_systemic_therapy": True}
INFUSION: Case = {"date_of_service": "2026-11-23", "indication": RENAL, "route": IV}
INFUSION |= {"age_years": 60, "weight_kg": "70", "facts": FACTS}
MET, NOT_MET = "criteria_met", "criteria_not_met"
MISSING, REVIEW = "information_missing", "clinician_review"
FOURTEEN: dict[str, Any] = {"number": 1, "doses_given": 14, "first_dose_at": "2026-11-23T08:00"}
FOURTEEN |= {"last_dose_at": "2026-11-27T16:00"}
TOO_EARLY = {"cycles": [FOURTEEN, {"number": 2, "planned_first_at": "2026-12-06T08:00"}]}
YOUNG, OPEN = {"age_years": 17}, {"age_years": None}


@pytest.mark.parametrize(
    ("changes", "cigna", "express"),
    [
        ({}, MET, MET),
        ({"weight_kg": None}, MET, MET),
        ({"weight_kg": None, "requested": {"dose_iu": 1}}, MISSING, MISSING),
        ({"weight_kg": None, "requested": {"doses_per_day": 3}}, MET, MET),
        ({"weight_kg": "111"}, MISSING, MISSING),
        ({"weight_kg": "111", "requested": {"doses_per_day": 4}}, NOT_MET, REVIEW),
        ({"requested": {"dose_iu": 42_000_001}}, NOT_MET, REVIEW),
        ({"requested": {"course_rest_days": 48}}, NOT_MET, REVIEW),
        ({"requested": {"doses_per_week": 99}}, MET, MET),
        ({"route": SC}, NOT_MET, REVIEW),
        ({"course": TOO_EARLY}, NOT_MET, REVIEW),
        (YOUNG, NOT_MET, NOT_MET),
        (YOUNG | {"course": TOO_EARLY}, NOT_MET, NOT_MET),
        (OPEN, MISSING, MISSING),
        (OPEN | {"requested": {"doses_per_day": 4}}, NOT_MET, MISSING),
        (OPEN | {"course": TOO_EARLY}, NOT_MET, MISSING),
        (OPEN | {"route": SC}, NOT_MET, MISSING),
        ({"indication": "other"}, NOT_MET, NOT_MET),
        ({"authorization": {"start": "2026-11-24"}}, MISSING, MISSING),
        (
            {"authorization": {"start": "2026-11-24"}, "requested": {"doses_per_day": 4}},
            NOT_MET,
            REVIEW,
        ),
    ],
)
def test_the_status_follows_the_table(changes: Case, cigna: str, express: str) -> None:
    for policy, status in ((CIGNA, cigna), (EXPRESS, express)):
        got = determine(INFUSION | {"policy": policy} | changes)
        assert got["approval_status"] == status
        assert (got["approval_period"] is not None) is (status == MET)


@pytest.mark.parametrize(
    ("service", "granted", "start", "end", "assumed"),
    [
        ("2026-11-23", {}, "2026-11-23", "2027-11-22", True),
        ("2028-02-29", {}, "2028-02-29", "2029-02-28", True),
        ("2028-02-29", None, "2028-02-29", "2029-02-28", True),
        ("2027-03-01", {}, "2027-03-01", "2028-02-29", True),
        ("2026-11-23", {"start": "2026-11-01"}, "2026-11-01", "2027-10-31", False),
        ("2026-11-23", {"end": "2026-12-31"}, "2026-11-23", "2026-12-31", True),
        ("2026-11-23", {"units": 5}, "2026-11-23", "2027-11-22", True),
    ],
)
def test_a_year_ends_on_the_day_before_its_anniversary(
    service: str, granted: dict[str, Any] | None, start: str, end: str, assumed: bool
) -> None:
    got = approval_period({"date_of_service": service, "authorization": granted})
    assert got == {"start": start, "end": end, "assumed_start": assumed}


@pytest.mark.parametrize(
    ("granted", "covers"),
    [
        ({}, True),
        ({"units": 0}, True),
        ({"start": "2026-11-23"}, True),
        ({"start": "2026-11-24"}, False),
        ({"start": "2025-11-24"}, True),
        ({"start": "2025-11-23"}, False),  # a year ends on the day before
        ({"end": "2026-11-23"}, True),
        ({"end": "2026-11-22"}, False),
    ],
)
def test_a_grant_covers_the_date_of_service(granted: dict[str, Any], covers: bool) -> None:
    assert is_covered({"date_of_service": "2026-11-23", "authorization": granted}, []) is covers


LESIONS: dict[str, Any] = {"lesion_status": ["unresectable"], "lesion_site": ["nodal"]}
LOCAL: Case = {"indication": MELANOMA, "route": IL, "facts": FACTS | LESIONS}
CELLS: Case = {"indication": MELANOMA, "regimen": "til", "facts": FACTS | {"single_agent": False}}
SEVEN = {"number": 1, "doses_given": 7, "first_dose_at": "2026-11-23T08:00"}
SEVEN |= {"last_dose_at": "2026-11-25T08:00"}


@pytest.mark.parametrize(
    ("note", "changes", "there"),
    [
        ("request_far_above", {"requested": {"dose_iu": 63_000_000}}, False),
        ("request_far_above", {"requested": {"dose_iu": 63_000_001}}, True),
        ("below_label_dose", {"requested": {"dose_iu": 37_800_000}}, False),
        ("below_label_dose", {"requested": {"dose_iu": 37_799_999}}, True),
        ("below_label_dose", {"requested": {"dose_iu": 4_200_000}}, False),
        ("below_label_dose", CELLS | {"requested": {"dose_iu": 30_000_000}}, False),
        (
            "session_total_unusual",
            LOCAL | {"requested": {"dose_iu": 5_500_000, "lesions": 4}},
            False,
        ),
        (
            "session_total_unusual",
            LOCAL | {"requested": {"dose_iu": 5_500_001, "lesions": 4}},
            True,
        ),
        ("lesions_judged_together", LOCAL, True),
        ("retreatment_needs_tumor_shrinkage", {"course": {"number": 2}}, True),
        ("response_evaluation", {"course": {"previous_last_dose_on": "2026-01-01"}}, True),
        ("response_evaluation", {"course": {"number": 1}}, False),
        ("response_evaluation", {"indication": GVHD, "course": {"number": 2}}, False),
        ("boxed_warning", {}, True),
        ("boxed_warning", {"indication": GVHD}, False),
        ("route_outside_label", {"indication": GVHD, "route": SC}, True),
        ("route_outside_label", {}, False),
        ("evicore_delegation", {}, True),
        ("evicore_delegation", {"indication": GVHD}, False),
        ("policy_review_overdue", {"date_of_service": "2027-05-01"}, False),
        ("policy_review_overdue", {"date_of_service": "2027-05-02"}, True),
        ("weight_during_treatment", {"weight_measured_on": "2026-11-24"}, True),
        ("weight_during_treatment", {"weight_measured_on": "2026-11-23"}, False),
        (
            "weight_during_treatment",
            {"weight_measured_on": "2026-11-23", "course": {"cycles": [SEVEN]}},
            True,
        ),
        (
            "weight_during_treatment",
            {"weight_measured_on": "2026-11-22", "course": {"cycles": [SEVEN]}},
            False,
        ),
        ("til_regimen_differs", CELLS, True),
        ("til_regimen_differs", {"regimen": "til"}, False),
        ("authorization_does_not_cover", {"authorization": {"end": "2026-11-22"}}, True),
    ],
)
def test_a_note_stands_where_its_condition_holds(note: str, changes: Case, there: bool) -> None:
    got = determine(INFUSION | {"policy": CIGNA} | changes)
    assert (note in got["note_ids"]) is there


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({"course": {"cycles": [SEVEN]}}, "check"),
        ({"course": {"cycles": [SEVEN | {"doses_given": 6}]}}, None),
        ({"requested": {"doses_per_cycle": 6}}, None),
        ({"requested": {"doses_per_cycle": 7}}, "check"),
    ],
)
def test_more_than_six_doses_after_cells_are_to_be_checked(changes: Case, kind: str | None) -> None:
    got = determine(INFUSION | CELLS | {"policy": CIGNA} | changes)
    assert got["note_kinds"].get("til_regimen_differs") == kind
    assert (got["schedule"], got["course_check"], got["forecast"]) == (None, None, None)


def test_answers_that_contradict_count_only_where_the_policy_asks_for_them() -> None:
    sites = LOCAL | {"facts": FACTS | LESIONS | {"lesion_site": ["nodal", "other"]}}
    for policy, missing in ((CIGNA, []), (EXPRESS, ["lesion_site"])):
        got = determine(INFUSION | sites | {"policy": policy})
        assert got["eligibility"]["missing"] == missing
        assert ("contradictory_answers" in got["note_ids"]) is bool(missing)
    cells = CELLS | {"facts": FACTS}
    for policy, missing in ((CIGNA, []), (EXPRESS, ["single_agent"])):
        assert determine(INFUSION | cells | {"policy": policy})["eligibility"]["missing"] == missing


def test_before_the_first_day_no_policy_is_in_force() -> None:
    for policy, before, first in (
        (CIGNA, "2026-04-30", "2026-05-01"),
        (EXPRESS, "2025-02-04", "2025-02-05"),
    ):
        case = INFUSION | {"policy": policy}
        assert determine(case | {"date_of_service": before}) == {"error": "no_policy_in_force"}
        assert "error" not in determine(case | {"date_of_service": first})
