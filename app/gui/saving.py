"""Saves a file, and asks before it replaces what its window has not opened or saved itself.

Every save of the window goes through here. The question does not block Qt's event loop, but in the
place of a printer, whose dialog does so, too.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app.files.standing import ChangedMeanwhile, Standing, standing_at
from app.gui.widgets.dialogs import Choice, question
from app.output.messages import replacing_words


@dataclass(frozen=True, slots=True)
class Save:
    """One save: `write` writes the file if what is given still stands there; it raises OSError.

    `elsewhere` lets the person choose another file, `fail` tells why nothing was saved. `known` is
    the mark of what this window has opened or saved under the name, None if it never did. `new` is
    the mark of what is saved: nothing is lost where that stands there already.
    """

    window: QWidget
    path: Path
    write: Callable[[Standing], None]
    elsewhere: Callable[[], object]
    fail: Callable[[OSError], None]
    known: str | None = None
    new: str = ""

    def begin(self) -> None:
        """Save, or ask first."""
        try:
            now = standing_at(self.path)
        except OSError as error:
            self.fail(error)
            return
        is_free = now.is_nothing and self.known is None
        if is_free or (not now.is_nothing and now.mark in (self.known, self.new)):
            self._write(now)
        else:
            self._ask(now)

    def _write(self, now: Standing) -> None:
        try:
            self.write(now)
        except (ChangedMeanwhile, FileExistsError):
            self.begin()  # to ask about what is there now
        except OSError as error:
            self.fail(error)

    def _ask(self, now: Standing) -> None:
        words = replacing_words(self.path.name, now, was_seen=self.known is not None)
        again = "Save it there a&gain" if now.is_nothing else "&Replace it"
        question(
            self.window,
            "replace_file",
            "Save it there again?" if now.is_nothing else "Replace this file?",
            words,
            Choice("Save as a&nother file…", self.elsewhere),
            Choice(again, lambda: self._write(now)),
            Choice("&Cancel"),
        ).open()


def may_replace(window: QWidget, path: Path) -> Standing | None:
    """Return what a file may replace, or None if the person keeps it. Raises OSError.

    Waits for the answer.
    """
    now = standing_at(path)
    if now.is_nothing:
        return now
    answers: list[Standing] = []
    question(
        window,
        "replace_file",
        "Replace this file?",
        replacing_words(path.name, now, was_seen=False),
        Choice("&Cancel"),
        Choice("&Replace it", lambda: answers.append(now)),
    ).exec()
    return answers[0] if answers else None
