"""What follows from a policy that is being written: what is still to do, an example, its words."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QTabWidget

from app.casework.policy_form_check import CheckedDraft
from app.casework.policy_form_draft import Path
from app.gui.policies.author_preview import ExampleCase
from app.gui.widgets.labels import announce, message_label
from app.gui.widgets.page import ReadingPage
from app.library import Library
from app.output.policy_author import ALL_IS_DONE, said_html, to_do_title, to_do_told

_PATH = Qt.ItemDataRole.UserRole


class Below(QTabWidget):
    """What is wrong, each leading to its place; an example case; the policy in words."""

    wanted = Signal(object)  # the path of a problem

    def __init__(self, library: Library) -> None:
        super().__init__()
        self._library = library
        self._found: CheckedDraft | None = None
        self._count = -1
        self._list = QListWidget()
        self._example = ExampleCase(library)
        self._page = ReadingPage("The policy in words")
        self._said = message_label("author_said")
        self.setObjectName("author_below")
        self.setAccessibleName("What follows from it")
        self._list.setObjectName("still_to_do")
        self._list.setAccessibleName("Still to do")
        self._list.verticalScrollBar().setAccessibleName("Scroll: still to do")
        self._list.setWordWrap(True)
        self._list.itemClicked.connect(self._lead)
        self._list.itemActivated.connect(self._lead)
        self.addTab(self._list, "")
        self.addTab(self._example, "&Example case")
        self.addTab(self._page, "In &words")
        self.currentChanged.connect(self._show_words)

    def show_check(self, found: CheckedDraft, told: Sequence[tuple[str, str, Path]]) -> None:
        """Show what is wrong, as place, words and path, or what the policy says."""
        self._found = found
        self._list.clear()
        for where, words, path in told:
            item = QListWidgetItem(f"{where}: {words}", self._list)
            item.setData(_PATH, path)
        if not told:
            QListWidgetItem(ALL_IS_DONE, self._list).setFlags(Qt.ItemFlag.ItemIsEnabled)
        self.setTabText(0, to_do_title(len(told)).replace("&", "&&"))
        if len(told) != self._count:
            self._count = len(told)
            announce(self._said, to_do_told(self._count))
        self._example.show_policy(found.file)
        self._show_words()

    def _lead(self, item: QListWidgetItem) -> None:
        path = item.data(_PATH)
        if path is not None:
            self.wanted.emit(tuple(path))

    def _show_words(self) -> None:
        """Write the policy in words, if that page is in sight."""
        if self.currentWidget() is not self._page or self._found is None:
            return
        file = self._found.file
        policies = (file.policy,) if file else ()
        catalog = replace(self._library, policies=policies).catalog  # with the policy's own words
        self._page.show_html(said_html(file.policy if file else None, catalog))
