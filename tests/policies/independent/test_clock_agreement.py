"""Course check, preparation and forecast agree with the second computation of them."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest

from app.library import Library
from tests.policies.independent import evaluator
from tests.policies.independent.course import course_check
from tests.policies.independent.courses_generator import EDGES_IU, course_cases
from tests.policies.independent.evaluator import Case
from tests.policies.independent.forecast import forecast
from tests.policies.independent.generator import BEGIN, END
from tests.policies.independent.preparation import preparation
from tests.policies.independent.test_agreement import (
    RARE,
    Answer,
    by_the_program,
    dates_in,
    differences,
    report,
)

ORDINARY, ORDINARY_SEEDS = 500, range(1, 5)
LONG, LONG_SEEDS = 5_000, range(201, 211)
ROUNDED = Fraction(1, 1000)  # mg/mL: no document says to how many places a concentration is written


def by_the_documents(case: Case) -> Answer:
    answer = evaluator.determine(case)
    if "error" in answer:
        return answer
    return {
        "error": None,
        "course_check": course_check(case),
        "preparation": preparation(case, answer["request_check"]["status"]),
        "forecast": forecast(case, answer),
    }


def comparable(got: Answer, expected: Answer) -> Answer:
    """What the program says, without what is its own: order of findings, places of a decimal."""
    got = dict(got)
    if check := got.get("course_check"):
        cycles = sorted(check["cycles"], key=lambda cycle: cycle["number"])
        findings = sorted((found["rule"], found["kind"]) for found in check["findings"])
        got["course_check"] = {**check, "cycles": cycles, "findings": findings}
    if (prepared := got.get("preparation")) and (wanted := expected.get("preparation")):
        volume, strength = (Fraction(prepared[k]) for k in ("volume_ml", "concentration_mg_per_ml"))
        exact = wanted["concentration_mg_per_ml"]
        strength = exact if abs(strength - exact) <= ROUNDED else strength
        measured = {"volume_ml": volume, "concentration_mg_per_ml": strength}
        got["preparation"] = {**prepared, **measured}
    if got.get("forecast"):  # where nothing was granted, the keys may be missing
        got["forecast"] = {"units_granted": None, "units_short": None, **got["forecast"]}
    return got


def disagreements(seed: int, count: int, library: Library) -> list[str]:
    found = []
    for case in course_cases(seed, count):
        expected = by_the_documents(case)
        got = comparable(by_the_program(case, library), expected)
        if lines := differences(expected, got):
            found.append("\n  ".join((json.dumps(case), *lines)))
    return found


@pytest.mark.parametrize("seed", ORDINARY_SEEDS)
def test_the_program_agrees_on_courses_preparations_and_forecasts(
    seed: int, library: Library
) -> None:
    found = disagreements(seed, ORDINARY, library)
    assert not found, report(found)


@pytest.mark.proof
@pytest.mark.parametrize("seed", LONG_SEEDS)
def test_the_program_agrees_on_very_many_courses(seed: int, library: Library) -> None:
    found = disagreements(seed, LONG, library)
    assert not found, report(found)


@pytest.mark.parametrize(("written", "lines"), [("0.073", 0), ("0.07", 1), ("0.0745", 1)])
def test_only_rounding_of_a_concentration_is_forgiven(written: str, lines: int) -> None:
    expected = {"preparation": {"concentration_mg_per_ml": Fraction(11, 150)}}
    got = {"preparation": {"volume_ml": "3.33", "concentration_mg_per_ml": written}}
    assert len(differences(expected, comparable(got, expected))) == lines


def at(cycle: dict[str, Any], which: str) -> datetime:
    return datetime.fromisoformat(cycle[f"{which}_dose_at"])


def corners_of_cycles(course: dict[str, Any]) -> Iterator[str]:
    begun = {c["number"]: c for c in course.get("cycles") or [] if c["doses_given"]}
    for cycle in begun.values():
        first, last, given = at(cycle, "first"), at(cycle, "last"), cycle["doses_given"]
        spare = last - first - timedelta(hours=8) * (given - 1)
        yield f"doses {given}"
        yield f"minutes beside 8 hours: {spare // timedelta(minutes=1)}"
        yield f"doses beyond 3 a date: {given - 3 * ((last.date() - first.date()).days + 1)}"
    if len(begun) == 2:
        rest = at(begun[2], "first").date() - at(begun[1], "last").date()
        yield f"second cycle after {rest.days}"
    if 1 in begun and (before := course.get("previous_last_dose_on")):
        rest = at(begun[1], "first").date() - date.fromisoformat(before)
        yield f"course after {rest.days}"


def corners_of_forecast(planned: dict[str, Any], period: dict[str, Any]) -> Iterator[str]:
    end = date.fromisoformat(period["end"])
    for course in planned["courses"]:
        for edge in ("first_day", "last_day"):
            yield f"end of approval − {edge}: {(end - date.fromisoformat(course[edge])).days}"
    yield f"courses: {len(planned['courses'])}"
    yield f"vials known: {planned['total_vials'] is not None}"
    if planned["units_short"] is not None:
        yield f"units beside need: {planned['units_granted'] - planned['total_vials']}"


def corners(case: Case, answer: Answer) -> Iterator[str]:
    for key in ("course_check", "preparation", "forecast"):
        yield f"{key}: {answer[key] is not None}"
    if check := answer["course_check"]:
        yield from (f"finding: {rule}" for rule, _ in check["findings"])
        yield from (key for key, value in check.items() if value and key != "findings")
        yield from corners_of_cycles(case["course"])
    if prepared := answer["preparation"]:
        yield from (f"dose {prepared['dose_iu'] - e:+} beside {e}" for e in EDGES_IU)
    if planned := answer["forecast"]:
        yield from corners_of_forecast(planned, evaluator.determine(case)["approval_period"])
    if "-02-29" in json.dumps(answer["forecast"]):
        yield "leap day"


def wanted_corners() -> Iterator[str]:
    for key in ("course_check", "preparation", "forecast"):
        yield from (f"{key}: {known}" for known in (True, False))
    rules = ("too_many_doses", "too_many_doses_daily", "rest_too_short", "course_rest_too_short")
    yield from (f"finding: {rule}" for rule in (*rules, "doses_too_close"))
    yield from ("second_cycle_earliest", "next_course_earliest", "this_course_earliest")
    yield from ("next_course_by_discharge", "leap day")
    yield from (f"doses {given}" for given in (1, 13, 14, 15))
    yield from (f"minutes beside 8 hours: {minutes}" for minutes in (-1, 0, 1))
    yield from (f"doses beyond 3 a date: {beyond}" for beyond in (0, 1))
    yield from (f"second cycle after {days}" for days in (9, 10, 11))
    yield from (f"course after {days}" for days in (49, 50, 51))
    yield from (f"dose {beside} beside {edge}" for beside in ("+0", "+1") for edge in EDGES_IU)
    yield from (f"end of approval − first_day: {days}" for days in (0, 67, 69))
    yield from (f"end of approval − last_day: {days}" for days in (-1, 0))
    yield from (f"courses: {count}" for count in range(7))
    yield from (f"vials known: {known}" for known in (True, False))
    yield from (f"units beside need: {beside}" for beside in (0, 1))


def test_the_generated_courses_reach_every_corner() -> None:
    reached: Counter[str] = Counter()
    for seed in ORDINARY_SEEDS:
        for case in course_cases(seed, ORDINARY):
            reached.update(corners(case, by_the_documents(case)))
    rare = {corner: reached[corner] for corner in wanted_corners() if reached[corner] < RARE}
    assert rare == {}


def test_the_generated_courses_keep_to_the_permitted_dates() -> None:
    for case in course_cases(9, 2_000):
        assert all(BEGIN <= day <= END for day in dates_in(case)), case
