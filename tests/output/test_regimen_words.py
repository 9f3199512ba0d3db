"""Regimens, limits over time and days in words; every output can tell any plan."""

from datetime import date
from typing import Any

import pytest

from app.library import Library
from app.model.case_json import read_case
from app.model.treatment import CycleSchedule
from app.output.calendar import calendar_bytes
from app.output.plain_text import determination_text
from app.output.timeline import timeline_of
from tests.engine.test_regimens import FIRST, MET, THREE, TWO, days, limit, regimen, value
from tests.policies.brute_force.generator import PLACE, case, policy
from tests.policies.payers.program import Rule


@pytest.mark.parametrize(
    ("dosing", "told"),
    [
        (
            regimen(max_doses_per_day=value(1), pattern=THREE),
            "doses on days 1 to 4, 8 to 9, 15; a cycle has 28 days",
        ),
        (regimen(limits=[limit(6, "doses", "authorization")]), "at most 6 doses"),
        (regimen(limits=[limit(8, "units", "days", days=63)]), "Vials in 63 days: at most 8 vials"),
        (
            regimen(min_course_rest_days=value(49, **{"from": "discharge"})),
            "Rest before another course: at least 49 days from the discharge",
        ),
        (regimen(dose={"not_stated": True, "citation": PLACE}), "Dose: no limit stated"),
        (TWO, "not known whether it applies"),
        (
            regimen(max_doses_per_day=value(1), pattern=days(112, (1, 84))),
            "84 doses, at 08:00",
        ),
    ],
)
def test_what_a_regimen_states_is_told(library: Library, dosing: Any, told: str) -> None:
    rule = Rule.of_data(policy(MET, dosing={"intravenous": dosing}), library)
    course = {"first_dose_at": FIRST}
    data = case({}, "intravenous", age_years=50, weight_kg="80", course=course)
    found, one = rule.determine(data), read_case(data, rule.library.fields)
    assert told in determination_text(found, rule.library.catalog_for(rule.policy), one)
    if isinstance(found.schedule, CycleSchedule):
        plan = timeline_of(found.schedule, date(2026, 12, 2), one.course, found.course_check)
        assert plan is not None
        assert calendar_bytes(found, one)
