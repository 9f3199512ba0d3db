"""A fresh window, shown, and a person at it."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from pytestqt.qtbot import QtBot

from app.gui.main_window import MainWindow
from app.library import Library
from tests.gui.person import Person


@pytest.fixture(autouse=True)
def _no_window_of_another_test(qtbot: QtBot) -> Iterator[None]:  # noqa: ARG001  # an application
    """Delete closed windows at once: hundreds would follow every change of font or palette."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


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


@pytest.fixture
def one_step_a_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let long work do one step a turn, so that it is half done on a fast machine, too."""
    monkeypatch.setattr("app.gui.widgets.jobs._SLICE_S", 0)
