"""The one sentence names a violation of the course, whatever the status."""

from typing import Any

import pytest

from app.library import Library
from tests.engine.people import VEIN_BIRCH, cycle, found
from tests.engine.test_course_schedule import FIRST, SLOTS
from tests.engine.test_summary_of_requests import BY_CASE, MET, sentence, summary

FULL = cycle(1, 12, SLOTS[0], SLOTS[11])


VIOLATIONS = [
    (
        {"cycles": [cycle(1, 13, SLOTS[0], SLOTS[12])]},
        ["more doses were given in a cycle than the policy allows"],
    ),
    (
        {"cycles": [cycle(1, 7, "2026-11-23T00:00", "2026-11-24T23:59")]},
        ["more doses were given in the time than the policy allows"],
    ),
    (
        {"cycles": [FULL, {"number": 2, "planned_first_at": "2026-12-05T08:00"}]},
        ["a later cycle begins before its rest is over"],
    ),
    (
        {"first_dose_at": FIRST, "previous_last_dose_on": "2026-10-20"},
        ["this course begins before the rest after the one before is over"],
    ),
    (  # the same rule in both cycles is told once
        {
            "cycles": [
                cycle(1, 13, SLOTS[0], SLOTS[12]),
                cycle(2, 13, "2026-11-29T08:00", "2026-12-03T08:00"),
            ]
        },
        [
            "more doses were given in a cycle than the policy allows",
            "a later cycle begins before its rest is over",
        ],
    ),
]


@pytest.mark.parametrize(("course", "words"), VIOLATIONS)
def test_a_violation_is_named_whatever_the_status(
    library: Library, course: dict[str, Any], words: list[str]
) -> None:
    assert summary(library, **VEIN_BIRCH, course=course) == sentence(*words, MET, BY_CASE)
    open_ = summary(library, **{**VEIN_BIRCH, "age_years": None}, course=course)
    assert open_.startswith(sentence(*words)[:-1])
    assert "; not known yet: “" in open_
    refused = summary(library, **{**VEIN_BIRCH, "age_years": 17}, course=course)
    assert refused.startswith("Not fulfilled: “")
    assert refused.endswith(f"”; {'; '.join(words)}.")


def test_a_violation_beside_a_request_within_its_limits(library: Library) -> None:
    """The request is never said to be within every limit beside a course that breaks one."""
    course, words = VIOLATIONS[0]
    asked = {
        "dose_iu": 21_150_000,
        "doses_per_day": 3,
        "doses_per_cycle": 12,
        "rest_days": 8,
        "course_rest_days": 42,
    }
    told = found(library, **VEIN_BIRCH, course=course, requested=asked)
    assert told.request_check.status == "within_limits"
    assert told.summary == sentence(*words, MET, BY_CASE)


def test_an_advisory_changes_nothing(library: Library) -> None:
    course = {"first_dose_at": FIRST, "previous_last_dose_on": "2026-10-12"}
    told = found(library, **VEIN_BIRCH, course=course)
    assert told.course_check is not None
    assert [one.kind for one in told.course_check.findings] == ["advisory"]
    assert (told.approval_status, told.summary) == (
        "criteria_met",
        sentence(MET, "nothing was requested, so no dosing limit was checked"),
    )
