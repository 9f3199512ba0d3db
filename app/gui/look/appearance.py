"""Applies the chosen colors and text size; follows the platform if that is the choice."""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.gui.look import theme


class Theme(StrEnum):
    """Which colors are shown."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


_SCHEMES = {
    Theme.SYSTEM: Qt.ColorScheme.Unknown,  # as the platform says
    Theme.LIGHT: Qt.ColorScheme.Light,
    Theme.DARK: Qt.ColorScheme.Dark,
    Theme.HIGH_CONTRAST: Qt.ColorScheme.Dark,
}


class Appearance:
    """The look of the whole application."""

    def __init__(self, application: QApplication) -> None:
        self._application = application
        self._points = application.font().pointSizeF()
        self._chosen = Theme.SYSTEM
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._follow)
        hints.accessibility().contrastPreferenceChanged.connect(self._follow)

    def choose(self, chosen: Theme) -> None:
        """Apply these colors."""
        self._chosen = chosen
        self._application.styleHints().setColorScheme(_SCHEMES[chosen])
        self._follow()

    def set_text_size(self, percent: int) -> None:
        """Scale all text to a percentage of the platform's own size."""
        font = self._application.font()
        points = self._points * percent / 100
        if font.pointSizeF() != points:
            font.setPointSizeF(points)
            self._application.setFont(font)

    def _follow(self) -> None:
        hints = self._application.styleHints()
        wants_contrast = (
            hints.accessibility().contrastPreference() is Qt.ContrastPreference.HighContrast
        )
        is_system = self._chosen is Theme.SYSTEM
        scheme = hints.colorScheme() if is_system else _SCHEMES[self._chosen]
        theme.apply(
            self._application,
            dark=scheme is Qt.ColorScheme.Dark,
            high_contrast=wants_contrast if is_system else self._chosen is Theme.HIGH_CONTRAST,
        )
