"""A person who writes a policy in the window, by keys and mouse."""

from typing import TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QInputDialog,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QTabWidget,
    QTextBrowser,
    QTreeWidget,
    QWidget,
)

from app.gui.main_window import MainWindow
from app.gui.policies.author import AuthorWindow
from app.gui.policies.author_fields import Editor
from tests.gui.policy_windows import button, opened

_Kind = TypeVar("_Kind", bound=QWidget)
LEFT = Qt.MouseButton.LeftButton


class Author:
    """Somebody at the window in which a policy is written."""

    def __init__(self, window: MainWindow) -> None:
        QTest.mouseClick(button(opened(window), "Write a policy"), LEFT)
        found = window.findChild(AuthorWindow)
        assert isinstance(found, AuthorWindow)
        self.window = found

    def place(self, *titles: str) -> None:
        """Choose a part in the tree by the titles that lead to it, by the mouse."""
        tree = self._one(QTreeWidget, "policy_parts")
        item = tree.topLevelItem(0)
        for title in titles:
            assert item is not None
            inner = [item.child(place) for place in range(item.childCount())]
            found = [one for one in inner if one and one.text(0).startswith(title)]
            assert found, title
            item = found[0]
        assert item is not None
        tree.scrollToItem(item)
        area = tree.visualItemRect(item)
        QTest.mouseClick(tree.viewport(), LEFT, pos=QPoint(area.left() + 2, area.center().y()))

    def write(self, path: str, text: str) -> None:
        """Type into a field over what stands there, and leave it by Tab."""
        line = self._one(QLineEdit, path)
        line.setFocus()
        QTest.keyClick(line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(line, Qt.Key.Key_Delete)
        QTest.keyClicks(line, text)
        QTest.keyClick(line, Qt.Key.Key_Tab)

    def cite(self, path: str, heading: str, item: str = "") -> None:
        """Type where a value is written."""
        self.write(f"{path}.citation.heading".lstrip("."), heading)
        if item:
            self.write(f"{path}.citation.item".lstrip("."), item)

    def choose(self, path: str, words: str) -> None:
        """Choose one of several by the keyboard."""
        box = self._one(QComboBox, path)
        place = box.findText(words)
        assert place >= 0, (words, [box.itemText(one) for one in range(box.count())])
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Home)
        for _ in range(place):
            QTest.keyClick(self._one(QComboBox, path), Qt.Key.Key_Down)
        assert self._one(QComboBox, path).currentText() == words

    def tick(self, path: str) -> None:
        """Tick a box by the keyboard."""
        QTest.keyClick(self._one(QCheckBox, path), Qt.Key.Key_Space)

    def add(self, path: str, words: str = "") -> None:
        """Press a button that adds something, and choose what in its menu."""
        press = self._one(QPushButton, f"add.{path}")
        QTest.mouseClick(press, LEFT)
        menu = press.findChild(QMenu)
        if menu is not None:
            [action] = [one for one in menu.actions() if one.text() == words]
            action.trigger()
            menu.hide()
        elif words:
            dialog = self.window.findChild(QInputDialog, "name_entry")
            assert dialog is not None
            dialog.setTextValue(words)
            dialog.accept()

    def press(self, name: str) -> None:
        """Press a button by its accessible name."""
        QTest.mouseClick(button(self.window, name), LEFT)

    def menu(self, name: str, words: str) -> None:
        """Choose an action in the menu of a button."""
        found = button(self.window, name)
        assert isinstance(found, QPushButton)
        menu = found.menu()
        assert menu is not None
        [action] = [one for one in menu.actions() if one.text() == words]
        action.trigger()

    @property
    def to_do(self) -> list[str]:
        """What is still to do, as the window lists it."""
        found = self._one(QListWidget, "still_to_do")
        return [found.item(row).text() for row in range(found.count())]

    def follow(self, words: str) -> QWidget | None:
        """Click the problem with these words, and return what has the focus then."""
        found = self._one(QListWidget, "still_to_do")
        [item] = [
            found.item(row) for row in range(found.count()) if words in found.item(row).text()
        ]
        found.scrollToItem(item)
        QTest.mouseClick(found.viewport(), LEFT, pos=found.visualItemRect(item).center())
        QApplication.processEvents()
        return QApplication.focusWidget()

    def told(self, path: str) -> str:
        """What the page says is wrong with a field."""
        line = self._one(QWidget, path)
        editor = line.parentWidget()
        assert isinstance(editor, Editor)
        return editor.problem.text() if editor.problem.isVisible() else ""

    def show_tab(self, words: str) -> None:
        """Bring a page below in front."""
        tabs = self._one(QTabWidget, "author_below")
        [place] = [
            one for one in range(tabs.count()) if tabs.tabText(one).replace("&", "") == words
        ]
        tabs.setCurrentIndex(place)

    def label(self, name: str) -> str:
        """Return a text of the result of the example case."""
        found = self.window.findChild(QLabel, name)
        return found.text() if isinstance(found, QLabel) else ""

    def page(self) -> str:
        """Return the policy in words."""
        [found] = [one for one in self.window.findChildren(QTextBrowser) if one.isVisible()]
        return found.toPlainText()

    def _one(self, kind: type[_Kind], name: str) -> _Kind:
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        found = self.window.findChildren(kind, name)
        assert len(found) == 1, f"{len(found)} of {name}"
        return found[0]
