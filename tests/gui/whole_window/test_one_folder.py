"""Two windows and the command line work on the same folder at random, and other programs, too.

Nothing that was saved is lost without a question: whenever a window replaces a file, it had opened
or saved that very content itself, or somebody has answered that it be replaced.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from app.files.case_file import case_bytes, read_case_file
from app.gui import case_files
from app.gui.main_window import MainWindow
from app.gui.worklist import exports
from app.gui.worklist.window import WorklistWindow
from app.library import Library
from app.model.case_json import read_case
from tests.cases import case
from tests.console import run
from tests.gui.questions import click
from tests.gui.worklists import finish, lines

CASES = ("one.aldesk", "two.aldesk", "three.aldesk")
RESULTS = ("out.csv", "out.jsonl")
ANSWERS = ("Cancel", "Replace it", "Save it there again", "Save as another file")


class Folder:
    """The folder, what each window knows of each file, and what has been lost."""

    def __init__(self, folder: Path, windows: list[MainWindow], dice: Random) -> None:
        self.folder = folder
        self.windows = windows
        self.dice = dice
        self.asked = self.replaced = 0
        self._known: dict[tuple[MainWindow, str], bytes] = {}
        self._weight = 30

    def contents(self) -> dict[str, bytes]:
        found = (self.folder / name for name in (*CASES, *RESULTS))
        return {one.name: one.read_bytes() for one in found if one.exists()}

    def open(self, window: MainWindow) -> None:
        path = self.folder / self.dice.choice(CASES)
        if not path.exists():
            return
        before = window.windowTitle(), window.draft
        window.open_file(path)
        self._answer(window)
        if (
            window.windowTitle().startswith(path.name)
            and (window.windowTitle(), window.draft) != before
        ):
            self._known[window, path.name] = path.read_bytes()

    def edit(self, window: MainWindow) -> None:
        self._weight += 1
        if window.draft.case is None:
            window.show_case(read_case(case(weight_kg=str(self._weight))))
            self._answer(window)
        window._edit("weight_kg", str(self._weight))

    def save(self, window: MainWindow) -> None:
        self._watched(window, window.save)

    def save_as(self, window: MainWindow) -> None:
        self._watched(window, window.save_as)

    def step_back(self, window: MainWindow) -> None:
        window.go_back()

    def export(self, window: MainWindow) -> None:
        [worklist] = window.findChildren(WorklistWindow)
        path = self.folder / self.dice.choice(RESULTS)

        def act() -> None:
            worklist.export(path)

        self._watched(window, act)

    def read_list(self, window: MainWindow) -> None:
        [worklist] = window.findChildren(WorklistWindow)
        worklist.open_file(self.folder / "list.jsonl")
        finish(worklist)

    def other_program(self, _: MainWindow) -> None:
        """Write, copy, rename or delete a file, as an editor or the desktop does."""
        path = self.folder / self.dice.choice((*CASES, *RESULTS))
        kind = self.dice.randrange(3)
        if kind == 0:
            path.write_bytes(b"notes of %d\n" % self._weight)
        elif kind == 1:
            path.unlink(missing_ok=True)
        else:
            path.write_bytes(case_bytes(read_case(case(weight_kg=str(self._weight)))))

    def command_line(self, _: MainWindow) -> None:
        """Check a case, which is whole or was never one, and let `batch` write its results."""
        path = self.folder / self.dice.choice(CASES)
        if path.exists() and path.read_bytes().startswith(b"{"):
            read_case_file(path.read_bytes())
            run("check", path)
        run("batch", self.folder / "list.jsonl", self.folder / self.dice.choice(RESULTS))

    def _watched(self, window: MainWindow, act: Callable[[], None]) -> None:
        """Save, and hold what was replaced against what the window knew and was told."""
        before, asked = self.contents(), self.asked
        act()
        told = self._answer(window)
        for worklist in window.findChildren(WorklistWindow):
            finish(worklist)
        after = self.contents()
        for name in (*CASES, *RESULTS):
            old, new = before.get(name), after.get(name)
            if old == new:
                continue
            is_known = old is None or self._known.get((window, name)) == old
            is_told = any(name in words and answer == "Replace it" for words, answer in told)
            assert is_known or is_told, f"{name} was lost after {self.asked - asked} questions"
            self.replaced += old is not None
            assert new is not None
            self._known[window, name] = new

    def _answer(self, window: MainWindow) -> list[tuple[str, str]]:
        """Answer every question at random, and return each with its answer."""
        given: list[tuple[str, str]] = []
        while True:
            QApplication.processEvents()
            found = [one for one in window.findChildren(QMessageBox) if one.isVisible()]
            if not found:
                return given
            buttons = [one.text().replace("&", "") for one in found[0].findChildren(QPushButton)]
            words = self.dice.choice([one for one in buttons if one])
            self.asked += found[0].objectName() == "replace_file"
            given.append((found[0].text(), words.rstrip("…")))
            click(found[0], words)


@pytest.fixture
def windows(qtbot: QtBot, library: Library) -> Iterator[list[MainWindow]]:
    found = []
    for _ in range(2):
        window = MainWindow(library)
        qtbot.addWidget(window)
        window.show()
        window._windows.open_worklist()
        found.append(window)
    yield found
    for window in found:
        window._leaving.leave()
    QApplication.processEvents()


@pytest.mark.parametrize("steps", [60, pytest.param(2_000, marks=pytest.mark.proof)])
def test_nothing_saved_is_lost_without_a_question(
    windows: list[MainWindow], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    dice = Random(steps)  # noqa: S311
    (tmp_path / "list.jsonl").write_bytes(b"".join(lines(3)))
    work = Folder(tmp_path, windows, dice)

    def chosen(_: object, title: str, *__: object) -> Path:
        return tmp_path / dice.choice(CASES if "case" in title else RESULTS)

    for module in (case_files, exports):
        monkeypatch.setattr(module, "file_to_save", chosen)
    ways = (
        *(work.open, work.edit, work.edit, work.save, work.save, work.save_as, work.step_back),
        *(work.read_list, work.export, work.other_program, work.command_line),
    )
    for _ in range(steps):
        dice.choice(ways)(dice.choice(windows))
    assert work.asked > steps / 20
    assert work.replaced > steps / 40
    left = {one.name for one in tmp_path.iterdir()}
    assert left <= {"list.jsonl", *CASES, *RESULTS}
