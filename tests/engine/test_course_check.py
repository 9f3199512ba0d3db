"""What was given against the limits: rules and messages, by hand from Birch and the label.

Birch: 3 doses a day, 12 a cycle, 8 days of rest, 42 days between courses. The label: 8 hours.
"""

from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library import Library
from app.model.treatment import CourseCheck, CourseFinding
from tests.engine.people import VEIN_BIRCH, cycle, found
from tests.engine.test_course_schedule import FIRST, SLOTS

LABEL = (
    "Proleukin prescribing information (Iovance, SPL f3c516ad, version 7, December 20, 2024): "
    "Dosage and Administration"
)
DOSES = "Birch handbook: Chapter A doses"
FULL = cycle(1, 12, SLOTS[0], SLOTS[11])
moments = st.datetimes(datetime(2020, 1, 1), datetime(2099, 10, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


def check(library: Library, *cycles: dict[str, Any], **course: Any) -> CourseCheck:
    one = found(library, **VEIN_BIRCH, course={"cycles": list(cycles), **course}).course_check
    assert one is not None
    return one


def rules(one: CourseCheck) -> list[tuple[str, str, str]]:
    return [(each.rule, each.kind, each.at) for each in one.findings]


def finding(one: CourseCheck) -> CourseFinding:
    [only] = one.findings
    return only


def test_a_full_course_in_order_has_no_finding(library: Library) -> None:
    second = cycle(2, 12, "2026-12-06T08:00", "2026-12-10T00:00")
    one = check(library, FULL, second)
    assert one.findings == ()
    assert [(each.number, each.doses_given, each.doses_left) for each in one.cycles] == [
        (1, 12, 0),
        (2, 12, 0),
    ]


@pytest.mark.parametrize(
    ("told", "left"),
    [
        ({"number": 1, "doses_held": 1}, 11),
        ({"number": 1, "doses_held": 12}, 0),
        ({"number": 1, "doses_held": 13}, 0),
        ({"number": 1, "over": True}, 0),
        (cycle(1, 7, SLOTS[0], SLOTS[6]), 5),
        (cycle(1, 7, SLOTS[0], SLOTS[6], over=False), 5),
        (cycle(1, 7, SLOTS[0], SLOTS[6], doses_held=4), 1),
        (cycle(1, 7, SLOTS[0], SLOTS[6], doses_held=5), 0),
        (cycle(1, 7, SLOTS[0], SLOTS[6], doses_held=99), 0),
        (cycle(1, 7, SLOTS[0], SLOTS[6], over=True), 0),
        (cycle(1, 14, SLOTS[0], SLOTS[13]), 0),
    ],
)
def test_held_doses_count_as_used_and_an_ended_cycle_has_none_left(
    library: Library, told: dict[str, Any], left: int
) -> None:
    [one] = check(library, told).cycles
    assert (one.number, one.doses_given, one.doses_left) == (1, told.get("doses_given", 0), left)


def test_a_course_of_fewer_doses_has_fewer_left(library: Library) -> None:
    [one] = check(library, cycle(1, 3, SLOTS[0], SLOTS[2]), doses_per_cycle=5).cycles
    assert one.doses_left == 2


def test_only_the_cycles_that_the_case_names_are_told(library: Library) -> None:
    one = check(library, {"number": 2, "planned_first_at": "2026-12-10T08:00"})
    assert [(each.number, each.doses_left) for each in one.cycles] == [(2, 12)]
    both = check(library, {"number": 2}, cycle(1, 3, SLOTS[0], SLOTS[2]))
    assert [(each.number, each.doses_left) for each in both.cycles] == [(1, 9), (2, 12)]
    ended = check(library, {"number": 2, "over": True}, cycle(1, 3, SLOTS[0], SLOTS[2]))
    assert [(each.number, each.doses_left) for each in ended.cycles] == [(1, 0), (2, 0)]


def test_more_doses_than_a_cycle_may_have_are_a_violation(library: Library) -> None:
    assert check(library, FULL).findings == ()
    one = finding(check(library, cycle(1, 13, SLOTS[0], SLOTS[12])))
    assert one == CourseFinding(
        "too_many_doses",
        "violation",
        "course.cycles.0.doses_given",
        "Cycle 1: 13 doses given, and the policy allows at most 12 in one cycle.",
        f"{DOSES} iii",
    )


def test_the_policys_number_counts_and_not_a_smaller_one_of_the_course(library: Library) -> None:
    one = check(library, cycle(1, 6, SLOTS[0], SLOTS[5]), doses_per_cycle=5)
    assert one.findings == ()


def test_more_doses_than_each_date_may_have_are_a_violation(library: Library) -> None:
    """Three on each of two dates are six; the label's interval is another matter."""
    two_dates = ("2026-11-23T00:00", "2026-11-24T23:59")
    assert check(library, cycle(1, 6, *two_dates)).findings == ()
    one = finding(check(library, cycle(1, 7, *two_dates)))
    assert one == CourseFinding(
        "too_many_doses_daily",
        "violation",
        "course.cycles.0.doses_given",
        (
            "Cycle 1: 7 doses given on 2 dates from first to last, and the policy allows at most "
            "three times daily."
        ),
        f"{DOSES} ii",
    )
    crowded = check(library, cycle(1, 8, *two_dates))
    assert rules(crowded) == [
        ("too_many_doses_daily", "violation", "course.cycles.0.doses_given"),
        ("doses_too_close", "advisory", "course.cycles.0.last_dose_at"),
    ]


def test_each_cycle_has_its_own_findings_named_by_its_place_in_the_list(library: Library) -> None:
    days = ("2026-11-23T00:00", "2026-11-27T23:59")
    later = ("2026-12-20T00:00", "2026-12-24T23:59")
    one = check(library, cycle(2, 13, *later), cycle(1, 14, *days))
    assert rules(one) == [
        ("too_many_doses", "violation", "course.cycles.1.doses_given"),
        ("too_many_doses", "violation", "course.cycles.0.doses_given"),
    ]


@pytest.mark.parametrize(
    ("doses", "last", "is_close"),
    [
        # An hour less than 8 hours for each further dose is a charted time.
        (1, "2026-11-23T08:00", False),
        (2, "2026-11-23T15:00", False),
        (2, "2026-11-23T14:59", True),
        (4, "2026-11-24T07:00", False),
        (4, "2026-11-24T06:59", True),
        (12, "2026-11-26T23:00", False),
        (12, "2026-11-26T22:59", True),
    ],
)
def test_less_than_the_labels_interval_by_more_than_an_hour_is_an_advisory(
    library: Library, doses: int, last: str, is_close: bool
) -> None:
    advisory = ("doses_too_close", "advisory", "course.cycles.0.last_dose_at")
    one = check(library, cycle(1, doses, FIRST, last))
    assert rules(one) == ([advisory] if is_close else [])


def test_the_advisory_tells_both_times_and_the_interval(library: Library) -> None:
    one = finding(check(library, cycle(1, 4, FIRST, "2026-11-24T06:59")))
    assert one.message == (
        "Cycle 1: 4 doses from Mon, Nov 23, 2026, 08:00 to Tue, Nov 24, 2026, 06:59, and the "
        "label gives 8 hours from one dose to the next."
    )
    assert one.citation == LABEL


def test_violations_come_before_advisories(library: Library) -> None:
    crowded = cycle(1, 13, FIRST, "2026-11-23T09:00")
    one = check(library, crowded, previous_last_dose_on="2026-10-12")
    assert [each.kind for each in one.findings] == [*["violation"] * 2, *["advisory"] * 2]
    assert [each.rule for each in one.findings] == [
        *("too_many_doses", "too_many_doses_daily"),
        *("doses_too_close", "seven_weeks_to_the_day"),
    ]


@pytest.mark.parametrize(
    "course",
    [
        None,
        {},
        {"cycles": []},
        {"first_dose_at": FIRST, "discharge_date": "2026-12-20", "number": 2},
        {"cycles": [{"number": 1}, {"number": 2, "doses_held": 0, "over": False}]},
    ],
)
def test_a_course_of_which_nothing_happened_is_not_checked(
    library: Library, course: dict[str, Any] | None
) -> None:
    assert found(library, **VEIN_BIRCH, course=course).course_check is None


@pytest.mark.parametrize(
    "cycles",
    [
        [FULL],
        [{"number": 1, "doses_held": 1}],
        [{"number": 1, "over": True}],
        [{"number": 2, "planned_first_at": "2026-12-10T08:00"}],
    ],
)
def test_a_dose_given_held_planned_or_over_is_checked(
    library: Library, cycles: list[dict[str, Any]]
) -> None:
    assert found(library, **VEIN_BIRCH, course={"cycles": cycles}).course_check is not None


@pytest.mark.parametrize(
    "changes",
    [
        {"route": "intralesional"},
        {"route": "subcutaneous"},
        {"regimen": "til"},
        {"indication": "other"},
        {"indication": "graft_versus_host_disease"},
    ],
)
def test_there_is_no_check_without_documented_doses_by_vein(
    library: Library, changes: dict[str, Any]
) -> None:
    course = {"cycles": [cycle(1, 15, SLOTS[0], SLOTS[11])], "previous_last_dose_on": "2026-11-22"}
    assert found(library, **{**VEIN_BIRCH, **changes}, course=course).course_check is None


def test_the_regimen_of_melanoma_has_no_effect_on_the_kidney(library: Library) -> None:
    changes = {"indication": "renal_cell_carcinoma", "regimen": "til"}
    one = found(library, **changes, course={"cycles": [FULL]})
    assert one.course_check is not None


def test_every_rule_has_its_citation(library: Library) -> None:
    assert check(library, FULL).citations == {
        "doses_left": f"{DOSES} iii",
        "second_cycle_earliest": f"{DOSES} iv",
        "next_course_earliest": f"{DOSES} v",
        "this_course_earliest": f"{DOSES} v",
        "by_discharge": LABEL,
    }


@given(first=moments, hours=st.integers(1, 500), count=st.integers(2, 40), held=st.integers(0, 20))
def test_a_check_never_leaves_room_for_a_thirteenth_dose_or_a_short_rest(
    library: Library, first: datetime, hours: int, count: int, held: int
) -> None:
    last = first + timedelta(hours=hours)
    times = (f"{first:%Y-%m-%dT%H:%M}", f"{last:%Y-%m-%dT%H:%M}")
    one = check(library, cycle(1, count, *times, doses_held=held, over=True))
    open_ = check(library, cycle(1, count, *times, doses_held=held))
    assert open_.cycles[0].doses_left == max(0, 12 - count - held)
    assert one.second_cycle_earliest == last.date() + timedelta(days=9)
    assert open_.second_cycle_earliest is not None
    assert open_.second_cycle_earliest >= one.second_cycle_earliest
    on_dates = len({(first + timedelta(hours=hour)).date() for hour in range(hours + 1)})
    broken = {each.rule for each in one.findings}
    assert ("too_many_doses" in broken) is (count > 12)
    assert ("too_many_doses_daily" in broken) is (count > 3 * on_dates)
    assert ("doses_too_close" in broken) is (hours < 8 * (count - 1) - 1)
