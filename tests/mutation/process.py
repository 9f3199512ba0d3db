"""Runs work in forked processes: several at a time, with limits, and without output."""

import os
import pickle
import resource
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from tests.mutation.mutants import Mutant

KILLED, SURVIVED, TIMEOUT = "killed", "survived", "timed out"
Trial = Callable[[Mutant], bool]
_MOST_MEMORY_BYTES = 4 * 2**30
SECONDS_TO_BEGIN = 20.0
_FAILED = 2


def in_another_process(work: Callable[[], Any]) -> Any:
    """Run work in a forked process and return its result; its imports and changes are discarded.

    Raises RuntimeError if the work fails.
    """
    with NamedTemporaryFile() as file:
        process = os.fork()
        if process == 0:
            _end_with(lambda: bool(Path(file.name).write_bytes(pickle.dumps(work()))))
        if os.waitpid(process, 0)[1] != 0:
            raise RuntimeError("a process ended with a failure")
        return pickle.loads(Path(file.name).read_bytes())  # noqa: S301  # just written


def tried(found: Iterable[Mutant], survives: Trial, processes: int) -> Iterator[tuple[Mutant, str]]:
    """Yield each change with its end: killed, survived or timed out."""
    running: dict[int, Mutant] = {}
    for mutant in found:
        if len(running) == processes:
            yield _next_end(running)
        process = os.fork()
        if process == 0:
            silence()
            resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY_BYTES, _MOST_MEMORY_BYTES))
            allow_seconds(SECONDS_TO_BEGIN)
            _end_with(partial(survives, mutant))
        running[process] = mutant
    while running:
        yield _next_end(running)


def _next_end(running: dict[int, Mutant]) -> tuple[Mutant, str]:
    process, status = os.wait()
    mutant = running.pop(process)
    if os.WIFSIGNALED(status):
        return mutant, TIMEOUT
    if os.WEXITSTATUS(status) == _FAILED:
        raise RuntimeError(f"the trial itself failed: {mutant.change}")
    return mutant, SURVIVED if os.WEXITSTATUS(status) == 0 else KILLED


def _end_with(work: Callable[[], bool]) -> None:
    """End this process with status 0 if the work returns true, 1 if false, 2 if it raises."""
    status = _FAILED
    try:
        status = 0 if work() else 1
    finally:
        os._exit(status)


def silence() -> None:
    """Redirect the standard streams of this process to the null device."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)


def allow_seconds(seconds: float) -> None:
    """End this process after so much CPU time, because a change can make it run forever."""
    signal.setitimer(signal.ITIMER_PROF, seconds)
