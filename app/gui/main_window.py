"""The main window: it edits one draft and shows its outcome; it decides nothing."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QVBoxLayout, QWidget

from app.casework.draft import Draft
from app.casework.outcome import Outcome, judge
from app.casework.typed_text import Entry
from app.gui.bars import PolicyBar, StatusBar
from app.gui.case_files import CaseFiles
from app.gui.current_case import CaseOrigin, CurrentCase
from app.gui.exports import Exports
from app.gui.form.form import CaseForm
from app.gui.leaving import Leaving
from app.gui.look.style_sheet import style_sheet
from app.gui.menus import SettingsMenu, add_case_menu, add_help_menu, add_result_menu
from app.gui.result.panel import ResultPanel
from app.gui.settings import WindowMemory
from app.gui.windows import Windows
from app.library import Library
from app.library.site import load_all
from app.library.site_folders import SiteFolders, default_folders
from app.model.case import Case
from app.model.catalog import Catalog
from app.output.messages import origin_words, window_title

if TYPE_CHECKING:  # not needed at startup
    from app.help.examples import Example

_LOOK_CHANGES = (
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
)


class _Part(Protocol):
    """A part of the window that shows an outcome, or nothing."""

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show what follows from the entries."""


class MainWindow(QMainWindow):
    """The main window, with one case under one policy. Every argument is optional.

    `memory` is the file that keeps the settings; without it nothing is remembered. `site` names
    the folders of the site's own policies.
    """

    def __init__(
        self,
        library: Library | None = None,
        memory: Path | None = None,
        site: SiteFolders | None = None,
    ) -> None:
        super().__init__()
        self._memory = WindowMemory(memory)
        self._draft = Draft()
        site = site or default_folders()
        self._library = library = library or load_all(site)
        status_bar = StatusBar(self.statusBar())
        self._windows = Windows(self, lambda: self._library, site, self.show_case, self.use)
        self._exports = Exports(self, status_bar.tell)
        self._policy_bar = PolicyBar(library.catalog)
        self._form = self._make_form(library.catalog)
        self._result = ResultPanel()
        self._others = (self._result, status_bar, self._windows, self._exports)
        self._halves = _side_by_side(self._form, self._result)
        self._case = CurrentCase(self, self._begin, self._show_origin)
        self._files = CaseFiles(self, self._case, lambda: self._library, status_bar.tell)
        self._leaving = Leaving(self, self._all_is_kept, self._ask_before_leaving)
        bar = self.menuBar()
        add_case_menu(bar, self, self._windows)
        add_result_menu(bar, self._exports, self._windows)
        self._settings = SettingsMenu(bar, library.catalog, self._memory)
        add_help_menu(bar, self, self._windows)
        self._restyle()
        self.setCentralWidget(_one_below_the_other(self._policy_bar, self._halves))
        self._policy_bar.edited.connect(self._edit)
        self.load(self._empty_draft())
        self._memory.place(self, self._halves)

    @property
    def draft(self) -> Draft:
        """The current entries."""
        return self._draft

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of the colors or the text size."""
        super().changeEvent(event)
        if event.type() not in _LOOK_CHANGES:
            return
        looks_different = self._restyle()
        if looks_different or event.type() != QEvent.Type.PaletteChange:
            self.clear_result()  # so that every part is shown again in the new colors
            self._show_result()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask first if anything would be lost; otherwise save the settings and close."""
        if not self._leaving.is_settled():
            event.ignore()
            return
        self._memory.keep(self, self._halves, self._settings.chosen)
        super().closeEvent(event)

    def use(self, library: Library) -> None:
        """Use the policies of this library from now on; keep the entries."""
        self._library = library
        self._show(self._draft)
        self._case.edited(self._draft)

    def _renew_form(self) -> None:
        """Make another form where a case under the policies, or this one, has other fields."""
        catalog = self._library.catalog_for(cycles=self._draft.cycles)
        if catalog != self._catalog:
            before, self._form = self._form, self._make_form(catalog)
            self._halves.replaceWidget(0, self._form)
            before.deleteLater()

    def _make_form(self, catalog: Catalog) -> CaseForm:
        """Return a form with the fields that a catalog has words for."""
        self._catalog = catalog
        form = CaseForm(catalog)
        form.ask_sheet_wanted.connect(self._windows.open_ask_sheet)
        form.edited.connect(self._edit)
        return form

    @property
    def _parts(self) -> tuple[_Part, ...]:
        """Everything that shows the outcome, in its order."""
        return (self._policy_bar, self._form, *self._others)

    def tell_refused(self) -> None:
        """Show which of the site's policy files are not used, if there are any."""
        self._windows.tell_refused()

    def load(self, draft: Draft) -> None:
        """Show these entries as a new, unchanged case."""
        draft = draft.under(self._library.fields_for(draft.cycles))
        self._show(draft)
        self._case.came_in(draft)

    def start_anew(self) -> None:
        """Begin an empty case under the same policy."""
        self._case.replace(self._draft, self._empty_draft())

    def show_example(self, example: "Example") -> None:
        """Show a worked example, marked as one."""
        draft = self._empty_draft().with_entries(dict(example.entries))
        self._case.replace(self._draft, draft, CaseOrigin(example=example.title))

    def show_case(self, case: Case) -> None:
        """Show a case from outside the form, such as a row of a worklist."""
        self._files.show(case, self._draft)

    def go_back(self) -> None:
        """Show the previous case; a second call returns to this one."""
        self._case.step_back(self._draft)

    def go_to_next(self) -> None:
        """Move the focus to the question to answer next."""
        self._form.go_to_next()

    def choose_file(self) -> None:
        """Let the person choose a case file to open."""
        self._files.choose(lambda: self._draft)

    def open_file(self, path: Path) -> None:
        """Open a case file."""
        self._files.open(path, lambda: self._draft)

    def save(self) -> None:
        """Save the case into its file."""
        self._files.save(self._draft)

    def save_as(self) -> None:
        """Save the case into a file that the person chooses."""
        self._files.save_as(self._draft)

    def clear_result(self) -> None:
        """Remove every text of the result; keep the entries."""
        for part in self._parts:
            part.show_outcome(None)

    def _edit(self, key: str, entry: Entry) -> None:
        self._draft = self._draft.with_entry(key, entry)
        self._case.edited(self._draft)
        self._show_result()

    def _begin(self, draft: Draft) -> None:
        self._show(draft)
        self._form.begin()

    def _show(self, draft: Draft) -> None:
        """Show these entries and their outcome; deselect a policy that is not in the library."""
        draft = draft.under(self._library.fields_for(draft.cycles))
        known = {one.id for one in self._library.policies}
        is_gone = draft.entries.get("policy") not in {None, *known}
        self._draft = draft.with_entry("policy", None) if is_gone else draft
        self._renew_form()
        self._policy_bar.load(self._draft)
        self._form.load(self._draft)
        self._show_result()

    def _show_result(self) -> None:
        """Show the outcome of the draft; if that fails, clear the result and re-raise."""
        try:
            outcome = judge(self._draft, self._library)
            for part in self._parts:
                part.show_outcome(outcome)
        except BaseException:
            self.clear_result()
            raise

    def _show_origin(self, origin: CaseOrigin, is_changed: bool) -> None:  # noqa: FBT001  # a callback
        """Show in the policy bar and the window title where the case comes from."""
        remark = origin_words(origin.example, is_changed=is_changed)
        self._policy_bar.show_remark(remark)
        self._exports.show_remark(remark)
        self.setWindowTitle(window_title(origin.path.name if origin.path else ""))
        self.setWindowModified(is_changed and origin.path is not None)

    def _ask_before_leaving(self, leave: Callable[[], None]) -> None:
        self._files.ask_before_leaving(self._draft, leave)

    def _all_is_kept(self) -> bool:
        """Return whether no entry would be lost; if only the previous case is unsaved, show it."""
        if self._case.is_kept(self._draft) and self._case.unsaved_previous is not None:
            self._case.step_back(self._draft)
        return self._case.is_kept(self._draft)

    def _restyle(self) -> bool:
        """Set the style sheet for palette and text size; return whether it changed."""
        sheet = style_sheet(self.palette(), QApplication.font().pointSizeF())
        if sheet == self.styleSheet():
            return False
        self.setStyleSheet(sheet)
        return True

    def _empty_draft(self) -> Draft:
        """Return a new case under the current policy, with today as date of service."""
        today = datetime.now().astimezone().date().isoformat()
        entries = {
            "policy": self._draft.entries.get("policy"),
            "date_of_service": today,
            "bsa_formula": self._settings.chosen.bsa_formula,
        }
        return Draft(MappingProxyType(entries))


def _side_by_side(form: QWidget, result: QWidget) -> QSplitter:
    """Return a splitter with the case on the left, the result on the right; neither collapses."""
    halves = QSplitter(Qt.Orientation.Horizontal)
    halves.setChildrenCollapsible(False)
    halves.addWidget(form)
    halves.addWidget(result)
    halves.setStretchFactor(0, 0)
    halves.setStretchFactor(1, 1)
    halves.setSizes([430, 890])
    halves.handle(1).setAccessibleName("Border between case and result")
    return halves


def _one_below_the_other(policy_bar: QWidget, halves: QWidget) -> QWidget:
    middle = QWidget()
    layout = QVBoxLayout(middle)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(0)
    layout.addWidget(policy_bar)
    layout.addWidget(halves, stretch=1)
    return middle
