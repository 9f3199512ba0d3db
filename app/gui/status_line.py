"""The line at the bottom: which policy version is used, and how old it is."""

from datetime import datetime

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.desk import review_due
from app.gui.theme import Space
from app.model.policy import Policy
from app.output.phrases import policy_age_text


class StatusLine(QLabel):
    """Says what a result rests on."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("policy_age")
        self.setIndent(Space.MEDIUM)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def show_policy(self, policy: Policy | None) -> None:
        """Tell the age of a policy version today, or that none is chosen."""
        today = datetime.now().astimezone().date()
        text = policy_age_text(policy, review_due(policy), today) if policy else "No policy chosen"
        if text != self.text():
            self.setText(text)
            self.setToolTip(text)
