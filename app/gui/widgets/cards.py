"""Surfaces that group what belongs together, and the page that they scroll on."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from app.gui.look.theme import Space


class ScrolledPage(QWidget):
    """What scrolls. Its height follows from its width alone.

    So Qt lays every text out for one width, and not also for those that it would like best.
    """

    def sizeHint(self) -> QSize:
        """Return no wish."""
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Return no wish."""
        return QSize(0, 0)


class Card(QFrame):
    """A surface for one part of the result."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self.setProperty("part", part)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.LARGE)
        self._layout.setSpacing(Space.SMALL)

    def add(self, widget: QWidget) -> None:
        """Put a widget below the others."""
        self._layout.addWidget(widget)

    def add_layout(self, layout: QLayout) -> None:
        """Put a layout below the others."""
        self._layout.addLayout(layout)
