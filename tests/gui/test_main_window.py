"""The window as a person meets it: nothing stale, nothing guessed, every problem at its place."""

from collections import Counter
from types import MappingProxyType

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QFrame,
    QLabel,
    QLineEdit,
    QListWidget,
    QTableWidget,
    QTreeWidget,
    QWidget,
)

from app.casework.draft import Draft
from app.gui import main_window
from app.gui.main_window import MainWindow
from app.help.examples import read_examples
from tests.cases import ALDER, BIRCH, case
from tests.gui.person import Person

RESULT_LABELS = ("approval_status", "max_dose", "basis", "approval_period", "dose_title")


def result_is_blank(person: Person) -> bool:
    tables = (
        person.window.findChild(QTableWidget, "schedule"),
        person.window.findChild(QTreeWidget, "criteria"),
        person.window.findChild(QFrame, "notes"),
        person.window.findChild(QWidget, "timeline"),
    )
    return not any(person.read(name) for name in RESULT_LABELS) and not any(
        table is not None and table.isVisible() for table in tables
    )


def test_the_window_opens_without_arguments(qapp: QApplication) -> None:
    assert isinstance(qapp, QApplication)
    window = MainWindow()
    assert Person(window).read("summary").startswith("To see a result, fill in")
    window.deleteLater()


def test_an_empty_window_shows_no_number(person: Person) -> None:
    assert result_is_blank(person)


def test_a_result_vanishes_with_the_first_wrong_key(person: Person) -> None:
    person.enter_case(case())
    assert person.read("max_dose").startswith("28,200,000 ")
    QTest.keyClicks(person.editor("weight_kg"), "x")
    assert result_is_blank(person)
    assert "no blank" in person.problem("weight_kg")
    assert person.read("summary") == "To see a result, correct: Weight (kg)."


def test_pounds_are_refused_with_the_conversion_beside_the_field(person: Person) -> None:
    person.enter_case(case())
    person.type_over("weight_kg", "154 lb")
    assert person.problem("weight_kg") == "In kg only: 154 lb is about 69.853 kg."
    assert result_is_blank(person)


def test_no_key_that_is_typed_into_a_number_is_swallowed(person: Person) -> None:
    for text in ("154 lb", "7,5", "1e3", "abc", "-1"):
        person.type_over("weight_kg", text)
        editor = person.editor("weight_kg")
        assert isinstance(editor, QLineEdit)
        assert editor.text() == text


def test_digits_of_another_script_are_refused(person: Person) -> None:
    person.enter_case(case())
    editor = person.editor("weight_kg")
    assert isinstance(editor, QLineEdit)
    QApplication.clipboard().setText("٧٠")
    editor.selectAll()
    QTest.keyClick(editor, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert editor.text() == "٧٠"
    assert person.problem("weight_kg")
    assert result_is_blank(person)


def test_deleting_the_weight_takes_the_dose_away_and_says_what_it_waits_for(person: Person) -> None:
    person.enter_case(case())
    person.type_over("weight_kg", "")
    assert person.read("max_dose") == ""
    assert "not known yet" in person.read("basis")


def test_an_unusual_weight_holds_the_dose_back_until_it_is_confirmed(person: Person) -> None:
    person.enter_case(case(weight_kg="154", height_cm="175"))
    shown = " ".join(label.text() for label in person.window.findChildren(QLabel))
    assert "61,600,000" not in shown
    assert person.read("basis").endswith("× weight, which waits for a confirmation")
    assert "not used until somebody confirms it: weight" in person.read("hold")
    person.enter("requested.dose_iu", 61600001)
    assert person.problem("requested.dose_iu") == ""
    assert person.read("max_dose") == ""
    person.confirm("weight_kg")
    assert person.read("max_dose") == "61,600,000 International Units (61.6 million)"
    assert person.read("hold") == ""
    assert "at most 61,600,000" in person.problem("requested.dose_iu")


def test_another_weight_is_not_confirmed_by_the_confirmation_of_the_old_one(person: Person) -> None:
    person.enter_case(case(weight_kg="130"))
    person.confirm("weight_kg")
    assert person.read("max_dose").startswith("52,000,000 ")
    QTest.keyClicks(person.editor("weight_kg"), ".5")
    assert person.read("max_dose") == ""
    assert not person.confirmation("weight_kg").isChecked()


def test_weight_shows_its_pounds(person: Person) -> None:
    person.type_over("weight_kg", "70.5")
    shown = [label.text() for label in person.window.findChildren(QLabel)]
    assert "70.5 kg = 155.4 lb" in shown


def test_a_date_before_the_policy_says_so_at_the_date(person: Person) -> None:
    person.enter_case(case())
    person.type_over("date_of_service", "2024-06-02")
    assert "in force from Mon, Jun 3, 2024" in person.problem("date_of_service")
    assert result_is_blank(person)


def test_only_the_questions_of_the_policy_and_route_are_shown(person: Person) -> None:
    person.enter_case({"policy": ALDER, "indication": "cutaneous_melanoma", "route": "intravenous"})
    assert not person.is_asked("facts.single_agent")
    assert not person.is_asked("facts.lesion_status")
    assert person.editor("regimen").isVisible()
    person.enter("policy", BIRCH)
    assert person.editor("facts.single_agent").isVisible()
    person.enter("route", "intralesional")
    assert person.editor("facts.lesion_site").isVisible()
    assert not person.editor("regimen").isVisible()


def test_an_answer_out_of_sight_does_not_count_and_is_not_lost(person: Person) -> None:
    person.enter_case(case(policy=BIRCH))
    person.enter("facts.single_agent", False)
    assert person.status() == "Criteria not met"
    person.enter("policy", ALDER)
    assert person.status() == "Criteria met"
    person.enter("policy", BIRCH)
    assert person.status() == "Criteria not met"


def test_an_unticked_list_is_unanswered_and_none_of_these_is_an_answer(person: Person) -> None:
    known = {**case(), "facts": {"metastatic_disease": True, "prior_systemic_therapy": True}}
    person.enter_case(known)
    assert person.status() == "Information missing"
    person.enter("facts.prescriber_specialties", [])
    assert person.status() == "Criteria not met"


def test_none_of_these_and_the_choices_exclude_each_other(person: Person) -> None:
    person.enter_case(case())
    key = "facts.prescriber_specialties"
    editor = person.editor(key)
    assert isinstance(editor, QListWidget)
    QTest.keyClick(editor, Qt.Key.Key_End)
    QTest.keyClick(editor, Qt.Key.Key_Space)
    assert person.window.draft.entries[key] == ()
    QTest.keyClick(editor, Qt.Key.Key_Home)
    QTest.keyClick(editor, Qt.Key.Key_Space)
    assert person.window.draft.entries[key] == ("oncologist",)


def test_a_click_on_the_words_ticks_the_box_as_a_click_on_the_box_does(person: Person) -> None:
    person.enter_case({**case(), "facts": None})
    key = "facts.prescriber_specialties"
    editor = person.editor(key)
    assert isinstance(editor, QListWidget)
    row = editor.visualItemRect(editor.item(1))
    for place in (row.center(), QPoint(row.left() + 10, row.center().y())):
        QTest.mouseClick(editor.viewport(), Qt.MouseButton.LeftButton, pos=place)
        ticked = [editor.item(1).checkState() is Qt.CheckState.Checked]
        assert ticked == [person.window.draft.entries[key] == ("dermatologist",)]
        person.enter(key, [])
    assert person.window.draft.entries[key] == ()


def test_a_right_click_or_a_drag_ticks_nothing(person: Person) -> None:
    person.enter_case({**case(), "facts": None})
    editor = person.editor("facts.prescriber_specialties")
    assert isinstance(editor, QListWidget)
    first, third = (editor.visualItemRect(editor.item(row)).center() for row in (0, 2))
    view = editor.viewport()
    QTest.mouseClick(view, Qt.MouseButton.RightButton, pos=first)
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=third)
    assert not person.window.draft.entries.get("facts.prescriber_specialties")


def test_the_field_with_the_focus_is_in_sight(person: Person) -> None:
    person.enter_case(case())
    for key in ("authorization.end", "indication"):
        editor = person.editor(key)
        editor.setFocus()
        QApplication.processEvents()
        assert not editor.visibleRegion().isEmpty()


def test_scrolling_never_changes_a_choice(person: Person) -> None:
    person.enter_case(case())
    box = person.editor("indication")
    assert isinstance(box, QComboBox)
    center = QPointF(box.rect().center())
    event = QWheelEvent(
        center,
        box.mapToGlobal(center),
        QPoint(0, -120),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(box, event)
    assert box.currentData() == "cutaneous_melanoma"


def test_a_documented_limit_is_no_maximum_where_criteria_are_not_met(person: Person) -> None:
    person.enter_case(case(age_years=17))
    assert person.read("dose_title") == "Documented limit per dose"
    person.type_over("age_years", "21")
    assert person.read("dose_title") == "Maximum per dose that the policy allows"


def test_a_failing_engine_leaves_the_result_blank(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.enter_case(case())

    def fail(*_: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(main_window, "judge", fail)
    with pytest.raises(ArithmeticError):
        person.window._edit("weight_kg", "80")
    assert result_is_blank(person)


def test_a_failing_engine_leaves_no_number_beside_a_field_either(
    person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.enter_case(case(height_cm="175", requested={"dose_iu": 28_200_001}))
    assert "at most 28,200,000" in person.problem("requested.dose_iu")

    def fail(*_: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(main_window, "judge", fail)
    with pytest.raises(ArithmeticError):
        person.window._edit("weight_kg", "80")
    shown = " ".join(one.text() for one in person.window.findChildren(QLabel))
    assert "28,200,000" not in shown
    assert "Calculated" not in shown


def test_every_object_name_of_an_input_is_unique_and_every_input_has_a_name(
    window: MainWindow,
) -> None:
    for example in read_examples():  # a question's input is made when it is asked
        window.load(Draft(MappingProxyType(dict(example.entries))))
    kinds = (QLineEdit, QComboBox, QListWidget, QAbstractButton)
    inputs = [one for one in window.findChildren(QWidget) if isinstance(one, kinds)]
    named = [one for one in inputs if one.objectName() and not one.objectName().startswith("qt_")]
    assert not [name for name, n in Counter(one.objectName() for one in named).items() if n > 1]
    assert all(one.accessibleName() for one in named)
    keys = {one.objectName() for one in named}
    assert {"policy", "date_of_service", "indication", "route", "weight_kg"} <= keys
    assert {"facts.single_agent", "requested.dose_iu", "course.first_dose_at"} <= keys


def test_an_overdue_review_is_told_in_the_policy_bar(person: Person) -> None:
    person.enter_case(case(policy=BIRCH))  # of October 16, 2023, reviewed every 30 months
    told = [one for one in person.window.findChildren(QLabel) if "in force since" in one.text()]
    late = "a newer version may be in force since Thu, Apr 16, 2026."
    assert told[0].text().endswith(f"reviewed about every 30 months so far, {late}")
    assert told[0].property("tone") == "open"
