"""The windows beside the main window: comparison, ask sheet, worklist, policies and help.

Each is imported and made when it is first opened. Nothing is computed here.
"""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QMainWindow

from app.casework.outcome import Outcome
from app.gui.exports import RECORD
from app.gui.widgets.dialogs import file_to_open, show_problem
from app.library import Library
from app.library.site_folders import SiteFolders
from app.model.case import Case
from app.output.site_policies import REFUSED_TITLE, refused_at_start

if TYPE_CHECKING:  # not needed at startup
    from app.gui.comparison import CompareWindow
    from app.gui.policies.window import PoliciesWindow
    from app.gui.reading_windows import AskSheet
    from app.gui.worklist.window import WorklistWindow


class Windows:
    """Opens each window, and updates those that show the current case."""

    def __init__(
        self,
        window: QMainWindow,
        library: Callable[[], Library],
        site: SiteFolders,
        show_case: Callable[[Case], None],
        use: Callable[[Library], None],
    ) -> None:
        self._window = window
        self._library = library
        self._site = site
        self._show_case = show_case
        self._use = use
        self._comparison: CompareWindow | None = None
        self._ask_sheet: AskSheet | None = None
        self._worklist: WorklistWindow | None = None
        self._policies: PoliciesWindow | None = None
        self._outcome: Outcome | None = None

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show an outcome in the windows that are open; None removes every text of an older one."""
        self._outcome = outcome
        for one in (self._comparison, self._ask_sheet):
            if one is not None and (outcome is None or one.isVisible()):
                one.show_outcome(outcome)
        if self._worklist is not None:
            self._worklist.use(self._library())

    def open_comparison(self) -> None:
        """Show the case under every policy."""
        from app.gui.comparison import CompareWindow  # noqa: PLC0415  # not needed at startup

        if self._comparison is None:
            self._comparison = CompareWindow(self._window)
        self._comparison.show_outcome(self._outcome)
        _bring_up(self._comparison)

    def open_ask_sheet(self) -> None:
        """Show what is still missing."""
        from app.gui.reading_windows import AskSheet  # noqa: PLC0415  # not needed at startup

        if self._ask_sheet is None:
            self._ask_sheet = AskSheet(self._window)
        self._ask_sheet.show_outcome(self._outcome)
        _bring_up(self._ask_sheet)

    def open_worklist(self) -> None:
        """Show the worklist window, which can open a row in the main window."""
        from app.gui.worklist.window import WorklistWindow  # noqa: PLC0415  # not needed at startup

        if self._worklist is None:
            self._worklist = WorklistWindow(self._library(), self._window)
            self._worklist.row_wanted.connect(self._show_row)
        _bring_up(self._worklist)

    def open_policies(self) -> None:
        """Show the installed policy versions, to add or remove a file of the site."""
        from app.gui.policies.window import PoliciesWindow  # noqa: PLC0415  # not needed at startup

        if self._policies is None:
            self._policies = PoliciesWindow(self._library(), self._site, self._window)
            self._policies.changed.connect(self._use)
        self._policies.refresh()
        _bring_up(self._policies)

    def check_record(self) -> None:
        """Let the person choose a record, compute it again and show what came out."""
        path = file_to_open(self._window, "Check a record", f"{RECORD.kinds};;All files (*)")
        if path is not None:
            self.show_verification(path)

    def show_verification(self, path: Path) -> None:
        """Show whether a record is undamaged and gives the same result when computed again."""
        from app.gui import reading_windows  # noqa: PLC0415  # not needed at startup

        reading_windows.verification(path, self._library(), self._window).show()

    def tell_refused(self) -> None:
        """Show which of the site's policy files are not used, if there are any."""
        if refused := self._library().refused:
            show_problem(self._window, REFUSED_TITLE, refused_at_start(refused))

    def _show_row(self, case: Case) -> None:
        self._window.activateWindow()
        self._show_case(case)

    def open_page(self, name: str) -> None:
        """Show a page of Help."""
        from app.gui import reading_windows  # noqa: PLC0415  # not needed at startup

        _bring_up(reading_windows.help_page(name, self._window))

    def open_shortcuts(self) -> None:
        """Show the list of keyboard shortcuts."""
        from app.gui import shortcuts  # noqa: PLC0415  # not needed at startup

        _bring_up(shortcuts.shortcuts_dialog(self._window, self._window))

    def open_about(self) -> None:
        """Show versions, licenses and where the policies come from."""
        from app.gui import reading_windows  # noqa: PLC0415  # not needed at startup

        _bring_up(reading_windows.about(self._library(), self._window))


def _bring_up(dialog: QDialog) -> None:
    dialog.show()
    dialog.raise_()
    dialog.activateWindow()
