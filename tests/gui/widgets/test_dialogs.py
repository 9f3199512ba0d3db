"""Files are asked for where the last one was chosen, and Qt has no folder to remember."""

from pathlib import Path

import pytest
from PySide6.QtCore import QDir
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app.gui.widgets.dialogs import file_to_open, file_to_save


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    running = QApplication.instance()
    assert running is not None
    running.setProperty("last_folder", None)
    return widget


def test_the_next_dialog_begins_in_the_folder_of_the_last_choice(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def accept(dialog: QFileDialog) -> QDialog.DialogCode:
        begun.append(dialog.directory().absolutePath())
        return QDialog.DialogCode.Accepted

    chosen = tmp_path / "one.csv"
    monkeypatch.setattr(QFileDialog, "exec", accept)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(chosen)])
    assert file_to_open(parent, "Open", "CSV (*.csv)") == chosen
    assert file_to_save(parent, "Save", "CSV (*.csv)", "csv", "two.csv") == chosen
    assert begun[0] != str(tmp_path)
    assert begun[1] == str(tmp_path)


def test_a_dialog_goes_without_a_folder_to_remember(
    parent: QWidget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[QFileDialog] = []

    def visit(dialog: QFileDialog) -> QDialog.DialogCode:
        dialog.setDirectory(str(tmp_path))
        dialog.setHistory([str(tmp_path)])
        seen.append(dialog)
        return QDialog.DialogCode.Rejected

    monkeypatch.setattr(QFileDialog, "exec", visit)
    assert file_to_open(parent, "Open", "CSV (*.csv)") is None
    [dialog] = seen
    assert str(tmp_path) not in dialog.history()
    assert dialog.directory().absolutePath() == QDir.homePath()
