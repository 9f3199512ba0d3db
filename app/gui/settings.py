"""What the window remembers from one session to the next, in a file. Nothing about a case.

That is its position and splitter, its look, and the site's formula for new cases.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths
from PySide6.QtWidgets import QMainWindow, QSplitter

from app.gui.look.appearance import Theme
from app.model.case import DEFAULT_BSA_FORMULA, BsaFormula

TEXT_SIZES = (100, 125, 150, 175, 200)  # percent


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings; `geometry` and `splitter` are in Qt's own binary format."""

    theme: Theme = Theme.SYSTEM
    text_size: int = 100
    bsa_formula: str = DEFAULT_BSA_FORMULA
    geometry: QByteArray | None = None
    splitter: QByteArray | None = None


def file() -> Path:
    """Return the path of the settings file, in the platform's folder for settings."""
    kind = QStandardPaths.StandardLocation.AppConfigLocation
    return Path(QStandardPaths.writableLocation(kind)) / "settings.ini"


def read(path: Path) -> Settings:
    """Return the settings of a file; a missing or invalid value becomes the default."""
    stored = QSettings(str(path), QSettings.Format.IniFormat)
    found = Settings()
    theme, formula = str(stored.value("theme")), str(stored.value("bsa_formula"))
    size = str(stored.value("text_size"))
    if theme in {one.value for one in Theme}:
        found = replace(found, theme=Theme(theme))
    if formula in get_args(BsaFormula):
        found = replace(found, bsa_formula=formula)
    if size in {str(one) for one in TEXT_SIZES}:
        found = replace(found, text_size=int(size))
    geometry, splitter = (stored.value(f"window/{key}") for key in ("geometry", "splitter"))
    return replace(
        found,
        geometry=geometry if isinstance(geometry, QByteArray) else None,
        splitter=splitter if isinstance(splitter, QByteArray) else None,
    )


def write(path: Path, settings: Settings) -> None:
    """Write the settings; if that fails, nothing is raised and the next session lacks them."""
    stored = QSettings(str(path), QSettings.Format.IniFormat)
    stored.setValue("theme", settings.theme.value)
    stored.setValue("text_size", settings.text_size)
    stored.setValue("bsa_formula", settings.bsa_formula)
    for key in ("geometry", "splitter"):
        value = getattr(settings, key)
        if value is not None:
            stored.setValue(f"window/{key}", value)
    stored.sync()


class WindowMemory:
    """Remembers the window's position and the settings in a file; without a file, nothing."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.remembered = read(file) if file else Settings()

    @property
    def is_there(self) -> bool:
        """Whether there is a settings file."""
        return self._file is not None

    def place(self, window: QMainWindow, halves: QSplitter) -> None:
        """Restore the window's size, position and splitter, or set the default size."""
        window.setMinimumSize(820, 480)
        window.resize(1320, 700)
        if self.remembered.geometry is not None:
            window.restoreGeometry(self.remembered.geometry)
        if self.remembered.splitter is not None:
            halves.restoreState(self.remembered.splitter)

    def keep(self, window: QMainWindow, halves: QSplitter, chosen: Settings) -> None:
        """Save the window's size, position and splitter, and the chosen settings."""
        if self._file is not None:
            geometry, splitter = window.saveGeometry(), halves.saveState()
            write(self._file, replace(chosen, geometry=geometry, splitter=splitter))
