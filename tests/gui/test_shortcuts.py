"""The sheet of shortcuts follows the window, and every key on it does what it says."""

import re
from collections import Counter

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QMenu,
    QPushButton,
    QTableWidget,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.gui.main_window import MainWindow
from app.gui.shortcuts import FIXED, NO_KEY, all_shortcuts, shortcuts_dialog
from tests.cases import case
from tests.gui.person import Person


def rows(window: QMainWindow) -> dict[str, str]:
    [table] = shortcuts_dialog(window, window).findChildren(QTableWidget)
    assert table.accessibleName() == "Keyboard shortcuts"
    cells = [[table.item(row, column) for column in (0, 1)] for row in range(table.rowCount())]
    return {str(what and what.text()): str(keys and keys.text()) for what, keys in cells}


@pytest.fixture
def small(qtbot: QtBot) -> QMainWindow:
    """A window with one of everything that can have a key."""
    window = QMainWindow()
    qtbot.addWidget(window)
    file = window.menuBar().addMenu("&File")
    file.addAction("&Save && close").setShortcut(QKeySequence("Ctrl+S"))
    file.addSeparator()
    file.addAction("P&lain")
    file.addAction("None")
    more = file.addMenu("&More")
    more.addAction("&Deep")
    file.addMenu("&Examples").addAction("Without keys")
    file.addMenu("Em&pty")
    page = QWidget()
    layout = QVBoxLayout(page)
    for text in ("&Weight (kg)", "Without a letter"):
        label, line = QLabel(text), QLineEdit()
        label.setBuddy(line)
        layout.addWidget(label)
        layout.addWidget(line)
    layout.addWidget(QPushButton("Pre&ss"))
    layout.addWidget(QLabel("&No buddy"))
    window.setCentralWidget(page)
    window.show()
    return window


def test_menus_fields_and_buttons_are_listed_with_their_keys(small: QMainWindow) -> None:
    fixed = {one.what: one.keys for one in FIXED}
    assert rows(small) == {
        "File › Save & close": "Ctrl+S",
        "File › Plain": "Alt+F, L",
        "File › None": NO_KEY,
        "File › More › Deep": "Alt+F, M, D",
        "File › Examples": "Alt+F, E",
        "File › Empty": "Alt+F, P",
        "To the field: Weight (kg)": "Alt+W",
        "Button: Press": "Alt+S",
        **fixed,
    }


def test_what_is_out_of_sight_has_no_key_on_the_sheet(small: QMainWindow) -> None:
    for label in small.findChildren(QLabel):
        label.hide()
    for action in small.findChildren(QAction):
        if action.text() == "P&lain":
            action.setVisible(False)
    assert not {"File › Plain", "To the field: Weight (kg)"} & set(rows(small))


def test_every_action_with_a_key_is_on_the_sheet(window: MainWindow) -> None:
    listed = rows(window)
    menus = [one for one in window.menuBar().findChildren(QMenu) if one.title()]
    actions = [action for menu in menus for action in menu.actions() if action.isVisible()]
    with_keys = [one for one in actions if one.shortcuts()]
    assert with_keys
    for action in with_keys:
        name = action.text().replace("&", "")
        [keys] = [listed[what] for what in listed if what.endswith(f" › {name}")]
        for one in action.shortcuts():
            assert one.toString(QKeySequence.SequenceFormat.NativeText) in keys


def test_every_entry_of_the_menus_is_on_the_sheet_or_its_menu_is(window: MainWindow) -> None:
    listed = [what.rpartition(" › ")[2] for what in rows(window)]
    for menu in window.menuBar().findChildren(QMenu):
        for action in menu.actions():
            if action.isVisible() and not action.isSeparator() and action.menu() is None:
                names = {action.text().replace("&", ""), menu.title().replace("&", "")}
                assert names & set(listed), names


def test_each_letter_of_a_field_leads_to_that_field(window: MainWindow) -> None:
    found = {what: keys for what, keys in rows(window).items() if what.startswith("To the field: ")}
    assert found
    for label in window.findChildren(QLabel):
        keys = found.get(f"To the field: {label.text().replace('&', '')}")
        buddy = label.buddy()
        if keys is None or buddy is None or not label.isVisible():
            continue
        letter = getattr(Qt.Key, f"Key_{keys.rpartition('+')[2]}")
        QTest.keyClick(window, letter, Qt.KeyboardModifier.AltModifier)
        assert QApplication.focusWidget() is buddy, keys


def test_no_key_is_on_the_sheet_twice(window: MainWindow) -> None:
    keys = Counter(one.keys for one in all_shortcuts(window))
    del keys[NO_KEY]
    assert not [key for key, count in keys.items() if count > 1]


def test_no_letter_of_a_field_is_that_of_a_menu(window: MainWindow) -> None:
    menus = {
        QKeySequence.mnemonic(one.text()).toString()
        for one in window.menuBar().actions()
        if one.isVisible()
    }
    fields = {
        one.keys for one in all_shortcuts(window) if re.match("To the field|Button", one.what)
    }
    assert not menus & fields


def test_the_fixed_keys_do_what_the_sheet_says(person: Person) -> None:
    keys = {one.what: one.keys for one in FIXED}
    person.enter_case({**case(), "facts": None})
    question = "facts.metastatic_disease"
    for what, answer in (("yes", True), ("no", False), ("not known", None)):
        QTest.keyClicks(person.editor(question), keys[f"On a question: {what}"].lower())
        assert person.window.draft.entries[question] is answer
    tick = person.editor("facts.prescriber_specialties")
    assert isinstance(tick, QListWidget)
    assert keys["In a list: tick or untick"] == "Space"
    tick.setCurrentRow(0)
    for expected in (("oncologist",), None):
        QTest.keyClick(tick, Qt.Key.Key_Space)
        assert person.window.draft.entries["facts.prescriber_specialties"] == expected


def test_tab_leads_on_and_shift_tab_back(person: Person) -> None:
    age = person.editor("age_years")
    age.setFocus()
    QTest.keyClick(age, Qt.Key.Key_Tab)
    after = QApplication.focusWidget()
    assert after is not None
    assert after is not age
    QTest.keyClick(after, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    assert QApplication.focusWidget() is age
