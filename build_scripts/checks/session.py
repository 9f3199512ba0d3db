"""A window session for a check: a screen of its own, a person's keys, tools that must be there."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from build_scripts.checks.screen import screen
from build_scripts.steps.freeze import BuildError

_PACKAGES = {"Xvfb": "xvfb", "xdotool": "xdotool", "strace": "strace", "unshare": "util-linux"}
_PATIENCE_SECONDS = 60.0


def require(*programs: str) -> None:
    """Raise BuildError, naming the Debian packages, where a program is missing."""
    packages = [_PACKAGES[one] for one in programs if shutil.which(one) is None]
    if packages:
        raise BuildError(f"Missing. On Debian: apt-get install {' '.join(packages)}")


@contextmanager
def on_a_screen() -> Iterator[dict[str, str]]:
    """Start an empty screen and yield an environment in which windows appear on it."""
    require("Xvfb", "xdotool")
    with screen() as shown:
        yield {**without_screen(), "DISPLAY": shown.display, "QT_QPA_PLATFORM": "xcb"}


def without_screen() -> dict[str, str]:
    """Return this environment without any screen."""
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return {key: value for key, value in os.environ.items() if key not in screens}


def wait_for_window(name: str, environment: dict[str, str]) -> str:
    """Return the number of the visible window with this name. Raises BuildError when none comes."""
    end = time.monotonic() + _PATIENCE_SECONDS
    command = ["xdotool", "search", "--onlyvisible", "--name", name]
    while time.monotonic() < end:
        found = subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False
        ).stdout.split()
        if found:
            return found[0]
    raise BuildError(f"No window named {name} appeared within {_PATIENCE_SECONDS:.0f} seconds.")


def press(environment: dict[str, str], *keys: str) -> None:
    """Press keys (or shortcuts like ctrl+q), one after the other, in the window with the focus."""
    subprocess.run(["xdotool", "key", "--delay", "30", *keys], env=environment, check=True)
