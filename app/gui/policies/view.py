"""The contents of the window of the policy versions. Reads and writes no file."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QPushButton, QSplitter, QVBoxLayout, QWidget

from app.gui.look.theme import Role, Tone, set_role
from app.gui.widgets.dialogs import set_up_button
from app.gui.widgets.labels import WrappedLabel, message_label, show_message
from app.gui.widgets.page import ReadingPage, plain_view
from app.output.site_policies import REFUSED_TITLE

_REFUSED_LINES = 5


class PoliciesView(QWidget):
    """The contents of the window; `chosen` emits the index of the selected version."""

    chosen = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.take = QPushButton("&Take a file…")
        self.write = QPushButton("&New…")
        self.remove = QPushButton("&Remove…")
        self.close_window = QPushButton("Clo&se")
        self._refused_title = WrappedLabel(REFUSED_TITLE, Role.HEADING)
        self._refused = plain_view("", REFUSED_TITLE)
        self._names = QListWidget()
        self._page = ReadingPage("The chosen version")
        self._told = message_label("policies_told")
        self._prepare()
        self._lay_out()

    @property
    def chosen_place(self) -> int:
        """The index of the selected version, or -1."""
        return self._names.currentRow()

    def show_versions(self, versions: Sequence[str], chosen: int) -> None:
        """List these versions, and select the one at index `chosen`."""
        self._names.clear()
        self._names.addItems(list(versions))
        self._names.setCurrentRow(chosen)

    def show_refused(self, words: str) -> None:
        """Show which files are not used and why; an empty text hides the list."""
        self._refused.setPlainText(words)
        for one in (self._refused_title, self._refused):
            one.setVisible(bool(words))

    def show_chosen(self, html: str, *, is_removable: bool) -> None:
        """Show all that is known about the selected version."""
        self._page.show_html(html)
        self.remove.setEnabled(is_removable)

    def tell(self, words: str) -> None:
        """Show and announce what happened."""
        self._told.setVisible(bool(words))
        show_message(self._told, words)

    def changeEvent(self, event: QEvent) -> None:
        """Adapt to a new text size or new colors."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            lines = self._refused.fontMetrics().lineSpacing() * _REFUSED_LINES
            self._refused.setFixedHeight(lines + 2 * int(self._refused.document().documentMargin()))
        if event.type() == QEvent.Type.PaletteChange and self._names.count():
            self.chosen.emit(self.chosen_place)

    def _prepare(self) -> None:
        for button, name in (
            (self.take, "Take a policy file of this site"),
            (self.write, "Write a policy"),
            (self.remove, "Remove this policy file of the site"),
            (self.close_window, "Close the policies"),
        ):
            set_up_button(button, name)
        set_role(self._refused_title, Role.HEADING, Tone.BAD)
        self._refused.setObjectName("refused_policies")
        self._names.setObjectName("policy_versions")
        self._names.setAccessibleName("Policy versions")
        for view in (self._names, self._refused):
            view.verticalScrollBar().setAccessibleName(f"Scroll: {view.accessibleName()}")
        self._names.setWordWrap(True)
        self.setFocusProxy(self._names)
        self._names.setSpacing(3)
        self._names.currentRowChanged.connect(self._choose)

    def _choose(self, row: int) -> None:
        if row >= 0:
            self.chosen.emit(row)

    def _lay_out(self) -> None:
        halves = QSplitter(Qt.Orientation.Horizontal)
        halves.addWidget(self._names)
        halves.addWidget(self._page)
        halves.setSizes([430, 650])
        halves.setChildrenCollapsible(False)
        halves.handle(1).setAccessibleName("Border between versions and the chosen one")
        last = QHBoxLayout()
        last.addWidget(self.take)
        last.addWidget(self.write)
        last.addWidget(self.remove)
        last.addStretch()
        last.addWidget(self.close_window)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self._refused_title)
        layout.addWidget(self._refused)
        layout.addWidget(halves, stretch=1)
        layout.addWidget(self._told)
        layout.addLayout(last)
