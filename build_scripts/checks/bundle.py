"""Checks that the packed Linux program is complete and small.

Size and start time are compared with an empty Qt window packed the same way in the same run.
"""

import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from app import __version__
from build_scripts.checks import packed
from build_scripts.checks.report import Report
from build_scripts.checks.session import on_a_screen, wait_for_window, without_screen
from build_scripts.steps.contents import ROOT, is_wanted
from build_scripts.steps.freeze import BuildError, freeze

PROGRAM = packed.FOLDER / "aldesk"
_LARGEST_RATIO = 1.15
_STARTS = 7
# The documented limit: 600,000 International Units/kg × 70.5 kg.
_DOSE_IU = 42_300_000
_CASE = {
    "policy": "cigna-ip0407",
    "date_of_service": "2026-11-23",
    "indication": "cutaneous_melanoma",
    "route": "intravenous",
    "weight_kg": "70.5",
}


def main() -> int:
    """Run the checks and return the exit status."""
    report = Report("bundle")
    try:
        _is_complete(report)
        _answers(report)
        _is_small(report)
    except BuildError as error:
        report.expect(holds=False, what="the check could run", why_not=error)
    return report.status()


def _is_complete(report: Report) -> None:
    found = packed.files()
    unwanted = [one for one in found if not is_wanted(one.removeprefix("_internal/"))]
    report.expect(not unwanted, "nothing is packed that Aldesk never loads", unwanted)
    resources = (one for one in (ROOT / "resources").rglob("*") if one.is_file())
    missing = [
        name
        for name in (one.relative_to(ROOT).as_posix() for one in resources)
        if f"_internal/{name}" not in found
    ]
    report.expect(not missing, "every policy, text, icon and license is packed", missing)


def _answers(report: Report) -> None:
    version = _run("--version")
    report.expect(version == f"Aldesk {__version__}", "the command line tells the version", version)
    tested = _run("--self-test")
    report.expect("self-test passed" in tested, "the self-test passes", tested)
    with on_a_screen() as environment:
        tested = _run("--self-test", environment=environment)
        report.expect("self-test passed" in tested, "the self-test passes on a screen", tested)
    answer = _run("check", "-", "--json", text=json.dumps(_CASE))
    dose = json.loads(answer)["dose_limit"]["max_dose_iu"] if answer.startswith("{") else None
    report.expect(dose == _DOSE_IU, "a case by the command line gives the documented dose", answer)


def _run(*arguments: str, text: str = "", environment: dict[str, str] | None = None) -> str:
    """Run the packed program and return what it printed."""
    done = subprocess.run(
        [PROGRAM, *arguments],
        input=text,
        env=environment or without_screen(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return (done.stdout or done.stderr).strip()


def _is_small(report: Report) -> None:
    bare = freeze(ROOT / "build" / "linux", bare=True)
    sizes = packed.size(), packed.size(bare)
    ratio = sizes[0] / sizes[1]
    what = (
        f"size {sizes[0] / 1e6:.1f} MB, {ratio:.3f} times an empty Qt window packed the same way"
        f" ({sizes[1] / 1e6:.1f} MB), at most {_LARGEST_RATIO}"
    )
    report.expect(ratio <= _LARGEST_RATIO, what)
    with on_a_screen() as environment:
        starts = [
            (_start(PROGRAM, "Aldesk: ", environment), _start(bare / "bare", "bare", environment))
            for _ in range(_STARTS)
        ]
    ours, floor = (statistics.median(times) for times in zip(*starts, strict=True))
    print(
        f"      start to the window on the screen: {ours * 1000:.0f} ms, {ours / floor:.2f} times"
        f" the empty window ({floor * 1000:.0f} ms), median of {_STARTS} in turns"
    )


def _start(program: Path, name: str, environment: dict[str, str]) -> float:
    """Return the seconds from the start of a program to its window on the screen."""
    begin = time.perf_counter()
    with subprocess.Popen([program], env=environment) as running:
        wait_for_window(name, environment)
        taken = time.perf_counter() - begin
        running.kill()
    return taken


if __name__ == "__main__":
    sys.exit(main())
