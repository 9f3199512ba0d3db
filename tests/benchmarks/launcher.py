"""Starts one program up to where it would wait for keys; prints when that was, and the memory.

Run by `tests.benchmarks.start` in a process of its own; nothing is imported before the program asks
for it. Where the program would begin to wait, what is left to be done is done first.
"""

import importlib.util
import runpy
import sys
import time
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

_ROOT = Path(__file__).resolve().parents[2]
_WINDOWS = "PySide6.QtWidgets"


def _bare() -> None:
    """Show a window as anybody would write it first."""
    from PySide6.QtWidgets import QApplication, QLabel, QMainWindow  # noqa: PLC0415  # is measured

    application = QApplication([])
    window = QMainWindow()
    window.setWindowTitle("Window")
    window.setCentralWidget(QLabel("A window"))
    window.resize(1320, 700)
    window.show()
    application.exec()


def _aldesk() -> None:
    sys.argv = ["aldesk"]
    sys.path.insert(0, str(_ROOT))
    runpy.run_module("app", run_name="__main__", alter_sys=True)


class _EndWhereItWouldWait:
    """Lets QApplication.exec tell the time and return, as soon as the program has imported it."""

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:  # noqa: ARG002  # Python calls it so
        """Return how to import QtWidgets, once."""
        if name != _WINDOWS:
            return None
        sys.meta_path.remove(self)
        spec = importlib.util.find_spec(name)
        assert spec is not None
        assert spec.loader is not None
        load = spec.loader.exec_module

        def load_and_change(module: ModuleType) -> None:
            load(module)
            module.QApplication.exec = staticmethod(_ready)

        spec.loader.exec_module = load_and_change  # type: ignore[method-assign]  # of this one only
        return spec


def _ready(*_: object) -> int:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415  # imported long before

    windows = [one.windowHandle() for one in QApplication.topLevelWidgets() if one.isVisible()]
    while not all(one.isExposed() for one in windows):
        QApplication.processEvents()
    QApplication.sync()  # until nothing is left, neither with Qt nor with the screen
    sys.stdout.write(f"{time.monotonic()} {_peak_kib()}\n")
    return 0


def _peak_kib() -> int:
    """Return the most memory of this process alone; the system's own sum holds its parent's."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    sys.meta_path.insert(0, _EndWhereItWouldWait())
    {"bare": _bare, "aldesk": _aldesk}[sys.argv[1]]()
