"""Puts one case in the place of another: asks before entries would go, and keeps one step back.

The question does not block: the window goes on behind it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from PySide6 import QtWidgets  # for boxes, which are no part of the start
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.casework.draft import Draft
from app.casework.entries import Entry

# What a new case begins with: no entry that could be lost.
_ALWAYS_THERE = {"policy", "date_of_service", "bsa_formula"}


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the case of now comes from, and what was entered in it then.

    `example` is the title of a worked example, `path` the file that holds the case.
    """

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    example: str = ""
    path: Path | None = None


class CaseSwitch:
    """Remembers the case before, and where the one of now comes from."""

    def __init__(
        self,
        window: QWidget,
        show: Callable[[Draft], None],
        mark: Callable[[Origin, bool], None],
    ) -> None:
        self._window = window
        self._show = show
        self._mark = mark
        self._previous: tuple[Draft, Origin] | None = None
        self._origin = Origin()
        self._marked: tuple[Origin, bool] | None = None

    @property
    def path(self) -> Path | None:
        """The file of the case of now."""
        return self._origin.path

    def replace(
        self, now: Draft, wanted: Draft, example: str = "", path: Path | None = None
    ) -> None:
        """Show another case; asks first if entries would go."""
        origin = Origin(wanted.filled, example, path)
        if not self.is_kept(now):
            self._ask(lambda: self._leave(now, wanted, origin))
        elif self.path:
            self._leave(now, wanted, origin)
        else:
            self._take(wanted, origin)

    def came_in(self, draft: Draft) -> None:
        """Take note of a case that is shown without anybody having been asked."""
        self._origin = Origin(draft.filled)
        self.edited(draft)

    def step_back(self, now: Draft) -> None:
        """Show the case before; once more brings this one again."""
        if self._previous is not None:
            wanted, self._previous = self._previous, (now, self._origin)
            self._take(*wanted)

    def is_kept(self, now: Draft) -> bool:
        """Return whether no entry would be lost: there is none, or all are as they came."""
        return self._is_as_it_came(now) or now.filled.keys() <= _ALWAYS_THERE

    @property
    def previous_is_kept(self) -> bool:
        """Return whether the case before would not be lost either."""
        if self._previous is None:
            return True
        draft, origin = self._previous
        return draft.filled == origin.entries or draft.filled.keys() <= _ALWAYS_THERE

    def edited(self, now: Draft) -> None:
        """Say of a worked example, or of a file, that the case is another one now."""
        marked = self._origin, not self._is_as_it_came(now)
        if marked != self._marked:
            self._marked = marked
            self._mark(*marked)

    def saved(self, now: Draft, path: Path) -> None:
        """Take note that the case of now is in this file."""
        self._origin = Origin(now.filled, self._origin.example, path)
        self.edited(now)

    def _is_as_it_came(self, now: Draft) -> bool:
        return now.filled == self._origin.entries

    def _leave(self, now: Draft, wanted: Draft, origin: Origin) -> None:
        self._previous = now, self._origin
        self._take(wanted, origin)

    def _take(self, draft: Draft, origin: Origin) -> None:
        self._origin = origin
        self._show(draft)
        self.edited(draft)

    def _ask(self, go_on: Callable[[], None]) -> None:
        box = QtWidgets.QMessageBox(
            QtWidgets.QMessageBox.Icon.Question,
            "Leave this case?",
            "The other case takes the place of this one, which is not saved.",
            parent=self._window,
        )
        box.setObjectName("leave_case")
        box.setInformativeText("Ctrl+B returns to this one, until you leave a further case.")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave = box.addButton("&Leave this case", QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        box.addButton("&Cancel", QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.accepted.connect(go_on)
        box.open()
