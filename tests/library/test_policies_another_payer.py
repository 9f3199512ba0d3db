"""Another payer's policy over the same questions is one new YAML file and no Python.

third_payer.yaml has other thresholds, doses, rests and approvals than the other policies; what
is expected here was worked out by hand from that file.
"""

import shutil
from datetime import date, datetime, timedelta
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest

from app.files.json_forms import determination_json
from app.library import Library, NoPolicyInForce, load
from app.model.treatment import CycleSchedule
from tests.cases import ALDER, BIRCH, case, determine
from tests.library.folders import resources_copy

ANSWERS: dict[str, Any] = {"metastatic_disease": True, "lesion_status": []}
UNRESECTABLE = {"metastatic_disease": False, "unresectable_disease": True}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Library:
    resources = resources_copy(tmp_path_factory.mktemp("third"))
    shutil.copy(Path(__file__).with_name("third_payer.yaml"), resources / "policies")
    return load(resources)


def third(facts: dict[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    changes = {"indication": "renal_cell_carcinoma", "age_years": 16, **changes}
    return case(policy="third-health", facts={**ANSWERS, **(facts or {})}, **changes)


@pytest.mark.parametrize(
    ("facts", "changes", "status", "missing"),
    [
        ({}, {}, "met", ()),
        ({}, {"age_years": 15}, "not_met", ()),
        ({}, {"age_years": 80}, "met", ()),
        ({}, {"age_years": 81}, "not_met", ()),
        ({}, {"age_years": None}, "incomplete", ("age_years",)),
        ({**UNRESECTABLE, "prior_systemic_therapy": True}, {}, "met", ()),
        ({**UNRESECTABLE, "prior_systemic_therapy": False}, {}, "not_met", ()),
        (UNRESECTABLE, {}, "incomplete", ("prior_systemic_therapy",)),
        (
            {"metastatic_disease": None, "unresectable_disease": False},
            {},
            "incomplete",
            ("metastatic_disease",),
        ),
        (
            {**UNRESECTABLE, "metastatic_disease": None, "prior_systemic_therapy": True},
            {},
            "met",
            (),
        ),
        ({"lesion_status": ["metastatic", "recurrent"]}, {}, "met", ()),
        ({"lesion_status": ["metastatic", "borderline_resectable"]}, {}, "not_met", ()),
        ({"lesion_status": None}, {}, "incomplete", ("lesion_status",)),
        ({}, {"indication": "cutaneous_melanoma"}, "not_covered", ()),
    ],
)
def test_its_own_criteria_decide(
    shelf: Library,
    facts: dict[str, Any],
    changes: dict[str, Any],
    status: str,
    missing: tuple[str, ...],
) -> None:
    found = determine(shelf, third(facts, **changes))
    assert (found.eligibility.status, found.eligibility.missing) == (status, missing)


@pytest.mark.parametrize(
    ("requested", "expected"),
    [
        ({"dose_iu": 31_725_000}, "criteria_met"),
        ({"dose_iu": 31_725_001}, "criteria_not_met"),
        ({"doses_per_day": 2}, "criteria_met"),
        ({"doses_per_day": 3}, "criteria_not_met"),
        ({"doses_per_cycle": 12}, "criteria_met"),
        ({"doses_per_cycle": 13}, "criteria_not_met"),
        ({"rest_days": 15}, "criteria_met"),
        ({"rest_days": 14}, "criteria_not_met"),
        ({"course_rest_days": 63}, "criteria_met"),
        ({"course_rest_days": 62}, "criteria_not_met"),
        ({"doses_per_week": 1000}, "criteria_met"),
    ],
)
def test_its_own_limits_bound_a_request(
    shelf: Library, requested: dict[str, int], expected: str
) -> None:
    assert determine(shelf, third(requested=requested)).approval_status == expected


def test_its_own_rule_holds_beyond_the_dosing_while_answers_are_missing(shelf: Library) -> None:
    data = third({"metastatic_disease": None}, requested={"doses_per_day": 3})
    assert determine(shelf, data).approval_status == "clinician_review"
    assert determine(shelf, third(route="subcutaneous")).approval_status == "criteria_not_met"


@pytest.mark.parametrize(
    ("weight_kg", "limit_iu"),
    [("70.5", 31_725_000), ("70.000001", 31_500_000), ("40", 18_000_000), (None, None)],
)
def test_its_own_dose_is_cut_to_whole_units(
    shelf: Library, weight_kg: str | None, limit_iu: int | None
) -> None:
    limit = determine(shelf, third(weight_kg=weight_kg)).dose_limit
    assert limit is not None
    assert limit.max_dose_iu == limit_iu
    assert limit.citation == "Third Health 3: Dosing 1"
    assert limit.citations["min_course_rest_days"] == "Third Health 3: Dosing 5"


def test_its_schedule_has_12_doses_a_cycle_2_a_day_and_its_own_rests(shelf: Library) -> None:
    found = determine(shelf, third(course={"first_dose_at": "2026-11-23T08:00"}))
    plan = found.schedule
    assert isinstance(plan, CycleSchedule)
    one, two = plan.cycles
    begin = datetime(2026, 11, 23, 8)
    assert one.doses == tuple(begin + timedelta(hours=12 * place) for place in range(12))
    assert (one.last_day, two.first_day, two.last_day) == (
        date(2026, 11, 28),
        date(2026, 12, 14),
        date(2026, 12, 19),
    )
    assert plan.rest is not None
    assert (plan.rest.first_day, plan.rest.last_day) == (date(2026, 11, 29), date(2026, 12, 13))
    assert plan.course_rest is not None
    assert plan.course_rest.first_day == date(2026, 12, 20)
    assert plan.course_rest.last_day == date(2027, 2, 20)
    assert plan.next_course_earliest == date(2027, 2, 21)


@pytest.mark.parametrize("time", ["00:00", "07:59", "12:00", "23:59"])
def test_no_date_of_its_schedule_has_more_than_2_doses(shelf: Library, time: str) -> None:
    plan = determine(shelf, third(course={"first_dose_at": f"2026-11-23T{time}"})).schedule
    assert isinstance(plan, CycleSchedule)
    doses = [dose for cycle in plan.cycles for dose in cycle.doses]
    assert len(doses) == 24
    assert max(len(list(of_day)) for _, of_day in groupby(doses, datetime.date)) == 2


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-23", date(2027, 5, 22)),
        ("2026-08-31", date(2027, 2, 28)),
        ("2027-08-31", date(2028, 2, 29)),
    ],
)
def test_its_approval_lasts_6_months(shelf: Library, start: str, end: date) -> None:
    granted = third(authorization={"start": start}, date_of_service=start)
    period = determine(shelf, granted).approval_period
    assert period is not None
    assert period.end == end


def test_its_own_notes_and_nobody_elses_come_with_it(shelf: Library) -> None:
    caveats = [one.id for one in determine(shelf, third()).notes if one.kind == "caveat"]
    assert caveats == ["ask_the_payer", "not_a_payer_decision"]  # the second is Aldesk's own


def test_it_counts_from_its_own_first_day(shelf: Library) -> None:
    assert shelf.in_force("third-health", date(2026, 1, 15)).payer == "Third Health"
    with pytest.raises(NoPolicyInForce):
        shelf.in_force("third-health", date(2026, 1, 14))


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
def test_the_other_payers_determinations_stay_the_same_bytes(
    shelf: Library, library: Library, policy: str
) -> None:
    data = case(policy=policy)
    beside_a_third = determination_json(determine(shelf, data))
    assert beside_a_third == determination_json(determine(library, data))
