"""Long work in slices, and ahead in a thread: in order, bounded, ended when nobody wants it."""

import threading
import time
from collections.abc import Iterator

import pytest

from app.gui.widgets.jobs import done_ahead

LONG_S = 20


def given(count: int, made: list[int], ended: threading.Event) -> Iterator[int]:
    try:
        for at in range(count):
            made.append(at)
            yield at
    finally:
        ended.set()


def test_all_comes_in_order_and_the_thread_ends() -> None:
    ended = threading.Event()
    found = [one for one in done_ahead(lambda: given(500, [], ended)) if one is not None]
    assert found == list(range(500))
    assert ended.wait(LONG_S)


def test_no_more_is_made_ahead_than_has_room() -> None:
    made: list[int] = []
    ahead = done_ahead(lambda: given(10_000, made, threading.Event()))
    assert next(one for one in ahead if one is not None) == 0
    time.sleep(0.1)
    assert len(made) < 50
    ahead.close()


def test_what_nobody_wants_ends() -> None:
    ended, made = threading.Event(), list[int]()
    ahead = done_ahead(lambda: given(10_000, made, ended))
    assert next(one for one in ahead if one is not None) == 0
    ahead.close()
    assert ended.wait(LONG_S)
    assert len(made) < 50


def test_a_failure_comes_after_what_was_given_before_it() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise OSError("full")

    found: list[int] = []
    with pytest.raises(OSError, match="full"):
        found.extend(one for one in done_ahead(failing) if one is not None)
    assert found == [1]


def test_waiting_gives_the_turn_back() -> None:
    """The window gets its turn while a slow disk gives nothing."""
    may_go_on = threading.Event()

    def slow() -> Iterator[int]:
        may_go_on.wait(LONG_S)
        yield 1

    ahead = done_ahead(slow)
    assert [next(ahead) for _ in range(3)] == [None] * 3
    may_go_on.set()
    assert [one for one in ahead if one is not None] == [1]
