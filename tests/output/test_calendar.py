"""The calendar, read by its own library and by a reader of RFC 5545 written here by hand.

A course begun on Mon, Nov 23, 2026 at 08:00 with a dose every 12 hours: two doses on each of days 1
to 5; eleven whole dates of rest; the same again from Dec 9; 56 whole dates of rest; Feb 8, 2027.
"""

import re
from collections import Counter
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from app.library import Library
from app.model.determination import Determination
from app.model.treatment import CycleSchedule, Rest
from app.output.calendar import calendar_bytes
from tests.cases import ALDER, BIRCH, case, determine
from tests.console import start
from tests.fixture_cases import EXAMPLES

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


def determination(
    library: Library, therapy: str = "intravenous", first: str = FIRST, **changes: Any
) -> Determination:
    course = {"first_dose_at": first} | changes.pop("course", {})
    return determine(library, case(**{**THERAPIES[therapy], "course": course, **changes}))


def calendar(found: Determination, day: date = SERVICE) -> bytes:
    written = calendar_bytes(found, day)
    assert written is not None
    return written


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


def doses_of(found: Determination) -> list[datetime]:
    plan = found.schedule
    assert plan is not None
    cycles = plan.cycles if isinstance(plan, CycleSchedule) else (plan,)
    return [dose for one in cycles for dose in one.doses]


def planned(found: Determination) -> Counter[Span]:
    """What has to be in the calendar: dose dates once each, rests, next course, approval's end."""
    plan = found.schedule
    spans = [(day, day) for day in {dose.date() for dose in doses_of(found)}]
    if isinstance(plan, CycleSchedule):
        spans += [(one.first_day, one.last_day) for one in (plan.rest, plan.course_rest)]
        spans.append((plan.next_course_earliest, plan.next_course_earliest))
    if found.approval_period:
        spans.append((found.approval_period.end, found.approval_period.end))
    return Counter(spans)


def expect_the_plan(found: Determination, day: date) -> None:
    written = calendar(found, day)
    _, events = read(written)
    assert Counter(map(span, events)) == Counter(spans_by_library(written)) == planned(found)
    assert len({one["UID"] for one in events}) == len(events)
    times = [word for one in events for word in re.findall(r"\d\d:\d\d", one["DESCRIPTION"])]
    assert times == [f"{dose:%H:%M}" for dose in doses_of(found)]
    assert max(map(len, written.split(b"\r\n"))) <= 75
    assert written.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", written)


def test_a_course_is_told_date_by_date(library: Library) -> None:
    _, events = read(calendar(determination(library)))
    assert [(one["SUMMARY"], *span(one)) for one in events] == [
        ("Treatment, cycle 1, day 1: 2 doses", date(2026, 11, 23), date(2026, 11, 23)),
        ("Treatment, cycle 1, day 2: 2 doses", date(2026, 11, 24), date(2026, 11, 24)),
        ("Treatment, cycle 1, day 3: 2 doses", date(2026, 11, 25), date(2026, 11, 25)),
        ("Treatment, cycle 1, day 4: 2 doses", date(2026, 11, 26), date(2026, 11, 26)),
        ("Treatment, cycle 1, day 5: 2 doses", date(2026, 11, 27), date(2026, 11, 27)),
        ("Rest: at least 11 days without a dose", date(2026, 11, 28), date(2026, 12, 8)),
        ("Treatment, cycle 2, day 1: 2 doses", date(2026, 12, 9), date(2026, 12, 9)),
        ("Treatment, cycle 2, day 2: 2 doses", date(2026, 12, 10), date(2026, 12, 10)),
        ("Treatment, cycle 2, day 3: 2 doses", date(2026, 12, 11), date(2026, 12, 11)),
        ("Treatment, cycle 2, day 4: 2 doses", date(2026, 12, 12), date(2026, 12, 12)),
        ("Treatment, cycle 2, day 5: 2 doses", date(2026, 12, 13), date(2026, 12, 13)),
        ("Rest: at least 56 days without a dose", date(2026, 12, 14), date(2027, 2, 7)),
        ("Earliest date for another course", date(2027, 2, 8), date(2027, 2, 8)),
        ("Approval period ends", date(2027, 9, 22), date(2027, 9, 22)),
    ]
    words = [one["DESCRIPTION"].splitlines()[0] for one in events]
    assert words[1] == "Cycle 1: 2 doses: 08:00, 20:00"
    assert words[5] == "Rest: 11 days without a dose; cycle 2 from Wed, Dec 9, 2026"
    assert words[-1] == (
        "Approval period: Mon, Nov 23, 2026 to Wed, Sep 22, 2027"
        " (start assumed to be the date of service)"
    )


def test_a_plan_without_cycles_is_told_week_by_week(library: Library) -> None:
    _, events = read(calendar(determination(library, "intralesional", facts=None)))
    assert [(one["SUMMARY"], span(one)[0]) for one in events] == [
        (f"Treatment, week {week + 1}, day {day}: 1 dose", SERVICE + (7 * week + day - 1) * DAY)
        for week in range(4)
        for day in (1, 4)
    ]


@pytest.mark.parametrize("one", EXAMPLES, ids=lambda one: one.name)
def test_every_example_has_the_dates_of_its_plan_or_no_calendar(library: Library, one: Any) -> None:
    found = determine(library, one.case)
    day = date.fromisoformat(one.case["date_of_service"])
    if found.schedule is None:
        assert calendar_bytes(found, day) is None
    else:
        expect_the_plan(found, day)


@settings(max_examples=30)
@given(
    therapy=st.sampled_from(sorted(THERAPIES)),
    policy=st.sampled_from([ALDER, BIRCH]),
    first=st.datetimes(datetime(2026, 11, 23), datetime(2099, 12, 31, 23, 59)),
    doses=st.integers(1, 14),
)
@example(therapy="intravenous", policy=ALDER, first=datetime(2028, 2, 28, 20, 30), doses=14)
@example(therapy="intravenous", policy=ALDER, first=datetime(2027, 2, 27, 16), doses=3)
@example(therapy="intravenous", policy=ALDER, first=datetime(2026, 12, 30, 23, 59), doses=14)
@example(therapy="subcutaneous", policy=ALDER, first=datetime(2028, 2, 10, 8), doses=1)
@example(therapy="intravenous", policy=ALDER, first=datetime(2099, 12, 31, 8), doses=14)
def test_any_plan_has_exactly_its_dates(
    library: Library, therapy: str, policy: str, first: datetime, doses: int
) -> None:
    found = determination(
        library,
        therapy,
        f"{first:%Y-%m-%dT%H:%M}",
        policy=policy,
        course={"doses_per_cycle": doses},
    )
    if found.schedule is not None:
        expect_the_plan(found, SERVICE)


def test_a_rest_of_no_days_is_no_entry(library: Library) -> None:
    found = determination(library)
    assert isinstance(found.schedule, CycleSchedule)
    none = Rest(found.schedule.rest.first_day, found.schedule.rest.first_day - DAY, 0)
    plan = replace(found.schedule, rest=none)
    _, events = read(calendar(replace(found, schedule=plan)))
    assert [one["SUMMARY"] for one in events if "Rest" in one["SUMMARY"]] == [
        "Rest: at least 56 days without a dose"
    ]


@pytest.mark.parametrize("changes", [{"course": None}, {"course": {}}])
def test_without_a_first_dose_there_is_no_calendar(
    library: Library, changes: dict[str, Any]
) -> None:
    assert calendar_bytes(determine(library, case(**changes)), SERVICE) is None


def test_with_another_regimen_there_is_no_calendar(library: Library) -> None:
    assert calendar_bytes(determination(library, regimen="til"), SERVICE) is None


def test_each_calendar_and_event_has_what_the_format_asks_for_and_no_more(
    library: Library,
) -> None:
    outer, events = read(calendar(determination(library)))
    assert outer == {
        "VERSION": "2.0",
        "PRODID": "-//Aldesk contributors//Aldesk//EN",
        "X-WR-CALNAME": "Treatment plan",
    }
    for one in events:
        assert set(one) == {
            *("UID", "DTSTAMP", "DTSTART;VALUE=DATE", "DTEND;VALUE=DATE"),
            *("SUMMARY", "DESCRIPTION", "TRANSP"),
        }
        assert (one["DTSTAMP"], one["TRANSP"]) == ("20261123T000000Z", "TRANSPARENT")


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
    found = determination(library, therapy, policy=policy, **person)
    text = calendar(found).decode("utf-8").replace("\r\n ", "").lower()
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
    assert found.policy.sha256 not in text


def test_what_does_not_move_the_plan_changes_nothing(library: Library) -> None:
    one = calendar(determination(library))
    person: dict[str, Any] = {"weight_kg": "90", "age_years": 71}
    assert calendar(determination(library, **person)) == one


def test_the_same_plan_has_the_same_ids_and_another_one_others(library: Library) -> None:
    def ids(**changes: Any) -> set[str]:
        return {one["UID"] for one in read(calendar(determination(library, **changes)))[1]}

    shorter = ids(course={"doses_per_cycle": 14}, facts=None)
    assert shorter < ids()  # no approval period, nothing else
    for another in (
        {"policy": BIRCH},
        {"therapy": "intralesional"},
        {"first": "2026-11-24T08:00"},
        {"first": "2026-11-23T09:00"},
        {"reference": "row 2"},  # so two people's equal plans stay two
    ):
        assert not ids() & ids(**another)
    found = determination(library)
    for key in ("id", "version"):
        another_policy = replace(found.policy, **{key: "another"})
        _, events = read(calendar(replace(found, policy=another_policy)))
        assert not ids() & {one["UID"] for one in events}


def test_another_process_without_time_zones_gives_the_same_bytes(library: Library) -> None:
    script = (
        "import datetime, sys; sys.modules['tzdata'] = None\n"
        "from app.library import load\n"
        "from app.output.calendar import calendar_bytes\n"
        "from tests.cases import case, determine\n"
        f"found = determine(load(), case(course={{'first_dose_at': '{FIRST}'}}))\n"
        "sys.stdout.buffer.write(calendar_bytes(found, datetime.date(2026, 11, 23)))\n"
    )
    environment = {"PYTHONHASHSEED": "4711", "PYTHONTZPATH": "", "TZ": "Pacific/Kiritimati"}
    with start("-c", script, env=environment) as running:
        out, err = running.communicate()
    assert (out, err) == (calendar(determination(library)), b"")


def test_the_start_of_the_window_does_not_wait_for_it() -> None:
    """Its library takes as long to import as a bare window to open."""
    script = "import sys, app.gui.application; print('icalendar' in sys.modules)"
    with start("-c", script) as running:
        out, err = running.communicate()
    assert (out.split(), err) == ([b"False"], b"")
