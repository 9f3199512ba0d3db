"""What was given as a timeline: real doses, the rest that was kept, the next permitted dates."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.engine.course import course_rule
from app.library import Library
from app.model.case_json import read_case
from app.output.course_sections import course_timeline
from app.output.timeline import TimelinePlan
from tests.any_case import any_case
from tests.cases import ALDER, case

TODAY = date(2026, 11, 21)
ONE = {
    "number": 1,
    "doses_given": 9,
    "first_dose_at": "2026-11-23T08:00",
    "last_dose_at": "2026-11-27T08:00",
}
TWO = {
    "number": 2,
    "doses_given": 3,
    "first_dose_at": "2026-12-05T08:00",
    "last_dose_at": "2026-12-06T00:00",
}


def timeline(library: Library, *cycles: dict[str, Any], **course: Any) -> TimelinePlan | None:
    read = read_case(case(course={"cycles": list(cycles), **course}))
    policy = library.in_force(read.policy, read.date_of_service)
    dosing = policy.coverage[read.indication].dosing[read.route]
    check = course_rule(policy, dosing, library.reference_data)(read)
    assert check is not None
    return course_timeline(read.course, check, TODAY)


def spans(plan: TimelinePlan | None) -> list[tuple[str, date, date]]:
    assert plan is not None
    return [(one.label, one.first_day, one.last_day) for one in plan.segments]


def test_a_first_cycle_is_followed_by_its_rest_and_the_date_for_the_second(
    library: Library,
) -> None:
    plan = timeline(library, ONE)
    assert spans(plan) == [
        ("Cycle 1, given", date(2026, 11, 23), date(2026, 11, 27)),
        ("11 days of rest", date(2026, 11, 28), date(2026, 12, 8)),
    ]
    assert plan is not None
    assert [(one.label, one.first_day) for one in plan.marks] == [
        ("Second cycle", date(2026, 12, 9))
    ]


def test_a_rest_that_was_cut_short_says_so(library: Library) -> None:
    plan = timeline(library, ONE, TWO)
    assert spans(plan)[1] == ("7 days of rest", date(2026, 11, 28), date(2026, 12, 4))
    assert plan is not None
    assert "7 days of rest, but 11 days are required" in plan.text
    assert spans(plan)[3] == ("56 days of rest", date(2026, 12, 7), date(2027, 1, 31))


def test_both_dates_for_another_course_are_marked(library: Library) -> None:
    plan = timeline(library, ONE, {**TWO, "over": True}, discharge_date="2026-12-10")
    assert plan is not None
    assert {one.label: one.first_day for one in plan.marks if one.kind == "permitted"} == {
        "Another course": date(2027, 2, 1),
        "Another course, by the label": date(2027, 1, 28),
    }


def test_after_an_earlier_course_the_rest_leads_to_this_one(library: Library) -> None:
    plan = timeline(library, previous_last_dose_on="2026-09-24")
    assert spans(plan) == [("56 days of rest", date(2026, 9, 25), date(2026, 11, 19))]
    assert plan is not None
    assert [one.label for one in plan.marks] == ["This course"]
    assert plan.overview == "No dose given yet."
    assert plan.today_text.startswith("Today, Sat, Nov 21, 2026: 1 day after")


def test_after_a_second_cycle_without_a_dose_the_long_rest_follows_the_first(
    library: Library,
) -> None:
    plan = timeline(library, ONE, {"number": 2, "doses_given": 0, "over": True})
    assert spans(plan)[1] == ("56 days of rest", date(2026, 11, 28), date(2027, 1, 22))


def test_without_any_date_there_is_nothing_to_draw(library: Library) -> None:
    assert timeline(library, {"number": 1, "doses_given": 0}) is None


def test_what_spans_years_is_not_drawn(library: Library) -> None:
    assert timeline(library, ONE, previous_last_dose_on="2024-01-01") is None


@given(read=any_case, today=st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_no_course_breaks_the_drawing_and_every_part_lies_within_it(
    library: Library, read: Any, today: date
) -> None:
    check = course_rule(library.versions(ALDER)[-1], None, library.reference_data)(read)
    plan = course_timeline(read.course, check, today) if check else None
    if plan is not None:
        assert all(
            plan.first_day <= one.first_day <= one.last_day <= plan.last_day for one in plan.parts
        )
