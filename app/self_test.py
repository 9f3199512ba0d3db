"""Self-test of an installation: loads every policy, runs the examples in engine and window.

It is for whoever has just installed Aldesk; the tests of the project cover much more.
"""

import os
import sys
from collections.abc import Iterator
from types import MappingProxyType

from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QLabel

from app import __version__
from app.casework.draft import Draft
from app.casework.outcome import judge
from app.gui.main_window import MainWindow
from app.help.examples import Example, read_examples
from app.library import Library, load
from app.model.determination import Determination
from app.model.formatting import dose_in_words
from app.output.calendar import calendar_bytes
from app.output.phrases import STATUS
from app.paper import fonts

_ENGINE = "engine"


def run() -> int:
    """Run the self-test, print one line and return the exit status: 0 if it passed, else 1."""
    try:
        tested, failure = _test()
    except Exception as error:  # any failure at all is reported in one line
        tested, failure = "", f"{type(error).__name__}: {error}"
    if sys.stdout:  # None in a windowed program on Windows
        print(f"Aldesk {__version__} self-test {f'failed: {failure}' if failure else tested}")  # noqa: T201
    return 1 if failure else 0


def _test() -> tuple[str, str]:
    """Return what was tested, and the first failure ("" if all passed)."""
    library, examples = load(), read_examples()
    failure = next(_failures(library, examples), "")
    return (
        f"passed: {len(library.policies)} policy versions,"
        f" {len(examples)} cases through engine and window"
    ), failure


def _failures(library: Library, examples: tuple[Example, ...]) -> Iterator[str]:
    if sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & os.environ.keys():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(sys.argv[:1])
    QApplication.setFont(QFont(fonts.load()))  # the system may have no font of its own
    if not QFontDatabase.families():
        yield "this system has no font, so no text can be shown"
    window = MainWindow(library)
    window.show()
    for example in examples:
        draft = Draft(MappingProxyType(dict(example.entries)))
        yield from _mismatches(example, _ENGINE, _computed(judge(draft, library).determination))
        window.load(draft)
        application.processEvents()
        yield from _mismatches(example, "window", _shown(window))
    window.close()
    if not _calendar(examples[0], library):
        yield "no calendar of a plan can be made"


def _calendar(example: Example, library: Library) -> bytes | None:
    entries = {**example.entries, "course.first_dose_at": "2026-11-23T08:00"}
    draft = Draft(MappingProxyType(entries))
    determination = judge(draft, library).determination
    if determination is None or draft.case is None:
        return None
    return calendar_bytes(determination, draft.case)


def _computed(determination: Determination | None) -> tuple[str, ...]:
    if determination is None:
        return ("",)
    limit = determination.dose_limit
    dose = dose_in_words(limit.max_dose_iu) if limit and limit.max_dose_iu else ""
    return STATUS[determination.approval_status], dose, *determination.unconfirmed


def _shown(window: MainWindow) -> tuple[str, ...]:
    found = (window.findChild(QLabel, name) for name in ("approval_status", "max_dose"))
    return tuple(label.text() if isinstance(label, QLabel) else "" for label in found)


def _mismatches(example: Example, where: str, found: tuple[str, ...]) -> Iterator[str]:
    dose = dose_in_words(example.max_dose_iu) if example.max_dose_iu else ""
    expected: tuple[str, ...] = (example.headline, dose)
    if where == _ENGINE:
        expected = (STATUS[example.approval_status], dose, *example.unconfirmed)
    if found != expected:
        yield f"{example.title}: the {where} says {found}, not {expected}"
