"""Proves that the packed program opens no internet socket, could not open one, and writes no file.

Each proof has a control: the same arrangement around a program that does open one must notice it.
"""

import re
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

from build_scripts.checks import packed
from build_scripts.checks.report import Report
from build_scripts.checks.session import (
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
_WRITES = re.compile(r"O_WRONLY|O_RDWR|O_CREAT|^\d+ +(creat|mkdir|rename|unlink|link|symlink)")
# One case by the keyboard: policy, indication, route, then a weight; every field is passed by.
_SESSION = ["Tab", "Down", "Tab", "Tab", "Down", "Tab", "Down", "Tab", "7", "0", "period", "5"]


def main() -> int:
    """Run the proofs and return the exit status."""
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
        trace = Path(folder) / "trace"
        opens = [sys.executable, "-c", _OPENS_SOCKETS.format(family="AF_INET")]
        _run([*_TRACE, "-o", str(trace), *opens])
        report.expect(_foreign(trace), "control: the trace notices an internet socket")
        _run([*_TRACE, "-o", str(trace), "touch", str(Path(folder) / "control")])
        report.expect(_written(trace), "control: the trace notices a written file")
        with on_a_screen() as environment:
            status = _session([*_TRACE, "-o", str(trace), str(PROGRAM)], environment)
        report.expect(status == 0, "a window session by the keyboard ends with Ctrl+Q", status)
        local = "AF_UNIX" in trace.read_text("utf-8")
        report.expect(local, "the trace saw the window's local socket to the screen")
        foreign = _foreign(trace)
        report.expect(not foreign, "the window session opened no internet socket", foreign)
        written = _written(trace)
        report.expect(not written, "the window session wrote no file", written)


def _session(command: list[str], environment: dict[str, str]) -> int:
    """Open the window, enter a case, start anew, go back and quit; return the exit status."""
    with subprocess.Popen(command, env=environment) as program:
        window = wait_for_window("Aldesk: aldesleukin", environment)
        subprocess.run(["xdotool", "windowfocus", "--sync", window], env=environment, check=True)
        press(environment, *_SESSION, "ctrl+n", "ctrl+b", "ctrl+q")
        try:
            return program.wait(timeout=30)
        except subprocess.TimeoutExpired:
            program.kill()
            return -signal.SIGKILL


def _without_the_means(report: Report) -> None:
    network = [name for name in packed.files() if re.search(r"Q(t6?)?Network|[/_]ssl|socket", name)]
    report.expect(not network, "no packed file can open a connection (Qt network, socket)", network)
    modules = packed.modules() & {"socket", "_socket", "ssl", "_ssl", "http", "urllib.request"}
    report.expect(not modules, "no packed Python module can open a connection", modules)


def _foreign(trace: Path) -> list[str]:
    """Return the traced calls with a socket of any family but the local one."""
    lines = trace.read_text("utf-8").splitlines()
    return [one for one in lines if "AF_" in one and "AF_UNIX" not in one]


def _written(trace: Path) -> list[str]:
    """Return the traced calls that make or change a file; what goes to /dev/null is none."""
    lines = trace.read_text("utf-8").splitlines()
    return [
        one
        for one in lines
        if _WRITES.search(one) and "= -1" not in one and '"/dev/null"' not in one
    ]


def _run(
    command: list[str], environment: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        env=environment or without_screen(),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def _told(done: subprocess.CompletedProcess[str]) -> str:
    return f"exit status {done.returncode}: {done.stdout}{done.stderr}".strip()


if __name__ == "__main__":
    sys.exit(main())
