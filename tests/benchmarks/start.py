"""Measures the start time and the peak memory of Aldesk, beside those of a bare PySide6 window.

Every start is a separate process, timed from outside: from just before it is created until its
window is painted and no event is pending, so that the first key would be handled at once. Both
programs end there instead of waiting for keys; neither knows that it is measured. They start
alternately, from compiled files, without settings of an earlier session. Linux only, because a
process can read its own peak memory there.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.table import Row

ROUNDS = 21
_LAUNCHER = Path(__file__).with_name("launcher.py")


@dataclass(frozen=True, slots=True)
class Start:
    """One start: the time until the first key could be pressed, and the peak memory until then."""

    seconds: float
    peak_mib: float


def rows() -> list[Row]:
    """Return the rows for start time and peak memory, each with a ratio of medians."""
    programs: dict[str, list[Start]] = {"bare": [], "aldesk": []}
    with tempfile.TemporaryDirectory() as folder:
        environment = _environment(folder)
        for _ in range(ROUNDS + 1):
            for program, starts in programs.items():
                starts.append(_start(program, environment))
    bare, aldesk = (starts[1:] for starts in programs.values())  # the first start compiles
    return [_time_row(bare, aldesk), _memory_row(bare, aldesk)]


def _time_row(bare: list[Start], aldesk: list[Start]) -> Row:
    floor, ours = ([one.seconds * 1000 for one in starts] for starts in (bare, aldesk))
    middle = statistics.median(ours) / statistics.median(floor)
    return Row(
        measured="process start to the complete window, ready for the first key",
        floor="bare PySide6 main window",
        ratio=middle,
        at_most=2.2,
        figures=f"{_told(ours, 'ms')} against {_told(floor, 'ms')}",
    )


def _memory_row(bare: list[Start], aldesk: list[Start]) -> Row:
    floor, ours = ([one.peak_mib for one in starts] for starts in (bare, aldesk))
    return Row(
        measured="peak memory until then",
        floor="bare PySide6 main window",
        ratio=statistics.median(ours) / statistics.median(floor),
        at_most=1.6,
        figures=f"{_told(ours, 'MiB')} against {_told(floor, 'MiB')}",
    )


def _told(values: list[float], unit: str) -> str:
    return f"median {statistics.median(values):.0f} {unit} (least {min(values):.0f})"


def _environment(folder: str) -> dict[str, str]:
    """Return an environment that puts compiled files and settings into a folder."""
    kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    if "DISPLAY" not in kept:
        kept.setdefault("QT_QPA_PLATFORM", "offscreen")
    return {**kept, "PYTHONPYCACHEPREFIX": folder, "XDG_CONFIG_HOME": folder}


def _start(program: str, environment: dict[str, str]) -> Start:
    command = [sys.executable, str(_LAUNCHER), program]
    before = time.monotonic()
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)  # noqa: S603  # our own file
    ready, peak_kib = done.stdout.split()
    return Start(float(ready) - before, int(peak_kib) / 1024)
