"""What the Help menu opens: about the program, and the guide for administrators. Read-only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPlainTextEdit,
    QSplitter,
    QTabWidget,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)

from app.gui.theme import Role, set_role
from app.library import RESOURCES, Library
from app.library.licenses import components, installed_version, license_text
from app.model.component import Component
from app.output.about import component_text, copyright_text, program_text
from app.output.text import policies_text


def about(library: Library, parent: QWidget) -> QDialog:
    """Return the window with versions, the policies' origin, and every component's license."""
    title = QLabel(program_text())
    title.setWordWrap(True)
    set_role(title, Role.HEADING)
    pages = QTabWidget()
    pages.addTab(_plain(policies_text(library.policies), "Policies"), "&Policies")
    pages.addTab(_Components(), "&Components")
    pages.addTab(_document("licenses/NOTICE.md", "Replacing Qt"), "&Replacing Qt")
    return _dialog("About Aldesk", parent, title, pages)


def administrators_guide(parent: QWidget) -> QDialog:
    """Return the window with the guide for administrators."""
    name = "Administrator's guide"
    return _dialog(name, parent, _document("help/administrators-guide.md", name))


def _dialog(title: str, parent: QWidget, *parts: QWidget) -> QDialog:
    dialog = QDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.setWindowTitle(title)
    layout = QVBoxLayout(dialog)
    for part in parts:
        layout.addWidget(part)
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
    buttons.rejected.connect(dialog.reject)
    layout.addWidget(buttons)
    dialog.resize(980, 620)
    return dialog


def _document(name: str, title: str) -> QTextBrowser:
    browser = QTextBrowser()
    browser.setOpenLinks(False)  # nothing is fetched, nothing else is started
    browser.setAccessibleName(title)
    browser.setMarkdown((RESOURCES / name).read_text("utf-8"))
    return browser


def _plain(text: str, title: str) -> QPlainTextEdit:
    view = QPlainTextEdit(text)
    view.setReadOnly(True)
    view.setAccessibleName(title)
    view.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse
        | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return view


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
        self._license = _plain("", "Copyright and license")
        self._names.currentRowChanged.connect(self._show)
        self.addWidget(self._names)
        self.addWidget(self._license)
        self.setSizes([400, 560])
        self._names.setCurrentRow(0)

    def _show(self, row: int) -> None:
        chosen = self._components[row]
        texts = [license_text(name) for name in chosen.texts]
        self._license.setPlainText("\n\n".join([copyright_text(chosen), *texts]))
