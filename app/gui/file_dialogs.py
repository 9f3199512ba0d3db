"""Asks for a file, and tells what is wrong with one. Reads and writes none.

Qt remembers on the disk which folders its dialog has shown. A folder can have a person's name, so
it is shown none that is worth remembering when it goes, and `forget_folders` has it write nothing.
The dialogs are named by their module: PySide makes what it is asked for, and the start asks for
none of them.
"""

import os
from pathlib import Path

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.gui.reading import dress

_FOLDER = "last_folder"


def forget_folders() -> None:
    """Keep Qt's dialog from writing what it has shown, where its settings are a file."""
    settings = QSettings.Format.NativeFormat
    QSettings.setPath(settings, QSettings.Scope.UserScope, os.devnull)


def file_to_open(parent: QWidget, title: str, kinds: str) -> Path | None:
    """Return the file that the person chose, or nothing. `kinds` is a filter as Qt writes it."""
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilter(kinds)
    return next(iter(_chosen(dialog)), None)


def files_to_open(parent: QWidget, title: str, kinds: str) -> list[Path]:
    """Return the files that the person chose, of one folder; none where the dialog was left."""
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setFileMode(QtWidgets.QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilter(kinds)
    return _chosen(dialog)


def file_to_save(parent: QWidget, title: str, kinds: str, suffix: str, name: str) -> Path | None:
    """Return where to save, or nothing; the dialog asks before a file is replaced."""
    dialog = QtWidgets.QFileDialog(parent, title)
    dialog.setAcceptMode(QtWidgets.QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kinds)
    dialog.setDefaultSuffix(suffix)
    dialog.selectFile(name)
    return next(iter(_chosen(dialog)), None)


def tell_problem(parent: QWidget, title: str, words: str) -> None:
    """Tell what went wrong without holding the window up."""
    box = QtWidgets.QMessageBox(QtWidgets.QMessageBox.Icon.Warning, title, words, parent=parent)
    box.setObjectName("problem")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dress(box.addButton(QtWidgets.QMessageBox.StandardButton.Close), "Close")
    box.open()


def _chosen(dialog: "QtWidgets.QFileDialog") -> list[Path]:
    """Let the person choose, from the folder of the last choice on; that one is kept in memory."""
    running = QApplication.instance()
    if running is not None and running.property(_FOLDER):
        dialog.setDirectory(str(running.property(_FOLDER)))
    accepted = dialog.exec() == QtWidgets.QFileDialog.DialogCode.Accepted
    chosen = dialog.selectedFiles()
    if running is not None and accepted and chosen:
        running.setProperty(_FOLDER, str(Path(chosen[0]).parent))
    dialog.setHistory([])
    dialog.setDirectory(QtCore.QDir.homePath())  # becomes the last one that was visited
    dialog.deleteLater()
    return [Path(one) for one in chosen] if accepted else []
