"""Checks that the packed program opens no internet socket, cannot open one, and stores no case.

Only the window's settings may be written, in their one folder and with nothing of a case. Each
check has a control: the same check of a program that does open a socket must fail.
"""

import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from build_scripts.checks import packed, written
from build_scripts.checks.report import Report
from build_scripts.checks.screen import PATIENCE_SECONDS
from build_scripts.checks.session import (
    answer,
    focus,
    on_a_screen,
    press,
    wait_for_window,
    without_screen,
)
from build_scripts.steps.contents import ROOT
from build_scripts.steps.freeze import BuildError
from build_scripts.steps.programs import require

PROGRAM = packed.FOLDER / "aldesk"
_PASSED = "self-test passed"
_CONFINED = [sys.executable, str(ROOT / "build_scripts" / "checks" / "confined.py")]
_OPENS_SOCKETS = "import socket; socket.socket(socket.{family}, socket.SOCK_DGRAM)"
_TRACE = ["strace", "-f", "-qq", "-e", "trace=%network,%file"]
# The keys for one case: policy, indication, route, then a weight. It has a result to print.
_SESSION = [
    *("alt+p", "Down", "alt+i", "Down", "alt+r", "Down"),
    *("alt+w", "7", "0", "period", "5"),
]
# Each shortcut, the title of the window that it opens, and the key that closes the window. The last
# one starts a new case.
_OPENED = (
    ("ctrl+d", "Policies side by side", "Escape"),
    ("ctrl+k", "Ask sheet", "Escape"),
    ("ctrl+l", "Worklist", "Escape"),
    ("ctrl+p", "No printer was found", "Escape"),
    ("F1", "How each number is made", "Escape"),
    ("ctrl+F1", "Keyboard shortcuts", "Escape"),
    ("ctrl+n", "Leave this case?", "Return"),
)
# The question before an unsaved case would be lost, and the key for closing without saving.
_UNSAVED = ("Save this case?", "alt+w")
# Must not be found on disk: the weight, and words of policies, indications and routes.
_TYPED = ("70.5", "cigna", "express", "melanoma", "carcinoma", "intra", "subcutaneous", "weight")
_SETTINGS_WITH_A_CASE = "[General]\ntheme=system\nweight_kg=70.5\n"


def main() -> int:
    """Run the checks and return the exit status."""
    report = Report("offline")
    try:
        require("unshare", "strace", "Xvfb", "xdotool")
        _without_a_network(report)
        _under_a_filter(report)
        _traced(report)
        _without_the_means(report)
    except BuildError as error:
        report.expect(holds=False, what="the check could run", why_not=error)
    return report.status()


def _without_a_network(report: Report) -> None:
    cut_off = ["unshare", "--net", "--map-root-user"]
    links = _run([*cut_off, "ls", "/sys/class/net"])
    names = _run([*cut_off, "cat", "/proc/net/route"]).stdout.splitlines()[1:]
    report.expect(links.returncode == 0 and not names, "the namespace has no route", names)
    tested = _run([*cut_off, str(PROGRAM), "--self-test"])
    report.expect(_PASSED in tested.stdout, "the self-test passes without a network", _told(tested))


def _under_a_filter(report: Report) -> None:
    for family in ("AF_INET", "AF_INET6"):
        control = _run([*_CONFINED, sys.executable, "-c", _OPENS_SOCKETS.format(family=family)])
        died = control.returncode == -signal.SIGSYS
        report.expect(died, f"control: the filter kills a program that opens {family}", control)
    local = _run([*_CONFINED, sys.executable, "-c", _OPENS_SOCKETS.format(family="AF_UNIX")])
    report.expect(local.returncode == 0, "control: the filter lets a local socket be", _told(local))
    tested = _run([*_CONFINED, str(PROGRAM), "--self-test"])
    report.expect(_PASSED in tested.stdout, "the self-test passes under the filter", _told(tested))
    with on_a_screen() as environment:
        tested = _run([*_CONFINED, str(PROGRAM), "--self-test"], environment)
        passed = _PASSED in tested.stdout
        report.expect(passed, "the self-test passes under the filter on a screen", _told(tested))


def _traced(report: Report) -> None:
    with tempfile.TemporaryDirectory() as folder:
        trace, home = Path(folder) / "trace", Path(folder) / "config"
        home.mkdir()
        _controls(report, trace, home)
        self_test = [*_TRACE, "-o", str(trace), str(PROGRAM), "--self-test"]
        tested = _run(self_test, {**without_screen(), "XDG_CONFIG_HOME": str(home)})
        files = written.written(trace)
        report.expect(_PASSED in tested.stdout and not files, "the self-test writes no file", files)
        with on_a_screen() as environment:
            settings = {**environment, "XDG_CONFIG_HOME": str(home)}
            status = _session([*_TRACE, "-o", str(trace), str(PROGRAM)], settings)
        report.expect(status == 0, "a window session by the keyboard ends with Ctrl+Q", status)
        _session_trace(report, trace, home / "Aldesk")


def _controls(report: Report, trace: Path, home: Path) -> None:
    """Check that each check of a trace can fail; leave the folder empty."""
    opens = [sys.executable, "-c", _OPENS_SOCKETS.format(family="AF_INET")]
    _run([*_TRACE, "-o", str(trace), *opens])
    report.expect(_foreign(trace), "control: the trace notices an internet socket")
    settings, beside = home / "Aldesk", home / "control"
    settings.mkdir()
    _run([*_TRACE, "-o", str(trace), "touch", str(beside)])
    noticed = written.written(trace, settings)
    report.expect(noticed, "control: the trace notices a file that is written beside the settings")
    for content, name in ((_SETTINGS_WITH_A_CASE, written.FILE), ("", "case.json")):
        (settings / name).write_text(content, "utf-8")
        told = written.complaints(settings, _TYPED)
        report.expect(told, f"control: a case in {name} in the folder of the settings is noticed")
        (settings / name).unlink()
    beside.unlink()
    settings.rmdir()


def _session_trace(report: Report, trace: Path, settings: Path) -> None:
    local = "AF_UNIX" in trace.read_text("utf-8")
    report.expect(local, "the trace saw the window's local socket to the screen")
    foreign = _foreign(trace)
    report.expect(not foreign, "the window session opened no internet socket", foreign)
    files = written.written(trace, settings)
    report.expect(not files, "the window session wrote no file but its settings", files)
    told = written.complaints(settings, _TYPED)
    kept = "there are none" if not settings.exists() else "window, theme, text size, formula"
    report.expect(not told, f"the settings hold nothing of the case: {kept}", told)


def _session(command: list[str], environment: dict[str, str]) -> int:
    """Open the window, enter a case, start a new one, go back and quit; return the exit status."""
    with subprocess.Popen(command, env=environment) as program:
        try:
            _work(environment)
            return program.wait(timeout=PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            return -signal.SIGKILL
        finally:
            program.kill()  # also if a window did not appear


def _work(environment: dict[str, str]) -> None:
    window = wait_for_window("Aldesk: aldesleukin", environment)
    focus(environment, window)
    press(environment, *_SESSION)
    for shortcut, title, key in _OPENED:
        press(environment, shortcut)
        answer(title, key, environment)
        focus(environment, window)  # without a window manager the focus does not return by itself
    press(environment, "ctrl+b", "ctrl+q")
    answer(*_UNSAVED, environment)


def _without_the_means(report: Report) -> None:
    network = [name for name in packed.files() if re.search(r"Q(t6?)?Network|[/_]ssl|socket", name)]
    report.expect(not network, "no packed file can open a connection (Qt network, socket)", network)
    modules = packed.modules() & {"socket", "_socket", "ssl", "_ssl", "http", "urllib.request"}
    report.expect(not modules, "no packed Python module can open a connection", modules)


def _foreign(trace: Path) -> list[str]:
    """Return the traced calls with a socket of any family but AF_UNIX."""
    lines = trace.read_text("utf-8").splitlines()
    return [one for one in lines if "AF_" in one and "AF_UNIX" not in one]


def _run(
    command: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment or without_screen(),
        capture_output=True,
        text=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


def _told(done: subprocess.CompletedProcess[str]) -> str:
    return f"exit status {done.returncode}: {done.stdout}{done.stderr}".strip()


if __name__ == "__main__":
    sys.exit(main())
