"""Puts one case in the place of another: asks before entries would go, and keeps one step back.

The question does not block: the window goes on behind it.
"""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from app.draft import Draft

# What a new case begins with: no entry that could be lost.
_ALWAYS_THERE = {"policy", "date_of_service", "bsa_formula"}
_CHANGED = "changed from "


class CaseSwitch:
    """Remembers the case before, and whether the one of now is a worked example."""

    def __init__(
        self, window: QWidget, show: Callable[[Draft], None], mark: Callable[[str], None]
    ) -> None:
        self._window = window
        self._show = show
        self._mark = mark
        self._previous: tuple[Draft, str] | None = None
        self._example = ""

    def replace(self, now: Draft, wanted: Draft, example: str = "") -> None:
        """Show another case; asks first if entries would go. `example` is the title of one."""
        is_untouched = self._example and not self._example.startswith(_CHANGED)
        if is_untouched or now.filled.keys() <= _ALWAYS_THERE:
            self._take(wanted, example)
        else:
            self._ask(lambda: self._leave(now, wanted, example))

    def step_back(self, now: Draft) -> None:
        """Show the case before; once more brings this one again."""
        if self._previous is not None:
            wanted, self._previous = self._previous, (now, self._example)
            self._take(*wanted)

    def edited(self) -> None:
        """Say of a worked example that somebody has changed it; it still is no patient."""
        if self._example and not self._example.startswith(_CHANGED):
            self._set_example(f"{_CHANGED}{self._example}")

    def _leave(self, now: Draft, wanted: Draft, example: str) -> None:
        self._previous = now, self._example
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
            "Start a new case?",
            "The new case takes the place of this one.",
            parent=self._window,
        )
        box.setObjectName("leave_case")
        box.setInformativeText("Ctrl+B returns to this one, until you start a further case.")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        leave = box.addButton("&Start new case", QMessageBox.ButtonRole.AcceptRole)
        box.addButton("&Cancel", QMessageBox.ButtonRole.RejectRole)
        box.setDefaultButton(leave)
        box.accepted.connect(go_on)
        box.open()
