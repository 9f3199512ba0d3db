"""Puts one case in the place of another: asks before entries would go, and keeps one step back.

The question does not block: the window goes on behind it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.draft import Draft

# What a new case begins with: no entry that could be lost.
_ALWAYS_THERE = {"policy", "date_of_service", "bsa_formula"}


class CaseSwitch:
    """Remembers the case before, and whether the one of now is a worked example."""

    def __init__(
        self, window: QWidget, show: Callable[[Draft], None], mark: Callable[[str], None]
    ) -> None:
        self._window = window
        self._show = show
        self._mark = mark
        self._previous = Draft()
        self._example = ""

    def replace(self, now: Draft, wanted: Draft, example: str = "") -> None:
        """Show another case; asks first if entries would go. `example` is the title of one."""
        if self._example or now.filled.keys() <= _ALWAYS_THERE:
            self._take(wanted, example)
        else:
            self._ask(lambda: self._leave(now, wanted, example))

    def step_back(self, now: Draft) -> None:
        """Show the case before; once more brings this one again."""
        if self._previous.entries:
            wanted, self._previous = self._previous, now
            self._take(wanted, "")

    def edited(self) -> None:
        """Take the mark of an example away: somebody has changed it."""
        self._set_example("")

    def _leave(self, now: Draft, wanted: Draft, example: str) -> None:
        self._previous = now
        self._take(wanted, example)

    def _take(self, draft: Draft, example: str) -> None:
        self._show(draft)
        self._set_example(example)

    def _set_example(self, title: str) -> None:
        self._example = title
        self._mark(f"Worked example, no patient: {title}" if title else "")

    def _ask(self, go_on: Callable[[], None]) -> None:
        box = QMessageBox(
            QMessageBox.Icon.Question,
            "Start another case?",
            "Another case takes the place of this one.",
            parent=self._window,
        )
        box.setObjectName("leave_case")
        box.setInformativeText("Ctrl+B brings this one back, until the case after that.")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave = box.addButton("&Start the other case", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("&Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.accepted.connect(go_on)
        box.open()
