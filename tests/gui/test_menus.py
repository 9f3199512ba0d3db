"""A new case, a worked example and the step back: nothing that was entered goes unasked."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QMessageBox

from app.gui.main_window import MainWindow
from app.help.examples import read_examples
from tests.cases import case
from tests.gui.person import Person

CONTROL = Qt.KeyboardModifier.ControlModifier


def question(window: MainWindow) -> QMessageBox | None:
    """Return the question whether to leave the case, while it is asked."""
    return next((box for box in window.findChildren(QMessageBox) if box.isVisible()), None)


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key, CONTROL)


def answer(window: MainWindow, key: Qt.Key) -> None:
    box = question(window)
    assert box is not None
    QTest.keyClick(box, key)
    window.activateWindow()
    QApplication.processEvents()


def weight(person: Person) -> str:
    editor = person.editor("weight_kg")
    assert isinstance(editor, QLineEdit)
    return editor.text()


def example_menu(window: MainWindow) -> QMenu:
    [menu] = [one for one in window.findChildren(QMenu) if one.title() == "&Worked examples"]
    menu.aboutToShow.emit()
    return menu


@pytest.fixture
def filled(person: Person) -> Iterator[Person]:
    person.enter_case(case())
    yield person
    box = question(person.window)
    if box is not None:
        box.close()


def test_a_new_case_asks_first_and_keeps_the_entries_meanwhile(filled: Person) -> None:
    press(filled.window, Qt.Key.Key_N)
    assert question(filled.window) is not None
    assert weight(filled) == "70.5"
    assert filled.status() == "Criteria met"


def test_enter_leaves_the_case_and_one_step_back_brings_it_again(filled: Person) -> None:
    press(filled.window, Qt.Key.Key_N)
    answer(filled.window, Qt.Key.Key_Return)
    assert weight(filled) == ""
    assert filled.read("approval_status") == filled.read("max_dose") == ""
    press(filled.window, Qt.Key.Key_B)
    assert weight(filled) == "70.5"
    assert filled.read("max_dose").startswith("28,200,000 ")
    press(filled.window, Qt.Key.Key_B)
    assert weight(filled) == ""


def test_escape_keeps_the_case(filled: Person) -> None:
    press(filled.window, Qt.Key.Key_N)
    answer(filled.window, Qt.Key.Key_Escape)
    assert question(filled.window) is None
    assert weight(filled) == "70.5"
    assert filled.read("max_dose").startswith("28,200,000 ")


def test_an_empty_case_is_left_without_a_question_and_keeps_the_step_back(filled: Person) -> None:
    press(filled.window, Qt.Key.Key_N)
    answer(filled.window, Qt.Key.Key_Return)
    press(filled.window, Qt.Key.Key_N)
    assert question(filled.window) is None
    press(filled.window, Qt.Key.Key_B)
    assert weight(filled) == "70.5"


def test_a_new_case_keeps_the_policy(filled: Person) -> None:
    press(filled.window, Qt.Key.Key_N)
    answer(filled.window, Qt.Key.Key_Return)
    assert filled.window.draft.filled.keys() == {"policy", "date_of_service", "bsa_formula"}


def test_every_worked_example_is_in_the_help_menu(window: MainWindow) -> None:
    titles = [action.text() for action in example_menu(window).actions()]
    assert titles == [one.title for one in read_examples()]


def test_a_worked_example_asks_before_it_takes_the_place_of_a_case(filled: Person) -> None:
    example_menu(filled.window).actions()[3].trigger()
    assert weight(filled) == "70.5"
    answer(filled.window, Qt.Key.Key_Return)
    assert weight(filled) == "28.4"
    press(filled.window, Qt.Key.Key_B)
    assert weight(filled) == "70.5"


def test_a_worked_example_comes_at_once_into_an_empty_window(person: Person) -> None:
    example_menu(person.window).actions()[0].trigger()
    assert person.read("max_dose").startswith("28,200,000 ")


def test_an_example_after_an_example_takes_no_step_back(filled: Person) -> None:
    example_menu(filled.window).actions()[0].trigger()
    answer(filled.window, Qt.Key.Key_Return)
    example_menu(filled.window).actions()[3].trigger()
    assert question(filled.window) is None
    assert weight(filled) == "28.4"
    press(filled.window, Qt.Key.Key_B)
    assert weight(filled) == "70.5"


def test_an_example_keeps_its_mark_through_steps_back(filled: Person) -> None:
    example_menu(filled.window).actions()[0].trigger()
    answer(filled.window, Qt.Key.Key_Return)
    press(filled.window, Qt.Key.Key_B)
    assert weight(filled) == "70.5"
    assert filled.read("example_remark") == ""
    press(filled.window, Qt.Key.Key_B)
    assert filled.read("example_remark").startswith("Worked example, no patient: Skin")


def test_there_is_no_step_back_before_the_first_case_is_left(filled: Person) -> None:
    press(filled.window, Qt.Key.Key_B)
    assert weight(filled) == "70.5"
