"""What nobody has confirmed counts as not known: no output has a number that follows from it.

Two cases that differ in such a value alone, unusual in the same way, give the same determination,
the same calendar and the same results in a worklist; so nothing in them can follow from the value.
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings

from app.files.json_forms import determination_json
from app.library import Library
from app.model.case_json import read_case
from app.output.calendar import calendar_bytes
from tests.cases import case, determine
from tests.properties.plan_cases import courses
from tests.properties.test_one_plan import worklist_cells

GRAFT = {"indication": "graft_versus_host_disease", "route": "subcutaneous"}
TALL = {"height_cm": "175"}
# The value that waits, what else the case has, two unusual values, and an usual one.
WAITING: dict[str, tuple[str, dict[str, Any], tuple[str, str], str]] = {
    "a weight with a height": ("weight_kg", TALL, ("154", "160"), "75"),
    "a weight alone": ("weight_kg", {}, ("131", "137"), "75"),
    "a weight away from the last one": (
        "weight_kg",
        {"previous_weight_kg": "50"},
        ("80", "81"),
        "52",
    ),
    "an area by a weight": ("weight_kg", {**TALL, **GRAFT}, ("154", "160"), "75"),
    "an area that was entered": ("bsa_m2", {**GRAFT, "weight_kg": None}, ("3.2", "3.3"), "1.9"),
    "a height without an age": (
        "height_cm",
        {**GRAFT, "age_years": None, "weight_kg": "60"},
        ("142", "145"),
        "170",
    ),
}


@pytest.mark.parametrize("name", WAITING)
@settings(max_examples=25)
@given(course=courses())
def test_outputs_do_not_hang_on_a_value_that_waits(
    library: Library, name: str, course: dict[str, Any]
) -> None:
    key, others, (one, other), usual = WAITING[name]
    shared: dict[str, Any] = {**others, "course": course, "requested": {"dose_iu": 30_000_000}}
    first, second, known = (case(**{**shared, key: value}) for value in (one, other, usual))
    assert key in determine(library, first).unconfirmed
    assert written(library, first) == written(library, second)
    limit = determine(library, known).dose_limit
    if limit is not None and name != "a height without an age":
        assert limit.max_dose_iu is not None  # the value is one from which a number follows


@settings(max_examples=25)
@given(course=courses())
def test_outputs_do_not_hang_on_a_requested_dose_that_waits(
    library: Library, course: dict[str, Any]
) -> None:
    """A tenth of Alder's limit for 70.5 kg is 2,820,000; the dose itself is only repeated."""
    outputs = []
    for dose in (2_000_000, 2_100_000):
        data = case(course=course, requested={"dose_iu": dose})
        found = determine(library, data)
        assert found.unconfirmed == ("requested.dose_iu",)
        assert found.preparation is None
        assert found.units is not None
        assert found.units.of == "maximum"
        outputs.append(written(library, data).replace(str(dose), "as requested"))
    assert outputs[0] == outputs[1]


def written(library: Library, data: dict[str, Any]) -> str:
    """JSON, results in CSV and calendar of a case."""
    found = determine(library, data)
    calendar = calendar_bytes(found, read_case(data)) or b""
    cells = worklist_cells(library, data)
    return "\n".join(
        (determination_json(found).decode(), json.dumps(cells), calendar.decode("utf-8"))
    )
