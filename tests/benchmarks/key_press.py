"""Measures how fast the window reacts to a key press, beside one frame of a 60 Hz screen.

The worked examples are typed key by key in several rounds. The fastest round of a press is the time
that the window needs; the times of all rounds include other work of the machine. An empty Qt window
in the same run shows how much of the time belongs to Qt and the machine.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator

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

from app.casework.draft import Draft
from app.casework.typed_text import Entry
from app.gui.form.choice_fields import NONE_OF_THESE
from app.gui.look import theme
from app.gui.main_window import MainWindow
from app.help.examples import read_examples
from app.paper import fonts
from tests.benchmarks.table import Row
from tests.gui.person import Person

FRAME_MS = 1000 / 60
ROUNDS = 25


def rows() -> list[Row]:
    """Return the rows for median and 95th percentile, each as a ratio to a frame."""
    _prepare()
    floor, case = (_rounds(presses) for presses in (_floor_presses(), _case_presses()))
    measures = (("median", 10.0, statistics.median), ("95th percentile", FRAME_MS, _p95))
    return [
        Row(
            measured=f"key press to repainted result, {name}",
            floor="one frame at 60 Hz",
            ratio=measure(_fastest(case)) / FRAME_MS,
            at_most=at_most_ms / FRAME_MS,
            figures=f"{measure(_fastest(case)):.1f} ms; empty window"
            f" {measure(_fastest(floor)):.1f} ms; all rounds, with what else the machine did,"
            f" {measure([time for one in case for time in one]):.1f} ms",
        )
        for name, at_most_ms, measure in measures
    ]


def _prepare() -> None:
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    font = application.font()
    font.setFamily(fonts.load())
    application.setFont(font)
    theme.apply(application, dark=False)


def _fastest(rounds: list[list[float]]) -> list[float]:
    return [min(times) for times in zip(*rounds, strict=True)]


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _rounds(rounds: Iterator[Iterator[Callable[[], object]]]) -> list[list[float]]:
    """Return the milliseconds of each press in every round except the first, which fills caches."""
    for press in next(rounds):
        _time(press)
    return [[_time(press) for press in next(rounds)] for _ in range(ROUNDS)]


def _time(press: Callable[[], object]) -> float:
    """Return the milliseconds from a press until everything is painted."""
    start = time.perf_counter()
    press()
    QApplication.processEvents()
    QApplication.processEvents()  # events that the first call has posted
    return (time.perf_counter() - start) * 1000


def _floor_presses() -> Iterator[Iterator[Callable[[], object]]]:
    window, central = QMainWindow(), QWidget()
    field, label = QLineEdit(), QLabel()
    field.textChanged.connect(label.setText)
    layout = QVBoxLayout(central)
    layout.addWidget(field)
    layout.addWidget(label)
    window.setCentralWidget(central)
    _show(window)
    while True:
        field.clear()
        yield (_key(field, key) for key in "42300000" * 8)


def _case_presses() -> Iterator[Iterator[Callable[[], object]]]:
    """Yield rounds, in each of which every worked example is typed into an empty case."""
    window = MainWindow()
    _show(window)
    empty = window.draft
    while True:
        yield _round(window, empty)


def _round(window: MainWindow, empty: Draft) -> Iterator[Callable[[], object]]:
    person = Person(window)
    for example in read_examples():
        window.load(empty)
        QApplication.processEvents()
        for key, entry in example.entries.items():
            if not window.findChildren(QWidget, key):
                continue  # the policy does not ask it
            editor = person.editor(key)
            if not isinstance(editor, QLineEdit) or not editor.text():
                yield from _keys(editor, entry)


def _keys(editor: QWidget, entry: Entry) -> Iterator[Callable[[], object]]:
    """Yield the key presses that enter a value."""
    if isinstance(editor, QLineEdit):
        yield from (_key(editor, key) for key in str(entry))
    elif isinstance(editor, QComboBox) and isinstance(entry, bool):
        yield _key(editor, "y" if entry else "n")
    elif isinstance(editor, QComboBox):
        yield from (_key(editor, Qt.Key.Key_Down) for _ in range(editor.findData(entry)))
    elif isinstance(editor, QListWidget) and isinstance(entry, tuple):
        yield _key(editor, Qt.Key.Key_Home)
        for place in range(editor.count()):
            if editor.item(place).data(Qt.ItemDataRole.UserRole) in (entry or (NONE_OF_THESE,)):
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
