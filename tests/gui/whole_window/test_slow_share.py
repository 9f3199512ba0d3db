"""The window is alive while a file is read that a share does not give, and forgets none of it."""

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QPlainTextEdit

from app.bounded_file import read_file
from app.files.case_file import case_bytes
from app.gui import case_files, reading_windows
from app.gui.leaving import running_in
from app.gui.policies import window as policies_window
from app.gui.policies.preview import PolicyPreview
from app.gui.policies.window import PoliciesWindow
from app.gui.widgets import reader
from app.gui.worklist import window as worklist_window
from app.gui.worklist.reading import rows_in
from app.gui.worklist.window import WorklistWindow
from app.library.site import read_new
from app.model.case_json import read_case
from tests.cases import case
from tests.gui.person import Person
from tests.gui.policy_windows import person, site, window
from tests.gui.questions import box, boxes, click
from tests.gui.test_case_files import weight
from tests.gui.worklists import lines, opened, told
from tests.library.sites import file_with, offered
from tests.test_atomic_file import POSIX

__all__ = ["person", "site", "window"]
LONG_S = 20


class Share:
    """Gives no file whose name begins with "slow" before it is told to."""

    def __init__(self) -> None:
        self.is_there = threading.Event()

    def slowly(self, read: Callable[..., Any]) -> Callable[..., Any]:
        def wait(path: Path, *others: Any) -> Any:
            if path.name.startswith("slow"):
                assert self.is_there.wait(LONG_S)
            return read(path, *others)

        return wait


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> Iterator[Share]:
    made = Share()
    monkeypatch.setattr(reader, "PATIENCE_S", 0)
    for module in (case_files, reading_windows):
        monkeypatch.setattr(module, "read_file", made.slowly(read_file))
    monkeypatch.setattr(worklist_window, "rows_in", made.slowly(rows_in))
    monkeypatch.setattr(policies_window, "read_new", made.slowly(read_new))
    yield made
    made.is_there.set()


def saved(folder: Path, name: str, **changes: Any) -> Path:
    path = folder / name
    path.write_bytes(case_bytes(read_case(case(**changes))))
    return path


def settle(person: Person) -> None:
    """Let everything come that has been asked for."""
    until = time.monotonic() + LONG_S
    while running_in(person.window) and time.monotonic() < until:
        QApplication.processEvents()
    assert running_in(person.window) == []


def test_the_case_in_the_window_can_be_worked_on_until_the_file_is_there(
    person: Person, share: Share, tmp_path: Path
) -> None:
    person.enter_case(case())
    person.window.open_file(saved(tmp_path, "slow.aldesk", weight_kg="80"))
    assert person.read("told").startswith("slow.aldesk is being read.")
    person.enter("weight_kg", "71")
    assert person.read("max_dose").startswith("28,400,000 ")  # 400,000 for each of 71 kg
    share.is_there.set()
    settle(person)
    click(box(person.window, "leave_case"), "Leave this case")
    assert weight(person) == "80"
    person.window.go_back()
    assert weight(person) == "71"


def test_the_file_that_was_chosen_last_is_shown(
    person: Person, share: Share, tmp_path: Path
) -> None:
    person.window.open_file(saved(tmp_path, "slow.aldesk", weight_kg="80"))
    person.window.open_file(saved(tmp_path, "quick.aldesk", weight_kg="90"))
    settle(person)
    share.is_there.set()
    settle(person)
    assert weight(person) == "90"
    assert boxes(person.window, "leave_case") == []


@pytest.mark.usefixtures("share")
def test_closing_asks_about_a_file_that_is_not_there_yet(person: Person, tmp_path: Path) -> None:
    person.window.open_file(saved(tmp_path, "slow.aldesk"))
    person.window.close()
    asked = box(person.window, "stop_jobs")
    assert asked.text() == "slow.aldesk is being read. If that stops, it is not opened."
    click(asked, "Stop it")
    assert not person.window.isVisible()


def test_a_record_is_told_when_it_is_there(person: Person, share: Share, tmp_path: Path) -> None:
    path = tmp_path / "slow.aldesk-record"
    path.write_bytes(b"none")
    person.window._windows.show_verification(path)
    [dialog] = [
        one for one in person.window.findChildren(QDialog) if path.name in one.windowTitle()
    ]
    view = dialog.findChild(QPlainTextEdit)
    assert isinstance(view, QPlainTextEdit)
    assert view.toPlainText().startswith("slow.aldesk-record is being read.")
    share.is_there.set()
    settle(person)
    assert "The record cannot be used." in view.toPlainText()


@pytest.mark.parametrize("is_closed", [False, True])
def test_a_policy_file_is_offered_when_it_is_there_if_the_window_is_open(
    person: Person, share: Share, tmp_path: Path, is_closed: bool
) -> None:
    person.window._windows.open_policies()
    [policies] = person.window.findChildren(PoliciesWindow)
    policies.offer(file_with(tmp_path, offered()).rename(tmp_path / "slow.yaml"))
    assert policies.findChildren(PolicyPreview) == []
    if is_closed:
        policies.close()
    share.is_there.set()
    settle(person)
    assert len(policies.findChildren(PolicyPreview)) == (0 if is_closed else 1)


def test_a_worklist_can_be_canceled_while_its_share_does_not_answer(
    person: Person, share: Share, tmp_path: Path
) -> None:
    path = tmp_path / "slow.jsonl"
    path.write_bytes(b"".join(lines(3)))
    person.window._windows.open_worklist()
    [worklist] = person.window.findChildren(WorklistWindow)
    worklist.open_file(path)
    QApplication.processEvents()
    assert worklist.is_running
    worklist.cancel()
    assert told(worklist).startswith("Cancelled: 0 rows done")
    share.is_there.set()
    assert opened(worklist, path).model().rowCount() == 3


@POSIX
@pytest.mark.parametrize("name", ["x.aldesk", "x.aldesk-record"])
def test_a_pipe_is_refused_in_words(person: Person, tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    if name == "x.aldesk":
        person.window.open_file(tmp_path / name)
        assert "Not a regular file" in box(person.window, "problem").text()
    else:
        person.window._windows.show_verification(tmp_path / name)
        texts = [one.toPlainText() for one in person.window.findChildren(QPlainTextEdit)]
        assert any("Not a regular file" in one for one in texts)
