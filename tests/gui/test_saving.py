"""A save never replaces what its window has not opened or saved itself without a question."""

import ast
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from app.files.case_file import case_bytes, read_case_file
from app.gui import exports, printing
from app.gui.main_window import MainWindow
from app.library import Library
from app.model.case_json import read_case
from tests.cases import case
from tests.gui.person import Person
from tests.gui.questions import box, boxes, click
from tests.gui.test_case_files import choosing, press, weight
from tests.gui.test_exports import COMMANDS, choose
from tests.test_atomic_file import POSIX

GUI = Path(__file__).resolve().parents[2] / "app" / "gui"
FOREIGN = b"Dear colleague, this is the only copy.\n"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "seven.aldesk"
    path.write_bytes(of_weight("70"))
    return path


@pytest.fixture
def other(qtbot: QtBot, library: Library) -> Person:
    """A second window, as of another program."""
    window = MainWindow(library)
    qtbot.addWidget(window)
    window.show()
    return Person(window)


def of_weight(kg: str) -> bytes:
    return case_bytes(read_case(case(weight_kg=kg)))


def kilograms(path: Path) -> str:
    return str(read_case_file(path.read_bytes()).weight_kg)


def changed(person: Person, file: Path, kg: str) -> None:
    """Open a file and enter another weight."""
    person.window.open_file(file)
    person.enter("weight_kg", kg)


def test_the_second_of_two_windows_asks_before_it_replaces_what_the_first_saved(
    person: Person, other: Person, file: Path
) -> None:
    changed(person, file, "71")
    changed(other, file, "72")
    person.window.save()
    assert not boxes(person.window, "replace_file")
    other.window.save()
    asked = box(other.window, "replace_file")
    assert "seven.aldesk has changed since this window opened or saved it" in asked.text()
    assert "It is a case of Aldesk." in asked.text()
    assert kilograms(file) == "71"
    click(asked, "Cancel")
    assert (kilograms(file), other.window.isWindowModified()) == ("71", True)
    other.window.save()
    click(box(other.window, "replace_file"), "Replace")
    assert (kilograms(file), other.window.isWindowModified()) == ("72", False)
    other.enter("weight_kg", "73")
    other.window.save()  # what it has saved itself it may replace
    assert kilograms(file) == "73"


def test_what_the_other_window_saved_stays_where_another_file_is_chosen(
    person: Person, other: Person, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(person, file, "71")
    changed(other, file, "72")
    person.window.save()
    other.window.save()
    choosing(monkeypatch, tmp_path / "eight.aldesk")
    click(box(other.window, "replace_file"), "Save as another file")
    assert (kilograms(file), kilograms(tmp_path / "eight.aldesk")) == ("71", "72")
    assert other.window.windowTitle().startswith("eight.aldesk")


def test_two_windows_that_save_the_same_lose_nothing_and_are_not_asked(
    person: Person, other: Person, file: Path
) -> None:
    changed(person, file, "71")
    changed(other, file, "71")
    person.window.save()
    other.window.save()
    assert not boxes(other.window, "replace_file")
    assert not other.window.isWindowModified()


def foreign(path: Path) -> None:
    path.write_bytes(FOREIGN)


def gone(path: Path) -> None:
    path.unlink()


@pytest.mark.parametrize(
    ("change", "words", "button"),
    [
        (foreign, "It is not a file of Aldesk", "Replace"),
        (gone, "seven.aldesk is not there any more", "Save it there again"),
    ],
)
def test_a_file_that_was_replaced_or_is_gone_is_asked_about(
    person: Person, file: Path, change: Callable[[Path], None], words: str, button: str
) -> None:
    changed(person, file, "71")
    change(file)
    person.window.save()
    asked = box(person.window, "replace_file")
    assert words in asked.text()
    assert not file.exists() or file.read_bytes() == FOREIGN
    click(asked, button)
    assert kilograms(file) == "71"


@pytest.mark.parametrize(
    ("content", "words"),
    [(FOREIGN, "not a file of Aldesk"), (of_weight("90"), "a case of Aldesk")],
)
def test_saving_as_a_file_that_is_there_says_what_it_is(
    person: Person,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    content: bytes,
    words: str,
) -> None:
    person.enter_case(case())
    path = tmp_path / "there.aldesk"
    path.write_bytes(content)
    choosing(monkeypatch, path)
    person.window.save_as()
    asked = box(person.window, "replace_file")
    assert f"there.aldesk is there already. It is {words}" in asked.text()
    click(asked, "Cancel")
    assert path.read_bytes() == content
    person.window.save_as()
    click(box(person.window, "replace_file"), "Replace")
    assert kilograms(path) == "70.5"


def test_a_change_after_the_question_is_asked_about_again(person: Person, file: Path) -> None:
    changed(person, file, "71")
    file.write_bytes(of_weight("80"))
    person.window.save()
    file.write_bytes(FOREIGN)
    click(box(person.window, "replace_file"), "Replace")
    assert file.read_bytes() == FOREIGN
    [asked] = [
        one for one in boxes(person.window, "replace_file") if "not a file of Aldesk" in one.text()
    ]
    click(asked, "Replace")
    assert kilograms(file) == "71"


def test_a_change_while_it_is_written_is_asked_about(
    person: Person, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed(person, file, "71")
    sync = os.fsync

    def meanwhile(descriptor: int) -> None:
        sync(descriptor)
        foreign(file)

    monkeypatch.setattr(os, "fsync", meanwhile)
    person.window.save()
    monkeypatch.undo()
    assert file.read_bytes() == FOREIGN
    assert "not a file of Aldesk" in box(person.window, "replace_file").text()
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_a_case_that_came_in_meanwhile_is_not_taken_for_the_saved_one(
    person: Person, file: Path
) -> None:
    changed(person, file, "71")
    foreign(file)
    person.window.save()
    asked = box(person.window, "replace_file")
    person.window.show_case(read_case(case(weight_kg="90")))  # as a row of a worklist
    click(box(person.window, "leave_case"), "Leave")
    assert weight(person) == "90"
    click(asked, "Replace")
    assert kilograms(file) == "71"  # as it was asked
    assert person.window.windowTitle() == "Aldesk: aldesleukin (Proleukin)"


def test_closing_saves_only_after_the_question_about_the_file(person: Person, file: Path) -> None:
    changed(person, file, "71")
    foreign(file)
    press(person.window, Qt.Key.Key_Q)
    click(box(person.window, "save_case"), "Save")
    assert person.window.isVisible()
    click(box(person.window, "replace_file"), "Replace")
    assert not person.window.isVisible()
    assert kilograms(file) == "71"


@POSIX
@pytest.mark.parametrize("has_file", [False, True])
def test_a_pipe_in_the_place_of_a_file_is_refused_at_once(
    person: Person, file: Path, monkeypatch: pytest.MonkeyPatch, has_file: bool
) -> None:
    changed(person, file, "71")
    pipe = file if has_file else file.with_name("pipe.aldesk")
    if has_file:
        file.unlink()
    os.mkfifo(pipe)
    choosing(monkeypatch, pipe)
    person.window.save_as()
    assert "Not a regular file" in box(person.window, "problem").text()
    box(person.window, "problem").close()
    person.window.open_file(pipe)
    assert "Not a regular file" in box(person.window, "problem").text()


@pytest.mark.parametrize("words", [words for words, name in COMMANDS.items() if name])
def test_a_result_replaces_no_file_without_saying_what_it_is(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    person.enter_case(case(course={"first_dose_at": "2026-11-23T08:00"}))
    path = tmp_path / COMMANDS[words]
    path.write_bytes(FOREIGN)
    monkeypatch.setattr(exports, "file_to_save", lambda *_: path)
    choose(person, words)
    assert "not a file of Aldesk" in box(person.window, "replace_file").text()
    click(box(person.window, "replace_file"), "Cancel")
    assert path.read_bytes() == FOREIGN
    choose(person, words)
    click(box(person.window, "replace_file"), "Replace")
    assert path.read_bytes() != FOREIGN
    assert person.read("told") == f"Saved as {path.name}."
    choose(person, words)  # and its own results are named
    what = {"pdf": "a PDF file", "ics": "a calendar", "aldesk-record": "a record of Aldesk"}
    assert what[path.name.rpartition(".")[2]] in box(person.window, "replace_file").text()


@pytest.mark.parametrize("answer", ["Cancel", "Replace"])
def test_in_the_place_of_a_printer_no_file_goes_unasked(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    person.enter_case(case())
    path = tmp_path / "report.pdf"
    path.write_bytes(FOREIGN)
    monkeypatch.setattr(printing, "_printer", lambda: None)
    monkeypatch.setattr(printing, "file_to_save", lambda *_: path)
    asked: list[str] = []

    def waiting() -> None:
        asked.append(box(person.window, "replace_file").text())
        click(box(person.window, "replace_file"), answer)

    QTimer.singleShot(0, waiting)
    choose(person, "Print the report…")
    assert "not a file of Aldesk" in asked[0]
    assert path.read_bytes().startswith(b"%PDF-") is (answer == "Replace")
    assert (path.read_bytes() == FOREIGN) is (answer == "Cancel")


@POSIX
def test_in_the_place_of_a_printer_a_pipe_is_refused(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.enter_case(case())
    os.mkfifo(tmp_path / "report.pdf")
    monkeypatch.setattr(printing, "_printer", lambda: None)
    monkeypatch.setattr(printing, "file_to_save", lambda *_: tmp_path / "report.pdf")
    choose(person, "Print the report…")
    assert "Not a regular file" in person.read("told")


@pytest.mark.parametrize(
    ("chosen", "saved"),
    [("Case 11.2026", "Case 11.2026.aldesk"), ("notes.txt", "notes.txt.aldesk"), ("a.ALDESK",) * 2],
)
def test_a_name_without_the_suffix_gets_it(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chosen: str, saved: str
) -> None:
    person.enter_case(case())
    (tmp_path / "notes.txt").write_bytes(FOREIGN)
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(tmp_path / chosen)])
    person.window.save_as()
    assert person.read("told") == f"Saved as {saved}."
    assert (tmp_path / "notes.txt").read_bytes() == FOREIGN


def test_no_part_of_the_window_saves_but_what_was_looked_at() -> None:
    """Every writer of the window names what it expects to replace; its own settings are its own."""
    writers = {"save", "save_pages", "save_parts", "write_bytes", "write_text"}
    found = {
        (path.name, len(node.args))
        for path in GUI.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and called(node) in writers
    }
    assert found == {
        ("author_files.py", 3),
        ("case_files.py", 3),
        ("exports.py", 3),
        ("printing.py", 4),
    }


def called(node: ast.Call) -> str:
    """Return the name of a function, or that of a method which writes a whole file."""
    if isinstance(node.func, ast.Name):
        return node.func.id
    method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
    return method if method.startswith("write_") else ""
