"""What the window remembers from one session to the next, in a file. Nothing about a case.

That is its place and division, its look, and the site's formula for new cases.
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
    """What is remembered from one session to the next; `geometry` and `splitter` are Qt's own."""

    theme: Theme = Theme.SYSTEM
    text_size: int = 100
    bsa_formula: str = DEFAULT_BSA_FORMULA
    geometry: QByteArray | None = None
    splitter: QByteArray | None = None


def file() -> Path:
    """Return where the settings are: in the platform's folder for a program's settings."""
    kind = QStandardPaths.StandardLocation.AppConfigLocation
    return Path(QStandardPaths.writableLocation(kind)) / "settings.ini"


def read(path: Path) -> Settings:
    """Return the settings of a file; what is missing or makes no sense is as on the first day."""
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
    """Write the settings; where that is not possible, the next session starts without them."""
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
    """Remembers the window's place and the settings in a file; without a file, nothing."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.remembered = read(file) if file else Settings()

    @property
    def is_there(self) -> bool:
        """Whether anything is remembered at all."""
        return self._file is not None

    def place(self, window: QMainWindow, halves: QSplitter) -> None:
        """Put a window where it was last time."""
        window.setMinimumSize(820, 480)
        window.resize(1320, 700)
        if self.remembered.geometry is not None:
            window.restoreGeometry(self.remembered.geometry)
        if self.remembered.splitter is not None:
            halves.restoreState(self.remembered.splitter)

    def keep(self, window: QMainWindow, halves: QSplitter, chosen: Settings) -> None:
        """Write where the window is now, and what was chosen."""
        if self._file is not None:
            geometry, splitter = window.saveGeometry(), halves.saveState()
            write(self._file, replace(chosen, geometry=geometry, splitter=splitter))
