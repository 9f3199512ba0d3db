"""Lays out pages for paper and writes them as a PDF file. Uses no widget and no printer.

Black on white whatever the theme. A file that cannot be written is reported in words, without an
exception.
"""

from collections.abc import Callable
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
from app.atomic_file import Expected, save, why_not

Draw = Callable[[QPagedPaintDevice], None]
_POINTS = 11.0
_DOTS_PER_INCH = 300


def plain_document(text: str) -> QTextDocument:
    """Return a document of plain text for paper, in the window's font at 11 points."""
    document = QTextDocument()
    font = QFont(QGuiApplication.font())
    font.setPointSizeF(_POINTS)
    document.setDefaultFont(font)
    document.setPlainText(text)
    return document


def lay_out(document: QTextDocument, device: QPagedPaintDevice) -> None:
    """Draw all pages of a document; Qt itself adds margins of 2 cm and page numbers."""
    device.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    document.print_(device)


def save_pages(draw: Draw, title: str, path: Path, expected: Expected | None = None) -> str:
    """Write pages to a PDF file; return a message that says where, or why it failed.

    With `expected`, nothing else is replaced.
    """
    try:
        save(path, pdf_bytes(draw, title), expected)
    except OSError as error:
        return not_written(error)
    return f"Saved as {path.name}."


def pdf_bytes(draw: Draw, title: str) -> bytes:
    """Return pages as a PDF file; its metadata name the program and never a person."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(title)
    writer.setCreator(f"Aldesk {__version__}")
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.Letter))  # the payers are in the US
    writer.setResolution(_DOTS_PER_INCH)
    draw(writer)
    return bytes(buffer.data().data())


def not_written(error: OSError) -> str:
    """Return the message that a file was not written, and why."""
    return f"The file could not be written: {why_not(error)} Choose another place or name."
