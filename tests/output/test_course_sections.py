"""What was given in words: findings first, and no date of the label passes for the policy's."""

from typing import Any

import pytest

from app.library import Library
from app.model.treatment import CheckedCycle
from app.output.course_sections import course_rows, cycle_text
from app.output.phrases import Row
from tests.cases import case, determine

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


def rows(library: Library, *cycles: dict[str, Any], **changes: Any) -> list[Row]:
    course = {"cycles": list(cycles), **changes.pop("course", {})}
    check = determine(library, case(course=course, **changes)).course_check
    assert check is not None
    return list(course_rows(check))


def told(library: Library, *cycles: dict[str, Any], **changes: Any) -> dict[str, str]:
    return {row.label: row.text for row in rows(library, *cycles, **changes)}


def test_findings_come_first_then_cycles_then_dates(library: Library) -> None:
    assert rows(library, ONE, TWO)[1:] == [
        Row("Cycle 1", "6 doses given, at most 3 doses left", f"{DOSING} 3"),
        Row("Cycle 2", "1 dose given, none left", f"{DOSING} 3"),
        Row("Second cycle", "from Wed, Dec 9, 2026", f"{DOSING} 4"),
        Row("Another course, by the policy", "from Wed, Feb 3, 2027", f"{DOSING} 5"),
    ]
    first = rows(library, ONE, TWO)[0]
    assert first.label == "Beyond the policy's limit"
    assert first.text.startswith("Cycle 2 began on Tue, Dec 8, 2026.")


def test_an_advisory_of_the_label_is_called_one(library: Library) -> None:
    close = {**ONE, "doses_given": 2, "last_dose_at": "2026-11-23T09:00"}
    first = rows(library, close)[0]
    assert first.label == "Label advice"
    assert first.citation.startswith("Proleukin prescribing information")


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
    found = told(library, ONE, TWO, course={"discharge_date": discharged})
    by_policy = found["Another course, by the policy"]
    by_label = found["Another course, by the label after discharge"]
    assert by_policy.endswith(" (the later date)") is policy_mark
    assert by_label.endswith(" (the later date)") is label_mark


def test_one_date_alone_is_not_marked(library: Library) -> None:
    found = told(library, ONE, course={"discharge_date": "2026-12-08"})
    assert found["Another course, by the label after discharge"] == "from Tue, Jan 26, 2027"
    before = told(library, course={"previous_last_dose_on": "2026-12-13"})
    assert before == {"This course": "from Mon, Feb 8, 2027"}


def test_where_no_dosing_is_documented_the_words_name_the_label(library: Library) -> None:
    early = {**TWO, "first_dose_at": "2026-12-06T08:00", "last_dose_at": "2026-12-06T08:00"}
    found = rows(library, ONE, early, indication="other")
    assert found[0].label == "Beyond the label's limit"
    assert "Another course, by the label" in {row.label for row in found}
    assert not any("policy" in f"{row.label}{row.text}" for row in found)


def test_a_limit_that_is_not_stated_is_called_so() -> None:
    assert cycle_text(CheckedCycle(1, 9, None)) == "9 doses given; no limit is stated"
