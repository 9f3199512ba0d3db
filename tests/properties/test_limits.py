"""How a limit follows measurements: more never lowers it, and requests part at one unit.

Measurements and doses are confirmed here, because unusual ones are generated as well: without that
no limit follows from them (`test_unconfirmed.py`).
"""

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import evaluate
from app.library import Library
from app.model.case import Case
from app.model.case_json import read_case
from tests.any_case import any_case
from tests.cases import case
from tests.properties.caps import FORMULAS, GRAFT, KIDNEY, LESION, ONE, SKIN, Body, cap_iu
from tests.properties.dose_cases import written

STEPS = st.integers(0, 30) | st.integers(0, 650 * ONE)  # neighbors are the hardest
weights, heights = st.integers(ONE // 2, 650 * ONE), st.integers(25 * ONE, 275 * ONE)
bodies = st.tuples(weights, heights)
areas = st.integers(ONE // 10, 4_500_000)


def limits(library: Library, use: tuple[str, str], body: Body) -> list[int]:
    """Return the limit by each version that has one: the whole part of its product."""
    values = {"weight_kg": body.weight, "height_cm": body.height, "bsa_m2": body.area}
    measures = {key: None if one is None else written(one) for key, one in values.items()}
    data = case(
        indication=use[0],
        route=use[1],
        bsa_formula=body.formula,
        **measures,
        confirmed=measures,
    )
    found: list[int] = []
    for policy in library.policies:
        limit = evaluate(read_case(data), policy, library.reference_data).dose_limit
        cap = limit.max_dose_iu if limit else None
        assert cap == cap_iu(f"{policy.id}-{policy.version}", use, body), body
        found += [] if cap is None else [cap]
    return found


def never_lower(*growing: list[int]) -> bool:
    """Return whether each limit is at least that of the measurements before."""
    assert growing[0]
    return all(
        before <= after
        for one, other in pairwise(growing)
        for before, after in zip(one, other, strict=True)
    )


@pytest.mark.parametrize("use", [SKIN, KIDNEY])
@settings(max_examples=60)
@given(weight=weights, more=STEPS)
def test_more_weight_never_lowers_the_limit(
    library: Library, use: tuple[str, str], weight: int, more: int
) -> None:
    heavier = min(weight + more, 650 * ONE)
    assert never_lower(limits(library, use, Body(weight)), limits(library, use, Body(heavier)))


@pytest.mark.parametrize("formula", FORMULAS)
@settings(max_examples=40)
@given(first=bodies, more=STEPS, taller=STEPS)
def test_more_weight_or_height_never_lowers_a_limit_by_area(
    library: Library, formula: str, first: tuple[int, int], more: int, taller: int
) -> None:
    weight, height = first
    heavy, tall = min(weight + more, 650 * ONE), min(height + taller, 275 * ONE)
    growing = [(weight, height), (heavy, height), (heavy, tall)]
    assert never_lower(*(limits(library, GRAFT, Body(*one, formula=formula)) for one in growing))


@settings(max_examples=60)
@given(area=areas, more=STEPS)
def test_more_area_never_lowers_the_limit(library: Library, area: int, more: int) -> None:
    larger = min(area + more, 4_500_000)
    found = (limits(library, GRAFT, Body(area=one)) for one in (area, larger))
    assert never_lower(*found)


@settings(max_examples=40)
@given(weight=weights | st.none(), height=heights | st.none(), area=areas | st.none())
def test_no_measurement_changes_the_limit_of_a_lesion(
    library: Library, weight: int | None, height: int | None, area: int | None
) -> None:
    assert limits(library, LESION, Body(weight, height, area)) == [2_500_000, 4_000_000]


@settings(max_examples=80)
@given(one=any_case, beyond=st.integers(1, 10**12), below=st.integers(0, 10**9))
def test_a_request_exceeds_from_one_unit_above_the_limit_and_never_below(
    library: Library, one: Case, beyond: int, below: int
) -> None:
    for policy in library.policies:
        found = evaluate(one, policy, library.reference_data)
        cap = found.dose_limit.max_dose_iu if found.dose_limit else None
        if cap is None:
            continue
        for dose, result in (
            (cap, "within"),
            (max(1, cap - below), "within"),
            (cap + 1, "exceeds"),
            (cap + beyond, "exceeds"),
        ):
            asked = replace(one.requested, dose_iu=dose)
            checked = replace(one.confirmed, requested__dose_iu=dose)
            again = replace(one, requested=asked, confirmed=checked)
            check = evaluate(again, policy, library.reference_data).request_check
            [finding] = [each for each in check.findings if each.field == "dose_iu"]
            assert (finding.limit, finding.result) == (cap, result)
            assert result == "within" or check.status == "exceeds_limits"
