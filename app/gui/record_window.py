"""Shows whether a record is whole and whether the same comes out today."""

from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget

from app.atomic_file import why_not
from app.files.record import verify
from app.files.sealed_json import MAX_BYTES, SealedJsonError
from app.gui.reading import plain_view, reading_dialog
from app.library import Library
from app.output.record import verification_text


def verification_dialog(path: Path, library: Library, parent: QWidget) -> QDialog:
    """Return the window with what came out for a file."""
    title = f"Record: {path.name}"
    return reading_dialog(title, parent, plain_view(_words(path, library), title))


def _words(path: Path, library: Library) -> str:
    try:
        with path.open("rb") as file:
            return verification_text(verify(file.read(MAX_BYTES + 1), library))
    except OSError as error:
        return f"{path.name}: {why_not(error)}"
    except SealedJsonError as error:
        return f"{path.name}: {error}"
