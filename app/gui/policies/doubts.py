"""The doubts about a policy file, each with a box to tick: only then can the file be taken."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from app.gui.look.theme import Role, Space
from app.gui.widgets.labels import WrappedLabel, breakable
from app.library.examined import Doubt
from app.output.policy_doubts import DOUBTS_TITLE, DOUBTS_TO_TICK, doubt_words, to_tick_text

_LINES = 9


class DoubtsView(QWidget):
    """A tick box for each doubt; hidden without doubts. `changed` tells that one was ticked."""

    changed = Signal()

    def __init__(self, doubts: Sequence[Doubt]) -> None:
        super().__init__()
        self.setObjectName("doubts")
        self._boxes = {one.id: QCheckBox(f"Accepted {number}") for number, one in _counted(doubts)}
        self._told = WrappedLabel(to_tick_text(len(doubts)), Role.PROBLEM)
        self._told.setObjectName("doubts_told")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.TIGHT)
        layout.addWidget(WrappedLabel(DOUBTS_TITLE, Role.HEADING))
        layout.addWidget(WrappedLabel(DOUBTS_TO_TICK))
        layout.addWidget(self._scrolled(doubts))
        layout.addWidget(self._told)
        self.setVisible(bool(doubts))

    @property
    def accepted(self) -> list[str]:
        """The ids of the doubts that are ticked."""
        return [key for key, box in self._boxes.items() if box.isChecked()]

    @property
    def is_settled(self) -> bool:
        """Whether every doubt is ticked."""
        return len(self.accepted) == len(self._boxes)

    def _scrolled(self, doubts: Sequence[Doubt]) -> QScrollArea:
        inner = QWidget()
        rows = QGridLayout(inner)
        rows.setColumnStretch(1, 1)
        for row, (number, one) in enumerate(_counted(doubts)):
            box, words = self._boxes[one.id], doubt_words(one)
            box.setAccessibleName(f"Accept doubt {number}")
            box.setAccessibleDescription(words)
            box.toggled.connect(self._tell)
            rows.addWidget(box, row, 0, Qt.AlignmentFlag.AlignTop)
            label = WrappedLabel(breakable(words))
            label.setAlignment(Qt.AlignmentFlag.AlignTop)
            rows.addWidget(label, row, 1)
        rows.setRowStretch(len(doubts), 1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inner)
        area.setAccessibleName(DOUBTS_TITLE)
        for bar in (area.verticalScrollBar(), area.horizontalScrollBar()):
            bar.setAccessibleName(f"Scroll: {DOUBTS_TITLE}")
        area.setFixedHeight(self.fontMetrics().lineSpacing() * min(_LINES, 3 * len(doubts)))
        return area

    def _tell(self) -> None:
        self._told.show_words(to_tick_text(len(self._boxes) - len(self.accepted)))
        self.changed.emit()


def _counted(doubts: Sequence[Doubt]) -> list[tuple[int, Doubt]]:
    return list(enumerate(doubts, start=1))
