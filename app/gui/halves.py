"""The case on the left, its result on the right, and a border between them that can be moved."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QWidget

_WIDTHS = [430, 890]


class Halves(QSplitter):
    """Both halves; neither can be pushed out of sight."""

    def __init__(self, form: QWidget, result: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setChildrenCollapsible(False)
        self.addWidget(form)
        self.addWidget(result)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setSizes(_WIDTHS)
        self.handle(1).setAccessibleName("Border between case and result")
