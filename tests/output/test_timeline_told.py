"""What a case tells of a course, in its one timeline: given, planned, booked, too early, over.

Alder: 10 doses every 12 hours, 11 days of rest, 8 weeks between courses; the label 49 days from the
discharge. A cycle 1 whose last dose is on Fri, Nov 27, 2026 lets cycle 2 begin 12 dates later, on
Dec 9, and without a cycle 2 another course 57 dates later, on Sat, Jan 23, 2027.
"""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.library import Library
from app.model.case_json import read_case
from app.output.timeline import timeline_of
from app.output.timeline_parts import Part, TimelinePlan
from tests.cases import case, determine
from tests.properties.plan_cases import plan_cases

TODAY = date(2026, 11, 21)
ONE = {"number": 1, "doses_given": 10, "first_dose_at": "2026-11-23T08:00"}
ALL = {**ONE, "last_dose_at": "2026-11-27T20:00"}
BOOKED = {"number": 2, "planned_first_at": "2026-12-14T08:00"}


def timeline(library: Library, *cycles: dict[str, Any], **course: Any) -> TimelinePlan:
    plan = timeline_or_none(library, *cycles, **course)
    assert plan is not None
    return plan


def timeline_or_none(
    library: Library, *cycles: dict[str, Any], **course: Any
) -> TimelinePlan | None:
    told = case(course={"cycles": list(cycles), **course})
    found = determine(library, told)
    assert found.schedule is not None
    return timeline_of(found.schedule, TODAY, read_case(told).course, found.course_check)


def spans(plan: TimelinePlan) -> list[tuple[str, date, date]]:
    return [(one.label, one.first_day, one.last_day) for one in plan.segments]


def marks(plan: TimelinePlan) -> dict[str, date]:
    return {one.label: one.first_day for one in plan.marks if one.kind == "permitted"}


def detail(plan: TimelinePlan, label: str) -> str:
    return next(part.detail for part in plan.parts if part.label == label)


def test_a_cycle_under_way_tells_what_was_given_and_what_is_planned(library: Library) -> None:
    """5 given by Nov 25, 08:00; 5 planned from that evening on, the last on Nov 27 at 20:00."""
    one = {**ONE, "doses_given": 5, "last_dose_at": "2026-11-25T08:00"}
    plan = timeline(library, one)
    assert detail(plan, "Cycle 1, under way") == (
        "Cycle 1, given and planned: Mon, Nov 23, 2026 to Fri, Nov 27, 2026 (days 1 to 5). "
        "5 doses given, from Mon, Nov 23, 2026, 08:00 to Wed, Nov 25, 2026, 08:00. "
        "5 planned doses: 1 on day 3, 2 on each of days 4 to 5."
    )
    assert plan.overview == (
        "5 doses given, 15 doses planned: Mon, Nov 23, 2026 to Sun, Dec 13, 2026. "
        "Cycle 2 is the earliest permitted, not booked. "
        "The later dates hold if the planned doses are given."
    )
    assert detail(plan, "A second cycle") == (
        "A second cycle: Wed, Dec 9, 2026 (day 17) at the earliest, if the planned doses are given."
    )


def test_after_a_given_cycle_its_dates_hang_on_nothing_any_more(library: Library) -> None:
    plan = timeline(library, ALL)
    assert detail(plan, "Cycle 1, given") == (
        "Cycle 1, given: Mon, Nov 23, 2026 to Fri, Nov 27, 2026 (days 1 to 5). "
        "10 doses given, from Mon, Nov 23, 2026, 08:00 to Fri, Nov 27, 2026, 20:00."
    )
    assert detail(plan, "A second cycle").endswith("(day 17) at the earliest.")
    assert detail(plan, "Another course").endswith(
        "at the earliest, if the planned doses are given."
    )


def test_one_given_dose_has_one_time(library: Library) -> None:
    one = {**ONE, "doses_given": 1, "last_dose_at": "2026-11-23T08:00", "over": True}
    assert detail(timeline(library, one), "Cycle 1, given").endswith(
        "1 dose given: Mon, Nov 23, 2026, 08:00."
    )


def test_a_booked_cycle_stands_where_it_is_booked_and_has_no_earliest_date(
    library: Library,
) -> None:
    """Nov 28 to Dec 13 are 16 dates."""
    plan = timeline(library, ALL, BOOKED)
    assert spans(plan)[1:3] == [
        ("16 days of rest", date(2026, 11, 28), date(2026, 12, 13)),
        ("Cycle 2", date(2026, 12, 14), date(2026, 12, 18)),
    ]
    assert detail(plan, "16 days of rest").startswith("Rest of 16 days: ")
    assert marks(plan) == {"Another course": date(2027, 2, 13)}  # 57 dates after Dec 18
    assert plan.findings == ()
    assert "booked" not in plan.text


def test_a_cycle_booked_too_early_is_marked_and_its_finding_stands_first(
    library: Library,
) -> None:
    plan = timeline(library, ALL, {**BOOKED, "planned_first_at": "2026-12-05T08:00"})
    assert [(one.label, one.is_violation) for one in plan.segments] == [
        ("Cycle 1, given", False),
        ("× 7 days of rest", True),
        ("× Cycle 2", True),
        ("8 weeks of rest", False),
    ]
    [finding] = plan.findings
    assert finding.startswith("× Beyond the policy's limit: Cycle 2 begins on Sat, Dec 5, 2026.")
    assert "Wed, Dec 9, 2026" in finding
    assert finding in plan.text


def test_a_course_begun_too_early_keeps_its_dates_and_its_finding(library: Library) -> None:
    """The course before ended on Oct 10; 57 dates later is Sunday, Dec 6."""
    plan = timeline(library, ALL, previous_last_dose_on="2026-10-10")
    assert spans(plan)[0] == ("× Cycle 1, given", date(2026, 11, 23), date(2026, 11, 27))
    assert marks(plan)["This course"] == date(2026, 12, 6)
    assert "Sun, Dec 6, 2026" in plan.findings[0]


def test_a_first_date_of_this_course_that_is_past_is_told_without_a_mark(
    library: Library,
) -> None:
    """The course before ended on Sep 1; 57 dates later is Wednesday, Oct 28."""
    plan = timeline(library, ALL, previous_last_dose_on="2026-09-01")
    assert "This course" not in marks(plan)
    assert plan.overview.endswith("given. This course: from Wed, Oct 28, 2026.")


def test_a_second_cycle_that_is_over_without_a_dose_is_told_and_not_drawn(
    library: Library,
) -> None:
    """The label reckons 49 days from the discharge: Dec 20 and 49 days are Feb 7, the later one."""
    plan = timeline(library, ALL, {"number": 2, "over": True}, discharge_date="2026-12-20")
    assert spans(plan) == [
        ("Cycle 1, given", date(2026, 11, 23), date(2026, 11, 27)),
        ("8 weeks of rest", date(2026, 11, 28), date(2027, 1, 22)),
    ]
    assert marks(plan) == {
        "Another course": date(2027, 1, 23),
        "Another course, by the label": date(2027, 2, 7),
    }
    assert plan.overview.endswith("Cycle 2 is over without a dose.")
    assert detail(plan, "Another course, by the label").endswith(
        "at the earliest (the later date)."
    )
    assert detail(plan, "Another course").endswith("(day 62) at the earliest.")
    notes = {part.label: part.note for part in plan.marks}
    assert notes["Another course, by the label"] == "from Sun, Feb 7, 2027\nthe later date"
    assert notes["Another course"] == "from Sat, Jan 23, 2027"


def test_the_label_may_speak_of_this_course(library: Library) -> None:
    """Last dose Oct 1: 57 dates later is Nov 27. Discharged Oct 15: 49 days later is Dec 3."""
    plan = timeline(
        library,
        first_dose_at="2026-11-27T08:00",
        previous_last_dose_on="2026-10-01",
        discharge_date="2026-10-15",
    )
    assert marks(plan)["This course"] == date(2026, 11, 27)
    assert marks(plan)["This course, by the label"] == date(2026, 12, 3)
    assert detail(plan, "This course, by the label").endswith("(the later date).")


def test_what_spans_years_is_not_drawn(library: Library) -> None:
    booked = {**BOOKED, "planned_first_at": "2029-12-14T08:00"}
    assert timeline_or_none(library, ALL, booked) is None


@given(told=plan_cases(), today=st.dates(date(2020, 1, 1), date(2099, 12, 31)))
def test_no_course_breaks_the_drawing_and_every_part_lies_within_it(
    library: Library, told: dict[str, Any], today: date
) -> None:
    found = determine(library, told)
    if found.schedule is None:
        return
    plan = timeline_of(found.schedule, today, read_case(told).course, found.course_check)
    if plan is not None:
        assert all(lies_within(plan, one) for one in plan.parts)
        assert plan.days <= 401


def lies_within(plan: TimelinePlan, part: Part) -> bool:
    return plan.first_day <= part.first_day <= part.last_day <= plan.last_day


def test_a_day_after_a_day_is_one_day_longer(library: Library) -> None:
    plan = timeline(library, ALL)
    assert plan.last_day - plan.first_day == timedelta(days=plan.days - 1)
