"""The questions and problems that a window shows in boxes, and how a person answers them."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from shiboken6 import isValid


def boxes(window: QWidget, name: str) -> list[QMessageBox]:
    """Return the boxes of this name that are open."""
    found = window.findChildren(QMessageBox)
    return [one for one in found if one.objectName() == name and one.isVisible()]


def box(window: QWidget, name: str) -> QMessageBox:
    """Return the box of this name that is open."""
    [found] = boxes(window, name)
    return found


def click(found: QMessageBox, words: str) -> None:
    """Press the button with these words, and let what follows from it happen."""
    [button] = [
        one for one in found.findChildren(QPushButton) if words in one.text().replace("&", "")
    ]
    window = found.parentWidget()
    assert window is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    if isValid(window):
        window.activateWindow()
    for _ in range(3):  # what closes the window comes after the box
        QApplication.processEvents()
