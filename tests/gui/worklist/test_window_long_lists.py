"""A list of 200 MB in the window: its memory, and the longest time without an answer."""

import csv
import io
import json
from collections.abc import Callable, Iterator
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest

from app.casework.typed_text import cells_of
from app.model.case_fields import CASE_FIELDS
from app.model.case_json import InvalidCase, read_case
from tests.console import PEAK_BYTES, PEAK_IS_TOLD_IN, start
from tests.random_cases import cases

MEBIBYTE = 1 << 20
MOST_TIMES_ITS_SIZE = 3
MOST_SECONDS = 0.5  # of the processor, in one turn of the event loop
BASE = 40 * MEBIBYTE  # what the window takes with its first rows, and what the engine remembers
COLUMNS = tuple(CASE_FIELDS)
WRONG_EVERY = 20  # rows
PEAK = pytest.mark.skipif(not PEAK_IS_TOLD_IN.exists(), reason="Linux tells the peak of a process")
MEASURED = f"""
{PEAK_BYTES}
import sys, time
from pathlib import Path
from PySide6.QtWidgets import QApplication, QWidget
from app.gui.worklist.window import WorklistWindow
from app.library.site import load_all
app = QApplication([])
parent = QWidget()
window = WorklistWindow(load_all(), parent)
window.show()
app.processEvents()
before, longest = peak_bytes(), 0.0
window.open_file(Path(sys.argv[1]))
while window.is_running:
    begun = time.thread_time()
    app.processEvents()
    longest = max(longest, time.thread_time() - begun)
print(sum(window._view.counts.values()), peak_bytes() - before, longest)
"""


def json_lines() -> Iterator[str]:
    yield from (json.dumps(one) for one in cycle(cases(20261202, 5_000)))


def csv_rows() -> Iterator[str]:
    """Rows of cases, and now and then a row of which each cell is wrong."""
    yield ",".join(COLUMNS)
    wrong = ",".join(f"?{at}" for at in range(len(COLUMNS)))
    for at, row in enumerate(cycle(filter(None, map(csv_row, cases(20261203, 5_000))))):
        yield row
        if at % WRONG_EVERY == 0:
            yield wrong


def csv_row(one: dict[str, Any]) -> str:
    """Return a case as a row, or "" for one that is refused as a whole."""
    try:
        cells = cells_of(read_case(one))
    except InvalidCase:
        return ""
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow([cells.get(name, "") for name in COLUMNS])
    return text.getvalue()


def written(path: Path, given: Iterator[str], most: int) -> int:
    """Write lines up to a size, and return how many."""
    count = size = 0
    with path.open("w", encoding="utf-8", newline="\n") as file:
        for line in given:
            size += file.write(line + "\n")
            count += 1
            if size >= most:
                return count
    raise AssertionError


@PEAK
@pytest.mark.parametrize(
    "size", [1, pytest.param(200, marks=pytest.mark.proof)], ids="{} MB".format
)
@pytest.mark.parametrize(("name", "given"), [("a.jsonl", json_lines), ("a.csv", csv_rows)])
def test_a_long_list_takes_little_memory_and_the_window_answers(
    name: str, given: Callable[[], Iterator[str]], size: int, tmp_path: Path
) -> None:
    path = tmp_path / name
    lines = written(path, given(), size * MEBIBYTE)
    headings = name.endswith("csv")
    with start("-c", MEASURED, path, env={"QT_QPA_PLATFORM": "offscreen"}) as running:
        out, err = running.communicate()
    rows, grown, longest = out.split()
    assert b"Traceback" not in err
    assert int(rows) == min(lines - headings, 500_000)
    assert int(grown) < MOST_TIMES_ITS_SIZE * size * MEBIBYTE + BASE
    assert float(longest) < MOST_SECONDS
