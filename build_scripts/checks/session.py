"""A window session for a check: a screen of its own and a person's keys."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager

from build_scripts.checks.screen import screen
from build_scripts.steps.freeze import BuildError
from build_scripts.steps.programs import require

_PATIENCE_SECONDS = 60.0


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


def focus(environment: dict[str, str], window: str) -> None:
    """Give the keyboard to a window."""
    subprocess.run(["xdotool", "windowfocus", "--sync", window], env=environment, check=True)


def press(environment: dict[str, str], *keys: str) -> None:
    """Press keys (or shortcuts like ctrl+q), one after the other, in the window with the focus."""
    subprocess.run(["xdotool", "key", "--delay", "30", *keys], env=environment, check=True)
