"""The boxes that confirm: what they say, when they are there, and that nothing else changes."""

from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit, QListWidget, QWidget

from tests.cases import case
from tests.gui.person import Person

GRAFT = {
    "indication": "graft_versus_host_disease",
    "route": "subcutaneous",
    "facts": {"chronic_gvhd": True},
}
# A case in which a value is unusual, and what the box beside it says.
UNUSUAL: dict[str, tuple[dict[str, Any], str]] = {
    "weight_kg": (case(weight_kg="154"), "154 kg checked on the chart"),
    "height_cm": (
        case(**GRAFT, age_years=None, weight_kg="49", height_cm="144"),
        "144 cm checked on the chart",
    ),
    "bsa_m2": (case(**GRAFT, bsa_m2="3.1"), "3.1 m² checked on the chart"),
    "requested.dose_iu": (
        case(requested={"dose_iu": 2_820_000}),
        "2,820,000 International Units (2.82 million) checked on the order",
    ),
}
each = pytest.mark.parametrize("key", UNUSUAL)


def entries(person: Person) -> dict[str, str]:
    """Return what stands in every field of the form, but the boxes."""
    found = {}
    for one in person.window._halves.form.findChildren(QWidget):
        if isinstance(one, QLineEdit):
            found[one.objectName()] = one.text()
        elif isinstance(one, QComboBox):
            found[one.objectName()] = one.currentText()
        elif isinstance(one, QListWidget):
            ticked = (one.item(place).checkState() for place in range(one.count()))
            found[one.objectName()] = str(list(ticked))
    return found


@each
def test_a_box_says_which_value_it_confirms(person: Person, key: str) -> None:
    data, words = UNUSUAL[key]
    person.enter_case(data)
    box = person.confirmation(key)
    assert box.isVisible()
    assert box.accessibleName().endswith(f": {words}")
    assert not box.isChecked()


@each
def test_a_tick_changes_no_entry_and_stays_in_sight(person: Person, key: str) -> None:
    person.enter_case(UNUSUAL[key][0])
    before, filled = entries(person), person.window.draft.filled
    person.confirm(key)
    assert person.confirmation(key).isVisible()
    assert person.confirmation(key).isChecked()
    assert entries(person) == before
    assert person.window.draft.filled == {**filled, f"confirmed.{key}": filled[key]}
    person.confirm(key)  # taken back
    assert person.window.draft.filled == filled
    assert person.confirmation(key).isVisible()


@each
def test_a_key_typed_after_the_tick_drops_it(person: Person, key: str) -> None:
    person.enter_case(UNUSUAL[key][0])
    person.confirm(key)
    QTest.keyClicks(person.editor(key), "x")
    assert not person.confirmation(key).isChecked()
    QTest.keyClick(person.editor(key), Qt.Key.Key_Backspace)
    assert not person.confirmation(key).isChecked()
    assert person.confirmation(key).isVisible()


def test_a_usual_value_has_no_box(person: Person) -> None:
    person.enter_case(case(requested={"dose_iu": 28_200_000}))
    assert not any(person.confirmation(key).isVisible() for key in UNUSUAL)


def test_a_click_on_the_words_of_a_box_ticks_it(person: Person) -> None:
    person.enter_case(UNUSUAL["weight_kg"][0])
    QApplication.processEvents()
    box = person.confirmation("weight_kg")
    row = box.parentWidget()
    assert row is not None
    words = box.geometry().topRight() + QPoint(20, 5)
    QTest.mouseClick(row, Qt.MouseButton.RightButton, pos=words)
    assert not box.isChecked()
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=words)
    assert box.isChecked()
    above = QPoint(20, box.geometry().top() - 10)  # where it says what is unusual
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=above)
    assert box.isChecked()


def test_weight_and_height_are_confirmed_each_by_itself(person: Person) -> None:
    person.enter_case(case(**GRAFT, age_years=9, weight_kg="46", height_cm="131"))
    assert person.read("max_dose") == ""
    person.confirm("weight_kg")
    assert person.read("max_dose") == ""
    person.confirm("height_cm")
    assert person.read("max_dose") != ""


def test_lesions_are_asked_for_doses_per_lesion_only(person: Person) -> None:
    person.enter_case(case())
    assert not person.is_asked("requested.lesions")
    person.enter("route", "intralesional")
    assert person.is_asked("requested.lesions")
    person.type_over("requested.lesions", "six")
    assert person.problem("requested.lesions")
    assert person.status() == ""
    person.enter("route", "intravenous")  # what is not asked stands in nobody's way
    assert person.status() == "Criteria met"
