"""A text onto paper, or into a PDF file where there is no printer.

Black on white whatever the theme. Whatever goes wrong is told in words and never ends the program.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from app import __version__

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

_POINTS = 11.0
_CANCELLED = ""


def plain_document(text: str) -> QTextDocument:
    """Return a plain text laid out for paper, in the font of the window at a readable size."""
    document = QTextDocument()
    font = QFont(QApplication.font())
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setPlainText(text)
    return document


def print_document(document: QTextDocument, title: str, parent: QWidget) -> str:
    """Let the person choose a printer, or a PDF file where there is none, and print.

    Return what happened in words; nothing where the person gave up.
    """
    printer = _printer()
    if printer is None:
        path = _chosen_file(title, parent)
        return save_pdf(document, title, path) if path else _CANCELLED
    return _print_on(printer, document, title, parent)


def save_pdf(document: QTextDocument, title: str, path: Path) -> str:
    """Write the document into a PDF file and return in words how that went."""
    writer = QPdfWriter(str(path))
    writer.setTitle(title)
    writer.setCreator(f"Aldesk {__version__}")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))  # the payers' country
    writer.setResolution(300)
    problem = _why_not_writable(path)
    if problem:
        return f"The file could not be written: {problem}. Choose another place or name."
    _lay_out(document, writer)
    return f"Saved as {path.name}."


def _printer() -> "QPrinter | None":
    """Return the default printer, or None where this computer has no printer."""
    try:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415  # no part of the start
    except ImportError:
        return None
    if not QPrinterInfo.availablePrinterNames():
        return None
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def _print_on(printer: "QPrinter", document: QTextDocument, title: str, parent: QWidget) -> str:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415  # no part of the start

    printer.setDocName(title)
    printer.setCreator(f"Aldesk {__version__}")
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle(f"Print: {title}")
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not accepted:
        return _CANCELLED
    file = printer.outputFileName()
    problem = _why_not_writable(Path(file)) if file else ""
    if problem:
        return f"The file could not be written: {problem}. Choose another place or name."
    _lay_out(document, printer)
    failed = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
    if printer.printerState() in failed:
        return "Nothing was printed: the printer reports an error. Check it and try again."
    return f"Saved as {Path(file).name}." if file else "Sent to the printer."


def _lay_out(document: QTextDocument, device: QPagedPaintDevice) -> None:
    """Draw all pages; Qt adds margins of 2 cm inside these and the page numbers."""
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    document.print_(device)


def _chosen_file(title: str, parent: QWidget) -> Path | None:
    dialog = QFileDialog(parent, "No printer was found. Save as a PDF file")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter("PDF file (*.pdf)")
    dialog.setDefaultSuffix("pdf")
    dialog.selectFile(f"{title}.pdf")
    accepted = dialog.exec() == QDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    dialog.deleteLater()
    return Path(chosen[0]) if accepted and chosen else None


def _why_not_writable(path: Path) -> str:
    """Return why a file cannot be written, in the system's words, or nothing."""
    try:
        with path.open("ab"):
            return ""
    except OSError as error:
        return error.strerror or type(error).__name__
