"""The window's place and division, from one session to the next; nothing of a case."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtWidgets import QMainWindow, QSplitter

from app.gui import settings
from app.gui.settings import Settings


class WindowMemory:
    """Remembers in a file; without one, nothing."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self.remembered = settings.read(file) if file else Settings()

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
            settings.write(self._file, replace(chosen, geometry=geometry, splitter=splitter))
