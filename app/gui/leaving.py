"""Asks before a window closes on what is not saved, or on work that runs, wherever it is."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.gui.widgets.dialogs import Choice, question
from app.gui.widgets.jobs import JobRunner


def running_in(window: QWidget) -> list[JobRunner]:
    """Return every job that runs in a window and in the windows that belong to it."""
    return [one for one in window.findChildren(JobRunner) if one.is_running]


class UnsavedWork(QObject):
    """What a window beside the main one would lose; the main window asks about it before it closes.

    `is_kept` returns whether nothing would be lost. `ask` asks: if it may be lost, it closes its
    window and calls what it is given.
    """

    def __init__(
        self,
        window: QWidget,
        is_kept: Callable[[], bool],
        ask: Callable[[Callable[[], object]], None],
    ) -> None:
        super().__init__(window)
        self.is_kept = is_kept
        self.ask = ask


def ask_to_stop(window: QWidget, stop: Callable[[], object]) -> None:
    """Say what is lost if the running jobs stop; going on is the default."""
    words = "\n\n".join(one.told for one in running_in(window))
    going_on = Choice("&Go on")
    stopping = Choice("&Stop it", stop)
    question(window, "stop_jobs", "Stop what is running?", words, going_on, stopping).open()


class Leaving:
    """Decides whether the main window may close; asks, and closes it when all is answered.

    `is_kept` returns whether no entry would be lost, and `ask` asks about the entries: it calls
    what it is given if they may be left.
    """

    def __init__(
        self,
        window: QWidget,
        is_kept: Callable[[], bool],
        ask: Callable[[Callable[[], None]], None],
    ) -> None:
        self._window = window
        self._is_kept = is_kept
        self._ask = ask
        self._may_leave_case = self._may_stop_jobs = False

    def is_settled(self) -> bool:
        """Return whether the window may close now; if not, ask. Stops what may be stopped."""
        for work in self._window.findChildren(UnsavedWork):
            if not work.is_kept():
                work.ask(self._close)
                return False
        if not self._may_leave_case and not self._is_kept():
            self._ask(self.leave)
            return False
        running = running_in(self._window)
        if running and not self._may_stop_jobs:
            self._may_leave_case = False  # who stays is asked about the case again
            ask_to_stop(self._window, self._stop_and_leave)
            return False
        for job in running:
            job.stop()
        return True

    def leave(self) -> None:
        """Close the window though its case is not saved, after the question has closed."""
        self._may_leave_case = True
        self._close()

    def _close(self) -> None:
        QTimer.singleShot(0, self._window.close)

    def _stop_and_leave(self) -> None:
        self._may_stop_jobs = True
        self.leave()
