"""Days on and off and what a rest counts from, on dates worked out by hand."""

from datetime import date, time, timedelta

import pytest

from app.engine.course_schedule import earliest_after, full_course_rule
from app.engine.cycle_pattern import CyclePattern, permitted_after
from app.library import Library
from app.model.course import Course
from app.model.document import Citation
from app.model.dosing import Rest
from app.model.treatment import Cycle
from tests.engine.test_regimens import days, judged, limit, regimen, value

HERE = Citation(heading="Doses")
PLAIN = CyclePattern(
    cycles=1, doses=2, per_day=None, interval=timedelta(hours=8), rest=None, course_rest=None
)
ONCE = {"first_dose_at": "2026-12-01T08:00"}


def test_every_date_is_one_with_doses_where_no_days_are_stated() -> None:
    assert PLAIN.is_on(1, date(2026, 12, 1), date(2027, 12, 1))


@pytest.mark.parametrize(
    ("days_after_first", "expected"), [(30, date(2026, 12, 31)), (3, date(2026, 12, 6))]
)
def test_a_rest_from_the_first_dose_ends_after_the_last_at_the_earliest(
    days_after_first: int, expected: date
) -> None:
    rest = Rest(value=days_after_first, from_="first_dose", citation=HERE)
    assert permitted_after(rest, date(2026, 12, 1), date(2026, 12, 5), None) == expected


def test_a_course_whose_doses_are_used_up_has_no_further_cycle(library: Library) -> None:
    made = regimen(
        max_doses_per_cycle=value(14),
        min_rest_days=value(9),
        limits=[limit(14, "doses", "course")],
    )
    found = judged(library, made, course=ONCE)
    assert [len(one["doses"]) for one in found["schedule"]["cycles"]] == [14]


def test_blocks_without_a_dose_are_left_out(library: Library) -> None:
    made = regimen(
        max_doses_per_day=value(1),
        max_doses_per_cycle=value(2),
        pattern=days(21, (1, 2), (8, 9)),
    )
    found = judged(library, made, course=ONCE)
    [cycle] = found["schedule"]["cycles"]
    assert cycle["blocks"] == [{"first_day": "2026-12-01", "last_day": "2026-12-02", "doses": 2}]


def given(doses: int, first: str, last: str) -> dict[str, object]:
    cycle = {"number": 1, "doses_given": doses, "first_dose_at": first, "last_dose_at": last}
    return {"cycles": [cycle]}


def test_a_late_dose_moves_the_next_one_and_not_those_after_it(library: Library) -> None:
    made = regimen(max_doses_per_day=value(1), pattern=days(21, (1, 4)))
    course = given(2, "2026-12-01T08:00", "2026-12-02T12:00")  # 4 hours late
    found = judged(library, made, course=course)
    [cycle] = found["schedule"]["cycles"]
    assert cycle["doses"] == ["2026-12-03T12:00", "2026-12-04T08:00"]


def test_a_dose_that_would_move_to_a_day_off_is_not_planned(library: Library) -> None:
    made = regimen(max_doses_per_day=value(2), pattern=days(21, (1, 2)))
    course = given(2, "2026-12-01T20:00", "2026-12-02T13:00")  # 5 hours late
    found = judged(library, made, course=course)
    [cycle] = found["schedule"]["cycles"]
    assert cycle["doses"] == []  # the third, due at 20:00, would come at 1:00 on day 3


def test_under_the_skin_days_without_a_frequency_have_a_dose_each(library: Library) -> None:
    found = judged(library, regimen(pattern=days(7, (1, 3))), route="subcutaneous", course=ONCE)
    [cycle] = found["schedule"]["cycles"]
    assert [one[:10] for one in cycle["doses"]] == ["2026-12-01", "2026-12-02", "2026-12-03"]


def test_what_cannot_be_is_an_error_and_no_date() -> None:
    doseless = Cycle(1, "given", "given", None, None, 0, (), ())
    with pytest.raises(ValueError, match="cycle 1 has no dose"):
        earliest_after(doseless, Course(), PLAIN)
    with pytest.raises(ValueError, match="has a plan"):
        full_course_rule(lambda _course: None)(time(8))
