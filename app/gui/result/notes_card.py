"""The card of the notes: those about this case stand open, those about every case are folded."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QToolButton, QVBoxLayout, QWidget

from app.gui.look.theme import Role, Space, set_role
from app.gui.widgets.cards import Card
from app.gui.widgets.labels import WrappedLabel, breakable
from app.output.notes_section import FROM_ALDESK, SCOPES
from app.output.phrases import NOTE_GROUPS, Row

_CHECKS = NOTE_GROUPS["check"]


class NotesCard(Card):
    """The notes of a determination: for this case, and checks, by kind; the rest is folded."""

    def __init__(self) -> None:
        super().__init__("notes")
        self.setObjectName("notes")
        self.setAccessibleName("Notes")
        self._shown: tuple[Row, ...] = ()
        title = QLabel("Notes")
        set_role(title, Role.HEADING)
        self.add(title)
        self._groups = {words: _NoteGroup(words) for words in (*NOTE_GROUPS.values(), FROM_ALDESK)}
        for group in self._groups.values():
            self.add(group)
        self._unfold = QToolButton()
        self._unfold.setObjectName("general_notes")
        self._unfold.setCheckable(True)
        self._unfold.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._unfold.toggled.connect(self._show_general)
        self._general = _NoteGroup(SCOPES["policy"])
        self.add(self._unfold)
        self.add(self._general)
        self.hide()

    def show_rows(self, notes: tuple[Row, ...]) -> None:
        """Show notes, or hide the card."""
        if notes == self._shown:
            return
        self._shown = notes
        self.hide()  # so that Qt lays it out once, when it is shown again
        own = [one for one in notes if one.detail == SCOPES["case"] or one.label == _CHECKS]
        for words, group in self._groups.items():
            group.show_texts([_note_text(one) for one in own if one.label == words])
        general = [one for one in notes if one not in own]
        self._general.show_texts([_note_text(one) for one in general])
        self._unfold.setText(f"General notes ({len(general)})")
        self._unfold.setAccessibleName(f"Show the general notes ({len(general)})")
        self._unfold.setVisible(bool(general))
        self._show_general()
        self.setVisible(bool(notes))

    def _show_general(self) -> None:
        is_wanted = self._unfold.isChecked()
        self._unfold.setArrowType(Qt.ArrowType.DownArrow if is_wanted else Qt.ArrowType.RightArrow)
        self._general.setVisible(is_wanted and not self._unfold.isHidden())


def _note_text(note: Row) -> str:
    return f"• {note.text} [{note.citation}]"


class _NoteGroup(QWidget):
    """Notes under a title, each in a label of its own."""

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
