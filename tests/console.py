"""The command line for tests: in this process with its own streams, or in a process of its own."""

import io
import json
import os
import subprocess
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

from app.cli import run_command
from tests.fixture_library import ROOT, installation

# The most memory of a process itself: what `resource` tells has that of the one that started it.
PEAK_IS_TOLD_IN = Path("/proc/self/status")
PEAK_BYTES = f"""
def peak_bytes():
    with open("{PEAK_IS_TOLD_IN}") as told:
        [peak] = [line.split()[1] for line in told if line.startswith("VmHWM:")]
    return int(peak) * 1024
"""


@dataclass(frozen=True)
class Ended:
    """What a command left behind."""

    status: int
    out: bytes
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.split(b"\n")[:-1]]

    @property
    def problems(self) -> list[tuple[str, str]]:
        """Kind and key of each problem of the error object on standard output."""
        error = self.json["error"]
        assert set(error) == {"kind", "problems"}
        assert all(one["message"] for one in error["problems"])
        return [(error["kind"], one["at"]) for one in error["problems"]]


def run(*arguments: str | Path, stdin: bytes = b"") -> Ended:
    """Run one command in this process."""
    out, err = io.BytesIO(), io.StringIO()
    with (
        patch.object(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin))),
        redirect_stdout(io.TextIOWrapper(out, write_through=True)),
        redirect_stderr(err),
    ):
        try:
            status = run_command([str(one) for one in arguments])
        except SystemExit as stop:
            status = int(stop.code or 0)
        return Ended(status, out.getvalue(), err.getvalue())


def start(*arguments: str | Path, **options: Any) -> subprocess.Popen[bytes]:
    """Start `python` with these arguments beside a program that has the fixture's policies."""
    program = installation()
    alone = {
        "PYTHONPATH": f"{program}{os.pathsep}{ROOT}",
        "XDG_DATA_HOME": str(program / "no site of this machine"),
    }
    environment = {**os.environ, **alone, **options.pop("env", {})}
    pipes = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.PIPE)
    command = [sys.executable, *map(str, arguments)]
    return subprocess.Popen(  # noqa: S603
        command, env=environment, **{"cwd": program, **pipes, **options}
    )


def process(*arguments: str | Path, stdin: bytes = b"", **options: Any) -> Ended:
    """Run one command as `python -m app` in a process of its own."""
    with start("-m", "app", *arguments, **options) as running:
        out, err = running.communicate(stdin)
    return Ended(running.returncode, out or b"", (err or b"").decode("utf-8", "replace"))
