"""A failure of Aldesk itself: the result goes, the entries stay, the report holds no entry."""

import getpass
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

import app
from app.gui import failure, main_window
from app.gui.main_window import MainWindow
from app.output.messages import failure_report
from tests.cases import case
from tests.gui.person import Person

RESULT = ("approval_status", "max_dose", "basis")


@pytest.fixture
def watched(window: MainWindow) -> Iterator[Person]:
    """A window with a case in it, whose failures are handled."""
    person = Person(window)
    person.enter_case(case())
    restore = failure.install(window.clear_result, window)
    yield person
    restore()


def fail(*_: object) -> None:
    """Fail as a program does that was handed a person's data."""
    entered = "SECRET 70.5"
    try:
        raise KeyError(entered)
    except KeyError as error:
        raise ArithmeticError(f"cannot use {entered}") from error


def break_engine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main_window, "judge", fail)


def dialogs(person: Person) -> list[QDialog]:
    QApplication.processEvents()
    return [one for one in person.window.findChildren(QDialog) if one.isVisible()]


def report(person: Person) -> str:
    [dialog] = dialogs(person)
    [view] = dialog.findChildren(QPlainTextEdit)
    return view.toPlainText()


def press(person: Person, name: str) -> None:
    [dialog] = dialogs(person)
    [button] = [one for one in dialog.findChildren(QAbstractButton) if one.accessibleName() == name]
    button.click()
    QApplication.processEvents()


def text_of(person: Person, key: str) -> str:
    editor = person.editor(key)
    assert isinstance(editor, QLineEdit)
    return editor.text()


def test_a_failure_blanks_the_result_and_keeps_every_entry(
    watched: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert watched.read("max_dose").startswith("28,200,000 ")
    break_engine(monkeypatch)
    QTest.keyClicks(watched.editor("age_years"), "1")
    assert not any(watched.read(name) for name in RESULT)
    assert (text_of(watched, "weight_kg"), text_of(watched, "age_years")) == ("70.5", "541")
    [dialog] = dialogs(watched)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "Your entries are still in the window" in said
    assert "No result is shown" in said


def test_the_next_edit_that_succeeds_shows_a_result_again(
    watched: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        break_engine(broken)
        QTest.keyClicks(watched.editor("weight_kg"), "5")
    press(watched, "Close")
    QTest.keyClick(watched.editor("weight_kg"), Qt.Key.Key_Backspace)
    assert watched.read("max_dose").startswith("28,200,000 ")
    assert dialogs(watched) == []


def test_a_failure_of_the_display_blanks_what_it_had_shown(
    watched: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched.window._policy_bar, "load", fail)
    QTimer.singleShot(0, lambda: watched.window.load(watched.window.draft))
    dialogs(watched)
    assert len(dialogs(watched)) == 1
    assert watched.read("max_dose") == ""


def test_the_report_says_where_and_on_what_and_nothing_of_the_entries(
    watched: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_engine(monkeypatch)
    QTest.keyClicks(watched.editor("age_years"), "1")
    said = report(watched)
    for secret in ("SECRET", "70.5", "541", "cannot use", "raise", "keyClicks(", getpass.getuser()):
        assert secret not in said
    assert str(Path(__file__).parents[2]) not in said
    assert f"Aldesk {app.__version__}" in said
    assert f"Python {sys.version_info.major}.{sys.version_info.minor}." in said
    assert "PySide6 6." in said
    assert "\nArithmeticError\n" in said
    assert "\nWhile handling: KeyError\n" in said
    assert f"  tests.gui.test_failure:{fail.__code__.co_firstlineno + 6} in fail" in said
    assert " in MainWindow._show_result\n" in said


def test_what_is_written_to_the_console_holds_no_entry_either(
    watched: Person, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    break_engine(monkeypatch)
    QTest.keyClicks(watched.editor("age_years"), "1")
    written = "".join(capsys.readouterr())
    assert "ArithmeticError" in written
    assert "SECRET" not in written
    assert "70.5" not in written


def test_the_report_is_copied_whole(watched: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    break_engine(monkeypatch)
    QTest.keyClicks(watched.editor("age_years"), "1")
    QApplication.clipboard().clear()
    press(watched, "Copy the report")
    assert QApplication.clipboard().text() == report(watched)
    [dialog] = dialogs(watched)
    assert "Copied." in [label.text() for label in dialog.findChildren(QLabel)]


def test_further_failures_are_counted_and_open_no_further_dialog(
    watched: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_engine(monkeypatch)
    for _ in range(3):
        QTest.keyClicks(watched.editor("age_years"), "1")
        assert len(dialogs(watched)) == 1
    assert report(watched).endswith("Further failures while this was shown: 2")
    press(watched, "Close")
    QTest.keyClicks(watched.editor("age_years"), "1")
    assert "Further failures" not in report(watched)


def test_the_dialog_blocks_its_window_and_not_the_program(
    watched: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    break_engine(monkeypatch)
    QTest.keyClicks(watched.editor("age_years"), "1")
    [dialog] = dialogs(watched)
    assert dialog.windowModality() is Qt.WindowModality.WindowModal
    views = dialog.findChildren(QAbstractButton) + dialog.findChildren(QPlainTextEdit)
    assert all(one.accessibleName() for one in views)


@pytest.mark.parametrize("kind", [KeyboardInterrupt, SystemExit])
def test_an_end_that_somebody_asked_for_goes_its_way(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, kind: type[BaseException]
) -> None:
    passed: list[object] = []
    monkeypatch.setattr(sys, "excepthook", lambda *given: passed.append(given))
    restore = failure.install(fail, window)
    end = kind()
    sys.excepthook(kind, end, None)
    restore()
    assert passed == [(kind, end, None)]
    assert dialogs(Person(window)) == []


def test_restoring_puts_the_earlier_handling_back(window: MainWindow) -> None:
    before = sys.excepthook
    restore = failure.install(fail, window)
    assert sys.excepthook is not before
    restore()
    assert sys.excepthook is before


def handled(qtbot: QtBot, clear: Callable[[], None]) -> list[QDialog]:
    """Handle one failure without a console, with `clear` to blank the result."""
    parent = QWidget()
    qtbot.addWidget(parent)
    parent.show()
    restore = failure.install(clear, parent)
    sys.excepthook(ValueError, ValueError("SECRET"), None)
    QApplication.processEvents()
    restore()
    return parent.findChildren(QDialog)


def test_without_a_console_the_dialog_still_opens(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    cleared: list[bool] = []
    assert len(handled(qtbot, lambda: cleared.append(True))) == 1
    assert cleared == [True]


def test_a_failure_while_clearing_is_told_all_the_same(qtbot: QtBot) -> None:
    assert len(handled(qtbot, fail)) == 1


def test_a_dialog_that_cannot_open_still_leaves_the_result_blank(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(failure, "_Dialog", fail)
    cleared: list[bool] = []
    assert handled(qtbot, lambda: cleared.append(True)) == []
    assert cleared == [True]


def test_a_failure_inside_the_handling_does_not_go_round_in_circles(qtbot: QtBot) -> None:
    calls: list[bool] = []

    def clear() -> None:
        calls.append(True)
        sys.excepthook(ValueError, ValueError("SECRET"), None)

    assert len(handled(qtbot, clear)) == 1
    assert calls == [True]


def test_a_failure_while_painting_opens_one_dialog(window: MainWindow, qtbot: QtBot) -> None:
    class Broken(QWidget):
        def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
            fail()

    restore = failure.install(window.clear_result, window)
    broken = Broken()
    qtbot.addWidget(broken)
    QTimer.singleShot(0, broken.show)
    for _ in range(3):
        broken.update()
        qtbot.wait(20)
    found = dialogs(Person(window))
    restore()
    assert len(found) == 1


def test_a_recursion_is_cut_in_the_middle() -> None:
    def deeper(depth: int) -> None:
        if depth == 0:
            fail()
        deeper(depth - 1)

    with pytest.raises(ArithmeticError) as caught:
        deeper(500)
    said = failure_report(caught.value, ["Aldesk"])
    assert len(said.splitlines()) < 60
    assert " more\n" in said
    assert " in fail\n" in said


def test_a_chain_that_leads_back_to_itself_ends() -> None:
    one, two = ValueError(), TypeError()
    one.__context__, two.__context__ = two, one
    assert failure_report(one, ["Aldesk"]).splitlines()[2:] == [
        "ValueError",
        "While handling: TypeError",
    ]
