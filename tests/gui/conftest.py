"""A fresh window, shown, and a person at it."""

import pytest
from pytestqt.qtbot import QtBot

from app.gui.main_window import MainWindow
from app.library import Library
from tests.gui.person import Person


@pytest.fixture
def window(qtbot: QtBot, library: Library) -> MainWindow:
    window = MainWindow(library)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    return window


@pytest.fixture
def person(window: MainWindow) -> Person:
    return Person(window)
