"""The course in words. Both policies: 14 doses, 9 days of rest, the same again, 7 weeks of rest.

A course begun on Mon, Nov 23, 2026 at 08:00 with a dose every 8 hours: 08:00 and 16:00 on day 1,
then three doses on each of days 2 to 5. Nine whole dates of rest are days 6 to 14; the second cycle
is days 15 to 19; 49 whole dates of rest are days 20 to 68; day 69 is Sat, Jan 30, 2027.
"""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from app.library import Library
from app.model.treatment import Schedule
from app.output.timeline import TimelinePlan, timeline_of
from tests.cases import case, determine

BEFORE = date(2026, 11, 11)
MORNING, EVENING = "2026-11-23T08:00", "2026-11-23T20:00"
GVHD: dict[str, Any] = {
    "indication": "graft_versus_host_disease",
    "route": "subcutaneous",
    "facts": None,
}


def schedule(library: Library, first: str, planned: int = 14, **changes: Any) -> Schedule:
    course = {"first_dose_at": first, "doses_per_cycle": planned}
    found = determine(library, case(course=course, **changes)).schedule
    assert found is not None
    return found


def timeline(
    library: Library, first: str = MORNING, today: date = BEFORE, **changes: Any
) -> TimelinePlan:
    return timeline_of(schedule(library, first, **changes), today)


def test_a_course_is_two_cycles_each_with_its_rest_up_to_another_course(library: Library) -> None:
    plan = timeline(library)
    assert [(part.label, part.first_day, part.last_day) for part in plan.segments] == [
        ("Cycle 1", date(2026, 11, 23), date(2026, 11, 27)),
        ("9 days of rest", date(2026, 11, 28), date(2026, 12, 6)),
        ("Cycle 2", date(2026, 12, 7), date(2026, 12, 11)),
        ("7 weeks of rest", date(2026, 12, 12), date(2027, 1, 29)),
    ]
    (mark,) = plan.marks
    assert (mark.kind, mark.first_day, mark.note) == (
        "permitted",
        date(2027, 1, 30),
        "from Sat, Jan 30, 2027",
    )
    assert (plan.first_day, plan.last_day, plan.days) == (
        date(2026, 11, 23),
        date(2027, 1, 30),
        69,
    )


@pytest.mark.parametrize("first", [MORNING, EVENING])
def test_segments_leave_no_date_out_and_count_none_twice(library: Library, first: str) -> None:
    plan = timeline(library, first)
    edges = [(part.first_day, part.last_day) for part in (*plan.segments, *plan.marks)]
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(edges))


def test_doses_are_counted_by_calendar_date(library: Library) -> None:
    """At 20:00 the day has room for one dose; the fourteenth falls on a sixth date at 04:00."""
    assert timeline(library).segments[0].doses == (2, 3, 3, 3, 3)
    assert timeline(library, EVENING).segments[0].doses == (1, 3, 3, 3, 3, 1)
    assert timeline(library, EVENING).segments[2].doses == (1, 3, 3, 3, 3, 1)
    assert timeline(library, planned=5).segments[0].doses == (2, 3)


def test_each_part_tells_its_dates_and_doses(library: Library) -> None:
    one, rest, two, course_rest, another = (part.detail for part in timeline(library).parts)
    assert one == (
        "Cycle 1: Mon, Nov 23, 2026 to Fri, Nov 27, 2026 (days 1 to 5). "
        "14 doses: 2 on day 1, 3 on each of days 2 to 5."
    )
    assert rest == (
        "Rest of at least 9 days: Sat, Nov 28, 2026 to Sun, Dec 6, 2026 (days 6 to 14). "
        "9 dates without a dose."
    )
    assert two == (
        "Cycle 2: Mon, Dec 7, 2026 to Fri, Dec 11, 2026 (days 15 to 19). "
        "14 doses: 2 on day 15, 3 on each of days 16 to 19."
    )
    assert course_rest == (
        "Rest of at least 7 weeks: Sat, Dec 12, 2026 to Fri, Jan 29, 2027 (days 20 to 68). "
        "49 dates without a dose."
    )
    assert another == "Another course: Sat, Jan 30, 2027 (day 69) at the earliest."


def test_a_cycle_of_one_dose_has_one_date(library: Library) -> None:
    assert timeline(library, planned=1).segments[0].detail == (
        "Cycle 1: Mon, Nov 23, 2026 (day 1). 1 dose."
    )


def test_intralesional_weeks_have_three_dose_dates_each(library: Library) -> None:
    plan = timeline(library, route="intralesional")
    assert [part.label for part in plan.segments] == ["Week 1", "Week 2", "Week 3", "Week 4"]
    assert {part.doses for part in plan.segments} == {(1, 0, 1, 0, 1, 0, 0)}
    assert plan.segments[1].detail == (
        "Week 2: Mon, Nov 30, 2026 to Sun, Dec 6, 2026 (days 8 to 14). "
        "3 doses: 1 on day 8, 1 on day 10, 1 on day 12."
    )
    assert (plan.days, plan.marks) == (28, ())


def test_subcutaneous_weeks_have_a_dose_on_each_date(library: Library) -> None:
    plan = timeline(library, **GVHD)
    assert {part.doses for part in plan.segments} == {(1,) * 7}
    assert plan.segments[3].detail.endswith("7 doses: 1 on each of days 22 to 28.")
    assert plan.most_doses_daily == 1


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 23), "Today: Mon, Nov 23, 2026 (day 1), during cycle 1."),
        (date(2026, 12, 6), "Today: Sun, Dec 6, 2026 (day 14), during 9 days of rest."),
        (date(2026, 12, 7), "Today: Mon, Dec 7, 2026 (day 15), during cycle 2."),
        (
            date(2027, 1, 30),
            "Today: Sat, Jan 30, 2027 (day 69), the first date for another course.",
        ),
    ],
)
def test_today_within_the_course_is_a_mark_that_says_where(
    library: Library, today: date, told: str
) -> None:
    plan = timeline(library, today=today)
    assert [part.detail for part in plan.marks if part.kind == "today"] == [told]
    assert plan.today_text == ""


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 11), "Today, Wed, Nov 11, 2026: 12 days before the first dose."),
        (date(2026, 11, 22), "Today, Sun, Nov 22, 2026: 1 day before the first dose."),
        (
            date(2027, 1, 31),
            "Today, Sun, Jan 31, 2027: 1 day after the first date for another course.",
        ),
    ],
)
def test_today_outside_the_course_is_a_sentence_and_no_mark(
    library: Library, today: date, told: str
) -> None:
    plan = timeline(library, today=today)
    assert plan.today_text == told
    assert all(mark.kind != "today" for mark in plan.marks)


def test_today_after_the_weeks_shown_says_so(library: Library) -> None:
    plan = timeline(library, today=date(2026, 12, 21), route="intralesional")
    assert plan.today_text == "Today, Mon, Dec 21, 2026: 1 day after the last date shown."


def test_parts_follow_the_calendar_and_today_its_segment(library: Library) -> None:
    plan = timeline(library, today=date(2026, 12, 7))
    assert [part.label for part in plan.parts] == [
        "Cycle 1",
        "9 days of rest",
        "Cycle 2",
        "Today",
        "7 weeks of rest",
        "Another course",
    ]


@pytest.mark.parametrize("today", [BEFORE, date(2026, 12, 3)])
def test_the_text_alternative_says_all_that_the_drawing_shows(
    library: Library, today: date
) -> None:
    plan = timeline(library, today=today)
    assert plan.text.startswith(
        "28 doses in 2 cycles: Mon, Nov 23, 2026 to Fri, Dec 11, 2026. Cycle 1: "
    )
    places = [plan.text.index(part.detail) for part in plan.parts]
    assert places == sorted(places)
    assert plan.text.endswith(plan.today_text or plan.parts[-1].detail)
    assert "  " not in plan.text
