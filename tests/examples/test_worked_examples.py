"""The worked examples of the shipped policies, through engine, window and self-test."""

import json

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import __version__, self_test
from app.files.json_forms import determination_json
from app.gui.main_window import MainWindow
from app.library import Library
from app.model.case_json import InvalidCase, read_case
from tests.cases import determine
from tests.examples import EXAMPLES, Example, is_refused
from tests.gui.person import Person
from tests.gui.typed_examples import wrong_on_screen


def each_of(examples: list[Example]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("example", examples, ids=lambda example: example.name)


def test_there_are_examples_of_both_kinds() -> None:
    assert 0 < len([one for one in EXAMPLES if is_refused(one)]) < len(EXAMPLES)


@each_of([one for one in EXAMPLES if not is_refused(one)])
def test_the_engine_answers_the_examples(example: Example, library: Library) -> None:
    found = determination_json(determine(library, example.case))
    assert example.differs(json.loads(found)) == {}


@each_of([one for one in EXAMPLES if is_refused(one)])
def test_what_is_refused_names_its_key(example: Example) -> None:
    with pytest.raises(InvalidCase) as refused:
        read_case(example.case)
    if at := example.expect.get("error.problems.0.at"):
        assert refused.value.problems[0].at == at


# A person ticks boxes: nobody can type a list of confirmations.
@each_of([one for one in EXAMPLES if not isinstance(one.case.get("confirmed"), list)])
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
        " 13 cases through engine and window\n"
    )
