"""Fields with choices: one of several, yes or no, and a list with "none of these".

A list without a tick is unanswered, which is not a "no". Scrolling changes no answer. In a question
the keys Y, N and U answer, and C shows the clause.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListWidgetItem,
    QSizePolicy,
)

from app.casework.typed_text import Entry
from app.gui.form.fields import Field
from app.gui.form.questions import QuestionField
from app.gui.widgets.check_list import ENTER, PLAIN, CheckList

_KEY_ANSWERS = {Qt.Key.Key_Y: True, Qt.Key.Key_N: False, Qt.Key.Key_U: None}
NONE_OF_THESE = ""  # no choice is called so


class _ComboBox(QComboBox):
    """A combo box that ignores the mouse wheel; Enter emits `finished`."""

    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # the mouse wheel sets no focus, either

    def showPopup(self) -> None:  # noqa: N802  # Qt's name
        """Open the list of choices and name it: Qt does not create the list before."""
        self.view().setAccessibleName(self.accessibleName())
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Emit `finished` on Enter; handle every other key as a combo box does."""
        if event.key() in ENTER:
            self.finished.emit()
        else:
            super().keyPressEvent(event)

    def offer(self, nothing: str, choices: dict[str, str]) -> None:
        """Offer these choices below `nothing`, which is chosen, without emitting a signal."""
        self.blockSignals(True)
        self.clear()
        self.addItem(nothing, None)
        for value, words in choices.items():
            self.addItem(words, value)
        self.blockSignals(False)

    def entry(self) -> Entry:
        """Return the chosen value."""
        chosen: Entry = self.currentData()
        return chosen

    def show_entry(self, entry: Entry) -> None:
        """Select a choice without emitting a signal."""
        self.blockSignals(True)
        self.setCurrentIndex(max(0, self.findData(entry)))
        self.blockSignals(False)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the mouse wheel to the form, which scrolls."""
        event.ignore()


class _AnswerBox(_ComboBox):
    """Yes, no or not known, also by the keys Y, N and U; C emits `clause_wanted`."""

    clause_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handle Y, N, U and C; handle every other key as a combo box does."""
        key = Qt.Key(event.key())
        if event.modifiers() in PLAIN and key in _KEY_ANSWERS:
            self.setCurrentIndex(self.findData(_KEY_ANSWERS[key]))
        elif event.modifiers() in PLAIN and key == Qt.Key.Key_C:
            self.clause_wanted.emit()
        else:
            super().keyPressEvent(event)


class ChoiceField(Field):
    """A field with one of several choices; None means not chosen or not known."""

    def __init__(self, key: str, label: str, choices: dict[str, str], help_text: str = "") -> None:
        self._box = _ComboBox()
        self.set_choices(choices)
        super().__init__(key, label, self._box, help_text)
        self._box.finished.connect(self.finished)
        self._box.currentIndexChanged.connect(self._tell)

    def set_choices(self, choices: dict[str, str]) -> None:
        """Offer these choices, with none of them chosen, without emitting a signal."""
        self.choices = choices
        self._box.offer("Not chosen", choices)

    def entry(self) -> Entry:
        """Return the chosen value as it stands in a case, or None."""
        return self._box.entry()

    def set_entry(self, entry: Entry) -> None:
        """Show a choice without emitting a signal."""
        self._box.show_entry(entry)


class OneOfField(QuestionField):
    """A question with exactly one of several answers; it starts as not known."""

    def __init__(self, key: str, label: str, choices: dict[str, str], help_text: str = "") -> None:
        self._box = _ComboBox()
        self._box.offer("Not known", choices)
        super().__init__(key, label, self._box, help_text)
        self._box.finished.connect(self.finished)
        self._box.currentIndexChanged.connect(self._tell)

    def entry(self) -> Entry:
        """Return the chosen answer, or None for not known."""
        return self._box.entry()

    def set_entry(self, entry: Entry) -> None:
        """Show an answer."""
        self._box.show_entry(entry)


class AnswerField(QuestionField):
    """A question with the answers yes, no and not known; it starts as not known."""

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        self._box = _AnswerBox()
        for words, value in (("Not known", None), ("Yes", True), ("No", False)):
            self._box.addItem(words, value)
        super().__init__(key, label, self._box, help_text)
        self._box.finished.connect(self.finished)
        self._box.currentIndexChanged.connect(self._tell)
        self._box.clause_wanted.connect(self.toggle_clauses)

    def entry(self) -> Entry:
        """Return True for yes, False for no, or None for not known."""
        return self._box.entry()

    def set_entry(self, entry: Entry) -> None:
        """Show an answer."""
        self._box.show_entry(entry)


class ListField(QuestionField):
    """A question with several choices and "none of these"; it starts unanswered."""

    def __init__(self, key: str, label: str, choices: dict[str, str], help_text: str = "") -> None:
        self._list = CheckList()
        for value, words in {**choices, NONE_OF_THESE: "None of these"}.items():
            item = QListWidgetItem(words, self._list)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        super().__init__(key, label, self._list, help_text)
        self._list.itemChanged.connect(self._ticked)
        self._list.clause_wanted.connect(self.toggle_clauses)
        self._list.unticked.connect(self._untick)
        self._list.finished.connect(self.finished)

    def entry(self) -> Entry:
        """Return the ticked values; () is "none of these", None is unanswered."""
        ticked = tuple(value for item, value in self._items() if _is_ticked(item))
        if NONE_OF_THESE in ticked:
            return ()
        return ticked or None

    def set_entry(self, entry: Entry) -> None:
        """Show an answer."""
        wanted = (entry or (NONE_OF_THESE,)) if isinstance(entry, tuple) else ()
        self._tick(wanted)

    def _ticked(self, changed: QListWidgetItem) -> None:
        """Let "none of these" and the choices exclude each other; the last tick counts."""
        if _is_ticked(changed):
            wants_none = changed.data(Qt.ItemDataRole.UserRole) == NONE_OF_THESE
            self._tick(
                tuple(
                    value
                    for item, value in self._items()
                    if _is_ticked(item) and (value == NONE_OF_THESE) is wants_none
                )
            )
        self._tell()

    def _untick(self) -> None:
        self._tick(())
        self._tell()

    def _tick(self, values: tuple[str, ...]) -> None:
        self._list.blockSignals(True)
        for item, value in self._items():
            ticked = value in values
            item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
        self._list.blockSignals(False)

    def _items(self) -> list[tuple[QListWidgetItem, str]]:
        items = (self._list.item(place) for place in range(self._list.count()))
        return [(item, str(item.data(Qt.ItemDataRole.UserRole))) for item in items]


def _is_ticked(item: QListWidgetItem) -> bool:
    return item.checkState() is Qt.CheckState.Checked
