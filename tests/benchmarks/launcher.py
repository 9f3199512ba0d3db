"""Starts one program until it would wait for keys; prints that time and the peak memory.

`tests.benchmarks.start` runs it in a separate process; nothing is imported before the program
imports it. All pending events are processed before the time is taken.
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
    """Show the simplest window, as a first Qt program would."""
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
    """An import hook that makes QApplication.exec print the time and return at once."""

    def find_spec(self, name: str, path: object, target: object = None) -> ModuleSpec | None:  # noqa: ARG002  # Python calls it so
        """Return the changed specification of QtWidgets when it is first imported."""
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
    QApplication.sync()  # until neither Qt nor the display has anything left to do
    sys.stdout.write(f"{time.monotonic()} {_peak_kib()}\n")
    return 0


def _peak_kib() -> int:
    """Return the peak memory of this process in KiB; getrusage would include its parent's."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    return int(status.split("VmHWM:")[1].split()[0])


if __name__ == "__main__":
    sys.meta_path.insert(0, _EndWhereItWouldWait())
    {"bare": _bare, "aldesk": _aldesk}[sys.argv[1]]()
