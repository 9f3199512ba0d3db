"""The two halves of the main window: the form of a case on the left, the result on the right."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from app.gui.form.form import CaseForm
from app.model.catalog import Catalog


class Halves(QSplitter):
    """Form and result beside each other; neither collapses.

    The form is another one where a case may have other fields.
    """

    edited = Signal(str, object)
    ask_sheet_wanted = Signal()

    def __init__(self, catalog: Catalog, result: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._catalog = catalog
        self.form = self._made(catalog)
        self.setChildrenCollapsible(False)
        self.addWidget(self.form)
        self.addWidget(result)
        self.setStretchFactor(0, 0)
        self.setStretchFactor(1, 1)
        self.setSizes([430, 890])
        self.handle(1).setAccessibleName("Border between case and result")

    def renew(self, catalog: Catalog) -> None:
        """Put another form in the place of this one if the catalog has words for other fields."""
        if catalog == self._catalog:
            return
        before, self._catalog, self.form = self.form, catalog, self._made(catalog)
        self.replaceWidget(0, self.form)
        before.deleteLater()

    def _made(self, catalog: Catalog) -> CaseForm:
        form = CaseForm(catalog)
        form.edited.connect(self.edited)
        form.ask_sheet_wanted.connect(self.ask_sheet_wanted)
        return form
