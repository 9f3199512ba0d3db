"""The calendar, read by its own library and by a reader of RFC 5545 written here by hand.

A course begun on Mon, Nov 23, 2026 at 08:00 with a dose every 12 hours: two doses on each of days 1
to 5; eleven whole dates of rest; a second cycle of the same from Dec 9 at the earliest; 56 whole
dates of rest; Feb 8, 2027.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from icalendar import Calendar

from app.library import Library
from app.model.case_json import read_case
from app.model.determination import Determination
from app.model.treatment import CycleSchedule
from app.output.calendar import calendar_bytes
from tests.cases import ALDER, BIRCH, case, determine
from tests.console import start
from tests.fixture_cases import EXAMPLES
from tests.properties.plan_cases import courses, plan_cases

DAY = timedelta(days=1)
FIRST = "2026-11-23T08:00"
SERVICE = date(2026, 11, 23)
GVHD = {"indication": "graft_versus_host_disease", "route": "subcutaneous", "facts": None}
THERAPIES: dict[str, dict[str, Any]] = {
    "intravenous": {},
    "intralesional": {"route": "intralesional"},
    "subcutaneous": GVHD,
    "renal": {"indication": "renal_cell_carcinoma"},
}
Event = dict[str, str]
Span = tuple[date, date]


def told(therapy: str = "intravenous", first: str = FIRST, **changes: Any) -> dict[str, Any]:
    course = {"first_dose_at": first} | changes.pop("course", {})
    return case(**{**THERAPIES[therapy], "course": course, **changes})


def calendar(library: Library, data: dict[str, Any]) -> bytes:
    written = calendar_bytes(determine(library, data), read_case(data))
    assert written is not None
    return written


def events_of(library: Library, data: dict[str, Any]) -> list[Event]:
    return read(calendar(library, data))[1]


def read(written: bytes) -> tuple[Event, list[Event]]:
    """The properties of the calendar and of each event: unfolded, parted, unescaped."""
    outer: Event = {}
    events: list[Event] = []
    for line in re.sub(r"\r\n[ \t]", "", written.decode("utf-8")).split("\r\n")[:-1]:
        name, _, value = line.partition(":")
        if (name, value) == ("BEGIN", "VEVENT"):
            events.append({})
        elif name not in ("BEGIN", "END"):
            into = events[-1] if events else outer
            assert name not in into
            into[name] = re.sub(r"\\(.)", lambda one: one[1].replace("n", "\n"), value)
    return outer, events


def span(event: Event) -> Span:
    """First and last date; the format names the first date after the last."""
    first, end = (date.fromisoformat(event[f"{key};VALUE=DATE"]) for key in ("DTSTART", "DTEND"))
    return first, end - DAY


def spans_by_library(written: bytes) -> list[Span]:
    events = Calendar.from_ical(written).walk("VEVENT")
    return [(one.decoded("DTSTART"), one.decoded("DTEND") - DAY) for one in events]


def treatment_days(found: Determination) -> set[date]:
    """The dates of planned doses that somebody has booked, or that need no booking."""
    plan = found.schedule
    assert plan is not None
    if not isinstance(plan, CycleSchedule):
        return {dose.date() for dose in plan.doses}
    booked = [one for one in plan.cycles if one.begins != "earliest_permitted"]
    return {dose.date() for one in booked for dose in one.doses}


def expect_the_plan(library: Library, data: dict[str, Any]) -> None:
    found, written = determine(library, data), calendar(library, data)
    _, events = read(written)
    assert Counter(map(span, events)) == Counter(spans_by_library(written))
    assert len({one["UID"] for one in events}) == len(events)
    planned = [one for one in events if re.match("Treatment, .*: .*[0-9]{2}:", one["SUMMARY"])]
    assert {span(one)[0] for one in planned} == treatment_days(found)
    if isinstance(found.schedule, CycleSchedule):
        next_day = found.schedule.next_course_earliest
        [another] = [one for one in events if "Another course may begin" in one["SUMMARY"]]
        assert span(another) == (next_day, next_day)
    assert max(map(len, written.split(b"\r\n"))) <= 75
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", written)


def test_a_course_is_told_date_by_date(library: Library) -> None:
    events = events_of(library, told())
    assert [(one["SUMMARY"], *span(one)) for one in events] == [
        *(
            (f"Treatment, cycle 1, day {day}: 08:00, 20:00", *[date(2026, 11, 22 + day)] * 2)
            for day in range(1, 6)
        ),
        (
            "Rest: at least 11 days without a dose (if the planned doses are given)",
            date(2026, 11, 28),
            date(2026, 12, 8),
        ),
        (
            "Cycle 2 may begin from this date (not booked; if the planned doses are given)",
            *[date(2026, 12, 9)] * 2,
        ),
        (
            (
                "Another course may begin from this date"
                " (if the planned doses are given; cycle 2 not booked)"
            ),
            *[date(2027, 2, 8)] * 2,
        ),
        ("Approval period ends (start assumed)", *[date(2027, 9, 22)] * 2),
    ]
    words = [one["DESCRIPTION"].splitlines()[0] for one in events]
    assert words[1] == "Planned, cycle 1, day 2: 2 doses: 08:00, 20:00"
    assert words[-3] == (
        "Cycle 2: the earliest permitted, not booked, if the planned doses are given"
    )
    assert words[-1] == (
        "Approval period: Mon, Nov 23, 2026 to Wed, Sep 22, 2027"
        " (start assumed to be the date of service)"
    )


ONE = {"number": 1, "doses_given": 10, "first_dose_at": FIRST, "last_dose_at": "2026-11-27T20:00"}


def test_of_given_doses_the_first_and_the_last_time_are_known(library: Library) -> None:
    under_way = {**ONE, "doses_given": 7, "last_dose_at": "2026-11-26T08:00"}
    events = events_of(library, told(course={"cycles": [under_way]}))
    assert [(one["SUMMARY"], *span(one)) for one in events[:3]] == [
        ("Treatment, cycle 1, given: 7 doses", date(2026, 11, 23), date(2026, 11, 26)),
        ("Treatment, cycle 1, day 4: 20:00", *[date(2026, 11, 26)] * 2),
        ("Treatment, cycle 1, day 5: 08:00, 20:00", *[date(2026, 11, 27)] * 2),
    ]
    assert events[0]["DESCRIPTION"].endswith("\nAs entered.")
    assert events[0]["DESCRIPTION"].startswith(
        "Given, cycle 1: 7 doses: the first on Mon, Nov 23, 2026, 08:00, "
        "the last on Thu, Nov 26, 2026, 08:00\n"
    )


def test_a_booked_cycle_has_its_days_and_the_rests_around_it(library: Library) -> None:
    """16 dates lie between Nov 27 and Dec 14; the second cycle ends on Dec 18."""
    two = {"number": 2, "planned_first_at": "2026-12-14T08:00"}
    events = events_of(library, told(course={"cycles": [ONE, two]}))
    titles = [one["SUMMARY"] for one in events]
    assert titles[:2] == [
        "Treatment, cycle 1, given: 10 doses",
        "Rest: 16 days without a dose",
    ]
    assert titles[2] == "Treatment, cycle 2, day 1: 08:00, 20:00"
    rest = "Rest: at least 56 days without a dose (if the planned doses are given)"
    assert span(events[titles.index(rest)]) == (date(2026, 12, 19), date(2027, 2, 12))
    assert not [title for title in titles if "not booked" in title]


def test_a_cycle_booked_too_early_keeps_its_dates_and_says_so(library: Library) -> None:
    two = {"number": 2, "planned_first_at": "2026-12-05T08:00"}
    outer, events = read(calendar(library, told(course={"cycles": [ONE, two]})))
    assert "beyond a limit" in outer["X-WR-CALNAME"]
    of_two = [one for one in events if "cycle 2" in one["SUMMARY"]]
    assert [span(one)[0] for one in of_two] == [date(2026, 12, 5) + n * DAY for n in range(5)]
    assert all(one["SUMMARY"].endswith("(beyond a limit)") for one in of_two)
    beyond = "As entered; beyond a limit of the policy; not an order."
    assert all(one["DESCRIPTION"].endswith(beyond) for one in of_two)
    dated = [one for one in events if one["SUMMARY"].startswith(("Treatment", "Rest", "Another"))]
    assert all(
        "the policy allows it from Wed, Dec 9, 2026 on" in one["DESCRIPTION"] for one in dated
    )


def test_a_course_before_its_first_permitted_date_keeps_its_plan(library: Library) -> None:
    """The course before ended on Oct 10; 57 dates later is Dec 6."""
    outer, events = read(calendar(library, told(course={"previous_last_dose_on": "2026-10-10"})))
    assert span(events[0]) == (SERVICE, SERVICE)
    assert events[0]["SUMMARY"].endswith("(beyond a limit)")
    [allowed] = [one for one in events if "This course" in one["SUMMARY"]]
    assert span(allowed)[0] == date(2026, 12, 6)
    assert "beyond a limit" in outer["X-WR-CALNAME"]


def test_both_readings_for_this_course_stand_with_the_later_one_marked(library: Library) -> None:
    """57 dates after Oct 1 are Nov 27; 49 days after a discharge on Oct 15 are Dec 3."""
    course = {"previous_last_dose_on": "2026-10-01", "discharge_date": "2026-10-15"}
    events = events_of(library, told(course=course))
    found = {one["SUMMARY"]: span(one)[0] for one in events if "This course" in one["SUMMARY"]}
    assert found == {
        "This course may begin from this date": date(2026, 11, 27),
        "This course, counted from the discharge, may begin from this date (the later date)": date(
            2026, 12, 3
        ),
    }


def test_after_a_cycle_that_is_over_without_a_dose_both_readings_stand(library: Library) -> None:
    """57 dates after Nov 27 are Jan 23; 49 days after Dec 20 are Feb 7."""
    course = {"cycles": [ONE, {"number": 2, "over": True}], "discharge_date": "2026-12-20"}
    events = events_of(library, told(course=course))
    assert [(one["SUMMARY"], *span(one)) for one in events[1:4]] == [
        ("Rest: at least 56 days without a dose", date(2026, 11, 28), date(2027, 1, 22)),
        ("Another course may begin from this date", *[date(2027, 1, 23)] * 2),
        (
            "Another course, counted from the discharge, may begin from this date (the later date)",
            *[date(2027, 2, 7)] * 2,
        ),
    ]


def test_an_authorization_gives_its_own_end_and_assumes_nothing(library: Library) -> None:
    granted = {"start": "2026-11-20", "end": "2027-01-31"}
    outer, events = read(calendar(library, told(authorization=granted)))
    assert (events[-1]["SUMMARY"], span(events[-1])[0]) == (
        "Approval period ends",
        date(2027, 1, 31),
    )
    assert "assumed" not in outer["X-WR-CALNAME"]


def test_dates_outside_the_authorization_are_told_in_the_name(library: Library) -> None:
    granted = {"start": "2026-11-20", "end": "2026-11-25"}
    outer, _ = read(calendar(library, told(authorization=granted)))
    assert "the authorization does not cover every date" in outer["X-WR-CALNAME"]


def test_a_plan_without_cycles_is_told_week_by_week(library: Library) -> None:
    events = events_of(library, told("intralesional", facts=None))
    assert [(one["SUMMARY"], span(one)[0]) for one in events] == [
        (f"Treatment, week {week + 1}, day {day}: 08:00", SERVICE + (7 * week + day - 1) * DAY)
        for week in range(4)
        for day in (1, 4)
    ]


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_every_example_has_the_dates_of_its_plan_or_no_calendar(library: Library, one: Any) -> None:
    found = determine(library, one.case)
    if found.schedule is None:
        assert calendar_bytes(found, read_case(one.case)) is None
    else:
        expect_the_plan(library, one.case)


@settings(max_examples=60)
@given(data=plan_cases())
@example(data=told(first="2028-02-28T20:30"))
@example(data=told(first="2026-12-30T23:59", course={"doses_per_cycle": 14}))
@example(data=told("subcutaneous", "2028-02-10T08:00"))
@example(data=told(first="2099-12-31T08:00"))
def test_any_plan_has_exactly_its_dates(library: Library, data: dict[str, Any]) -> None:
    if determine(library, data).schedule is not None:
        expect_the_plan(library, data)


@pytest.mark.parametrize("changes", [{"course": None}, {"course": {}}])
def test_without_a_first_dose_there_is_no_calendar(
    library: Library, changes: dict[str, Any]
) -> None:
    data = case(**changes)
    assert calendar_bytes(determine(library, data), read_case(data)) is None


def test_with_another_regimen_there_is_no_calendar(library: Library) -> None:
    data = told(regimen="til")
    assert calendar_bytes(determine(library, data), read_case(data)) is None


def test_each_calendar_and_event_has_what_the_format_asks_for_and_no_more(
    library: Library,
) -> None:
    outer, events = read(calendar(library, told()))
    assert outer == {
        "VERSION": "2.0",
        "PRODID": "-//Aldesk contributors//Aldesk//EN",
        "X-WR-CALNAME": "Treatment plan from Mon, Nov 23, 2026 (later dates hold if the planned "
        "doses are given; start of the approval assumed)",
    }
    for one in events:
        assert set(one) == {
            *("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"),
            *("SUMMARY", "DESCRIPTION", "TRANSP", "SEQUENCE"),
        }
        assert (one["DTSTAMP"], one["TRANSP"]) == ("20261123T000000Z", "TRANSPARENT")
        assert one["SEQUENCE"] == "0"


@pytest.mark.parametrize("therapy", THERAPIES)
@pytest.mark.parametrize("policy", [ALDER, BIRCH])
def test_the_words_do_not_tell_what_or_whom_it_is_about(
    library: Library, policy: str, therapy: str
) -> None:
    person: dict[str, Any] = {
        "weight_kg": "71.37",
        "height_cm": "168.4",
        "age_years": 57,
        "reference": "Zebra-7",
        "requested": {"dose_iu": 654_321},
    }
    course = {"previous_last_dose_on": "2026-10-10", "discharge_date": "2026-10-12"}
    data = told(therapy, policy=policy, course=course, **person)
    text = calendar(library, data).decode("utf-8").replace("\r\n ", "").lower()
    telling = (
        *(
            "71.37",
            "168.4",
            "zebra",
            "654321",
            "654,321",
            "international",
            "million",
            " mg",
            "vial",
        ),
        *("aldesleukin", "proleukin", "interleukin", "melanoma", "carcinoma", "renal", "host"),
        *("alder", "birch", "lesion", "intravenous", "subcutaneous", "oncolog", "tumor"),
    )
    assert not [word for word in telling if word in text]
    assert determine(library, data).policy.sha256 not in text


def test_what_does_not_move_the_plan_changes_nothing(library: Library) -> None:
    person: dict[str, Any] = {"weight_kg": "90", "age_years": 71}
    assert calendar(library, told(**person)) == calendar(library, told())


def ids(library: Library, data: dict[str, Any]) -> set[str]:
    return {one["UID"] for one in events_of(library, data)}


def test_the_same_plan_has_the_same_ids_and_another_one_others(library: Library) -> None:
    same = ids(library, told())
    assert ids(library, told(course={"doses_per_cycle": 14}, facts=None)) < same  # no approval
    for another in (
        told(policy=BIRCH),
        told(reference="row 2"),  # so two people's equal plans stay two
    ):
        assert not same & ids(library, another)
    later = ids(library, told(first="2026-11-24T08:00"))
    assert len(same & later) == 1  # the end of the approval, which is the same
    data = told()
    found = determine(library, data)
    for key in ("id", "version"):
        another_policy = replace(found.policy, **{key: "another"})
        written = calendar_bytes(replace(found, policy=another_policy), read_case(data))
        assert written is not None
        assert not same & {one["UID"] for one in read(written)[1]}


@settings(max_examples=60)
@given(data=plan_cases(), course=courses())
def test_no_id_of_two_plans_of_one_case_says_two_things(
    library: Library, data: dict[str, Any], course: dict[str, Any]
) -> None:
    said: dict[str, Event] = {}
    for one in (data, {**data, "course": course}):
        if determine(library, one).schedule is not None:
            for event in events_of(library, one):
                assert said.setdefault(event["UID"], event) == event


def test_another_process_without_time_zones_gives_the_same_bytes(library: Library) -> None:
    script = (
        "import sys; sys.modules['tzdata'] = None\n"
        "from app.library import load\n"
        "from app.output.calendar import calendar_bytes\n"
        "from app.model.case_json import read_case\n"
        "from tests.cases import case, determine\n"
        f"data = case(course={{'first_dose_at': '{FIRST}'}})\n"
        "found = determine(load(), data)\n"
        "sys.stdout.buffer.write(calendar_bytes(found, read_case(data)))\n"
    )
    environment = {"PYTHONHASHSEED": "4711", "PYTHONTZPATH": "", "TZ": "Pacific/Kiritimati"}
    with start("-c", script, env=environment) as running:
        out, err = running.communicate()
    assert (out, err) == (calendar(library, told()), b"")


def test_the_start_of_the_window_does_not_wait_for_it() -> None:
    """Its library takes as long to import as a bare window to open."""
    script = "import sys, app.gui.application; print('icalendar' in sys.modules)"
    with start("-c", script) as running:
        out, err = running.communicate()
    assert (out.split(), err) == ([b"False"], b"")
