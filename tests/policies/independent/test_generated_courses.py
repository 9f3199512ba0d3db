"""The generated courses reach every corner and are valid; no program is needed to tell."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from tests.policies.independent.basics import Case, is_til
from tests.policies.independent.comparing import RARE, Answer, by_the_documents, dates_in
from tests.policies.independent.courses_generator import course_cases
from tests.policies.independent.generator import BEGIN, END
from tests.policies.independent.plan import cycle_of, held_after_last, schedule
from tests.policies.independent.refusals import refused
from tests.policies.independent.requests_generator import EDGES_IU

ORDINARY, ORDINARY_SEEDS = 1_000, range(1, 5)  # these reach every corner already


def at(cycle: dict[str, Any], which: str) -> datetime:
    return datetime.fromisoformat(cycle[f"{which}_dose_at"])


def corners_of_cycles(course: dict[str, Any]) -> Iterator[str]:
    named = {c["number"]: c for c in course.get("cycles") or []}
    begun = {number: cycle for number, cycle in named.items() if cycle.get("doses_given")}
    for cycle in begun.values():
        first, last, given = at(cycle, "first"), at(cycle, "last"), cycle["doses_given"]
        spare = last - first - timedelta(hours=8) * (given - 1)
        yield f"doses {given}"
        yield f"minutes beside 8 hours: {spare // timedelta(minutes=1)}"
        yield f"doses beyond 3 a date: {given - 3 * ((last.date() - first.date()).days + 1)}"
    for number in begun:
        cycle_here = cycle_of(course, number)
        if cycle_here.held:
            after = held_after_last(cycle_here)
            yield f"held after the last: {'none' if not after else after < cycle_here.held}"
    if len(begun) == 2:
        rest = at(begun[2], "first").date() - at(begun[1], "last").date()
        yield f"second cycle after {rest.days}"
    for number, cycle in named.items():
        if not cycle.get("doses_given") and not cycle.get("over"):
            held = (cycle.get("doses_held") or 0) - (course.get("doses_per_cycle") or 14)
            yield f"all held in {number}: {held >= 0}"


def corners_of_plan(plan: dict[str, Any], check: dict[str, Any] | None) -> Iterator[str]:
    for cycle in plan["cycles"]:
        yield f"cycle {cycle['number']}: {cycle['source']}, {cycle.get('begins')}"
    second = plan["cycles"][1]
    yield f"rest: {(plan['rest'] or {}).get('days')}"
    if second.get("begins") == "entered" and check and check["second_cycle_earliest"]:
        booked = date.fromisoformat(second["first_day"])
        early = booked - date.fromisoformat(check["second_cycle_earliest"])
        yield f"booked {early.days:+} beside the permitted day"


def corners_of_forecast(planned: dict[str, Any], period: dict[str, Any]) -> Iterator[str]:
    start, end = (date.fromisoformat(period[edge]) for edge in ("start", "end"))
    for course in planned["courses"]:
        for edge in ("first_day", "last_day"):
            yield f"end of approval − {edge}: {(end - date.fromisoformat(course[edge])).days}"
    yield f"courses: {len(planned['courses'])}"
    yield f"vials known: {planned['total_vials'] is not None}"
    if planned["units_short"] is not None:
        yield f"units beside need: {planned['units_granted'] - planned['total_vials']}"
        first = planned["units_granted"] - planned["courses"][0]["vials"]
        yield f"units beside need of the first: {first}"
    if planned["courses"] and date.fromisoformat(planned["courses"][0]["first_day"]) < start:
        yield "a course begun before the period"


def corners_of_authorization(case: Case, answer: Answer) -> Iterator[str]:
    granted = case.get("authorization") or {}
    sides = [side for side in ("start", "end") if granted.get(side)]
    covers = "authorization_does_not_cover" not in answer["note_ids"]
    yield f"granted {' and '.join(sides) or 'no dates'}: covers {covers}"


def corners(case: Case, answer: Answer) -> Iterator[str]:
    for key in ("course_check", "preparation", "forecast", "schedule", "units"):
        yield f"{key}: {answer[key] is not None}"
    check, plan = answer["course_check"], answer["schedule"]
    yield from corners_of_authorization(case, answer)
    if plan and "cycles" in plan:
        yield from corners_of_plan(plan, check)
    if check:
        yield from (f"finding: {found['rule']}" for found in check["findings"])
        yield from (key for key, value in check.items() if value and key != "findings")
        yield f"by discharge of: {check['by_discharge_of']}"
        yield from corners_of_cycles(case["course"])
        if (before := case["course"].get("previous_last_dose_on")) and plan:
            begun = date.fromisoformat(plan["cycles"][0]["first_day"])
            yield f"course after {(begun - date.fromisoformat(before)).days}"
    if prepared := answer["preparation"]:
        yield from (f"dose {prepared['dose_iu'] - e:+} beside {e}" for e in EDGES_IU)
        yield f"outside the policy: {prepared['approved_outside_policy']}"
        yield f"outside the label: {prepared['concentration_outside_label']}"
    if supplied := answer["units"]:
        yield f"whole vials: {supplied['whole_vials_within_limit'] is not None}"
    if planned := answer["forecast"]:
        yield from corners_of_forecast(planned, answer["approval_period"])
    if "-02-29" in json.dumps(answer["forecast"]):
        yield "leap day"
    if is_til(case):
        yield f"cell therapy: {answer['note_kinds'].get('til_regimen_differs')}"


def wanted_corners() -> Iterator[str]:
    for key in ("course_check", "preparation", "forecast", "schedule", "units"):
        yield from (f"{key}: {known}" for known in (True, False))
    rules = ("too_many_doses", "too_many_doses_daily", "rest_too_short", "course_rest_too_short")
    advisories = ("doses_too_close", "seven_weeks_to_the_day")
    yield from (f"finding: {rule}" for rule in (*rules, *advisories))
    yield from ("second_cycle_earliest", "next_course_earliest", "this_course_earliest")
    yield from ("second_cycle_provisional", "next_course_provisional", "leap day", "by_discharge")
    yield from (f"by discharge of: {whose}" for whose in ("this_course", "next_course", None))
    first = ("planned, entered", "given, given", "given_and_planned, given")
    yield from (f"cycle 1: {sort}" for sort in first)
    yield from (
        f"cycle 2: {sort}" for sort in (*first, "given, None", "planned, earliest_permitted")
    )
    yield from (f"rest: {days}" for days in (None, 8, 9, 10))
    yield from (f"booked {days} beside the permitted day" for days in ("-1", "+0", "+1"))
    yield from (f"held after the last: {some}" for some in ("none", True, False))
    yield from (f"all held in {number}: {held}" for number in (1, 2) for held in (True, False))
    yield from (f"doses {given}" for given in (1, 13, 14, 15))
    yield from (f"minutes beside 8 hours: {minutes}" for minutes in (-61, -60, -59, -1, 0, 1))
    yield from (f"doses beyond 3 a date: {beyond}" for beyond in (0, 1))
    yield from (f"second cycle after {days}" for days in (9, 10, 11))
    yield from (f"course after {days}" for days in (47, 48, 49, 50, 51))
    yield from (f"dose {beside} beside {edge}" for beside in ("+0", "+1") for edge in EDGES_IU)
    yield from (f"outside the {what}: {is_so}" for what in LINES for is_so in (True, False))
    yield from (f"whole vials: {known}" for known in (True, False))
    for sides in ("start", "end", "start and end"):
        yield from (f"granted {sides}: covers {covers}" for covers in (True, False))
    yield from ("granted no dates: covers True", "a course begun before the period")
    yield from (f"end of approval − first_day: {days}" for days in (0, 67, 69))
    yield from (f"end of approval − last_day: {days}" for days in (-1, 0))
    yield from (f"courses: {count}" for count in range(7))
    yield from (f"vials known: {known}" for known in (True, False))
    yield from (f"units beside need: {beside}" for beside in (-1, 0, 1))
    yield from (f"units beside need of the first: {beside}" for beside in (-1, 0, 1))
    yield from (f"cell therapy: {kind}" for kind in ("check", None))


LINES = ("policy", "label")


def test_the_generated_courses_reach_every_corner() -> None:
    reached: Counter[str] = Counter()
    for seed in ORDINARY_SEEDS:
        for case in course_cases(seed, ORDINARY):
            answer = by_the_documents(case)
            reached.update([] if answer["error"] else corners(case, answer))
    rare = {corner: reached[corner] for corner in wanted_corners() if reached[corner] < RARE}
    assert rare == {}


def test_the_generated_courses_keep_to_the_permitted_dates_and_contradict_nothing() -> None:
    for case in course_cases(9, 2_000):
        assert all(BEGIN <= day <= END for day in dates_in(case)), case
        assert refused(case) == [], case


def test_no_plan_makes_up_a_held_dose_or_gives_two_within_eight_hours() -> None:
    for case in course_cases(10, 2_000):
        plan = schedule(case)
        said = {c["number"]: c for c in (case.get("course") or {}).get("cycles") or []}
        for cycle in (plan or {}).get("cycles", []):
            known = said.get(cycle["number"], {})
            times = [datetime.fromisoformat(dose) for dose in cycle["doses"]]
            before = known.get("last_dose_at") if cycle["doses_given"] else None
            all_times = ([datetime.fromisoformat(before)] if before else []) + times
            gaps = [later - sooner for sooner, later in pairwise(all_times)]
            assert all(gap >= timedelta(hours=8) for gap in gaps), case
            full = case["course"].get("doses_per_cycle") or 14
            used = cycle["doses_given"] + (known.get("doses_held") or 0)
            assert not times or len(times) + used == full, case


def said_first(case: Case) -> str:
    cycles = case["course"]["cycles"]
    return str(next(c["first_dose_at"] for c in cycles if c["number"] == 1))


def test_what_nobody_booked_keeps_every_rest() -> None:
    """Whole dates without a dose are counted one by one."""
    for case in course_cases(11, 2_000):
        plan = schedule(case)
        if not plan or "cycles" not in plan:
            continue
        first, second = plan["cycles"]
        if second.get("begins") == "earliest_permitted":
            assert plan["rest"]["days"] == 9, case
            clock = said_first(case) if first["doses_given"] else first["doses"][0]
            assert second["doses"][0][11:] == clock[11:], case
        assert plan["course_rest"]["days"] == 49, case
