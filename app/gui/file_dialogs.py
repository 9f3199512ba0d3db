"""Asks for a file, and tells what is wrong with one. Reads and writes none.

Qt remembers on the disk which folders its dialog has shown. A folder can have a person's name, so
it is shown none that is worth remembering when it goes, and `forget_folders` has it write nothing.
"""

import os
from pathlib import Path

from PySide6.QtCore import QDir, QSettings, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QWidget

from app.gui.reading import dress

_FOLDER = "last_folder"


def forget_folders() -> None:
    """Keep Qt's dialog from writing what it has shown, where its settings are a file."""
    settings = QSettings.Format.NativeFormat
    QSettings.setPath(settings, QSettings.Scope.UserScope, os.devnull)


def file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Return the file that the person chose, or nothing. `kinds` is a filter as Qt writes it."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    return _chosen(dialog)


def file_to_save(parent: QWidget, title: str, kinds: str, suffix: str, name: str) -> Path | None:
    """Return where to save, or nothing; the dialog asks before a file is replaced."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    return _chosen(dialog)


def tell_problem(parent: QWidget, title: str, words: str) -> None:
    """Tell what went wrong without holding the window up."""
    box = QMessageBox(QMessageBox.Icon.Warning, title, words, parent=parent)
    box.setObjectName("problem")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dress(box.addButton(QMessageBox.StandardButton.Close), "Close")
    box.open()


def _chosen(dialog: QFileDialog) -> Path | None:
    """Let the person choose, from the folder of the last choice on; that one is kept in memory."""
    running = QApplication.instance()
    if running is not None and running.property(_FOLDER):
        dialog.setDirectory(str(running.property(_FOLDER)))
    accepted = dialog.exec() == QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    if running is not None and accepted and chosen:
        running.setProperty(_FOLDER, str(Path(chosen[0]).parent))
    dialog.setHistory([])
    dialog.setDirectory(QDir.homePath())  # becomes the last one that was visited
    dialog.deleteLater()
    return Path(chosen[0]) if accepted and chosen else None
