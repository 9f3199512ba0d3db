"""Long random walks: never a crash, never a dose or status that the inputs do not give."""

import pytest

from app.gui.main_window import MainWindow
from app.library import Library
from tests.gui.walk import Walk


@pytest.mark.parametrize("seed", range(20261121, 20261126))
def test_a_walk_of_1000_steps_shows_what_the_engine_gives(
    window: MainWindow, library: Library, seed: int
) -> None:
    walk(window, library, seed, steps=1_000, checks=1)


@pytest.mark.proof
def test_a_walk_of_100000_steps_shows_what_the_engine_gives(
    window: MainWindow, library: Library
) -> None:
    walk(window, library, 20261121, steps=100_000, checks=10)


def walk(window: MainWindow, library: Library, seed: int, steps: int, checks: int) -> None:
    """Take `steps` steps and compare after each `checks`-th."""
    one = Walk(window, library, seed)
    for key, value in {"policy": "cigna-ip0407", "indication": "cutaneous_melanoma"}.items():
        one.person.enter(key, value)
    for step in range(steps):
        one.step()
        if step % checks == 0:
            one.check()
    assert one.with_result > one.checked / 5, "the walk hardly ever saw a result"
