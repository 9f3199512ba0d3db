"""Long work in the window of a worklist: it answers meanwhile, stops at once, and saves whole."""

import gc
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
)
from pytestqt.qtbot import QtBot

from app.gui.worklist.window import WorklistWindow
from app.library import Library
from tests.console import run
from tests.fixture_cases import EXAMPLES
from tests.gui.worklists import (
    button,
    choose_file,
    finish,
    lines,
    mixed_file,
    on_screen,
    opened,
    show_only,
    table,
    text,
    told,
)


@pytest.fixture
def window(qtbot: QtBot, library: Library) -> Iterator[WorklistWindow]:
    yield from on_screen(qtbot, library)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return mixed_file(tmp_path)


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl"])
def test_an_export_is_what_batch_writes(
    window: WorklistWindow, file: Path, tmp_path: Path, name: str
) -> None:
    opened(window, file)
    window.export(tmp_path / name)
    finish(window)
    assert told(window) == f"Saved as {name}: {len(EXAMPLES) + 2} rows."
    run("batch", file, tmp_path / f"batch-{name}")
    assert (tmp_path / name).read_bytes() == (tmp_path / f"batch-{name}").read_bytes()


def test_an_export_never_takes_the_place_of_the_worklist_itself(
    window: WorklistWindow, file: Path, tmp_path: Path
) -> None:
    before = file.read_bytes()
    opened(window, file)
    other = tmp_path / "linked.csv"
    other.hardlink_to(file)
    for path in (file, other):
        window.export(path)
        finish(window)
        assert told(window) == (
            f"{path.name} was not saved: The rows come from this worklist; it would be"
            " lost. Choose another place or name."
        )
    assert file.read_bytes() == before
    file.unlink()
    window.export(file)  # what is not there any more cannot be lost
    finish(window)
    assert told(window).startswith(f"Saved as {file.name}: ")


def test_files_are_chosen_by_their_buttons(
    window: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose_file(monkeypatch, tmp_path / "template.csv")
    button(window, "Save a template of a worklist").click()
    assert told(window) == "Saved as template.csv."
    button(window, "Open a worklist").click()
    finish(window)
    assert told(window) == "2 rows done."
    for name, save in (
        ("o.csv", "Save the rows with their results as CSV"),
        ("o.jsonl", "Save the results as JSON Lines"),
    ):
        choose_file(monkeypatch, tmp_path / name)
        button(window, save).click()
        finish(window)
        assert (tmp_path / name).read_bytes().count(b"criteria_met") >= 1


def test_a_file_that_cannot_be_saved_is_told_in_words(
    window: WorklistWindow, file: Path, tmp_path: Path
) -> None:
    opened(window, file)
    window.export(tmp_path / "nowhere" / "out.csv")
    finish(window)
    assert told(window).startswith("out.csv was not saved: No such file")


@pytest.mark.usefixtures("one_step_a_turn")
def test_cancel_stops_at_once_and_says_how_far_it_came(
    window: WorklistWindow, tmp_path: Path
) -> None:
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"".join(lines(2_000)))
    window.open_file(path)
    while table(window).model().rowCount() < 2:
        QApplication.processEvents()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    done = table(window).model().rowCount()
    assert 0 < done < 2_000
    assert told(window) == f"Cancelled: {done:,} rows done, the rest of the file was not read."
    QTest.qWait(50)
    assert table(window).model().rowCount() == done
    assert window.isVisible()
    window.export(tmp_path / "part.csv")
    finish(window)
    assert told(window).endswith("the rest of the file was not read.")
    assert (tmp_path / "part.csv").read_bytes().count(b"\r\n") == done + 1


def test_a_failure_in_a_row_stops_and_leaves_the_window_usable(
    window: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    path = tmp_path / "list.jsonl"
    path.write_bytes(b"".join(lines(20)))
    monkeypatch.setattr("app.gui.worklist.reading.answered", lambda *_: 1 // 0)
    with qtbot.captureExceptions() as raised:
        window.open_file(path)
        finish(window)
    assert [kind for kind, _, _ in raised] == [ZeroDivisionError]
    assert told(window).startswith("Stopped by a failure")
    assert button(window, "Open a worklist").isEnabled()
    monkeypatch.undo()
    assert opened(window, path).model().rowCount() == 20


def test_a_file_without_rows_says_so(window: WorklistWindow, tmp_path: Path) -> None:
    for name, content in (("a.jsonl", b""), ("b.csv", b"policy,date_of_service,indication,route")):
        (tmp_path / name).write_bytes(content)
        opened(window, tmp_path / name)
        assert text(window, "worklist_page") == "This file has no rows."
        assert told(window) == "0 rows done."


@pytest.mark.usefixtures("one_step_a_turn")
def test_a_cancelled_export_leaves_no_file(window: WorklistWindow, tmp_path: Path) -> None:
    path, target = tmp_path / "long.jsonl", tmp_path / "out.jsonl"
    path.write_bytes(b"".join(lines(300)))
    opened(window, path)
    window.export(target)
    QApplication.processEvents()
    button(window, "Cancel what is being done").click()
    assert told(window) == "Cancelled: nothing was saved."
    assert [one.name for one in tmp_path.iterdir()] == ["long.jsonl"]


def longest_block_s(window: WorklistWindow) -> float:
    """Return the most processor time that one turn of the event loop took until all is done."""
    longest = 0.0
    while window.is_running:
        before = time.thread_time()
        QApplication.processEvents()
        longest = max(longest, time.thread_time() - before)
    return longest


@pytest.fixture
def as_after_the_start() -> Iterator[None]:
    """Let Python's collector pass over what was there before, as the program does at its start."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("as_after_the_start")
@pytest.mark.parametrize("count", [2_000, pytest.param(100_000, marks=pytest.mark.proof)])
def test_the_window_answers_while_a_long_list_is_read_sorted_and_filtered(
    window: WorklistWindow, tmp_path: Path, count: int
) -> None:
    path = tmp_path / "long.jsonl"
    path.write_bytes(b"".join(lines(count)))
    window.open_file(path)
    assert longest_block_s(window) < 0.25
    shown = table(window)
    assert shown.model().rowCount() == count
    for act in (
        lambda: shown.horizontalHeader().setSortIndicator(1, Qt.SortOrder.DescendingOrder),
        lambda: show_only(window, "criteria_met"),
        lambda: show_only(window, "all"),
    ):
        before = time.thread_time()
        act()
        QApplication.processEvents()
        assert time.thread_time() - before < 1
