"""The generated cases reach every corner and are valid; no program is needed to tell."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise, product

from tests.policies.independent.areas import squared_area
from tests.policies.independent.basics import (
    CIGNA,
    EXPRESS,
    FIRST_DAY,
    IL,
    IV,
    REVIEWED,
    SC,
    Case,
    amounts,
    exact,
    is_til,
)
from tests.policies.independent.comparing import (
    ORDINARY,
    ORDINARY_SEEDS,
    RARE,
    Answer,
    by_the_documents,
    dates_in,
    differences,
)
from tests.policies.independent.generator import BEGIN, END, cases
from tests.policies.independent.measures_generator import FORMULAS
from tests.policies.independent.notes import DEFINED
from tests.policies.independent.refusals import refused

CROWDED_SEEDS = ORDINARY_SEEDS[:4]  # these cases reach every corner already


def test_a_truth_value_is_not_taken_for_a_number() -> None:
    assert differences({"a": [1, None]}, {"a": [True, None]}) == ["a.0: expected 1, got True"]


def corners_of_time(case: Case, answer: Answer) -> Iterator[str]:
    day, policy = date.fromisoformat(case["date_of_service"]), case["policy"]
    for offset in (-1, 0, 1):
        if day == FIRST_DAY[policy] + timedelta(days=offset):
            yield f"{policy}: first day {offset:+}"
        if day == REVIEWED[policy] + timedelta(days=offset):
            yield f"{policy}: review {offset:+}"
    if (day.month, day.day) == (2, 29):
        yield "service on a leap day"
    for edge in ("start", "end"):
        if (answer.get("approval_period") or {}).get(edge, "").endswith("-02-29"):
            yield f"leap day: approval {edge}"
    if "-02-29T" in json.dumps(answer.get("schedule")):
        yield f"leap day: {case['route']} dose"


def corners_of_measurements(case: Case) -> Iterator[str]:
    weight, bsa, before = amounts(case, "weight_kg", "bsa_m2", "previous_weight_kg")
    square = squared_area(case)
    for tenths in (8, 9, 11, 12):
        if weight and before and weight == before * tenths / 10:
            yield f"weight: {tenths} tenths"
        if bsa and square and bsa**2 == square * Fraction(tenths, 10) ** 2:
            yield f"area: {tenths} tenths"
            yield f"area: {tenths} tenths of thirds: {square.denominator % 3 == 0}"
    if bsa:
        yield f"area entered: {bsa}"
    for key, value in (case.get("confirmed") or {}).items():
        own = (case.get("requested") or {}).get("dose_iu") if key[0] == "r" else case.get(key)
        if value is not None and own is not None:
            yield f"confirmed {key}: {exact(value) == exact(own)}, {value == own}"


def corners_of_dose(case: Case, answer: Answer) -> Iterator[str]:
    limit, asked = answer["dose_limit"], (case.get("requested") or {}).get("dose_iu")
    if limit and limit["max_dose_iu"] and asked:
        cap = limit["max_dose_iu"]
        yield f"{case['route']}: dose {asked - cap:+}"
        if cap % 10 == 0:
            for tenths in (1, 9, 15):
                yield f"{case['route']}: {tenths} tenths {asked - cap * tenths // 10:+}"
    if limit and (case["route"], case.get("bsa_m2")) == (SC, None) and limit["max_dose_iu"]:
        yield f"limit by {case.get('bsa_formula')}"


def corners(case: Case, answer: Answer) -> Iterator[str]:
    yield from corners_of_time(case, answer)
    yield from corners_of_measurements(case)
    if answer["error"]:
        yield answer["error"]
        return
    eligible, request = (answer[key]["status"] for key in ("eligibility", "request_check"))
    yield f"approval: {answer['approval_status']}"
    yield f"{case['policy']}: {eligible}, {request}"
    yield f"age: {case.get('age_years')}"
    yield f"assumed start: {(answer['approval_period'] or {}).get('assumed_start')}"
    yield f"waits: {', '.join(answer['unconfirmed'])}"
    yield f"units of: {(answer['units'] or {}).get('of')}, {case['route']}"
    yield from (f"note: {name}" for name in answer["note_ids"])
    if is_til(case):
        yield "tumor-infiltrating lymphocytes"
    yield from corners_of_dose(case, answer)


def wanted_corners() -> Iterator[str]:
    for status in ("criteria_met", "criteria_not_met", "information_missing", "clinician_review"):
        yield f"approval: {status}"
    requests = ("within_limits", "exceeds_limits", "incomplete", "no_regimen", "not_requested")
    for policy in (CIGNA, EXPRESS):
        yield f"{policy}: not_covered, no_regimen"
        for eligible, request in product(("met", "not_met", "incomplete"), requests):
            yield f"{policy}: {eligible}, {request}"
    yield from ("no_policy_in_force", "tumor-infiltrating lymphocytes", "service on a leap day")
    yield from (f"leap day: approval {edge}" for edge in ("start", "end"))
    for policy in (CIGNA, EXPRESS):
        for offset in ("-1", "+0", "+1"):
            yield from (f"{policy}: first day {offset}", f"{policy}: review {offset}")
    yield from (f"note: {name}" for name in DEFINED)
    keys = ("", "weight_kg", "height_cm", "height_cm, weight_kg", "bsa_m2", "requested.dose_iu")
    yield from (f"waits: {some}" for some in keys)
    for key in ("weight_kg", "height_cm", "bsa_m2", "requested.dose_iu"):
        yield from (f"confirmed {key}: {same}, {same}" for same in (True, False))
    yield "confirmed weight_kg: True, False"
    for route in (IV, IL, SC):
        yield from (f"units of: {whose}, {route}" for whose in ("requested", "maximum"))
        yield f"{route}: 1 tenths +0"
        yield from (f"{route}: dose +0", f"{route}: dose +1", f"leap day: {route} dose")
    yield from (f"age: {age}" for age in (None, 0, 17, 18, 130))
    yield from (f"assumed start: {assumed}" for assumed in (True, False))
    yield from (f"limit by {formula}" for formula in (None, *FORMULAS))
    yield from (f"weight: {tenths} tenths" for tenths in (8, 11, 12))
    yield from (f"area: {tenths} tenths" for tenths in (9, 11))
    yield from (f"area entered: {area}" for area in (Fraction(1, 5), 3))


def test_the_generated_cases_reach_every_corner() -> None:
    reached: Counter[str] = Counter()
    for seed in CROWDED_SEEDS:
        for case in cases(seed, ORDINARY):
            reached.update(corners(case, by_the_documents(case)))
    rare = {corner: reached[corner] for corner in wanted_corners() if reached[corner] < RARE}
    assert rare == {}


def test_the_generated_cases_keep_to_the_permitted_dates_and_their_order() -> None:
    for case in cases(9, 4_000):
        assert all(BEGIN <= day <= END for day in dates_in(case)), case
        granted = case.get("authorization") or {}
        start = granted.get("start") or granted.get("end")
        assert start is None or start <= (granted.get("end") or start), case
        assert refused(case) == []


def test_the_same_seed_gives_the_same_cases_and_another_seed_others() -> None:
    runs = [[json.dumps(case) for case in cases(seed, 50)] for seed in (1, 1, 2, 3)]
    assert runs[0] == runs[1]
    assert all(one != other for one, other in pairwise(runs[1:]))
