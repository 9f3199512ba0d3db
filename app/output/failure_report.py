"""The report of an unexpected exception: its type and its places in the program, nothing else.

Never the message, a value or a line of source: any of them could hold an entry. No path either,
for it may name a person.
"""

import traceback
from collections.abc import Iterable, Iterator
from types import TracebackType

_FRAMES_SHOWN = 40


def failure_report(error: BaseException, versions: Iterable[str]) -> str:
    """Return versions, then each exception of the chain with module, line and function."""
    return "\n".join((*versions, "", *_failures(error)))


def further_failures(count: int) -> str:
    """Return how many failures came while the report of the first was shown."""
    return f"\n\nFurther failures while this was shown: {count}" if count else ""


def _failures(error: BaseException) -> Iterator[str]:
    """Yield the chain of exceptions, the last one first."""
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        yield f"{'While handling: ' if seen else ''}{_type_name(type(current))}"
        yield from _places(current.__traceback__)
        seen.add(id(current))
        hides = current.__suppress_context__
        current = current.__cause__ or (None if hides else current.__context__)


def _type_name(kind: type[BaseException]) -> str:
    name = kind.__qualname__
    return name if kind.__module__ == "builtins" else f"{kind.__module__}.{name}"


def _places(trace: TracebackType | None) -> Iterator[str]:
    """Yield module, line and function of each frame; of a recursion only both ends."""
    places = [
        f"  {frame.f_globals.get('__name__', '?')}:{line} in {frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(trace)
    ]
    cut = len(places) - _FRAMES_SHOWN
    if cut > 0:
        half = _FRAMES_SHOWN // 2
        places[half : half + cut] = [f"  … {cut} more"]
    yield from places
