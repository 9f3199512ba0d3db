"""The status of a case: refused criteria decide first, then the policy's rule, then the unknown."""

from itertools import product

import pytest

from app.engine.status import approval_status, status_rule
from app.library import Library
from app.model.determination import (
    ApprovalStatus,
    Eligibility,
    EligibilityStatus,
    JudgedComparison,
    RequestCheck,
    RequestStatus,
)
from tests.cases import ALDER, BIRCH

CRITERION = JudgedComparison("one", "One", "met", "single_agent", True, {"is": True}, "")
REQUESTS: tuple[RequestStatus, ...] = (
    *("not_requested", "within_limits", "incomplete"),
    *("exceeds_limits", "no_regimen"),
)
EXPECTED: dict[EligibilityStatus, tuple[ApprovalStatus | None, ...]] = {
    "not_covered": ("criteria_not_met",) * 5,
    "not_met": ("criteria_not_met",) * 5,
    "incomplete": (*("information_missing",) * 3, None, None),
    "met": ("criteria_met", "criteria_met", "information_missing", None, None),
}


@pytest.mark.parametrize("policy_id", [ALDER, BIRCH])
@pytest.mark.parametrize(("eligibility", "request_"), list(product(EXPECTED, REQUESTS)))
def test_each_combination_has_its_status(
    library: Library, policy_id: str, eligibility: EligibilityStatus, request_: RequestStatus
) -> None:
    policy = library.versions(policy_id)[-1]
    judged, check = Eligibility(eligibility, CRITERION, ()), RequestCheck(request_, ())
    expected = EXPECTED[eligibility][REQUESTS.index(request_)]
    rule = status_rule(judged, check, policy)
    assert (rule is None) is (expected is not None)
    if rule is not None:
        rules = policy.beyond_dosing
        assert rule == (rules.met if eligibility == "met" else rules.incomplete)
        expected = rule.status
    assert approval_status(judged, check, policy) == expected
