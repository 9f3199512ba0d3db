"""What an unusual value does to the determination of every case: nothing, until it is confirmed.

Then nothing changes but what follows from it.
"""

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.engine import evaluate
from app.files.json_forms import determination_json
from app.library import Library
from app.model.case_json import InvalidCase, read_case
from app.model.determination import Determination
from tests.cases import ALDER, BIRCH, case
from tests.engine.people import GRAFT, LESION, VEIN_BIRCH, cycle
from tests.engine.test_course_schedule import FIRST, SLOTS

COURSES: list[dict[str, Any]] = [
    {},
    {"first_dose_at": FIRST},
    {"cycles": [cycle(1, 3, SLOTS[0], SLOTS[2])]},
    {"cycles": [cycle(1, 13, SLOTS[0], SLOTS[12])]},
    {"first_dose_at": FIRST, "previous_last_dose_on": "2026-10-20"},
]
REQUESTS: list[dict[str, int]] = [
    *({}, {"dose_iu": 1_000_000}, {"dose_iu": 20_000_000}, {"dose_iu": 90_000_000}),
    *({"doses_per_day": 4}, {"doses_per_cycle": 7, "lesions": 9}),
]
USES: list[dict[str, Any]] = [{}, VEIN_BIRCH, GRAFT, LESION, {"age_years": None}, {"age_years": 9}]
# Whatever of a determination may change with a value that is confirmed.
FOLLOWS = {
    *("approval_status", "summary", "unconfirmed", "dose_limit", "request_check", "preparation"),
    *("regimens", "units", "approval_period", "forecast", "notes"),
}
cases = st.builds(
    lambda use, course, requested, size, granted: case(
        **{**use, **size, "course": course, "requested": requested, "authorization": granted}
    ),
    st.sampled_from(USES),
    st.sampled_from(COURSES),
    st.sampled_from(REQUESTS),
    st.fixed_dictionaries(
        {"weight_kg": st.sampled_from(["5", "35", "70", "112", "154", "300"])},
        optional={
            "height_cm": st.sampled_from(["60", "140", "160", "175", "200"]),
            "bsa_m2": st.sampled_from(["0.15", "1.1", "2", "3.2"]),
            "previous_weight_kg": st.sampled_from(["70", "100", "154"]),
        },
    ),
    st.sampled_from([{}, {"units": 9}, {"dose_iu": 90_000_000}, {"end": "2026-11-22"}]),
)


def judged(library: Library, data: dict[str, Any]) -> Determination:
    policy = library.versions(data["policy"])[-1]
    return evaluate(read_case(data), policy, library.reference_data)


def written(one: Determination) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(determination_json(one))
    return found


def value_at(data: dict[str, Any], key: str) -> Any:
    return data["requested"]["dose_iu"] if key == "requested.dose_iu" else data[key]


def all_confirmed(library: Library, data: dict[str, Any]) -> dict[str, Any]:
    """The case with every unusual value confirmed, also one that only then can be judged."""
    confirmed: dict[str, Any] = {}
    for _ in range(3):
        waiting = judged(library, {**data, "confirmed": confirmed}).unconfirmed
        confirmed |= {key: value_at(data, key) for key in waiting}
    return {**data, "confirmed": confirmed}


@given(data=cases)
@settings(max_examples=300)
def test_confirming_a_value_changes_only_what_follows_from_it(
    library: Library, data: dict[str, Any]
) -> None:
    before = written(judged(library, data))
    complete = all_confirmed(library, data)
    after = written(judged(library, complete))
    assert after["unconfirmed"] == []
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= (FOLLOWS if before["unconfirmed"] else set())
    if before["unconfirmed"] == ["requested.dose_iu"]:
        assert before["dose_limit"] == after["dose_limit"]
    kept = [note for note in before["notes"] if note["id"] != "unusual_value"]
    if before["approval_status"] == after["approval_status"]:
        assert all(note in after["notes"] for note in kept)


@given(data=cases, factor=st.sampled_from([3, 7]))
@settings(max_examples=300)
def test_no_number_follows_from_a_value_that_waits(
    library: Library, data: dict[str, Any], factor: int
) -> None:
    """Another waiting value in its place gives the same bytes, but for the entry itself."""
    before = judged(library, data)
    other = {**data, "requested": dict(data["requested"])}
    for key in before.unconfirmed:
        if key == "requested.dose_iu":
            other["requested"]["dose_iu"] = value_at(data, key) // factor
        elif key == "weight_kg":
            step = 1 if float(data[key]) > 60 else -1
            other[key] = f"{float(data[key]) + step / factor:.3f}"
    after = judged(library, other)
    if after.unconfirmed != before.unconfirmed:
        return
    plain, changed = written(before), written(after)
    for one in (plain, changed):
        for finding in one["request_check"]["findings"]:
            if finding["field"] == "dose_iu" and "requested.dose_iu" in one["unconfirmed"]:
                finding["requested"] = None
        one["notes"] = [note for note in one["notes"] if note["id"] != "unusual_value"]
    assert plain == changed


@given(data=cases)
@settings(max_examples=300)
def test_while_a_measurement_waits_no_dose_is_known(library: Library, data: dict[str, Any]) -> None:
    one = judged(library, data)
    if not set(one.unconfirmed) - {"requested.dose_iu"}:
        return
    assert one.dose_limit is not None
    assert (one.dose_limit.max_dose_iu, one.dose_limit.bsa_m2) == (None, None)
    assert (one.units, one.preparation, one.approval_period, one.forecast) == (None,) * 4
    assert one.approval_status != "criteria_met"
    for finding in one.request_check.findings:
        if finding.field == "dose_iu":
            assert (finding.limit, finding.result, finding.excess_percent) == (
                None,
                "unknown",
                None,
            )


@given(data=cases)
@settings(max_examples=300)
def test_nothing_beyond_a_limit_ever_stands_under_criteria_met(
    library: Library, data: dict[str, Any]
) -> None:
    for one in (judged(library, data), judged(library, all_confirmed(library, data))):
        course = one.course_check
        broken = any(each.kind == "violation" for each in (course.findings if course else ()))
        beyond = one.request_check.status in ("exceeds_limits", "no_regimen")
        if broken or beyond or one.unconfirmed:
            assert one.approval_status != "criteria_met"
            assert (one.approval_period, one.forecast) == (None, None)
        if broken:
            assert "within every documented limit" not in one.summary
        is_over = any(each.excess_percent for each in one.request_check.findings)
        assert one.summary.startswith("The requested dose is above the documented limit") is is_over


@given(data=cases)
@settings(max_examples=100)
def test_the_same_case_gives_the_same_bytes(library: Library, data: dict[str, Any]) -> None:
    assert determination_json(judged(library, data)) == determination_json(judged(library, data))


@given(
    weights=st.tuples(*[st.decimals("0.5", "650", places=6)] * 2).map(sorted),
    heights=st.tuples(*[st.decimals("25", "275", places=6)] * 2).map(sorted),
    formula=st.sampled_from(["mosteller", "du_bois", "haycock", "gehan_george"]),
)
def test_a_larger_person_never_has_a_smaller_limit(
    library: Library, weights: list[Any], heights: list[Any], formula: str
) -> None:
    def limit(weight: Any, height: Any, **use: Any) -> int:
        size = {"weight_kg": f"{weight:f}", "height_cm": f"{height:f}"}
        one = judged(library, case(**{**use, **size}, bsa_formula=formula, confirmed=size))
        assert one.dose_limit is not None
        assert one.dose_limit.max_dose_iu is not None
        return one.dose_limit.max_dose_iu

    (light, heavy), (short, tall) = weights, heights
    assert limit(light, short) == limit(light, tall) <= limit(heavy, short)
    assert (
        limit(light, short, **GRAFT) <= limit(light, tall, **GRAFT) <= limit(heavy, tall, **GRAFT)
    )


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"weight_kg": "154 lb"}, "weight_kg"),
        ({"weight_kg": "0.4"}, "weight_kg"),
        ({"height_cm": "1.75"}, "height_cm"),
        ({"requested": {"dose_iu": 0}}, "requested.dose_iu"),
        ({"requested": {"doses_per_cycle": 1_001}}, "requested.doses_per_cycle"),
        ({"confirmed": ["weight_kg"]}, "confirmed"),
        ({"confirmed": {"requested.dose_iu": 10**12 + 1}}, "confirmed.requested.dose_iu"),
        ({"authorization": {"units": 100_001}}, "authorization.units"),
        (
            {"course": {"cycles": [{"number": 1, "doses_given": 1}]}},
            "course.cycles.0.first_dose_at",
        ),
        ({"patient_name": "x"}, "patient_name"),
    ],
)
def test_a_case_that_is_refused_names_its_key(changes: dict[str, Any], key: str) -> None:
    with pytest.raises(InvalidCase) as refused:
        read_case(case(**changes))
    assert [one.at for one in refused.value.problems] == [key]


def test_both_payers_know_the_same_doubts(library: Library) -> None:
    for use in ({"weight_kg": "154"}, {**GRAFT, "bsa_m2": "3.5"}):
        by_alder, by_birch = (
            judged(library, case(**{**use, "policy": one})).unconfirmed for one in (ALDER, BIRCH)
        )
        assert by_alder == by_birch != ()
