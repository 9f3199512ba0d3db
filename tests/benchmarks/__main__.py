"""Measures how fast the window answers: `uv run python -m tests.benchmarks`.

Every figure stands beside a floor of the same run: an empty Qt window with one field and one
label. No test: a machine that is busy makes no program wrong.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from itertools import islice

if sys.platform == "linux" and "DISPLAY" not in os.environ:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QMainWindow,
    QVBoxLayout,
    QWidget,
)

from app.draft import Entry
from app.gui import fonts, theme
from app.gui.main_window import MainWindow
from app.library import read_examples
from tests.gui.person import Person

FRAME_MS = 1000 / 60
PRESSES = 600


def main() -> None:
    """Print the table."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    font = application.font()
    font.setFamily(fonts.load())
    application.setFont(font)
    theme.apply(application, dark=False)
    floor = _times(_floor_window(), PRESSES)
    found = _times(_main_window(), PRESSES)
    print("| measured | median | 95th percentile | slowest |")  # noqa: T201
    print("|---|---|---|---|")  # noqa: T201
    for name, times in (("empty window", floor), ("Aldesk", found)):
        p95 = statistics.quantiles(times, n=20)[-1]
        row = " | ".join(f"{one:.2f} ms" for one in (statistics.median(times), p95, max(times)))
        print(f"| key press to repainted result, {name} | {row} |")  # noqa: T201
    p95 = statistics.quantiles(found, n=20)[-1]
    print(f"\n95th percentile: {p95 / FRAME_MS:.2f} of a 60 Hz frame ({FRAME_MS:.1f} ms)")  # noqa: T201


def _times(presses: Iterator[Callable[[], object]], count: int) -> list[float]:
    """Return the milliseconds from each press until all of it is painted, without the first."""
    found = []
    for place, press in enumerate(islice(presses, 2 * count)):
        start = time.perf_counter()
        press()
        QApplication.processEvents()
        QApplication.processEvents()  # whatever the first left to be done
        if place >= count:  # the first half fills the caches
            found.append((time.perf_counter() - start) * 1000)
    return found


def _floor_window() -> Iterator[Callable[[], object]]:
    window, central = QMainWindow(), QWidget()
    field, label = QLineEdit(), QLabel()
    field.textChanged.connect(label.setText)
    layout = QVBoxLayout(central)
    layout.addWidget(field)
    layout.addWidget(label)
    window.setCentralWidget(central)
    _show(window)
    while True:
        yield from (_key(field, key) for key in "70.5")
        field.clear()


def _main_window() -> Iterator[Callable[[], object]]:
    """Type the worked examples, key by key, each into an empty window, again and again."""
    window = MainWindow()
    _show(window)
    empty = window.draft
    person = Person(window)
    while True:
        for example in read_examples():
            window.load(empty)
            QApplication.processEvents()
            for key, entry in example.entries.items():
                editor = person.editor(key)
                if not isinstance(editor, QLineEdit) or not editor.text():
                    yield from _keys(editor, entry)


def _keys(editor: QWidget, entry: Entry) -> Iterator[Callable[[], object]]:
    """Yield the presses that enter a value, one after the other."""
    if isinstance(editor, QLineEdit):
        yield from (_key(editor, key) for key in str(entry))
    elif isinstance(editor, QComboBox) and isinstance(entry, bool):
        yield _key(editor, "y" if entry else "n")
    elif isinstance(editor, QComboBox):
        yield from (_key(editor, Qt.Key.Key_Down) for _ in range(editor.findData(entry)))
    elif isinstance(editor, QListWidget) and isinstance(entry, tuple):
        yield _key(editor, Qt.Key.Key_Home)
        for place in range(editor.count()):
            if editor.item(place).data(Qt.ItemDataRole.UserRole) in (entry or ("none_of_these",)):
                yield _key(editor, Qt.Key.Key_Space)
            yield _key(editor, Qt.Key.Key_Down)


def _key(editor: QWidget, key: Qt.Key | str) -> Callable[[], None]:
    if isinstance(key, str):
        return lambda: QTest.keyClicks(editor, key)
    return lambda: QTest.keyClick(editor, key)


def _show(window: QMainWindow) -> None:
    window.resize(1366, 728)
    window.show()
    for _ in range(10):
        QApplication.processEvents()


if __name__ == "__main__":
    main()
