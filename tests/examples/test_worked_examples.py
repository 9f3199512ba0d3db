"""The worked examples of the shipped policies, through engine, window and self-test."""

import json
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import __version__, self_test
from app.files.json_forms import determination_json
from app.gui.main_window import MainWindow
from app.library import Library
from app.model.case_json import InvalidCase
from tests.cases import determine
from tests.examples import EXAMPLES, Example
from tests.gui.person import Person
from tests.gui.typed_examples import wrong_on_screen

each_example = pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)


@each_example
def test_the_engine_answers_the_examples(example: Example, library: Library) -> None:
    assert example.differs(answered(library, example.case)) == {}


def answered(library: Library, case: dict[str, Any]) -> dict[str, Any]:
    """The determination of a case, or why it is refused, as JSON."""
    try:
        found: dict[str, Any] = json.loads(determination_json(determine(library, case)))
    except InvalidCase as error:
        problems = [{"at": one.at, "message": one.message} for one in error.problems]
        return {"error": {"kind": "invalid_case", "problems": problems}}
    return found


@each_example
def test_the_window_shows_what_an_example_expects(
    qtbot: QtBot, example: Example, library: Library
) -> None:
    window = MainWindow(library)
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    assert wrong_on_screen(Person(window), example) == []


def test_what_ships_passes_the_self_test_of_an_installation(
    qapp: QApplication,
    library: Library,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(self_test, "load", lambda: library)
    font = qapp.font()
    assert self_test.run() == 0
    qapp.setFont(font)
    assert capsys.readouterr().out == (
        f"Aldesk {__version__} self-test passed: {len(library.policies)} policy versions,"
        " 6 cases through engine and window\n"
    )
