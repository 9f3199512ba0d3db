"""What must be true of every plan by stated days, whatever the days, the clock and the rest are."""

from collections import Counter
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from app.library import Library
from app.model.treatment import CycleSchedule
from tests.policies.brute_force.generator import PLACE, case, policy
from tests.policies.payers.program import Rule

MET = {"id": "root", "text": "Any", "question": "route", "none_of": ["inhaled"], "citation": PLACE}
DAY = timedelta(days=1)


@st.composite
def regimens(draw: st.DrawFn) -> dict[str, Any]:
    """One to three runs of days, a daily maximum, up to 4 cycles, perhaps a rest."""
    day, on = draw(st.integers(1, 3)), []
    for _ in range(draw(st.integers(1, 3))):
        last = day + draw(st.integers(0, 5))
        on.append({"from": day, "to": last})
        day = last + draw(st.integers(2, 5))
    length = on[-1]["to"] + draw(st.integers(0, 9))
    cycles = draw(st.integers(1, 4))
    found: dict[str, Any] = {
        "name": "Made up",
        "dose": {"iu": 40_000_000, "per": "dose", "citation": PLACE},
        "max_doses_per_day": {"value": draw(st.integers(1, 4)), "citation": PLACE},
        "pattern": {"cycle_days": length, "on": on, "citation": PLACE},
        "limits": [{"at_most": cycles, "of": "cycles", "per": "course", "citation": PLACE}],
    }
    if draw(st.booleans()):
        found["min_rest_days"] = {"value": draw(st.integers(1, 20)), "citation": PLACE}
    return found


@settings(max_examples=150, deadline=None)
@given(
    regimen=regimens(),
    route=st.sampled_from(["intravenous", "subcutaneous"]),
    clock=st.integers(0, 23),
)
def test_every_dose_is_on_a_day_with_doses(
    library: Library, regimen: dict[str, Any], route: str, clock: int
) -> None:
    rule = Rule.of_data(policy(MET, dosing={route: regimen}), library)
    course = {"first_dose_at": f"2026-12-01T{clock:02}:00"}
    plan = rule.determine(case({}, route, age_years=50, course=course)).schedule
    assert isinstance(plan, CycleSchedule)
    days, daily = regimen["pattern"], regimen["max_doses_per_day"]["value"]
    allowed = {day for one in days["on"] for day in range(one["from"], one["to"] + 1)}
    assert len(plan.cycles) == regimen["limits"][0]["at_most"]
    for cycle in plan.cycles:
        assert cycle.first_day is not None
        begin = cycle.first_day - DAY * (min(allowed) - 1)
        per_date = Counter((dose.date() - begin).days + 1 for dose in cycle.doses)
        assert set(per_date) == allowed
        assert max(per_date.values()) <= daily
        assert sum(one.doses or 0 for one in cycle.blocks) == len(cycle.doses)
        runs = [(one["from"], one["to"]) for one in days["on"]]
        found = [
            ((b.first_day - begin).days + 1, (b.last_day - begin).days + 1) for b in cycle.blocks
        ]
        assert found == runs
        assert all(after > before for before, after in pairwise(cycle.doses))
    rest = regimen.get("min_rest_days", {"value": 0})["value"]
    for before, after in pairwise(plan.cycles):
        assert before.first_day is not None
        assert before.last_day is not None
        by_days = before.first_day + DAY * days["cycle_days"]
        assert after.first_day == max(by_days, before.last_day + DAY * (rest + 1))


def most_by_counting(dates: list[date], length: int) -> int:
    """The most of these dates in so many days in a row, counted day by day."""
    first = min(dates)
    return max(
        sum(first + DAY * start <= day < first + DAY * (start + length) for day in dates)
        for start in range((max(dates) - first).days + 1)
    )


@settings(max_examples=60, deadline=None)
@given(regimen=regimens(), length=st.integers(1, 60), most=st.integers(1, 40))
def test_the_busiest_days_are_those_of_the_plan(
    library: Library, regimen: dict[str, Any], length: int, most: int
) -> None:
    """The doses of a course as planned, followed by another as early as it may begin."""
    over = {"at_most": most, "of": "doses", "per": "days", "days": length, "citation": PLACE}
    stated = {**regimen, "limits": [*regimen["limits"], over]}
    rule = Rule.of_data(policy(MET, dosing={"subcutaneous": stated}), library)
    asked = {"course": {"first_dose_at": "2026-01-01T08:00"}, "requested": {"doses_per_cycle": 500}}
    found = rule.determine(case({}, "subcutaneous", age_years=50, **asked))
    plan = found.schedule
    assert isinstance(plan, CycleSchedule)
    assert plan.next_course_earliest is not None
    moments = [dose for one in plan.cycles for dose in one.doses]
    step = plan.next_course_earliest - moments[0].date()
    turns = length // step.days + 2
    dates = [dose.date() + step * turn for turn in range(turns) for dose in moments]
    [finding] = [one for one in found.request_check.findings if one.field.endswith("_days")]
    assert finding.requested == most_by_counting(dates, length)
    assert finding.result == ("within" if finding.requested <= most else "exceeds")


def test_the_counting_by_hand() -> None:
    dates = [datetime(2026, 1, day, 8).date() for day in (1, 2, 4)]
    assert [most_by_counting(dates, length) for length in (1, 2, 3, 4)] == [1, 2, 2, 3]
