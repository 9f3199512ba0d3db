"""Cited statements: short ones in rows and columns, and the notes in their groups.

Labels are reused: one that is no longer needed is cleared and hidden.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from app.gui.look.theme import Role, Space, set_role
from app.gui.widgets.cards import Card
from app.gui.widgets.labels import WrappedLabel, breakable
from app.model.determination import DeterminationNote
from app.output.phrases import NOTE_GROUPS, CitedRow


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
        self._shown: tuple[CitedRow, ...] = ()
        self.hide()

    def show_rows(self, rows: tuple[CitedRow, ...]) -> None:
        """Show exactly these statements; hide the grid if there are none."""
        if rows == self._shown:
            return
        if len(rows) != len(self._shown):
            self.hide()  # so that Qt lays it out once, when it is shown again
        self._shown = rows
        while len(self._rows) < len(rows):
            self._rows.append(self._add_row())
        for place, labels in enumerate(self._rows):
            row = rows[place] if place < len(rows) else CitedRow("", "", "")
            for label, text in zip(labels, (row.label, row.text, row.citation), strict=True):
                label.show_words(text)
        self.setVisible(bool(rows))

    def _add_row(self) -> tuple[WrappedLabel, ...]:
        labels = (WrappedLabel(), WrappedLabel(), WrappedLabel(role=Role.QUIET))
        for column, label in enumerate(labels):
            self._grid.addWidget(label, len(self._rows), column, Qt.AlignmentFlag.AlignTop)
        return labels


class NotesCard(Card):
    """The notes of a determination by kind, each with its citation."""

    def __init__(self) -> None:
        super().__init__("notes")
        self.setObjectName("notes")
        self.setAccessibleName("Notes")
        self._shown: tuple[DeterminationNote, ...] = ()
        title = QLabel("Notes")
        set_role(title, Role.HEADING)
        self.add(title)
        self._groups = {kind: _NoteGroup(words) for kind, words in NOTE_GROUPS.items()}
        for group in self._groups.values():
            self.add(group)
        self.hide()

    def show_notes(self, notes: tuple[DeterminationNote, ...]) -> None:
        """Show notes, or hide the card."""
        if notes == self._shown:
            return
        self._shown = notes
        self.hide()  # so that Qt lays it out once, when it is shown again
        for kind, group in self._groups.items():
            group.show_texts(
                [f"• {one.text} [{one.citation}]" for one in notes if one.kind == kind]
            )
        self.setVisible(bool(notes))


class _NoteGroup(QWidget):
    """The notes of one kind under a title, each in a label of its own."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Space.TIGHT)
        title = QLabel(words)
        set_role(title, Role.NEXT)
        self._rows.addWidget(title)
        self._labels: list[WrappedLabel] = []

    def show_texts(self, texts: list[str]) -> None:
        """Show exactly these notes; hide the group if there are none."""
        while len(self._labels) < len(texts):
            self._labels.append(WrappedLabel())
            self._rows.addWidget(self._labels[-1])
        for place, label in enumerate(self._labels):
            label.show_words(breakable(texts[place]) if place < len(texts) else "")
        self.setVisible(bool(texts))
