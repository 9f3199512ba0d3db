"""A window session for a check: a display of its own, and key presses as by a person.

Each step waits for what must appear next, never for a fixed time: a slow machine is no failure.
What has not appeared after minutes is one.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from build_scripts.checks.screen import LOOK_AGAIN_SECONDS, PATIENCE_SECONDS, screen
from build_scripts.steps.freeze import BuildError
from build_scripts.steps.programs import require

T = TypeVar("T")
_AGAIN_SECONDS = 20.0  # after which a key is pressed again


@contextmanager
def on_a_screen() -> Iterator[dict[str, str]]:
    """Start an empty display and yield an environment in which windows appear on it."""
    require("Xvfb", "xdotool")
    with screen() as shown:
        yield {**without_screen(), "DISPLAY": shown.display, "QT_QPA_PLATFORM": "xcb"}


def without_screen() -> dict[str, str]:
    """Return this process's environment without any display."""
    screens = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return {key: value for key, value in os.environ.items() if key not in screens}


def wait_for_window(name: str, environment: dict[str, str]) -> str:
    """Return the id of the visible window with this name. Raises BuildError if none appears."""
    found = _wait(lambda: _windows(name, environment))
    if not found:
        raise BuildError(f"No window named {name} appeared within minutes.")
    return found[0]


def answer(name: str, key: str, environment: dict[str, str]) -> None:
    """Press a key in the window with this name until the window closes. Raises BuildError.

    A key that is pressed too early is lost, so it is pressed again if the window stays.
    """
    end = time.monotonic() + PATIENCE_SECONDS
    focus(environment, wait_for_window(name, environment))
    while time.monotonic() < end:
        press(environment, key)
        if _wait(lambda: not _windows(name, environment), _AGAIN_SECONDS):
            return
    raise BuildError(f"The window named {name} did not go within minutes.")


def _windows(name: str, environment: dict[str, str]) -> list[str]:
    command = ["xdotool", "search", "--onlyvisible", "--name", name]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, check=False
    ).stdout.split()


def _wait(look: Callable[[], T], seconds: float = PATIENCE_SECONDS) -> T:
    """Call `look` until it returns something true or the time is over; return its last value."""
    end = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < end:
        time.sleep(LOOK_AGAIN_SECONDS)
    return seen


def focus(environment: dict[str, str], window: str) -> None:
    """Give a window the keyboard focus."""
    subprocess.run(["xdotool", "windowfocus", "--sync", window], env=environment, check=True)


def press(environment: dict[str, str], *keys: str) -> None:
    """Press keys (or shortcuts like ctrl+q), one after the other, in the window with the focus."""
    subprocess.run(["xdotool", "key", "--delay", "30", *keys], env=environment, check=True)
