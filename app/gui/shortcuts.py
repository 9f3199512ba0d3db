"""The list of keyboard shortcuts, generated from the actual actions and fields."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QDialog,
    QHeaderView,
    QLabel,
    QMainWindow,
    QMenu,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from app.gui.widgets.dialogs import reading_dialog

_NATIVE = QKeySequence.SequenceFormat.NativeText
_TITLE = "Keyboard shortcuts"
NO_KEY = "in the menu only"


@dataclass(frozen=True, slots=True)
class Shortcut:
    """What a key does, in words, and the key in this system's notation."""

    what: str
    keys: str


# Keys that the fields handle themselves; a test presses each of them.
FIXED = (
    Shortcut("Next field", "Tab"),
    Shortcut("Previous field", "Shift+Tab"),
    Shortcut("On a question: yes", "Y"),
    Shortcut("On a question: no", "N"),
    Shortcut("On a question: not known", "U"),
    Shortcut("In a list: tick or untick", "Space"),
)


def shortcuts_dialog(window: QMainWindow, parent: QWidget) -> QDialog:
    """Return the window that lists every key of `window`."""
    dialog = reading_dialog(_TITLE, parent, _table(tuple(all_shortcuts(window))))
    dialog.resize(680, 620)
    return dialog


def all_shortcuts(window: QMainWindow) -> Iterator[Shortcut]:
    """Yield the keys of the menus, of the visible fields and buttons, and the fixed ones."""
    for action in window.menuBar().actions():
        menu = action.menu()
        if isinstance(menu, QMenu) and action.isVisible():
            yield from _of_menu(menu, (_bare(action.text()),), (_mnemonic(action.text()),))
    yield from _of_labels(window)
    yield from _of_buttons(window)
    yield from FIXED


def _of_menu(menu: QMenu, path: tuple[str, ...], keys: tuple[str, ...]) -> Iterator[Shortcut]:
    for action in menu.actions():
        if action.isSeparator() or not action.isVisible():
            continue
        below = action.menu()
        names, steps = (*path, _bare(action.text())), (*keys, _letter(action.text()))
        inner = list(_of_menu(below, names, steps)) if isinstance(below, QMenu) else []
        if any(one.keys != NO_KEY for one in inner):
            yield from inner
        else:  # a command, or a submenu without keys, which is listed as a whole
            yield Shortcut(" › ".join(names), _keys(action, steps))


def _keys(action: QAction, steps: tuple[str, ...]) -> str:
    """Return the shortcuts of an action or, without any, the keys that reach it in the menus."""
    own = [one.toString(_NATIVE) for one in action.shortcuts()]
    through = [", ".join(steps)] if all(steps) else []
    return " or ".join(own or through) or NO_KEY


def _of_labels(window: QWidget) -> Iterator[Shortcut]:
    for label in window.findChildren(QLabel):
        buddy, keys = label.buddy(), _mnemonic(label.text())
        if buddy is not None and keys and label.isVisibleTo(window):
            yield Shortcut(f"To the field: {_bare(label.text())}", keys)


def _of_buttons(window: QWidget) -> Iterator[Shortcut]:
    for button in window.findChildren(QAbstractButton):
        keys = button.shortcut().toString(_NATIVE)
        if keys and button.isVisibleTo(window):
            yield Shortcut(f"Button: {_bare(button.text())}", keys)


def _mnemonic(text: str) -> str:
    """Return the Alt shortcut of a text; empty on a system without such shortcuts."""
    return QKeySequence.mnemonic(text).toString(_NATIVE)


def _letter(text: str) -> str:
    """Return the letter that chooses an entry of an open menu."""
    return _mnemonic(text).rpartition("+")[2]


def _bare(text: str) -> str:
    """Return a text without the ampersands that mark its letter."""
    return re.sub("&(.)", r"\1", text)


def _table(rows: tuple[Shortcut, ...]) -> QTableWidget:
    table = QTableWidget(len(rows), 2)
    table.setAccessibleName(_TITLE)
    table.setHorizontalHeaderLabels(["What it does", "Keys"])
    table.verticalHeader().hide()
    table.setShowGrid(False)
    table.setStyleSheet("QTableView::item { padding: 5px 2px; }")
    table.setAlternatingRowColors(True)
    table.setTabKeyNavigation(False)
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    header = table.horizontalHeader()
    header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    header.setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    for place, row in enumerate(rows):
        table.setItem(place, 0, QTableWidgetItem(row.what))
        table.setItem(place, 1, QTableWidgetItem(row.keys))
    table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
    return table
