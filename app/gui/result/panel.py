"""The right half of the window: status and reasons of one outcome, and the cards below.

Every text comes from the outcome alone; a label without a text in it is cleared.
"""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.casework.outcome import Outcome
from app.gui.look.style_sheet import pixmap
from app.gui.look.theme import STATUS_TONE, Role, Space, Tone, restyle, set_role, tone_color
from app.gui.widgets.cards import Card, CitedGrid, ScrolledPage
from app.gui.widgets.labels import WrappedLabel, announce
from app.gui.widgets.layout import hidden_while, layouts_suspended
from app.model.determination import ApprovalStatus, Determination
from app.model.policy import Policy
from app.output.headline import exceeds_cell_therapy, is_dosing_unchecked
from app.output.phrases import STATUS
from app.output.result_texts import announcement, doubts, result_texts
from app.output.sections import problem_rows, reason_rows

if TYPE_CHECKING:  # not needed at startup
    from app.gui.result.cards import DeterminationCards

_STATUS_ICON: dict[ApprovalStatus, str] = {
    "criteria_met": "status-met",
    "criteria_not_met": "status-not-met",
    "information_missing": "status-missing",
    "clinician_review": "status-review",
}
_WARNING_ICON = "status-warning"


class ResultPanel(QScrollArea):
    """Shows one outcome."""

    def __init__(self) -> None:
        super().__init__()
        self._labels: dict[str, WrappedLabel] = {}
        self._told: tuple[Policy | None, ApprovalStatus | None] = (None, None)
        self._said = ""
        self._is_blank = True
        self._shape_shown: tuple[str, str] | None = None
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setAccessibleName("Result")
        self.verticalScrollBar().setAccessibleName("Scroll the result")
        page = ScrolledPage()
        self._cards = QVBoxLayout(page)
        self._cards.setContentsMargins(Space.SMALL, Space.MEDIUM, Space.LARGE, Space.LARGE)
        self._cards.setSpacing(Space.MEDIUM)
        self._add_status()
        self._details: DeterminationCards | None = None
        self._pages: tuple[QWidget, ...] = (page, self._status, self._reasons)
        self._cards.addStretch()
        self.setWidget(page)

    def show_outcome(self, outcome: Outcome | None) -> None:
        """Show the result, or what has to be entered first; every label gets a new text.

        Without an outcome, remove every text of the previous one.
        """
        if outcome is None:
            self._clear()
            return
        if outcome.determination is not None and self._details is None:
            self._add_details()
        with layouts_suspended(*self._pages):
            if (outcome.determination is None) is self._is_blank:
                self._show(outcome)
            else:
                with hidden_while(self._status):
                    self._show(outcome)
        self._is_blank = outcome.determination is None
        self._say(announcement(outcome))

    def _clear(self) -> None:
        self._show_texts(None, {})
        self._show_status(None)
        self._reasons.show_rows(())
        self._said = ""

    def _show(self, outcome: Outcome) -> None:
        determination = outcome.determination
        told = (outcome.policy, determination.approval_status if determination else None)
        if told != self._told:  # a different status is shown from the top
            self._told = told
            self.verticalScrollBar().setValue(0)
        self._show_texts(outcome, result_texts(outcome))
        self._show_status(determination)
        for name in ("outside_policy", "status_note", "to_check"):
            set_role(self._labels[name], Role.NEXT, Tone.OPEN)
        rows = reason_rows if determination else problem_rows
        self._reasons.show_rows(tuple(rows(outcome)))

    def _show_texts(self, outcome: Outcome | None, texts: dict[str, str]) -> None:
        for name, label in self._labels.items():
            label.show_words(texts.get(name, ""))
        if self._details is not None:
            self._details.show_outcome(outcome, texts, datetime.now().astimezone().date())

    def _show_status(self, determination: Determination | None) -> None:
        """Show the shape and the color that go with the headline."""
        tone = _tone(determination) if determination else Tone.NONE
        icon = _icon(determination) if determination else ""
        shape = (icon, tone_color(tone, self.palette())) if icon else None
        if shape != self._shape_shown:
            self._shape_shown = shape
            size = round(self.fontMetrics().height() * 1.7)
            if shape:
                color = QColor(shape[1])
                self._shape.setPixmap(pixmap(shape[0], color, size, self.devicePixelRatioF()))
            self._shape.setVisible(shape is not None)
        words = STATUS[determination.approval_status] if determination else ""
        self._shape.setAccessibleName(words)
        set_role(self._labels["approval_status"], Role.STATUS, tone)
        if self._status.property("verdict") != tone:
            self._status.setProperty("verdict", tone)
            restyle(self._status)

    def _say(self, words: str) -> None:
        """Announce a changed status or dose to a screen reader."""
        if words != self._said:
            self._said = words
            if self.isVisible():
                announce(self._labels["approval_status"], words)

    def _add_status(self) -> None:
        self._status = Card("status")
        self._cards.addWidget(self._status)
        self._shape = QLabel()
        self._shape.setObjectName("status_shape")
        self._shape.hide()
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(self._shape)
        row.addWidget(self._label("approval_status", Role.STATUS), stretch=1)
        self._status.add_layout(row)
        self._add_text(self._status, "state_title", Role.STATUS)
        self._add_text(self._status, "summary", Role.PLAIN)
        self._add_text(self._status, "outside_policy", Role.NEXT)
        self._add_text(self._status, "to_check", Role.NEXT)
        self._add_text(self._status, "status_note", Role.NEXT)
        self._add_text(self._status, "approval_period", Role.QUIET)
        self._add_text(self._status, "reasons_title", Role.HEADING)
        self._reasons = CitedGrid((2, 6, 4))
        self._reasons.setObjectName("reasons")
        self._status.add(self._reasons)
        self._add_text(self._status, "hint", Role.QUIET)

    def _add_details(self) -> None:
        """Add the cards of a determination, when there is the first one."""
        from app.gui.result.cards import DeterminationCards  # noqa: PLC0415  # not needed at startup

        self._details = DeterminationCards()
        for card in self._details.cards:
            self._cards.insertWidget(self._cards.count() - 1, card)  # above the stretch
        self._pages += self._details.pages

    def _add_text(self, card: Card, name: str, role: Role) -> None:
        card.add(self._label(name, role))

    def _label(self, name: str, role: Role) -> WrappedLabel:
        label = WrappedLabel(role=role)
        label.setObjectName(name)
        label.hide()
        self._labels[name] = label
        return label


def _tone(found: Determination) -> Tone:
    """Return the tone of a result: nothing is green while its dose is unchecked or in doubt."""
    is_met = found.approval_status == "criteria_met"
    return Tone.OPEN if is_met and _is_in_doubt(found) else STATUS_TONE[found.approval_status]


def _is_in_doubt(found: Determination) -> bool:
    """Return whether no dose was compared, or a check doubts an entry."""
    return bool(doubts(found)) or is_dosing_unchecked(found) or exceeds_cell_therapy(found)


def _icon(found: Determination) -> str:
    is_met = found.approval_status == "criteria_met"
    is_beyond_the_label = is_met and exceeds_cell_therapy(found)
    return _WARNING_ICON if is_beyond_the_label else _STATUS_ICON[found.approval_status]
