"""Tests of those controls of the safety case that have no test of their own elsewhere."""

from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QTableWidget
from pytestqt.qtbot import QtBot

from app.gui.main_window import MainWindow
from app.library import Library
from app.output.dose_phrases import stated_as_text
from tests.cases import ALDER, BIRCH, case, determine
from tests.gui.person import Person

MEASUREMENTS = ("age_years", "height_cm", "weight_kg", "weight_measured_on", "bsa_m2")


@pytest.fixture
def person(qtbot: QtBot, library: Library) -> Person:
    window = MainWindow(library)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return Person(window)


def shown(person: Person) -> list[str]:
    return [one.text() for one in person.window.findChildren(QLabel) if one.isVisible()]


def test_a_requested_dose_stands_beside_its_field_with_the_millions(person: Person) -> None:
    person.type_over("requested.dose_iu", "4230000")
    assert "4,230,000 International Units (4.23 million)" in shown(person)


def test_a_date_stands_beside_its_field_with_weekday_and_month(person: Person) -> None:
    for key, typed, words in (
        ("date_of_service", "2026-05-11", "Mon, May 11, 2026"),
        ("course.discharge_date", "2027-11-05", "Fri, Nov 5, 2027"),
        ("course.first_dose_at", "2026-12-06 08:00", "Sun, Dec 6, 2026, 08:00"),
    ):
        person.type_over(key, typed)
        assert words in shown(person)


@pytest.mark.parametrize("key", [Qt.Key.Key_Tab, Qt.Key.Key_Return])
def test_tab_and_enter_lead_through_all_measurements_and_confirm_none(
    person: Person, key: Qt.Key
) -> None:
    person.enter_case(case(weight_kg="154", height_cm="175"))
    person.editor("age_years").setFocus()
    went = []
    for _ in range(8):
        focus = QApplication.focusWidget()
        assert focus is not None
        went.append(focus.objectName())
        QTest.keyClick(focus, key)
    assert tuple(went[: len(MEASUREMENTS)]) == MEASUREMENTS
    assert went.index("confirmed.weight_kg") > went.index("bsa_formula")
    assert not person.confirmation("weight_kg").isChecked()
    assert person.read("max_dose") == ""


@pytest.mark.parametrize(
    ("age_years", "title"),
    [
        (54, "Maximum per lesion that the policy allows"),
        (20, "Documented limit per lesion"),  # neither payer permits it below 21
    ],
)
def test_a_limit_for_each_lesion_is_called_so(person: Person, age_years: int, title: str) -> None:
    person.enter_case(case(route="intralesional", age_years=age_years, facts=None))
    assert person.read("dose_title") == title
    assert person.read("max_dose") == "2,500,000 International Units (2.5 million)"
    assert person.read("basis") == "2,500,000 International Units to each lesion"


def test_the_comparison_beside_the_window_follows_every_edit(person: Person) -> None:
    person.enter_case(case())
    person.window._windows.open_comparison()
    table = person.window.findChild(QTableWidget, "comparison")
    assert isinstance(table, QTableWidget)
    for weight, dose in (("70.5", "28,200,000 "), ("71", "28,400,000 ")):
        person.type_over("weight_kg", weight)
        cells = product(range(table.rowCount()), range(table.columnCount()))
        items = (table.item(row, column) for row, column in cells)
        assert any(item.text().startswith(dose) for item in items if item is not None)


@pytest.mark.parametrize(("policy", "stated"), [(ALDER, "0.025"), (BIRCH, "0.019")])
def test_milligrams_are_told_as_the_policys_own_rounding_that_does_not_govern(
    library: Library, policy: str, stated: str
) -> None:
    limit = determine(library, case(policy=policy)).dose_limit
    assert limit is not None
    words = f"The policy also states {stated} mg/kg, its own rounding; International Units govern."
    assert stated_as_text(limit) == words
