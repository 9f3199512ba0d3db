"""The table of a worklist: shows rows as they are done, sorts and filters them.

`app.worklist.listing` sorts and filters: Qt's proxy model would call Python for each comparison,
and block the window for seconds with a hundred thousand rows.
"""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtGui import QColor, QKeyEvent

from app.gui.look.theme import STATUS_TONE, Tone, tone_color
from app.gui.widgets.tables import Index, PlainTable, WordsModel
from app.worklist.held import HeldRow, made_again, number_of
from app.worklist.listing import ORDERS, WorklistRows
from app.worklist.results import ROW_KINDS, AnsweredRow, RowKind
from app.worklist.text import ROW_HEADINGS, cells, kind_words

_ROW, _STATUS = ORDERS.index("row"), ORDERS.index("status")
_SAMPLES = (
    "100,000",
    "Reference of a row",
    f"{kind_words('criteria_met')}; dosing not checked",
    "88,888,888 International Units (about 88.888 million) per lesion",
    "No dosing documented",
    "A sentence that says why, as long as such a one is",
)


class WorklistModel(WordsModel):
    """The table model of a worklist."""

    def __init__(self) -> None:
        super().__init__(ROW_HEADINGS)
        self.listing = WorklistRows()
        self.tones: dict[RowKind, QColor] = {}

    def count(self) -> int:
        """Return the number of rows that are shown."""
        return len(self.listing.in_sight)

    def cells(self, row: int) -> Sequence[str]:
        """Return the texts of a row."""
        return cells(self.row(row))

    def row(self, place: int) -> AnsweredRow:
        """Return a row that is shown."""
        return made_again(self.listing.in_sight[place])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, the color of a status, or the alignment of row numbers."""
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == _STATUS:
            return self.tones.get(_shown_as(self.row(index.row())))
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == _ROW:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return super().data(index, role)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column."""
        self.beginResetModel()
        self.listing.sort(ORDERS[column], descending=order is Qt.SortOrder.DescendingOrder)
        self.endResetModel()

    def show_only(self, kind: RowKind | None, words: str) -> None:
        """Show only the rows of this kind, or None for all, that contain these words."""
        self.beginResetModel()
        self.listing.show(kind, words)
        self.endResetModel()

    def clear(self) -> None:
        """Remove every row, the order and the filter."""
        self.beginResetModel()
        self.listing = WorklistRows()
        self.endResetModel()

    def add(self, entries: Iterable[HeldRow]) -> None:
        """Append rows that were just done, whatever the order."""
        shown = self.listing.add(entries)
        if shown:
            first = len(self.listing.in_sight)
            self.beginInsertRows(QModelIndex(), first, first + len(shown) - 1)
            self.listing.in_sight += shown
            self.endInsertRows()


class WorklistTable(PlainTable):
    """Shows the rows; Enter or a double click activates one."""

    def __init__(self) -> None:
        self.rows = WorklistModel()
        super().__init__(self.rows, "Worklist", _SAMPLES)
        self.setObjectName("worklist")
        header = self.horizontalHeader()
        header.setSectionsClickable(True)
        header.setSortIndicatorShown(True)
        header.setSortIndicator(_ROW, Qt.SortOrder.AscendingOrder)
        header.sortIndicatorChanged.connect(self.sort_as_chosen)

    @property
    def chosen(self) -> AnsweredRow | None:
        """The row that is selected, if there is one."""
        found = self.selectionModel().selectedRows()
        return self.rows.row(found[0].row()) if found else None

    def choose(self, entry: AnsweredRow | None) -> None:
        """Select a row, if it is shown."""
        in_sight = enumerate(map(number_of, self.rows.listing.in_sight))
        wanted = entry and entry.row.number
        place = next((at for at, number in in_sight if number == wanted), None)
        if place is not None:
            index = self.rows.index(place, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)

    def clear(self) -> None:
        """Remove every row, and return to the order of the file."""
        self.rows.clear()
        self.horizontalHeader().setSortIndicator(_ROW, Qt.SortOrder.AscendingOrder)

    def sort_as_chosen(self, column: int, order: Qt.SortOrder) -> None:
        """Sort, and keep the selected row selected."""
        chosen = self.chosen
        self.rows.sort(column, order)
        self.choose(chosen)

    def show_only(self, kind: RowKind | None, words: str) -> None:
        """Show only these rows; keep the selected row selected if it is among them."""
        chosen = self.chosen
        self.rows.show_only(kind, words)
        self.choose(chosen)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter activate a row here, and not press a button of the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.activated.emit(self.currentIndex())
            return
        super().keyPressEvent(event)

    def fit(self) -> None:
        """Fit columns and rows to the text size, and the colors of the statuses to the theme."""
        super().fit()
        self.rows.tones = {
            kind: QColor(tone_color(_tone(kind), self.palette())) for kind in ROW_KINDS
        }


def _shown_as(entry: AnsweredRow) -> RowKind:
    """Return the kind whose color a row has: nothing is green whose dosing was not checked."""
    return "information_missing" if entry.result.is_dosing_unchecked else entry.kind


def _tone(kind: RowKind) -> Tone:
    return Tone.BAD if kind == "problem" else STATUS_TONE[kind]
