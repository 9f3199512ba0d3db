"""The window of a worklist answers and stays small, whatever the file holds."""

import gc
import json
import os
import time
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.gui.worklist import reading
from app.gui.worklist.window import WorklistWindow
from app.library import Library
from tests.gui.worklists import (
    WHY_COLUMN,
    column,
    finish,
    lines,
    on_screen,
    opened,
    table,
    text,
    told,
)
from tests.test_atomic_file import POSIX

CSV = b"policy,date_of_service,indication,route,reference\n"


@pytest.fixture
def window(qtbot: QtBot, library: Library) -> Iterator[WorklistWindow]:
    yield from on_screen(qtbot, library)


def longest_turn_s(window: WorklistWindow) -> float:
    """Return the longest time in which the window did not answer."""
    longest = 0.0
    while window.is_running:
        before = time.monotonic()
        QApplication.processEvents()
        longest = max(longest, time.monotonic() - before)
    return longest


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("a.jsonl", b"z" * 30_000_000),
        ("a.jsonl", b"[" * 30_000_000),
        ("a.csv", b'"' * 30_000_000),
        ("a.csv", b"," * 30_000_000),
    ],
)
def test_a_line_of_30_megabytes_is_a_bad_row_and_freezes_nothing(
    window: WorklistWindow, tmp_path: Path, name: str, row: bytes
) -> None:
    path = tmp_path / name
    good = CSV if name.endswith("csv") else b"".join(lines(1))
    path.write_bytes(good + row + b"\n")
    window.open_file(path)
    assert longest_turn_s(window) < 2  # another process may have the processor
    assert "more than 1,000,000 bytes" in column(opened(window, path), WHY_COLUMN)[-1]


def test_the_worst_row_within_its_bound_freezes_nothing(
    window: WorklistWindow, tmp_path: Path
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(json.dumps({f"k{at}": at for at in range(60_000)}).encode() + b"\n")
    window.open_file(path)
    before = time.thread_time()
    finish(window)
    assert time.thread_time() - before < 3  # half a second, and more where lines are counted
    assert "59,904 more problems" in column(opened(window, path), WHY_COLUMN)[0]


@POSIX
def test_a_pipe_is_refused_at_once(window: WorklistWindow, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.csv")
    window.open_file(tmp_path / "a.csv")
    finish(window)
    assert "Not a regular file" in text(window, "worklist_page")


def test_what_is_told_of_the_rows_counts_as_held(
    window: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """40 sentences about unknown keys are longer than their row, and no two rows are alike."""
    path = tmp_path / "a.jsonl"
    rows = [json.dumps({f"k{at}_{key}": 1 for key in range(40)}) for at in range(100)]
    path.write_text("\n".join(rows))
    monkeypatch.setattr(reading, "MOST_HELD_BYTES", 2 * sum(map(len, rows)))
    window.open_file(path)
    finish(window)
    assert "the window holds no more" in told(window)
    assert 0 < table(window).model().rowCount() < 100


@pytest.mark.parametrize("bound", ["MOST_ROWS", "MOST_HELD_BYTES"])
def test_a_window_that_is_full_says_so_and_keeps_its_rows(
    window: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str
) -> None:
    """Of 20 rows' bytes some are taken by what is told of the rows."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(lines(50)))
    is_by_rows = bound == "MOST_ROWS"
    most = 20 if is_by_rows else sum(len(one) - 1 for one in lines(20))
    monkeypatch.setattr(reading, bound, most)
    count = opened(window, path).model().rowCount()
    assert count == 20 if is_by_rows else 5 < count < 20
    assert told(window) == (
        f"{count} rows done; the window holds no more, and the rest of the file was not read. "
        "The command aldesk batch has no such bound."
    )
    window.export(tmp_path / "out.csv")
    finish(window)
    assert told(window) == f"Saved as out.csv: {count} rows; the rest of the file was not read."


def test_a_list_that_just_fits_is_whole(
    window: WorklistWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(lines(20)))
    monkeypatch.setattr(reading, "MOST_ROWS", 20)
    opened(window, path)
    assert told(window).startswith("20 rows done")
    assert "not read" not in told(window)


def test_a_row_holds_little_more_than_its_own_line(library: Library, tmp_path: Path) -> None:
    """A list of 200 MB must not take gigabytes."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join(lines(3_000)))
    rows, answers = (
        [row for _, row, _ in reading.rows_in(path, library.fields) if row],
        reading.Answers(library),
    )
    [sheet, *_] = [sheet for sheet, _, _ in reading.rows_in(path, library.fields)]
    answers.answer(sheet, rows[0])
    tracemalloc.start()
    held = [answers.answer(sheet, row) for row in rows]
    used = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert len(held) == 3_000
    assert used / len(held) < 900


def test_the_collector_passes_over_the_rows_of_a_window(library: Library, tmp_path: Path) -> None:
    """It looks at everything that it follows, and the window waits for it meanwhile."""
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"".join([*lines(100), *(b"x" + line for line in lines(100))]))
    answers = reading.Answers(library)
    held = [
        answers.answer(sheet, row) for sheet, row, _ in reading.rows_in(path, library.fields) if row
    ]
    for _ in range(2):  # a tuple after the one that it holds
        gc.collect()
    assert [gc.is_tracked(row) for row in held] == [False] * 200
