"""The plan and what was given, in words: one plan, its provisional dates, and what it breaks."""

from typing import Any

import pytest

from app.library import Library
from app.output.course_sections import course_section, earliest_rows, head_rows, schedule_section
from app.output.phrases import Row, Section
from tests.cases import case, determine

# Alder allows 10 doses in a cycle, 2 a day (every 12 hours), and asks for 11 and 56 days of rest.
ONE = {
    "number": 1,
    "doses_given": 6,
    "doses_held": 1,
    "first_dose_at": "2026-11-23T08:00",
    "last_dose_at": "2026-11-27T00:00",
}
TWO = {
    "number": 2,
    "doses_given": 1,
    "over": True,
    "first_dose_at": "2026-12-08T08:00",
    "last_dose_at": "2026-12-08T08:00",
}
DOSING = "Alder 12: Skin doses"
OPEN = "the earliest permitted, not booked"
IF_GIVEN = "if the planned doses are given"


def course(library: Library, *cycles: dict[str, Any], **changes: Any) -> Section:
    entered = {"cycles": list(cycles), **changes}
    section = course_section(determine(library, case(course=entered)), library.catalog)
    assert section is not None
    return section


def told(library: Library, *cycles: dict[str, Any], **changes: Any) -> dict[str, str]:
    return {row.label: row.text for row in course(library, *cycles, **changes).rows}


def plan(library: Library, *cycles: dict[str, Any], **changes: Any) -> Section:
    entered = {"cycles": list(cycles), **changes}
    section = schedule_section(determine(library, case(course=entered)), library.catalog)
    assert section is not None
    return section


def test_findings_come_first_then_cycles_then_dates(library: Library) -> None:
    rows = course(library, ONE, TWO).rows
    assert list(rows[1:]) == [
        Row("Cycle 1", "6 doses given, none left", f"{DOSING} 3"),
        Row("Cycle 2", "1 dose given, none left", f"{DOSING} 3"),
        Row("Second cycle", "begun on Tue, Dec 8, 2026"),
        Row("Another course, by the policy", "from Wed, Feb 3, 2027", f"{DOSING} 5"),
    ]
    assert rows[0].label == "Beyond the policy's limit"
    assert rows[0].text.startswith("Cycle 2 begins on Tue, Dec 8, 2026.")


def test_a_date_that_waits_for_planned_doses_says_so(library: Library) -> None:
    """Given to Nov 27 00:00 in 8 slots; 3 more from 12:00 on, the last on Nov 28."""
    assert told(library, ONE) == {
        "Cycle 1": "6 doses given, at most 3 doses left",
        "Second cycle": f"from Thu, Dec 10, 2026, {OPEN}, {IF_GIVEN}",
        "Another course, by the policy": f"from Tue, Feb 9, 2027, {IF_GIVEN}",
    }
    over = told(library, {**ONE, "over": True})
    assert over["Second cycle"] == f"from Wed, Dec 9, 2026, {OPEN}"


def test_an_advisory_is_no_limit(library: Library) -> None:
    close = {**ONE, "doses_given": 2, "last_dose_at": "2026-11-23T09:00"}
    first = course(library, close).rows[0]
    assert first.label == "Label advice"
    assert first.citation.startswith("Proleukin prescribing information")
    to_the_day = course(
        library, first_dose_at="2026-11-23T08:00", previous_last_dose_on="2026-09-28"
    )
    assert to_the_day.rows[0].label == "To check"
    assert "8 weeks to the day" in to_the_day.rows[0].text


@pytest.mark.parametrize(
    ("discharged", "policy_mark", "label_mark"),
    [
        # By the policy from Feb 3, 2027; 49 days after the discharge by the label.
        ("2026-12-15", True, False),
        ("2026-12-16", False, False),
        ("2026-12-17", False, True),
    ],
)
def test_the_later_date_for_another_course_is_marked(
    library: Library, discharged: str, policy_mark: bool, label_mark: bool
) -> None:
    found = told(library, ONE, TWO, discharge_date=discharged)
    by_policy = found["Another course, by the policy"]
    by_label = found["Another course, by the label after discharge"]
    assert by_policy.endswith(" (the later date)") is policy_mark
    assert by_label.endswith(" (the later date)") is label_mark


@pytest.mark.parametrize(
    ("discharged", "policy_mark", "label_mark"),
    [("2026-12-20", True, False), ("2026-12-21", False, False), ("2026-12-22", False, True)],
)
def test_the_later_date_for_this_course_is_marked(
    library: Library, discharged: str, policy_mark: bool, label_mark: bool
) -> None:
    """By the policy from Feb 8, 2027, 57 dates after the last dose of the course before."""
    found = told(library, previous_last_dose_on="2026-12-13", discharge_date=discharged)
    assert found["This course, by the policy"].startswith("from Mon, Feb 8, 2027")
    assert found["This course, by the policy"].endswith(" (the later date)") is policy_mark
    by_label = found["This course, by the label after discharge"]
    assert by_label.endswith(" (the later date)") is label_mark


def test_an_unfinished_course_has_no_date_by_discharge(library: Library) -> None:
    found = told(library, ONE, discharge_date="2026-12-08")
    assert not [label for label in found if "discharge" in label]


def test_the_plan_says_what_was_given_and_how_each_cycle_begins(library: Library) -> None:
    section = plan(library, ONE)
    assert section.meaning == "Held doses keep their slots and are not made up."
    heads = [row for row in section.rows if row.detail.startswith(("6 doses given", OPEN))]
    assert heads == [
        Row(
            "Cycle 1", "Mon, Nov 23, 2026 to Sat, Nov 28, 2026", "", "6 doses given, 3 more planned"
        ),
        Row(
            "Cycle 2",
            "Thu, Dec 10, 2026 to Mon, Dec 14, 2026",
            "",
            f"{OPEN}, {IF_GIVEN}; 10 planned",
        ),
    ]
    assert Row("Cycle 1", "Fri, Nov 27, 2026", "", "1 dose: 12:00") in section.rows
    assert section.rows[-1] == Row(
        "Another course", "Tue, Feb 9, 2027", "", f"at the earliest, {IF_GIVEN}"
    )


def test_a_booked_cycle_and_one_without_a_dose_are_called_so(library: Library) -> None:
    over = {**ONE, "over": True}
    booked = plan(library, over, {"number": 2, "planned_first_at": "2026-12-14T08:00"})
    [head] = [row for row in booked.rows if row.label == "Cycle 2" and "planned" in row.detail]
    assert head.detail == "as entered; 10 planned"
    assert head.text.startswith("Mon, Dec 14, 2026 to")
    ended = plan(library, over, {"number": 2, "over": True})
    assert Row("Cycle 2", "ended without a dose", "", "no dose given") in ended.rows
    assert "Rest" in [row.label for row in ended.rows]
    assert ended.rows[-1].detail == "at the earliest"


def test_a_plan_that_breaks_a_limit_says_so_itself(library: Library) -> None:
    early = plan(library, first_dose_at="2026-11-23T08:00", previous_last_dose_on="2026-10-23")
    assert early.meaning.startswith(
        "Beyond the policy's limit: The course begins on Mon, Nov 23, 2026."
    )


def test_an_unbegun_plan_has_its_earliest_dates_beside_the_limits(library: Library) -> None:
    found = determine(library, case(course={"first_dose_at": "2026-11-23T08:00"}))
    assert [(row.label, row.text) for row in earliest_rows(found)] == [
        ("Second cycle", f"from Wed, Dec 9, 2026, {OPEN}, {IF_GIVEN}"),
        ("Another course", f"from Mon, Feb 8, 2027, {IF_GIVEN}"),
    ]
    assert [row.detail for row in head_rows(found)] == [
        "as entered; 10 planned",
        f"{OPEN}, {IF_GIVEN}; 10 planned",
    ]
    assert not list(earliest_rows(determine(library, case(course={"cycles": [ONE]}))))


def test_the_later_date_by_the_label_stands_in_the_schedule(library: Library) -> None:
    """By the policy from Feb 3, 2027; 49 days after a discharge on Dec 17 are Feb 4."""
    rows = plan(library, ONE, TWO, discharge_date="2026-12-17").rows
    assert rows[-2].text == "Wed, Feb 3, 2027"
    assert rows[-1] == Row(
        "Another course, by the label after discharge",
        "Thu, Feb 4, 2027",
        "",
        "at the earliest, the later date",
    )
    rows = plan(library, ONE, TWO, discharge_date="2026-12-15").rows
    assert [row.detail for row in rows[-2:]] == [
        "at the earliest, the later date",
        "at the earliest",
    ]
