"""What the window of a worklist saves: of the chosen kind, asked about, in constant memory."""

import os
import threading
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.files.standing import NOTHING
from app.gui.widgets.jobs import Job
from app.gui.worklist.saving import saving
from app.gui.worklist.window import WorklistWindow
from app.library import Library
from tests.gui.questions import box, boxes, click
from tests.gui.worklists import button, choose_file, finish, lines, on_screen, opened, told
from tests.test_atomic_file import full, names

SAVE = {
    "csv": "Save the rows with their results as CSV",
    "jsonl": "Save the results as JSON Lines",
}
FOREIGN = b"Dear colleague, this is the only copy.\n"


@pytest.fixture
def window(qtbot: QtBot, library: Library) -> Iterator[WorklistWindow]:
    yield from on_screen(qtbot, library)


@pytest.fixture
def done(window: WorklistWindow, tmp_path: Path) -> WorklistWindow:
    """The window with a worklist of twenty rows."""
    path = tmp_path / "list.jsonl"
    path.write_bytes(b"".join(lines(20)))
    opened(window, path)
    return window


@pytest.mark.parametrize("kind", SAVE)
@pytest.mark.parametrize("name", ["Results 11.2026", "Results"])
def test_a_name_gets_the_suffix_of_the_chosen_kind(
    done: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, name: str
) -> None:
    choose_file(monkeypatch, tmp_path / name)
    button(done, SAVE[kind]).click()
    finish(done)
    assert names(tmp_path) == sorted(["list.jsonl", f"{name}.{kind}"])
    is_csv = (tmp_path / f"{name}.{kind}").read_bytes().startswith(b"\xef\xbb\xbf")
    assert is_csv is (kind == "csv")


def test_a_name_of_another_kind_is_refused_in_words(
    done: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for kind, name, words in (
        ("csv", "a.jsonl", "A name in .jsonl is not one for CSV."),
        ("jsonl", "a.csv", "A name in .csv is not one for JSON Lines."),
        ("csv", "a.xlsx", "A workbook is neither read nor written"),
    ):
        choose_file(monkeypatch, tmp_path / name)
        button(done, SAVE[kind]).click()
        assert words in told(done)
        assert names(tmp_path) == ["list.jsonl"]


def test_results_replace_a_file_only_after_a_question(done: WorklistWindow, tmp_path: Path) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(FOREIGN)
    done.export(target)
    assert "not a file of Aldesk" in box(done, "replace_file").text()
    click(box(done, "replace_file"), "Cancel")
    assert (target.read_bytes(), done.is_running) == (FOREIGN, False)
    done.export(target)
    click(box(done, "replace_file"), "Replace")
    finish(done)
    assert told(done) == "Saved as out.csv: 20 rows."
    done.export(target)
    assert "results of a worklist" in box(done, "replace_file").text()


def test_another_file_can_be_chosen_instead(
    done: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "out.csv"
    target.write_bytes(FOREIGN)
    done.export(target)
    choose_file(monkeypatch, tmp_path / "other.csv")
    click(box(done, "replace_file"), "Save as another file")
    finish(done)
    assert told(done) == "Saved as other.csv: 20 rows."
    assert target.read_bytes() == FOREIGN


@pytest.mark.parametrize("was_there", [False, True])
def test_a_file_that_appears_or_changes_while_rows_are_saved_stays(
    done: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was_there: bool
) -> None:
    target, sync = tmp_path / "out.csv", os.fsync

    def meanwhile(descriptor: int) -> None:
        sync(descriptor)
        target.write_bytes(FOREIGN)

    if was_there:
        target.write_bytes(b"of before")
    monkeypatch.setattr(os, "fsync", meanwhile)
    done.export(target)
    for asked in boxes(done, "replace_file"):
        click(asked, "Replace")
    finish(done)
    assert told(done) == (
        "out.csv was not saved: another window or program has just changed it. Save again."
    )
    assert target.read_bytes() == FOREIGN
    assert names(tmp_path) == ["list.jsonl", "out.csv"]


def test_the_template_replaces_nothing_unasked(
    window: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "notes.txt.csv"
    target.write_bytes(FOREIGN)
    choose_file(monkeypatch, tmp_path / "notes.txt")
    button(window, "Save a template of a worklist").click()
    click(box(window, "replace_file"), "Cancel")
    assert target.read_bytes() == FOREIGN


def test_a_full_disk_is_told_and_nothing_stays(
    done: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "fsync", full)
    done.export(tmp_path / "out.jsonl")
    finish(done)
    assert told(done).startswith("out.jsonl was not saved: No space left on device.")
    assert names(tmp_path) == ["list.jsonl"]


def parts_of(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"x" * 100_000


def saved(target: Path, count: int) -> Job:
    return saving(target, parts_of(count), count, NOTHING, lambda: None)


def test_saving_needs_no_more_memory_for_a_longer_list(tmp_path: Path) -> None:
    peaks = []
    for count in (20, 400):
        tracemalloc.start()
        for _ in saved(tmp_path / f"{count}.jsonl", count):
            pass
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert (tmp_path / f"{count}.jsonl").stat().st_size == count * 100_000
    assert peaks[1] < peaks[0] + 1_000_000  # the longer one has 38 MB more


@pytest.mark.parametrize("steps", [1, 4, 20])
def test_a_save_that_is_closed_at_any_step_leaves_nothing(tmp_path: Path, steps: int) -> None:
    job = saved(tmp_path / "out.jsonl", 50)
    for _ in range(steps):
        next(job)
    job.close()
    assert names(tmp_path) == []


def test_a_slow_disk_does_not_hold_the_turn(
    done: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    may_go_on, sync = threading.Event(), os.fsync

    def slow(descriptor: int) -> None:
        may_go_on.wait(20)
        sync(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    done.export(tmp_path / "out.jsonl")
    before = time.monotonic()
    for _ in range(20):
        QApplication.processEvents()
    assert done.is_running
    assert time.monotonic() - before < 5
    done.close()  # what is all written is completed, and needs no question
    assert not boxes(done, "stop_jobs")
    may_go_on.set()
    finish(done)
    assert (tmp_path / "out.jsonl").read_bytes().count(b"\n") == 20
