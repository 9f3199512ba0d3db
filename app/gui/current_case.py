"""The case in the window: where it comes from, its entries then, and the previous case.

Asks before entries would be lost. The question does not block Qt's event loop.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from app.casework.draft import Draft
from app.casework.typed_text import Entry
from app.gui.widgets.dialogs import Choice, question

# The entries that every new case begins with: losing them loses nothing.
_ALWAYS_THERE = {"policy", "date_of_service", "bsa_formula"}


@dataclass(frozen=True, slots=True)
class CaseOrigin:
    """Where the current case comes from, and its entries when it was loaded or last saved.

    `example` is the title of a worked example; `path` is the file of the case, and `mark` that of
    its content then, by which a save finds out whether anybody else has changed it since.
    """

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    example: str = ""
    path: Path | None = None
    mark: str | None = None


class CurrentCase:
    """Tracks where the current case comes from, and the previous case; replaces the current one."""

    def __init__(
        self,
        window: QWidget,
        show: Callable[[Draft], None],
        mark: Callable[[CaseOrigin, bool], None],
    ) -> None:
        self._window = window
        self._show = show
        self._mark = mark
        self._previous: tuple[Draft, CaseOrigin] | None = None
        self._origin = CaseOrigin()
        self._marked: tuple[CaseOrigin, bool] | None = None

    @property
    def origin(self) -> CaseOrigin:
        """Where the current case comes from; another object for each case and each save."""
        return self._origin

    @property
    def path(self) -> Path | None:
        """The file of the current case, or None."""
        return self._origin.path

    def mark(self, path: Path) -> str | None:
        """Return the mark of what this case was opened or saved as, if that is its file."""
        return self._origin.mark if path == self._origin.path else None

    def replace(self, now: Draft, wanted: Draft, origin: CaseOrigin | None = None) -> None:
        """Replace the case `now` by `wanted`; ask first if entries would be lost."""
        origin = replace(origin or CaseOrigin(), entries=wanted.filled)
        if not self.is_kept(now):
            self._ask(lambda: self._leave(now, wanted, origin))
        elif self.path:
            self._leave(now, wanted, origin)
        else:
            self._take(wanted, origin)

    def came_in(self, draft: Draft) -> None:
        """Record a case that was shown without a question as the current one, unchanged."""
        self._origin = CaseOrigin(draft.filled)
        self.edited(draft)

    def step_back(self, now: Draft) -> None:
        """Show the previous case; a second call returns to this one."""
        if self._previous is not None:
            wanted, self._previous = self._previous, (now, self._origin)
            self._take(*wanted)

    def is_kept(self, now: Draft) -> bool:
        """Return whether no entry would be lost.

        True if all entries are as loaded or saved, or if only those of a new case are there.
        """
        return self._is_as_it_came(now) or now.filled.keys() <= _ALWAYS_THERE

    @property
    def unsaved_previous(self) -> Draft | None:
        """The previous case, if entries of it would be lost."""
        if self._previous is None:
            return None
        draft, origin = self._previous
        is_kept = draft.filled == origin.entries or draft.filled.keys() <= _ALWAYS_THERE
        return None if is_kept else draft

    def edited(self, now: Draft) -> None:
        """Report where the case comes from, and whether its entries have changed since."""
        marked = self._origin, not self._is_as_it_came(now)
        if marked != self._marked:
            self._marked = marked
            self._mark(*marked)

    def saved(self, now: Draft, path: Path, mark: str) -> None:
        """Record that the current case is saved in this file, with this mark."""
        self._origin = CaseOrigin(now.filled, self._origin.example, path, mark)
        self.edited(now)

    def _is_as_it_came(self, now: Draft) -> bool:
        return now.filled == self._origin.entries

    def _leave(self, now: Draft, wanted: Draft, origin: CaseOrigin) -> None:
        self._previous = now, self._origin
        self._take(wanted, origin)

    def _take(self, draft: Draft, origin: CaseOrigin) -> None:
        self._origin = origin
        self._show(draft)
        self.edited(draft)

    def _ask(self, go_on: Callable[[], None]) -> None:
        box = question(
            self._window,
            "leave_case",
            "Leave this case?",
            "The other case replaces this one, which is not saved.",
            Choice("&Leave this case", go_on),
            Choice("&Cancel"),
        )
        box.setInformativeText("Ctrl+B returns to this one until you leave another case.")
        box.open()
