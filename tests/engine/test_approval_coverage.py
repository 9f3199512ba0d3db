"""A granted authorization against the date of service and every planned day."""

from typing import Any

import pytest

from app.library import Library
from tests.engine.people import GRAFT, LESION, TWO_M2, VEIN_BIRCH, cycle, found, noted
from tests.engine.test_course_schedule import FIRST, SLOTS

FULL = cycle(1, 12, SLOTS[0], SLOTS[11])
BOOKED = {"number": 2, "planned_first_at": "2026-12-08T08:00"}  # to December 12, 0:00
PLANNED = {"first_dose_at": FIRST}  # November 23 to 27


def uncovered(library: Library, granted: dict[str, Any], **changes: Any) -> str:
    """What the authorization does not cover, or nothing; the status agrees with it."""
    told = {**VEIN_BIRCH, **changes, "authorization": granted}
    notes = noted(library, "authorization_does_not_cover", **told)
    one = found(library, **told)
    assert one.approval_status == ("information_missing" if notes else "criteria_met")
    assert (one.approval_period is None) is bool(notes)
    return notes[0].text.partition("does not cover ")[2] if notes else ""


@pytest.mark.parametrize(
    ("granted", "course", "day"),
    [
        # The date of service is November 23.
        ({"start": "2026-11-23", "end": "2026-11-23"}, None, ""),
        ({"start": "2026-11-24", "end": "2027-01-01"}, None, "Mon, Nov 23, 2026."),
        ({"start": "2026-10-01", "end": "2026-11-22"}, None, "Mon, Nov 23, 2026."),
        ({"end": "2026-11-22"}, None, "Mon, Nov 23, 2026."),
        ({"end": "2026-11-23"}, None, ""),
        # Every planned day.
        ({"start": "2026-11-23", "end": "2026-11-27"}, PLANNED, ""),
        ({"start": "2026-11-23", "end": "2026-11-26"}, PLANNED, "Fri, Nov 27, 2026."),
        ({"end": "2026-11-24"}, PLANNED, "Wed, Nov 25, 2026."),
        # The first day outside is named, wherever it lies.
        ({"start": "2026-11-24", "end": "2026-11-25"}, PLANNED, "Mon, Nov 23, 2026."),
        # A second cycle that is not booked has no planned day; a booked one has.
        ({"end": "2026-12-01"}, {"cycles": [FULL]}, ""),
        ({"end": "2026-12-12"}, {"cycles": [FULL, BOOKED]}, ""),
        ({"end": "2026-12-11"}, {"cycles": [FULL, BOOKED]}, "Sat, Dec 12, 2026."),
        # What was given needs no authorization any more: only what is planned.
        ({"start": "2026-12-01", "end": "2026-12-31"}, {"cycles": [FULL]}, ""),
        (
            {"start": "2026-12-01", "end": "2026-12-09"},
            {"cycles": [FULL, cycle(2, 2, "2026-12-06T08:00", "2026-12-06T16:00")]},
            "Thu, Dec 10, 2026.",
        ),
        # Units alone cover every date.
        ({"units": 0}, PLANNED, ""),
        ({"dose_iu": 1}, PLANNED, ""),
        ({}, PLANNED, ""),
    ],
)
def test_it_covers_the_date_of_service_and_every_planned_day(
    library: Library, granted: dict[str, Any], course: dict[str, Any] | None, day: str
) -> None:
    service = granted.get("start", "") if granted.get("start") == "2026-12-01" else ""
    changes = {"date_of_service": service} if service else {}
    assert uncovered(library, granted, course=course, **changes) == day


@pytest.mark.parametrize(
    ("first", "day"),
    [
        ("2027-06-18T07:59", ""),  # to June 21, seven months less a day
        ("2027-06-18T08:00", ""),
        ("2027-06-19T08:00", "Wed, Jun 23, 2027."),
    ],
)
def test_without_an_end_aldesk_reckons_it_and_says_so(
    library: Library, first: str, day: str
) -> None:
    granted = {"start": "2026-11-23"}
    assert uncovered(library, granted, course={"first_dose_at": first}) == day
    if day:
        changes = {**VEIN_BIRCH, "authorization": granted, "course": {"first_dose_at": first}}
        [note] = noted(library, "authorization_does_not_cover", **changes)
        assert note.text == (
            "The authorization (from Mon, Nov 23, 2026; to Tue, Jun 22, 2027 by Aldesk's own "
            "reckoning) does not cover Wed, Jun 23, 2027."
        )


@pytest.mark.parametrize(
    ("granted", "period"),
    [
        ({"start": "2026-11-24", "end": "2027-01-31"}, "Tue, Nov 24, 2026 to Sun, Jan 31, 2027"),
        ({"end": "2026-10-31"}, "until Sat, Oct 31, 2026, the start not entered"),
    ],
)
def test_a_period_is_told_as_it_was_granted(
    library: Library, granted: dict[str, str], period: str
) -> None:
    [note] = noted(library, "authorization_does_not_cover", **VEIN_BIRCH, authorization=granted)
    assert note.text == f"The authorization ({period}) does not cover Mon, Nov 23, 2026."


def test_an_entered_period_is_told_as_it_is(library: Library) -> None:
    changes = {**VEIN_BIRCH, "authorization": {"start": "2026-12-01", "end": "2026-12-31"}}
    [note] = noted(library, "authorization_does_not_cover", **changes)
    assert note.text == (
        "The authorization (Tue, Dec 1, 2026 to Thu, Dec 31, 2026) does not cover Mon, Nov 23, "
        "2026."
    )
    assert (note.kind, note.scope) == ("check", "case")
    assert note.inputs == ("authorization.start", "authorization.end")


@pytest.mark.parametrize(
    ("use", "last"), [(LESION, "2026-12-17"), ({**GRAFT, **TWO_M2}, "2026-12-19")]
)
def test_the_four_weeks_of_a_regimen_without_cycles_are_planned_days(
    library: Library, use: dict[str, Any], last: str
) -> None:
    """Alder's lesions on dates 0 and 3 of each week, its graft on 0, 1, 2, 4 and 5."""
    course = {"first_dose_at": FIRST}
    day_before = last[:-1] + str(int(last[-1]) - 1)
    whole = found(library, **use, course=course, authorization={"end": last})
    assert whole.approval_status == "criteria_met"
    less = found(library, **use, course=course, authorization={"end": day_before})
    assert less.approval_status == "information_missing"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"age_years": 17}, "criteria_not_met"),
        ({"age_years": None}, "information_missing"),
        ({"requested": {"dose_iu": 28_200_001}}, "criteria_not_met"),
        ({**VEIN_BIRCH, "requested": {"dose_iu": 21_150_001}}, "clinician_review"),
        ({"indication": "other"}, "criteria_not_met"),
    ],
)
def test_other_statuses_stay_and_the_note_stands_all_the_same(
    library: Library, changes: dict[str, Any], status: str
) -> None:
    told = {**changes, "authorization": {"end": "2026-11-22"}}
    assert found(library, **told).approval_status == status
    assert found(library, **changes).approval_status == status
    assert len(noted(library, "authorization_does_not_cover", **told)) == 1


@pytest.mark.parametrize(("day", "covered"), [("2027-09-22", True), ("2027-09-23", False)])
def test_for_a_use_without_an_approval_the_policys_longest_one_is_reckoned(
    library: Library, day: str, covered: bool
) -> None:
    """Alder approves for 10, 8 or 5 months: November 23 to September 22."""
    told = {
        "indication": "other",
        "date_of_service": day,
        "authorization": {"start": "2026-11-23"},
    }
    assert bool(noted(library, "authorization_does_not_cover", **told)) is not covered


def test_the_summary_names_the_day(library: Library) -> None:
    told = {**VEIN_BIRCH, "authorization": {"end": "2026-11-22"}}
    assert found(library, **told).summary == (
        "The policy's criteria are met; the authorization does not cover Mon, Nov 23, 2026."
    )
