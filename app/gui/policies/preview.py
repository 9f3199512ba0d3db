"""The preview of a policy file: what it contains and changes, and what in it is in doubt.
Installs it only when it is accepted, and each doubt about it, too.

Exactly the bytes that were read for the preview are installed.
"""

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.atomic_file import why_not
from app.gui.leaving import ask_to_stop
from app.gui.look.theme import Role, set_role
from app.gui.policies.doubts import DoubtsView
from app.gui.policies.replay import ReplayView
from app.gui.widgets.dialogs import set_up_button
from app.gui.widgets.labels import WrappedLabel, message_label, show_message
from app.gui.widgets.page import ReadingPage
from app.library import Library
from app.library.site import NewPolicy, install
from app.library.site_folders import SiteFolders
from app.output.policy_pages import preview_html, version_heading
from app.output.site_policies import not_taken


class PolicyPreview(QDialog):
    """Shows one file; accepted once it is installed. Cancel is the default button for Enter."""

    def __init__(
        self, new: NewPolicy, file_name: str, library: Library, site: SiteFolders, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Take a policy file?")
        self._new = new
        self._site = site
        self._doubts = DoubtsView(new.doubts)
        self._doubts.changed.connect(self._allow)
        self._take_it = QPushButton("&Take this policy")
        self._replay = ReplayView(new, library)
        self._for_all = QCheckBox("For &all users of this computer")
        self._for_all.setObjectName("for_all_users")
        self._for_all.setVisible(_can_be_written(site.folders[0]))
        self._told = message_label("take_told")
        set_role(self._told, Role.PROBLEM)
        self._told.hide()
        page = ReadingPage("The policy", html=preview_html(new, file_name, library, _today()))
        self._lay_out(page)
        self._allow()
        self.resize(1080, 660)

    def done(self, result: int) -> None:
        """Close; ask first while cases are being judged."""
        if self._replay.is_running:
            ask_to_stop(self, lambda: self._stop_and(lambda: self.done(result)))
        else:
            super().done(result)

    def _stop_and(self, go_on: Callable[[], None]) -> None:
        self._replay.stop()
        go_on()

    def _lay_out(self, page: ReadingPage) -> None:
        pages = QTabWidget()
        pages.setAccessibleName("Preview")
        pages.addTab(page, "The &policy and what changes")
        pages.addTab(self._replay, "&Saved cases by both versions")
        layout = QVBoxLayout(self)
        layout.addWidget(WrappedLabel(version_heading(self._new.policy), Role.HEADING))
        layout.addWidget(pages, stretch=1)
        layout.addWidget(self._doubts)
        layout.addWidget(self._told)
        last = QHBoxLayout()
        last.addWidget(self._for_all)
        last.addWidget(self._buttons(), stretch=1)
        layout.addLayout(last)

    def _buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        box.addButton(self._take_it, QDialogButtonBox.ButtonRole.ActionRole)
        cancel = box.addButton("Ca&ncel", QDialogButtonBox.ButtonRole.RejectRole)
        set_up_button(self._take_it, "Take this policy")
        set_up_button(cancel, "Cancel")
        cancel.setDefault(True)
        self._take_it.clicked.connect(self._take)
        box.rejected.connect(self.reject)
        return box

    def _allow(self) -> None:
        self._take_it.setEnabled(self._doubts.is_settled)

    def _take(self) -> None:
        if self._replay.is_running:
            ask_to_stop(self, lambda: self._stop_and(self._take))
            return
        folder = self._site.folders[0 if self._for_all.isChecked() else 1]
        try:
            install(self._new, folder, _today(), self._doubts.accepted)
        except OSError as error:
            self._told.show()
            show_message(self._told, not_taken(f"{folder}: {why_not(error)}"))
        else:
            self.accept()


def _today() -> date:
    return datetime.now().astimezone().date()


def _can_be_written(folder: Path) -> bool:
    """Return whether the system reports the folder, or its nearest parent, as writable."""
    there = next(one for one in (folder, *folder.parents) if one.exists())
    return there.is_dir() and os.access(there, os.W_OK)
