"""The status of a case: refused criteria decide first, then the policy's rule, then the unknown."""

from itertools import product
from typing import Any

import pytest

from app.engine import Reasons
from app.engine.status import approval_status, beyond_rule
from app.library import Library
from app.model.determination import ApprovalStatus
from app.model.eligibility import EligibilityStatus
from app.model.policy import BeyondDosing
from tests.cases import ALDER, BIRCH
from tests.engine.people import VEIN_BIRCH, cycle, found
from tests.engine.test_course_schedule import FIRST, SLOTS

WAITING, NOT_COVERED, NOTHING = (
    {"is_waiting": True, "is_covered": True},
    {"is_waiting": False, "is_covered": False},
    {"is_waiting": False, "is_covered": True},
)
# By eligibility: where nothing is beyond a limit, and nothing, something or a day is open.
EXPECTED: dict[EligibilityStatus, tuple[ApprovalStatus, ...]] = {
    "not_covered": ("criteria_not_met",) * 3,
    "not_met": ("criteria_not_met",) * 3,
    "incomplete": ("information_missing",) * 3,
    "met": ("criteria_met", "information_missing", "information_missing"),
}
# Beyond a limit, whatever else is open: Alder's and Birch's own words for it.
BEYOND: dict[EligibilityStatus, dict[str, ApprovalStatus]] = {
    "not_covered": {ALDER: "criteria_not_met", BIRCH: "criteria_not_met"},
    "not_met": {ALDER: "criteria_not_met", BIRCH: "criteria_not_met"},
    "incomplete": {ALDER: "criteria_not_met", BIRCH: "information_missing"},
    "met": {ALDER: "criteria_not_met", BIRCH: "clinician_review"},
}
TOO_MANY = {"cycles": [cycle(1, 13, SLOTS[0], SLOTS[12])]}


@pytest.mark.parametrize("policy_id", [ALDER, BIRCH])
@pytest.mark.parametrize(
    ("eligibility", "open_"), list(product(EXPECTED, (NOTHING, WAITING, NOT_COVERED)))
)
def test_each_combination_has_its_status(
    library: Library, policy_id: str, eligibility: EligibilityStatus, open_: dict[str, bool]
) -> None:
    policy = library.versions(policy_id)[-1]
    place = (NOTHING, WAITING, NOT_COVERED).index(open_)
    within = approval_status(eligibility, policy, is_beyond=False, **open_)
    beyond = approval_status(eligibility, policy, is_beyond=True, **open_)
    assert (within, beyond) == (EXPECTED[eligibility][place], BEYOND[eligibility][policy_id])
    rules = policy.beyond_dosing
    assert isinstance(rules, BeyondDosing)
    rule = {"met": rules.met, "incomplete": rules.incomplete}.get(eligibility)
    assert beyond_rule(eligibility, policy, beyond=True) == rule
    assert beyond_rule(eligibility, policy, beyond=False) is None


@pytest.mark.parametrize(
    ("changes", "alder", "birch"),
    [
        ({}, "criteria_met", "criteria_met"),
        # Beyond a limit: requested, given, planned, or without documented dosing.
        ({"requested": {"doses_per_day": 4}}, "criteria_not_met", "clinician_review"),
        ({"course": TOO_MANY}, "criteria_not_met", "clinician_review"),
        (
            {"course": {"first_dose_at": FIRST, "previous_last_dose_on": "2026-11-01"}},
            "criteria_not_met",
            "clinician_review",
        ),
        (
            {"indication": "renal_cell_carcinoma", "route": "subcutaneous"},
            "criteria_not_met",
            "clinician_review",
        ),
        # The same with an answer missing.
        (
            {"requested": {"doses_per_day": 4}, "age_years": None},
            "criteria_not_met",
            "information_missing",
        ),
        ({"course": TOO_MANY, "age_years": None}, "criteria_not_met", "information_missing"),
        # A passed limit decides, though something waits or no date is covered.
        (
            {"requested": {"doses_per_day": 4}, "weight_kg": "154"},
            "criteria_not_met",
            "clinician_review",
        ),
        ({"course": TOO_MANY, "weight_kg": "154"}, "criteria_not_met", "clinician_review"),
        # Nothing stands green beside a number in doubt, also where nothing is requested.
        ({"weight_kg": "154"}, "information_missing", "information_missing"),
        ({"requested": {"dose_iu": 1_000_000}}, "information_missing", "information_missing"),
        ({"weight_kg": None}, "criteria_met", "criteria_met"),
        (
            {"weight_kg": None, "requested": {"dose_iu": 1_000_000}},
            "information_missing",
            "information_missing",
        ),
        ({"authorization": {"end": "2026-11-22"}}, "information_missing", "information_missing"),
        ({"age_years": 17, "course": TOO_MANY}, "criteria_not_met", "criteria_not_met"),
    ],
)
def test_a_case_has_the_status_of_its_policy(
    library: Library, changes: dict[str, Any], alder: str, birch: str
) -> None:
    for policy, status in ((ALDER, alder), (BIRCH, birch)):
        one = found(library, **{**VEIN_BIRCH, "policy": policy, **changes})
        assert one.approval_status == status


def test_a_violation_leaves_the_request_check_alone(library: Library) -> None:
    one = found(library, **VEIN_BIRCH, course=TOO_MANY)
    assert one.request_check.status == "not_requested"
    asked = found(library, **VEIN_BIRCH, course=TOO_MANY, requested={"dose_iu": 21_150_000})
    assert asked.request_check.status == "within_limits"


def reasons(library: Library, **changes: Any) -> Reasons:
    return Reasons(found(library, **changes), library.versions(ALDER)[-1])


def test_where_everything_is_met_no_finding_and_no_rule_decides(library: Library) -> None:
    one = reasons(library, requested={"dose_iu": 10_000_000})
    assert {each.result for each in one.deciding_criteria} == {"met"}
    assert (one.deciding_findings, one.violations, one.status_rule) == ((), (), None)


def test_what_is_beyond_a_limit_decides_with_the_rule_of_the_policy(library: Library) -> None:
    one = reasons(library, requested={"dose_iu": 28_200_001, "doses_per_day": 1})
    assert [each.field for each in one.deciding_findings] == ["dose_iu"]
    assert isinstance(one.policy.beyond_dosing, BeyondDosing)
    assert one.status_rule == one.policy.beyond_dosing.met


def test_a_violation_decides_with_the_rule_of_the_policy(library: Library) -> None:
    course = {"cycles": [cycle(1, 11, SLOTS[0], SLOTS[19])]}
    one = reasons(library, course=course)
    assert [each.rule for each in one.violations] == ["too_many_doses"]
    assert isinstance(one.policy.beyond_dosing, BeyondDosing)
    assert (one.deciding_findings, one.status_rule) == ((), one.policy.beyond_dosing.met)


def test_an_advisory_decides_nothing(library: Library) -> None:
    course = {"cycles": [cycle(1, 3, "2026-11-23T08:00", "2026-11-24T00:00")]}
    close = {"cycles": [cycle(1, 3, "2026-11-23T23:00", "2026-11-24T00:00")]}
    assert reasons(library, course=course).violations == ()
    one = reasons(library, course=close)
    assert one.determination.course_check is not None
    assert len(one.determination.course_check.findings) == 1
    assert (one.violations, one.status_rule) == ((), None)


def test_where_the_criteria_are_refused_a_dose_above_its_limit_is_told_alone(
    library: Library,
) -> None:
    one = reasons(
        library, age_years=1, weight_kg="10", requested={"dose_iu": 4_000_001, "doses_per_day": 3}
    )
    assert {each.result for each in one.deciding_criteria} == {"not_met"}
    assert [each.field for each in one.deciding_findings] == ["dose_iu"]
    assert one.status_rule is None
    within = reasons(library, age_years=1, weight_kg="10", requested={"doses_per_day": 3})
    assert within.deciding_findings == ()


@pytest.mark.parametrize(
    ("confirmed", "fields", "result"),
    [({}, ["dose_iu"], "unknown"), ({"weight_kg": "7.5"}, ["dose_iu"], "exceeds")],
)
def test_a_dose_that_is_not_certain_is_open_until_it_is_confirmed(
    library: Library, confirmed: dict[str, str], fields: list[str], result: str
) -> None:
    one = reasons(library, weight_kg="7.5", confirmed=confirmed, requested={"dose_iu": 9_000_000})
    assert [each.field for each in one.deciding_findings] == fields
    assert one.deciding_findings[0].result == result


def test_a_question_is_settled_by_what_decides_without_it(library: Library) -> None:
    one = reasons(library, indication="renal_cell_carcinoma", facts=VEIN_BIRCH["facts"])
    settled = one.settled_by("unresectable_disease")
    assert settled is not None
    assert settled.id == "kidney_metastatic"
    assert one.settled_by("lesion_site") is None
