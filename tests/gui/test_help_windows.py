"""The Help menu: versions, where the policies come from, every component with its license."""

import re

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QDialog,
    QListWidget,
    QPlainTextEdit,
    QTabWidget,
    QTextBrowser,
    QWidget,
)

import app
from app.gui.main_window import MainWindow
from app.library import RESOURCES, Library
from app.library.licenses import components, license_text


def opened(window: MainWindow, text: str) -> QDialog:
    """Choose an entry of the menus and return the window that it opens."""
    found = [one for one in window.findChildren(QAction) if one.text().replace("&", "") == text]
    [action] = found
    action.trigger()
    [dialog] = window.findChildren(QDialog)
    assert dialog.isVisible()
    return dialog


def text_of(dialog: QDialog, name: str) -> str:
    [view] = [one for one in dialog.findChildren(QWidget) if one.accessibleName() == name]
    assert isinstance(view, QPlainTextEdit | QTextBrowser)
    return view.toPlainText()


def test_about_names_version_and_policies_with_their_hashes(
    window: MainWindow, library: Library
) -> None:
    dialog = opened(window, "About Aldesk")
    said = text_of(dialog, "Policies")
    for policy in library.policies:
        assert f"{policy.id}  version {policy.version}" in said
        assert policy.sha256 in said
    labels = [one.property("text") for one in dialog.findChildren(QWidget)]
    assert any(str(one).startswith(f"Aldesk {app.__version__}:") for one in labels)


def test_about_lists_every_component_with_its_license_text(window: MainWindow) -> None:
    dialog = opened(window, "About Aldesk")
    [names] = dialog.findChildren(QListWidget)
    shown = [names.item(row).text() for row in range(names.count())]
    assert len(shown) == len(components())
    for row, component in enumerate(components()):
        assert shown[row].startswith(component.name)
        assert shown[row].endswith(f": {component.license}")
        names.setCurrentRow(row)
        said = text_of(dialog, "Copyright and license")
        assert said.startswith(component.copyright[0])
        for name in component.texts:
            assert license_text(name).strip()[:300] in said


def test_about_says_how_qt_is_replaced(window: MainWindow) -> None:
    dialog = opened(window, "About Aldesk")
    [pages] = dialog.findChildren(QTabWidget)
    assert [pages.tabText(page).replace("&", "") for page in range(pages.count())] == [
        "Policies",
        "Components",
        "Replacing Qt",
    ]
    assert "You may replace them" in text_of(dialog, "Replacing Qt")


def test_the_administrators_guide_is_in_the_help_menu(window: MainWindow) -> None:
    said = text_of(opened(window, "Administrator's guide"), "Administrator's guide")
    assert "What the program never does" in said
    source = (RESOURCES / "help" / "administrators-guide.md").read_text("utf-8")
    for heading in re.findall(r"(?m)^#+ (.*)$", source):
        assert heading in said


@pytest.mark.parametrize("text", ["About Aldesk", "Administrator's guide"])
def test_no_link_in_help_opens_anything(window: MainWindow, text: str) -> None:
    for browser in opened(window, text).findChildren(QTextBrowser):
        assert not browser.openLinks()
        assert not browser.openExternalLinks()
