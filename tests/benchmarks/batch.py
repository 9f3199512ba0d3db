"""Measures time per case and peak memory of `aldesk batch`, each beside a floor.

Time: that of the process for many lines, minus that for few lines, which excludes the start. The
floor is a process that reads the same lines and writes the same bytes with the standard library's
json; its output is in memory beforehand, and only its loop is timed.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any

from app.casework.determine import Refusal, determine
from app.library import load
from tests.benchmarks.table import Row
from tests.examples import EXAMPLES
from tests.fixture_library import ROOT
from tests.policies.independent.courses_generator import course_cases
from tests.policies.independent.generator import cases

SEED = 20261123
MANY, FEW, ROUNDS = 3_000, 100, 5
LONG, SHORT = 100_000, 1_000
_FLOOR = """
import json, sys, time
source, answers, target = sys.argv[1:]
with open(answers, "rb") as file:
    ready = [json.loads(line) for line in file]
with open(source, "rb") as lines, open(target, "wb") as out:
    start = time.perf_counter()
    for line, answer in zip(lines, ready, strict=True):
        json.loads(line)
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        out.write(text.encode() + b"\\n")
    out.flush()
    print(time.perf_counter() - start)
"""
_PEAK_KIB = """
import sys
from app.cli import run_command
assert run_command(["batch", sys.argv[1], "-"]) == 0
with open("/proc/self/status") as status:
    peak = next(line.split()[1] for line in status if line.startswith("VmHWM"))
with open(sys.argv[2], "w") as told:
    told.write(peak)
"""


def rows() -> list[Row]:
    """Return the rows for time and memory."""
    lines = [json.dumps(one).encode() + b"\n" for one in islice(_valid_cases(), MANY)]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        return [_time_row(lines, folder), _memory_row(lines, folder)]


def _valid_cases() -> Iterator[dict[str, Any]]:
    """Yield the worked examples and then random cases of two kinds, if they are valid."""
    library = load()
    drawn = zip(cases(SEED, MANY), course_cases(SEED, MANY), strict=True)
    for one in chain((example.case for example in EXAMPLES), chain.from_iterable(drawn)):
        try:
            determine(json.dumps(one).encode(), library)
        except Refusal:
            continue
        yield one


def _time_row(lines: list[bytes], folder: Path) -> Row:
    many, few = _file(folder, "many", lines), _file(folder, "few", lines[:FEW])
    answers, again = folder / "answers.jsonl", folder / "again.jsonl"
    ours, floor = [], []
    for _ in range(ROUNDS):
        spent = _seconds(many, answers) - _seconds(few, folder / "few answers.jsonl")
        ours.append(spent / (MANY - FEW) * 1e6)
        floor.append(float(_python("-c", _FLOOR, many, answers, again)) / MANY * 1e6)
    assert again.read_bytes() == answers.read_bytes()
    return Row(
        measured=f"`aldesk batch` per case, {MANY:,} mixed cases",
        floor="json.loads of the same input and json.dumps of the same output",
        ratio=min(ours) / min(floor),
        at_most=4,
        figures=f"{min(ours):.0f} µs against {min(floor):.0f} µs",
    )


def _memory_row(lines: list[bytes], folder: Path) -> Row:
    peaks_mib = []
    for count in (LONG, SHORT):
        source = _file(folder, f"{count}", list(islice(cycle(lines), count)))
        told = folder / "peak"
        _python("-c", _PEAK_KIB, source, told, answers=subprocess.DEVNULL)
        peaks_mib.append(int(told.read_text()) / 1024)
    return Row(
        measured=f"peak memory of `aldesk batch` for {LONG:,} lines",
        floor=f"{SHORT:,} lines",
        ratio=peaks_mib[0] / peaks_mib[1],
        at_most=1.1,
        figures=f"{peaks_mib[0]:.1f} MiB against {peaks_mib[1]:.1f} MiB",
    )


def _file(folder: Path, name: str, lines: list[bytes]) -> Path:
    file = folder / f"{name}.jsonl"
    file.write_bytes(b"".join(lines))
    return file


def _seconds(source: Path, target: Path) -> float:
    start = time.perf_counter()
    _python("-m", "app", "batch", source, target)
    return time.perf_counter() - start


def _python(*arguments: str | Path, answers: int = subprocess.PIPE) -> str:
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, stdout=answers, text=True, check=True)  # noqa: S603  # our own program
    return done.stdout
