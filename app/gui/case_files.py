"""The case in the window as a file: opened, also where its entries are refused now, and saved.

Asks before the window closes on a case that is not saved.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import MappingProxyType

from PySide6.QtWidgets import QWidget

from app.atomic_file import save, why_not
from app.bounded_file import read_file
from app.casework.draft import Draft
from app.files.case_file import CASE_SUFFIX, CaseFileError, OpenedCase, case_bytes, open_case_file
from app.files.standing import Standing, mark_of
from app.gui.current_case import CaseOrigin, CurrentCase
from app.gui.saving import Save
from app.gui.widgets.dialogs import Choice, file_to_open, file_to_save, question, show_problem
from app.gui.widgets.reader import Reader
from app.library import Library, UnknownPolicy
from app.model.case import DEFAULT_BSA_FORMULA, Case
from app.output.messages import (
    leaving_words,
    not_opened,
    not_saved,
    opened_as_draft,
    opening_words,
    why_not_savable,
)

_KIND = f"Aldesk case (*{CASE_SUFFIX})"


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
        self._reader = Reader(window)

    def choose(self, now: Callable[[], Draft]) -> None:
        """Let the person choose a file, and open it."""
        path = file_to_open(self._window, "Open a case", f"{_KIND};;All files (*)")
        if path is not None:
            self.open(path, now)

    def open(self, path: Path, now: Callable[[], Draft]) -> None:
        """Open a case file; if that fails, say why and keep the current case as it is.

        The file may be slow to read: `now` returns the draft of the moment in which it is there.
        """
        what_is_lost = partial(opening_words, path.name)
        self._reader.read(partial(read_file, path), partial(self._open, path, now), what_is_lost)
        if self._reader.is_running:
            self._tell(what_is_lost(0))

    def _open(self, path: Path, now: Callable[[], Draft], read: Callable[[], bytes]) -> None:
        try:
            data = read()
            opened = open_case_file(data, self._library().fields)
        except OSError as error:
            self._refuse("The case was not opened", not_opened(path.name, why_not(error)))
        except CaseFileError as error:
            self._refuse("The case was not opened", not_opened(path.name, str(error)))
        else:
            origin = CaseOrigin(path=path, mark=mark_of(data))
            if opened.case is not None:
                self._show(Draft.of(opened.case), now(), origin)
            else:
                self._show_refused(opened, now(), path, origin)

    def show(self, case: Case, now: Draft) -> None:
        """Show a case that was read from a row of a worklist."""
        self._show(Draft.of(case), now, CaseOrigin())

    def _show_refused(self, opened: OpenedCase, now: Draft, path: Path, origin: CaseOrigin) -> None:
        """Show a case that is refused as a draft in which the entries are marked, if all can be."""
        fields = self._library().fields
        draft = Draft.of_refused(opened.content, opened.problems, fields)
        if draft is None:
            error = CaseFileError("invalid_case", opened.problems)
            self._refuse("The case was not opened", not_opened(path.name, str(error)))
        elif self._show(draft, now, origin):
            self._tell(opened_as_draft(path.name, len(draft.problems)))

    def _show(self, draft: Draft, now: Draft, origin: CaseOrigin) -> bool:
        """Show a draft, or say that its policy is not known; return whether it can be shown."""
        try:
            self._library().versions(str(draft.entries["policy"]))
        except UnknownPolicy as error:
            self._refuse("The case was not opened", str(error))
            return False
        draft = draft.under(self._library().fields_for(draft.cycles))
        if draft.value("bsa_formula") is None:  # the form shows which formula is used
            entries = {**draft.entries, "bsa_formula": DEFAULT_BSA_FORMULA}
            # no confirmation hangs on saying it
            draft = replace(draft, entries=MappingProxyType(entries))
        self._cases.replace(now, draft, origin)
        return True

    def save(self, now: Draft, then: Callable[[], object] | None = None) -> None:
        """Save the case into its file or a chosen one; `then` is called once it is saved."""
        path, case = self._cases.path, self._savable(now)
        if case is not None:
            self._write(now, case, path or self._chosen(), then)

    def save_as(self, now: Draft, then: Callable[[], object] | None = None) -> None:
        """Save the case into a file that the person chooses; `then` is called once it is saved."""
        case = self._savable(now)
        if case is not None:
            self._write(now, case, self._chosen(), then)

    def ask_before_leaving(self, now: Draft, leave: Callable[[], None]) -> None:
        """Ask whether to save this case, and then the previous one, before the window closes."""
        self._ask_about(now, lambda: self._ask_about_previous(now, leave))

    def _ask_about_previous(self, now: Draft, leave: Callable[[], None]) -> None:
        previous = self._cases.unsaved_previous
        if previous is None:
            leave()
        else:
            self._cases.step_back(now)  # what would be lost is in sight
            self._ask_about(previous, leave)

    def _ask_about(self, now: Draft, leave: Callable[[], None]) -> None:
        question(
            self._window,
            "save_case",
            "Save this case?",
            leaving_words(self._cases.path.name if self._cases.path else ""),
            Choice("&Save…", lambda: self.save(now, leave)),
            Choice("Close &without saving", leave),
            Choice("&Cancel"),
        ).open()

    def _savable(self, now: Draft) -> Case | None:
        """Return the case of a draft; if there is none yet, say what it needs first."""
        if now.case is None:
            self._refuse(
                "The case was not saved",
                why_not_savable(now, self._library().catalog_for(cycles=now.cycles)),
            )
        return now.case

    def _chosen(self) -> Path | None:
        name = self._cases.path.name if self._cases.path else f"Case{CASE_SUFFIX}"
        suffix = CASE_SUFFIX.removeprefix(".")
        return file_to_save(self._window, "Save the case", _KIND, suffix, name)

    def _write(
        self, now: Draft, case: Case, path: Path | None, then: Callable[[], object] | None
    ) -> None:
        """Save a case; ask first if the file is not as this window has opened or saved it."""
        if path is None:
            return
        data, origin = case_bytes(case), self._cases.origin

        def write(standing: Standing) -> None:
            save(path, data, standing)
            self._tell(f"Saved as {path.name}.")
            if self._cases.origin is origin:  # no other case has come in while it was asked
                self._cases.saved(now, path, mark_of(data))
                if then is not None:
                    then()

        def fail(error: OSError) -> None:
            self._refuse("The case was not saved", not_saved(path.name, why_not(error)))

        def elsewhere() -> None:
            self._write(now, case, self._chosen(), then)

        known, new = self._cases.mark(path), mark_of(data)
        Save(self._window, path, write, elsewhere, fail, known, new).begin()

    def _refuse(self, title: str, words: str) -> None:
        show_problem(self._window, title, words)
