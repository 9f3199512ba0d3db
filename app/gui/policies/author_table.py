"""A table of editors, which stands row by row below each other where it is too wide."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from app.casework.policy_form_lines import Table
from app.gui.look.theme import Role, Space
from app.gui.policies.author_fields import Editor
from app.gui.widgets.labels import WrappedLabel

_TOP = Qt.AlignmentFlag.AlignTop
_BESIDE = 2  # cells beside each other where the table is narrow


class EntryTable(QWidget):
    """Editors in rows under their headings; each row may have a button at its end."""

    def __init__(
        self, table: Table, rows: Sequence[Sequence[Editor | None]], buttons: Sequence[QPushButton]
    ) -> None:
        super().__init__()
        self._columns = len(table.columns)
        self._rows = rows
        self._buttons = buttons
        self._labels = [WrappedLabel(label) for label, _ in table.rows]
        self._heads = [WrappedLabel(one, Role.QUIET) for one in table.columns]
        self._cell_heads = [
            [WrappedLabel(one, Role.QUIET) for one in table.columns] for _ in table.rows
        ]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.SMALL)
        self._is_narrow: bool | None = None
        self.arrange(self.width())

    def arrange(self, width: int) -> None:
        """Arrange the rows for a width in pixels."""
        is_narrow = width < self._wide_width()
        if is_narrow is self._is_narrow:
            return
        self._is_narrow = is_narrow
        while self._grid.takeAt(0) is not None:
            pass
        for column in range(self._columns + 2):
            self._grid.setColumnStretch(column, 0)
        for heads in (self._heads, *self._cell_heads):
            for head in heads:
                head.setVisible(False)
        (self._arrange_narrow if is_narrow else self._arrange_wide)()

    def _wide_width(self) -> int:
        """Return the least width in pixels of the rows, each with its label beside it."""
        letter = self.fontMetrics().averageCharWidth()
        return (12 * (self._columns + 1) + 14 * bool(self._buttons)) * letter

    def _arrange_wide(self) -> None:
        for column, head in enumerate(self._heads):
            self._put(head, 0, column + 1)
            self._grid.setColumnStretch(column + 1, 2)
        self._grid.setColumnStretch(0, 0 if self._buttons else 2)
        for row, editors in enumerate(self._rows, start=1):
            self._put(self._labels[row - 1], row, 0)
            for column, editor in enumerate(editors):
                if editor is not None:
                    self._put(editor, row, column + 1)
            if self._buttons:
                self._put(self._buttons[row - 1], row, self._columns + 1)

    def _arrange_narrow(self) -> None:
        at = 0
        for column in range(_BESIDE):
            self._grid.setColumnStretch(column, 1)
        for row, editors in enumerate(self._rows):
            self._grid.addWidget(self._labels[row], at, 0, 1, _BESIDE)
            there = [
                (head, one) for head, one in zip(self._cell_heads[row], editors, strict=True) if one
            ]
            for place, (head, editor) in enumerate(there):
                below = at + 1 + 2 * (place // _BESIDE)
                self._put(head, below, place % _BESIDE)
                self._put(editor, below + 1, place % _BESIDE)
            at += 1 + 2 * -(-len(there) // _BESIDE)
            if self._buttons:
                self._grid.addWidget(self._buttons[row], at, 0, 1, _BESIDE)
                at += 1

    def _put(self, widget: QWidget, row: int, column: int) -> None:
        self._grid.addWidget(widget, row, column, _TOP)
        widget.setVisible(True)
