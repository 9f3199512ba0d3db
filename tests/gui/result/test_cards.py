"""What was given, the preparation and the forecast in the window, each from the entries of now."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.gui.result.notes_card import NotesCard
from app.gui.result.timeline import Timeline
from app.gui.widgets.cards import CitedGrid, SectionCard
from tests.cases import ALDER, case
from tests.gui.person import Person, flat

ALT = Qt.KeyboardModifier.AltModifier
GIVEN = {
    "cycles": [
        {
            "number": 1,
            "doses_given": 9,
            "doses_held": 1,
            "first_dose_at": "2026-11-23T08:00",
            "last_dose_at": "2026-11-27T08:00",
        },
        {
            "number": 2,
            "doses_given": 3,
            "first_dose_at": "2026-12-05T08:00",
            "last_dose_at": "2026-12-06T00:00",
        },
    ]
}


def enter(person: Person, **course: Any) -> None:
    person.enter_case(case(course=course))


def card(person: Person, name: str) -> QWidget:
    """Return a card; what was given stands in the card of the plan."""
    found = person.window.findChild(QWidget, name)
    assert isinstance(found, SectionCard | CitedGrid | NotesCard)
    return found


def words(shown: QWidget) -> str:
    """Return every word that a card shows, line by line."""
    labels = (one for one in shown.findChildren(QLabel) if one.isVisibleTo(shown))
    return "\n".join(one.text() for one in labels)


def test_when_the_next_course_may_start_takes_three_inputs_and_few_keys(person: Person) -> None:
    """Policy apart, which stays from case to case."""
    person.enter("policy", ALDER)
    presses = 0
    for letter, typed in ((Qt.Key.Key_I, ""), (Qt.Key.Key_R, ""), (Qt.Key.Key_L, "2026-10-01")):
        QTest.keyClick(person.window, letter, ALT)
        editor = QApplication.focusWidget()
        assert editor is not None
        if typed:
            QTest.keyClicks(editor, typed)
        else:
            QTest.keyClick(editor, Qt.Key.Key_Down)
        presses += 1 + len(typed or " ")
    shown = card(person, "course")
    assert shown.isVisible()
    assert "from Fri, Nov 27, 2026" in words(shown)  # 56 dates of rest after October 1
    assert presses <= 15


def test_what_was_given_is_shown_with_what_may_follow(person: Person) -> None:
    enter(person, **GIVEN)
    shown = words(card(person, "course"))
    assert "9 doses given, none left" in shown
    assert "3 doses given, at most 7 doses left" in shown
    assert "Beyond the policy's limit" in shown
    # Seven more, every 12 hours from December 6, 12:00: the last on December 9; 57 dates after it.
    assert "from Thu, Feb 4, 2027, if the planned doses are given" in shown


def test_what_went_beyond_a_limit_stands_beside_the_entry_that_tells_it(person: Person) -> None:
    enter(person, **GIVEN)
    told = person.problem("course.cycles.2.first_dose_at")
    assert "the policy allows it from Wed, Dec 9, 2026 on" in told
    assert person.problem("course.cycles.1.first_dose_at") == ""


def test_there_is_one_plan_whatever_was_given(person: Person) -> None:
    enter(person, first_dose_at="2026-11-23T08:00")
    assert "from Mon, Feb 8, 2027" in words(person.window)
    for key, value in flat({"course": GIVEN}):
        person.enter(key, value)
    assert "Feb 8, 2027" not in words(person.window)
    assert "from Thu, Feb 4, 2027" in words(person.window)
    assert len(person.window.findChildren(Timeline)) == 1
    table = person.editor("schedule").parentWidget()
    assert table is card(person, "course").parentWidget()


def test_with_til_therapy_there_is_none_of_it_and_the_window_says_why(person: Person) -> None:
    enter(person, cycles=GIVEN["cycles"][:1])
    assert card(person, "course").isVisible()
    assert card(person, "forecast").isVisible()
    person.enter("regimen", "til")
    for name in ("course", "preparation", "forecast"):
        assert not card(person, name).isVisible()
    assert "tumor-infiltrating lymphocyte therapy has a different regimen" in person.read(
        "schedule_title"
    )


def test_the_preparation_stands_apart_from_the_limits(person: Person) -> None:
    enter(person)
    assert not card(person, "preparation").isVisible()
    person.enter("requested.dose_iu", "27900000")
    shown = words(card(person, "preparation"))
    assert "label data, no limits" in shown
    # 18 million International Units/mL
    assert "1.55 mL, rounded down to 0.01 mL; it holds 27,900,000 International Units" in shown
    assert "50 mL" in shown
    assert "Check the current label." in shown
    person.enter("requested.dose_iu", "28200001")
    assert not card(person, "preparation").isVisible()


def test_the_forecast_says_what_it_is_and_what_was_granted(person: Person) -> None:
    enter(person, first_dose_at="2026-11-23T08:00")
    person.enter("authorization.units", "100")
    shown = words(card(person, "forecast"))
    assert "not a plan" in shown
    assert "Course 1" in shown
    # Courses from November 23, February 8, April 26 and July 12; 20 doses of 2 vials in each.
    assert "enough for the first course" in shown
    assert "60 short of all courses of the ceiling" in shown


@pytest.mark.parametrize("name", ["preparation", "forecast"])
def test_what_rests_on_a_dose_waits_for_an_unusual_weight(person: Person, name: str) -> None:
    enter(person, first_dose_at="2026-11-23T08:00")
    person.enter("requested.dose_iu", "28000000")
    assert card(person, name).isVisible()
    person.enter("weight_kg", "7")
    assert not card(person, name).isVisible()
    assert words(card(person, name)) == ""


def test_a_failure_leaves_nothing_of_it(person: Person) -> None:
    enter(person, **GIVEN)
    person.window.clear_result()
    assert words(card(person, "course")) == ""


def test_one_timeline_draws_what_was_given_and_what_is_planned(person: Person) -> None:
    enter(person, **GIVEN)
    [drawn] = person.window.findChildren(Timeline)
    plan = drawn.plan()
    assert plan is not None
    assert plan.overview.startswith("12 doses given")


def test_the_vials_of_a_session_count_its_lesions(person: Person) -> None:
    facts = {
        "lesion_status": ["unresectable"],
        "lesion_site": ["nodal"],
        "prescriber_specialties": ["dermatologist"],
    }
    person.enter_case(case(route="intralesional", facts=facts, requested={"dose_iu": 2_500_000}))
    assert "counted for 1 lesion" in words(card(person, "units"))
    person.enter("requested.lesions", "6")  # 15,000,000 of 22,000,000 in a vial
    shown = words(card(person, "units"))
    assert "6 lesions, 15,000,000 International Units (15 million) in all" in shown
    assert "1 vial by content" in shown


def test_what_the_entries_make_of_a_course_is_remarked(person: Person) -> None:
    enter(person, first_dose_at="2026-11-23T08:00")
    assert not card(person, "remarks").isVisible()
    person.enter("course.cycles.1.doses_held", "2")
    assert "2 doses held, not made up" in words(card(person, "remarks"))
    person.enter("course.cycles.1.doses_held", "")
    assert not card(person, "remarks").isVisible()


def policy_notes(person: Person) -> list[str]:
    """Return the texts of the notes that hold for every case under the policy."""
    outcome = person.window._windows._outcome
    assert outcome is not None
    assert outcome.determination is not None
    return [one.text for one in outcome.determination.notes if one.scope == "policy"]


def test_notes_of_every_case_are_folded_and_those_of_this_one_are_not(person: Person) -> None:
    person.enter_case(case(previous_weight_kg="60", course={"number": 2}))
    notes, general = card(person, "notes"), policy_notes(person)
    assert general
    assert "10% or more away" in person.read("to_check")
    assert "10% or more away" not in words(notes)  # it stands beside the status
    own = "boxed warning"
    assert own in words(notes)
    assert not any(one in words(notes) for one in general)
    button = person.editor("general_notes")
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert all(one in words(notes) for one in general)
    assert words(notes).index(own) < words(notes).index(general[0])
    QTest.keyClick(button, Qt.Key.Key_Space)
    assert not any(one in words(notes) for one in general)
