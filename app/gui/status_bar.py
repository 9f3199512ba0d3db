"""The line at the bottom: which policy version is used, how old it is, and what just happened."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QStatusBar

from app.casework.outcome import Outcome
from app.engine.approval import review_due
from app.gui.look.theme import Space
from app.gui.widgets.labels import tell
from app.output.phrases import policy_age_text


class StatusBar:
    """Says what a result rests on; until the next edit, in its place, what was saved or copied."""

    def __init__(self, bar: QStatusBar) -> None:
        self._policy_age = _line("policy_age")
        self._told = _line("told")
        self._told.hide()
        for line in (self._policy_age, self._told):
            bar.addWidget(line, stretch=1)
        bar.setSizeGripEnabled(False)

    def show_outcome(self, outcome: Outcome) -> None:
        """Tell the age of the policy version today, or that none is chosen."""
        policy, today = outcome.policy, datetime.now().astimezone().date()
        text = policy_age_text(policy, review_due(policy), today) if policy else "No policy chosen"
        if text != self._policy_age.text():
            self._policy_age.setText(text)
            self._policy_age.setToolTip(text)

    def clear(self) -> None:
        """Keep the line: it is about the policy, not about the case."""

    def tell(self, words: str) -> None:
        """Say what just happened, or nothing any more; a screen reader says it, too."""
        if words != self._told.text():
            self._told.setVisible(bool(words))
            self._policy_age.setHidden(bool(words))
            tell(self._told, words)
            self._told.setToolTip(words)


def _line(name: str) -> QLabel:
    line = QLabel()
    line.setObjectName(name)
    line.setIndent(Space.MEDIUM)
    line.setTextFormat(Qt.TextFormat.PlainText)
    line.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return line
