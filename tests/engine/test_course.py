"""What was given against the limits: whole dates, by hand from Alder's rules and the label."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.engine.course import course_rule
from app.library import Library
from app.model.adapters import adapter
from app.model.case import Case
from app.model.case_json import read_case
from app.model.policy import Dosing
from app.model.treatment import CourseCheck, CourseFinding
from tests.any_case import any_case
from tests.cases import ALDER, BIRCH, case, determine

CITATION = {"heading": "Dosing"}
LABEL = (
    "Proleukin prescribing information "
    "(Iovance, SPL f3c516ad, version 7, December 20, 2024): Dosage and Administration"
)
DOSING = "Alder 12: Skin doses"  # 2 a day, 3 a cycle, 4 and 5 the rests
moments = st.datetimes(datetime(2020, 1, 1), datetime(2099, 11, 30)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


def cycle(number: int, doses: int, first: str, last: str, **more: Any) -> dict[str, Any]:
    times = {"first_dose_at": first, "last_dose_at": last}
    return {"number": number, "doses_given": doses, **times, **more}


MORNING = cycle(1, 10, "2026-11-23T08:00", "2026-11-27T20:00")
SECOND = cycle(2, 10, "2026-12-09T08:00", "2026-12-13T20:00")


def check(library: Library, *cycles: dict[str, Any], **course: Any) -> CourseCheck:
    found = determine(library, case(course={"cycles": list(cycles), **course})).course_check
    assert found is not None
    return found


def rules(found: CourseCheck) -> list[tuple[str, str, str]]:
    return [(one.rule, one.kind, one.at) for one in found.findings]


def finding(found: CourseCheck) -> CourseFinding:
    [one] = found.findings
    return one


def test_a_full_course_in_order_has_no_finding(library: Library) -> None:
    """Nov 23 to 27, rest to Dec 8, Dec 9 to 13; another course on Feb 8, day 78."""
    found = check(library, MORNING, SECOND)
    assert found.findings == ()
    assert found.next_course_earliest == date(2026, 11, 23) + timedelta(days=77)
    assert found.next_course_earliest == date(2027, 2, 8)


def test_cycles_come_in_the_order_of_their_numbers(library: Library) -> None:
    assert check(library, SECOND, MORNING) == check(library, MORNING, SECOND)


@pytest.mark.parametrize(
    ("given", "more", "left"),
    [
        (0, {}, 10),
        (7, {}, 3),
        (7, {"doses_held": 2}, 1),
        (7, {"doses_held": 3}, 0),
        (7, {"doses_held": 99}, 0),
        (10, {}, 0),
        (16, {}, 0),
        (7, {"over": True}, 0),
        (7, {"over": False}, 3),
    ],
)
def test_held_doses_count_as_used_and_an_ended_cycle_has_none_left(
    library: Library, given: int, more: dict[str, Any], left: int
) -> None:
    [one] = check(library, cycle(1, given, "2026-11-23T08:00", "2026-12-20T16:00", **more)).cycles
    assert (one.number, one.doses_given, one.doses_left) == (1, given, left)


def test_a_dose_more_than_a_cycle_may_have_is_a_violation_of_the_policy(library: Library) -> None:
    days = ("2026-11-23T08:00", "2026-11-28T08:00")
    assert check(library, cycle(1, 10, *days)).findings == ()
    one = finding(check(library, cycle(1, 11, *days)))
    assert (one.rule, one.kind, one.at) == (
        "too_many_doses",
        "violation",
        "course.cycles.1.doses_given",
    )
    assert one.message == "Cycle 1: 11 doses given, and the policy allows at most 10 in one cycle."
    assert one.citation == f"{DOSING} 3"


def test_more_doses_than_each_date_may_have_are_a_violation(library: Library) -> None:
    """Two on each of two dates are four; the label's interval is another matter."""
    days = ("2026-11-23T00:00", "2026-11-24T23:59")
    assert check(library, cycle(2, 4, *days)).findings == ()
    one_more = check(library, cycle(2, 5, *days))
    assert [rule for rule, _, _ in rules(one_more)] == ["too_many_doses_daily"]
    found = check(library, cycle(2, 7, *days))
    assert rules(found) == [
        ("too_many_doses_daily", "violation", "course.cycles.2.doses_given"),
        ("doses_too_close", "advisory", "course.cycles.2.last_dose_at"),
    ]
    assert found.findings[0].message == (
        "Cycle 2: 7 doses given on 2 dates from first to last, "
        "and the policy allows at most twice daily."
    )
    assert found.findings[0].citation == f"{DOSING} 2"


@pytest.mark.parametrize(
    ("doses", "last", "found"),
    [
        (1, "2026-11-23T08:00", False),
        (2, "2026-11-23T16:00", False),
        (2, "2026-11-23T15:59", True),
        (4, "2026-11-24T08:00", False),
        (4, "2026-11-24T07:59", True),
    ],
)
def test_less_than_eight_hours_for_each_further_dose_is_an_advisory_of_the_label(
    library: Library, doses: int, last: str, found: bool
) -> None:
    result = check(library, cycle(1, doses, "2026-11-23T08:00", last))
    advisory = ("doses_too_close", "advisory", "course.cycles.1.last_dose_at")
    assert rules(result) == ([advisory] if found else [])
    if found:
        given = f"{doses} doses"
        until = "Mon, Nov 23, 2026, 15:59" if doses == 2 else "Tue, Nov 24, 2026, 07:59"
        assert finding(result).message == (
            f"Cycle 1: {given} from Mon, Nov 23, 2026, 08:00 to {until}, and the label gives "
            "8 hours from one dose to the next."
        )
        assert finding(result).citation == LABEL


@pytest.mark.parametrize(
    ("begun", "too_early"), [("2026-12-09T00:00", False), ("2026-12-08T23:59", True)]
)
def test_a_second_cycle_needs_every_whole_date_of_its_rest(
    library: Library, begun: str, too_early: bool
) -> None:
    found = check(library, MORNING, cycle(2, 1, begun, begun))
    violation = ("rest_too_short", "violation", "course.cycles.2.first_dose_at")
    assert rules(found) == ([violation] if too_early else [])
    if too_early:
        assert finding(found).message == (
            "Cycle 2 began on Tue, Dec 8, 2026. With 11 days of rest after cycle 1, "
            "the policy allows it from Wed, Dec 9, 2026 on."
        )
        assert finding(found).citation == f"{DOSING} 4"


def test_a_second_cycle_without_a_dose_has_not_begun(library: Library) -> None:
    times = {"first_dose_at": "2026-11-28T08:00", "last_dose_at": "2026-11-28T08:00"}
    assert check(library, MORNING, {"number": 2, "doses_given": 0, **times}).findings == ()


@pytest.mark.parametrize(
    ("begun", "too_early"), [("2027-02-08T00:00", False), ("2027-02-07T23:59", True)]
)
def test_a_course_needs_every_whole_date_of_rest_after_the_one_before(
    library: Library, begun: str, too_early: bool
) -> None:
    planned = check(library, previous_last_dose_on="2026-12-13", first_dose_at=begun)
    given = check(
        library,
        cycle(1, 1, begun, begun),
        previous_last_dose_on="2026-12-13",
        first_dose_at="2027-03-01T08:00",  # what was given comes before what was planned
    )
    assert planned.this_course_earliest == given.this_course_earliest == date(2027, 2, 8)
    rule = ("course_rest_too_short", "violation")
    assert rules(planned) == ([(*rule, "course.first_dose_at")] if too_early else [])
    assert rules(given) == ([(*rule, "course.cycles.1.first_dose_at")] if too_early else [])
    if too_early:
        assert finding(planned) == CourseFinding(
            "course_rest_too_short",
            "violation",
            "course.first_dose_at",
            "The course begins on Sun, Feb 7, 2027. With 56 days of rest after the course before, "
            "the policy allows it from Mon, Feb 8, 2027 on.",
            f"{DOSING} 5",
        )


def test_what_was_given_in_time_stands_whatever_was_planned(library: Library) -> None:
    begun = "2027-02-08T08:00"
    course = {"previous_last_dose_on": "2026-12-13", "first_dose_at": "2026-12-24T08:00"}
    assert check(library, cycle(1, 1, begun, begun), **course).findings == ()
    assert len(check(library, {"number": 1, "doses_given": 0}, **course).findings) == 1


def test_every_rule_of_the_policy_has_its_citation(library: Library) -> None:
    found = check(library, MORNING).citations
    assert found["doses_left"] == f"{DOSING} 3"
    assert found["second_cycle_earliest"] == f"{DOSING} 4"
    assert found["next_course_earliest"] == found["this_course_earliest"] == f"{DOSING} 5"


@pytest.mark.parametrize(
    "changes",
    [
        {"route": "intralesional"},
        {"route": "subcutaneous"},
        {"regimen": "til"},
        {"course": None},
        {"course": {"first_dose_at": "2026-11-23T08:00", "discharge_date": "2026-12-20"}},
    ],
)
def test_there_is_no_check_without_an_intravenous_course_that_happened(
    library: Library, changes: dict[str, Any]
) -> None:
    data = case(**{"course": {"cycles": [MORNING]}, **changes})
    assert determine(library, data).course_check is None


def test_til_has_no_effect_on_renal_cell_carcinoma(library: Library) -> None:
    data = case(indication="renal_cell_carcinoma", regimen="til", course={"cycles": [MORNING]})
    assert determine(library, data).course_check is not None


@pytest.mark.parametrize("policy", [ALDER, BIRCH])
@pytest.mark.parametrize("indication", ["graft_versus_host_disease", "other"])
def test_where_no_dosing_is_documented_the_label_is_the_measure(
    library: Library, policy: str, indication: str
) -> None:
    course = {
        "cycles": [cycle(1, 15, "2026-11-23T08:00", "2026-11-27T16:00")],
        "previous_last_dose_on": "2026-11-22",
    }
    found = determine(library, case(policy=policy, indication=indication, course=course))
    assert found.dose_limit is None
    check = found.course_check
    assert check is not None
    assert check.limits_from == "label"
    first, second, *advice = check.findings
    assert (first.rule, second.rule) == ("too_many_doses", "course_rest_too_short")
    assert {one.kind for one in advice} == {"advisory"}
    for one in (first, second):
        assert "the label allows" in one.message
        assert one.citation == LABEL
    assert [one.doses_left for one in check.cycles] == [0]
    assert check.second_cycle_earliest == date(2026, 12, 7)  # 9 dates of rest after Nov 27
    assert check.this_course_earliest == date(2027, 1, 11)  # 49 dates of rest after Nov 22


def test_without_a_documented_dosing_the_label_allows_three_doses_a_date(library: Library) -> None:
    course = {"cycles": [cycle(1, 4, "2026-11-23T00:00", "2026-11-23T23:59")]}
    found = determine(library, case(indication="other", course=course)).course_check
    assert found is not None
    assert [one.message for one in found.findings if one.kind == "violation"] == [
        (
            "Cycle 1: 4 doses given on 1 date from first to last, "
            "and the label allows at most three times daily."
        )
    ]


def made_up(library: Library, read: Case, **limits: int) -> CourseCheck:
    data: dict[str, Any] = {name: {"value": n, "citation": CITATION} for name, n in limits.items()}
    dose = {"iu": 1_000_000, "per": "kg", "citation": CITATION}
    dosing = adapter(Dosing).validate_python({"name": "Made up", "dose": dose, **data})
    policy = library.in_force(read.policy, read.date_of_service)
    found = course_rule(policy, dosing, library.reference_data)(read)
    assert found is not None
    return found


def test_the_limits_are_those_of_the_policy_in_force(library: Library) -> None:
    course = {"cycles": [MORNING, SECOND], "previous_last_dose_on": "2026-10-01"}
    found = made_up(
        library,
        read_case(case(course=course)),
        max_doses_per_day=1,
        max_doses_per_cycle=9,
        min_rest_days=12,
        min_course_rest_days=63,
    )
    assert [rule for rule, kind, _ in rules(found) if kind == "violation"] == [
        *("too_many_doses", "too_many_doses_daily") * 2,
        *("rest_too_short", "course_rest_too_short"),
    ]
    assert found.second_cycle_earliest == date(2026, 12, 10)
    assert found.next_course_earliest == date(2027, 2, 15)
    assert found.this_course_earliest == date(2026, 12, 4)


def test_a_limit_that_a_policy_does_not_state_is_never_passed(library: Library) -> None:
    crowded = cycle(1, 99, "2026-11-23T08:00", "2026-11-23T08:00", over=True)
    found = made_up(library, read_case(case(course={"cycles": [crowded]})))
    assert rules(found) == [("doses_too_close", "advisory", "course.cycles.1.last_dose_at")]
    assert [one.doses_left for one in found.cycles] == [0]  # it is over all the same
    going_on = made_up(library, read_case(case(course={"cycles": [{**crowded, "over": False}]})))
    assert [one.doses_left for one in going_on.cycles] == [None]


@given(
    first=moments,
    hours=st.integers(0, 500),
    given=st.integers(1, 40),
    unconfirmed=st.integers(0, 20),
)
def test_a_check_never_leaves_room_for_an_eleventh_dose_or_a_short_rest(
    library: Library, first: datetime, hours: int, given: int, unconfirmed: int
) -> None:
    last = first + timedelta(hours=hours)
    times = (f"{first:%Y-%m-%dT%H:%M}", f"{last:%Y-%m-%dT%H:%M}")
    done = cycle(1, given, *times, doses_held=unconfirmed)
    found = check(library, done, previous_last_dose_on=times[1][:10])
    left = found.cycles[0].doses_left
    assert left is not None
    assert 0 <= left <= 10
    assert left == 0 or given + unconfirmed + left == 10
    dates = [last.date() + timedelta(days=place) for place in range(1, 58)]
    assert found.second_cycle_earliest not in dates[:11]
    assert found.second_cycle_earliest == dates[11]
    assert found.this_course_earliest == dates[56]
    on_dates = len({(first + timedelta(hours=hour)).date() for hour in range(hours + 1)})
    broken = {one.rule for one in found.findings}
    assert ("too_many_doses" in broken) is (given > 10)
    assert ("too_many_doses_daily" in broken) is (given > 2 * on_dates)


@given(read=any_case)
def test_no_case_of_any_size_breaks_the_check(library: Library, read: Case) -> None:
    policy = library.versions(ALDER)[-1]
    coverage = policy.coverage.get(read.indication)
    dosing = coverage.dosing.get(read.route) if coverage else None
    found = course_rule(policy, dosing, library.reference_data)(read)
    told = bool(read.course.cycles) or read.course.previous_last_dose_on is not None
    assert (found is not None) is (read.route == "intravenous" and told and not read.is_til)
    assert all(one.message and one.citation for one in (found.findings if found else ()))
