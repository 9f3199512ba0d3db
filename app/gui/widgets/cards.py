"""Cards, which group widgets that belong together, and the page on which they scroll."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from app.gui.look.theme import Space


class ScrolledPage(QWidget):
    """The contents of a scroll area; its height follows from its width alone.

    Without a preferred size, Qt lays out each text for the actual width only.
    """

    def sizeHint(self) -> QSize:
        """Return no preferred size."""
        return QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Return no minimum size."""
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
