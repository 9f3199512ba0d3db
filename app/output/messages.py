"""Messages about files, about the origin of a case, and about a failure of Aldesk itself.

The report of an unexpected exception has its type and places in the program only: no message, value
or line of source, because these could contain an entry, and no path, because it may name a person.
"""

import traceback
from collections.abc import Iterable, Iterator
from types import TracebackType

from app.bounded_file import MAX_BYTES
from app.casework.draft import Draft
from app.files.standing import Standing, What
from app.model.catalog import Catalog
from app.model.determination import Determination
from app.model.formatting import count_in_words

_FRAMES_SHOWN = 40

_WHAT: dict[What, str] = {
    "nothing": "",
    "case": "a case of Aldesk",
    "record": "a record of Aldesk",
    "results": "results of a worklist",
    "pdf": "a PDF file",
    "calendar": "a calendar",
    "other": "not a file of Aldesk: it may be somebody's only copy of something else",
}


def not_opened(name: str, why: str) -> str:
    """Return the message that a file was not opened, with the reason."""
    return f"{name}: {why}\n\nThe case in the window is as it was."


def opened_as_draft(name: str, count: int) -> str:
    """Return the message that a file was opened though entries of its case are refused."""
    told = "an entry is" if count == 1 else f"{count} entries are"
    return f"{name}: {told} refused by this version. Correct what is marked to get a result."


def not_saved(name: str, why: str) -> str:
    """Return the message that a file was not saved, with the reason."""
    return f"{name}: {why}\n\nWhat was saved before is as it was. Choose another place or name."


def replacing_words(name: str, now: Standing, *, was_seen: bool) -> str:
    """Return what a save would replace, or that the file of this window is gone.

    `was_seen` says whether this window has opened or saved a file of this name.
    """
    if now.is_nothing:
        return f"{name} is not there any more: it was moved, renamed or deleted."
    what = f"It is {_WHAT[now.what]}."
    if was_seen:
        return (
            f"{name} has changed since this window opened or saved it. {what} Replacing it loses "
            "what another window or program has saved there."
        )
    return f"{name} is there already. {what} Replacing it loses what it holds now."


def changed_meanwhile(name: str) -> str:
    """Return the message that a file was not replaced because another program has changed it."""
    return f"{name} was not saved: another window or program has just changed it. Save again."


def saving_words(name: str, done: float) -> str:
    """Return what is lost if the saving of a worklist stops."""
    return f"{name} is being saved, {done:.0%} done. If it stops, nothing of it is saved."


def reading_words(name: str, done: float) -> str:
    """Return what is lost if the reading of a worklist stops."""
    return f"{name} is being read, {done:.0%} done. If it stops, the other rows have no result."


def opening_words(name: str, _: float) -> str:
    """Return that a file is not there yet, and what is lost if nobody waits for it."""
    return f"{name} is being read. If that stops, it is not opened."


def judging_words(done: float) -> str:
    """Return what is lost if the judging of saved cases stops."""
    return f"Saved cases are being judged, {done:.0%} done. If it stops, the others are not judged."


def record_too_large(determination: Determination) -> str:
    """Return why a record is refused before it is written, and what makes it smaller."""
    forecast = determination.forecast
    courses = len(forecast.courses) if forecast else 0
    why = f" It holds a forecast of {count_in_words(courses, 'course')}." if courses > 1 else ""
    advice = " Enter an earlier end of the authorization." if why else ""
    return f"The record would have more than {MAX_BYTES:,} bytes and was not written.{why}{advice}"


def why_not_savable(draft: Draft, catalog: Catalog) -> str:
    """Return which entries must be corrected or filled in before a draft can be saved."""
    wrong = [catalog.label(key) for key in draft.problems]
    if wrong:
        return f"To save the case, first correct: {', '.join(wrong)}."
    missing = [catalog.label(key) for key in draft.unanswered]
    return f"A case file needs these entries first: {', '.join(missing)}."


def leaving_words(file_name: str) -> str:
    """Return what will be lost when Aldesk closes."""
    if file_name:
        return f"Changes since {file_name} was saved are lost when Aldesk closes."
    return "This case is not saved. Without saving, it is lost when Aldesk closes."


def origin_words(example: str, *, is_changed: bool) -> str:
    """Return the mark of a worked example, which it keeps after changes; "" for other cases."""
    changed = "changed from " if is_changed else ""
    return f"Worked example, no patient: {changed}{example}" if example else ""


def window_title(file_name: str) -> str:
    """Return the title of the window; Qt replaces [*] with a mark while the case is changed."""
    return f"{file_name}[*] – Aldesk" if file_name else "Aldesk: aldesleukin (Proleukin)"


def failure_report(error: BaseException, versions: Iterable[str]) -> str:
    """Return the versions, then each exception of the chain with its frames."""
    return "\n".join((*versions, "", *_failures(error)))


def further_failures(count: int) -> str:
    """Return how many failures occurred while the first one was reported; "" if none."""
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
    """Yield module, line and function of each frame; of a long trace, only the two ends."""
    places = [
        f"  {frame.f_globals.get('__name__', '?')}:{line} in {frame.f_code.co_qualname}"
        for frame, line in traceback.walk_tb(trace)
    ]
    cut = len(places) - _FRAMES_SHOWN
    if cut > 0:
        half = _FRAMES_SHOWN // 2
        places[half : half + cut] = [f"  … {cut} more"]
    yield from places
