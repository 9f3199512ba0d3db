"""The window in which a policy is written fits and has its names, at every text size."""

from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QTreeWidget,
    QTreeWidgetItemIterator,
)
from pytestqt.qtbot import QtBot

from app.casework.policy_form import Shape
from app.casework.policy_form_lines import Entry
from app.casework.policy_form_tree import tree_of
from app.gui.main_window import MainWindow
from app.gui.policies.author_fields import ChoiceEditor
from tests.casework.policy_copyist import WORDS
from tests.fixture_library import ALDER, ROOT, file_of
from tests.gui.look.test_appearance_text_size import cut_off, scale
from tests.gui.policies.author_person import Author
from tests.gui.policy_windows import site, window
from tests.gui.whole_window.test_accessibility import unnamed

__all__ = ["scale", "site", "window"]

TEMPLATE = ROOT / "resources" / "policy-template.yaml"
SCROLLING = (QLineEdit.__name__, QComboBox.__name__, "_Box")  # what tells a long text in full


@pytest.fixture
def author(window: MainWindow) -> Author:
    return Author(window)


def settle() -> None:
    for _ in range(8):  # a wrapped text settles the heights of those above it
        QApplication.processEvents()


@pytest.mark.usefixtures("scale")
@pytest.mark.parametrize("file", [TEMPLATE, file_of(ALDER)], ids=lambda one: one.stem)
def test_every_page_fits_at_820_pixels_and_has_its_names(author: Author, file: Path) -> None:
    author.window.open_file(file)
    author.window.resize(820, 700)
    settle()
    page = author.window.findChild(QScrollArea, "policy_place")
    assert isinstance(page, QScrollArea)
    for node in tree_of(author.window.draft, WORDS).all():
        author.window.go_to(node.path)
        settle()
        beyond = [one for one in cut_off(author.window) if not one.startswith(SCROLLING)]
        assert not beyond, node.title
        lines = page.widget()
        assert lines is not None
        assert lines.width() <= page.viewport().width(), node.title
        assert not unnamed(author.window), node.title


@pytest.mark.usefixtures("scale")
@pytest.mark.parametrize("tab", ["Example case", "In words"])
def test_what_follows_fits_at_1366_pixels_and_has_its_names(author: Author, tab: str) -> None:
    author.window.open_file(TEMPLATE)
    author.window.resize(1366, 768)
    author.show_tab(tab)
    settle()
    assert not [one for one in cut_off(author.window) if not one.startswith(SCROLLING)]
    assert not unnamed(author.window)


def test_a_choice_that_has_no_room_in_its_box_is_told_in_full(qtbot: QtBot) -> None:
    long = "Does the prescriber attest that the disease is steroid-refractory?"
    entry = Entry(("question",), Shape("text"), "Question", "", {"a": long}, "a")
    editor = ChoiceEditor(entry, "Question")
    qtbot.addWidget(editor)
    editor.show()
    for width, told in ((200, long), (900, ""), (200, long)):
        editor.resize(width, 100)
        settle()
        assert editor.told_in_full == told


def test_the_tree_shows_every_part_and_can_be_walked_by_keyboard(author: Author) -> None:
    author.window.open_file(TEMPLATE)
    tree = author.window.findChild(QTreeWidget, "policy_parts")
    assert isinstance(tree, QTreeWidget)
    shown = []
    walk = QTreeWidgetItemIterator(tree)
    while walk.value() is not None:
        shown.append(walk.value().text(0))
        walk += 1
    assert shown == [one.title for one in tree_of(author.window.draft, WORDS).all()]
