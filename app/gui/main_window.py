"""The main window: puts policy bar, form and result together and passes each edit on."""

from datetime import datetime
from types import MappingProxyType

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QApplication, QMainWindow, QSplitter, QVBoxLayout, QWidget

from app.desk import judge
from app.draft import Draft, Entry
from app.gui.case_form import CaseForm
from app.gui.policy_bar import PolicyBar
from app.gui.result_panel import ResultPanel
from app.gui.theme import style_sheet
from app.library import Library, load
from app.model.case import DEFAULT_BSA_FORMULA

_LOOK_CHANGES = (
    QEvent.Type.PaletteChange,
    QEvent.Type.FontChange,
    QEvent.Type.ApplicationFontChange,
)


class MainWindow(QMainWindow):
    """One case under one policy. Opens without arguments."""

    def __init__(self, library: Library | None = None) -> None:
        super().__init__()
        self._library = library or load()
        self._policy_bar = PolicyBar(self._library)
        self._form = CaseForm(self._library.catalog)
        self._result = ResultPanel(self._library.catalog)
        self._draft = self._previous = _empty_draft()
        self.setWindowTitle("Aldesk: aldesleukin (Proleukin)")
        self._add_menus()
        self._restyle()
        self.setCentralWidget(self._central())
        for part in (self._policy_bar, self._form):
            part.edited.connect(self._edit)
        self.load(self._draft)
        self.setMinimumSize(820, 480)
        self.resize(1320, 700)

    @property
    def draft(self) -> Draft:
        """The entries of now."""
        return self._draft

    def changeEvent(self, event: QEvent) -> None:
        """Follow the platform between light and dark, and its text size."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._restyle()
            self._result.clear()  # so that every part takes its new colors
            self._show()

    def _central(self) -> QWidget:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self._form)
        halves.addWidget(self._result)
        halves.setStretchFactor(0, 0)
        halves.setStretchFactor(1, 1)
        halves.setSizes([430, 890])
        central = QWidget()
        layout = QVBoxLayout(central)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._policy_bar)
        layout.addWidget(halves, stretch=1)
        return central

    def _add_menus(self) -> None:
        case = self.menuBar().addMenu("&Case")
        help_ = self.menuBar().addMenu("&Help")
        for menu, text, shortcut, slot in (
            (case, "&New case", QKeySequence.StandardKey.New, self._start_anew),
            (case, "&Back to the case before", QKeySequence("Ctrl+B"), self._go_back),
            (case, "&Quit", QKeySequence("Ctrl+Q"), self.close),
            (help_, "Administrator's &guide", QKeySequence(), self._show_guide),
            (help_, "&About Aldesk", QKeySequence(), self._show_about),
        ):
            action = QAction(text, self)
            action.setShortcut(QKeySequence(shortcut))
            action.triggered.connect(slot)
            menu.addAction(action)

    def _show_guide(self) -> None:
        from app.gui import help_windows  # noqa: PLC0415  # no part of the start

        help_windows.administrators_guide(self).show()

    def _show_about(self) -> None:
        from app.gui import help_windows  # noqa: PLC0415  # no part of the start

        help_windows.about(self._library, self).show()

    def _edit(self, key: str, entry: Entry) -> None:
        self._draft = self._draft.with_entry(key, entry)
        self._show()

    def _start_anew(self) -> None:
        """Begin an empty case under the same policy; one step back brings the old one."""
        empty = _empty_draft().with_entry("policy", self._draft.entries.get("policy"))
        if self._draft != empty:  # pressed twice, it still keeps the old case
            self._previous = self._draft
        self.load(empty)
        self._form.begin()

    def _go_back(self) -> None:
        self._draft, self._previous = self._previous, self._draft
        self.load(self._draft)

    def load(self, draft: Draft) -> None:
        """Show these entries and what follows from them."""
        self._draft = draft
        self._policy_bar.load(draft)
        self._form.load(draft)
        self._show()

    def _show(self) -> None:
        """Show what follows from the draft; whatever fails, no older result stays."""
        try:
            outcome = judge(self._draft, self._library)
            self._policy_bar.show_outcome(outcome)
            self._form.show_outcome(outcome)
            self._result.show_outcome(outcome)
        except BaseException:
            self._result.clear()
            raise

    def _restyle(self) -> None:
        sheet = style_sheet(self.palette(), QApplication.font().pointSizeF())
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)


def _empty_draft() -> Draft:
    today = datetime.now().astimezone().date().isoformat()
    return Draft(MappingProxyType({"date_of_service": today, "bsa_formula": DEFAULT_BSA_FORMULA}))
