"""Surfaces that group what belongs together, and the notes in their groups."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QVBoxLayout, QWidget

from app.gui.texts import Text, breakable
from app.gui.theme import Role, Space, set_role
from app.model.determination import DeterminationNote
from app.output.phrases import NOTE_GROUPS


class Page(QWidget):
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
        """Show notes, or nothing."""
        if notes == self._shown:
            return
        self._shown = notes
        self.hide()  # what appears in it appears at once
        for kind, group in self._groups.items():
            group.show_texts(
                [f"• {one.text} [{one.citation}]" for one in notes if one.kind == kind]
            )
        self.setVisible(bool(notes))


class _NoteGroup(QWidget):
    """The notes of one kind, each a text of its own."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Space.TIGHT)
        title = QLabel(words)
        set_role(title, Role.NEXT)
        self._rows.addWidget(title)
        self._labels: list[Text] = []

    def show_texts(self, texts: list[str]) -> None:
        """Show these notes and no other."""
        while len(self._labels) < len(texts):
            self._labels.append(Text())
            self._rows.addWidget(self._labels[-1])
        for place, label in enumerate(self._labels):
            label.show_words(breakable(texts[place]) if place < len(texts) else "")
        self.setVisible(bool(texts))
