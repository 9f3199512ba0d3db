"""Runs long work in short slices between events, so that the window stays responsive.

A job is a generator that yields after each small step how much of it is done, from 0 to 1. What
could wait or take long, such as a slow disk, is done ahead in a thread.

Whoever starts a job says what is lost if it stops: a window that closes asks about every job in it.
"""

from collections.abc import Callable, Generator, Iterator
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import perf_counter
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE_S = 0.01
_TELL_EVERY_S = 0.1  # showing the progress takes longer than a step
_WAIT_S = 0.005
_MOST_AHEAD = 32  # each may have a megabyte
Job = Generator[float, None, None]
T = TypeVar("T")


def done_ahead(given: Callable[[], Iterator[T]]) -> Generator[T | None, None, None]:
    """Yield what an iterator gives that runs in a thread; None whenever that is not there yet.

    Raises what the iterator raises. Closing this ends the iterator at its next step.
    """
    ready: Queue[tuple[T | None, BaseException | None]] = Queue(_MOST_AHEAD)
    is_wanted = Event()
    is_wanted.set()
    Thread(target=_fill, args=(given, ready, is_wanted), daemon=True).start()
    try:
        while True:
            try:
                one, failure = ready.get(timeout=_WAIT_S)
            except Empty:
                yield None
                continue
            if isinstance(failure, StopIteration):
                return
            if failure is not None:
                raise failure
            yield one
    finally:
        is_wanted.clear()


def _fill(
    given: Callable[[], Iterator[T]],
    ready: "Queue[tuple[T | None, BaseException | None]]",
    is_wanted: Event,
) -> None:
    """Put what is given, and at last its failure or StopIteration, until nobody wants it."""
    last: BaseException = StopIteration()
    source: Iterator[T] = iter(())
    try:
        source = given()
        for one in source:
            if not _put(ready, (one, None), is_wanted):
                return
    except BaseException as failure:  # it is raised where it is waited for
        last = failure
    finally:
        if isinstance(source, Generator):
            source.close()
    _put(ready, (None, last), is_wanted)


def _put(ready: "Queue[T]", one: T, is_wanted: Event) -> bool:
    """Put one thing as soon as there is room; return whether it is wanted."""
    while is_wanted.is_set():
        try:
            ready.put(one, timeout=_WAIT_S)
        except Full:
            continue
        return True
    return False


class JobRunner(QObject):
    """Runs one job at a time; `moved` emits the progress now and then, `ended` the end of a job."""

    moved = Signal(float)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._told_at = self._done = 0.0
        self._what_is_lost: Callable[[float], str] = str
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._advance)

    @property
    def is_running(self) -> bool:
        """Whether a job is running."""
        return self._job is not None

    @property
    def told(self) -> str:
        """What is running, how far it is, and what is lost if it stops."""
        return self._what_is_lost(self._done)

    def start(
        self, job: Job, what_is_lost: Callable[[float], str], patience_s: float = 0.0
    ) -> None:
        """Start a job; stop the one that is running. `what_is_lost` says it, by what is done.

        The window waits for so many seconds at most; with what is left, it answers meanwhile.
        """
        self.stop()
        self._job, self._done, self._what_is_lost = job, 0.0, what_is_lost
        self._timer.start(0)
        until = perf_counter() + patience_s
        while self._job is job and perf_counter() < until:
            self._advance()

    def stop(self) -> None:
        """Stop the job, if there is one; its generator closes what it has opened."""
        self._timer.stop()
        job, self._job = self._job, None
        if job is not None:
            job.close()

    def _advance(self) -> None:
        try:
            done = self._slice()
        except BaseException:
            self.stop()
            self.ended.emit()
            raise
        if done is None:
            self.stop()
            self.ended.emit()
            return
        self._done = min(done, 1.0)
        if perf_counter() - self._told_at > _TELL_EVERY_S:
            self._told_at = perf_counter()
            self.moved.emit(done)

    def _slice(self) -> float | None:
        """Run one step, and more for 10 milliseconds; return what is done, or None at the end."""
        until = perf_counter() + _SLICE_S
        while True:
            done = next(self._job, None) if self._job else None
            if done is None or perf_counter() >= until:
                return done
