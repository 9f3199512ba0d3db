"""Windows with a page to read: the pages of Help, About, and the ask sheet to copy or print.

A page is made when it is opened; its text comes from a file or from `app.output`.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from html import escape

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

from app.casework.outcome import Outcome
from app.gui.look.theme import Role, set_role
from app.gui.printing import print_document
from app.gui.widgets.dialogs import dress, reading_dialog
from app.gui.widgets.labels import tell, told_label
from app.gui.widgets.page import ReadingPage, plain_view
from app.help import hazard_log
from app.help.components import (
    Component,
    component_text,
    components,
    copyright_text,
    installed_version,
    license_text,
    program_text,
    provenance,
)
from app.library import RESOURCES, Library
from app.model.catalog import Catalog
from app.output.ask_sheet import ask_sheet_text
from app.output.hazard_log import safety_html
from app.output.policy_pages import PolicyOrigin, policy_heading, policy_rows
from app.paper.page import plain_document


def about(library: Library, parent: QWidget) -> QDialog:
    """Return the window with versions, the policies' origin, and every component's license."""
    title = QLabel(program_text())
    title.setWordWrap(True)
    set_role(title, Role.HEADING)
    pages = QTabWidget()
    pages.setAccessibleName("About Aldesk")
    pages.addTab(ReadingPage("Policies", html=_policies_html(library)), "&Policies")
    pages.addTab(_Components(), "&Components")
    pages.addTab(ReadingPage("Replacing Qt", file="licenses/NOTICE.md"), "&Replacing Qt")
    return reading_dialog("About Aldesk", parent, title, pages)


def administrators_guide(parent: QWidget) -> QDialog:
    """Return the window with the guide for administrators."""
    name = "Administrator's guide"
    return reading_dialog(name, parent, ReadingPage(name, file="help/administrators-guide.md"))


def how_numbers_are_made(parent: QWidget) -> QDialog:
    """Return the window that tells how each number is made."""
    name = "How each number is made"
    return reading_dialog(name, parent, ReadingPage(name, file="help/how-numbers-are-made.md"))


def privacy(parent: QWidget) -> QDialog:
    """Return the window that says what is stored, where, and what never is."""
    return reading_dialog("Privacy", parent, ReadingPage("Privacy", file="help/privacy.md"))


def safety_case(parent: QWidget) -> QDialog:
    """Return the window with every hazard, what stands against it, and what remains."""
    name = "Safety case"
    return reading_dialog(
        name, parent, ReadingPage(name, html=safety_html(hazard_log.read_safety_case()))
    )


def traceability(parent: QWidget) -> QDialog:
    """Return the window that leads from each sentence of the policies to its place and tests."""
    return reading_dialog(
        "Traceability", parent, ReadingPage("Traceability", file="help/traceability.md")
    )


def _policies_html(library: Library) -> str:
    """Return the policies one below the other, and where their facts come from."""
    return "".join(
        (*_policy_tables(library), "<h2>Where the facts come from</h2>", *_texts(library))
    )


def _policy_tables(library: Library) -> Iterator[str]:
    today = datetime.now().astimezone().date()
    names = _file_names()
    for policy in library.policies:
        file_name = names.get(policy.sha256, "not one of those that came with Aldesk")
        rows = policy_rows(PolicyOrigin(policy, file_name), today)
        yield f"<h2>{escape(policy_heading(policy))}</h2><table width='100%'>"
        for label, text in rows:
            yield f"<tr><th align='left' width='20%'>{escape(label)}</th>"
            yield f"<td>{escape(text)}</td></tr>"
        yield "</table>"


def _texts(library: Library) -> Iterator[str]:
    for text in provenance(library.policies, library.reference_data):
        yield f"<p>{escape(text)}</p>"


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
    """Shows the sheet of one outcome; the text always belongs to the entries of now."""

    def __init__(self, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self.setWindowTitle("Ask sheet")
        self._view = plain_view("", "Ask sheet")
        self._told = told_label("ask_sheet_told")
        layout = QVBoxLayout(self)
        layout.addWidget(self._view, stretch=1)
        layout.addWidget(self._told)
        layout.addWidget(self._add_buttons())
        self.resize(760, 640)
        self.clear()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what is missing now; the place where somebody reads stays."""
        self._show_text(ask_sheet_text(outcome, self._catalog))

    def clear(self) -> None:
        """Take the sheet away: nothing is known to follow from the entries."""
        self._show_text("")

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
            dress(button, name)
        return box

    def _show_text(self, text: str) -> None:
        if text != self._view.toPlainText():
            place = self._view.verticalScrollBar().value()
            self._view.setPlainText(text)
            self._view.verticalScrollBar().setValue(place)
            self._told.clear()  # what was copied or printed was another sheet
        for button in (self._copy, self._print):
            button.setEnabled(bool(text))

    def _copy_text(self) -> None:
        QApplication.clipboard().setText(self._view.toPlainText())
        tell(self._told, "Copied.")

    def _print_text(self) -> None:
        document = plain_document(self._view.toPlainText())
        tell(self._told, print_document(document, "Ask sheet", self))
