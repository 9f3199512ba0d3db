"""The self-test passes on a sound installation and names what is wrong on any other."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app import __main__, __version__, self_test
from app.gui.result.panel import ResultPanel
from app.help.examples import read_examples
from app.library import DataFileError, Library


@pytest.fixture(autouse=True)
def _an_application(qtbot: QtBot) -> Iterator[None]:  # noqa: ARG001  # an application
    """The self-test uses the application that is there, and gives it the bundled font."""
    before = QApplication.font()
    yield
    QApplication.setFont(before)


def the_line(capsys: pytest.CaptureFixture[str]) -> str:
    [line] = capsys.readouterr().out.splitlines()
    return str(line)


def test_a_sound_installation_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test.run() == 0
    assert the_line(capsys) == (
        f"Aldesk {__version__} self-test passed:"
        " 3 policy versions, 6 cases through engine and window"
    )


def test_another_dose_in_the_engine_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    [first, *_] = read_examples()
    wrong = replace(first, max_dose_iu=28_200_001)
    monkeypatch.setattr(self_test, "read_examples", lambda: (wrong,))
    assert self_test.run() == 1
    line = the_line(capsys)
    assert "failed: Skin by vein, 70.5 kg (Alder): the engine says" in line
    assert "28,200,000" in line
    assert "28,200,001" in line


def test_a_window_that_shows_nothing_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ResultPanel, "show_outcome", lambda *_: None)
    assert self_test.run() == 1
    assert "the window says ('', '')" in the_line(capsys)


def test_a_calendar_that_cannot_be_made_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(self_test, "calendar_bytes", lambda *_: None)
    assert self_test.run() == 1
    assert "no calendar of a plan can be made" in the_line(capsys)


def test_an_unreadable_policy_fails_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> Library:
        raise DataFileError(Path("policy.yaml"), 3, ("version",), "the key is missing")

    monkeypatch.setattr(self_test, "load", broken)
    assert self_test.run() == 1
    assert "failed: DataFileError: policy.yaml, line 3, version: the key is missing" in the_line(
        capsys
    )


def test_a_system_without_fonts_fails(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.self_test.QFontDatabase.families", list)
    assert self_test.run() == 1
    assert "no font" in the_line(capsys)


def test_without_a_standard_output_only_the_exit_status_tells(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sys.stdout", None)
    assert self_test.run() == 0
    monkeypatch.setattr(self_test, "read_examples", lambda: ())
    monkeypatch.setattr(self_test, "MainWindow", lambda _: 1 / 0)
    assert self_test.run() == 1


def test_a_library_that_cannot_be_loaded_fails_in_one_line(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.argv", ["aldesk", "--self-test"])
    monkeypatch.delattr("app.self_test")
    monkeypatch.setitem(sys.modules, "app.self_test", None)  # its import is an ImportError
    assert __main__.main() == 1
    assert the_line(capsys).startswith(
        f"Aldesk {__version__} self-test failed: ModuleNotFoundError: import of app.self_test"
    )
