"""Worklists for tests: files of examples, and what their window shows."""

import json
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QPlainTextEdit,
    QRadioButton,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.gui.worklist.window import WorklistWindow
from app.library import Library
from tests.cases import case
from tests.fixture_cases import EXAMPLES

BAD = b'{"policy": 1}\n'
STATUS_COLUMN, LIMIT_COLUMN, WHY_COLUMN = 2, 3, 5
HELD = case(weight_kg="154", height_cm="175", reference="held")


def lines(count: int) -> list[bytes]:
    """Examples over and over, each with its number as reference."""
    cases = (EXAMPLES[at % len(EXAMPLES)].case | {"reference": f"r{at}"} for at in range(count))
    return [json.dumps(one).encode() + b"\n" for one in cases]


def on_screen(qtbot: QtBot, library: Library) -> Iterator[WorklistWindow]:
    """Show the window of a worklist for the time of one test."""
    parent = QWidget()
    qtbot.addWidget(parent)
    made = WorklistWindow(library, parent)
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.cancel()
    made.close()


def mixed_file(folder: Path) -> Path:
    """All examples, one bad line, and one case whose weight is unusual."""
    path = folder / "list.jsonl"
    found = [*lines(len(EXAMPLES)), BAD, json.dumps(HELD).encode() + b"\n"]
    path.write_bytes(b"".join(found))
    return path


def finish(window: WorklistWindow) -> None:
    until = time.monotonic() + 60
    while window.is_running and time.monotonic() < until:
        QApplication.processEvents()
    assert not window.is_running


def opened(window: WorklistWindow, path: Path) -> QTableView:
    window.open_file(path)
    finish(window)
    return table(window)


def table(window: WorklistWindow) -> QTableView:
    found = window.findChild(QTableView, "worklist")
    assert isinstance(found, QTableView)
    return found


def text(window: WorklistWindow, name: str) -> str:
    found = window.findChild(QWidget, name)
    assert isinstance(found, QLabel | QPlainTextEdit)
    return found.text() if isinstance(found, QLabel) else found.toPlainText()


def told(window: WorklistWindow) -> str:
    return text(window, "worklist_told")


def button(window: WorklistWindow, name: str) -> QAbstractButton:
    [found] = [one for one in window.findChildren(QAbstractButton) if one.accessibleName() == name]
    return found


def show_only(window: WorklistWindow, kind: str) -> str:
    """Choose a kind of row, and return the words of the choice."""
    found = window.findChild(QRadioButton, f"show.{kind}")
    assert isinstance(found, QRadioButton)
    found.click()
    return found.text()


def column(shown: QTableView, number: int) -> list[str]:
    model = shown.model()
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def choose_file(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    monkeypatch.setattr(QFileDialog, "exec", lambda _: QDialog.DialogCode.Accepted)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _: [str(path)])
