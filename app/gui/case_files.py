"""The case in the window as a file: opened, also where its entries are refused now, and saved.

Asks before the window closes on a case that is not saved.
"""

from collections.abc import Callable
from pathlib import Path
from types import MappingProxyType

from PySide6 import QtWidgets  # for message boxes, which are not needed at startup
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.atomic_file import save, why_not
from app.bounded_file import read_file
from app.casework.draft import Draft
from app.files.case_file import CASE_SUFFIX, CaseFileError, OpenedCase, case_bytes, open_case_file
from app.gui.current_case import CurrentCase
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
