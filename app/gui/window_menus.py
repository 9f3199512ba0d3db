"""The Case and Help menus of the main window."""

from functools import partial
from typing import Protocol

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar

from app.gui.companions import Companions
from app.gui.menus import Command, add_commands, add_menu
from app.library import read_examples
from app.model.example import Example


class CaseWindow(Protocol):
    """What the menus ask of the main window."""

    def start_anew(self) -> None:
        """Begin an empty case."""

    def show_example(self, example: Example) -> None:
        """Show a worked example."""

    def go_back(self) -> None:
        """Show the case before."""

    def go_to_next(self) -> None:
        """Lead to the question to answer next."""

    def close(self) -> bool:
        """Close the window."""


def add_case_menu(bar: QMenuBar, window: CaseWindow, companions: Companions) -> None:
    """Add what can be done with a case."""
    add_commands(
        add_menu(bar, "&Case"),
        (
            Command("&New case", window.start_anew, (QKeySequence.StandardKey.New,)),
            Command("&Bring back the previous case", window.go_back, ("Ctrl+B",)),
            None,
            Command("Next &open question", window.go_to_next, ("Ctrl+J",)),
            Command("&Ask sheet…", companions.open_ask_sheet, ("Ctrl+K",)),
            Command("&Compare the policies…", companions.open_comparison, ("Ctrl+D",)),
            None,
            Command("&Quit", window.close, ("Ctrl+Q",)),
        ),
    )


def add_help_menu(bar: QMenuBar, window: CaseWindow, companions: Companions) -> None:
    """Add what explains the program."""
    menu = add_menu(bar, "&Help")
    add_commands(
        menu,
        (
            Command("&How each number is made", companions.open_help, ("F1",)),
            Command("&Keyboard shortcuts", companions.open_shortcuts, ("Ctrl+F1",)),
        ),
    )
    examples = add_menu(menu, "&Worked examples")

    def fill() -> None:  # when it opens: no part of the start
        if examples.isEmpty():
            add_commands(examples, [_command(one, window) for one in read_examples()])

    examples.aboutToShow.connect(fill)
    add_commands(
        menu,
        (
            None,
            Command("Administrator's &guide", companions.open_guide),
            Command("&About Aldesk", companions.open_about),
        ),
    )


def _command(example: Example, window: CaseWindow) -> Command:
    return Command(example.title, partial(window.show_example, example))
