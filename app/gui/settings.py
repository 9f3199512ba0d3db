"""What the window remembers: its place, its look and the site's formula. Nothing about a case."""

from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import get_args

from PySide6.QtCore import QByteArray, QSettings, QStandardPaths

from app.model.case import DEFAULT_BSA_FORMULA, BsaFormula

TEXT_SIZES = (100, 125, 150, 175, 200)  # percent


class Theme(StrEnum):
    """Which colors are shown."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "high_contrast"


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
