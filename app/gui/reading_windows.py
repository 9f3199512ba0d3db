"""Windows with a page to read: the pages of Help, About, and the ask sheet to copy or print.

A page is made when it is opened; its text comes from a file or from `app.output`.
"""

import hashlib
from collections.abc import Callable
from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QSplitter,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from app.atomic_file import why_not
from app.bounded_file import read_file
from app.casework.outcome import Outcome
from app.files.record import verify
from app.files.sealed_json import SealedJsonError
from app.gui.look.theme import Role, set_role
from app.gui.printing import print_document
from app.gui.widgets.dialogs import reading_dialog, set_up_button
from app.gui.widgets.labels import message_label, show_message
from app.gui.widgets.page import ReadingPage, plain_view
from app.gui.widgets.reader import Reader
from app.help.components import (
    Component,
    component_text,
    components,
    copyright_text,
    installed_version,
    license_text,
    program_text,
)
from app.help.hazard_log import read_safety_case
from app.library import RESOURCES, Library
from app.output.ask_sheet import ask_sheet_text
from app.output.hazard_log import safety_html
from app.output.messages import opening_words
from app.output.policy_pages import policies_html
from app.output.record import verification_text
from app.paper.page import plain_document

_FILES = {
    "Administrator's guide": "help/administrators-guide.md",
    "How each number is made": "help/how-numbers-are-made.md",
    "Privacy": "help/privacy.md",
    "Traceability": "help/traceability.md",
}


def about(library: Library, parent: QWidget) -> QDialog:
    """Return the window with versions, the policies' origin, and every component's license."""
    title = QLabel(program_text())
    title.setWordWrap(True)
    set_role(title, Role.HEADING)
    page = policies_html(library, _file_names(), datetime.now().astimezone().date())
    pages = QTabWidget()
    pages.setAccessibleName("About Aldesk")
    pages.addTab(ReadingPage("Policies", html=page), "&Policies")
    pages.addTab(_Components(), "&Components")
    pages.addTab(ReadingPage("Replacing Qt", file="licenses/NOTICE.md"), "&Replacing Qt")
    return reading_dialog("About Aldesk", parent, title, pages)


def help_page(name: str, parent: QWidget) -> QDialog:
    """Return the window with a page of Help: a shipped file, or the safety case."""
    if name in _FILES:
        return reading_dialog(name, parent, ReadingPage(name, file=_FILES[name]))
    return reading_dialog(name, parent, ReadingPage(name, html=safety_html(read_safety_case())))


def verification(path: Path, library: Library, parent: QWidget) -> QDialog:
    """Return the window that says whether a record is undamaged and gives the same result again."""
    title = f"Record: {path.name}"
    what_is_lost = partial(opening_words, path.name)
    view = plain_view(what_is_lost(0), title)
    dialog = reading_dialog(title, parent, view)

    def show(read: Callable[[], bytes]) -> None:
        view.setPlainText(_verified(path.name, read, library))

    Reader(dialog).read(partial(read_file, path), show, what_is_lost)
    return dialog


def _verified(name: str, read: Callable[[], bytes], library: Library) -> str:
    """Return the text that says how a record was verified, or why it cannot be read."""
    try:
        return verification_text(verify(read(), library))
    except OSError as error:
        return f"{name}: {why_not(error)}"
    except SealedJsonError as error:
        return f"{name}: {error}"


def _file_names() -> dict[str, str]:
    """Return the name of each shipped policy file by the hash of its content."""
    files = (one for one in (RESOURCES / "policies").iterdir() if one.suffix == ".yaml")
    return {hashlib.sha256(one.read_bytes()).hexdigest(): one.name for one in files}


class _Components(QSplitter):
    """The components, and the copyright and license of the chosen one."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._components: tuple[Component, ...] = components()
        self._names = QListWidget()
        self._names.setAccessibleName("Components")
        self._names.setWordWrap(True)
        self._names.addItems(
            [component_text(one, installed_version(one)) for one in self._components]
        )
        self._license = plain_view("", "Copyright and license")
        self._names.currentRowChanged.connect(self._show)
        self.addWidget(self._names)
        self.addWidget(self._license)
        self.setSizes([400, 560])
        self._names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        chosen = self._components[row]
        texts = [license_text(name) for name in chosen.texts]
        self._license.setPlainText("\n\n".join([copyright_text(chosen), *texts]))


class AskSheet(QDialog):
    """Shows the ask sheet of one outcome; the text always matches the current entries."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("Ask sheet")
        self._view = plain_view("", "Ask sheet")
        self._told = message_label("ask_sheet_told")
        layout = QVBoxLayout(self)
        layout.addWidget(self._view, stretch=1)
        layout.addWidget(self._told)
        layout.addWidget(self._add_buttons())
        self.resize(760, 640)
        self.show_outcome(None)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show what is missing now and keep the scroll position; nothing without an outcome."""
        self._show_text(ask_sheet_text(outcome, outcome.catalog) if outcome else "")

    def _add_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self._copy = box.addButton("&Copy", role.ActionRole)
        self._print = box.addButton("&Print…", role.ActionRole)
        close = box.addButton(QDialogButtonBox.StandardButton.Close)
        self._copy.clicked.connect(self._copy_text)
        self._print.clicked.connect(self._print_text)
        box.rejected.connect(self.reject)
        for button, name in (
            (self._copy, "Copy the ask sheet"),
            (self._print, "Print the ask sheet"),
            (close, "Close"),
        ):
            set_up_button(button, name)
        return box

    def _show_text(self, text: str) -> None:
        if text != self._view.toPlainText():
            place = self._view.verticalScrollBar().value()
            self._view.setPlainText(text)
            self._view.verticalScrollBar().setValue(place)
            self._told.clear()  # the message was about the previous text
        for button in (self._copy, self._print):
            button.setEnabled(bool(text))

    def _copy_text(self) -> None:
        QApplication.clipboard().setText(self._view.toPlainText())
        show_message(self._told, "Copied.")

    def _print_text(self) -> None:
        document = plain_document(self._view.toPlainText())
        show_message(self._told, print_document(document, "Ask sheet", self))
