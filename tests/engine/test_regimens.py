"""Regimens by condition, limits over time, days on and off, and rests, of a payer that is none.

Expectations are worked out by hand from the figures below.
"""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from app.library import Library
from tests.policies.brute_force.generator import PLACE, case, policy
from tests.policies.payers.program import Rule

MET = {"id": "root", "text": "Any", "question": "route", "none_of": ["inhaled"], "citation": PLACE}
FIXED = {"iu": 40_000_000, "per": "dose", "citation": PLACE}
FIRST = "2026-12-01T08:00"


def value(number: int, **parts: Any) -> dict[str, Any]:
    return {"value": number, **parts, "citation": PLACE}


def limit(most: int, of: str, per: str, **parts: Any) -> dict[str, Any]:
    return {"at_most": most, "of": of, "per": per, **parts, "citation": PLACE}


def days(length: int, *runs: tuple[int, int], **parts: Any) -> dict[str, Any]:
    on = [{"from": low, "to": high} for low, high in runs]
    return {"cycle_days": length, "on": on, **parts, "citation": PLACE}


def judged(library: Library, regimens: Any, route: str = "intravenous", **parts: Any) -> Any:
    """The determination of a case whose criteria are met, as other programs see it."""
    dosing = regimens if "not_stated" in regimens else {route: regimens}
    rule = Rule.of_data(policy(MET, dosing=dosing), library)
    answers = parts.pop("answers", {})
    return rule.shown(case(answers, route, age_years=50, **{"weight_kg": "80", **parts}))


def regimen(**parts: Any) -> dict[str, Any]:
    return {"name": "Made up", "dose": FIXED, **parts}


def by_grade(name: str, grades: list[str], **parts: Any) -> dict[str, Any]:
    when = {"id": f"when_{name}", "text": "The grade", "question": "grade_own", "any_of": grades}
    return {"id": name, "when": {**when, "citation": PLACE}, **regimen(**parts)}


TWO = [
    by_grade("few", ["low"], max_doses_per_day=value(2), max_doses_per_week=value(9)),
    by_grade("many", ["low", "high"], max_doses_per_day=value(3), max_doses_per_week=value(6)),
]


def status(found: Any) -> str:
    return str(found["request_check"]["status"])


@pytest.mark.parametrize(
    ("grade", "asked", "expected"),
    [
        ("high", {"doses_per_day": 3, "doses_per_week": 6}, "within_limits"),
        ("low", {"doses_per_day": 2, "doses_per_week": 9}, "within_limits"),
        ("low", {"doses_per_day": 3, "doses_per_week": 6}, "within_limits"),
        ("low", {"doses_per_day": 3, "doses_per_week": 9}, "exceeds_limits"),  # never mixed
        ("middle", {"doses_per_day": 1}, "no_regimen"),
        (None, {"doses_per_day": 2, "doses_per_week": 6}, "within_limits"),
        (None, {"doses_per_day": 3}, "incomplete"),
        (None, {"doses_per_day": 4}, "exceeds_limits"),
    ],
)
def test_a_request_fits_one_regimen_in_full(
    library: Library, grade: str | None, asked: dict[str, int], expected: str
) -> None:
    answers = {"grade_own": grade} if grade else {}
    assert status(judged(library, TWO, answers=answers, requested=asked)) == expected


def test_the_condition_of_a_regimen_is_asked(library: Library) -> None:
    found = judged(library, TWO, requested={"doses_per_day": 3})
    assert [one["applies"] for one in found["regimens"]] == [None, None]
    assert [one["missing"] for one in found["regimens"]] == [["grade_own"], ["grade_own"]]
    assert found["dose_limit"] is None
    assert found["approval_status"] == "information_missing"
    rule = Rule.of_data(policy(MET, dosing={"intravenous": TWO}), library)
    assert "grade_own" in rule.questions("solid_tumor", "intravenous")


def test_the_limit_is_that_of_the_one_regimen_that_applies(library: Library) -> None:
    found = judged(library, TWO, answers={"grade_own": "high"})
    assert found["dose_limit"]["max_doses_per_day"] == 3
    assert judged(library, TWO, answers={"grade_own": "low"})["dose_limit"] is None


def test_nothing_is_beyond_a_dosing_that_is_not_stated(library: Library) -> None:
    unsaid = {"not_stated": True, "citation": PLACE}
    for dosing in (unsaid, {"not_stated": True, "citation": {"heading": "Dosing"}}):
        found = judged(library, dosing, requested={"dose_iu": 10**12})
        assert status(found) == "no_limit_stated"
        assert found["approval_status"] == "criteria_met"
        assert found["regimens"] == []
        assert found["dose_limit"] is None


@pytest.mark.parametrize(
    ("lesions", "expected"), [(2, "within_limits"), (3, "exceeds_limits"), (None, "incomplete")]
)
def test_a_visit_has_one_limit_for_all_lesions(
    library: Library, lesions: int | None, expected: str
) -> None:
    visit = {"iu": 8_000_000, "per": "visit", "citation": PLACE}
    asked = {"dose_iu": 4_000_000, "lesions": lesions}
    found = judged(library, regimen(dose=visit), "intralesional", requested=asked)
    assert status(found) == expected
    if lesions is None:
        assert "requested.lesions" in found["regimens"][0]["missing"]
        asked["dose_iu"] = 8_000_001
        found = judged(library, regimen(dose=visit), "intralesional", requested=asked)
        assert status(found) == "exceeds_limits"


@pytest.mark.parametrize(
    ("stated", "asked", "before", "expected"),
    [
        (limit(6, "doses", "authorization"), {"doses_per_cycle": 2}, {"doses": 4}, "within"),
        (limit(6, "doses", "authorization"), {"doses_per_cycle": 2}, {"doses": 5}, "exceeds"),
        (limit(6, "doses", "authorization"), {"doses_per_cycle": 2}, {}, "unknown"),
        (limit(6, "doses", "authorization"), {"doses_per_cycle": 7}, {}, "exceeds"),
        (limit(6, "doses", "authorization"), {"dose_iu": 40_000_000}, {"doses": 6}, "exceeds"),
        (limit(9, "doses", "lifetime"), {"doses_per_cycle": 2}, {"lifetime_doses": 7}, "within"),
        (limit(9, "doses", "lifetime"), {"doses_per_cycle": 2}, {"lifetime_doses": 8}, "exceeds"),
        (limit(2, "cycles", "authorization"), {"doses_per_cycle": 2}, {"cycles": 1}, "within"),
        (limit(2, "cycles", "authorization"), {"doses_per_cycle": 2}, {"cycles": 2}, "exceeds"),
        (limit(2, "units", "dose"), {"dose_iu": 40_000_000}, {}, "within"),  # 1.8 vials
        (limit(1, "units", "dose"), {"dose_iu": 40_000_000}, {}, "exceeds"),
        (limit(5, "units", "day"), {"dose_iu": 23_000_000, "doses_per_day": 3}, {}, "exceeds"),
        (limit(6, "units", "day"), {"dose_iu": 23_000_000, "doses_per_day": 3}, {}, "within"),
        (limit(80_000_000, "iu", "day"), {"dose_iu": 40_000_000, "doses_per_day": 2}, {}, "within"),
        (limit(79_999_999, "iu", "day"), {"dose_iu": 40_000_000, "doses_per_day": 2}, {},
         "exceeds"),
        (limit(12, "doses", "days", days=28), {"doses_per_week": 3}, {}, "within"),
        (limit(11, "doses", "days", days=28), {"doses_per_week": 3}, {}, "exceeds"),
        (limit(9, "units", "authorization"), {"dose_iu": 40_000_000, "doses_per_cycle": 2},
         {"units": 5}, "within"),
        (limit(8, "units", "authorization"), {"dose_iu": 40_000_000, "doses_per_cycle": 2},
         {"units": 5}, "exceeds"),
    ],
)  # fmt: skip
def test_limits_over_time(
    library: Library,
    stated: dict[str, Any],
    asked: dict[str, int],
    before: dict[str, int],
    expected: str,
) -> None:
    dosing = regimen(limits=[stated])
    found = judged(library, dosing, requested=asked, given_before=before)
    length = f"{stated['days']}_days" if "days" in stated else stated["per"]
    name = f"{stated['of']}_per_{length}"
    [finding] = [one for one in found["request_check"]["findings"] if one["field"] == name]
    assert finding["result"] == expected
    assert finding["limit"] == stated["at_most"]
    assert finding["citation"].startswith("Random policy: ")
    wanted = {"within": "within_limits", "exceeds": "exceeds_limits", "unknown": "incomplete"}
    assert status(found) == wanted[expected]


THREE = days(28, (1, 4), (8, 9), (15, 15))


def test_three_blocks_of_a_cycle_are_planned(library: Library) -> None:
    dosing = regimen(max_doses_per_day=value(1), pattern=THREE)
    plan = judged(library, dosing, "subcutaneous", course={"first_dose_at": FIRST})["schedule"]
    [cycle] = plan["cycles"]
    assert cycle["blocks"] == [
        {"first_day": "2026-12-01", "last_day": "2026-12-04", "doses": 4},
        {"first_day": "2026-12-08", "last_day": "2026-12-09", "doses": 2},
        {"first_day": "2026-12-15", "last_day": "2026-12-15", "doses": 1},
    ]
    assert plan["next_course_earliest"] == "2026-12-29"  # day 29


def test_cycles_may_have_days_by_their_number(library: Library) -> None:
    patterns = [days(24, (1, 4), cycles=[1, 3]), days(32, (8, 11), cycles=[2])]
    dosing = regimen(max_doses_per_day=value(1), pattern=patterns)
    plan = judged(library, dosing, course={"first_dose_at": FIRST})["schedule"]
    begin = date(2026, 12, 1)
    # Cycle 2 begins on day 25 with its 8th day; cycle 3 on day 57.
    firsts = [begin, begin + timedelta(days=24 + 7), begin + timedelta(days=56)]
    assert [one["first_day"] for one in plan["cycles"]] == [one.isoformat() for one in firsts]


@pytest.mark.parametrize(("last", "rules"), [("2026-12-08", []), ("2026-12-07", ["off"])])
def test_a_dose_on_a_day_off_exceeds(library: Library, last: str, rules: list[str]) -> None:
    cycle = {"number": 1, "doses_given": 4, "first_dose_at": FIRST, "last_dose_at": f"{last}T08:00"}
    dosing = regimen(max_doses_per_day=value(1), pattern=THREE)
    found = judged(library, dosing, course={"cycles": [cycle]})
    findings = found["course_check"]["findings"]
    violations = [one["rule"] for one in findings if one["kind"] == "violation"]
    assert violations == ["dose_on_a_day_off" for _ in rules]
    assert found["approval_status"] == ("clinician_review" if rules else "criteria_met")


@pytest.mark.parametrize(
    ("rest", "begins", "expected"),
    [
        (value(49), "2026-11-20", "2026-11-20"),
        (value(49, **{"from": "discharge"}), "2026-11-23", "2026-11-23"),
    ],
)
def test_a_rest_counts_from_what_the_policy_says(
    library: Library, rest: dict[str, Any], begins: str, expected: str
) -> None:
    before = {"previous_last_dose_on": "2026-10-01", "previous_discharge_on": "2026-10-05"}
    dosing = regimen(min_course_rest_days=rest)
    early = (datetime.fromisoformat(begins) - timedelta(days=2)).date()
    for first, is_early in ((early.isoformat(), True), (begins, False)):
        course = {**before, "first_dose_at": f"{first}T08:00"}
        check = judged(library, dosing, course=course)["course_check"]
        assert check["this_course_earliest"] == expected
        assert [one["rule"] for one in check["findings"]] == ["course_rest_too_short"] * is_early


def test_an_unknown_discharge_is_asked_for(library: Library) -> None:
    dosing = regimen(min_course_rest_days=value(49, **{"from": "discharge"}))
    course = {"previous_last_dose_on": "2026-10-01", "first_dose_at": "2026-11-19T08:00"}
    found = judged(library, dosing, course=course)
    assert found["approval_status"] == "information_missing"
    assert found["regimens"][0]["missing"] == ["course.previous_discharge_on"]
    assert "the discharge after the course before" in found["summary"]


def test_as_labeled_is_the_label_s_course_with_both_citations(library: Library) -> None:
    dosing = {"as_labeled": True, "citation": {"heading": "Dosing", "item": "as labeled"}}
    found = judged(library, dosing, requested={"dose_iu": 48_000_001})
    assert status(found) == "exceeds_limits"
    limit_found = found["dose_limit"]
    assert (limit_found["max_dose_iu"], limit_found["max_doses_per_cycle"]) == (48_000_000, 14)
    assert limit_found["citation"].startswith("Random policy: Dosing as labeled; Proleukin presc")
    assert found["regimens"][0]["course_rest_from"] == "discharge"
    # The label has no dosing of another route.
    other = judged(library, dosing, "subcutaneous", requested={"dose_iu": 1})
    assert status(other) == "no_limit_stated"


def test_the_doses_of_a_course_are_limited_in_all(library: Library) -> None:
    dosing = regimen(
        max_doses_per_day=value(3),
        max_doses_per_cycle=value(14),
        min_rest_days=value(9),
        limits=[limit(20, "doses", "course")],
    )
    plan = judged(library, dosing, course={"first_dose_at": FIRST})["schedule"]
    assert [len(one["doses"]) for one in plan["cycles"]] == [14, 6]


def test_a_daily_limit_over_time_is_cited_to_its_own_place(library: Library) -> None:
    other = {"heading": "Frequency", "item": "2"}
    made = regimen(limits=[{**limit(2, "doses", "day"), "citation": other}])
    found = judged(library, made, requested={"doses_per_day": 3})
    [finding] = [one for one in found["request_check"]["findings"] if one["limit"] == 2]
    assert (finding["result"], "Frequency 2" in finding["citation"]) == ("exceeds", True)


def test_a_limit_beside_the_labels_dosing_is_cited_to_the_policy(library: Library) -> None:
    place = {"heading": "Quantity"}
    made = {"as_labeled": True, "citation": PLACE}
    made |= {"limits": [{**limit(3, "doses", "authorization"), "citation": place}]}
    found = judged(library, made, requested={"doses_per_cycle": 4}, given_before={"doses": 0})
    cited = [one["citation"] for one in found["request_check"]["findings"] if one["limit"] == 3]
    assert cited
    assert all("Quantity" in one and ";" not in one for one in cited)


@pytest.mark.parametrize(("weekly", "expected"), [(8, "within_limits"), (9, "exceeds_limits")])
def test_doses_a_week_are_those_of_the_days_with_doses(
    library: Library, weekly: int, expected: str
) -> None:
    made = regimen(max_doses_per_day=value(2), pattern=days(21, (1, 4)))  # 4 days of 2 doses
    assert status(judged(library, made, requested={"doses_per_week": weekly})) == expected


def test_a_dose_is_beyond_nothing_where_none_is_stated(library: Library) -> None:
    made = regimen(dose={"not_stated": True, "citation": PLACE})
    found = judged(library, made, requested={"dose_iu": 10**9})
    [finding] = found["request_check"]["findings"]
    assert (finding["result"], finding["limit"]) == ("no_limit_stated", None)
