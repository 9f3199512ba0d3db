"""Runs long work in short slices between events, so that the window stays responsive.

A job is a generator that yields after each small step how much of it is done, from 0 to 1.
"""

from collections.abc import Generator
from time import perf_counter

from PySide6.QtCore import QObject, QTimer, Signal

_SLICE_S = 0.01
_TELL_EVERY_S = 0.1  # showing the progress takes longer than a step
Job = Generator[float, None, None]


class JobRunner(QObject):
    """Runs one job at a time; `moved` emits the progress now and then, `ended` the end of a job."""

    moved = Signal(float)
    ended = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._job: Job | None = None
        self._told_at = 0.0
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._advance)

    @property
    def is_running(self) -> bool:
        """Whether a job is running."""
        return self._job is not None

    def start(self, job: Job) -> None:
        """Start a job; stop the one that is running."""
        self.stop()
        self._job = job
        self._timer.start(0)

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
        elif perf_counter() - self._told_at > _TELL_EVERY_S:
            self._told_at = perf_counter()
            self.moved.emit(done)

    def _slice(self) -> float | None:
        """Run one step, and more for 10 milliseconds; return what is done, or None at the end."""
        until = perf_counter() + _SLICE_S
        while True:
            done = next(self._job, None) if self._job else None
            if done is None or perf_counter() >= until:
                return done
