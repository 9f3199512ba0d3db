"""The menus of the main window: Case, Result, Settings and Help.

Each is built from plain descriptions: commands, exclusive choices, and submenus.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar

from app.gui.exports import EXPORTS, Exports
from app.gui.look.appearance import Appearance, Theme
from app.gui.settings import TEXT_SIZES, Settings, WindowMemory
from app.gui.windows import Windows
from app.model.catalog import Catalog

if TYPE_CHECKING:  # not needed at startup
    from app.help.examples import Example

Value = TypeVar("Value")
Keys = QKeySequence.StandardKey | str


@dataclass(frozen=True, slots=True)
class Command:
    """One entry of a menu, with any number of shortcuts."""

    text: str
    run: Callable[[], object]
    shortcuts: Sequence[Keys] = ()


def add_menu(parent: QMenuBar | QMenu, title: str) -> QMenu:
    """Add a menu to the menu bar or to another menu."""
    menu = parent.addMenu(title)
    menu.setAccessibleName(title.replace("&", ""))
    return menu


def add_commands(menu: QMenu, commands: Sequence[Command | None]) -> None:
    """Add commands to a menu; None adds a separator."""
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
    """Add a submenu of mutually exclusive choices; return its actions by their value."""
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


_THEMES = {
    Theme.SYSTEM: "&As the system",
    Theme.LIGHT: "&Light",
    Theme.DARK: "&Dark",
    Theme.HIGH_CONTRAST: "&High contrast",
}


class CaseWindow(Protocol):
    """The methods of the main window that the menus call."""

    def start_anew(self) -> None:
        """Begin an empty case."""

    def show_example(self, example: "Example") -> None:
        """Show a worked example."""

    def go_back(self) -> None:
        """Show the previous case."""

    def go_to_next(self) -> None:
        """Move the focus to the question to answer next."""

    def choose_file(self) -> None:
        """Let the person choose a case file to open."""

    def save(self) -> None:
        """Save the case into its file."""

    def save_as(self) -> None:
        """Save the case into a file that the person chooses."""

    def close(self) -> bool:
        """Close the window."""


def add_case_menu(bar: QMenuBar, window: CaseWindow, windows: Windows) -> None:
    """Add the menu of commands for the case."""
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
            Command("&Worklist…", windows.open_worklist, ("Ctrl+L",)),
            None,
            Command("Q&uit", window.close, ("Ctrl+Q",)),
        ),
    )


def add_result_menu(bar: QMenuBar, exports: Exports, windows: Windows) -> None:
    """Add the menu of commands for the result, with each export of the table."""
    saves = [Command(one.command, partial(exports.save, one)) for one in EXPORTS]
    add_commands(
        add_menu(bar, "Resul&t"),
        (
            Command("&Ask sheet…", windows.open_ask_sheet, ("Ctrl+K",)),
            Command("Compare the &policies…", windows.open_comparison, ("Ctrl+D",)),
            None,
            Command("&Copy the summary", exports.copy_summary, ("Ctrl+Shift+C",)),
            Command("Print the &report…", exports.print_report, (QKeySequence.StandardKey.Print,)),
            *saves[:-1],
            None,
            saves[-1],
            Command("C&heck a record…", windows.check_record),
        ),
    )


def add_help_menu(bar: QMenuBar, window: CaseWindow, windows: Windows) -> None:
    """Add the menu of help pages and worked examples."""
    menu = add_menu(bar, "&Help")

    def page(text: str, *keys: str) -> Command:  # its name is the text of the command
        return Command(text, partial(windows.open_page, text.replace("&", "")), keys)

    keyboard = Command("&Keyboard shortcuts", windows.open_shortcuts, ("Ctrl+F1",))
    add_commands(menu, (page("&How each number is made", "F1"), keyboard))
    examples = add_menu(menu, "&Worked examples")

    def fill() -> None:  # when the submenu first opens, not at startup
        from app.help.examples import read_examples  # noqa: PLC0415  # not needed at startup

        for one in () if examples.actions() else read_examples():
            add_commands(examples, [Command(one.title, partial(window.show_example, one))])

    examples.aboutToShow.connect(fill)
    add_commands(
        menu,
        (
            None,
            Command("&Policies…", windows.open_policies),
            page("Administrator's &guide"),
            page("&Safety case"),
            page("&Traceability"),
            page("P&rivacy"),
            Command("&About Aldesk", windows.open_about),
        ),
    )


class SettingsMenu:
    """The Settings menu; `chosen` are the current settings.

    Without a settings file, the look stays the platform's until the first choice.
    """

    def __init__(self, bar: QMenuBar, catalog: Catalog, memory: WindowMemory) -> None:
        self.chosen = memory.remembered
        self._appearance: Appearance | None = None
        menu = add_menu(bar, "&Settings")
        self._themes = add_choices(menu, "&Colors", _THEMES, self._choose_theme)
        sizes = {size: f"{size} %" for size in TEXT_SIZES}
        self._sizes = add_choices(menu, "&Text size", sizes, self._choose_size)
        add_commands(
            menu,
            (
                Command("La&rger text", lambda: self._step(1), ("Ctrl++", "Ctrl+=")),
                Command("S&maller text", lambda: self._step(-1), ("Ctrl+-",)),
                Command("&Normal text", lambda: self._choose_size(100), ("Ctrl+0",)),
                None,
            ),
        )
        formulas = catalog.inputs["bsa_formula"].choices
        title = "&Body surface area: this site's formula"
        self._formulas = add_choices(menu, title, formulas, self._choose_formula)
        self._check()
        if memory.is_there:
            self._show_look()

    def _choose_theme(self, value: Theme) -> None:
        self._change(replace(self.chosen, theme=value))

    def _choose_size(self, value: int) -> None:
        self._change(replace(self.chosen, text_size=value))

    def _choose_formula(self, value: str) -> None:
        """Use this formula for new cases; the current case keeps its own."""
        self._change(replace(self.chosen, bsa_formula=value))

    def _step(self, by: int) -> None:
        place = TEXT_SIZES.index(self.chosen.text_size) + by
        self._choose_size(TEXT_SIZES[min(max(place, 0), len(TEXT_SIZES) - 1)])

    def _change(self, chosen: Settings) -> None:
        self.chosen = chosen
        self._check()
        self._show_look()

    def _show_look(self) -> None:
        """Apply the chosen colors and text size."""
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            return
        if self._appearance is None:
            self._appearance = Appearance(application)
        self._appearance.set_text_size(self.chosen.text_size)
        self._appearance.choose(self.chosen.theme)

    def _check(self) -> None:
        self._themes[self.chosen.theme].setChecked(True)
        self._sizes[self.chosen.text_size].setChecked(True)
        self._formulas[self.chosen.bsa_formula].setChecked(True)
