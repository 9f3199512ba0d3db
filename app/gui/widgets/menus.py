"""Builds menus from plain descriptions: commands, choices of which one holds, and submenus."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

Value = TypeVar("Value")
Keys = QKeySequence.StandardKey | str


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of a menu; several shortcuts can lead to it."""

    text: str
    run: Callable[[], object]
    shortcuts: Sequence[Keys] = ()


def add_menu(parent: QMenuBar | QMenu, title: str) -> QMenu:
    """Add a menu to the menu bar or to another menu."""
    menu = parent.addMenu(title)
    menu.setAccessibleName(title.replace("&", ""))
    return menu


def add_commands(menu: QMenu, commands: Sequence[Command | None]) -> None:
    """Add commands to a menu; None is a line between groups."""
    for command in commands:
        if command is None:
            menu.addSeparator()
            continue
        action = QAction(command.text, menu)
        action.setShortcuts([QKeySequence(one) for one in command.shortcuts])
        action.triggered.connect(partial(_run, command.run))
        menu.addAction(action)


def add_choices(
    menu: QMenu, title: str, choices: Mapping[Value, str], choose: Callable[[Value], None]
) -> dict[Value, QAction]:
    """Add a submenu of which one choice holds, and return its actions by their value."""
    submenu = add_menu(menu, title)
    group = QActionGroup(submenu)
    actions = {}
    for value, words in choices.items():
        action = QAction(words, group)
        action.setCheckable(True)
        action.triggered.connect(partial(_choose, choose, value))
        submenu.addAction(action)
        actions[value] = action
    return actions


def _run(run: Callable[[], object], _: bool = False) -> None:  # noqa: FBT001  # Qt's checked
    run()


def _choose(choose: Callable[[Value], None], value: Value, _: bool = False) -> None:  # noqa: FBT001  # Qt's checked
    choose(value)
