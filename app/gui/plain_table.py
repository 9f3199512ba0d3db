"""A table of rows of words, as the worklist and a replay show them: its look and its measures."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QEvent, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

_LOOK_CHANGES = (QEvent.Type.FontChange, QEvent.Type.StyleChange)


class PlainTable(QTableView):
    """One row is chosen at a time; a column is as wide as its sample, the last has what is left."""

    def __init__(self, model: QAbstractTableModel, name: str, samples: Sequence[str]) -> None:
        super().__init__()
        self._samples = samples
        self.setModel(model)
        self.setAccessibleName(name)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.setAccessibleName(f"Scroll: {name}")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setAlternatingRowColors(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setStretchLastSection(True)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.fit()

    def changeEvent(self, event: QEvent) -> None:
        """Fit the table to the text size and the colors."""
        super().changeEvent(event)
        if event.type() in _LOOK_CHANGES:
            self.fit()

    def fit(self) -> None:
        """Fit columns and rows to the text size."""
        metrics = self.fontMetrics()
        margin = 2 * metrics.horizontalAdvance("M")
        self.verticalHeader().setDefaultSectionSize(metrics.height() + margin // 2)
        for column, sample in enumerate(self._samples):
            self.setColumnWidth(column, metrics.horizontalAdvance(sample) + margin)
