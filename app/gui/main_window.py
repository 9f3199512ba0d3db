"""The main window: puts policy bar, form and result together and passes each edit on."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import MappingProxyType

from PySide6.QtCore import QEvent
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QVBoxLayout, QWidget

from app.desk import judge
from app.draft import Draft, Entry
from app.gui import settings
from app.gui.case_form import CaseForm
from app.gui.case_switch import CaseSwitch
from app.gui.companions import Companions
from app.gui.halves import Halves
from app.gui.policy_bar import PolicyBar
from app.gui.result_panel import ResultPanel
from app.gui.settings import Settings
from app.gui.settings_menu import SettingsMenu
from app.gui.status_line import StatusLine
from app.gui.style_sheet import style_sheet
from app.gui.window_menus import add_case_menu, add_help_menu
from app.library import Library, load
from app.model.example import Example

_LOOK_CHANGES = (
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
)


class MainWindow(QMainWindow):
    """One case under one policy. Opens without arguments; with a file it remembers its look."""

    def __init__(self, library: Library | None = None, memory: Path | None = None) -> None:
        super().__init__()
        self._memory = memory
        remembered = settings.read(memory) if memory else Settings()
        self._library = library or load()
        self._policy_bar = PolicyBar(self._library)
        self._form = CaseForm(self._library.catalog)
        self._result = ResultPanel(self._library.catalog)
        self._status_line = StatusLine()
        self._companions = Companions(self, self._library)
        self._halves = Halves(self._form, self._result)
        self._cases = CaseSwitch(self, self._begin, self._policy_bar.show_remark)
        add_case_menu(self.menuBar(), self, self._companions)
        self._settings = SettingsMenu(self.menuBar(), self._library.catalog, remembered)
        if memory:
            self._settings.show_look()
        add_help_menu(self.menuBar(), self, self._companions)
        self.setWindowTitle("Aldesk: aldesleukin (Proleukin)")
        self.statusBar().addWidget(self._status_line, stretch=1)
        self.statusBar().setSizeGripEnabled(False)
        self._restyle()
        self.setCentralWidget(self._central())
        self._form.ask_sheet_wanted.connect(self._companions.open_ask_sheet)
        for part in (self._policy_bar, self._form):
            part.edited.connect(self._edit)
        self._draft = Draft()
        self.load(self._empty_draft())
        self._take_place(remembered)

    @property
    def draft(self) -> Draft:
        """The entries of now."""
        return self._draft

    def changeEvent(self, event: QEvent) -> None:
        """Follow the platform between light and dark, and its text size."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._restyle()
            self.clear_result()  # so that every part takes its new colors
            self._show()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember the look of the window, where it has a memory; nothing of the case."""
        if self._memory is not None:
            look = replace(
                self._settings.chosen,
                geometry=self.saveGeometry(),
                splitter=self._halves.saveState(),
            )
            settings.write(self._memory, look)
        super().closeEvent(event)

    def load(self, draft: Draft) -> None:
        """Show these entries and what follows from them."""
        self._draft = draft
        self._policy_bar.load(draft)
        self._form.load(draft)
        self._show()

    def start_anew(self) -> None:
        """Begin an empty case under the same policy."""
        self._cases.replace(self._draft, self._empty_draft())

    def show_example(self, example: Example) -> None:
        """Show a worked example, marked as one until it is changed."""
        draft = self._empty_draft().with_entries(dict(example.entries))
        self._cases.replace(self._draft, draft, example.title)

    def go_back(self) -> None:
        """Show the case before; once more brings this one again."""
        self._cases.step_back(self._draft)

    def go_to_next(self) -> None:
        """Lead to the question to answer next."""
        self._form.go_to_next()

    def clear_result(self) -> None:
        """Take every word of a result away."""
        self._result.clear()
        self._form.clear_remarks()
        self._companions.clear()

    def _edit(self, key: str, entry: Entry) -> None:
        self._draft = self._draft.with_entry(key, entry)
        self._cases.edited()
        self._show()

    def _show(self) -> None:
        """Show what follows from the draft; whatever fails, no older result stays."""
        try:
            outcome = judge(self._draft, self._library)
            self._policy_bar.show_outcome(outcome)
            self._form.show_outcome(outcome)
            self._result.show_outcome(outcome)
            self._status_line.show_policy(outcome.policy)
            self._companions.show_outcome(outcome)
        except BaseException:
            self.clear_result()
            raise

    def _begin(self, draft: Draft) -> None:
        self.load(draft)
        self._form.begin()

    def _central(self) -> QWidget:
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._policy_bar)
        layout.addWidget(self._halves, stretch=1)
        return central

    def _take_place(self, remembered: Settings) -> None:
        self.setMinimumSize(820, 480)
        self.resize(1320, 700)
        if remembered.geometry is not None:
            self.restoreGeometry(remembered.geometry)
        if remembered.splitter is not None:
            self._halves.restoreState(remembered.splitter)

    def _restyle(self) -> None:
        sheet = style_sheet(self.palette(), QApplication.font().pointSizeF())
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _empty_draft(self) -> Draft:
        """Return a new case under the policy of now."""
        today = datetime.now().astimezone().date().isoformat()
        entries = {
            "policy": self._draft.entries.get("policy"),
            "date_of_service": today,
            "bsa_formula": self._settings.chosen.bsa_formula,
        }
        return Draft(MappingProxyType(entries))
