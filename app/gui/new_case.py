"""Asks before entries leave the window. Does not block: the window goes on behind the question."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QWidget


def ask_before_clearing(parent: QWidget, go_on: Callable[[], None]) -> None:
    """Ask whether to leave the case of now, and go on if so."""
    box = QMessageBox(
        QMessageBox.Icon.Question,
        "Start another case?",
        "Another case takes the place of this one.",
        parent=parent,
    )
    box.setObjectName("leave_case")
    box.setInformativeText("Ctrl+B brings this one back, until the case after that.")
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    leave = box.addButton("&Start the other case", QMessageBox.ButtonRole.AcceptRole)
    box.addButton("&Cancel", QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(leave)
    box.accepted.connect(go_on)
    box.open()
