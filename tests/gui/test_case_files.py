"""A case as a file: opened, saved and left, and nothing that was entered goes unasked."""

import json
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app import __main__
from app.files.case_file import case_bytes, read_case_file
from app.files.sealed_json import add_checksum
from app.gui import application, case_files
from app.gui.main_window import MainWindow
from app.gui.worklist.window import WorklistWindow
from app.model.case_json import read_case
from tests import console
from tests.cases import case
from tests.gui.person import Person
from tests.gui.questions import box, click
from tests.gui.worklists import opened

CONTROL = Qt.KeyboardModifier.ControlModifier
# What the window has no field for is kept through it, too.
WHOLE = case(
    bsa_formula="du_bois",
    reference="row 7",
    previous_weight_kg="71",
    course={
        "number": 2,
        "first_dose_at": "2026-11-23T08:00",
        "previous_last_dose_on": "2026-09-01",
        "cycles": [{"number": 1, "doses_given": 0, "over": True}],
    },
    authorization={"start": "2026-11-01", "units": 40},
)

_ASKED = """
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QFileOpenEvent
from app.gui.application import Application
running = Application([])
running.file_wanted.connect(lambda path: print(path.name))
QCoreApplication.sendEvent(running, QFileOpenEvent("/folder/seven.aldesk"))
"""


@pytest.fixture
def filled(person: Person) -> Person:
    person.enter_case(case())
    return person


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Return a case file."""
    path = tmp_path / "seven.aldesk"
    path.write_bytes(case_bytes(read_case(WHOLE)))
    return path


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path | None) -> None:
    """Let the person choose this file, or give up, in every file dialog."""
    for name in ("file_to_open", "file_to_save"):
        monkeypatch.setattr(case_files, name, lambda *_: path)


def press(window: MainWindow, key: Qt.Key) -> None:
    QTest.keyClick(window, key, CONTROL)


def weight(person: Person) -> str:
    editor = person.editor("weight_kg")
    assert isinstance(editor, QLineEdit)
    return editor.text()


def test_a_saved_case_is_what_the_command_line_checks(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "one.aldesk"
    choosing(monkeypatch, path)
    press(filled.window, Qt.Key.Key_S)
    assert filled.read("told") == "Saved as one.aldesk."
    limit = console.run("check", path, "--json").json["dose_limit"]
    assert limit["max_dose_iu"] == 28_200_000  # 400,000 International Units/kg × 70.5 kg


def test_the_title_names_the_file_and_says_that_it_holds_an_older_case(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, path = filled.window, tmp_path / "one.aldesk"
    choosing(monkeypatch, path)
    press(window, Qt.Key.Key_S)
    assert (window.windowTitle(), window.isWindowModified()) == ("one.aldesk[*] – Aldesk", False)
    filled.enter("weight_kg", "71")
    assert window.isWindowModified()
    assert filled.read("told") == ""
    press(window, Qt.Key.Key_S)
    assert not window.isWindowModified()
    assert read_case_file(path.read_bytes()).weight_kg == 71


def test_an_opened_case_shows_its_result_at_once(person: Person, file: Path) -> None:
    person.window.open_file(file)
    assert weight(person) == "70.5"
    assert person.read("max_dose").startswith("28,200,000 ")
    assert person.window.windowTitle().startswith("seven.aldesk")


def test_what_the_window_has_no_field_for_is_kept_through_it(
    person: Person, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    person.window.open_file(file)
    choosing(monkeypatch, tmp_path / "again.aldesk")
    person.window.save_as()
    assert (tmp_path / "again.aldesk").read_bytes() == file.read_bytes()


def test_a_file_without_a_formula_comes_in_with_the_one_that_counts(
    person: Person, tmp_path: Path
) -> None:
    path = tmp_path / "plain.aldesk"
    path.write_bytes(case_bytes(read_case(case())))
    person.window.open_file(path)
    assert person.window.draft.entries["bsa_formula"] == "mosteller"
    assert not person.window.isWindowModified()


def test_a_damaged_file_is_told_and_nothing_of_the_case_goes(filled: Person, file: Path) -> None:
    file.write_bytes(file.read_bytes().replace(b"70.5", b"75.0"))
    filled.window.open_file(file)
    told = box(filled.window, "problem")
    assert "seven.aldesk" in told.text()
    assert "as it was" in told.text()
    assert weight(filled) == "70.5"
    assert filled.read("max_dose").startswith("28,200,000 ")


def saved_by_0_1_0(path: Path, data: dict[str, Any]) -> Path:
    path.write_bytes(add_checksum("aldesk-case", 1, {"case": data}))
    return path


def test_a_file_with_an_entry_that_is_refused_now_opens_with_the_entry_marked(
    filled: Person, tmp_path: Path
) -> None:
    refused = case(requested={"doses_per_day": 1001}, weight_kg="80")
    filled.window.open_file(saved_by_0_1_0(tmp_path / "old.aldesk", refused))
    click(box(filled.window, "leave_case"), "Leave")
    assert weight(filled) == "80"
    assert filled.problem("requested.doses_per_day") == "Must be 1 to 1,000."
    assert filled.read("max_dose") == ""
    assert filled.window.windowTitle().startswith("old.aldesk")
    filled.enter("requested.doses_per_day", "3")
    assert filled.read("max_dose").startswith("32,000,000 ")


def test_it_says_how_many_entries_are_refused(person: Person, tmp_path: Path) -> None:
    refused = case(requested={"doses_per_day": 1001, "doses_per_week": 1001})
    person.window.open_file(saved_by_0_1_0(tmp_path / "old.aldesk", refused))
    assert person.read("told") == (
        "old.aldesk: 2 entries are refused by this version. Correct what is marked to get a result."
    )


def test_a_file_with_a_problem_of_no_entry_is_not_opened(filled: Person, tmp_path: Path) -> None:
    filled.window.open_file(saved_by_0_1_0(tmp_path / "old.aldesk", case(patient_name="x")))
    told = box(filled.window, "problem").text()
    assert "old.aldesk: patient_name: Not a known key." in told
    assert weight(filled) == "70.5"


def test_a_list_of_confirmations_of_0_1_0_confirms_the_values_of_its_file(
    person: Person, tmp_path: Path
) -> None:
    data = case(weight_kg="154", height_cm="175", confirmed=["weight_kg"])
    person.window.open_file(saved_by_0_1_0(tmp_path / "old.aldesk", data))
    assert person.window.draft.entries["confirmed.weight_kg"] == "154"
    assert person.read("max_dose").startswith("61,600,000 ")  # 400,000 × 154


def test_a_file_under_a_policy_that_is_not_at_hand_is_told(filled: Person, file: Path) -> None:
    file.write_bytes(case_bytes(read_case({**WHOLE, "policy": "another-payer"})))
    filled.window.open_file(file)
    assert "no policy with this id" in box(filled.window, "problem").text()
    assert weight(filled) == "70.5"


def test_a_file_that_is_not_there_is_told(filled: Person, tmp_path: Path) -> None:
    filled.window.open_file(tmp_path / "none.aldesk")
    assert "none.aldesk" in box(filled.window, "problem").text()
    assert weight(filled) == "70.5"


def test_opening_asks_before_an_unsaved_case_goes(filled: Person, file: Path) -> None:
    filled.enter("weight_kg", "80")
    filled.window.open_file(file)
    assert weight(filled) == "80"
    click(box(filled.window, "leave_case"), "Leave")
    assert weight(filled) == "70.5"
    press(filled.window, Qt.Key.Key_B)
    assert weight(filled) == "80"
    assert filled.window.windowTitle() == "Aldesk: aldesleukin (Proleukin)"


def test_a_saved_case_goes_unasked_and_comes_back_with_its_file(person: Person, file: Path) -> None:
    person.window.open_file(file)
    press(person.window, Qt.Key.Key_N)
    assert weight(person) == ""
    press(person.window, Qt.Key.Key_B)
    assert weight(person) == "70.5"
    assert person.window.windowTitle().startswith("seven.aldesk")


@pytest.mark.parametrize(
    ("key", "entry", "words"),
    [("weight_kg", "154 lb", "Weight"), ("route", None, "Route")],
)
def test_what_is_no_case_yet_is_not_saved_and_says_why(
    filled: Person, key: str, entry: str | None, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, None)
    filled.window.load(filled.window.draft.with_entry(key, entry))
    press(filled.window, Qt.Key.Key_S)
    assert words in box(filled.window, "problem").text()


def test_a_save_that_fails_says_so_and_the_case_stays_unsaved(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, tmp_path / "no such folder" / "one.aldesk")
    press(filled.window, Qt.Key.Key_S)
    assert "one.aldesk" in box(filled.window, "problem").text()
    filled.window.close()
    assert box(filled.window, "save_case")


def test_giving_up_in_the_dialog_saves_nothing(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, None)
    press(filled.window, Qt.Key.Key_S)
    assert list(tmp_path.iterdir()) == []
    assert filled.read("told") == ""


def test_an_unsaved_case_keeps_the_window_open_until_somebody_decides(filled: Person) -> None:
    press(filled.window, Qt.Key.Key_Q)
    assert filled.window.isVisible()
    click(box(filled.window, "save_case"), "Cancel")
    assert filled.window.isVisible()
    press(filled.window, Qt.Key.Key_Q)
    click(box(filled.window, "save_case"), "without")
    assert not filled.window.isVisible()


def test_a_case_that_was_left_unsaved_is_not_lost_at_the_end_either(filled: Person) -> None:
    press(filled.window, Qt.Key.Key_N)
    click(box(filled.window, "leave_case"), "Leave")
    assert weight(filled) == ""
    press(filled.window, Qt.Key.Key_Q)
    assert filled.window.isVisible()
    assert weight(filled) == "70.5"  # what would be lost is in sight
    click(box(filled.window, "save_case"), "without")
    assert not filled.window.isVisible()


def test_the_question_says_whether_a_file_or_a_whole_case_is_behind(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    press(filled.window, Qt.Key.Key_Q)
    assert "This case is not saved" in box(filled.window, "save_case").text()
    click(box(filled.window, "save_case"), "Cancel")
    choosing(monkeypatch, tmp_path / "one.aldesk")
    press(filled.window, Qt.Key.Key_S)
    filled.enter("weight_kg", "71")
    press(filled.window, Qt.Key.Key_Q)
    assert "Changes since one.aldesk was saved" in box(filled.window, "save_case").text()


def test_saving_when_asked_saves_and_closes(
    filled: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, tmp_path / "last.aldesk")
    press(filled.window, Qt.Key.Key_Q)
    click(box(filled.window, "save_case"), "Save")
    assert not filled.window.isVisible()
    assert read_case_file((tmp_path / "last.aldesk").read_bytes()).weight_kg is not None


def test_giving_up_the_file_when_asked_keeps_the_window(
    filled: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    choosing(monkeypatch, None)
    press(filled.window, Qt.Key.Key_Q)
    click(box(filled.window, "save_case"), "Save")
    assert filled.window.isVisible()


@pytest.mark.parametrize("has_case", [False, True])
def test_nothing_to_lose_closes_at_once(person: Person, file: Path, has_case: bool) -> None:
    if has_case:
        person.window.open_file(file)
    press(person.window, Qt.Key.Key_Q)
    assert not person.window.isVisible()


def wanted_row(person: Person, row: dict[str, Any], folder: Path) -> None:
    """Open a worklist of one row, and that row in the main window."""
    path = folder / "list.jsonl"
    path.write_bytes(json.dumps(row).encode())
    press(person.window, Qt.Key.Key_L)
    worklist = person.window.findChild(WorklistWindow)
    assert isinstance(worklist, WorklistWindow)
    table = opened(worklist, path)
    assert table.model().rowCount() == 1
    table.setCurrentIndex(table.model().index(0, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)


def test_a_row_of_a_worklist_comes_into_the_window(person: Person, tmp_path: Path) -> None:
    wanted_row(person, WHOLE, tmp_path)
    assert weight(person) == "70.5"
    assert person.read("max_dose").startswith("28,200,000 ")
    assert person.window.windowTitle() == "Aldesk: aldesleukin (Proleukin)"


def test_a_row_asks_before_an_unsaved_case_goes(filled: Person, tmp_path: Path) -> None:
    filled.enter("weight_kg", "80")
    wanted_row(filled, WHOLE, tmp_path)
    assert weight(filled) == "80"
    assert box(filled.window, "leave_case")


def test_a_row_under_a_policy_that_is_not_at_hand_is_told(person: Person, tmp_path: Path) -> None:
    wanted_row(person, {**WHOLE, "policy": "another-payer"}, tmp_path)
    assert "no policy with this id" in box(person.window, "problem").text()
    assert weight(person) == ""


@pytest.mark.parametrize(
    ("arguments", "opened"),
    [([], None), (["Case.ALDESK"], Path("Case.ALDESK"))],
)
def test_the_program_opens_the_window_with_the_file_that_it_is_given(
    arguments: list[str], opened: Path | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Path | None] = []

    def run(path: Path | None) -> int:
        asked.append(path)
        return 0

    monkeypatch.setattr(application, "run", run)
    monkeypatch.setattr("sys.argv", ["aldesk", *arguments])
    assert __main__.main() == 0
    assert asked == [opened]


def test_a_request_of_the_desktop_for_a_file_is_passed_on() -> None:
    with console.start("-c", _ASKED, env={"QT_QPA_PLATFORM": "offscreen"}) as running:
        out, err = running.communicate()
    assert (out.decode().strip(), running.returncode) == ("seven.aldesk", 0), err.decode()
