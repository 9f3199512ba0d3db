"""The start: nothing is loaded or computed that the first look at the window does not need."""

import ast
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import pytest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot

import app
from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.casework.typed_text import Entry
from app.gui import main_window
from app.gui.main_window import MainWindow
from app.late import AFTER_THE_START, ELSEWHERE
from app.library import Library
from tests import console
from tests.cases import ALDER, BIRCH
from tests.gui.person import Person

# What runs the window is replaced by what tells how far the program has come.
_BEFORE_QT = """
import sys, types
def told(_):
    print("PySide6" in sys.modules, "app.casework.outcome" in sys.modules)
import app.gui
app.gui.application = sys.modules["app.gui.application"] = types.SimpleNamespace(run=told)
sys.argv = ["aldesk"]
from app.__main__ import main
main()
"""
_WHEN_IT_WAITS = """
import sys
from PySide6.QtWidgets import QApplication
def told(*_):
    print(*sys.modules)
    return 0
QApplication.exec = told
sys.argv = ["aldesk"]
from app.__main__ import main
main()
"""


def lines_of(script: str, home: Path) -> list[str]:
    folders = {"HOME": str(home), "XDG_CONFIG_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"}
    with console.start("-c", script, env=folders) as running:
        out, err = running.communicate()
    assert running.returncode == 0, err
    return out.decode().splitlines()


def test_what_is_without_qt_is_loaded_before_qt(tmp_path: Path) -> None:
    assert lines_of(_BEFORE_QT, tmp_path) == ["False True"]


def test_the_window_waits_without_what_is_opened_later(tmp_path: Path) -> None:
    [modules] = lines_of(_WHEN_IT_WAITS, tmp_path)
    assert "app.gui.main_window" in modules.split()
    assert not AFTER_THE_START.keys() & set(modules.split())


def test_what_is_imported_late_is_listed_with_its_reason() -> None:
    assert {*AFTER_THE_START, *ELSEWHERE} == set(_imported_late())


def _imported_late() -> Iterator[str]:
    """Yield the module of each import inside a function."""
    for file in sorted(Path(app.__file__).parent.rglob("*.py")):
        functions = (
            one
            for one in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(one, ast.FunctionDef)
        )
        for one in (part for function in functions for part in ast.walk(function)):
            if isinstance(one, ast.ImportFrom):
                for name in one.names:
                    whole = f"{one.module}.{name.name}"
                    yield whole if _is_module(whole) else str(one.module)


def _is_module(name: str) -> bool:
    path = Path(app.__file__).parents[1].joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def test_the_empty_case_is_judged_once(
    qtbot: QtBot, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Draft] = []

    def count(draft: Draft, known: Library) -> Outcome:
        judged.append(draft)
        return judge(draft, known)

    monkeypatch.setattr(main_window, "judge", count)
    window = MainWindow(library, memory=tmp_path / "settings.ini")
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    QApplication.processEvents()
    assert len(judged) == 1


def test_an_answer_from_before_stands_in_a_question_that_appears_later(person: Person) -> None:
    entries: dict[str, Entry] = {
        "policy": ALDER,
        "indication": "cutaneous_melanoma",
        "route": "intravenous",
        "facts.single_agent": True,
    }
    person.window.load(Draft(MappingProxyType(entries)))
    assert not person.is_asked("facts.single_agent")
    person.enter("policy", BIRCH)
    box = person.editor("facts.single_agent")
    assert isinstance(box, QComboBox)
    assert box.currentText() == "Yes"


def test_the_choices_of_a_field_have_its_name_when_they_open(person: Person) -> None:
    box = person.editor("route")
    assert isinstance(box, QComboBox)
    box.showPopup()
    assert box.view().accessibleName() == box.accessibleName() != ""
    box.hidePopup()
