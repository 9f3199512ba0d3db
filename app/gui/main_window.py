"""The main window: the workplace with its menus, its title and what stands beside it."""

from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from app.casework.draft import Draft
from app.gui.case_files import CaseFiles
from app.gui.case_switch import CaseSwitch, Origin
from app.gui.companions import Companions
from app.gui.exports import Exports
from app.gui.settings_menu import SettingsMenu
from app.gui.status_line import StatusLine
from app.gui.style_sheet import style_sheet
from app.gui.window_memory import WindowMemory
from app.gui.window_menus import add_case_menu, add_help_menu, add_result_menu
from app.gui.workplace import Workplace
from app.library import Library
from app.library.site import load_all
from app.library.site_folders import SiteFolders, default_folders
from app.model.case import Case
from app.output.messages import origin_words, window_title

if TYPE_CHECKING:  # no part of the start
    from app.help.examples import Example

_LOOK_CHANGES = (
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
)


class MainWindow(QMainWindow):
    """One case under one policy. Opens without arguments; with a file it remembers its look."""

    def __init__(
        self,
        library: Library | None = None,
        memory: Path | None = None,
        site: SiteFolders | None = None,
    ) -> None:
        super().__init__()
        self._memory = WindowMemory(memory)
        self._is_leaving = False
        site = site or default_folders()
        library = library or load_all(site)
        status_line = StatusLine(self.statusBar())
        self._companions = Companions(self, library, site, self.show_case, self.use)
        self._exports = Exports(self, library, status_line.tell)
        followers = (status_line, self._companions, self._exports)
        self._workplace = Workplace(library, followers)
        self._switch = CaseSwitch(self, self._begin, self._show_origin)
        self._files = CaseFiles(self, self._switch, library, status_line.tell)
        self._settings = self._add_menus(library)
        self._restyle()
        self.setCentralWidget(self._workplace)
        self._workplace.ask_sheet_wanted.connect(self._companions.open_ask_sheet)
        self._workplace.edited.connect(lambda: self._switch.edited(self.draft))
        self.load(self._empty_draft())
        self._memory.place(self, self._workplace.halves)

    @property
    def draft(self) -> Draft:
        """The entries of now."""
        return self._workplace.draft

    def changeEvent(self, event: QEvent) -> None:
        """Follow the platform between light and dark, and its text size."""
        super().changeEvent(event)
        if event.type() not in _LOOK_CHANGES:
            return
        looks_different = self._restyle()
        if looks_different or event.type() != QEvent.Type.PaletteChange:
            self.clear_result()  # so that every part takes its new colors
            self._workplace.show_result()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask before an unsaved case would go, this one or the one before; remember the look."""
        if not self._is_leaving and not self._all_is_kept():
            event.ignore()
            self._files.ask_before_leaving(self.draft, self._leave)
            return
        self._memory.keep(self, self._workplace.halves, self._settings.chosen)
        super().closeEvent(event)

    def use(self, library: Library) -> None:
        """Judge by this library from now on; the entries stay."""
        for part in (self._companions, self._exports, self._files, self._workplace):
            part.use(library)
        self._switch.edited(self.draft)

    def tell_refused(self) -> None:
        """Tell which of the site's own policy files are not used."""
        self._companions.tell_refused()

    def load(self, draft: Draft) -> None:
        """Show these entries, as a case that has just come in."""
        self._workplace.load(draft)
        self._switch.came_in(draft)

    def start_anew(self) -> None:
        """Begin an empty case under the same policy."""
        self._switch.replace(self.draft, self._empty_draft())

    def show_example(self, example: "Example") -> None:
        """Show a worked example, marked as one until it is changed."""
        draft = self._empty_draft().with_entries(dict(example.entries))
        self._switch.replace(self.draft, draft, example.title)

    def show_case(self, case: Case) -> None:
        """Show a case that comes from elsewhere, as from a row of a worklist."""
        self._files.show(case, self.draft)

    def go_back(self) -> None:
        """Show the case before; once more brings this one again."""
        self._switch.step_back(self.draft)

    def go_to_next(self) -> None:
        """Lead to the question to answer next."""
        self._workplace.go_to_next()

    def choose_file(self) -> None:
        """Let the person choose a case file to open."""
        self._files.choose(self.draft)

    def open_file(self, path: Path) -> None:
        """Open a case file."""
        self._files.open(path, self.draft)

    def save(self) -> None:
        """Save the case into its file."""
        self._files.save(self.draft)

    def save_as(self) -> None:
        """Save the case into a file that the person chooses."""
        self._files.save_as(self.draft)

    def clear_result(self) -> None:
        """Take every word of a result away."""
        self._workplace.clear_result()

    def _begin(self, draft: Draft) -> None:
        self._workplace.load(draft)
        self._workplace.begin()

    def _show_origin(self, origin: Origin, is_changed: bool) -> None:  # noqa: FBT001  # a callback
        """Say above, and in the title, where the case comes from."""
        remark = origin_words(origin.example, is_changed=is_changed)
        self._workplace.show_remark(remark)
        self._exports.show_remark(remark)
        self.setWindowTitle(window_title(origin.path.name if origin.path else ""))
        self.setWindowModified(is_changed and origin.path is not None)

    def _all_is_kept(self) -> bool:
        """Return whether nothing would be lost; what would be is brought into sight."""
        if self._switch.is_kept(self.draft) and not self._switch.previous_is_kept:
            self._switch.step_back(self.draft)
        return self._switch.is_kept(self.draft)

    def _leave(self) -> None:
        self._is_leaving = True
        QTimer.singleShot(0, self.close)  # after the box that asked is gone

    def _add_menus(self, library: Library) -> SettingsMenu:
        bar = self.menuBar()
        add_case_menu(bar, self, self._companions)
        add_result_menu(bar, self._exports, self._companions)
        settings = SettingsMenu(bar, library.catalog, self._memory.remembered)
        if self._memory.is_there:
            settings.show_look()
        add_help_menu(bar, self, self._companions)
        return settings

    def _restyle(self) -> bool:
        """Follow palette and text size; return whether that made a difference."""
        sheet = style_sheet(self.palette(), QApplication.font().pointSizeF())
        if sheet == self.styleSheet():
            return False
        self.setStyleSheet(sheet)
        return True

    def _empty_draft(self) -> Draft:
        """Return a new case under the policy of now."""
        today = datetime.now().astimezone().date().isoformat()
        entries = {
            "policy": self.draft.entries.get("policy"),
            "date_of_service": today,
            "bsa_formula": self._settings.chosen.bsa_formula,
        }
        return Draft(MappingProxyType(entries))
