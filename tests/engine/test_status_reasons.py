"""The reasons of a determination are the criteria, findings and rule that make it what it is."""

from typing import Any

import pytest

from app.engine import Reasons
from app.library import Library
from tests.cases import ALDER, case, determine


def reasons(library: Library, **changes: Any) -> Reasons:
    return Reasons(determine(library, case(**changes)), library.versions(ALDER)[-1])


def test_where_everything_is_met_no_finding_and_no_rule_decides(library: Library) -> None:
    found = reasons(library, requested={"dose_iu": 1_000_000})
    assert {one.result for one in found.deciding_criteria} == {"met"}
    assert (found.deciding_findings, found.status_rule) == ((), None)


def test_what_is_beyond_a_limit_decides_with_the_rule_of_the_policy(library: Library) -> None:
    found = reasons(library, requested={"dose_iu": 28_200_001, "doses_per_day": 1})
    assert [one.field for one in found.deciding_findings] == ["dose_iu"]
    assert found.status_rule == found.policy.beyond_dosing.met


def test_where_the_criteria_are_refused_no_finding_decides(library: Library) -> None:
    found = reasons(library, age_years=1, requested={"dose_iu": 28_200_001})
    assert {one.result for one in found.deciding_criteria} == {"not_met"}
    assert (found.deciding_findings, found.status_rule) == ((), None)


@pytest.mark.parametrize(("confirmed", "fields"), [([], []), (["weight_kg"], ["dose_iu"])])
def test_a_dose_that_is_not_certain_decides_nothing(
    library: Library, confirmed: list[str], fields: list[str]
) -> None:
    found = reasons(library, weight_kg="7.5", confirmed=confirmed, requested={"dose_iu": 9_000_000})
    assert [one.field for one in found.deciding_findings] == fields
