"""Pages laid out for paper, and as a PDF file. Knows no widget and no printer.

Black on white whatever the theme. Whatever goes wrong with a file is told in words and never ends
the program.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF
from PySide6.QtGui import (
    QFont,
    QGuiApplication,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPdfWriter,
    QTextDocument,
)

from app import __version__
from app.atomic_file import save, why_not

Draw = Callable[[QPagedPaintDevice], None]
_POINTS = 11.0
_DOTS_PER_INCH = 300


def plain_document(text: str) -> QTextDocument:
    """Return a plain text laid out for paper, in the font of the window at a readable size."""
    document = QTextDocument()
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setPlainText(text)
    return document


def lay_out(document: QTextDocument, device: QPagedPaintDevice) -> None:
    """Draw all pages; Qt adds margins of 2 cm inside these and the page numbers."""
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    document.print_(device)


def save_pdf(document: QTextDocument, title: str, path: Path) -> str:
    """Write a document that Qt breaks into pages into a PDF file, as `save_pages` does."""
    return save_pages(partial(lay_out, document), title, path)


def save_pages(draw: Draw, title: str, path: Path) -> str:
    """Write pages into a PDF file and return in words how that went."""
    try:
        save(path, pdf_bytes(draw, title))
    except OSError as error:
        return not_written(error)
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


def not_written(error: OSError) -> str:
    """Return in words that a file was not written, and why."""
    return f"The file could not be written: {why_not(error)} Choose another place or name."
