"""The window of the installed policy versions, where a site adds and removes its own files.

Reads the site's folders when it opens and after each change, so that it shows what is used.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QMessageBox, QVBoxLayout, QWidget

from app.atomic_file import why_not
from app.gui.policies.author import AuthorWindow
from app.gui.policies.preview import PolicyPreview
from app.gui.policies.view import PoliciesView
from app.gui.widgets.dialogs import file_to_open, show_problem
from app.gui.widgets.reader import Reader
from app.library import DataFileError, Library
from app.library.site import InstalledFile, NewPolicy, read_new, read_site, remove
from app.library.site_folders import SiteError, SiteFolders
from app.model.policy import Policy
from app.output.messages import opening_words
from app.output.policy_pages import version_html
from app.output.site_policies import (
    REMOVE_QUESTION,
    not_removed,
    not_taken,
    origin_text,
    refused_text,
    removed_text,
    removing_text,
    taken_text,
    version_text,
)

_KIND = "Policy (*.yaml);;All files (*)"
_SHIPPED = "came with Aldesk"


class PoliciesWindow(QDialog):
    """Shows the versions; `changed` emits the library to use from now on."""

    changed = Signal(object)

    def __init__(self, library: Library, site: SiteFolders, parent: QWidget) -> None:
        super().__init__(parent)
        self._library = library
        self._site = site
        self._taken: dict[str, InstalledFile] = {}
        self._view = PoliciesView()
        self._reader = Reader(self)
        self.finished.connect(self._reader.stop)
        self._view.take.clicked.connect(self._choose)
        self._view.write.clicked.connect(self._write)
        self._view.remove.clicked.connect(self._ask_to_remove)
        self._view.close_window.clicked.connect(self.close)
        self._view.chosen.connect(self._show_chosen)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._view)
        self._view.setFocus()
        self.setWindowTitle("Policies")
        self.resize(1080, 620)

    def refresh(self, sha256: str = "") -> None:
        """Read the site's folders, emit a changed library, and select the file with this hash."""
        shipped = tuple(one for one in self._library.policies if one.provided_by is None)
        known = replace(self._library, policies=shipped)
        library, taken = read_site(known, self._site)
        self._taken = {one.policy.sha256: one for one in taken}
        is_changed, self._library = library != self._library, library
        self._show(sha256)
        if is_changed:
            self.changed.emit(library)

    def offer(self, path: Path) -> None:
        """Show a preview of a policy file; if the file is refused, say why."""
        read = partial(read_new, path, self._library, self._site)
        self._reader.read(
            read, partial(self._preview, path.name), partial(opening_words, path.name)
        )

    def _preview(self, name: str, read: Callable[[], NewPolicy]) -> None:
        try:
            new = read()
        except (DataFileError, SiteError) as error:
            show_problem(self, "The file was not taken", not_taken(str(error)))
            return
        preview = PolicyPreview(new, name, self._library, self._site, self)
        preview.accepted.connect(lambda: self._show_installed(new.policy))
        preview.open()

    def _choose(self) -> None:
        path = file_to_open(self, "Take a policy file", _KIND)
        if path is not None:
            self.offer(path)

    def _write(self) -> None:
        author = AuthorWindow(self._library, self)
        author.offered.connect(self.offer)
        author.show()

    def _show_installed(self, policy: Policy) -> None:
        self.refresh(policy.sha256)
        self._view.tell(taken_text(policy))

    def _show(self, sha256: str) -> None:
        today, policies = datetime.now().astimezone().date(), self._library.policies
        places = [place for place, one in enumerate(policies) if one.sha256 == sha256]
        self._view.tell("")
        self._view.show_refused(refused_text(self._library.refused))
        self._view.show_versions(
            [version_text(one, self._origin(one), today) for one in policies],
            chosen=places[0] if places else 0,
        )

    def _show_chosen(self, place: int) -> None:
        policy = self._library.policies[place]
        taken = self._taken.get(policy.sha256)
        file_name = taken.path.name if taken else _SHIPPED
        today = datetime.now().astimezone().date()
        html = version_html(policy, self._origin(policy), file_name, today)
        self._view.show_chosen(html, is_removable=taken is not None)

    def _origin(self, policy: Policy) -> str:
        taken = self._taken.get(policy.sha256)
        is_for_all = taken is not None and taken.path.parent == self._site.folders[0]
        return origin_text(policy, taken, is_for_all=is_for_all)

    def _ask_to_remove(self) -> None:
        policy = self._library.policies[self._view.chosen_place]
        words = removing_text(policy, self._library)
        box = QMessageBox(QMessageBox.Icon.Question, REMOVE_QUESTION, words, parent=self)
        box.setObjectName("remove_policy")
        box.setTextFormat(Qt.TextFormat.PlainText)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.addButton("&Remove", QMessageBox.ButtonRole.AcceptRole)
        cancel = box.addButton("&Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(cancel)
        box.accepted.connect(lambda: self._remove(policy))
        box.open()

    def _remove(self, policy: Policy) -> None:
        try:
            remove(policy, self._site)
        except SiteError as error:
            show_problem(self, "Not removed", not_removed(str(error)))
        except OSError as error:
            show_problem(self, "Not removed", not_removed(why_not(error)))
        else:
            self.refresh()
            self._view.tell(removed_text(policy))
