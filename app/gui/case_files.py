"""Opens and saves the case of the window as a file, and asks before an unsaved one would go."""

from collections.abc import Callable
from pathlib import Path

from PySide6 import QtWidgets  # for boxes, which are no part of the start
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from app.atomic_file import save, why_not
from app.casework.draft import Draft
from app.files.case_file import CASE_SUFFIX, CaseFileError, case_bytes, read_case_file
from app.files.sealed_json import MAX_BYTES
from app.gui.case_switch import CaseSwitch
from app.gui.file_dialogs import file_to_open, file_to_save, tell_problem
from app.library import Library, UnknownPolicy
from app.model.case import DEFAULT_BSA_FORMULA, Case
from app.output.messages import leaving_words, not_opened, not_saved, why_not_savable

_KIND = f"Aldesk case (*{CASE_SUFFIX})"


class CaseFiles:
    """Reads and writes case files; tells what happened by `tell`."""

    def __init__(
        self, window: QWidget, cases: CaseSwitch, library: Library, tell: Callable[[str], None]
    ) -> None:
        self._window = window
        self._cases = cases
        self._library = library
        self._tell = tell

    def use(self, library: Library) -> None:
        """Open the cases of this library's policies from now on."""
        self._library = library

    def choose(self, now: Draft) -> None:
        """Let the person choose a file, and open it."""
        path = file_to_open(self._window, "Open a case", f"{_KIND};;All files (*)")
        if path is not None:
            self.open(path, now)

    def open(self, path: Path, now: Draft) -> None:
        """Open a case file; where that is not possible, the case of now stays as it is."""
        try:
            case = read_case_file(_beginning(path))
        except OSError as error:
            self._refuse("The case was not opened", not_opened(path.name, why_not(error)))
        except CaseFileError as error:
            self._refuse("The case was not opened", not_opened(path.name, str(error)))
        else:
            self.show(case, now, path)

    def show(self, case: Case, now: Draft, path: Path | None = None) -> None:
        """Show a case that comes from a file, or from a row of one."""
        try:
            self._library.versions(case.policy)
        except UnknownPolicy as error:
            self._refuse("The case was not opened", str(error))
            return
        draft = Draft.of(case)
        if case.bsa_formula is None:  # the form says which one counts
            draft = draft.with_entry("bsa_formula", DEFAULT_BSA_FORMULA)
        self._cases.replace(now, draft, path=path)

    def save(self, now: Draft) -> bool:
        """Save the case into its file, or into one that the person chooses."""
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
            self._refuse("The case was not saved", why_not_savable(now, self._library.catalog))
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
        tell_problem(self._window, title, words)


def _beginning(path: Path) -> bytes:
    """Return a file, or so much of it that it is refused as too large. Raises OSError."""
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)
