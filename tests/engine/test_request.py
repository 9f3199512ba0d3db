"""The request check: equal is within, one beyond exceeds, and what has no limit never counts."""

from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.request import excess_percent
from app.library import Library
from app.model.determination import Finding, RequestCheck
from tests.engine.people import GRAFT, LESION, TWO_M2, VEIN_BIRCH, found

DOSES = "Alder 12: Skin doses"


def check(library: Library, requested: dict[str, Any] | None, **changes: Any) -> RequestCheck:
    return found(library, requested=requested, **changes).request_check


@pytest.mark.parametrize(
    ("field", "limit", "beyond"),
    [
        ("dose_iu", 28_200_000, 28_200_001),
        ("doses_per_day", 2, 3),
        ("doses_per_cycle", 10, 11),
        ("rest_days", 11, 10),
        ("course_rest_days", 56, 55),
    ],
)
def test_the_limit_itself_is_within_and_one_further_is_beyond(
    library: Library, field: str, limit: int, beyond: int
) -> None:
    at_limit, over = check(library, {field: limit}), check(library, {field: beyond})
    assert (at_limit.status, at_limit.findings[0].result) == ("within_limits", "within")
    assert (over.status, over.findings[0].result) == ("exceeds_limits", "exceeds")
    assert (over.findings[0].limit, over.findings[0].requested) == (limit, beyond)
    assert str(over.findings[0].citation).startswith(DOSES)


def test_a_rest_may_be_longer_and_a_number_smaller(library: Library) -> None:
    found_ = check(library, {"doses_per_day": 1, "rest_days": 12, "course_rest_days": 1_000})
    assert {one.result for one in found_.findings} == {"within"}


@pytest.mark.parametrize(
    ("requested", "percent"),
    [
        (28_200_000, None),
        (28_200_001, "0.01"),  # however little, rounded up
        (28_202_820, "0.01"),  # exactly
        (28_202_821, "0.02"),
        (28_482_000, "1.00"),
        (31_020_000, "10.00"),
        (56_400_000, "100.00"),
        (1_000_000_000_000, "3545999.30"),  # 3,545,999.2907…
    ],
)
def test_an_excess_is_told_in_hundredths_of_a_percent_rounded_up(
    library: Library, requested: int, percent: str | None
) -> None:
    [one] = check(library, {"dose_iu": requested}).findings
    assert one.excess_percent == percent


def test_only_a_dose_that_exceeds_has_an_excess(library: Library) -> None:
    findings = check(library, {"doses_per_day": 9, "rest_days": 0}).findings
    assert [one.excess_percent for one in findings] == [None, None]


@given(limit=st.integers(1, 10**9), more=st.integers(1, 10**12))
def test_the_excess_is_the_least_hundredth_not_below_the_true_one(limit: int, more: int) -> None:
    told = Decimal(excess_percent(limit + more, limit))
    assert -told.as_tuple().exponent == 2  # type: ignore[operator]
    true = Fraction(100 * more, limit)
    assert Fraction(told) - Fraction(1, 100) < true <= Fraction(told)


@pytest.mark.parametrize(
    ("changes", "tenth", "waits_at_it"),
    [
        ({}, 2_820_000, True),  # a tenth of 28.2 million
        ({**GRAFT, **TWO_M2}, 300_000, True),  # of 3 million
        (LESION, 250_000, False),  # of 2.5 million: for a lesion a tenth is a published dose
    ],
)
def test_a_dose_of_a_tenth_of_its_limit_waits_for_a_confirmation(
    library: Library, changes: dict[str, Any], tenth: int, waits_at_it: bool
) -> None:
    for dose_iu, waits in ((tenth - 1, True), (tenth, waits_at_it), (tenth + 1, False)):
        one = found(library, **changes, requested={"dose_iu": dose_iu})
        assert one.unconfirmed == (("requested.dose_iu",) if waits else ())
        [finding] = one.request_check.findings
        assert finding.result == ("unknown" if waits else "within")
        assert finding.limit in (28_200_000, 3_000_000, 2_500_000)  # the limit is known
        assert one.request_check.status == ("incomplete" if waits else "within_limits")
        assert one.approval_status == ("information_missing" if waits else "criteria_met")


@pytest.mark.parametrize(
    ("confirmed", "waits"),
    [(None, True), (2_820_000, False), (2_820_001, True), (282_000, True)],
)
def test_a_small_dose_counts_once_this_very_dose_is_confirmed(
    library: Library, confirmed: int | None, waits: bool
) -> None:
    one = found(
        library,
        requested={"dose_iu": 2_820_000},
        confirmed={"requested.dose_iu": confirmed},
    )
    assert bool(one.unconfirmed) is waits
    assert one.request_check.findings[0].result == ("unknown" if waits else "within")


def test_without_a_known_limit_no_dose_is_small(library: Library) -> None:
    one = found(library, requested={"dose_iu": 1}, weight_kg=None)
    assert one.unconfirmed == ()
    assert one.request_check.findings[0].limit is None
    assert found(library, requested={"dose_iu": 1}, indication="other").unconfirmed == ()
    waiting = found(library, requested={"dose_iu": 1}, weight_kg="154")
    assert waiting.unconfirmed == ("weight_kg",)


def test_a_field_that_the_regimen_does_not_limit_never_counts(library: Library) -> None:
    one = check(library, {"doses_per_week": 500})
    assert one.status == "within_limits"
    assert one.findings == (Finding("doses_per_week", 500, None, "no_limit_stated", None),)


def test_no_limit_is_derived_from_another(library: Library) -> None:
    one = check(library, {"doses_per_day": 3, "doses_per_week": 2}, **LESION)
    assert [finding.result for finding in one.findings] == ["no_limit_stated", "within"]


@pytest.mark.parametrize(
    "nothing", [None, {}, {"dose_iu": None, "rest_days": None}, {"lesions": 3}]
)
def test_nothing_but_nulls_and_lesions_is_no_request(
    library: Library, nothing: dict[str, Any] | None
) -> None:
    for use in ({}, LESION):
        assert check(library, nothing, **use) == RequestCheck("not_requested", ())


def test_lesions_are_never_a_finding(library: Library) -> None:
    one = check(library, {"dose_iu": 2_500_000, "lesions": 1_000}, **LESION)
    assert [finding.field for finding in one.findings] == ["dose_iu"]


def test_a_dose_without_a_weight_cannot_be_checked(library: Library) -> None:
    one = check(library, {"dose_iu": 1, "doses_per_day": 2}, weight_kg=None)
    assert one.status == "incomplete"
    assert [finding.result for finding in one.findings] == ["unknown", "within"]


def test_one_exceeded_limit_decides_whatever_else_is_unknown(library: Library) -> None:
    assert check(library, {"dose_iu": 1, "doses_per_day": 3}, weight_kg=None).status == (
        "exceeds_limits"
    )
    small = found(library, requested={"dose_iu": 1, "doses_per_day": 3})
    assert (small.request_check.status, small.unconfirmed) == (
        "exceeds_limits",
        ("requested.dose_iu",),
    )
    assert small.approval_status == "criteria_not_met"
    weight = found(
        library,
        **{**VEIN_BIRCH, "weight_kg": "154", "height_cm": "175"},
        requested={"dose_iu": 60_000_000, "doses_per_day": 4},
    )
    assert (weight.unconfirmed, weight.approval_status) == (("weight_kg",), "clinician_review")


@pytest.mark.parametrize(
    "changes",
    [{"route": "subcutaneous"}, {"indication": "other"}, {**GRAFT, "route": "intravenous"}],
)
def test_without_documented_dosing_every_field_is_told_and_none_is_checked(
    library: Library, changes: dict[str, Any]
) -> None:
    asked = {"dose_iu": 1, "lesions": 4, "rest_days": 0}
    one = check(library, asked, **changes)
    assert one == RequestCheck(
        "no_regimen",
        (
            Finding("dose_iu", 1, None, "no_dosing_documented", None),
            Finding("rest_days", 0, None, "no_dosing_documented", None),
        ),
    )
    assert check(library, None, **changes) == RequestCheck("no_regimen", ())
