"""One input of the form: label, editor, an echo of the entry in words, and its problem beside it.

The editor's object name is the key of a case. Fields accept any text; they never correct it.
"""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.draft import Entry
from app.gui.theme import Role, set_role

_KEY_ANSWERS = {Qt.Key.Key_Y: True, Qt.Key.Key_N: False, Qt.Key.Key_U: None}
NONE_OF_THESE = "none_of_these"


class Field(QWidget):
    """The common part; a subclass brings the editor and says what is entered in it."""

    edited = Signal(str, object)

    def __init__(self, key: str, label: str, editor: QWidget, help_text: str = "") -> None:
        super().__init__()
        self.key = key
        self._editor = editor
        self._label = QLabel(label)
        self._label.setWordWrap(True)
        self._label.setBuddy(editor)
        self._echo = _line(Role.QUIET)
        self._problem = _line(Role.PROBLEM)
        editor.setObjectName(key)
        editor.setAccessibleName(label)
        editor.setToolTip(help_text)
        self._parts = QVBoxLayout(self)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(3)
        for part in (self._label, editor, self._echo, self._problem):
            self._parts.addWidget(part)

    def entry(self) -> Entry:
        """Return what is entered, as it was entered."""
        raise NotImplementedError

    def set_entry(self, entry: Entry) -> None:
        """Show an entry without telling anybody that it was edited."""
        raise NotImplementedError

    def set_mnemonic(self, letter: str) -> None:
        """Let Alt and a letter of the label lead to the editor."""
        if letter:
            self._label.setText(self._label.text().replace(letter, f"&{letter}", 1))

    def show_echo(self, text: str) -> None:
        """Show the entry in words, or another remark, under the editor."""
        _show(self._echo, text)

    def show_problem(self, text: str) -> None:
        """Show what is wrong with the entry, or nothing."""
        _show(self._problem, text)
        self._editor.setAccessibleDescription(text)

    def show_mark(self, *, is_next: bool, is_settled: bool) -> None:
        """Mark the question to answer next; let one fade that can no longer change the result."""
        font = self._label.font()
        font.setBold(is_next)
        self._label.setFont(font)
        set_role(self._label, Role.QUIET if is_settled else Role.PLAIN)

    def _tell(self) -> None:
        self.edited.emit(self.key, self.entry())


class TextField(Field):
    """A line of text, with a box to confirm it where the entry can be unusual."""

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        self._line = QLineEdit()
        super().__init__(key, label, self._line, help_text)
        self._line.textChanged.connect(self._tell)

    def entry(self) -> Entry:
        """Return the text as typed."""
        return self._line.text()

    def set_entry(self, entry: Entry) -> None:
        """Show a text."""
        self._line.blockSignals(True)
        self._line.setText(entry if isinstance(entry, str) else "")
        self._line.blockSignals(False)


class MeasurementField(TextField):
    """A measurement; an unusual one asks for a confirmation beside it."""

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        super().__init__(key, label, help_text)
        self._confirmation = QCheckBox("Checked and right")
        self._confirmation.setObjectName(f"confirmed.{key}")
        self._confirmation.setAccessibleName(f"{label}: unusual value, checked and right")
        self._confirmation.toggled.connect(
            lambda checked: self.edited.emit(f"confirmed.{key}", checked)
        )
        self._confirmation.hide()
        self._parts.addWidget(self._confirmation)

    def show_confirmation(self, *, is_held: bool, is_confirmed: bool) -> None:
        """Show the box while the value waits for a confirmation or has one."""
        self._confirmation.blockSignals(True)
        self._confirmation.setChecked(is_confirmed)
        self._confirmation.blockSignals(False)
        self._confirmation.setVisible(is_held or is_confirmed)


class _ComboBox(QComboBox):
    """A combo box that scrolling the form never changes."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the form."""
        event.ignore()


class ChoiceField(Field):
    """One of several choices, or none yet."""

    def __init__(self, key: str, label: str, choices: dict[str, str], help_text: str = "") -> None:
        self._box = _ComboBox()
        self._box.addItem("Choose…", None)
        for value, words in choices.items():
            self._box.addItem(words, value)
        super().__init__(key, label, self._box, help_text)
        self._box.currentIndexChanged.connect(self._tell)

    def entry(self) -> Entry:
        """Return the contract's value of the choice."""
        chosen: Entry = self._box.currentData()
        return chosen

    def set_entry(self, entry: Entry) -> None:
        """Show a choice."""
        self._box.blockSignals(True)
        self._box.setCurrentIndex(max(0, self._box.findData(entry)))
        self._box.blockSignals(False)


class _AnswerBox(_ComboBox):
    """Yes, no or not known, also by the keys Y, N and U."""

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Answer by a letter; every other key does what it does in a combo box."""
        key = Qt.Key(event.key())
        plain = event.modifiers() in (
            Qt.KeyboardModifier.NoModifier,
            Qt.KeyboardModifier.ShiftModifier,
        )
        if plain and key in _KEY_ANSWERS:
            self.setCurrentIndex(self.findData(_KEY_ANSWERS[key]))
        else:
            super().keyPressEvent(event)


class AnswerField(Field):
    """A question with the answers yes, no and not known; it starts as not known."""

    def __init__(self, key: str, label: str, help_text: str = "") -> None:
        self._box = _AnswerBox()
        for words, value in (("Not known", None), ("Yes", True), ("No", False)):
            self._box.addItem(words, value)
        super().__init__(key, label, self._box, help_text)
        self._box.currentIndexChanged.connect(self._tell)

    def entry(self) -> Entry:
        """Return the answer; None is not known."""
        chosen: Entry = self._box.currentData()
        return chosen

    def set_entry(self, entry: Entry) -> None:
        """Show an answer."""
        self._box.blockSignals(True)
        self._box.setCurrentIndex(self._box.findData(entry))
        self._box.blockSignals(False)


class _CheckList(QListWidget):
    """A list that shows every choice whole, at any width and text size."""

    def __init__(self) -> None:
        super().__init__()
        self.setWordWrap(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Become as tall as the choices, wrapped at the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_height()

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802
        """Become as tall as the choices at the new text size."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit_height()

    def _fit_height(self) -> None:
        self.doItemsLayout()
        first, last = self.item(0), self.item(self.count() - 1)
        if first is not None:
            rows = self.visualItemRect(first).united(self.visualItemRect(last)).height()
            self.setFixedHeight(rows + 2 * self.frameWidth() + 2)


class ListField(Field):
    """Several choices at once, with "none of these" beside them; it starts unanswered."""

    def __init__(self, key: str, label: str, choices: dict[str, str], help_text: str = "") -> None:
        self._list = _CheckList()
        for value, words in {**choices, NONE_OF_THESE: "None of these"}.items():
            item = QListWidgetItem(words, self._list)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
        super().__init__(key, label, self._list, help_text)
        self._list.itemChanged.connect(self._ticked)

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


def _line(role: Role) -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    set_role(label, role)
    label.hide()
    return label


def _show(label: QLabel, text: str) -> None:
    if label.text() != text:
        label.setText(text)
        label.setVisible(bool(text))
