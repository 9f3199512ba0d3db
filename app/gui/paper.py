"""Pages onto paper, or into a PDF file where there is no printer.

Black on white whatever the theme. Whatever goes wrong is told in words and never ends the program.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import (
    QFont,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from app import __version__
from app.atomic_file import save, why_not
from app.gui.file_dialogs import file_to_save

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PDF_KIND = "PDF file (*.pdf)"
Draw = Callable[[QPagedPaintDevice], None]
_POINTS = 11.0
_DOTS_PER_INCH = 300
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
    """Print a document that Qt breaks into pages, as `print_pages` does."""
    return print_pages(partial(_lay_out, document), title, parent)


def print_pages(draw: Draw, title: str, parent: QWidget) -> str:
    """Let the person choose a printer, or a PDF file where there is none, and print.

    Return what happened in words; nothing where the person gave up.
    """
    printer = _printer()
    if printer is None:
        question = "No printer was found. Save as a PDF file"
        path = file_to_save(parent, question, PDF_KIND, "pdf", f"{title}.pdf")
        return save_pages(draw, title, path) if path else _CANCELLED
    return _print_on(printer, draw, title, parent)


def save_pdf(document: QTextDocument, title: str, path: Path) -> str:
    """Write a document that Qt breaks into pages into a PDF file, as `save_pages` does."""
    return save_pages(partial(_lay_out, document), title, path)


def save_pages(draw: Draw, title: str, path: Path) -> str:
    """Write pages into a PDF file and return in words how that went."""
    try:
        save(path, pdf_bytes(draw, title))
    except OSError as error:
        return _not_written(error)
    return f"Saved as {path.name}."


def pdf_bytes(draw: Draw, title: str) -> bytes:
    """Return pages as a PDF file; who made it is the program, never a person."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(f"Aldesk {__version__}")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))  # the payers' country
    writer.setResolution(_DOTS_PER_INCH)
    draw(writer)
    return bytes(buffer.data().data())


def _printer() -> "QPrinter | None":
    """Return the default printer, or None where this computer has no printer."""
    try:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415  # no part of the start
    except ImportError:
        return None
    if not QPrinterInfo.availablePrinterNames():
        return None
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def _print_on(printer: "QPrinter", draw: Draw, title: str, parent: QWidget) -> str:
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
    try:
        if file:
            _try_to_write(Path(file))
    except OSError as error:
        return _not_written(error)
    draw(printer)
    failed = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
    if printer.printerState() in failed:
        return "Nothing was printed: the printer reports an error. Check it and try again."
    return f"Saved as {Path(file).name}." if file else "Sent to the printer."


def _lay_out(document: QTextDocument, device: QPagedPaintDevice) -> None:
    """Draw all pages; Qt adds margins of 2 cm inside these and the page numbers."""
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    document.print_(device)


def _try_to_write(path: Path) -> None:
    """Raise OSError where a file cannot be written; a printer would not say why."""
    with path.open("ab"):
        pass


def _not_written(error: OSError) -> str:
    return f"The file could not be written: {why_not(error)} Choose another place or name."
