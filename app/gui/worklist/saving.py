"""Saves a worklist in steps of little work and memory, so that the window answers meanwhile."""

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from pathlib import Path

from app.atomic_file import UnfinishedFile
from app.files.standing import Standing
from app.gui.widgets.jobs import Job

_CHUNK_BYTES = 1 << 18
_WAIT_S = 0.005  # seconds


def saving(
    path: Path, parts: Iterable[bytes], count: int, expected: Standing, settle: Callable[[], None]
) -> Job:
    """Write the parts of a file of so many rows, and let it take its place in one step.

    `settle` is called before that step, which cannot be canceled. Raises OSError. A job that is
    closed before leaves nothing.
    """
    file = UnfinishedFile(path)
    with ThreadPoolExecutor(1) as pool:  # so that a slow disk does not block the window
        try:
            held = bytearray()
            for place, part in enumerate(parts):
                held += part
                if len(held) >= _CHUNK_BYTES:
                    writing = pool.submit(file.write, bytes(held))
                    held.clear()
                    yield from _waited_for(writing, place / (count + 1))
                yield place / (count + 1)
            yield from _waited_for(pool.submit(file.write, bytes(held)), 1.0)
        except BaseException as error:
            pool.shutdown()  # what is being written, before the file is closed
            file.discard(error)
            raise
        settle()
        yield from _waited_for(pool.submit(_finish, file, expected), 1.0)


def _waited_for(step: "Future[None]", done: float) -> Job:
    while not step.done():
        wait([step], _WAIT_S)
        yield done
    step.result()


def _finish(file: UnfinishedFile, expected: Standing) -> None:
    try:
        file.finish(expected)
    except BaseException as error:
        file.discard(error)
        raise
