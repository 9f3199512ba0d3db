"""When a dose is prepared: within its limit, or approved outside the policy, and never else."""

from typing import Any

import pytest

from app.library import Library
from tests.cases import BIRCH, case, determine
from tests.engine.people import GRAFT, LESION
from tests.engine.test_preparation import found


@pytest.mark.parametrize(
    ("dose_iu", "changes"),
    [
        (None, {"requested": {"doses_per_day": 2}}),
        (None, {}),
        (28_200_001, {"weight_kg": "70.5"}),
        (28_200_000, {"weight_kg": None}),
        # Unusual and not confirmed: weight or dose are not known.
        (28_200_000, {"weight_kg": "154", "confirmed": {}}),
        (2_820_000, {"weight_kg": "70.5", "confirmed": {}}),
        (2_500_000, LESION),
        (1_000_000, {"route": "subcutaneous"}),
        (1_000_000, {**GRAFT, "bsa_m2": "1.7"}),
        (1_000_000, {"indication": "graft_versus_host_disease"}),
        (1_000_000, {"indication": "other"}),
    ],
)
def test_there_is_none_unless_a_dose_by_vein_is_within_its_limit(
    library: Library, dose_iu: int | None, changes: dict[str, Any]
) -> None:
    assert found(library, dose_iu, **changes) is None


def test_the_dose_alone_counts_and_no_other_limit(library: Library) -> None:
    plain = found(library, 28_200_000, weight_kg="70.5")
    assert plain is not None
    more = {"doses_per_day": 3, "doses_per_cycle": 99, "rest_days": 0}
    assert found(library, 28_200_000, weight_kg="70.5", requested=more) == plain


@pytest.mark.parametrize(
    ("dose_iu", "approved_iu", "is_prepared"),
    [
        (28_200_000, 1, True),  # within the limit, whatever was approved
        (28_200_001, 28_200_001, True),
        (28_200_001, 28_200_000, False),
        (30_000_000, 30_000_000, True),
        (30_000_001, 30_000_000, False),
        (30_000_000, None, False),
    ],
)
def test_what_the_payers_clinician_approved_is_prepared_and_said_to_be_outside(
    library: Library, dose_iu: int, approved_iu: int | None, is_prepared: bool
) -> None:
    granted = {"authorization": {"dose_iu": approved_iu}}
    one = found(library, dose_iu, weight_kg="70.5", **granted)
    assert (one is not None) is is_prepared
    if one is not None:
        assert (one.dose_iu, one.approved_outside_policy) == (dose_iu, dose_iu > 28_200_000)


def test_an_approved_dose_changes_nothing_else(library: Library) -> None:
    """30 million: 1.66 mL, 2 vials; the vials of a session stay those of the maximum."""
    data = case(requested={"dose_iu": 30_000_000})
    plain = determine(library, data)
    approved = determine(library, {**data, "authorization": {"dose_iu": 30_000_000}})
    assert plain.preparation is None
    assert approved.preparation is not None
    assert (approved.preparation.volume_ml, approved.preparation.vials) == ("1.66", 2)
    assert approved.approval_status == plain.approval_status == "criteria_not_met"
    assert (approved.units, approved.summary) == (plain.units, plain.summary)
    assert (approved.request_check, approved.notes) == (plain.request_check, plain.notes)


def test_a_dose_of_unknown_limit_is_not_prepared_whatever_was_approved(library: Library) -> None:
    granted = {"authorization": {"dose_iu": 30_000_000}}
    assert found(library, 28_200_000, weight_kg=None, **granted) is None
    assert found(library, 28_200_000, indication="other", **granted) is None


def test_eligibility_and_payer_change_no_preparation(library: Library) -> None:
    plain = found(library, 42_300_000)
    assert plain is not None
    assert plain == found(library, 42_300_000, age_years=17)
    assert plain == found(library, 42_300_000, policy=BIRCH)
    assert plain == found(library, 42_300_000, regimen="til")
