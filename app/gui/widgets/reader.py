"""Reads what may be on a slow share without letting the window wait for it.

It is read in a thread. What is there within half a second is used at once, as if it had been read
in the window; later, the window is alive meanwhile.
"""

from collections.abc import Callable
from contextlib import closing
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject

from app.gui.widgets.jobs import Job, JobRunner, done_ahead

PATIENCE_S = 0.5
T = TypeVar("T")


class Reader(JobRunner):
    """Reads one thing at a time: the next takes the place of one that is not there yet."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._use: Callable[[], None] | None = None
        self.ended.connect(self._end)

    def read(
        self,
        read: Callable[[], T],
        use: Callable[[Callable[[], T]], None],
        what_is_lost: Callable[[float], str],
    ) -> None:
        """Call `read` in a thread, and then `use` with what returns its result or raises its error.

        `what_is_lost` says what is lost if somebody does not wait for it.
        """
        found: list[T | Exception] = []
        self._use = partial(use, partial(_result, found))
        self.start(_reading(read, found), what_is_lost, PATIENCE_S)

    def _end(self) -> None:
        use, self._use = self._use, None
        if use is not None:
            use()


def _reading(read: Callable[[], T], found: list[T | Exception]) -> Job:
    with closing(done_ahead(lambda: iter((read(),)))) as given:
        try:
            for one in given:
                if one is None:
                    yield 0.0
                else:
                    found.append(one)
        except Exception as error:  # it is raised where the result is wanted
            found.append(error)


def _result(found: list[T | Exception]) -> T:
    [one] = found
    if isinstance(one, Exception):
        raise one
    return one
