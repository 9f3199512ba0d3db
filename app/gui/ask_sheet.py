"""The window of the ask sheet: what is still missing, to read, copy or print."""

from PySide6.QtWidgets import QApplication, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from app.casework.outcome import Outcome
from app.gui.printing import print_document
from app.gui.widgets.dialogs import dress
from app.gui.widgets.labels import tell, told_label
from app.gui.widgets.page import plain_view
from app.model.catalog import Catalog
from app.output.ask_sheet import ask_sheet_text
from app.paper.page import plain_document


class AskSheet(QDialog):
    """Shows the sheet of one outcome; the text always belongs to the entries of now."""

    def __init__(self, catalog: Catalog, parent: QWidget) -> None:
        super().__init__(parent)
        self._catalog = catalog
        self.setWindowTitle("Ask sheet")
        self._view = plain_view("", "Ask sheet")
        self._told = told_label("ask_sheet_told")
        layout = QVBoxLayout(self)
        layout.addWidget(self._view, stretch=1)
        layout.addWidget(self._told)
        layout.addWidget(self._add_buttons())
        self.resize(760, 640)
        self.clear()

    def show_outcome(self, outcome: Outcome) -> None:
        """Show what is missing now; the place where somebody reads stays."""
        self._show_text(ask_sheet_text(outcome, self._catalog))

    def clear(self) -> None:
        """Take the sheet away: nothing is known to follow from the entries."""
        self._show_text("")

    def _add_buttons(self) -> QDialogButtonBox:
        box = QDialogButtonBox()
        role = QDialogButtonBox.ButtonRole
        self._copy = box.addButton("&Copy", role.ActionRole)
        self._print = box.addButton("&Print…", role.ActionRole)
        close = box.addButton(QDialogButtonBox.StandardButton.Close)
        self._copy.clicked.connect(self._copy_text)
        self._print.clicked.connect(self._print_text)
        box.rejected.connect(self.reject)
        for button, name in (
            (self._copy, "Copy the ask sheet"),
            (self._print, "Print the ask sheet"),
            (close, "Close"),
        ):
            dress(button, name)
        return box

    def _show_text(self, text: str) -> None:
        if text != self._view.toPlainText():
            place = self._view.verticalScrollBar().value()
            self._view.setPlainText(text)
            self._view.verticalScrollBar().setValue(place)
            self._told.clear()  # what was copied or printed was another sheet
        for button in (self._copy, self._print):
            button.setEnabled(bool(text))

    def _copy_text(self) -> None:
        QApplication.clipboard().setText(self._view.toPlainText())
        tell(self._told, "Copied.")

    def _print_text(self) -> None:
        document = plain_document(self._view.toPlainText())
        tell(self._told, print_document(document, "Ask sheet", self))
