"""Every policy side by side for the case of now; follows each edit while it is open.

Shows words that `app.output.comparison` made, and decides nothing. What belongs to an older
case never stays: the words are taken away when the window closes.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from app.casework.comparison import PolicyComparison
from app.gui.comparison_table import ComparisonTable
from app.gui.reading import dress
from app.gui.theme import Role, set_role
from app.model.catalog import Catalog
from app.output.comparison import column_heading, compared_rows, difference_count_text
from app.output.comparison_rows import ComparedRow


class CompareWindow(QDialog):
    """Shows one comparison, or what it waits for."""

    def __init__(self, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[ComparedRow, ...] = ()
        self.setWindowTitle("Policies side by side")
        self._summary = QLabel()
        self._summary.setObjectName("comparison_summary")
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._summary.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._summary.setWordWrap(True)
        set_role(self._summary, Role.HEADING)
        self._only = QCheckBox("Show &differences only")
        self._only.setObjectName("differences_only")
        self._only.toggled.connect(self._show_rows)
        self._table = ComparisonTable()
        self._lay_out()
        self.finished.connect(self.clear)
        self.resize(1180, 660)

    def clear(self) -> None:
        """Take every word of a comparison away."""
        self._summary.clear()
        self._rows = ()
        self._headings = ()
        self._show_rows()

    def show_comparison(self, comparison: PolicyComparison) -> None:
        """Show what the policies say of the case, or what that waits for."""
        sides = comparison.sides
        self._rows = compared_rows(sides, self._catalog)
        self._summary.setText(comparison.prompt or difference_count_text(sides, self._rows))
        self._headings = tuple(column_heading(side) for side in sides)
        self._show_rows()

    def _show_rows(self) -> None:
        chosen = (row for row in self._rows if row.differs or not self._only.isChecked())
        self._table.show_comparison(self._headings, tuple(chosen))
        self._table.setVisible(bool(self._rows))
        self._only.setVisible(bool(self._rows))

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(18)
        top.addWidget(self._summary, stretch=1)
        top.addWidget(self._only, alignment=Qt.AlignmentFlag.AlignTop)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        dress(buttons.button(QDialogButtonBox.StandardButton.Close), "Close")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 14, 16, 14)
        layout.setSpacing(10)
        layout.addLayout(top)
        layout.addWidget(self._table, stretch=1)
        layout.addStretch()
        layout.addWidget(buttons)
