"""How a limit follows measurements: more never lowers it, and requests part at one unit."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import evaluate
from app.library import Library
from app.model.case import Case
from app.model.case_json import read_case
from app.model.determination import Determination
from tests.any_case import any_case
from tests.cases import case
from tests.properties.caps import FORMULAS, ONE, Body, cap_iu
from tests.properties.dose_cases import written

BY_WEIGHT = [
    ("cutaneous_melanoma", "intravenous"),
    ("renal_cell_carcinoma", "intravenous"),
]
LESION = ("cutaneous_melanoma", "intralesional")
BY_AREA = ("graft_versus_host_disease", "subcutaneous")
STEPS = st.integers(0, 30) | st.integers(0, 650 * ONE)  # neighbors are the hardest
weights, heights = st.integers(ONE // 2, 650 * ONE), st.integers(25 * ONE, 275 * ONE)
bodies = st.tuples(weights, heights)
areas = st.integers(ONE // 10, 4_500_000)


def limits(library: Library, use: tuple[str, str], body: Body) -> set[int | None]:
    """Return the limits of all policies; each must be the whole part of the documents' product."""
    values = {"weight_kg": body.weight, "height_cm": body.height, "bsa_m2": body.area}
    measures = {key: None if one is None else written(one) for key, one in values.items()}
    data = case(indication=use[0], route=use[1], bsa_formula=body.formula, **measures)
    found = {
        one.dose_limit.max_dose_iu if one.dose_limit else None for one in under_all(library, data)
    }
    assert found == {cap_iu(*use, body)}, body
    return found


def under_all(library: Library, data: object) -> Iterator[Determination]:
    one = data if isinstance(data, Case) else read_case(data)
    return (evaluate(one, policy, library.reference_data) for policy in library.policies)


def limit(library: Library, use: tuple[str, str], body: Body) -> int:
    [found] = limits(library, use, body)
    assert found is not None
    return found


@pytest.mark.parametrize("use", BY_WEIGHT)
@settings(max_examples=60)
@given(weight=weights, more=STEPS)
def test_more_weight_never_lowers_the_limit(
    library: Library, use: tuple[str, str], weight: int, more: int
) -> None:
    heavier = min(weight + more, 650 * ONE)
    assert limit(library, use, Body(weight)) <= limit(library, use, Body(heavier))


@pytest.mark.parametrize("formula", FORMULAS)
@settings(max_examples=40)
@given(first=bodies, more=STEPS, taller=STEPS)
def test_more_weight_or_height_never_lowers_a_limit_by_area(
    library: Library, formula: str, first: tuple[int, int], more: int, taller: int
) -> None:
    weight, height = first
    heavy, tall = min(weight + more, 650 * ONE), min(height + taller, 275 * ONE)
    growing = [(weight, height), (heavy, height), (heavy, tall)]
    found = [limit(library, BY_AREA, Body(*one, formula=formula)) for one in growing]
    assert found == sorted(found)


@settings(max_examples=60)
@given(area=areas, more=STEPS)
def test_more_area_never_lowers_the_limit(library: Library, area: int, more: int) -> None:
    larger = min(area + more, 4_500_000)
    found = limit(library, BY_AREA, Body(area=area))
    assert found <= limit(library, BY_AREA, Body(area=larger))


@settings(max_examples=40)
@given(weight=weights | st.none(), height=heights | st.none(), area=areas | st.none())
def test_no_measurement_changes_the_limit_of_a_lesion(
    library: Library, weight: int | None, height: int | None, area: int | None
) -> None:
    assert limit(library, LESION, Body(weight, height, area)) == 6_000_000


@settings(max_examples=80)
@given(one=any_case, beyond=st.integers(1, 10**12), below=st.integers(0, 10**9))
def test_a_request_exceeds_from_one_unit_above_the_limit_and_never_below(
    library: Library, one: Case, beyond: int, below: int
) -> None:
    for found in under_all(library, one):
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
            again = replace(one, requested=asked)
            for check in (each.request_check for each in under_all(library, again)):
                [finding] = [each for each in check.findings if each.field == "dose_iu"]
                assert (finding.limit, finding.result) == (cap, result)
                assert result == "within" or check.status == "exceeds_limits"
