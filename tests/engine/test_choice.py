"""Two regimens of which nobody knows which applies: what holds for both is known."""

from app.library import Library
from tests.engine.test_regimens import by_grade, judged, status, value

GIVEN = {
    "number": 1,
    "doses_given": 6,
    "first_dose_at": "2026-12-01T08:00",
    "last_dose_at": "2026-12-03T16:00",
}


def test_what_both_state_alike_is_told_once_and_with_its_limit(library: Library) -> None:
    alike = {"max_doses_per_day": value(3)}
    regimens = [
        by_grade("few", ["low"], **alike, max_doses_per_week=value(6)),
        by_grade("many", ["high"], **alike, max_doses_per_week=value(9)),
    ]
    asked = {"doses_per_day": 3, "doses_per_week": 8}
    found = judged(library, regimens, requested=asked)["request_check"]
    assert found["status"] == "incomplete"
    told = {one["field"]: (one["result"], one["limit"]) for one in found["findings"]}
    assert told == {"doses_per_day": ("within", 3), "doses_per_week": ("unknown", None)}


def test_one_exceeded_by_the_request_and_one_by_the_course_leave_the_request_open(
    library: Library,
) -> None:
    regimens = [
        by_grade("short", ["low"], max_doses_per_cycle=value(5)),
        by_grade("daily", ["high"], max_doses_per_day=value(1), max_doses_per_cycle=value(20)),
    ]
    asked = {"doses_per_day": 2}
    found = judged(library, regimens, requested=asked, course={"cycles": [GIVEN]})
    assert status(found) == "incomplete"
    assert [one["result"] for one in found["request_check"]["findings"]] == ["unknown"]
    for grade, expected in (("low", "within_limits"), ("high", "exceeds_limits")):
        known = judged(
            library,
            regimens,
            requested=asked,
            course={"cycles": [GIVEN]},
            answers={"grade_own": grade},
        )
        assert status(known) == expected
        assert known["approval_status"] == "clinician_review"
