"""The course in words. Alder: 10 doses, 11 days of rest, the same again, 8 weeks of rest.

A course begun on Mon, Nov 23, 2026 at 08:00 with a dose every 12 hours: two doses on each of days 1
to 5. Eleven whole dates of rest are days 6 to 16; the second cycle is days 17 to 21; 56 whole dates
of rest are days 22 to 77; day 78 is Mon, Feb 8, 2027.
"""

from datetime import date
from itertools import pairwise
from typing import Any

import pytest

from app.library import Library
from app.model.treatment import Schedule
from app.output.timeline import timeline_of
from app.output.timeline_parts import TimelinePlan
from tests.cases import case, determine

BEFORE = date(2026, 11, 11)
MORNING, EVENING = "2026-11-23T08:00", "2026-11-23T20:00"
GVHD: dict[str, Any] = {
    "indication": "graft_versus_host_disease",
    "route": "subcutaneous",
    "facts": None,
}


def schedule(library: Library, first: str, planned: int = 10, **changes: Any) -> Schedule:
    course = {"first_dose_at": first, "doses_per_cycle": planned}
    found = determine(library, case(course=course, **changes)).schedule
    assert found is not None
    return found


def timeline(
    library: Library, first: str = MORNING, today: date = BEFORE, **changes: Any
) -> TimelinePlan:
    plan = timeline_of(schedule(library, first, **changes), today)
    assert plan is not None
    return plan


def test_a_course_is_two_cycles_each_with_its_rest_up_to_another_course(library: Library) -> None:
    plan = timeline(library)
    assert [(part.label, part.first_day, part.last_day) for part in plan.segments] == [
        ("Cycle 1", date(2026, 11, 23), date(2026, 11, 27)),
        ("11 days of rest", date(2026, 11, 28), date(2026, 12, 8)),
        ("Cycle 2, not booked", date(2026, 12, 9), date(2026, 12, 13)),
        ("8 weeks of rest", date(2026, 12, 14), date(2027, 2, 7)),
    ]
    assert [(mark.kind, mark.label, mark.first_day, mark.note) for mark in plan.marks] == [
        ("permitted", "A second cycle", date(2026, 12, 9), "from Wed, Dec 9, 2026"),
        ("permitted", "Another course", date(2027, 2, 8), "from Mon, Feb 8, 2027"),
    ]
    assert (plan.first_day, plan.last_day, plan.days) == (
        date(2026, 11, 23),
        date(2027, 2, 8),
        78,
    )


@pytest.mark.parametrize("first", [MORNING, EVENING])
def test_segments_leave_no_date_out_and_count_none_twice(library: Library, first: str) -> None:
    plan = timeline(library, first)
    edges = [(part.first_day, part.last_day) for part in (*plan.segments, plan.marks[-1])]
    assert all((after[0] - before[1]).days == 1 for before, after in pairwise(edges))


def test_doses_are_counted_by_calendar_date(library: Library) -> None:
    """At 20:00 the day has room for one dose; the tenth falls on a sixth date at 08:00."""
    assert timeline(library).segments[0].doses == (2, 2, 2, 2, 2)
    assert timeline(library, EVENING).segments[0].doses == (1, 2, 2, 2, 2, 1)
    assert timeline(library, EVENING).segments[2].doses == (1, 2, 2, 2, 2, 1)
    assert timeline(library, planned=5).segments[0].doses == (2, 2, 1)


def test_each_part_tells_its_dates_and_doses(library: Library) -> None:
    one, rest, two, second, course_rest, another = (part.detail for part in timeline(library).parts)
    assert one == (
        "Cycle 1, planned: Mon, Nov 23, 2026 to Fri, Nov 27, 2026 (days 1 to 5). "
        "10 doses: 2 on each of days 1 to 5."
    )
    assert rest == (
        "Rest of at least 11 days: Sat, Nov 28, 2026 to Tue, Dec 8, 2026 (days 6 to 16), "
        "if the planned doses are given. 11 dates without a dose."
    )
    assert two == (
        "Cycle 2, the earliest permitted, not booked: Wed, Dec 9, 2026 to Sun, Dec 13, 2026 "
        "(days 17 to 21), if the planned doses are given. 10 doses: 2 on each of days 17 to 21."
    )
    assert second == (
        "A second cycle: Wed, Dec 9, 2026 (day 17) at the earliest, if the planned doses are given."
    )
    assert course_rest == (
        "Rest of at least 8 weeks: Mon, Dec 14, 2026 to Sun, Feb 7, 2027 (days 22 to 77), "
        "if the planned doses are given. 56 dates without a dose."
    )
    assert another == (
        "Another course: Mon, Feb 8, 2027 (day 78) at the earliest, if the planned doses are given."
    )


def test_a_cycle_of_one_dose_has_one_date(library: Library) -> None:
    assert timeline(library, planned=1).segments[0].detail == (
        "Cycle 1, planned: Mon, Nov 23, 2026 (day 1). 1 dose."
    )


def test_intralesional_weeks_have_two_dose_dates_each(library: Library) -> None:
    plan = timeline(library, route="intralesional")
    assert [part.label for part in plan.segments] == ["Week 1", "Week 2", "Week 3", "Week 4"]
    assert {part.doses for part in plan.segments} == {(1, 0, 0, 1, 0, 0, 0)}
    assert plan.segments[1].detail == (
        "Week 2: Mon, Nov 30, 2026 to Sun, Dec 6, 2026 (days 8 to 14). "
        "2 doses: 1 on day 8, 1 on day 11."
    )
    assert (plan.days, plan.marks) == (28, ())


def test_subcutaneous_weeks_have_five_dose_dates_each(library: Library) -> None:
    plan = timeline(library, **GVHD)
    assert {part.doses for part in plan.segments} == {(1, 1, 1, 0, 1, 1, 0)}
    assert plan.segments[3].detail.endswith(
        "5 doses: 1 on each of days 22 to 24, 1 on each of days 26 to 27."
    )
    assert plan.most_doses_daily == 1


@pytest.mark.parametrize(
    ("today", "told"),
    [
        (date(2026, 11, 23), "Today: Mon, Nov 23, 2026 (day 1), during cycle 1."),
        (date(2026, 12, 8), "Today: Tue, Dec 8, 2026 (day 16), during 11 days of rest."),
        (
            date(2026, 12, 9),
            "Today: Wed, Dec 9, 2026 (day 17), the first date for a second cycle.",
        ),
        (date(2026, 12, 10), "Today: Thu, Dec 10, 2026 (day 18), during cycle 2, not booked."),
        (
            date(2027, 2, 8),
            "Today: Mon, Feb 8, 2027 (day 78), the first date for another course.",
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
            date(2027, 2, 9),
            "Today, Tue, Feb 9, 2027: 1 day after the first date for another course.",
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
    plan = timeline(library, today=date(2026, 12, 9))
    assert [part.label for part in plan.parts] == [
        "Cycle 1",
        "11 days of rest",
        "Cycle 2, not booked",
        "A second cycle",
        "Today",
        "8 weeks of rest",
        "Another course",
    ]


@pytest.mark.parametrize("today", [BEFORE, date(2026, 12, 3)])
def test_the_text_alternative_says_all_that_the_drawing_shows(
    library: Library, today: date
) -> None:
    plan = timeline(library, today=today)
    assert plan.text.startswith(
        "20 doses planned: Mon, Nov 23, 2026 to Sun, Dec 13, 2026. "
        "Cycle 2 is the earliest permitted, not booked. "
        "The later dates hold if the planned doses are given. Cycle 1, planned: "
    )
    places = [plan.text.index(part.detail) for part in plan.parts]
    assert places == sorted(places)
    assert plan.text.endswith(plan.today_text or plan.parts[-1].detail)
    assert "  " not in plan.text
