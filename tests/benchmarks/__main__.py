"""Measures how fast the window answers: `uv run python -m tests.benchmarks`.

Every figure stands beside a floor of the same run: an empty Qt window with one field and one
label. The same presses are made in several rounds. A press's fastest round is what the window
needs; all rounds together also hold what else the machine did. No test: a busy machine makes no
program wrong.
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

from app.draft import Draft, Entry
from app.gui import fonts, theme
from app.gui.main_window import MainWindow
from app.library import read_examples
from tests.gui.person import Person

FRAME_MS = 1000 / 60
ROUNDS = 25


def main() -> None:
    """Print the table."""
    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QApplication)
    application.setStyle("Fusion")
    font = application.font()
    font.setFamily(fonts.load())
    application.setFont(font)
    theme.apply(application, dark=False)
    print("| key press to repainted result | median | 95th percentile | slowest |")  # noqa: T201
    print("|---|---|---|---|")  # noqa: T201
    for name, presses in (("empty window", _floor_presses()), ("Aldesk", _case_presses())):
        rounds = _rounds(presses)
        p95 = _tell(f"{name}, fastest round", [min(one) for one in rounds])
        _tell(f"{name}, all rounds", [time for one in rounds for time in one])
    print(f"\nAldesk, fastest round: {p95 / FRAME_MS:.2f} of a 60 Hz frame at the 95th percentile")  # noqa: T201


def _tell(name: str, times: list[float]) -> float:
    """Print a row of the table and return the 95th percentile."""
    p95 = statistics.quantiles(times, n=20)[-1]
    row = " | ".join(f"{one:.2f} ms" for one in (statistics.median(times), p95, max(times)))
    print(f"| {name} | {row} |")  # noqa: T201
    return p95


def _rounds(rounds: Iterator[Iterator[Callable[[], object]]]) -> list[list[float]]:
    """Return the milliseconds of each press in every round but the first, which fills caches."""
    for press in next(rounds):
        _time(press)
    times = [[_time(press) for press in next(rounds)] for _ in range(ROUNDS)]
    return [list(one) for one in zip(*times, strict=True)]


def _time(press: Callable[[], object]) -> float:
    """Return the milliseconds from a press until all of it is painted."""
    start = time.perf_counter()
    press()
    QApplication.processEvents()
    QApplication.processEvents()  # whatever the first left to be done
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
    """Yield rounds in which the worked examples are typed, each into an empty window."""
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
