"""The table of a replay: for each case that changes, what changes; as many rows as there are."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from app.gui.plain_table import PlainTable
from app.output.replay import REPLAY_HEADINGS, ReplayRow

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()
_SAMPLES = (
    "Worklist.csv, row 10,000",
    "Its reference",
    "Rest before the second cycle",
    "42,300,000 International Units (42.3 million)",
    "",  # the last one has what is left
)


class _Rows(QAbstractTableModel):
    """What Qt asks of the rows."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: list[ReplayRow] = []

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:  # noqa: N802  # Qt's name
        """Return the number of rows."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:  # noqa: N802  # Qt's name
        """Return the number of columns."""
        return 0 if parent.isValid() else len(REPLAY_HEADINGS)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _cells(self.rows[index.row()])[index.column()]
        return None

    def headerData(  # noqa: N802  # Qt's name
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return a heading."""
        is_heading = orientation is Qt.Orientation.Horizontal
        return (
            REPLAY_HEADINGS[section] if is_heading and role == Qt.ItemDataRole.DisplayRole else None
        )

    def clear(self) -> None:
        """Forget every row."""
        self.beginResetModel()
        self.rows = []
        self.endResetModel()

    def add(self, rows: Sequence[ReplayRow]) -> None:
        """Show more rows at the end."""
        if rows:
            first = len(self.rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self.rows += rows
            self.endInsertRows()


class ReplayTable(PlainTable):
    """Shows the rows in their order; what is cut off stands in the words of the chosen row."""

    def __init__(self) -> None:
        self.rows = _Rows()
        super().__init__(self.rows, "Cases that change", _SAMPLES)
        self.setObjectName("replay")

    def chosen_text(self) -> str:
        """Return all that the chosen row says, or nothing."""
        found = self.selectionModel().selectedRows()
        if not found:
            return ""
        row = self.rows.rows[found[0].row()]
        case = ", ".join(filter(None, (row.name, row.reference)))
        sides = (f"Before: {row.before}", f"Now: {row.after}") if row.before else (row.after,)
        return "\n".join((f"{case}: {row.what}", *sides))


def _cells(row: ReplayRow) -> tuple[str, ...]:
    return row.name, row.reference, row.what, row.before, row.after
