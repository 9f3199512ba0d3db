"""What leaves the window belongs to the entries of now, or nothing leaves it and it says why."""

from pathlib import Path

import pypdfium2
import pytest
from icalendar import Calendar
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QMessageBox, QPlainTextEdit

from app.files.record import verify
from app.gui import exports, main_window, windows
from app.help.examples import read_examples
from app.library import Library
from tests.cases import case
from tests.gui.person import Person

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
COMMANDS = {
    "Copy the summary": "",
    "Save the report as PDF…": "report.pdf",
    "Save the calendar…": "calendar.ics",
    "Save a record…": "one.aldesk-record",
}
DOSE = "28,200,000 International Units"  # 400,000 International Units/kg × 70.5 kg


@pytest.fixture
def filled(person: Person) -> Person:
    person.enter_case(case(course={"first_dose_at": "2026-11-23T08:00"}))
    QApplication.clipboard().setText("before")
    return person


def choose(person: Person, words: str) -> None:
    """Choose a command of the Result menu by its words."""
    [menu] = [one for one in person.window.findChildren(QMenu) if one.title() == "Resul&t"]
    [action] = [one for one in menu.actions() if one.text().replace("&", "") == words]
    action.trigger()


def save_in(folder: Path, monkeypatch: pytest.MonkeyPatch, words: str) -> Path:
    """Let the person choose the place for what this command saves."""
    path = folder / COMMANDS[words]
    monkeypatch.setattr(exports, "file_to_save", lambda *_: path)
    return path


def problem(person: Person) -> str:
    """Return what the window says is in the way."""
    [box] = [one for one in person.window.findChildren(QMessageBox) if one.isVisible()]
    return box.text()


def close_problem(person: Person) -> None:
    for box in person.window.findChildren(QMessageBox):
        box.close()


def in_the_status_line(person: Person) -> list[str]:
    lines = (person.editor(name) for name in ("policy_age", "told"))
    return [line.objectName() for line in lines if line.isVisible()]


def test_the_summary_is_copied_by_its_keys(filled: Person) -> None:
    QTest.keyClick(filled.window, Qt.Key.Key_C, CONTROL | SHIFT)
    assert DOSE in QApplication.clipboard().text()
    assert "Clinical criteria met; dosing not checked" in QApplication.clipboard().text()
    assert filled.read("told") == "The summary is on the clipboard."
    assert in_the_status_line(filled) == ["told"]
    filled.enter("weight_kg", "71")
    assert filled.read("told") == ""
    assert in_the_status_line(filled) == ["policy_age"]


def test_the_report_holds_the_dose_of_now(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_in(tmp_path, monkeypatch, "Save the report as PDF…")
    choose(filled, "Save the report as PDF…")
    with pypdfium2.PdfDocument(path) as report:
        text = " ".join(page.get_textpage().get_text_range() for page in report)
    assert f"{DOSE} (28.2 million) (policy limit, not an order)" in " ".join(text.split())
    assert filled.read("told") == "Saved as report.pdf."


def test_a_worked_example_is_marked_on_paper_and_in_the_summary(
    person: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.window.show_example(read_examples()[0])
    mark = "Worked example, no patient: Skin by vein, 70.5 kg (Alder)"
    choose(person, "Copy the summary")
    assert QApplication.clipboard().text().startswith(mark)
    path = save_in(tmp_path, monkeypatch, "Save the report as PDF…")
    choose(person, "Save the report as PDF…")
    with pypdfium2.PdfDocument(path) as report:
        assert mark in report[0].get_textpage().get_text_range()


def test_the_calendar_begins_with_the_first_dose(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_in(tmp_path, monkeypatch, "Save the calendar…")
    choose(filled, "Save the calendar…")
    entries = Calendar.from_ical(path.read_bytes()).walk("VEVENT")
    assert min(one["DTSTART"].to_ical() for one in entries) == b"20261123"


def test_a_record_comes_out_the_same_and_the_window_says_so(
    filled: Person, library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_in(tmp_path, monkeypatch, "Save a record…")
    choose(filled, "Save a record…")
    assert verify(path.read_bytes(), library).result == "same"
    monkeypatch.setattr(windows, "file_to_open", lambda *_: path)
    choose(filled, "Check a record…")
    assert DOSE in shown_verification(filled)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "No such file"),
        (b"{}", "not the kind of file"),
        (b'{"format": "aldesk-record", "version": 1}', "damaged"),
        (b'{"format": "aldesk-record", "version": 3}', "newer Aldesk"),
    ],
)
def test_a_record_that_cannot_be_checked_says_why(
    person: Person, tmp_path: Path, content: bytes | None, words: str
) -> None:
    path = tmp_path / "one.aldesk-record"
    if content is not None:
        path.write_bytes(content)
    person.window._windows.show_verification(path)
    assert words in shown_verification(person)


def shown_verification(person: Person) -> str:
    """Return what the window about a record says."""
    [dialog] = [
        one
        for one in person.window.findChildren(QDialog)
        if one.windowTitle().startswith("Record: ")
    ]
    view = dialog.findChild(QPlainTextEdit)
    assert isinstance(view, QPlainTextEdit)
    return view.toPlainText()


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        (("route", ""), "fill in: Route"),
        (("weight_kg", "70."), "correct: Weight"),
    ],
)
def test_nothing_leaves_without_a_result(
    filled: Person, monkeypatch: pytest.MonkeyPatch, changed: tuple[str, str], why: str
) -> None:
    monkeypatch.setattr(exports, "file_to_save", lambda *_: pytest.fail("asked for a place"))
    filled.window.load(filled.window.draft.with_entry(*changed))
    for words in (*COMMANDS, "Print the report…"):
        choose(filled, words)
        assert why in problem(filled)
        close_problem(filled)
    assert QApplication.clipboard().text() == "before"


def test_what_waits_leaves_without_a_number(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.type_over("weight_kg", "154")  # × 400,000 would be 61,600,000
    choose(filled, "Copy the summary")
    path = save_in(tmp_path, monkeypatch, "Save the report as PDF…")
    choose(filled, "Save the report as PDF…")
    with pypdfium2.PdfDocument(path) as report:
        printed = "".join(page.get_textpage().get_text_range() for page in report)
    for text in (QApplication.clipboard().text(), printed):
        assert "61,600,000" not in text
        assert "not used until somebody confirms it: weight" in " ".join(text.split())


def test_without_dates_there_is_no_calendar(filled: Person) -> None:
    filled.enter("course.first_dose_at", "")
    choose(filled, "Save the calendar…")
    assert "Enter the first dose" in problem(filled)


def test_after_a_failure_nothing_leaves(filled: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ArithmeticError

    monkeypatch.setattr(main_window, "judge", fail)
    with pytest.raises(ArithmeticError):
        filled.window._edit("weight_kg", "71")
    choose(filled, "Copy the summary")
    assert problem(filled) == "There is no result."
    assert QApplication.clipboard().text() == "before"


@pytest.mark.parametrize("words", [words for words, name in COMMANDS.items() if name])
def test_a_file_that_cannot_be_written_is_told(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: str
) -> None:
    monkeypatch.setattr(exports, "file_to_save", lambda *_: tmp_path / "none" / "one.file")
    choose(filled, words)
    assert "one.file: No such file" in problem(filled)


def test_a_record_that_would_be_too_large_is_told(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save_in(tmp_path, monkeypatch, "Save a record…")
    monkeypatch.setattr("app.files.sealed_json.MAX_BYTES", 1_000)
    choose(filled, "Save a record…")
    assert problem(filled).startswith("The record would have more than 1,000,000 bytes")
    assert not path.exists()
    close_problem(filled)
