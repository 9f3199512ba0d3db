"""Cards, which group widgets that belong together, the page on which they scroll, and rows of text.

Labels of rows are reused: one that is no longer needed is cleared and hidden.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QLayout, QVBoxLayout, QWidget

from app.gui.look.theme import Role, Space
from app.gui.widgets.labels import WrappedLabel
from app.output.phrases import Row, Section

_NO_ROW = Row("", "")


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


class CitedGrid(QWidget):
    """Short statements in columns: label, text and citation."""

    def __init__(self, stretches: tuple[int, int, int]) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.TIGHT)
        for column, stretch in enumerate(stretches):
            self._grid.setColumnStretch(column, stretch)
        self._rows: list[tuple[WrappedLabel, ...]] = []
        self._shown: tuple[Row, ...] = ()
        self.hide()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show exactly these statements; hide the grid if there are none."""
        if rows == self._shown:
            return
        if len(rows) != len(self._shown):
            self.hide()  # so that Qt lays it out once, when it is shown again
        self._shown = rows
        while len(self._rows) < len(rows):
            self._rows.append(self._add_row())
        for place, labels in enumerate(self._rows):
            row = rows[place] if place < len(rows) else _NO_ROW
            for label, text in zip(labels, (row.label, row.text, row.citation), strict=True):
                label.show_words(text)
        self.setVisible(bool(rows))

    def _add_row(self) -> tuple[WrappedLabel, ...]:
        labels = (WrappedLabel(), WrappedLabel(), WrappedLabel(role=Role.QUIET))
        for column, label in enumerate(labels):
            self._grid.addWidget(label, len(self._rows), column, Qt.AlignmentFlag.AlignTop)
        return labels


class SectionCard(Card):
    """A card with the title, the meaning and the cited rows of a section; hidden without one."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.setObjectName(kind)
        self._shown: Section | None = None
        self._title = WrappedLabel(role=Role.HEADING)
        self._meaning = WrappedLabel(role=Role.NEXT)
        self.grid = CitedGrid((3, 6, 4))
        self._meaning.hide()
        for one in (self._title, self._meaning, self.grid):
            self.add(one)
        self.hide()

    def show_section(self, section: Section | None) -> None:
        """Show a section, or hide the card."""
        if section == self._shown:
            return
        self._shown = section
        self.hide()  # so that Qt lays it out once, when it is shown again
        self._title.show_words(section.title if section else "")
        self._meaning.show_words(section.meaning if section else "")
        self.grid.show_rows(section.rows if section else ())
        self.setVisible(section is not None)
