"""The Settings menu: colors, text size and the site's formula; all that is ever remembered."""

from dataclasses import replace

from PySide6.QtWidgets import QApplication, QMenuBar

from app.gui.appearance import Appearance
from app.gui.menus import Command, add_choices, add_commands, add_menu
from app.gui.settings import TEXT_SIZES, Settings, Theme
from app.model.catalog import Catalog

_THEMES = {
    Theme.SYSTEM: "&As the system",
    Theme.LIGHT: "&Light",
    Theme.DARK: "&Dark",
    Theme.HIGH_CONTRAST: "&High contrast",
}


class SettingsMenu:
    """Holds what was chosen, and shows it. The look changes with the first choice."""

    def __init__(self, bar: QMenuBar, catalog: Catalog, remembered: Settings) -> None:
        self.chosen = remembered
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

    def _choose_theme(self, value: Theme) -> None:
        self._change(replace(self.chosen, theme=value))

    def _choose_size(self, value: int) -> None:
        self._change(replace(self.chosen, text_size=value))

    def _choose_formula(self, value: str) -> None:
        """Let new cases begin with this formula; the one of the case of now stays."""
        self._change(replace(self.chosen, bsa_formula=value))

    def _step(self, by: int) -> None:
        place = TEXT_SIZES.index(self.chosen.text_size) + by
        self._choose_size(TEXT_SIZES[min(max(place, 0), len(TEXT_SIZES) - 1)])

    def _change(self, chosen: Settings) -> None:
        self.chosen = chosen
        self._check()
        self.show_look()

    def show_look(self) -> None:
        """Show the chosen colors and text size."""
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
