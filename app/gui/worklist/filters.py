"""The filters of a worklist: one status or all, with their counts, and words to find."""

from collections import Counter

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QRadioButton,
    QWidget,
)

from app.gui.look.theme import Colors, Space, colors_of
from app.worklist.results import ROW_KINDS, RowKind
from app.worklist.text import kind_words

_CHOICES: tuple[RowKind | None, ...] = (None, *ROW_KINDS)
_FEW = 3  # choices in a line, when one line has no room for all
_LOOK_CHANGES = (QEvent.Type.FontChange, QEvent.Type.PaletteChange, QEvent.Type.StyleChange)


class WorklistFilters(QWidget):
    """Filters rows; `changed` emits the kind of row, or None for all, and the words to find."""

    changed = Signal(object, str)

    def __init__(self) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self._buttons = {kind: QRadioButton() for kind in _CHOICES}
        for kind, button in self._buttons.items():
            button.setObjectName(f"show.{kind or 'all'}")
            self._group.addButton(button)
            button.clicked.connect(self._tell)
        self._words = QLineEdit()
        self._words.setObjectName("find")
        self._words.setAccessibleName("Find in the worklist")
        self._words.setClearButtonEnabled(True)
        self._words.textChanged.connect(self._tell)
        self._grid = QGridLayout()
        self._columns = 0
        self._restyle()
        self._lay_out()
        self.start_anew()

    @property
    def kind(self) -> RowKind | None:
        """The kind of row that is chosen, or None for all."""
        return next(kind for kind, button in self._buttons.items() if button.isChecked())

    def start_anew(self) -> None:
        """Choose all rows, clear the words, and set every count to 0."""
        self._buttons[None].setChecked(True)
        self._words.clear()
        self.show_counts(Counter())

    def show_counts(self, counts: Counter[RowKind]) -> None:
        """Write beside each choice how many rows it has."""
        for kind, button in self._buttons.items():
            count = counts.total() if kind is None else counts[kind]
            text = f"{kind_words(kind)}: {count:,}"
            if text != button.text():
                button.setText(text)
                button.setAccessibleName(text)
        self._grid.activate()  # so that no count is cut off

    def changeEvent(self, event: QEvent) -> None:
        """Redraw the radio buttons for new colors or a new text size."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self._restyle()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the choices in one line if there is room, else in two."""
        super().resizeEvent(event)
        self._arrange(event.size().width())

    def _restyle(self) -> None:
        sheet = _circles(colors_of(self.palette()), self.fontMetrics().height())
        if sheet != self.styleSheet():
            self.setStyleSheet(sheet)

    def _tell(self) -> None:
        self.changed.emit(self.kind, self._words.text())

    def _lay_out(self) -> None:
        find = QHBoxLayout()
        label = QLabel("&Find")
        label.setBuddy(self._words)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.TIGHT)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        layout.addLayout(self._grid)
        layout.addStretch()
        find.addWidget(label)
        find.addWidget(self._words)
        layout.addLayout(find)
        layout.setAlignment(find, Qt.AlignmentFlag.AlignTop)
        self._arrange(0)

    def _arrange(self, width: int) -> None:
        needed = sum(one.sizeHint().width() + Space.LARGE for one in self._buttons.values())
        find = self._words.sizeHint().width() * 3 // 2
        columns = len(_CHOICES) if needed + find <= width else _FEW
        if columns != self._columns:
            self._columns = columns
            for place, button in enumerate(self._buttons.values()):
                self._grid.addWidget(button, place // columns, place % columns)


def _circles(colors: Colors, text_px: int) -> str:
    """Return the style sheet of the radio buttons: as tall as the text, with a visible edge."""
    size = round(text_px * 0.8)
    dot = (
        "qradialgradient(cx: 0.5, cy: 0.5, radius: 0.5, fx: 0.5, fy: 0.5,"
        f" stop: 0.5 {colors.accent}, stop: 0.6 {colors.field})"
    )
    return (
        f"QRadioButton::indicator {{ width: {size}px; height: {size}px; background: {colors.field};"
        f" border: 1px solid {colors.outline}; border-radius: {size // 2 + 1}px; }}"
        f"QRadioButton::indicator:checked {{ background: {dot}; }}"
        f"QRadioButton:focus {{ color: {colors.accent}; text-decoration: underline; }}"
    )
