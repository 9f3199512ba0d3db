"""The Case, Result and Help menus of the main window."""

from functools import partial
from typing import TYPE_CHECKING, Protocol

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenuBar

from app.gui.companions import Companions
from app.gui.exports import Exports
from app.gui.menus import Command, add_commands, add_menu

if TYPE_CHECKING:  # no part of the start
    from app.help.examples import Example


class CaseWindow(Protocol):
    """What the menus ask of the main window."""

    def start_anew(self) -> None:
        """Begin an empty case."""

    def show_example(self, example: "Example") -> None:
        """Show a worked example."""

    def go_back(self) -> None:
        """Show the case before."""

    def go_to_next(self) -> None:
        """Lead to the question to answer next."""

    def choose_file(self) -> None:
        """Let the person choose a case file to open."""

    def save(self) -> None:
        """Save the case into its file."""

    def save_as(self) -> None:
        """Save the case into a file that the person chooses."""

    def close(self) -> bool:
        """Close the window."""


def add_case_menu(bar: QMenuBar, window: CaseWindow, companions: Companions) -> None:
    """Add what can be done with a case."""
    keys = QKeySequence.StandardKey
    add_commands(
        add_menu(bar, "&Case"),
        (
            Command("&New case", window.start_anew, (keys.New,)),
            Command("&Open…", window.choose_file, (keys.Open,)),
            Command("&Save", window.save, (keys.Save,)),
            Command("Save &as…", window.save_as, ("Ctrl+Shift+S",)),
            None,
            Command("&Bring back the previous case", window.go_back, ("Ctrl+B",)),
            Command("Next open &question", window.go_to_next, ("Ctrl+J",)),
            None,
            Command("&Worklist…", companions.open_worklist, ("Ctrl+L",)),
            None,
            Command("Q&uit", window.close, ("Ctrl+Q",)),
        ),
    )


def add_result_menu(bar: QMenuBar, exports: Exports, companions: Companions) -> None:
    """Add what can be done with a result."""
    add_commands(
        add_menu(bar, "Resul&t"),
        (
            Command("&Ask sheet…", companions.open_ask_sheet, ("Ctrl+K",)),
            Command("Compare the &policies…", companions.open_comparison, ("Ctrl+D",)),
            None,
            Command("&Copy the summary", exports.copy_summary, ("Ctrl+Shift+C",)),
            Command("Print the &report…", exports.print_report, (QKeySequence.StandardKey.Print,)),
            Command("Save the report as P&DF…", exports.save_report),
            Command("Save the ca&lendar…", exports.save_calendar),
            None,
            Command("Sa&ve a record…", exports.save_record),
            Command("C&heck a record…", exports.check_record),
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
        from app.help.examples import read_examples  # noqa: PLC0415  # no part of the start

        if examples.isEmpty():
            add_commands(examples, [_command(one, window) for one in read_examples()])

    examples.aboutToShow.connect(fill)
    add_commands(
        menu,
        (
            None,
            Command("&Policies…", companions.open_policies),
            Command("Administrator's &guide", companions.open_guide),
            Command("&Safety case", companions.open_safety_case),
            Command("&Traceability", companions.open_traceability),
            Command("P&rivacy", companions.open_privacy),
            Command("&About Aldesk", companions.open_about),
        ),
    )


def _command(example: "Example", window: CaseWindow) -> Command:
    return Command(example.title, partial(window.show_example, example))
