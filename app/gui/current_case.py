"""The case in the window: its file, its entries when it was loaded, and the previous case.

Asks before entries would be lost. The question does not block Qt's event loop.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from PySide6 import QtWidgets  # for message boxes, which are not needed at startup
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.atomic_file import save, why_not
from app.bounded_file import read_file
from app.casework.draft import Draft
from app.casework.typed_text import Entry
from app.files.case_file import CASE_SUFFIX, CaseFileError, OpenedCase, case_bytes, open_case_file
from app.gui.widgets.dialogs import file_to_open, file_to_save, show_problem
from app.library import Library, UnknownPolicy
from app.model.case import DEFAULT_BSA_FORMULA, Case
from app.output.messages import (
    leaving_words,
    not_opened,
    not_saved,
    opened_as_draft,
    why_not_savable,
)

_KIND = f"Aldesk case (*{CASE_SUFFIX})"
# The entries that every new case begins with: losing them loses nothing.
_ALWAYS_THERE = {"policy", "date_of_service", "bsa_formula"}


@dataclass(frozen=True, slots=True)
class CaseOrigin:
    """Where the current case comes from, and its entries when it was loaded or last saved.

    `example` is the title of a worked example; `path` is the file of the case.
    """

    entries: Mapping[str, Entry] = field(default_factory=lambda: MappingProxyType({}))
    example: str = ""
    path: Path | None = None


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
    def path(self) -> Path | None:
        """The file of the current case, or None."""
        return self._origin.path

    def replace(
        self, now: Draft, wanted: Draft, example: str = "", path: Path | None = None
    ) -> None:
        """Replace the case `now` by `wanted`; ask first if entries would be lost."""
        origin = CaseOrigin(wanted.filled, example, path)
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
    def previous_is_kept(self) -> bool:
        """Whether no entry of the previous case would be lost either."""
        if self._previous is None:
            return True
        draft, origin = self._previous
        return draft.filled == origin.entries or draft.filled.keys() <= _ALWAYS_THERE

    def edited(self, now: Draft) -> None:
        """Report where the case comes from, and whether its entries have changed since."""
        marked = self._origin, not self._is_as_it_came(now)
        if marked != self._marked:
            self._marked = marked
            self._mark(*marked)

    def saved(self, now: Draft, path: Path) -> None:
        """Record that the current case is saved in this file."""
        self._origin = CaseOrigin(now.filled, self._origin.example, path)
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
        box = QtWidgets.QMessageBox(
            QtWidgets.QMessageBox.Icon.Question,
            "Leave this case?",
            "The other case replaces this one, which is not saved.",
            parent=self._window,
        )
        box.setObjectName("leave_case")
        box.setInformativeText("Ctrl+B returns to this one until you leave another case.")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave = box.addButton("&Leave this case", QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        box.addButton("&Cancel", QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.accepted.connect(go_on)
        box.open()


class CaseFiles:
    """Reads and writes case files; reports success through `tell` and problems in a dialog."""

    def __init__(
        self,
        window: QWidget,
        cases: CurrentCase,
        library: Callable[[], Library],
        tell: Callable[[str], None],
    ) -> None:
        self._window = window
        self._cases = cases
        self._library = library
        self._tell = tell

    def choose(self, now: Draft) -> None:
        """Let the person choose a file, and open it."""
        path = file_to_open(self._window, "Open a case", f"{_KIND};;All files (*)")
        if path is not None:
            self.open(path, now)

    def open(self, path: Path, now: Draft) -> None:
        """Open a case file; if that fails, say why and keep the current case as it is."""
        try:
            opened = open_case_file(read_file(path))
        except OSError as error:
            self._refuse("The case was not opened", not_opened(path.name, why_not(error)))
        except CaseFileError as error:
            self._refuse("The case was not opened", not_opened(path.name, str(error)))
        else:
            if opened.case is not None:
                self.show(opened.case, now, path)
            else:
                self._show_refused(opened, now, path)

    def show(self, case: Case, now: Draft, path: Path | None = None) -> None:
        """Show a case that was read from a case file or from a row of a worklist."""
        self._show(Draft.of(case), now, path)

    def _show_refused(self, opened: OpenedCase, now: Draft, path: Path) -> None:
        """Show a case that is refused as a draft in which the entries are marked, if all can be."""
        draft = Draft.of_refused(opened.content, opened.problems)
        if draft is None:
            error = CaseFileError("invalid_case", opened.problems)
            self._refuse("The case was not opened", not_opened(path.name, str(error)))
        elif self._show(draft, now, path):
            self._tell(opened_as_draft(path.name, len(draft.problems)))

    def _show(self, draft: Draft, now: Draft, path: Path | None) -> bool:
        """Show a draft, or say that its policy is not known; return whether it can be shown."""
        try:
            self._library().versions(str(draft.entries["policy"]))
        except UnknownPolicy as error:
            self._refuse("The case was not opened", str(error))
            return False
        if draft.value("bsa_formula") is None:  # the form shows which formula is used
            entries = {**draft.entries, "bsa_formula": DEFAULT_BSA_FORMULA}
            draft = Draft(MappingProxyType(entries))  # no confirmation hangs on saying it
        self._cases.replace(now, draft, path=path)
        return True

    def save(self, now: Draft) -> bool:
        """Save the case into its file or a chosen one; return whether it was saved."""
        path = self._cases.path
        return self._write(now, path) if path else self.save_as(now)

    def save_as(self, now: Draft) -> bool:
        """Save the case into a file that the person chooses; return whether it was saved."""
        if now.case is None:
            return self._write(now, Path())
        name = self._cases.path.name if self._cases.path else f"Case{CASE_SUFFIX}"
        suffix = CASE_SUFFIX.removeprefix(".")
        path = file_to_save(self._window, "Save the case", _KIND, suffix, name)
        return path is not None and self._write(now, path)

    def ask_before_leaving(self, now: Draft, leave: Callable[[], None]) -> None:
        """Ask whether to save the case before the window closes."""
        box = QtWidgets.QMessageBox(
            QtWidgets.QMessageBox.Icon.Question,
            "Save this case?",
            leaving_words(self._cases.path.name if self._cases.path else ""),
            parent=self._window,
        )
        box.setObjectName("save_case")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keep = box.addButton("&Save…", QtWidgets.QMessageBox.ButtonRole.AcceptRole)
        drop = box.addButton(
            "Close &without saving", QtWidgets.QMessageBox.ButtonRole.DestructiveRole
        )
        box.addButton("&Cancel", QtWidgets.QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(keep)
        keep.clicked.connect(lambda: self._save_and(leave, now))
        drop.clicked.connect(leave)
        box.open()

    def _save_and(self, leave: Callable[[], None], now: Draft) -> None:
        if self.save(now):
            leave()

    def _write(self, now: Draft, path: Path) -> bool:
        if now.case is None:
            self._refuse("The case was not saved", why_not_savable(now, self._library().catalog))
            return False
        try:
            save(path, case_bytes(now.case))
        except OSError as error:
            self._refuse("The case was not saved", not_saved(path.name, why_not(error)))
            return False
        self._cases.saved(now, path)
        self._tell(f"Saved as {path.name}.")
        return True

    def _refuse(self, title: str, words: str) -> None:
        show_problem(self._window, title, words)
