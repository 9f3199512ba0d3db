"""Printing: lets a person choose a printer or, without a printer, a PDF file.

Draws nothing itself. Whatever goes wrong is reported in words and never ends the program.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QDialog, QWidget

from app import __version__
from app.gui.saving import may_replace
from app.gui.widgets.dialogs import file_to_save
from app.paper.page import Draw, lay_out, not_written, save_pages

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

    from app.output.report import Report

PDF_KIND = "PDF file (*.pdf)"
_CANCELLED = ""


def print_report(report: "Report", parent: QWidget) -> str:
    """Print the report as `print_pages` does."""
    from app.output.report import REPORT_TITLE  # noqa: PLC0415  # not needed for the ask sheet
    from app.paper.report import draw_report  # noqa: PLC0415  # not needed for the ask sheet

    return print_pages(partial(draw_report, report), REPORT_TITLE, parent)


def print_document(document: QTextDocument, title: str, parent: QWidget) -> str:
    """Print a document that Qt breaks into pages, as `print_pages` does."""
    return print_pages(partial(lay_out, document), title, parent)


def print_pages(draw: Draw, title: str, parent: QWidget) -> str:
    """Let the person choose a printer or, without a printer, a PDF file, and print.

    Return what happened in words; an empty text if the person canceled.
    """
    printer = _printer()
    if printer is None:
        question = "No printer was found. Save as a PDF file"
        path = file_to_save(parent, question, PDF_KIND, "pdf", f"{title}.pdf")
        return _save(draw, title, path, parent) if path else _CANCELLED
    return _print_on(printer, draw, title, parent)


def _save(draw: Draw, title: str, path: Path, parent: QWidget) -> str:
    try:
        replaced = may_replace(parent, path)
    except OSError as error:
        return not_written(error)
    return save_pages(draw, title, path, replaced) if replaced else _CANCELLED


def _printer() -> "QPrinter | None":
    """Return the default printer, or None if this computer has no printer."""
    try:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # noqa: PLC0415  # not needed at startup
    except ImportError:
        return None
    if not QPrinterInfo.availablePrinterNames():
        return None
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def _print_on(printer: "QPrinter", draw: Draw, title: str, parent: QWidget) -> str:
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter  # noqa: PLC0415  # not needed at startup

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
        return not_written(error)
    draw(printer)
    failed = (QPrinter.PrinterState.Error, QPrinter.PrinterState.Aborted)
    if printer.printerState() in failed:
        return "Nothing was printed: the printer reports an error. Check it and try again."
    return f"Saved as {Path(file).name}." if file else "Sent to the printer."


def _try_to_write(path: Path) -> None:
    """Raise OSError if a file cannot be written: Qt's printer would not say why."""
    with path.open("ab"):
        pass
